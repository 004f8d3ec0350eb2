"""Catching a mistake: two wrong gradients of the mean squared error."""

from __future__ import annotations

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def mean_over_features(X, y, theta):
    return 2 / X.shape[1] * X.T @ (X @ theta - y)


def without_the_transpose(X, y, theta):
    return 2 / len(X) * X @ (X @ theta - y)


def truth(X, y, theta):
    """The slopes of the mean squared error, each by a complex step."""
    return [np.imag(np.mean((X @ (theta + 1e-30j * unit) - y) ** 2)) / 1e-30 for unit in np.eye(len(theta))]


catch_the_square_table = lesson.add(
    catch(
        "catch_the_square_table",
        1,
        "catch two wrong gradients of the mean squared error",
        domains={"X": Reals("m n", high=100), "y": Reals("m", high=100), "theta": Reals("n", high=100)},
        truth=truth,
        wrong={"mean_over_features": mean_over_features, "without_the_transpose": without_the_transpose},
        alike={
            "as_many_as_features": (
                ([[1.0, 2.0], [3.0, 4.0]], [1.0, 1.0], [1.0, 1.0]),
                "Your table has as many examples as features: dividing by the wrong one of them is no mistake there.",
                lambda X, y, theta: X.shape[0] == X.shape[1],
            ),
            "a_symmetric_table": (
                ([[2.0, 1.0], [1.0, 2.0]], [1.0, 0.0], [1.0, 1.0]),
                "Your table is its own transpose.",
                lambda X, y, theta: np.array_equal(X, X.T),
            ),
            "a_perfect_fit": (
                ([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [1.0, 1.0, 2.0], [1.0, 1.0]),
                "Your theta fits perfectly, so the gradient is 0, and a wrong factor in front of it does not show.",
                lambda X, y, theta: np.array_equal(X @ theta, y),
            ),
        },
        shown="the gradient",
        hints=(
            "Which shapes of X make m and n the same number?",
            "Three examples with two features, and a theta that does not fit.",
        ),
    )
)
