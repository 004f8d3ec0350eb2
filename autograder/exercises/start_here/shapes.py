"""Dimensions, shape and size; basis vectors; the order of elements. Sources: S0.15, E-P04, E-P18, E-P21, E-P22."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Anything, Array, CheckOnly, Integer, Items, choice

from ._lesson import lesson

describe_array = lesson.exercise(
    "describe_array",
    2,
    "the number of axes, the shape and the size of an array",
    signature="a",
    minutes=6,
    difficulty=1,
    returns=Items(Integer(), Anything(), Integer()),
    clauses={
        "Number of axes, shape and size": "counts_the_axes tells_the_shape tells_the_size",
        "a list, or a number": "takes_numbers_lists_and_nothing",
    },
    hints=(
        "np.asarray(a) makes an array of a list or a number. An array knows all three by itself.",
        "The attributes are called ndim, shape and size.",
        "len(a) is the length of the first axis only. A number has no axis at all.",
    ),
)


def _filled(rng, shape: tuple) -> np.ndarray:
    return rng.integers(0, 10, size=shape).astype(float)


@describe_array.cases
def several_axes(rng):
    for shape in ((4,), (2, 3), (2, 3, 4), (3, 1), (1, 5), (2, 2, 1, 3), (1,), (1, 1)):
        yield _filled(rng, shape), CheckOnly(shape)


@describe_array.check()
def counts_the_axes(t, a, shape):
    """The first value is the number of axes"""
    t.same(t(a)[0], len(shape), "An axis is a direction in which you can count: a vector has one, a matrix two.")


@describe_array.check()
def tells_the_shape(t, a, shape):
    """The second value is the shape: a tuple with the length of every axis"""
    t.same(t(a)[1], shape, "The shape has one entry for each axis. It is a tuple, not a product.")


@describe_array.check()
def tells_the_size(t, a, shape):
    """The third value is the number of entries"""
    t.same(t(a)[2], math.prod(shape), "The size is the product of all lengths in the shape.")


def scalars_and_empties(rng):
    """A number, an empty vector, a matrix without rows, and a list."""
    yield round(float(rng.uniform(1, 9)), 1), CheckOnly(())
    yield np.array(2.5), CheckOnly(())
    yield np.zeros((0,)), CheckOnly((0,))
    yield np.zeros((0, 3)), CheckOnly((0, 3))
    yield [[1, 2, 3], [4, 5, 6]], CheckOnly((2, 3))
    yield [[1], [2]], CheckOnly((2, 1))
    yield [[True, False]], CheckOnly((1, 2))
    yield [], CheckOnly((0,))
    yield 7, CheckOnly(())


@describe_array.check(cases=scalars_and_empties, needs=("tells_the_shape", "tells_the_size"))
def takes_numbers_lists_and_nothing(t, a, shape):
    """It is right for one number, for a list, and for arrays without entries"""
    t.same(t(a), (len(shape), shape, math.prod(shape)), "A number has no axis, the shape () and one entry. An empty axis has the length 0.")


@describe_array.mistake(
    "The first value is the length of the first axis. The number of axes is something else: a vector of length 4 has one."
)
def length_as_axes(a):
    a = np.asarray(a)
    return len(a) if a.ndim else 0, a.shape, a.size


@describe_array.mistake("The third value is the length of the first axis. The size counts all entries.")
def length_as_size(a):
    a = np.asarray(a)
    return a.ndim, a.shape, len(a) if a.ndim else 1


@describe_array.mistake("The shape is a tuple with one length for each axis. You multiplied them: that is the size.")
def shape_as_product(a):
    a = np.asarray(a)
    return a.ndim, int(np.prod(a.shape)), a.size


@describe_array.mistake("Axes of length 1 count too: (3, 1) and (3,) are different shapes.")
def drops_axes_of_length_one(a):
    a = np.squeeze(np.asarray(a))
    return a.ndim, a.shape, a.size


@describe_array.mistake("The shape is turned around: rows come first.")
def shape_reversed(a):
    a = np.asarray(a)
    return a.ndim, a.shape[::-1], a.size


@describe_array.mistake("The last value counts bytes. Asked for is the number of entries.")
def counts_bytes(a):
    a = np.asarray(a)
    return a.ndim, a.shape, a.nbytes


basis_vector = lesson.exercise(
    "basis_vector",
    1,
    "the vector with a single 1",
    signature="n, i",
    minutes=4,
    difficulty=1,
    returns=Array(lambda n, i: (n,)),
    clauses={"of n floats": "holds_floats", "1 at index i": "one_in_place_i"},
    hints=("np.zeros(n) makes a vector of n floats.", "i counts from 0, as in all code of this course: the first entry has i = 0."),
)


@basis_vector.cases
def places(rng):
    for n in (3, 4, 5, 6):
        yield n, int(rng.integers(0, n))
        yield n, n - 1
    yield 4, 0
    yield 1, 0


@basis_vector.check(weight=2)
def one_in_place_i(t, n, i):
    """Entry i, counted from 0, is 1 and all others are 0"""
    t.equal(t(n, i), np.array([float(k == i) for k in range(n)]), "Code counts from 0: i = 0 is the first entry.")


@basis_vector.check(needs=("one_in_place_i",))
def holds_floats(t, n, i):
    """The entries are floats, so that 0.5 can be written into the vector"""
    t(n, i)
    kind = np.asarray(t.calls[-1].outcome.value).dtype
    t.holds(
        kind == np.float64,
        f"dtype {kind}",
        "dtype float64",
        "The course counts in float64. An array of integers cuts 0.5 to 0 when it is written in.",
    )


@basis_vector.mistake("Your 1 stands one place too early: you count from 1. Code counts from 0.")
def one_based(n, i):
    e = np.zeros(n)
    e[i - 1] = 1
    return e


@basis_vector.mistake(
    "The numbers are right and of the wrong kind: integers. Later you will add 1e-6 to such a vector, and an integer array drops it."
)
def integers(n, i):
    return (np.arange(n) == i).astype(int)


@basis_vector.mistake("This is a column, a matrix of shape (n, 1). In this course a vector has the shape (n,).")
def column(n, i):
    return (np.arange(n) == i).astype(float)[:, None]


@basis_vector.mistake("This is the whole identity matrix. The basis vector is one row of it.")
def identity(n, i):
    return np.eye(n)


@basis_vector.mistake("You count from the end.")
def from_the_end(n, i):
    e = np.zeros(n)
    e[n - 1 - i] = 1
    return e


wrong_sentence_about_shapes = lesson.add(
    choice(
        "wrong_sentence_about_shapes",
        0.5,
        "find the sentence that is wrong",
        wrong={
            "a": "This one is right: a number has no axis to count along. Try np.shape(3.0).",
            "c": "This one is right: three lengths in the shape, and 2 · 3 · 4 entries.",
            "d": "This one is right: a tensor is an array with any number of axes.",
        },
        difficulty=1,
        hints=("How many indices do you need to name one entry of an array with shape (4,)?",),
    )
)

flat_position = lesson.add(
    choice(
        "flat_position",
        0.5,
        "the order in which NumPy lays out a matrix",
        wrong={
            "a": "That is the position when columns are read first, as Fortran does. NumPy reads row by row.",
            "b": "Each row has three entries, not two: all of row 0 comes before row 1.",
            "d": "You counted from 1. Positions start at 0.",
        },
        difficulty=1,
        hints=("Write the six entries in one line, row by row.",),
    )
)
