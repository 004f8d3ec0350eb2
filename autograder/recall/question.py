"""What a question for another day is: its words, the right answer, and the slips that are known by name."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..writing.compare import BY_HAND, equal_values

TRIES = 200  # of drawing numbers, until no slip gives the right answer by accident


@dataclass(frozen=True)
class Slip:
    """A wrong answer, what makes it, and the known mistakes of exercises ("exercise.mistake") that it comes from."""

    value: float | str
    why: str
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question with its numbers. `right` is a number, or one of `options`; `why` says how one finds it."""

    text: str
    right: float | str
    why: str
    slips: tuple[Slip, ...]
    options: tuple[str, ...]
    numbers: dict = field(compare=False)

    def is_right(self, given: float | str) -> bool:
        """Whether `given` is the right answer, a number to three digits."""
        return _same(given, self.right)

    def slip(self, given: float | str) -> Slip | None:
        """The slip that gives `given`, or None."""
        return next((slip for slip in self.slips if _same(given, slip.value)), None)

    @property
    def clear(self) -> bool:
        """Whether no slip gives the right answer, and no two slips the same one."""
        values = [self.right, *(slip.value for slip in self.slips)]
        return not any(_same(a, b) or _same(b, a) for i, a in enumerate(values) for b in values[:i])


@dataclass(frozen=True)
class Kind:
    """A kind of question: `revisits` are the exercises that it comes from, `slips` the known mistakes that it tells apart."""

    name: str
    revisits: tuple[str, ...]
    make: Callable[[np.random.Generator], Question]
    slips: frozenset[str]

    @property
    def topic(self) -> str:
        """The lesson's name without its number, which is that of the module."""
        return self.make.__module__.rpartition(".")[2]

    def on(self, day: int) -> Question:
        """The question with the numbers of a day (its ordinal): the same whenever it is asked on that day."""
        return self.draw(np.random.default_rng([day, *self.name.encode()]))

    def draw(self, rng: np.random.Generator) -> Question:
        """The question with numbers drawn from `rng`. Raises `ValueError` when slips cannot be told from the right answer."""
        for _ in range(TRIES):
            question = self.make(rng)
            if question.clear:
                return question
        raise ValueError(f"{self.name}: in {TRIES} draws some slip was always the right answer, or another slip; give it other numbers")


_kinds: dict[str, Kind] = {}


def registered() -> dict[str, Kind]:
    """The kinds of all modules that have been imported."""
    return dict(_kinds)


def kind(*revisits: str):
    """Register the function below as a kind of question, called as the function is; it gets `rng` and returns `ask(...)`."""

    def register(make: Callable[[np.random.Generator], Question]):
        if make.__name__ in _kinds:
            raise ValueError(f"there are two kinds of questions called {make.__name__}; rename one")
        # a kind's slips have the same names whatever its numbers; some show in one variant only
        seen = (mistake for seed in range(40) for slip in make(np.random.default_rng(seed)).slips for mistake in slip.mistakes)
        _kinds[make.__name__] = Kind(make.__name__, revisits, make, frozenset(seen))
        return make

    return register


def ask(text: str, right: float | str, why: str, *slips: Slip, options: tuple[str, ...] = (), **numbers) -> Question:
    """A question; `numbers` are what was drawn, by name, for tests that compute the answer in another way."""
    return Question(text, right if options else float(right), why, slips, tuple(options), numbers)


def slip(value: float | str, why: str, *mistakes: str) -> Slip:
    """A wrong answer of a question; see `Slip`."""
    return Slip(value, why, mistakes)


def pick(rng: np.random.Generator, *values):
    """One of `values`."""
    return values[int(rng.integers(len(values)))]


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included, and not 0."""
    return pick(rng, *(number for number in range(low, high + 1) if number))


def shown(value: float) -> str:
    """A number as people write it."""
    return f"{value:.6g}".replace("-", "−")


def _same(given: float | str, wanted: float | str) -> bool:
    if isinstance(wanted, str) or isinstance(given, str):
        return given == wanted
    return math.isfinite(given) and equal_values(float(given), float(wanted), BY_HAND)
