"""What the arguments of lesson 05 may be: maps that stay small wherever x is, bowls, slopes, chains of matrices."""

from __future__ import annotations

import numpy as np

from autograder.writing import Domain, Function, Reals, Smooth

from ._lesson import numbers, random_map

NEAR = Reals("n", low=1e-3, high=6)  # farther out, the rounding of x shows in the sixth digit of a difference with a fixed step
SHORT = Reals("n", low=1e-3, high=2, zeros=True)  # with a fixed step along v a long v goes far
SCORES = Reals("n", low=1e-3, high=1e5, zeros=True)


class Waves(Domain):
    """A map from x to the axis m: waves of all inputs; flat, or far from 0."""

    moods = ("", "flat", "far from 0")

    def draw(self, sample, mood: str):
        """A `Function` with its Jacobian."""
        f = random_map(sample.rng, sample.size("m"), len(sample["x"]))
        factor, shift = {"flat": (0.01, 0), "far from 0": (1, 3)}.get(mood, (1, 0))
        return f if not mood else Function(f"{factor}*{f.expr} + {shift}", f"{factor}*({f.d})", name="f")


class Curved(Domain):
    """A scalar function of x that bends along and across the axes, with its gradient and its matrix of second partials."""

    def draw(self, sample, mood: str):
        """A `Function`."""
        n = len(sample["x"])
        a, b = (f"np.array({numbers(sample.rng, n, -1.2, 1.2).tolist()})" for _ in range(2))
        half = numbers(sample.rng, (n, n), -0.5, 0.5)
        q = f"np.array({np.round(half + half.T, 2).tolist()})"
        angle = f"({a} @ x + {b}[0])"
        return Function(
            f"np.sin{angle} + 0.5*(x @ {q} @ x)", f"np.cos{angle}*{a} + {q} @ x", f"{q} - np.sin{angle}*np.outer({a}, {a})", name="f"
        )


class CurvedGradient(Curved):
    """The gradient of such a function, with its Jacobian."""

    def draw(self, sample, mood: str):
        """A `Function` that returns an array."""
        f = super().draw(sample, mood)
        return Function(f.d, f.d2, name="gradf")


class Slope(Smooth):
    """The derivative of a smooth function of one number."""

    def draw(self, sample, mood: str):
        """A `Function` that takes arrays."""
        return super().draw(sample, mood).prime


class Chain(Domain):
    """A list of one to three matrices that fit together."""

    moods = Reals("n", low=1e-3, high=2).moods

    def draw(self, sample, mood: str):
        """The list, outermost first."""
        lengths = [1 + (sample.round + 2 * k) % 3 for k in range(2 + max(sample.round, 0) % 3)]
        if sample.single:
            lengths = [1, 1, 1]
        shapes = zip(lengths, lengths[1:])
        return [Reals(lambda _, shape=shape: shape, low=1e-3, high=2).draw(sample, mood) for shape in shapes]
