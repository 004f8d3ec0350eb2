"""Catching a mistake: two wrong gradients of a bias."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def mean_over_the_batch(dY):
    return dY.mean(axis=0)


def sum_over_the_outputs(dY):
    return dY.sum(axis=1)


def truth(dY):
    """Each entry of the bias is added to its output of every example, so it collects from all of them."""
    return [math.fsum(column) for column in np.transpose(dY)]


catch_the_batch = lesson.add(
    catch(
        "catch_the_batch",
        1,
        "catch two wrong gradients of a bias",
        domains={"dY": Reals("m k", high=100)},
        truth=truth,
        wrong={"mean_over_the_batch": mean_over_the_batch, "sum_over_the_outputs": sum_over_the_outputs},
        alike={
            "one_example": (
                ([[1.0, 2.0]],),
                "Your batch is one example, and the mean of one number is that number.",
                lambda dY: len(dY) == 1,
            ),
            "symmetric": (
                ([[1.0, 2.0], [2.0, 5.0]],),
                "Your dY is its own transpose: its rows have the sums of its columns.",
                lambda dY: np.array_equal(dY, dY.T),
            ),
            "sums_to_zero": (
                ([[1.0, 2.0], [-1.0, -2.0]],),
                "Over your batch everything cancels, and a mean of 0 is a sum of 0.",
                lambda dY: not np.any(dY.sum(axis=0)),
            ),
        },
        shown="the gradient",
        hints=("With how many examples is a mean a sum?",),
    )
)
