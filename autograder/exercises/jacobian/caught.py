"""Catching a mistake: two wrong vector-Jacobian products."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def on_the_other_side(J, u):
    return J @ u


def only_the_diagonal(J, u):
    return np.diag(J) * u


def truth(J, u):
    """Entry j adds up what all outputs pass back to input j."""
    return [math.fsum(u[i] * J[i, j] for i in range(len(u))) for j in range(len(u))]


catch_the_wrong_side = lesson.add(
    catch(
        "catch_the_wrong_side",
        1,
        "catch two wrong vector-Jacobian products",
        domains={"J": Reals("n n", high=100), "u": Reals("n", high=100)},
        truth=truth,
        wrong={"on_the_other_side": on_the_other_side, "only_the_diagonal": only_the_diagonal},
        alike={
            "symmetric": (
                ([[2.0, 1.0], [1.0, 3.0]], [1.0, 2.0]),
                "Your J is symmetric, as every Jacobian of the softmax is: both sides give the same.",
                lambda J, u: np.array_equal(J, J.T),
            ),
            "diagonal": (
                ([[2.0, 0.0], [0.0, 3.0]], [1.0, 2.0]),
                "Your J is diagonal, as that of every entrywise function.",
                lambda J, u: np.array_equal(J, np.diag(np.diag(J))),
            ),
            "nothing_upstream": (
                ([[1.0, 2.0], [3.0, 4.0]], [0.0, 0.0]),
                "Your u is 0. Nothing comes from upstream, so nothing can go wrong.",
                lambda J, u: not np.any(u),
            ),
        },
        shown="the product",
        hints=("Which matrices are their own transpose?",),
    )
)
