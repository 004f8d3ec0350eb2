"""Half-way to layer normalisation: how the spread of a row answers to its entries."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, OneOf, Reals, Tolerance

from ._lesson import lesson, slopes

_ROOT = Tolerance(1e-10, 1e-12, "a formula with a root and a quotient, against one complex step for each entry")

spread_gradient = lesson.exercise(
    "spread_gradient",
    1,
    "how the spread of a row answers to each of its entries",
    signature="x, eps=1e-5",
    minutes=8,
    difficulty=3,
    tolerance=_ROOT,
    returns=Array(lambda x, eps=1e-5: np.shape(x)),
    domains={"x": Reals("n", high=10, low=0.1), "eps": OneOf(1e-5, 0.3, 1e-3, 2)},
    clauses={"The gradient of the spread s": "agrees_with_single_steps sums_to_zero edges returns"},
    hints=(
        "Let v = mean((x - mean)²). By the chain rule ds/dx is dv/dx divided by 2s.",
        "In dv/dx_k the mean moves as well, but its share is a multiple of the sum of all x - mean, and that sum is 0.",
        "So dv/dx_k is 2(x_k - mean)/n.",
    ),
)


@spread_gradient.cases
def rows(rng):
    for i, n in enumerate((3, 4, 2, 5, 6)):
        x = np.round(rng.normal(size=n), 1)
        x[0] += 1.5
        yield (x,) if i < 2 else (x, round(float(rng.uniform(0.1, 0.5)), 2))
    yield np.round(rng.permutation([1.001, 1.002, 1.004]), 3), 1e-4  # a spread far below the root of eps


def _spread(x, eps):
    return np.sqrt(np.mean((x - np.mean(x)) ** 2) + eps)


@spread_gradient.check(weight=2, domain=True)
def agrees_with_single_steps(t, x, eps=1e-5):
    """Every entry is the slope of s when that entry of x alone moves"""
    t.assume(eps > 0 and (np.ptp(x) > 0.1 or np.ptp(x) == 0 or eps >= 1e-4))
    t.equal(t(x) if eps == 1e-5 else t(x, eps), slopes(lambda z: _spread(z, eps), x), "", _ROOT)


@spread_gradient.check(needs=("agrees_with_single_steps",))
def sums_to_zero(t, x, eps=1e-5):
    """Its entries add up to 0: a constant added to all of x leaves the spread alone"""
    t.equal(float(np.sum(t(x, eps))), 0.0, "", Tolerance(0, 1e-12, "terms of size 1 cancel"))


def _parts(x, eps=1e-5):
    centred = x - np.mean(x)
    return centred, np.sqrt(np.mean(centred**2) + eps), len(x)


@spread_gradient.mistake("The mean has 1/n in it, and your result has not: each entry is n times too large.")
def no_mean(x, eps=1e-5):
    c, s, n = _parts(x, eps)
    return c / s


@spread_gradient.mistake("This is the gradient of s², the variance. The root adds a factor 1/(2s).")
def of_the_variance(x, eps=1e-5):
    c, s, n = _parts(x, eps)
    return 2 * c / n


@spread_gradient.mistake("The factor 2 of the square and the 1/2 of the root cancel. Yours is still there.")
def a_factor_two(x, eps=1e-5):
    c, s, n = _parts(x, eps)
    return 2 * c / (n * s)


@spread_gradient.mistake("You take x itself. What moves s is how far x lies from the mean.")
def not_centred(x, eps=1e-5):
    c, s, n = _parts(x, eps)
    return x / (n * s)


@spread_gradient.mistake("eps is missing in the root that you divide by.")
def without_eps(x, eps=1e-5):
    c, s, n = _parts(x, eps)
    root = np.sqrt(np.mean(c**2))
    return c / (n * root) if root else 0 * c
