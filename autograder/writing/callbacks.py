"""The kinds of functions that exercises take as arguments. How to declare them: `domains`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..shared.functions import Function
from .bank import random_smooth
from .domains import Domain, Sample
from .fields import random_field


@dataclass(frozen=True)
class Smooth(Domain):
    """A smooth function of one number that also takes arrays: waves, steep, flat, constant, straight; `names` of its argument are free.

    None of them overflows within 1e6, and each has its derivative.
    """

    moods = ("steep", "flat", "constant", "line", "", "far from 0")

    def draw(self, sample: Sample, mood: str):
        """A `Function` with exact derivatives."""
        a, b, c = (round(float(v), 2) for v in sample.rng.uniform(0.5, 1.5, size=3))
        return {
            "steep": Function(f"{40 * a:.4g}*x**3 - {b}*x + {c}", f"3*{40 * a:.4g}*x**2 - {b}", f"6*{40 * a:.4g}*x", name="f"),
            "flat": Function(f"0.001*np.sin({a}*x) + {b}", f"0.001*{a}*np.cos({a}*x)", f"-0.001*{a}**2*np.sin({a}*x)", name="f"),
            "constant": Function(f"{a} + 0*x", "0.0*x", "0.0*x", name="f"),
            "line": Function(f"{b} - {a}*x", f"-{a} + 0*x", "0.0*x", name="f"),
            "far from 0": Function(
                f"500 + {a}*np.cos({b}*x + {c})", f"-{a}*{b}*np.sin({b}*x + {c})", f"-{a}*{b}**2*np.cos({b}*x + {c})", name="f"
            ),
        }.get(mood) or Function(
            f"{a}*np.sin({b}*x + {c}) + {c}*x", f"{a}*{b}*np.cos({b}*x + {c}) + {c} + 0*x", f"-{a}*{b}**2*np.sin({b}*x + {c})", name="f"
        )


@dataclass(frozen=True)
class Analytic(Domain):
    """A smooth function of one number whose derivatives of all orders are alive, near 0 only: `bank.random_smooth`."""

    def draw(self, sample: Sample, mood: str):
        """A `Function` with exact derivatives."""
        return random_smooth(sample.rng)


@dataclass(frozen=True)
class Field(Domain):
    """A smooth scalar function of the array argument called `of`, with its gradient: ordinary, steep, flat, far from 0."""

    of: str = "x"
    moods = ("as a whole", "", "steep", "flat", "far from 0")

    def draw(self, sample: Sample, mood: str):
        """A `Function`, none of its variables separable; "as a whole" it computes with the array, which a list cannot stand for."""
        shape = np.shape(sample[self.of])
        f = random_field(sample.rng, shape) if shape else Smooth().draw(sample, "")
        factor, shift = {"steep": (100, 0), "flat": (0.01, 0), "far from 0": (1, 100.0)}.get(mood, (1, 0))
        if mood == "as a whole":
            return Function(f"np.sum(x**3) + {f.expr}", f"3*x**2 + {f.d}", name="f")
        return f if not mood else Function(f"{factor}*({f.expr}) + {shift}", f"{factor}*({f.d})", name="f")


@dataclass(frozen=True)
class Map(Domain):
    """A smooth map from the array argument called `of`, (n,), to vectors with the axis `to`, with its Jacobian."""

    of: str = "x"
    to: str = "m"

    def draw(self, sample: Sample, mood: str):
        """A `Function` that returns an array."""
        parts = [random_field(sample.rng, np.shape(sample[self.of])) for _ in range(sample.size(self.to))]
        return Function(f"np.array([{', '.join(p.expr for p in parts)}])", f"np.array([{', '.join(p.d for p in parts)}])", name="f")
