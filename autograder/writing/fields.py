"""Functions of several variables for judging: random ones with exact gradients, lines through them, exact slopes along a line."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function


def two_digits(rng: np.random.Generator, low: float, high: float, size=None, signs: bool = False):
    """Random numbers that are short to paste; with `signs` of either sign and then never near 0 when `low` is not."""
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
