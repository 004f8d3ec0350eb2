"""Catching a mistake: two wrong ways to put batches together."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Labels, Reals, catch

from ._lesson import lesson


def mean_of_means(gradients, sizes):
    return np.mean(gradients)


def sum_over_batches(gradients, sizes):
    return np.sum(sizes * gradients) / len(sizes)


def truth(gradients, sizes):
    """Every example counts the same. Raises `ValueError` for an empty batch."""
    if np.any(sizes < 1):
        raise ValueError("a batch has at least one example")
    return math.fsum(np.repeat(gradients, sizes.astype(int))) / math.fsum(sizes)


catch_the_last_batch = lesson.add(
    catch(
        "catch_the_last_batch",
        1,
        "catch two wrong ways to put batches together",
        domains={"gradients": Reals("k", high=100), "sizes": Labels("k", 101)},
        truth=truth,
        wrong={"mean_of_means": mean_of_means, "sum_over_batches": sum_over_batches},
        alike={
            "equal_sizes": (
                ([1.0, 3.0], [2, 2]),
                "Your batches are of one size. Then the mean of the means is the mean.",
                lambda gradients, sizes: np.ptp(sizes) == 0,
            ),
            "equal_gradients": (
                ([2.0, 2.0], [1, 3]),
                "Your batches agree, so it makes no difference which counts more.",
                lambda gradients, sizes: np.ptp(gradients) == 0,
            ),
            "batches_of_one": (
                ([1.0, 3.0], [1, 1]),
                "With one example in each, there are as many batches as examples.",
                lambda gradients, sizes: np.all(sizes == 1),
            ),
        },
        shown="the gradient",
        hints=("What is special about the last batch of a pass?",),
    )
)
