"""What a check holds in its hand: it calls the answer, compares, and keeps a record of both."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..shared.answer import Answer, Outcome
from ..shared.programs import NotAFunction, NotDefined, WrongKind
from ..writing.compare import EXACT, Tolerance, close, equal_values
from ..writing.exercise import Exercise, Miss


class NotWritten(Exception):
    """The answer, or another function that it needs, is still a stub; the text says which, where it is another."""


class Unfit(Exception):
    """The input does not suit the check; `Trial.assume` raises it and the runner passes the case over."""


class Raised(Miss):
    """The answer raised an exception where it should have returned."""

    def __init__(self, outcome: Outcome):
        text = f"{outcome.raised}: {outcome.message}" if outcome.message else outcome.raised
        if outcome.raised == WrongKind.__name__:  # ours: the answer returned, but not what it should
            text = "another kind of thing"
        super().__init__(text, "a value", _advice(outcome))
        self.outcome = outcome


def _advice(outcome: Outcome) -> str:
    if outcome.raised == WrongKind.__name__:
        return outcome.message or "Compare what you return with the function's description."
    if outcome.raised == NotAFunction.__name__:
        return "Return the function itself, not one of its values."
    if outcome.raised == "TypeError" and "positional argument" in outcome.message:
        return "The function takes other arguments than the exercise gives; restore its first line."
    if outcome.raised == "NameError":
        return "A name is used that this notebook does not define; run the cells above first."
    return f"Your function raised {outcome.raised} on this input."


@dataclass
class Call:
    """One recorded call."""

    args: tuple
    outcome: Outcome


@dataclass
class Trial:
    """Calls the answer for the checks of one exercise.

    ``t(*args)`` returns what the answer returned, accepted by the exercise's contract; it raises `Miss` otherwise.
    ``t.each(calls)`` are the values of several calls.
    ``t.reference(*args)`` is the reference's value, or None where no reference is present. While `counted` is set, what
    `evaluations` says was counted on our side.
    """

    exercise: Exercise
    answer: Answer
    reference_answer: Answer | None = None
    calls: list[Call] = field(default_factory=list)
    pairs: list[tuple] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)
    counted: bool = False

    def outcome(self, *args) -> Outcome:
        """What one call did, whatever it did. Raises `NotWritten` for a stub and `Died` when the answer is gone."""
        outcome = self.answer.call(args, self.exercise.program, self.counted)
        if outcome.raised in ("NotImplementedError", NotDefined.__name__):
            raise NotWritten(outcome.message)
        self.calls.append(Call(args, outcome))
        self._remark(args, outcome)
        return outcome

    def __call__(self, *args):
        outcome = self.outcome(*args)
        if outcome.raised:
            raise Raised(outcome)
        return self.exercise.returns.accept(outcome.value, args) if self.exercise.returns else outcome.value

    def each(self, calls: list[tuple]) -> list:
        """The values of several calls, each a tuple of arguments: ``[t(*args) for args in calls]``, but one round trip to a remote answer."""
        if not self.counted:
            self.answer.prefetch(calls, self.exercise.program)
        return [self(*args) for args in calls]

    @property
    def evaluations(self) -> int:
        """How often the last call evaluated the functions it was given. Raises `RuntimeError` unless the check counts."""
        if not self.counted:
            raise RuntimeError(f"a check of {self.exercise.name} reads t.evaluations; register it with check(counts=True)")
        return self.calls[-1].outcome.evaluations if self.calls else 0

    def raises(self, kind: str, *args, why: str = "") -> None:
        """Miss unless the call raises the exception named `kind`, for example "ValueError"."""
        outcome = self.outcome(*args)
        if outcome.raised != kind:
            raise Miss(outcome.raised or outcome.value, f"raise {kind}", why or f"This input should raise {kind}.")

    def equal(self, given, wanted, why: str = "", tolerance: Tolerance = EXACT) -> None:
        """Miss unless the numbers are close: shapes first, then values, NaN equal to nothing."""
        self.pairs.append((given, wanted))
        if not close(given, wanted, tolerance):
            raise Miss(given, wanted, why)

    def same(self, given, wanted, why: str = "") -> None:
        """Miss unless two plain values agree: nested containers, text, truth values; numbers within a formula's rounding."""
        if not equal_values(given, wanted, EXACT):
            raise Miss(given, wanted, why)

    def holds(self, condition: bool, given=None, wanted=None, why: str = "") -> None:
        """Miss unless `condition` holds."""
        if not condition:
            raise Miss(given, wanted, why)

    def assume(self, condition: bool) -> None:
        """Pass this case over unless `condition` holds; it also keeps shrinking within the check's reach."""
        if not condition:
            raise Unfit

    def reference(self, *args):
        """The reference's accepted value, or None where no reference is present."""
        if self.reference_answer is None:
            return None
        outcome = self.reference_answer.call(args, self.exercise.program)
        if outcome.raised:
            raise RuntimeError(f"the reference for {self.exercise.name} raised {outcome.raised}: {outcome.message}")
        return self.exercise.returns.accept(outcome.value, args) if self.exercise.returns else outcome.value

    def _remark(self, args: tuple, outcome: Outcome) -> None:
        """Tell what costs nothing but is worth knowing."""
        for warning in outcome.warnings:
            self.remarks[f"A warning was raised: {warning}"] = None
        if outcome.printed:
            self.remarks["Your function prints while it is checked; the output is not shown here."] = None
        for position in outcome.mutated:
            name = [a.strip() for a in self.exercise.signature.split(",")][position : position + 1]
            self.remarks[f"Your function changes its input{' ' + name[0] if name else ''} in place."] = None
        value = outcome.value
        if isinstance(value, (np.ndarray, np.generic)) and value.dtype in (np.float32, np.float16):
            self.remarks[f"The result is {value.dtype}; float64 keeps about 16 digits."] = None
