"""What the loss and its gradient share: small regression tasks, and the loss by itself, example by example."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Reals, two_digits

WHY_COLUMN = (
    "(m,) minus (m, 1) is a matrix of m times m numbers, and no error is raised. Compare the shape of y yourself, and raise ValueError."
)


def regressions(rng):
    """Small regression tasks with a column of ones; the numbers of examples and parameters differ."""
    for m, n in ((4, 2), (3, 4), (5, 3), (2, 3), (6, 2), (3, 1)):
        X = np.column_stack([np.ones(m), two_digits(rng, 0.3, 2, (m, n - 1), signs=True)])
        yield X, two_digits(rng, 0.5, 3, m, signs=True), two_digits(rng, 0.3, 2, n, signs=True)


class WithOnes(Reals):
    """A table whose first column is ones."""

    def draw(self, sample, mood: str):
        """The numbers, those of the first column replaced."""
        X = np.array(super().draw(sample, mood))
        X[:, 0] = 1
        return X


TASK = {
    "X": WithOnes("m n", low=0.01, high=100),
    "y": Reals("m", low=0.01, high=100, zeros=True),
    "theta": Reals("n", low=0.01, high=100, zeros=True),
}


def columns_of_targets(rng):
    """The same with targets as a column of shape (m, 1)."""
    for X, y, theta in list(regressions(rng))[:3]:
        yield X, y.reshape(-1, 1), theta
    yield np.array([[1.0, 0.7]]), np.array([[0.5]]), np.array([0.3, 0.2])  # one example


def unlike_targets(rng):
    """Targets in other shapes: one for all examples, a row, a table, too many, too few."""
    for k, (X, y, theta) in enumerate(list(regressions(rng))[:3]):
        m = len(y)
        for shape in ((1,), (1, m), (m, m), (m + 1,), (m - 1,), (2 * m,))[k % 3 :: 3]:
            yield X, np.resize(y, shape), theta
    yield X, y[:1], theta


def loss(X, y, theta) -> float:
    """The mean of the squared errors, example by example."""
    return math.fsum((math.fsum(a * b for a, b in zip(row, theta)) - target) ** 2 for row, target in zip(X, y)) / len(y)


def size(X, y, theta) -> float:
    """How large the numbers get on the way: their roundings are measured in it."""
    return 1.0 + float(np.max(np.abs(X))) * float(np.sum((np.abs(X) @ (np.abs(theta) + 1) + np.abs(y)) ** 2))


def guard(X, y):
    """Raise ValueError unless y has the shape (m,): what the mistakes get right."""
    if np.shape(y) != (len(X),):
        raise ValueError("y must have the shape (m,)")
