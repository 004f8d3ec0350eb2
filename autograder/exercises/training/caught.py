"""Catching a mistake: two ways of standardising that look at the test data."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def by_its_own(train, test):
    return (test - test.mean()) / test.std()


def by_all_of_it(train, test):
    both = np.concatenate([train, test])
    return (test - both.mean()) / both.std()


def truth(train, test):
    """How many spreads of the training data each number lies above their mean."""
    mean = math.fsum(train) / len(train)
    spread = math.sqrt(math.fsum((train - mean) ** 2) / len(train))
    return [(number - mean) / spread if spread else math.nan for number in test]


catch_the_leak = lesson.add(
    catch(
        "catch_the_leak",
        1,
        "catch two ways of standardising that look at the test data",
        domains={"train": Reals("m"), "test": Reals("k")},
        truth=truth,
        wrong={"by_its_own": by_its_own, "by_all_of_it": by_all_of_it},
        alike={
            "the_same_twice": (
                ([1.0, 3.0], [1.0, 3.0]),
                "Your new data are the training data. There is nothing to leak.",
                lambda train, test: np.array_equal(train, test),
            ),
            "in_another_order": (
                ([1.0, 2.0, 3.0], [3.0, 1.0, 2.0]),
                "The order of the rows changes neither mean nor spread.",
                lambda train, test: np.array_equal(np.sort(train), np.sort(test)),
            ),
            "each_twice": (
                ([1.0, 3.0], [1.0, 1.0, 3.0, 3.0]),
                "Your new data have the mean and the spread of the training data, so all three ways agree.",
                lambda train, test: train.mean() == test.mean() and train.std() == test.std(),
            ),
        },
        shown="the result",
        hints=("When do all three ways use the same mean and spread?",),
    )
)
