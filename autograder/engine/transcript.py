"""What our own answer did on the cases of one seed: the calls of every promise in their order, and what came of each.

A check is a function of what its calls did. So an answer whose calls did bit for bit what ours did keeps the promise as ours does, and the
check need not look again. A class is judged on the cases of one seed; most of what it hands in is right, and most of that gives the same numbers.
Whatever differs in a single bit is judged by the checks themselves. Nothing is learned from what a student handed in: a report depends on the notebook and the seed alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..shared.answer import LocalAnswer, Outcome, Script, Scripted
from ..shared.values import fresh, same
from ..writing.exercise import Check, Exercise
from .cases import Cases


@dataclass
class _Made:
    """One call, what it did, and its place in the script."""

    args: tuple
    program: str
    outcome: Outcome
    place: int = -1


@dataclass
class _Settled:
    """The places in the script of a check's calls on a case, in their order; and those calls of them that are the exercise's own."""

    calls: list[int]
    own: list[_Made]
    places: frozenset[int]


class Transcript:
    """The cases of `exercise` for `seed`, and what `reference` did on them. Made by `runner.transcribe`."""

    def __init__(self, exercise: Exercise, seed: int, reference: LocalAnswer):
        self.exercise, self.reference = exercise, reference
        self.cases = Cases(exercise, seed, compared=True)
        self.script = Script()
        self._made: dict[tuple[str, int], list[_Made]] = {}  # by check and case
        self._settled_by: dict[tuple[str, int], _Settled] = {}  # where calls alone say whether the promise is kept
        self._first: list[_Made] = []  # by the place in the script
        self._unfit: set[tuple[str, int]] = set()
        self._alone: dict[tuple, _Made] = {}  # by the arguments, where a call was made for its own sake and not as a repetition
        self._fresh: list[_Made] = []  # since the last promise was kept

    remote = False

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Nothing, as in `LocalAnswer`."""

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """While it is made it answers as the reference, and takes down what that does."""
        outcome = self.reference.call(args, program)
        kinds = tuple(text.partition(":")[0] for text in outcome.warnings)  # no texts of warnings cross
        self._fresh.append(_Made(args, program, replace(outcome, warnings=kinds)))
        return outcome

    def begin(self) -> None:
        """A check begins on a case: what was called before belongs to another."""
        self._fresh = []

    def keep(self, check: Check, case: tuple, fits: bool = True) -> None:
        """The check holds on the case, or the case does not fit it. One that counts, or that may end the answer, is made anew for every answer."""
        self._made[check.name, id(case)] = self._fresh
        if not fits:
            self._unfit.add((check.name, id(case)))
        if check.counts or check.last:
            return
        repeats = True  # each repeated call did what it did the first time
        for made in self._fresh:
            key = _identity(made.args, made.program)
            earlier = None if check.afterwards else self._alone.get(key)
            if earlier is not None:
                made.place = earlier.place
                self.script.uses[made.place] += 1
                repeats = repeats and _alike(made.outcome, earlier.outcome)
                continue
            made.place = self.script.add(made.args, made.program, shared=not check.afterwards)
            self._first.append(made)
            if not check.afterwards:
                self._alone[key] = made
        if repeats and (self._fresh or not check.afterwards):  # one without calls looks at what the other checks' calls did
            calls, own = [made.place for made in self._fresh], [made for made in self._fresh if made.program == self.exercise.program]
            self._settled_by[check.name, id(case)] = _Settled(calls, own, frozenset(calls))

    def fits(self, check: Check, case: tuple) -> bool:
        """Whether the case fits the check, whose calls did what the reference's do."""
        return (check.name, id(case)) not in self._unfit

    def agreeing(self, answer: Scripted) -> set[int]:
        """The places of the script at which the answer did what the reference did."""
        return {made.place for made, outcome in zip(self._first, answer.outcomes) if outcome is not None and _alike(made.outcome, outcome)}

    def settle(self, check: Check, case: tuple, answer: Scripted, agreeing: set[int]) -> list[tuple[tuple, Outcome]] | None:
        """The calls of `check` on `case` and what they did, where that is what the reference's did: then the promise is kept. Else None."""
        settled = self._settled_by.get((check.name, id(case)))
        if settled is None or not settled.places <= agreeing:
            return None
        answer.use(settled.calls)
        return [(made.args, outcome) for made in settled.own if (outcome := answer.outcomes[made.place])]

    def follows(self, check: Check, case: tuple, outcomes: list[Outcome]) -> bool:
        """Whether the calls of a check that was made did what the reference's did."""
        known = [made for made in self._made.get((check.name, id(case)), ()) if made.program == self.exercise.program]
        return len(known) == len(outcomes) and all(_alike(made.outcome, outcome) for made, outcome in zip(known, outcomes))

    def reference_outcome(self, args: tuple) -> Outcome | None:
        """What the reference did with these very arguments, None where they are others."""
        made = self._alone.get(_identity(args, self.exercise.program))
        return None if made is None else replace(made.outcome, value=fresh(made.outcome.value))


def _identity(args: tuple, program: str) -> tuple:
    return (program, *map(id, args))


def _alike(ours: Outcome, theirs: Outcome) -> bool:
    return (
        theirs.raised == ours.raised
        and theirs.mutated == ours.mutated
        and theirs.shared == ours.shared
        and theirs.entangled == ours.entangled
        and theirs.spoilt == ours.spoilt
        and theirs.again == ours.again
        and theirs.warnings == ours.warnings
        and theirs.printed == ours.printed
        and same(ours.value, theirs.value)
    )
