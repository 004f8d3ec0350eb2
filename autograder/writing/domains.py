"""What each argument of an exercise may be; from it are drawn the inputs that nobody thinks of.

How to declare. An exercise says for each argument, by its name and in its order, what may stand there::

    lesson.exercise("mse", ..., signature="X, y, theta",
        domains={"X": Reals("m n"), "y": Reals("m"), "theta": Reals("n")})

Axes are words: an axis of the same name has the same length in all arguments, and other names have other lengths, except where
all are 1. "" is one number, ``Reals(...)`` with three dots an array of any shape (all arguments with dots get the same one).
A function comes after what it takes: ``{"x": Reals("n"), "f": Field("x")}`` is drawn in this order and handed over in the
order of the signature. ``Given(lambda sample: ...)`` computes an argument from those before it (``sample["x"]``, ``sample.size("m")``).

What it does. `edge_cases` yields some dozen inputs, anchored: whatever the seed, each argument is once whole numbers (integers), holds a 0
and nothing above it, is all equal, sums to 0, is negative, mixes magnitudes, is as large and as small as it may be; the axes are once all 1,
once all 3, once of length 1 one by one. Then each argument sums to 0 while the others are ordinary, and all arguments together are whole, large, small. At last one input again and again, with another argument
exchanged each time, as in a notebook: another f with the same x, another x with the same f.
A check that is right on the whole domain says so, ``@exercise.check(domain=True)``, and is asked these as well (``t.assume``
keeps out what it does not speak of, such as h = 0); in the judge the reference is compared on them too. Where the contract allows less, say less:
``Reals("n", whole=False, high=10)``. What no domain can draw (a threshold from both sides) is yielded by ``@exercise.edges``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

_SHAPES = ((2, 3), (), (4,), (1,), (2, 1, 2), (3,), (3, 3))
_ORDINARY = -1  # the round in which nothing is special


@dataclass
class Sample:
    """One input while it is drawn: the round, the lengths of the axes so far, and the arguments so far."""

    rng: np.random.Generator
    round: int = _ORDINARY
    single: bool = False
    square: bool = False
    sizes: dict[str, int] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, name: str):
        return self.values[name]

    def size(self, axis: str) -> int:
        """The length of an axis: 1 for all where `single`, 3 for all where `square`, 1 for the first and the second alone in rounds 4 and 6,
        else all different."""
        if axis.isdigit():
            return int(axis)
        if axis not in self.sizes:
            place = len(self.sizes)
            single = self.single or (self.round, place) in ((4, 0), (6, 1))
            self.sizes[axis] = 1 if single else 3 if self.square else 2 + (place + max(self.round, 0)) % 4
        return self.sizes[axis]

    def shape(self, axes) -> tuple:
        """The shape that `axes` name: words, dots, or a function of the sample."""
        if axes is ...:
            return _SHAPES[self.round % len(_SHAPES)] if self.round != _ORDINARY else (3,)
        return tuple(axes(self)) if callable(axes) else tuple(map(self.size, axes.split()))


class Domain:
    """What one argument may be. ``moods`` are its special kinds; round k of the cases takes one of them."""

    follows = False  # whether it follows from the arguments before it
    stays = False  # whether it is one of few, which no neighbour needs to exchange

    @property
    def moods(self) -> tuple[str, ...]:
        """The special kinds."""
        return ("",)

    def draw(self, sample: Sample, mood: str):
        """A value of the kind `mood`, "" for an ordinary one."""
        raise NotImplementedError

    def others(self, sample: Sample) -> Iterator:
        """Other values in the place of the one in the sample, when nothing else is exchanged."""
        if not self.follows and not self.stays:
            yield self.draw(sample, "")


def edge_cases(domains: dict[str, Domain], order: list[str], rng: np.random.Generator) -> Iterator[tuple]:
    """Some dozen inputs from the whole domain, each a tuple in the given order; the module's text says which."""
    for number in range(min(9, max(len(domain.moods) for domain in domains.values()))):
        sample = Sample(rng, number)
        whole = False
        for place, (name, domain) in enumerate(domains.items()):
            mood = mood_of(domain, number, place)
            if mood == "whole" and whole:  # what is cut to whole numbers shows beside others only
                mood = mood_of(domain, number + 1, place)
            whole = whole or mood == "whole"
            sample.values[name] = domain.draw(sample, mood)
        yield tuple(sample[name] for name in order)
    for alone in domains if len(domains) > 1 else ():  # where all arguments are odd at once, one may hide what another would show
        if "balanced" in domains[alone].moods:
            sample = Sample(rng)
            for name, domain in domains.items():
                sample.values[name] = domain.draw(sample, "balanced" if name == alone else "")
            yield tuple(sample[name] for name in order)
    for mood, least in (("whole", 1), ("large", 2), ("small", 2)):
        if sum(mood in domain.moods for domain in domains.values()) >= least:
            sample = _all_alike(domains, rng, mood)
            yield tuple(sample[name] for name in order)
    sample = _all_alike(domains, rng, "", single=True)
    if sample.sizes:
        yield tuple(sample[name] for name in order)
    if len(sample.sizes) > 1:  # where all lengths agree, a transpose passes unnoticed by its shape
        sample = _all_alike(domains, rng, "", square=True)
        yield tuple(sample[name] for name in order)
    sample = _all_alike(domains, rng, "")
    first = sample.values
    yield tuple(first[name] for name in order)
    for changed in domains:
        sample.values = dict(first)
        for other in domains[changed].others(sample):
            sample.values[changed] = other
            for name, domain in domains.items():
                if domain.follows:
                    sample.values[name] = domain.draw(sample, "")
            yield tuple(sample[name] for name in order)
            sample.values = dict(first)


def _all_alike(domains: dict[str, Domain], rng: np.random.Generator, mood: str, single: bool = False, square: bool = False) -> Sample:
    """An input whose arguments are all of one kind, those that have it; with "" an ordinary one."""
    sample = Sample(rng, single=single, square=square)
    for name, domain in domains.items():
        sample.values[name] = domain.draw(sample, mood if mood in domain.moods else "")
    return sample


def mood_of(domain: Domain, number: int, place: int):
    """The kind that an argument has in a round: neighbours are shifted, so that not all are whole at once."""
    return domain.moods[(number + 3 * place) % len(domain.moods)]
