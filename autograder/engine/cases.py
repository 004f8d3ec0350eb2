"""Draws what an exercise's checks are judged on, and tells an answer that is far away which calls will come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..writing.exercise import Check, CheckOnly, arguments
from .trial import Call, Trial

_OWN_WAY: dict[
    tuple[str, str], bool
] = {}  # of checks that passed: whether they called with other arguments than were told; of no effect but on speed


class Begun:
    """A check that says its calls, begun on one case: run up to where it says them."""

    def __init__(self, trial: Trial, check: Check, case: tuple):
        self.trial, self.talk = trial, check.function(trial, *values(case))
        self.calls: list[tuple] = []
        self.problem: Exception | None = None
        try:
            self.calls = next(self.talk, [])
        except Exception as problem:  # the case is unfit, or a failure of ours: told when it is its turn
            self.problem = problem

    def finish(self) -> None:
        """Make the calls and let the check judge their values. Raises what the check raises, `RuntimeError` where it yields again."""
        if self.problem is not None:
            raise self.problem
        try:
            self.talk.send(self.trial(*args) for args in self.calls)
        except StopIteration:
            return
        raise RuntimeError(f"{self.talk.__name__} yields twice; say all calls at once")


@dataclass
class _Drawn:
    """The cases of a check and, where the answer was told of them, the check begun on each and the calls that were told."""

    cases: list[tuple]
    begun: list[Begun] = field(default_factory=list)
    told: list[tuple] = field(default_factory=list)


class Drawing:
    """What the checks of a trial's exercise are judged on, from one seed.

    The cases of a check are drawn when it is its turn: a learner who waits pays for no check that is skipped. For an answer
    far away `foretell` draws those of all.
    """

    def __init__(self, trial: Trial, seed: int, checks: list[Check]):
        self.trial, self.seed, self.checks = trial, seed, checks
        self._made: dict = {}  # by the maker: checks that share it share its cases
        self._drawn: dict[str, _Drawn] = {}

    def of(self, check: Check) -> Iterator[tuple[tuple, Begun | None]]:
        """The cases of `check`, always the same; with each the check begun on it, where it was."""
        drawn = self._draw(check)
        begun: list[Begun | None] = [*drawn.begun] or [None] * len(drawn.cases)
        yield from zip(drawn.cases, begun)

    def foretell(self, first: tuple, hidden: list[tuple]) -> None:
        """Tell the answer of the `first` case, those of all checks and the `hidden` ones, in one go if they are few."""
        name, program, answer = self.trial.exercise.name, self.trial.exercise.program, self.trial.answer
        calls = [[arguments(case) for case in hidden]]
        told = [check for check in self.checks if not check.counts and not check.afterwards and not _OWN_WAY.get((name, check.name))]
        for check in told:
            drawn = self._draw(check)
            if check.says_its_calls:
                drawn.begun = [Begun(self.trial, check, case) for case in drawn.cases]
                calls.append([call for begun in drawn.begun for call in begun.calls])
            else:
                calls.append([arguments(case) for case in drawn.cases])
        together = answer.foresee([arguments(first), *(call for part in calls for call in part)], program)
        made = [together or answer.foresee(part, program) for part in calls]
        for check, part, were_made in zip(told, calls[1:], made[1:]):
            self._drawn[check.name].told = part if were_made else []

    def notice(self, check: Check, calls: list[Call]) -> None:
        """Remember whether a check that passed made the calls that were told: if not, it is not told of again."""
        key, told = (self.trial.exercise.name, check.name), self._drawn[check.name].told
        if told and key not in _OWN_WAY:
            _OWN_WAY[key] = not set(map(_ids, told)) <= {_ids(call.args) for call in calls}

    def _draw(self, check: Check) -> _Drawn:
        if check.name not in self._drawn:
            if check.cases not in self._made:
                self._made[check.cases] = list(self.trial.exercise.draw(self.seed, check))
            self._drawn[check.name] = _Drawn(self._made[check.cases])
        return self._drawn[check.name]


def values(case: tuple) -> list:
    """What a check's function takes of a case: its arguments, and what it is told besides."""
    return [item.value if isinstance(item, CheckOnly) else item for item in case]


def _ids(args: tuple) -> tuple[int, ...]:
    return tuple(map(id, args))
