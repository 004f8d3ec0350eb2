"""Catching a mistake: two wrong differentials of the square."""

from __future__ import annotations

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def a_first(A, dA):
    return 2 * A @ dA


def a_last(A, dA):
    return 2 * dA @ A


def truth(A, dA):
    """The slope of the square along dA, by a complex step."""
    moved = A + 1e-30j * dA
    return np.imag(moved @ moved) / 1e-30


catch_the_order = lesson.add(
    catch(
        "catch_the_order",
        1,
        "catch two wrong differentials of the square",
        domains={"A": Reals("n n", high=100), "dA": Reals("n n", high=100)},
        truth=truth,
        wrong={"a_first": a_first, "a_last": a_last},
        alike={
            "along_the_identity": (
                ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 1.0]]),
                "The identity commutes with every matrix: your A may stand on either side of it.",
                lambda A, dA: np.array_equal(dA, np.eye(len(dA))),
            ),
            "along_itself": (
                ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 4.0]]),
                "A matrix commutes with itself, so the order does not show.",
                lambda A, dA: np.array_equal(A, dA),
            ),
            "both_diagonal": (
                ([[1.0, 0.0], [0.0, 2.0]], [[3.0, 0.0], [0.0, 4.0]]),
                "Diagonal matrices commute, as numbers do.",
                lambda A, dA: all(np.array_equal(M, np.diag(np.diag(M))) for M in (A, dA)),
            ),
        },
        shown="the differential",
        hints=(
            "When does the order of two factors not matter?",
            "Take a dA with a single 1, off the diagonal.",
        ),
    )
)
