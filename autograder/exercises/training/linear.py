"""A straight line, or plane, by gradient descent. Source: S0.05."""

from __future__ import annotations

import numpy as np

from autograder.writing import ITERATED, Array, OneOf, Reals, Step, Tolerance

from ._lesson import lesson, numbers, penguins

train_linear = lesson.exercise(
    "train_linear",
    2,
    "a linear model by gradient descent",
    signature="X, y, eta, n_steps",
    minutes=10,
    difficulty=3,
    tolerance=ITERATED,
    returns=Array(lambda X, y, eta, n_steps: (X.shape[1] + 1,)),
    domains={
        "X": Reals("m n", high=1.6, low=0.1),
        "y": Reals("m", high=100, low=0.01, zeros=True),
        "eta": Step(positive=True, high=0.08, low=0.001),
        "n_steps": OneOf(3, 1, 10, 0),
    },
    clauses={
        "after n_steps of gradient descent from zero": "takes_these_steps edges",
        "The prediction for a row": "takes_these_steps reaches_the_best_line",
    },
    hints=(
        "Put a column of ones in front of X: its coefficient is the intercept.",
        "Start with zeros. The gradient of the mean squared error is 2/m times the transposed table times the residuals.",
        "A residual is prediction minus truth. Each step subtracts eta times the gradient.",
    ),
)


@train_linear.cases
def regressions(rng):
    for m, n, steps in ((6, 2, 3), (8, 3, 7), (5, 1, 4), (9, 2, 1)):
        yield numbers(rng, (m, n)), numbers(rng, m, 5), round(float(rng.uniform(0.05, 0.15)), 2), steps


def _after(X, y, eta, n_steps) -> np.ndarray:
    """Where the descent is after n_steps, without descending: along each axis of the bowl the distance shrinks by a power."""
    A = np.column_stack([np.ones(len(X)), X])
    curvatures, axes = np.linalg.eigh(2 * A.T @ A / len(X))
    pull = axes.T @ (2 * A.T @ y / len(X))
    grown = [(1 - (1 - eta * c) ** n_steps) / c if c > 1e-9 else eta * n_steps for c in curvatures]
    return axes @ (np.array(grown) * pull)


@train_linear.edges
def whole_targets(rng):
    """Targets that are whole numbers, as counts are; what comes out is not."""
    for n, steps in ((2, 3), (1, 1)):
        yield numbers(rng, (5, n)), rng.permutation(np.arange(1, 6)), 0.07, steps
    yield numbers(rng, (5, 2)), numbers(rng, 5, 5), 1.2, 4  # beyond the limit: the loss rises, and the steps go on
    yield numbers(rng, (5, 2)), numbers(rng, 5, 5), 0.002, 300  # a long way, and not there yet
    yield numbers(rng, (5, 2)), np.round(numbers(rng, 5) / 1000, 5), 0.1, 5  # small gradients from the start


@train_linear.check(weight=2, domain=True)
def takes_these_steps(t, X, y, eta, n_steps):
    """After a few steps from zero it is where gradient descent on the mean squared error is"""
    t.assume(0 < eta <= 1.2 and np.max(np.abs(X)) <= 4)
    # a descent that runs away multiplies its rounding as well
    grown = max(1.0, 2 * eta * (1 + np.max(np.sum(X * X, axis=1)))) ** n_steps
    rounding = 1e-13 * max(1.0, np.max(np.abs(y))) * grown
    t.equal(t(X, y, eta, n_steps), _after(X, y, eta, n_steps), "", Tolerance(ITERATED.rtol, ITERATED.atol + rounding, ITERATED.reason))


def flippers(rng):
    """Standardised measurements of some penguins, and enough steps to arrive."""
    birds, _ = penguins(4)
    for n in (1, 2):
        rows = birds[rng.permutation(len(birds))[:60]]
        yield (
            np.round((rows[:, 3 - n : 3] - rows[:, 3 - n : 3].mean(axis=0)) / rows[:, 3 - n : 3].std(axis=0), 2),
            np.round(rows[:, 3] / 1000, 2),
            0.3,
            200,
        )


@train_linear.check(cases=flippers, needs=("takes_these_steps",))
def reaches_the_best_line(t, X, y, eta, n_steps):
    """On real penguins it reaches the least-squares solution"""
    best = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), y, rcond=None)[0]
    t.equal(
        t(X, y, eta, n_steps),
        best,
        "The first number is the intercept, the others are the slopes.",
        Tolerance(1e-6, 1e-6, "what the lesson asks of the descent"),
    )


def _descend(gradient, n, n_steps, eta):
    theta = np.zeros(n + 1)
    for _ in range(n_steps):
        theta = theta - eta * gradient(theta)
    return theta


def _parts(X, y):
    """The table with its ones, and the gradient of the mean squared error."""
    A = np.insert(X, 0, 1.0, axis=1)
    return A, lambda theta: np.mean(2 * (A @ theta - y)[:, None] * A, axis=0)


@train_linear.mistake("The intercept stays 0: the column of ones is missing, so every prediction passes through the origin.")
def without_intercept(X, y, eta, n_steps):
    gradient = _parts(X, y)[1]
    return _descend(lambda theta: np.append(0.0, gradient(theta)[1:]), X.shape[1], n_steps, eta)


@train_linear.mistake("There is no intercept in your answer: it is as long as X has columns. Put a column of ones in front of X.")
def slopes_alone(X, y, eta, n_steps):
    theta = np.zeros(X.shape[1])
    for _ in range(n_steps):
        theta = theta - eta * np.mean(2 * (X @ theta - y)[:, None] * X, axis=0)
    return theta


@train_linear.mistake("The gradient is a sum over the examples. The loss is a mean: divide by m.")
def sum_not_mean(X, y, eta, n_steps):
    gradient = _parts(X, y)[1]
    with np.errstate(all="ignore"):
        return _descend(lambda theta: len(y) * gradient(theta), X.shape[1], n_steps, eta)


@train_linear.mistake("The factor 2 is missing: the derivative of a square brings it down, and this loss has no ½.")
def without_the_two(X, y, eta, n_steps):
    gradient = _parts(X, y)[1]
    return _descend(lambda theta: gradient(theta) / 2, X.shape[1], n_steps, eta)


@train_linear.mistake("You walk uphill. Subtract eta times the gradient, or check the sign of the residuals.")
def uphill(X, y, eta, n_steps):
    gradient = _parts(X, y)[1]
    with np.errstate(all="ignore"):
        return _descend(lambda theta: -gradient(theta), X.shape[1], n_steps, eta)


@train_linear.mistake("The intercept comes last in your answer. Put the column of ones in front.")
def intercept_last(X, y, eta, n_steps):
    return np.roll(_descend(_parts(X, y)[1], X.shape[1], n_steps, eta), -1)


@train_linear.mistake("You take one step less than asked for.")
def one_step_less(X, y, eta, n_steps):
    return _descend(_parts(X, y)[1], X.shape[1], n_steps - 1, eta)


@train_linear.mistake("You divide by the number of features. The mean is over the examples, the rows.")
def mean_over_features(X, y, eta, n_steps):
    gradient = _parts(X, y)[1]
    with np.errstate(all="ignore"):
        return _descend(lambda theta: gradient(theta) * len(y) / X.shape[1], X.shape[1], n_steps, eta)
