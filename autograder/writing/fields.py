"""Functions of several variables for judging: random ones with exact gradients, lines through them, exact slopes along a line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..shared.functions import Function
from .compare import EPS


def two_digits(rng: np.random.Generator, low: float, high: float, size=None, signs: bool = False):
    """Random numbers that are short to paste; with `signs` of either sign and then never near 0 when `low` is not.

    Few in a wide range are none like another: whoever confuses equal entries fails in every draw or in none.
    """
    values = np.round(rng.uniform(low, high, size=size), 2)
    while np.size(values) < min(12, 10 * (high - low)) and len(np.unique(values)) < np.size(values):
        values = np.round(rng.uniform(low, high, size=size), 2)
    return values * rng.choice([-1.0, 1.0], size=size) if signs else values


def random_field(rng: np.random.Generator, shape: int | tuple) -> Function:
    """A random smooth scalar function of an array: a·sin(c·x) + b·x_p²·x_q, with its gradient.

    Not separable, not symmetric, and not polynomial in any variable: other variables frozen at a wrong value, variables
    that move together, and one-sided differences all show.
    """
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    cells = [f"x[{', '.join(map(str, cell))}]" for cell in np.ndindex(shape)]
    a, b = (float(v) for v in two_digits(rng, 0.5, 1.5, 2))
    c = two_digits(rng, 0.4, 1.4, len(cells), signs=True)
    p, q = (int(k) for k in rng.permutation(len(cells))[:2]) if len(cells) > 1 else (0, 0)
    wave = "".join(f" {'-' if v < 0 else '+'} {abs(v):g}*{cell}" for v, cell in zip(c, cells)).removeprefix(" + ")
    wave = "-" + wave[3:] if wave.startswith(" - ") else wave
    rest = ["0"] * len(cells)
    rest[q] = f"{cells[p]}**2"
    rest[p] = f"2*{cells[p]}*{cells[q]}" if p != q else f"3*{cells[p]}**2"
    return Function(
        f"{a:g}*np.sin({wave}) + {b:g}*{cells[p]}**2*{cells[q]}",
        f"{a:g}*np.cos({wave})*np.array({_nested([f'{v:g}' for v in c], shape)}) + {b:g}*np.array({_nested(rest, shape)})",
        name="f",
    )


def _nested(texts: list[str], shape: tuple) -> str:
    """The texts as nested lists of the given shape, in C order."""
    for length in reversed(shape[1:]):
        texts = [f"[{', '.join(texts[k : k + length])}]" for k in range(0, len(texts), length)]
    return f"[{', '.join(texts)}]"


def axis(x, i) -> np.ndarray:
    """The direction in which only element `i` of an array like `x` moves."""
    direction = np.zeros(np.shape(x))
    direction[i] = 1.0
    return direction


def along(f: Function, x, v):
    """f on the straight line through `x` in the direction `v`: an ordinary function of one number, t -> f(x + t*v)."""
    return lambda t: f(np.asarray(x, dtype=float) + t * np.asarray(v))


def slope_along_line(f: Function, x, v):
    """The exact slope of f at `x` along `v`, by a complex step: no difference is taken, so no digit is lost.

    For our own analytic functions only. Where f returns an array, the answer is one as well.
    """
    return np.imag(f(np.asarray(x, dtype=float) + 1e-30j * np.asarray(v))) / 1e-30


def crests(rng: np.random.Generator) -> Iterator[tuple[Function, np.ndarray]]:
    """Points where f bends, twists or is steep, and high ones, whatever the seed.

    A step that is too large, or on one side only, shows at the former, one that is too small at the latter.
    """
    for low in (0.2, 0.9, 1.6):
        f = Function("np.sin(x[0]) + x[1]*x[0] + 1000", "np.array([np.cos(x[0]) + x[1], x[0]])", name="f")
        yield f, np.array([low, -low]) + np.round(rng.uniform(0, 0.2, size=2), 3)
    for a in (4, -4):
        f = Function(f"np.sin({a}*x[0]) + x[1]*x[0]", f"np.array([{a}*np.cos({a}*x[0]) + x[1], x[0]])", name="f")
        for low, high in ((0.37, 0.41), (-0.07, -0.03)):
            yield f, np.array([round(float(rng.uniform(low, high)), 3), float(two_digits(rng, 0.5, 1.4))])


def bends(f: Function, x, d) -> tuple[float, float]:
    """The second and third derivative of t -> f(x + t*d) at 0, from the exact gradient."""

    def second(t):
        return float(np.sum(slope_along_line(f.prime, x + t * d, d) * d))

    return second(0.0), (second(1e-4) - second(-1e-4)) / 2e-4


def accuracy(f: Function, x, v) -> float:
    """What a central difference along v, a direction of length 1 at most, may be off: ten times its bend, four times its rounding.

    A step may grow with x or not: the one that does costs more where f bends, the other where f is rounded.
    """
    best = float(np.cbrt(EPS))
    grown = best * max(1.0, float(np.max(np.abs(x), where=np.asarray(v) != 0, initial=0.0)))
    rounded = abs(float(f(x))) + float(np.sum(np.abs(x * f.derivative(x)))) + 1.0
    return 10 * grown**2 * (1.0 + abs(bends(f, x, v)[1])) / 6 + 4 * EPS * rounded / best
