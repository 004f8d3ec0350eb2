"""Broadcasting undone. Source: MC32."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Given, Reals

from ._lesson import lesson

_PAIRS = (
    ((2, 3), ()), ((1,), (1,)), ((3, 3), (1, 3)), ((2, 1, 3), (1, 3)), ((2, 2, 2, 2), (2, 1, 2)), ((1, 4), (4,)),
    ((3, 4), (1, 1)), ((2, 2, 2), (2, 1, 1)), ((4,), ()), ((1, 1, 2), (1, 1)), ((3, 4), (4,)),
)  # fmt: skip

unbroadcast = lesson.exercise(
    "unbroadcast",
    3,
    "a gradient summed back to the shape that was broadcast",
    signature="G, shape",
    minutes=12,
    domains={
        "G": Reals(lambda sample: _PAIRS[sample.round % len(_PAIRS)][0], low=0.1, high=10),
        "shape": Given(lambda sample: _PAIRS[sample.round % len(_PAIRS)][1]),
    },
    clauses={
        "Sums G over all copies": "sums_over_the_copies picks_the_right_axis repeats edges",
        "G is an array of a shape that `shape` broadcasts to": "down_to_one_number edges",
        "shape is a tuple": "edges",
    },
    difficulty=4,
    returns=Array(lambda G, shape: tuple(shape)),
    hints=(
        "Broadcasting copies. Each copy sends back a gradient, and the gradients of all copies of one number add up.",
        "Axes that broadcasting put in front are summed away: G.sum(axis=0), as often as G has axes too many.",
        "Axes of length 1 that were stretched are summed with keepdims=True, so that they stay as axes of length 1.",
        "An axis of length 1 in both G and shape needs nothing; summing it does no harm.",
    ),
)


def _upstream(rng, *shapes):
    for big, small in shapes:
        yield np.round(rng.normal(size=big), 2) + 0.0, small


@unbroadcast.cases
def mixed_cases(rng):
    yield from _upstream(rng, ((3, 4), (4,)), ((2, 3), (2, 1)), ((2, 3, 4), (3, 1)), ((3, 2), (1, 2)), ((4, 3), (4, 3)))


def _wanted(G, shape):
    """Each number of the small array is copied to some places; its gradient is the sum over them."""
    numbers = np.arange(int(np.prod(shape)), dtype=float).reshape(shape)
    places = np.broadcast_to(numbers, G.shape)
    return np.array([np.sum(G[places == k]) for k in range(numbers.size)]).reshape(shape)


@unbroadcast.check(weight=2, domain=True)
def sums_over_the_copies(t, G, shape):
    """Each number gets the sum over all its copies"""
    t.equal(t(G, shape), _wanted(G, shape), "Which places of G did each number of the small array go to? Add those up.")


def same_lengths(rng):
    """Square arrays, in which a wrong axis has the right length."""
    yield from _upstream(rng, ((3, 3), (3,)), ((3, 3), (3, 1)), ((2, 2, 2), (2, 1)), ((2, 2, 2), (1, 2, 1)))


@unbroadcast.check(cases=same_lengths, needs=("sums_over_the_copies",))
def picks_the_right_axis(t, G, shape):
    """It sums along the right axis where all have the same length"""
    t.equal(t(G, shape), _wanted(G, shape), "Broadcasting lines shapes up at their last axis.")


def to_scalars(rng):
    """One number, broadcast to an array."""
    yield from _upstream(rng, ((2, 3), ()), ((4,), ()), ((2, 3), (1, 1)), ((3, 2), (1,)))


@unbroadcast.check(cases=to_scalars, needs=("sums_over_the_copies",))
def down_to_one_number(t, G, shape):
    """It goes down to one number"""
    t.equal(t(G, shape), _wanted(G, shape), "One number, copied everywhere: all of G adds up.")


@unbroadcast.mistake("Only the axes in front are summed. Axes of length 1 that were stretched have to be summed too.")
def leading_axes_only(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    return G


@unbroadcast.mistake("You sum over the first axis, whatever the shape. Which axes hold copies? Compare the two shapes.")
def always_the_first_axis(G, shape):
    return G.sum(axis=0)


@unbroadcast.mistake("You take the mean over the copies. Their contributions add up.")
def mean_of_the_copies(G, shape):
    size = np.prod(shape) if len(shape) else 1
    return _wanted(G, shape) * size / G.size


@unbroadcast.mistake("You keep one copy and drop the others. Every copy contributes.")
def first_copy(G, shape):
    while G.ndim > len(shape):
        G = G[0]
    return G[tuple(slice(0, n) for n in shape)]


@unbroadcast.mistake("The summed axis of length 1 is gone. Keep it: keepdims=True.")
def drops_the_axis(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    return G.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1))


@unbroadcast.mistake("The axes too many are summed at the end. Broadcasting puts new axes in front.")
def sums_the_last_axes(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=-1)
    for k, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=k, keepdims=True)
    return G


@unbroadcast.mistake("Nothing is summed: this is G itself, or a part of it in another shape.")
def nothing_summed(G, shape):
    return np.array(G)
