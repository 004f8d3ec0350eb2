"""The kinds of arguments that exercises take: numbers, steps, places, labels, seeds; functions are in `callbacks`. How to declare them: `domains`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..shared.values import Seeded
from .domains import Domain, Sample, mood_of


def four_digits(values) -> np.ndarray:
    """Rounded, so that a learner can read and paste them."""
    return np.array([float(f"{v:.4g}") for v in np.ravel(values)]).reshape(np.shape(values))


@dataclass(frozen=True)
class Reals(Domain):
    """An array of real numbers with these axes; their sizes go from `low` to `high`.

    `whole` is whether integers are allowed, `positive` whether all numbers are above 0, `zero` whether an entry may be 0,
    `zeros` whether all may.
    """

    axes: object = ""
    low: float = 1e-3
    high: float = 1e3
    positive: bool = False
    zero: bool = True
    zeros: bool = False
    whole: bool = True

    @property
    def moods(self) -> tuple[str, ...]:
        """The kinds that are allowed."""
        signed = not self.positive
        allowed = {"whole": self.whole, "zero": self.zero and signed, "balanced": signed, "negative": signed, "zeros": self.zeros}
        return tuple(
            mood
            for mood in ("whole", "zero", "equal", "mixed", "negative", "large", "balanced", "small", "zeros")
            if allowed.get(mood, True)
        )

    def draw(self, sample: Sample, mood: str):
        """The numbers, four digits each at most; a plain number for the shape ()."""
        rng, shape = sample.rng, sample.shape(self.axes)
        drawn = rng.uniform(0.5, 1.9, size=shape)
        values: np.ndarray = np.round(drawn, 3)
        places = np.arange(values.size).reshape(shape)
        if mood == "whole":
            values = rng.integers(1, 5, size=shape)
        elif mood == "equal":
            values = np.full(shape, round(float(rng.uniform(0.5, 1.9)), 2))
        elif mood == "mixed":
            values = _anchored(values) * 10.0 ** np.resize(
                np.log10([self.high / 2, 1.0 if self.low < 1 < self.high else self.low, self.low]), shape
            )
        elif mood == "large":
            values = np.array(_anchored(values) * (self.high / 2))
            values.flat[:1] = self.high  # the bound itself, whatever the seed
        elif mood == "small":
            values = np.array(drawn * self.low)  # with all their digits: whoever rounds is seen
            values.flat[:1] = self.low if values.size > 1 else self.low * 4 / 3  # near the bound, for every seed alike
        elif mood == "zeros":
            values = np.zeros(shape)
        if mood == "negative" or mood in ("whole", "mixed") and values.size == 1 and not self.positive:
            values = -values
        elif not self.positive and mood not in ("equal", "zeros"):
            values = np.where(places % 2 == (mood == "opposite"), values, -values)
        if mood == "zero" and values.size:
            values = np.array(-np.abs(values), float)  # the largest is 0
            if values.size != 2:
                values.flat[0] = -0.0
            values.flat[-1] = 0.0
        if mood == "balanced" and values.size > 1:
            values = _balanced(rng, values.size, self.zero).reshape(shape)
        values = values if values.dtype.kind == "i" or mood == "small" else four_digits(values)
        return values.item() if shape == () else values

    def others(self, sample: Sample) -> Iterator:
        """Other numbers, of the opposite signs where both are allowed: what remembers signs only is noticed, too."""
        yield self.draw(sample, "opposite")


def _anchored(values: np.ndarray) -> np.ndarray:
    """The same with large sizes first, so that what happens far out happens for every seed."""
    anchored = np.array(values)
    anchored.flat[:4] = (1.873, 1.781, 1.652, 1.537)[: anchored.size]
    return anchored


def _balanced(rng: np.random.Generator, size: int, zero: bool) -> np.ndarray:
    """Numbers that add up to exactly 0, none of which is 0 unless `zero`."""
    half = rng.integers(4, 16, size=size // 2) / 8
    if size % 2 == 0:
        return np.concatenate([half, -half])
    if zero:
        return np.concatenate([half, -half, [0.0]])
    return np.concatenate([half, -half[1:], [-half[0] - 0.5, 0.5]])


@dataclass(frozen=True)
class Step(Domain):
    """A step: not 0, of either sign unless `positive`, at most `high`; of any shape with ``axes=...``."""

    high: float = 2.0
    low: float = 0.01
    positive: bool = False
    axes: object = ""
    moods = ("", "whole", "large", "small", "other side")

    def draw(self, sample: Sample, mood: str):
        """The step or steps, four digits each at most."""
        shape = sample.shape(self.axes)
        if mood == "whole" and self.high >= 1:
            values = np.ones(shape, dtype=int)
        else:
            size = {"large": self.high / 1.9, "small": self.low}.get(mood, (self.low * self.high) ** 0.5)
            values = four_digits(size * sample.rng.uniform(1, 1.9, size=shape))
        if not self.positive:
            values = np.where(np.arange(values.size).reshape(shape) % 2 == (mood != "other side"), values, -values)
        return values.item() if shape == () else values


@dataclass(frozen=True)
class OneOf(Domain):
    """One of a few values, each in its turn."""

    options: tuple
    stays = True

    def __init__(self, *options):
        object.__setattr__(self, "options", options)

    @property
    def moods(self) -> tuple:
        """The options themselves."""
        return self.options

    def draw(self, sample: Sample, mood):
        """The option; the first where nothing is special."""
        return mood if mood != "" else self.options[0]


@dataclass(frozen=True)
class Index(Domain):
    """A place along an axis, counted from 0: the first, the last, one between."""

    axis: str
    moods = ("last", "first", "")

    def draw(self, sample: Sample, mood: str):
        """A whole number."""
        size = sample.size(self.axis)
        return {"first": 0, "last": size - 1}.get(mood, size // 2)

    def others(self, sample: Sample) -> Iterator:
        """The first: where there are two, the ordinary one is another."""
        yield self.draw(sample, "first")


@dataclass(frozen=True)
class Labels(Domain):
    """Whole numbers from 0 to `classes` - 1 (a number, or the name of an axis): mixed, all the same, the last class missing."""

    axes: str
    classes: int | str = 2
    floats: bool = False
    moods = ("", "all the last", "none of the last", "all the first")

    def draw(self, sample: Sample, mood: str):
        """An array of them."""
        count = self.classes if isinstance(self.classes, int) else sample.size(self.classes)
        shape = sample.shape(self.axes)
        low, high = {"all the last": (count - 1, count), "none of the last": (0, max(1, count - 1)), "all the first": (0, 1)}.get(
            mood, (0, count)
        )
        values = sample.rng.integers(low, high, size=shape)
        if mood == "" and count > 1:
            values.flat[:1] = 1  # of scores that are anchored the first class has the largest: one label is another's, for every seed
        return values.astype(float) if self.floats else values


@dataclass(frozen=True)
class BatchSize(Domain):
    """How many examples of an axis go together: one that does not divide it, 1, all, more than there are."""

    axis: str
    moods = ("", "one", "all", "more")

    def draw(self, sample: Sample, mood: str):
        """A whole number."""
        size = sample.size(self.axis)
        return {"one": 1, "all": size, "more": size + 2}.get(mood, max(1, size - 1))

    def others(self, sample: Sample) -> Iterator:
        """All at once, which is another than the ordinary one where there are several."""
        yield self.draw(sample, "all")


@dataclass(frozen=True)
class Seed(Domain):
    """A random generator, fresh in every call."""

    def draw(self, sample: Sample, mood: str):
        """What the answer receives as a generator."""
        return Seeded(int(sample.rng.integers(2**31)))


@dataclass(frozen=True)
class Given(Domain):
    """What follows from the arguments before it: ``Given(lambda sample: sample["f"].prime)``."""

    function: Callable[[Sample], object]
    follows = True

    def draw(self, sample: Sample, mood: str):
        """What the function says."""
        return self.function(sample)


@dataclass(frozen=True)
class Together(Domain):
    """Several in one argument, as a tuple: ``Together(f=Smooth(), x0=Reals())``, for what a program gets."""

    parts: dict

    def __init__(self, **parts):
        object.__setattr__(self, "parts", parts)

    @property
    def moods(self) -> tuple:
        """As many as the richest part has; each part takes its own."""
        return tuple(range(max(len(part.moods) for part in self.parts.values())))

    def draw(self, sample: Sample, mood):
        """A tuple; its items are known to what comes later, by their names."""
        for place, (name, part) in enumerate(self.parts.items()):
            sample.values[name] = part.draw(sample, mood_of(part, mood, place) if mood != "" else "")
        return tuple(sample.values[name] for name in self.parts)

    def others(self, sample: Sample):
        """With one part exchanged after the other."""
        first = dict(sample.values)
        for changed in self.parts:
            for other in self.parts[changed].others(sample):
                sample.values[changed] = other
                for name, part in self.parts.items():
                    if part.follows:
                        sample.values[name] = part.draw(sample, "")
                yield tuple(sample.values[name] for name in self.parts)
                sample.values.update(first)
