"""Ridge: a price on large slopes."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Array, Items, Reals, Step, Tolerance

from ._lesson import lesson, numbers

ridge = lesson.exercise(
    "ridge",
    2,
    "the mean squared error with a price on large slopes, and its gradient",
    signature="theta, X, y, alpha",
    minutes=8,
    difficulty=2,
    returns=Items(Array(), Array(lambda theta, X, y, alpha: np.shape(theta))),
    domains={
        "X": Reals("m n", high=100),
        "theta": Reals(lambda sample: (sample.size("n") + 1,), high=100),
        "y": Reals("m", high=100),
        "alpha": Step(positive=True, high=10),
    },
    clauses={
        "alpha times the sum of the squared slopes": "is_the_loss the_intercept_is_free",
        "its gradient": "is_the_gradient",
        "theta[0] is the intercept": "the_intercept_is_free edges",
    },
    hints=(
        "Write the mean squared error and its gradient first, as in lesson 4, with a column of ones in front of X.",
        "The new part is alpha times the sum of theta[1:]**2. What is its slope in theta[j], and in theta[0]?",
    ),
)


@ridge.cases
def lines(rng):
    for m, n in ((5, 2), (6, 3), (4, 1)):
        yield numbers(rng, n + 1), numbers(rng, (m, n)), numbers(rng, m, 3), round(float(rng.uniform(0.2, 1.5)), 2)


def _loss(theta, X, y, alpha):
    residual = theta[0] + X @ theta[1:] - y
    return (residual @ residual) / len(y) + alpha * (theta[1:] @ theta[1:])


def _tolerance(theta, X, y, alpha) -> Tolerance:
    size = 1 + float(np.max(np.abs(X), initial=0))
    parts = float(np.abs(theta[0]) + size * np.sum(np.abs(theta[1:])) + np.max(np.abs(y)))
    return Tolerance(
        1e-11, 1e-13 + 64 * EPS * (parts**2 + size * parts + alpha * float(np.sum(np.square(theta)))), "sums of squares that may cancel"
    )


@ridge.check(domain=True)
def is_the_loss(t, theta, X, y, alpha):
    """The first value is the mean squared error plus alpha times the sum of the squared slopes"""
    t.equal(t(theta, X, y, alpha)[0], float(_loss(theta, X, y, alpha)), "", _tolerance(theta, X, y, alpha))


@ridge.check(domain=True)
def is_the_gradient(t, theta, X, y, alpha):
    """The second value is its gradient"""
    units = np.eye(len(theta))
    wanted = [np.imag(_loss(theta + 1e-30j * unit, X, y, alpha)) / 1e-30 for unit in units]
    t.equal(t(theta, X, y, alpha)[1], np.array(wanted), "", _tolerance(theta, X, y, alpha))


@ridge.check(weight=0.5, needs=("is_the_loss",))
def the_intercept_is_free(t, theta, X, y, alpha):
    """Moving y and the intercept together costs nothing"""
    moved = np.array(theta, float)
    moved[0] += 7.0
    one, other = t.each([(theta, X, y, alpha), (moved, X, y + 7.0, alpha)])
    t.equal(one[0], other[0], "The intercept has no price: how high the data lie is nobody's fault.", _tolerance(moved, X, y + 7.0, alpha))


def _ridge(theta, X, y, alpha, price=1.0, slope=2.0, free=True, mean=True, side=2.0):
    """Loss and gradient with one thing another way."""
    A, theta = np.column_stack([np.ones(len(X)), X]), np.asarray(theta, float)
    residual, paid = A @ theta - y, theta * (np.arange(len(theta)) > 0) if free else theta
    return residual @ residual / (len(y) if mean else 1) + alpha * price * paid @ paid, side / (
        len(y) if mean else 1
    ) * A.T @ residual + slope * alpha * price * paid


@ridge.mistake("The intercept pays too. Take it out: data that lie high would be pulled down.")
def intercept_pays(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, free=False)


@ridge.mistake("The slope of a square has a factor 2; in your gradient it is missing from the price.")
def factor_two_missing(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, slope=1.0)


@ridge.mistake("The price is divided by the number of examples. Only the squared errors are averaged.")
def price_averaged(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, price=1 / len(y))


@ridge.mistake("The squared errors are added up, not averaged.")
def sum_of_squares(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, mean=False)


@ridge.mistake("The price has the wrong sign in your gradient: large slopes would be rewarded.")
def reward(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, slope=-2.0)


@ridge.mistake(
    "The part of the errors has the wrong sign in your gradient, the price has the right one: an error is prediction minus target."
)
def errors_the_other_way(theta, X, y, alpha):
    return _ridge(theta, X, y, alpha, side=-2.0)
