"""Standardising features, with numbers from the training set only."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Miss

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
    hints=(
        "One number for each column: np.mean and np.std take axis=0.",
        "A column that never changes has the standard deviation 0. Use 1 for it, so that the division does no harm. np.where helps.",
    ),
)


@fit_standardizer.cases
def tables(rng):
    for m, n in ((7, 3), (5, 2), (9, 4)):
        yield np.round(numbers(rng, (m, n)) * rng.uniform(1, 40, size=n) + rng.uniform(-100, 100, size=n), 1)
    yield penguins(4)[0][rng.permutation(333)[:12]]


def _spreads(X) -> list[np.ndarray]:
    """The standard deviation of every column, divided by m and by m - 1: both are in use."""
    around = X - np.sum(X, axis=0) / len(X)
    return [np.sqrt(np.sum(around**2, axis=0) / k) for k in (len(X), max(1, len(X) - 1))]


@fit_standardizer.check()
def mean_of_each_column(t, X):
    """The first value is the mean of each column"""
    t.equal(t(X)[0], np.sum(X, axis=0) / len(X))


@fit_standardizer.check(needs=("mean_of_each_column",))
def spread_of_each_column(t, X):
    """The second value is the standard deviation of each column"""
    t.assume(np.all(np.ptp(X, axis=0) > 0))
    t.equal(*_nearest(t(X)[1], _spreads(X)))


def _nearest(given, candidates) -> tuple:
    return given, min(candidates, key=lambda wanted: np.max(np.abs(given - wanted)) if np.all(np.isfinite(given)) else 0.0)


def constant_columns(rng):
    """A column that never changes, like the corner pixels of the digits."""
    X = np.round(numbers(rng, (6, 3)), 1)
    X[:, 1] = float(rng.integers(1, 9))
    yield (X,)


@fit_standardizer.check(cases=constant_columns, needs=("spread_of_each_column",))
def one_for_constant_columns(t, X):
    """The second value is 1 where a column never changes"""
    t.equal(
        t(X)[1][np.ptp(X, axis=0) == 0],
        np.ones(int(np.sum(np.ptp(X, axis=0) == 0))),
        "This column has the spread 0; dividing by 0 makes nan.",
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


@standardize.check()
def training_set_is_standard(t, X_train, X_test):
    """In the training set every column has mean 0 and standard deviation 1"""
    t.assume(np.all(np.ptp(X_train, axis=0) > 0))
    t.equal(*_nearest(t(X_train, X_test)[0], [(X_train - np.sum(X_train, axis=0) / len(X_train)) / s for s in _spreads(X_train)]))


@standardize.check(weight=2, needs=("training_set_is_standard",))
def same_ruler_for_the_test_set(t, X_train, X_test):
    """The test set is measured with the training set's mean and spread"""
    t.assume(np.all(np.ptp(X_train, axis=0) > 0))
    train, test = t(X_train, X_test)
    # the map that takes the training rows to yours, read off two values a column, applied to the test rows
    low, high = np.argmin(X_train, axis=0), np.argmax(X_train, axis=0)
    columns = np.arange(X_train.shape[1])
    slope = (train[high, columns] - train[low, columns]) / np.ptp(X_train, axis=0)
    wanted = train[low, columns] + slope * (X_test - X_train[low, columns])
    if not np.allclose(test, wanted, rtol=1e-9, atol=1e-9):
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
