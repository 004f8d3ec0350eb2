"""The gradient of all examples from those of the batches."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Given, Reals

from ._lesson import lesson, place

combine_batches = lesson.exercise(
    "combine_batches",
    1,
    "the gradient of all examples from those of the batches",
    signature="gradients, sizes",
    minutes=5,
    difficulty=2,
    returns=Array(lambda gradients, sizes: gradients.shape[1:]),
    domains={
        "gradients": Reals(lambda sample: (sample.size("k"), *((3,), (), (2, 3), (1,), (2, 1, 2))[sample.round % 5]), high=100, zeros=True),
        # of the type that arrays have for counts: a browser's Python has 32 bits, and np.repeat takes no more there
        "sizes": Given(lambda sample: sample.rng.integers(1, 9, size=sample.size("k")).astype(np.intp)),
    },
    clauses={
        "The gradient of the mean loss over all examples": "equals_the_mean_of_all edges",
        "sizes[b] the number of its examples": "equals_the_mean_of_all edges",
    },
    hints=(
        "Each batch's gradient is a mean over its examples. Turn it back into a sum.",
        "A batch with few examples has less to say than a full one.",
    ),
)


@combine_batches.cases
def parts(rng):
    for sizes in ((5, 5, 2), (1, 7), (4, 3, 2, 1)):
        yield place(rng, (len(sizes), 3), 3), np.array(sizes)
    yield place(rng, (3, 2, 4), 3), np.array([6, 1, 3])


@combine_batches.check(domain=True)
def equals_the_mean_of_all(t, gradients, sizes):
    """It is the mean over all examples, whatever the sizes of the batches"""
    each = np.repeat(gradients, sizes, axis=0)  # as if every example had its batch's gradient
    t.equal(t(gradients, sizes), each.mean(axis=0))


@combine_batches.mistake(
    "This is the mean of the batches' means. The short last batch then counts as much as a full one; weigh each by its size."
)
def mean_of_means(gradients, sizes):
    return gradients.mean(axis=0)


@combine_batches.mistake("This is a sum over examples. Divide by the number of all examples.")
def sum_not_mean(gradients, sizes):
    return np.tensordot(sizes, gradients, axes=1)


@combine_batches.mistake("You divide by the number of batches. Divide by the number of examples.")
def divides_by_batches(gradients, sizes):
    return np.tensordot(sizes, gradients, axes=1) / len(sizes)


@combine_batches.mistake("You divide by the sizes; a full batch then counts less than a short one. Multiply.")
def weighs_upside_down(gradients, sizes):
    weights = (1 / sizes) / np.sum(1 / sizes)
    return np.tensordot(weights, gradients, axes=1)
