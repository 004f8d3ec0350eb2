"""Catching a mistake: two gradients of a quadratic form."""

from __future__ import annotations

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def twice_a(A, x):
    return 2 * A @ x


def twice_the_transpose(A, x):
    return 2 * A.T @ x


def truth(A, x):
    """The slope along each axis, by a complex step."""
    return [np.imag((x + 1e-30j * unit) @ A @ (x + 1e-30j * unit)) / 1e-30 for unit in np.eye(len(x))]


catch_the_symmetry = lesson.add(
    catch(
        "catch_the_symmetry",
        1,
        "catch two gradients of a quadratic form",
        domains={"A": Reals("n n", high=100), "x": Reals("n", high=100)},
        truth=truth,
        wrong={"twice_a": twice_a, "twice_the_transpose": twice_the_transpose},
        alike={
            "symmetric": (
                ([[2.0, 1.0], [1.0, 3.0]], [1.0, 2.0]),
                "Your A is symmetric, as all of theirs were.",
                lambda A, x: np.array_equal(A, A.T),
            ),
            "at_the_origin": (
                ([[1.0, 2.0], [3.0, 4.0]], [0.0, 0.0]),
                "At the origin the gradient is 0, whatever A is.",
                lambda A, x: not np.any(x),
            ),
            "diagonal": (([[2.0, 0.0], [0.0, 3.0]], [1.0, 2.0]), "A diagonal matrix is symmetric."),
        },
        shown="the gradient",
        hints=("For which A do both textbooks agree with each other?",),
    )
)
