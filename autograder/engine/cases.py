"""The cases that an exercise's checks are judged on, and the calls that can be told from them before any check runs."""

from __future__ import annotations

from ..writing.case import CheckOnly, arguments
from ..writing.compare import EXACT
from ..writing.exercise import Check, Exercise
from . import implicit

HIDDEN = 1_000_003  # between the seed of the checks' cases and that of the hidden ones


class Cases:
    """The cases of an exercise for one seed. `first` comes alone before all others, `checks` are all its promises,
    `hidden` are the cases on which an answer is `compared` with the reference.

    The cases of a check are drawn when they are first asked for; checks that share a maker share its cases.
    """

    def __init__(self, exercise: Exercise, seed: int, compared: bool = False):
        self.exercise, self.seed = exercise, seed
        self.checks = [*exercise.checks, *implicit.promises(exercise)]
        self.first = next(iter(exercise.draw(seed)))
        self._drawn: dict = {}  # by the maker
        self.hidden = list(exercise.draw(seed + HIDDEN)) if compared else []
        if compared and exercise.tolerance is EXACT:  # numerical methods may differ at the edges: their checks know by how much
            self.hidden += self.edges()  # the very inputs that the checks ask: asked once, they serve both

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
