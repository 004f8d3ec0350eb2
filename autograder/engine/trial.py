"""What a check holds in its hand: it calls the answer, compares, and keeps a record of both."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..shared.answer import Answer, Outcome, Scripted
from ..shared.programs import PROGRAMS, NotAFunction, NotDefined, WrongKind
from ..writing.compare import EXACT, RELATED, Tolerance, close, equal_values
from ..writing.exercise import Check, Exercise, Miss
from .record import Call, Compared, Tried
from .rounding import off, spread
from .transcript import Transcript


class NotWritten(Exception):
    """The answer, or another function that it needs, is still a stub; the text says which, where it is another."""


class Unfit(Exception):
    """The input does not suit the check; `Trial.assume` raises it and the runner passes the case over."""


class Raised(Miss):
    """The answer raised an exception where it should have returned."""

    def __init__(self, outcome: Outcome, wanted: str = "a value"):
        text = f"{outcome.raised}: {outcome.message}" if outcome.message else outcome.raised
        if outcome.raised == WrongKind.__name__:  # ours: the answer returned, but not what it should
            text = "another kind of thing"
        elif outcome.raised == NotAFunction.__name__:
            text, wanted = outcome.message, "a function"
        super().__init__(text, wanted, _advice(outcome))
        self.outcome = outcome


def promise_of(exercise: Exercise) -> str:
    """What the answer itself does, where its program turns that into something else (``returns a Value``); else nothing."""
    return PROGRAMS[exercise.program].promise if exercise.program else ""


def _wanted_of(exercise: Exercise, args: tuple) -> str:
    """What a call should have returned, in words."""
    words = getattr(exercise.returns, "words", None)
    if promise := promise_of(exercise):
        return promise.removeprefix("returns ") if promise.startswith("returns ") else "no exception"
    return words(args) if words else "a value"


def _advice(outcome: Outcome) -> str:
    if outcome.raised == WrongKind.__name__:
        return outcome.message or "Compare what you return with the function's description."
    if outcome.raised == NotAFunction.__name__:
        return "Return the function itself, not one of its values."
    if outcome.raised == "TypeError" and "positional argument" in outcome.message:
        return "A function was called with other arguments than it takes: yours, with those of the exercise, or one that yours calls."
    if outcome.raised == "TypeError" and ("for ^:" in outcome.message or "bitwise_xor" in outcome.message):
        return "A power is written with two stars in Python, x**2. The sign ^ is another operation, and only for whole numbers."
    if outcome.raised == "TypeError" and "'tuple'" in outcome.message:
        return "A tuple stands where a number or an array should: does a function that is called here return several values?"
    if outcome.raised == "ValueError" and "inhomogeneous shape" in outcome.message:
        return "One array was to be made of parts with different shapes. Which part is not the number that it should be: an array, or several values in a tuple?"
    if outcome.raised == "NameError":
        return "A name is used that this notebook does not define. Is it spelt right, and has the cell run that defines it?"
    return f"Your function raised {outcome.raised} on this input."


@dataclass
class Trial:
    """Calls the answer for the checks of one exercise.

    ``t(*args)`` returns what the answer returned, accepted by the exercise's contract; it raises `Miss` otherwise.
    ``t.each(calls)`` are the values of several calls.
    ``t.reference(*args)`` is the reference's value, or None where no reference is present. While `counted` is set, what
    `evaluations` says was counted on our side. `check` is the name of the check at work.
    """

    exercise: Exercise
    answer: Answer
    reference_answer: Answer | None = None
    calls: list[Call] = field(default_factory=list)
    pairs: list[Compared] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)
    narrow: str = ""  # the type of a result in less than double precision
    counted: bool = False
    check: str = "gate"
    transcript: Transcript | None = None  # what the reference did, for `settles`
    scripted: Scripted | None = None  # the answer, where it has made the transcript's calls
    agreeing: set[int] = field(default_factory=set)  # where in the script it did what the reference did
    recorder: Transcript | None = None  # what is made of this trial, whose answer is the reference
    strayed: bool = False  # from the transcript

    def settles(self, check: Check, case: tuple) -> bool:
        """Whether all that the check is about on this case is known to be what the reference did; then the calls are recorded as if they had been made.

        Raises `Unfit` where the case does not suit the check then.
        """
        if self.recorder is not None:
            self.recorder.begin()
        if self.transcript is None or self.scripted is None or check.afterwards and self.strayed:
            return False
        calls = self.transcript.settle(check, case, self.scripted, self.agreeing)
        if calls is None:
            self.strayed = self.strayed or not (check.counts or check.afterwards)
            return False
        for args, outcome in calls:
            self.calls.append(Call(args, outcome))
            self._remark(args, outcome)
        if not self.transcript.fits(check, case):
            raise Unfit
        return True

    def keep(self, check: Check, case: tuple, since: int = 0, fits: bool = True) -> None:
        """The check holds on the case, or the case does not suit it; its calls are those `since`."""
        if self.recorder is not None:
            self.recorder.keep(check, case, fits)
        if self.transcript is not None and check.counts:
            self.strayed = self.strayed or not self.transcript.follows(check, case, [call.outcome for call in self.calls[since:]])

    def outcome(self, *args) -> Outcome:
        """What one call did, whatever it did. Raises `NotWritten` for a stub and `Died` when the answer is gone."""
        outcome = self.answer.call(args, self.exercise.program, self.counted)
        if outcome.raised in ("NotImplementedError", NotDefined.__name__):
            raise NotWritten(outcome.message)
        self.calls.append(Call(args, outcome))
        self._remark(args, outcome)
        return outcome

    def drive(self, program: str, *args) -> Outcome:
        """What the named program did with the answer. It is no call of the exercise: nothing is recorded of it."""
        return self.answer.call(args, program)

    def __call__(self, *args):
        outcome = self.outcome(*args)
        if outcome.raised:
            self.calls[-1].stumbled = True
            raise Raised(outcome, _wanted_of(self.exercise, args))
        if self.counted and self.answer.remote:
            self._is_what_it_always_is(args, outcome)
        try:
            return self.exercise.returns.accept(outcome.value, args) if self.exercise.returns else outcome.value
        except Miss as miss:
            # where a program drives the answer, the parts are the program's and say nothing to a learner
            if miss.part and not promise_of(self.exercise):
                miss.why = f"This is about {miss.part}. {miss.why}"
            raise

    def once(self, *args):
        """The accepted value of one call that leaves no record, because nothing else could repeat it; for checks that come last."""
        outcome = self.answer.call(args, self.exercise.program)
        if outcome.raised:
            raise Raised(outcome, _wanted_of(self.exercise, args))
        return self.exercise.returns.accept(outcome.value, args) if self.exercise.returns else outcome.value

    def _is_what_it_always_is(self, args: tuple, outcome: Outcome) -> None:
        """Miss when a call whose evaluations were counted gave something else than the same call gives uncounted.

        An answer can tell the two apart, and a cheap wrong value must not pay. Here f is evaluated in another process, and rounded
        otherwise: divided by a step that is more than a formula's rounding.
        """
        usual = self.answer.call(args, self.exercise.program)
        if usual.raised or not equal_values(outcome.value, usual.value, RELATED, nan_agrees=True):
            raise Miss(outcome.value, usual.value, "While its evaluations are counted it returns something else than otherwise.")

    def each(self, calls: list[tuple]) -> list:
        """The values of several calls, each a tuple of arguments: ``[t(*args) for args in calls]``, but one round trip to a remote answer."""
        if not self.counted:
            self.answer.prefetch(calls, self.exercise.program)
        return [self(*args) for args in calls]

    @property
    def remote(self) -> bool:
        """Whether the answer is in another process: what that says of itself is not to be believed."""
        return self.answer.remote

    @property
    def evaluations(self) -> int:
        """How often the last call evaluated the functions it was given. Raises `RuntimeError` unless the check counts."""
        return sum(self.evaluations_of_each)

    @property
    def evaluations_of_each(self) -> tuple[int, ...]:
        """How often the last call evaluated each function it was given, in their order. Raises as `evaluations` does."""
        if not self.counted:
            raise RuntimeError(f"a check of {self.exercise.name} reads t.evaluations; register it with check(counts=True)")
        return self.calls[-1].outcome.each if self.calls else ()

    def raises(self, kind: str, *args, why: str = "") -> None:
        """Miss unless the call raises the exception named `kind`, for example "ValueError", or a kind of it."""
        outcome = self.outcome(*args)
        if kind not in (outcome.raised, *outcome.kinds):
            self.calls[-1].stumbled = bool(outcome.raised)
            self.calls[-1].let_through = True
            raise Miss(outcome.raised or outcome.value, f"raise {kind}", why or f"This input should raise {kind}.")

    def equal(self, given, wanted, why: str = "", tolerance: Tolerance = EXACT) -> None:
        """Miss unless the numbers are close: shapes first, then values, NaN equal to nothing."""
        held = close(given, wanted, tolerance)
        self.compared(given, wanted, held, tolerance)
        if not held:
            raise Miss(given, wanted, why, tolerance=tolerance)

    def compared(self, given, wanted, held: bool, tolerance: Tolerance | None = None) -> None:
        """Keep two values that were compared: a diagnosis looks at how they differ."""
        self.pairs.append(Compared(given, wanted, held, self.check, self.calls[-1].args if self.calls else (), tolerance))

    def same(self, given, wanted, why: str = "") -> None:
        """Miss unless two plain values agree: nested containers, text, truth values; numbers within a formula's rounding."""
        if not equal_values(given, wanted, EXACT):
            raise Miss(given, wanted, why)

    def holds(self, condition: bool, given=None, wanted=None, why: str = "", several: int = 0) -> None:
        """Miss unless `condition` holds; it is about the last call, or about the last `several` of them."""
        if not condition:
            raise Miss(given, wanted, why, [call.args for call in self.calls[-several:]] if several else ())

    def assume(self, condition: bool) -> None:
        """Pass this case over unless `condition` holds; it also keeps shrinking within the check's reach."""
        if not condition:
            raise Unfit

    def reference(self, *args):
        """The reference's accepted value, or None where no reference is present."""
        if self.reference_answer is None:
            return None
        known = self.transcript.reference_outcome(args) if self.transcript else None
        outcome = known or self.reference_answer.call(args, self.exercise.program)
        if outcome.raised:
            raise RuntimeError(f"the reference for {self.exercise.name} raised {outcome.raised}: {outcome.message}")
        return self.exercise.returns.accept(outcome.value, args) if self.exercise.returns else outcome.value

    def explained_by_rounding(self, args: tuple, given, wanted) -> bool:
        """Whether a formula's value is as far from the reference's as the reference is from itself, when its inputs are off in the last digits.

        A right answer in another form is the exact one for inputs that are off by a few roundings (it is backward stable). So inputs on which nothing can be
        computed well, such as two large numbers that nearly cancel, ask for less than others.
        """
        moved = [self.reference(*off(args, signs)) for signs in ((1, -1), (1, 1, -1), (-1, 1))]
        wide = max((spread(one, wanted) for one in moved), default=0.0)
        return equal_values(given, wanted, Tolerance(EXACT.rtol, EXACT.atol + wide, "what the reference does when its inputs are rounded"))

    def _remark(self, args: tuple, outcome: Outcome) -> None:
        """Tell what costs nothing but is worth knowing."""
        for warning in outcome.warnings:
            self.remarks[f"A warning was raised: {warning}"] = None
        if outcome.printed:
            self.remarks["Your function prints while it is checked; the output is not shown here."] = None
        value = outcome.value
        if isinstance(value, (np.ndarray, np.generic)) and value.dtype in (np.float32, np.float16):
            self.narrow = str(value.dtype)
