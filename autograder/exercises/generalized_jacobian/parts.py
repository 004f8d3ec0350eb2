"""Half-way to the recursion: one part of an array moves, the others stand still. Sources: S0.18, E-P26."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, literal

from ._lesson import layer, lesson, loss, numbers, stack_to_vector


def _shown(args, points) -> str:
    """The failing call as code."""
    f, X, j = args
    return f"f = {f.source}\nX = {literal(X)}\ng = vary_part(f, X, {j})\n[g(part) for part in {literal(points)}]"


vary_part = lesson.exercise(
    "vary_part",
    1,
    "f as a function of one part of its argument",
    signature="f, X, j",
    minutes=6,
    difficulty=3,
    program="evaluate_result",
    show=_shown,
    returns=Array(lambda args, points: (len(points), *np.shape(args[0](np.asarray(args[1], dtype=float))))),
    clauses={
        "the function part -> f(X with X[j] replaced by part)": "replaces_one_part returns repeats",
        "X has one axis or more": "replaces_one_part takes_vectors_and_stacks",
        "X may hold whole numbers": "takes_whole_numbers",
        "is left as it was": "leaves_arguments_alone",
    },
    hints=(
        "Return a function of part. Inside it, make a copy of X, put part in the place j of the copy, and ask f.",
        "moved[j] = part works for X with any number of axes: X[j] is a number, a row, or a table.",
        "np.array(X, dtype=float) is a copy that can hold any number.",
    ),
)


def _case(rng, f, X):
    j = int(rng.integers(len(X)))
    return (f, X, j), [np.round(X[j] + delta, 2) for delta in numbers(rng, (2, *np.shape(X[j])), 0.3, 1.0)]


@vary_part.cases
def matrices(rng):
    """Rows of a matrix, each in turn."""
    f, X = layer(rng, 2, 3), numbers(rng, (3, 2))
    for j in range(len(X)):
        yield (f, X, j), numbers(rng, (2, 2), 0.3, 1.0)
    yield _case(rng, loss(rng, 3, 2), numbers(rng, (2, 3)))


def _wanted(f, X, j, part) -> np.ndarray:
    X = np.asarray(X, dtype=float)
    return f(np.concatenate([X[:j], np.reshape(part, (1, *X.shape[1:])), X[j + 1 :]]))


def _judge(t, args, points):
    f, X, j = args
    wanted = np.array([_wanted(f, X, j, part) for part in points])
    t.equal(t(args, points), wanted, f"X[{j}] becomes the part itself; all other parts keep the values that they have in X.")


@vary_part.check(weight=2)
def replaces_one_part(t, args, points):
    """It is f where X[j] is the given part and the others are as in X"""
    _judge(t, args, points)


def other_shapes(rng):
    """Parts that are numbers, and parts that are tables."""
    yield _case(rng, loss(rng, 3, 2), numbers(rng, (3,)))
    yield _case(rng, stack_to_vector(rng, 2, 3), numbers(rng, (3, 2, 3)))
    yield _case(rng, Function("X.T", args="X"), numbers(rng, (3, 2)))  # what it returns lies in the array that it gets: one for each part


@vary_part.check(cases=other_shapes, needs=("replaces_one_part",))
def takes_vectors_and_stacks(t, args, points):
    """A part may be a number or a table"""
    _judge(t, args, points)


def whole(rng):
    """A table of whole numbers."""
    (f, _, j), points = _case(rng, layer(rng, 2, 3), numbers(rng, (3, 2)))
    yield (f, rng.integers(-2, 3, size=(3, 2)), j), points


@vary_part.check(cases=whole, needs=("replaces_one_part",))
def takes_whole_numbers(t, args, points):
    """With whole numbers in X a part keeps its decimals"""
    _judge(t, args, points)


def _moved(change, dtype=float):
    """A version that changes its copy by `change`."""

    def vary(f, X, j):
        def of_part(part):
            copy = np.array(X, dtype=dtype)
            change(copy, j, part)
            return f(copy)

        return of_part

    return vary


def _add(copy, j, part):
    copy[j] += part


def _all(copy, j, part):
    copy[:] = part


def _next(copy, j, part):
    copy[j - 1] = part


def _alone(copy, j, part):
    copy[:] = 0
    copy[j] = part


def _set(copy, j, part):
    copy[j] = part


vary_part.mistake("You add part to X[j]. It takes the place of X[j].", name="adds")(_moved(_add))
vary_part.mistake("Every part becomes the given one. Only X[j] does.", name="sets_all")(_moved(_all))
vary_part.mistake("You replace the wrong part: parts count from 0.", name="counts_from_one")(_moved(_next))
vary_part.mistake("The other parts are 0 in your version. They keep the values that they have in X.", name="others_at_zero")(_moved(_alone))
vary_part.mistake(
    "With whole numbers in X your copy holds whole numbers, and the part loses its decimals. Copy as float.", name="whole_copy"
)(_moved(_set, dtype=None))
