"""The relative error, with which the whole course compares. Source: MC16."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import EXACT, Array, Reals, Tolerance, two_digits

from ._lesson import lesson

relative_error = lesson.exercise(
    "relative_error",
    3,
    "how far two arrays are apart, measured by their own size",
    signature="a, b",
    minutes=8,
    difficulty=2,
    returns=Array(),
    domains={"a": Reals(..., low=1e-100, high=1e100, zeros=True), "b": Reals(..., low=1e-100, high=1e100, zeros=True)},
    clauses={
        "relative to the larger of them": "is_the_ratio is_symmetric has_no_unit",
        "two arrays of one shape": "edges",
        "Two arrays of zeros": "zeros_are_equal",
        "Raises ValueError": "unlike_shapes_raise",
    },
    hints=(
        "np.linalg.norm gives the length of a vector. You need three lengths.",
        "Divide the length of the difference by the larger of the two lengths.",
        "Two things need a thought of their own: both arrays zero, and shapes that differ. Compare the shapes before you subtract.",
    ),
)


@relative_error.cases
def pairs(rng):
    for shape in ((3,), (5,), (2, 3), (4, 1), (2, 3, 2), (7,)):
        # between 1 and 3 in size and nearly in one direction: zeros, small arrays and errors above 1 are asked elsewhere, in every draw
        a = two_digits(rng, 1.0, 3.0, shape, signs=True)
        longer = rng.uniform(1.4, 2.5) ** rng.choice([-1, 1])  # in every entry: who mixes the two finds out at the edges, in every draw
        yield a, np.round(a * longer + rng.uniform(-0.2, 0.2, size=shape), 2)
    yield round(float(rng.uniform(1, 3)), 2), round(float(rng.uniform(4, 9)), 2)


def _length(a) -> float:
    return math.hypot(*np.ravel(a).tolist())


@relative_error.edges
def near_one_another(rng):
    """Arrays that differ in late digits only: a small error is not none. Arrays that add up to 0, or whose largest entry is 0, and are not 0."""
    for shape, apart in (((3,), 1e-6), ((2, 2), 1e-9), ((), 1e-7)):
        a = np.round(rng.uniform(1, 2, size=shape), 2)
        b = a * (1 + apart * np.resize([1, -1], shape))
        yield (a, b) if shape else (float(a), float(b))
    for shape in ((2,), (4,), (2, 2)):  # entries that add up to 0, in both
        half = np.round(rng.uniform(1, 2, size=shape), 2)
        signs = np.resize([1, -1], shape)
        yield -half, half * (signs < 0)
        yield -half * (signs < 0), half
        yield half.flat[0] * signs, half.flat[1] * signs * [[1], [-1]] if shape == (2, 2) else half.flat[1] * signs


@relative_error.check(weight=2, domain=True)
def is_the_ratio(t, a, b):
    """It is the length of a - b over the larger of the two lengths"""
    largest = max(_length(a), _length(b))
    t.assume(largest > 0)
    t.equal(
        t(a, b),
        math.dist(np.ravel(a).tolist(), np.ravel(b).tolist()) / largest,
        "The length of a vector is the root of the sum of the squares.",
        # the smallest errors are 1e-9, and their digits count as well
        Tolerance(1e-12, 1e-14, EXACT.reason),
    )


@relative_error.check(needs=("is_the_ratio",))
def is_symmetric(t, a, b):
    """It does not matter which of the two comes first"""
    t.assume(max(_length(a), _length(b)) > 0)
    t.equal(t(a, b), t(b, a), "Neither of the two is the right one by birth: divide by the larger length.")


@relative_error.check(needs=("is_the_ratio",))
def has_no_unit(t, a, b):
    """Metres or millimetres: it stays the same when both are multiplied by 1000"""
    t.assume(max(_length(a), _length(b)) > 0)
    t.equal(t(np.multiply(a, 1000.0), np.multiply(b, 1000.0)), t(a, b), "A relative error has no unit.")


@relative_error.check(needs=("is_the_ratio",))
def flipped_sign_gives_two(t, a, b):
    """A flipped sign gives 2, equal arrays give 0"""
    t.assume(_length(a) > 0)
    t.equal(t(a, np.negative(a)), 2.0, "The difference of a and -a is 2a.")
    t.equal(t(a, a), 0.0, "Equal arrays have the difference 0.")


def zeros(rng):
    """Both of them zero, in several shapes."""
    for shape in ((3,), (2, 2)):
        yield np.zeros(shape), np.zeros(shape)
    yield 0.0, 0.0


@relative_error.check(cases=zeros, needs=("is_the_ratio",))
def zeros_are_equal(t, a, b):
    """Two zeros have the relative error 0"""
    t.equal(t(a, b), 0.0, "0/0 is nan. Two zeros are equal: their error is 0.")


def unlike_shapes(rng):
    """Shapes that NumPy would silently stretch."""
    for one, other in (((3,), (3, 1)), ((1,), (4,)), ((2, 3), (3,)), ((2, 3), (3, 2)), ((), (1,)), ((1,), (1, 1)), ((4,), (2, 2))):
        yield np.round(rng.normal(size=one), 1) + 3, np.round(rng.normal(size=other), 1) + 3


@relative_error.check(cases=unlike_shapes)
def unlike_shapes_raise(t, a, b):
    """Different shapes raise ValueError"""
    t.raises(
        "ValueError",
        a,
        b,
        why="(3,) minus (3, 1) is a 3 by 3 table, without a word of warning. Compare the shapes first and raise ValueError.",
    )


def _norm(a) -> float:
    return float(np.linalg.norm(a))


def _careful(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return a, b, _norm(a - b)


@relative_error.mistake("This is the absolute error. Divide it by the larger of the two lengths.")
def absolute(a, b):
    return _careful(a, b)[2]


@relative_error.mistake("You divide by the length of one of them. Exchanged, the two give another number; take the larger length.")
def divides_by_the_first(a, b):
    a, b, far = _careful(a, b)
    return far / _norm(a) if far else 0.0


@relative_error.mistake("You divide by the length of the second. Exchanged, the two give another number; take the larger length.")
def divides_by_the_second(a, b):
    a, b, far = _careful(a, b)
    return far / _norm(b) if far else 0.0


@relative_error.mistake("You divide by the sum of both lengths. Then a flipped sign gives 1. Here the larger length alone is asked for.")
def divides_by_the_sum(a, b):
    a, b, far = _careful(a, b)
    return far / (_norm(a) + _norm(b)) if far else 0.0


@relative_error.mistake("For two zeros you divide 0 by 0. Two zeros are equal: return 0.")
def nan_for_zeros(a, b):
    a, b, far = _careful(a, b)
    with np.errstate(all="ignore"):
        return float(np.float64(far) / max(_norm(a), _norm(b)))


@relative_error.mistake(
    "Shapes that differ are stretched silently, and the number means nothing. Compare the shapes first and raise ValueError."
)
def stretches_shapes(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    largest = max(_norm(a), _norm(b))
    return _norm(a - b) / largest if largest else 0.0


@relative_error.mistake("You compare the largest entries. Asked for is the length: the root of the sum of squares.")
def largest_entries(a, b):
    a, b, _ = _careful(a, b)
    largest = max(np.max(np.abs(a)), np.max(np.abs(b)))
    return float(np.max(np.abs(a - b)) / largest) if largest else 0.0


@relative_error.mistake("These are squared lengths. Take the root of both.")
def squared_lengths(a, b):
    a, b, far = _careful(a, b)
    largest = max(_norm(a), _norm(b))
    return (far / largest) ** 2 if largest else 0.0
