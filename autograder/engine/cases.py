"""The cases that an exercise's checks are judged on, and the calls that can be told from them before any check runs."""

from __future__ import annotations

from ..writing.case import CheckOnly, arguments
from ..writing.exercise import Check, Exercise


class Cases:
    """The cases of an exercise's `checks` for one seed, drawn when they are first asked for; checks that share a maker share its cases."""

    def __init__(self, exercise: Exercise, seed: int, checks: list[Check]):
        self.exercise, self.seed, self.checks = exercise, seed, checks
        self._drawn: dict = {}  # by the maker

    def of(self, check: Check) -> list[tuple]:
        """The cases of `check`, always the same objects."""
        if check.cases not in self._drawn:
            self._drawn[check.cases] = list(self.exercise.draw(self.seed, check))
        return self._drawn[check.cases]

    def edges(self) -> list[tuple]:
        """The edges of the exercise's domain, the same objects that its checks are asked there."""
        return self.of(Check("edges", "", lambda *_: None, 0.0, self.exercise.edge_cases, ()))

    def planned_calls(self) -> list[tuple]:
        """The arguments of the calls that the checks will most likely make: those of their cases. A check that counts makes its own."""
        planned = (check for check in self.checks if not check.counts and not check.afterwards)
        return [arguments(case) for check in planned for case in self.of(check)]


def values(case: tuple) -> list:
    """What a check's function takes of a case: its arguments, and what it is told besides."""
    return [item.value if isinstance(item, CheckOnly) else item for item in case]
