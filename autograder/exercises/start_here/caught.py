"""Catching a mistake: error measures that look at one side only."""

from __future__ import annotations

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def error_by_the_first(a, b):
    return np.linalg.norm(b - a) / np.linalg.norm(a)


def error_by_the_sum(a, b):
    return np.linalg.norm(b - a) / (np.linalg.norm(a) + np.linalg.norm(b))


def truth(a, b):
    """The distance over the larger length, from sums of squares."""
    return np.sqrt(np.sum((a - b) ** 2) / max(np.sum(a**2), np.sum(b**2)))


catch_one_sided = lesson.add(
    catch(
        "catch_one_sided",
        1,
        "catch error measures that look at one side only",
        domains={"a": Reals("n"), "b": Reals("n")},
        truth=truth,
        wrong={"error_by_the_first": error_by_the_first, "error_by_the_sum": error_by_the_sum},
        alike={
            "equal_lengths": (
                ([3.0, 4.0], [4.0, 3.0]),
                "Your vectors have the same length. Then it makes no difference by which of them you divide.",
                lambda a, b: np.sum(a**2) == np.sum(b**2),
            ),
            "the_longer_first": (
                ([2.0, 0.0], [1.0, 0.0]),
                "Your first vector is the longer one, so dividing by the first is right here.",
                lambda a, b: np.sum(a**2) > np.sum(b**2),
            ),
            "twice_the_same": (
                ([1.0, 2.0], [1.0, 2.0]),
                "Your vectors are equal. Whatever you divide by, the error is 0.",
                lambda a, b: np.array_equal(a, b),
            ),
        },
        shown="the value",
        hints=(
            "By what does the relative error divide, and by what do these two?",
            "One of them is right whenever its first vector is the longer one. What if it is not?",
        ),
    )
)
