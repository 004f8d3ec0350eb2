"""Standardising features, with numbers from the training set only."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Miss, Reals, roundoff

from ._lesson import lesson, numbers, penguins

fit_standardizer = lesson.exercise(
    "fit_standardizer",
    1,
    "the mean and the spread of every feature",
    signature="X",
    minutes=6,
    difficulty=2,
    tolerance=None,
    returns=Items(Array(lambda X: X.shape[1:]), Array(lambda X: X.shape[1:])),
    domains={"X": Reals("m n", zeros=True)},
    clauses={
        "The mean and the standard deviation": "mean_of_each_column spread_of_each_column edges",
        "divided by m; of a column whose values are all equal": "spread_of_each_column one_for_constant_columns edges",
    },
    hints=(
        "One number for each column: np.mean and np.std take axis=0.",
        "A column that never changes has the standard deviation 0. Use 1 for it, so that the division does no harm. np.where helps.",
    ),
)


@fit_standardizer.cases
def tables(rng):
    for m, n in ((7, 3), (5, 2), (9, 4)):
        yield np.round(numbers(rng, (m, n)) * rng.uniform(1, 40, size=n) + rng.uniform(-100, 100, size=n), 1)
    yield np.round(numbers(rng, (6, 3)) * np.array([0.3, 0.02, 50]), 3)  # a spread below 1 is a spread
    yield penguins(4)[0][rng.permutation(333)[:12]]


@fit_standardizer.edges
def tiny_spreads(rng):
    """A table of tiny numbers, and one tiny column: small is not constant."""
    X = np.round(numbers(rng, (6, 3)), 1) + np.arange(6)[:, None]
    yield 1e-9 * X
    yield X * np.array([1.0, 1e-9, 1.0])


def _spreads(t, X) -> np.ndarray:
    """The standard deviation of every column, 1 where it never changes."""
    constant = np.ptp(X, axis=0) == 0
    # the mean of equal fractions need not be that fraction: rounding would then decide what never changes
    t.assume(len(X) == 1 or not np.any(constant & (X[0] != np.rint(X[0]))))
    around = X - np.sum(X, axis=0) / len(X)
    return np.where(constant, 1.0, np.sqrt(np.sum(around**2, axis=0) / len(X)))


@fit_standardizer.check(domain=True)
def mean_of_each_column(t, X):
    """The first value is the mean of each column"""
    t.equal(t(X)[0], np.sum(X, axis=0) / len(X), "", roundoff(max(1.0, np.max(np.abs(X))), 1.0))


@fit_standardizer.check(domain=True)
def spread_of_each_column(t, X):
    """The second value is the standard deviation of each column"""
    t.equal(t(X)[1], _spreads(t, X), "", roundoff(max(1.0, np.max(np.abs(X))), 1.0))


def constant_columns(rng):
    """A column that never changes, like the corner pixels of the digits, in every place; others begin alike, or end as they began."""
    for place in (1, 0, 2):
        X = np.round(numbers(rng, (6, 3)), 1)
        X[-1], X[1] = X[0], X[0]
        X[:, place] = float(rng.integers(1, 9))
        yield (X,)


@fit_standardizer.check(cases=constant_columns, needs=("spread_of_each_column",))
def one_for_constant_columns(t, X):
    """The second value is 1 where a column never changes"""
    t.equal(
        t(X)[1][np.ptp(X, axis=0) == 0],
        np.ones(int(np.sum(np.ptp(X, axis=0) == 0))),
        "This column has the spread 0; dividing by 0 makes nan.",
    )
    t.equal(
        t(X)[1], _spreads(t, X), "A column that never changes takes nothing from the others.", roundoff(max(1.0, np.max(np.abs(X))), 1.0)
    )


def _std(X):
    return X.std(axis=0)


@fit_standardizer.mistake("A column that never changes has the spread 0, and dividing by it gives nan. Use 1 there.")
def zero_for_constant_columns(X):
    return X.mean(axis=0), _std(X)


@fit_standardizer.mistake("This is the variance. Take its square root, so that it has the unit of the column.")
def variance(X):
    return X.mean(axis=0), X.var(axis=0)


@fit_standardizer.mistake("You take the mean and the spread of each row. A row is one example; the columns are the features.")
def per_row(X):
    return X.mean(axis=1), X.std(axis=1)


@fit_standardizer.mistake("This is the whole range of a column, largest minus smallest. Asked for is the standard deviation.")
def whole_range(X):
    return X.mean(axis=0), np.ptp(X, axis=0)


@fit_standardizer.mistake("You divide by m - 1. The mean of the squares divides by m, the number of rows.")
def divides_by_one_less(X):
    return X.mean(axis=0), np.where(_std(X) > 0, X.std(axis=0, ddof=1) if len(X) > 1 else 1.0, 1.0)


@fit_standardizer.mistake("A spread below 1 counts as 1 with you. Only a column that never changes has no spread of its own.")
def no_spread_below_one(X):
    return X.mean(axis=0), np.maximum(_std(X), 1.0)


@fit_standardizer.mistake("You return the smallest value where the mean belongs.")
def from_the_smallest(X):
    return X.min(axis=0), np.where(_std(X) > 0, _std(X), 1)


@fit_standardizer.mistake("You return the spread first. Return the mean, then the spread.")
def exchanged(X):
    return np.where(_std(X) > 0, _std(X), 1), X.mean(axis=0)


standardize = lesson.exercise(
    "standardize",
    2,
    "training and test set on the same scale, without a leak",
    signature="X_train, X_test",
    minutes=6,
    difficulty=2,
    tolerance=None,
    returns=Items(Array(lambda X_train, X_test: X_train.shape), Array(lambda X_train, X_test: X_test.shape)),
    domains={"X_train": Reals("m n", high=100, low=0.01), "X_test": Reals("k n", high=100, low=0.01, zeros=True)},
    clauses={
        "Both tables, standardised with": "training_set_is_centred training_set_is_standard same_ruler_for_the_test_set no_division_by_zero edges"
    },
    hints=(
        "Use fit_standardizer on one of the two tables. Which one may you look at?",
        "Both tables are treated with the same two vectors: subtract the mean, divide by the spread.",
    ),
)


@standardize.cases
def split_tables(rng):
    for m, k, n in ((7, 3, 3), (5, 4, 2), (8, 1, 3)):
        X = np.round(numbers(rng, (m + k, n)) * rng.uniform(1, 40, size=n) + rng.uniform(-100, 100, size=n), 1)
        yield X[:m], X[m:] + np.round(rng.uniform(20, 30, size=n))  # test sets differ a little from training sets; here much


@standardize.edges
def tiny_columns(rng):
    """A column of tiny numbers: small is not constant."""
    X = (np.round(numbers(rng, (7, 3)), 1) + np.arange(7)[:, None]) * np.array([1.0, 1e-9, 1.0])
    yield X[:5], X[5:]


@standardize.check(weight=0.5, domain=True)
def training_set_is_centred(t, X_train, X_test):
    """In the training set every column has mean 0"""
    given, spreads = t(X_train, X_test)[0], _spreads(t, X_train)
    rounding = roundoff(max(1.0, np.max(np.abs(X_train))) * max(1.0, np.max(np.abs(given))), min(1.0, np.min(spreads)))
    t.equal(np.sum(given, axis=0) / len(given), np.zeros(given.shape[1]), "These are the means of its columns.", rounding)


@standardize.check(domain=True)
def training_set_is_standard(t, X_train, X_test):
    """In the training set every column is measured from its mean, in standard deviations"""
    spreads = _spreads(t, X_train)
    wanted = (X_train - np.sum(X_train, axis=0) / len(X_train)) / spreads
    t.equal(t(X_train, X_test)[0], wanted, "", roundoff(max(1.0, np.max(np.abs(X_train))), np.min(spreads)))


@standardize.check(weight=1.5, needs=("training_set_is_centred",), domain=True)
def same_ruler_for_the_test_set(t, X_train, X_test):
    """The test set is measured with the training set's mean and spread"""
    t.assume(np.all(np.ptp(X_train, axis=0) > 0))
    train, test = t(X_train, X_test)
    # the map that takes the training rows to yours, read off two values a column, applied to the test rows
    low, high = np.argmin(X_train, axis=0), np.argmax(X_train, axis=0)
    columns = np.arange(X_train.shape[1])
    slope = (train[high, columns] - train[low, columns]) / np.ptp(X_train, axis=0)
    wanted = train[low, columns] + slope * (X_test - X_train[low, columns])
    if not np.allclose(test, wanted, rtol=1e-9, atol=1e-9 * max(1.0, np.max(np.abs(wanted)))):
        t.compared(test, wanted, False)
        raise Miss(test, wanted, "A test value must land where a training value of the same size lands.")


def constant_splits(rng):
    """A column that never changes in the training set."""
    X = np.round(numbers(rng, (6, 3)), 1)
    X[:, 2] = 4.0
    yield X, np.round(numbers(rng, (2, 3)), 1)


@standardize.check(cases=constant_splits, weight=0.5, needs=("same_ruler_for_the_test_set",))
def no_division_by_zero(t, X_train, X_test):
    """A column that never changes in the training set does no harm"""
    train, test = t(X_train, X_test)
    never = np.ptp(X_train, axis=0) == 0
    t.equal(test[:, never], X_test[:, never] - X_train[0, never], "Its spread counts as 1: subtract the mean, and divide by nothing.")
    t.holds(
        bool(np.all(np.isfinite(train)) and np.all(np.isfinite(test))),
        "nan or infinity",
        "numbers",
        "Use 1 as the spread of a column that never changes.",
    )


@standardize.mistake("The test set leaks: mean and spread are taken from both tables. In earnest the test set is not there yet.")
def leaks_the_test_set(X_train, X_test):
    both = np.concatenate([X_train, X_test])
    return (X_train - both.mean(axis=0)) / _std(both), (X_test - both.mean(axis=0)) / _std(both)


@standardize.mistake(
    "Each table is measured with a ruler of its own: the test set gets mean 0, whatever it was. Use the training set's numbers for both."
)
def each_by_itself(X_train, X_test):
    own = lambda X: (X - X.mean(axis=0)) / np.where(_std(X) > 0, _std(X), 1)
    return own(X_train), own(X_test)


@standardize.mistake("The test set is left as it was. It needs the same treatment, with the training set's numbers.")
def forgets_the_test_set(X_train, X_test):
    return (X_train - X_train.mean(axis=0)) / np.where(_std(X_train) > 0, _std(X_train), 1), X_test


@standardize.mistake("You divide by the variance. Divide by its root, the standard deviation.")
def divides_by_the_variance(X_train, X_test):
    return tuple((X - X_train.mean(axis=0)) / X_train.var(axis=0) for X in (X_train, X_test))


@standardize.mistake("A column that never changes becomes nan: its spread is 0. Use 1 there.")
def divides_by_zero(X_train, X_test):
    with np.errstate(all="ignore"):
        return tuple((X - X_train.mean(axis=0)) / _std(X_train) for X in (X_train, X_test))


@standardize.mistake("You only divide. Subtract the mean first.")
def without_the_mean(X_train, X_test):
    return tuple(X / np.where(_std(X_train) > 0, _std(X_train), 1) for X in (X_train, X_test))
