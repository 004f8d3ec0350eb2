"""The gradient of the mean squared error. Sources: S0.07, S0.08, E-P14."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, roundoff, view

from ._lesson import lesson
from ._regressions import TASK, WHY_COLUMN, columns_of_targets, guard, loss, regressions, size, unlike_targets

mse_gradient = lesson.exercise(
    "mse_gradient",
    4,
    "the gradient of the mean squared error",
    signature="X, y, theta",
    minutes=12,
    difficulty=3,
    returns=Array(lambda X, y, theta: np.shape(theta)),
    domains=TASK,
    clauses={
        "The gradient of the mean squared error in theta": "slope_of_the_loss edges",
        "The first column of X is ones already": "edges",
        "Raises ValueError": "targets_in_a_column other_shapes_raise",
    },
    hints=(
        "Entry j is the last line of the derivation. Write it as a loop over j and i first.",
        "Check the sign with one example: prediction above the target, feature positive. More of the parameter makes it worse: the slope is positive.",
        "All entries at once: the errors are an array of shape (m,). Which product with X has the shape (n,)?",
        "Compare with gradient(lambda theta: mse(X, y, theta), theta).",
    ),
)
mse_gradient.cases(regressions)


@mse_gradient.picture
def picture(X, y, theta):
    line = X.shape[1:] == (2,) and np.all(X[:, 0] == 1) and y.shape == (len(X),) and np.shape(theta) == (2,)
    return view("mse_explorer", yours=True, x=X[:, 1].tolist(), y=y.tolist(), theta=theta.tolist()) if line else None


@mse_gradient.check(weight=3, domain=True)
def slope_of_the_loss(t, X, y, theta):
    """Entry j is the slope of the loss in parameter j"""
    # the loss is quadratic in each parameter, so a central difference with the step 1 is exact
    steps = np.eye(len(theta))
    wanted = np.array([(loss(X, y, theta + e) - loss(X, y, theta - e)) / 2 for e in steps])
    t.equal(t(X, y, theta), wanted, "Compare with the gradient by differences of the loss.", roundoff(size(X, y, theta), 1.0))


@mse_gradient.check(needs=("slope_of_the_loss",))
def a_step_against_it_lowers_the_loss(t, X, y, theta):
    """A small step against it lowers the loss"""
    slopes = t(X, y, theta)
    t.assume(float(np.sum(slopes**2)) > 1e-3)
    eta = 1e-3 / size(X, y, theta)
    before, after = loss(X, y, theta), loss(X, y, theta - eta * slopes)
    t.holds(after < before, after, f"less than {before:.9g}", "The gradient points uphill, so minus the gradient leads down.")


@mse_gradient.check(needs=("slope_of_the_loss",))
def zero_at_the_best_fit(t, X, y, theta):
    """At the least-squares solution it is 0"""
    t.assume(len(y) >= len(theta) and np.linalg.cond(X) < 100)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    value = t(X, y, best)
    t.equal(value, np.zeros(len(theta)), "At the lowest point of the loss every slope is 0.", roundoff(100 * size(X, y, best), 1.0))


@mse_gradient.check(cases=columns_of_targets)
def targets_in_a_column(t, X, y, theta):
    """Targets of shape (m, 1) raise ValueError"""
    t.raises("ValueError", X, y, theta, why=WHY_COLUMN)


@mse_gradient.check(weight=0.5, cases=unlike_targets)
def other_shapes_raise(t, X, y, theta):
    """Targets of any other shape than (m,) raise ValueError"""
    why = f"y has the shape {np.shape(y)}, and X has {len(X)} rows. NumPy stretches some shapes silently: compare them yourself."
    t.raises("ValueError", X, y, theta, why=why)


def _slopes(X, y, theta):
    guard(X, y)
    errors = [math.fsum(a * b for a, b in zip(row, theta)) - target for row, target in zip(X, y)]
    return np.array([2 * math.fsum(e * row[j] for e, row in zip(errors, X)) / len(y) for j in range(len(theta))])


@mse_gradient.mistake(
    "The sign is flipped, as in the published derivation: the inner derivative of y − ŷ is minus the derivative of ŷ. "
    "A step against your gradient raises the loss."
)
def published_sign(X, y, theta):
    return -_slopes(X, y, theta)


@mse_gradient.mistake("This is the gradient of the sum. The loss is a mean: divide by the number of examples.")
def sum_not_mean(X, y, theta):
    return _slopes(X, y, theta) * len(y)


@mse_gradient.mistake("The factor 2 of the square is missing.")
def missing_two(X, y, theta):
    return _slopes(X, y, theta) / 2


@mse_gradient.mistake("You divide by the number of parameters. The mean runs over the examples, the rows of X.")
def mean_over_parameters(X, y, theta):
    return _slopes(X, y, theta) * len(y) / len(theta)


@mse_gradient.mistake("The intercept has no slope in your gradient. Its column in X is 1: it has one like every other parameter.")
def intercept_left_out(X, y, theta):
    return np.concatenate([[0.0], _slopes(X, y, theta)[1:]])


@mse_gradient.mistake("You add the intercept twice: the first column of X is 1 already, so X @ theta contains it.")
def adds_the_intercept_again(X, y, theta):
    return _slopes(X, y - theta[0], theta)


@mse_gradient.mistake("The errors are not multiplied by the features: every entry is the slope of the intercept.")
def features_missing(X, y, theta):
    return np.full(len(theta), _slopes(X, y, theta)[0])


@mse_gradient.mistake(
    "You differentiate with respect to the features. Under the ∂ stands the parameter: the factor that is left is x_j, not θ_j."
)
def with_respect_to_features(X, y, theta):
    guard(X, y)
    return 2 * np.mean(np.dot(X, theta) - y) * theta


@mse_gradient.mistake("You use the targets where the errors belong: the slope depends on prediction minus target.")
def forgets_the_prediction(X, y, theta):
    return _slopes(X, y, 0 * theta)


@mse_gradient.mistake(
    "For y of shape (m, 1) your errors are a matrix of m times m, and nothing warns you. Compare the shapes yourself, and raise ValueError."
)
def silently_broadcasts(X, y, theta):
    return 2 / len(y) * np.dot(np.transpose(X), np.dot(X, theta) - y)
