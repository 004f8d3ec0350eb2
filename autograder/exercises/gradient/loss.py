"""The mean squared error. Sources: S0.05, E-P11."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, roundoff, view

from ._lesson import lesson
from ._regressions import TASK, WHY_COLUMN, columns_of_targets, guard, loss, regressions, size, unlike_targets

mse = lesson.exercise(
    "mse",
    2,
    "the mean squared error of a linear model",
    signature="X, y, theta",
    minutes=5,
    difficulty=2,
    returns=Array(),
    domains=TASK,
    clauses={
        "The mean squared error of the predictions X @ theta": "mean_of_the_squares edges",
        "The first column of X is ones already": "edges",
        "Raises ValueError": "column_is_an_error other_shapes_raise",
    },
    hints=(
        "X @ theta gives all predictions at once, in the shape (m,).",
        "Square the differences, then take the mean over the m examples.",
        "Compare y.shape with (len(X),) first, and raise ValueError when they differ.",
    ),
)
mse.cases(regressions)


@mse.picture
def picture(X, y, theta):
    line = X.shape[1:] == (2,) and np.all(X[:, 0] == 1) and y.shape == (len(X),) and np.shape(theta) == (2,)
    return view("mse_explorer", yours=True, x=X[:, 1].tolist(), y=y.tolist(), theta=theta.tolist()) if line else None


@mse.check(weight=2, domain=True)
def mean_of_the_squares(t, X, y, theta):
    """It is the mean of the squared differences between prediction and target"""
    t.equal(
        t(X, y, theta), loss(X, y, theta), "One number for each example, squared, and the mean of them.", roundoff(size(X, y, theta), 1.0)
    )


@mse.check(cases=columns_of_targets)
def column_is_an_error(t, X, y, theta):
    """Targets of shape (m, 1) raise ValueError"""
    t.raises("ValueError", X, y, theta, why=WHY_COLUMN)


@mse.check(weight=0.5, cases=unlike_targets)
def other_shapes_raise(t, X, y, theta):
    """Targets of any other shape than (m,) raise ValueError"""
    why = f"y has the shape {np.shape(y)}, and X has {len(X)} rows. NumPy stretches some shapes silently: compare them yourself."
    t.raises("ValueError", X, y, theta, why=why)


@mse.mistake("This is the sum of the squares. Divide by the number of examples.")
def sum_not_mean(X, y, theta):
    guard(X, y)
    return loss(X, y, theta) * len(y)


@mse.mistake("This is half the sum of the squares. The 2 has taken the place of the number of examples: divide by that.")
def half_the_sum(X, y, theta):
    guard(X, y)
    return loss(X, y, theta) * len(y) / 2


@mse.mistake("This is half the mean. The loss of this course has no factor 1/2; some books put one in to tidy up the derivative.")
def half(X, y, theta):
    guard(X, y)
    return loss(X, y, theta) / 2


@mse.mistake("You divide by the number of parameters. The mean runs over the examples, the rows of X.")
def mean_over_parameters(X, y, theta):
    guard(X, y)
    return loss(X, y, theta) * len(y) / len(theta)


@mse.mistake("This is the root of the loss. The mean squared error has no root.")
def root(X, y, theta):
    guard(X, y)
    return math.sqrt(loss(X, y, theta))


@mse.mistake("You take the sizes of the differences, not their squares.")
def absolute_errors(X, y, theta):
    guard(X, y)
    return float(np.mean(np.abs(np.dot(X, theta) - y)))


@mse.mistake("You add the intercept twice: the first column of X is 1 already, so X @ theta contains it.")
def adds_the_intercept_again(X, y, theta):
    guard(X, y)
    return loss(X, y - theta[0], theta)


@mse.mistake("You square the mean. Positive and negative errors cancel then; square each of them first.")
def square_of_the_mean(X, y, theta):
    guard(X, y)
    return float(np.mean(np.dot(X, theta) - y)) ** 2


@mse.mistake(
    "For y of shape (m, 1) you return a number that is the mean of m times m differences. Nothing warns you: compare the shapes yourself."
)
def silently_broadcasts(X, y, theta):
    return float(np.mean(np.square(np.dot(X, theta) - y)))
