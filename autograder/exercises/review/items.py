"""The twenty items of the errata hunt: which line is wrong, what was printed, and what holds instead, by another route.

The lines themselves stand in the lesson. `printed` is the wrong line as its source has it, `holds` computes the right value
from a definition, `draw` makes arguments. Source: docs/sources.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial

from autograder.writing import CUBIC, slope_between

from ._lesson import slope, slopes


@dataclass(frozen=True)
class Item:
    """One item: the letter of its wrong line, the code in docs/sources.md, and a nudge for whoever misses it."""

    letter: str
    source: str
    draw: Callable
    printed: Callable
    holds: Callable
    nudge: str


def _numbers(*ranges):
    return lambda rng: tuple(round(float(rng.uniform(*span)), 2) for span in ranges)


def _whole(*ranges):
    """Different whole numbers, so that no two axes have the same length."""

    def draw(rng):
        while True:
            found = tuple(int(rng.integers(low, high)) for low, high in ranges)
            if len(set(found)) == len(found):
                return found

    return draw


def _cost(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def _share(z):
    return np.exp(z) / np.sum(np.exp(z))


def _steps(theta0, eta, lam, t):
    for _ in range(t):
        theta0 = theta0 - eta * lam * theta0
    return theta0


def _data(rng):
    m, n = int(rng.integers(4, 7)), int(rng.integers(2, 4))
    return tuple(np.round(rng.normal(size=shape), 1) for shape in ((m, n), (m,), (n,)))


_X_H = _numbers((-2, 2), (0.2, 1.5))

ITEMS = {
    1: Item(
        "b",
        "E-W17",
        _X_H,
        lambda x, h: x**3 + 3 * x**2 * h + 2 * x * h**2 + 2 * h**3,
        lambda x, h: float(Polynomial([x, h])(1) ** 3),
        "Put in x = 1, h = 2: the left side of one line is 27, its right side is not.",
    ),
    2: Item(
        "c",
        "E-W16",
        _X_H,
        lambda x, h: 2 * (x + h) ** 3 + 5 - 2 * x**3 + 5,
        lambda x, h: float(CUBIC(x + h) - CUBIC(x)),
        "With h = 0 a difference must be 0. Which line is not?",
    ),
    3: Item(
        "b",
        "E-W20",
        _X_H,
        lambda x, h: 6 * x**2 + 2 * x * h + h**2,
        lambda x, h: slope_between(CUBIC, x, x + h),
        "Compare with numbers: at x = 1 and h = 0.1 the slope of the secant of 2x³ + 5 is 6.62.",
    ),
    4: Item(
        "c",
        "E-P17",
        _numbers((-2, 2)),
        lambda x: 2.0,
        lambda x: float(Polynomial([0, 0, 1]).deriv()(x)),
        "Which of these derivatives is right only at x = 1?",
    ),
    5: Item(
        "c",
        "E-P14",
        _numbers((-2, 2), (-2, 2), (-2, 2)),
        lambda theta, x, y: x,
        lambda theta, x, y: slope(lambda t: y - t * x, theta),
        "How does y - θx change when θ grows by a little? Mind the sign.",
    ),
    6: Item(
        "d",
        "E-W23",
        _numbers((0.5, 1.5)),
        lambda x: 16 * x**3 * (x**2) ** 3,
        lambda x: slope(lambda t: 4 * t**4 * (t**2) ** 3, x),
        "Along the curve z moves too. Put z = x² into f first, then differentiate.",
    ),
    7: Item(
        "c",
        "E-P10",
        _numbers(*[(-2, 2)] * 4),
        lambda a, b, x, y: b,
        lambda a, b, x, y: slope(lambda t: (y - a - b * t) ** 2, x),
        "Three sensitivities: of the prediction to x, of the prediction to θ₁, of the loss to x. One is taken for another.",
    ),
    8: Item(
        "b",
        "E-P15",
        lambda rng: (np.round(rng.normal(size=4), 1), np.round(rng.normal(size=4), 1), int(rng.integers(0, 4))),
        lambda theta, x, j: float(np.sum(x)),
        lambda theta, x, j: float(slopes(lambda t: np.dot(t, x), theta)[j]),
        "Only one term of the sum contains θ with index j.",
    ),
    9: Item(
        "a",
        "E-W14",
        _numbers((0.01, 0.2), (-3, 3)),
        lambda h, f2: h**2 * f2 / 2,
        lambda h, f2: (f2 / 2 * h**2 - 0.0) / h,
        "Test it on f(x) = x² at 0, where the second derivative is 2: the forward quotient there is h.",
    ),
    10: Item(
        "d",
        "E-W33",
        _numbers((0.1, 0.9), (0, 1)),
        lambda p, y: p - y,
        lambda p, y: slope(lambda q: _cost(q, y), p),
        "p - y is a derivative of the cost, with respect to the logit or with respect to the probability? Not both.",
    ),
    11: Item(
        "b",
        "E-P22",
        _whole((2, 9), (2, 9)),
        lambda n, m: n * m,
        lambda n, m: np.zeros((n, m)).shape,
        "One of these is a tuple, and a number was printed.",
    ),
    12: Item(
        "d",
        "E-P19",
        _whole((2, 9), (2, 9)),
        lambda n, m: (n, m),
        lambda n, m: (np.zeros((m, n)) @ np.zeros(n)).shape + (n,),
        "A square example cannot show it. Take n = 3 inputs and m = 2 outputs and multiply by a v with n components.",
    ),
    13: Item(
        "a",
        "E-P16",
        _whole((2, 9)),
        lambda m: (1, m),
        lambda m: np.zeros(m).shape + np.shape(3.0),
        "A number has no axis. np.shape(3.0) is ().",
    ),
    14: Item(
        "c",
        "E-P27",
        _whole((2, 7), (2, 7), (2, 7)),
        lambda a, b, c: (a, a, c, b),
        lambda a, b, c: (np.zeros((a, b)) @ np.zeros((b, c))).shape + (a, b),
        "All axes of the output come first. One of these shapes mixes them.",
    ),
    15: Item(
        "b",
        "E-P29",
        lambda rng: (1, int(rng.integers(0, 3)), int(rng.integers(2, 4)), int(rng.integers(5, 9))),
        lambda i, j, p, q: i + j * p,
        lambda i, j, p, q: int(np.ravel_multi_index((i, j), (p, q))),
        "Row by row: before row i there are i whole rows. How long is each?",
    ),
    16: Item(
        "c",
        "E-P28",
        lambda rng: (np.round(rng.normal(size=(int(rng.integers(3, 6)), 2)), 1),),
        lambda dY: dY,
        lambda dY: np.ones(len(dY)) @ dY,
        "b is shared by all examples. Which of these has not the shape of the thing it belongs to?",
    ),
    17: Item(
        "d",
        "E-P30",
        _whole((2, 9), (2, 9), (2, 9)),
        lambda m, n, k: n * k,
        lambda m, n, k: math.prod((m, k) + (n, k)),
        "Count the pairs: every entry of Y with every entry of the other array.",
    ),
    18: Item(
        "a",
        "MC19",
        _numbers((0.1, 0.4), (0.1, 0.5)),
        lambda s_i, s_j: 0.0,
        lambda s_i, s_j: slope(lambda z: _share(np.array([np.log(s_i), z, np.log(1 - s_i - s_j)]))[0], float(np.log(s_j))),
        "All outputs share one denominator: raise one input and every output moves.",
    ),
    19: Item(
        "d",
        "E-W05",
        lambda rng: (*_numbers((0.5, 2), (0.1, 0.4), (1, 4))(rng), int(rng.integers(2, 6))),
        lambda theta0, eta, lam, t: (1 - t * eta * lam) * theta0,
        _steps,
        "Do two steps by hand: the second one starts where the first has ended.",
    ),
    20: Item(
        "b",
        "E-P14",
        _data,
        lambda X, y, theta: -2 / len(y) * X.T @ (X @ theta - y),
        lambda X, y, theta: slopes(lambda t: np.mean((X @ t - y) ** 2), theta),
        "Take one example and one feature, and let the prediction be too large. Which sign must the slope have?",
    ),
}


def drawn(week: int, first: int) -> list[int]:
    """The five items of a week among the ten that start at `first`."""
    return [item for item in range(first, first + 10) if 3 * (item + week) % 10 < 5]
