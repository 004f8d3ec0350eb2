"""Which examples the training loop takes together: all of them, once an epoch, and no neighbours."""

from __future__ import annotations

import numpy as np

from autograder.writing import ITERATED, Function, Seeded

from ._lesson import numbers
from .trainer import random_batches, train_fnn

# a "model" that writes down who was in a batch with whom: with eta = 1 each step adds 1 at (i, j) for all examples i and j of the batch
_PAIRS = Function(
    "(0.0, {'w': -np.outer(np.bincount(y, minlength=len(params['w'])), np.bincount(y, minlength=len(params['w'])))})",
    args="params, X, y",
    name="pairs",
)


def who_with_whom(rng):
    """Batches that divide the examples evenly and unevenly, one after another, of one example, of more than there are."""
    for m, batch_size, epochs in ((12, 3, 1), (14, 4, 2), (7, 1, 1), (5, 8, 3), (9, 5, 1)):
        yield (
            _PAIRS,
            {"w": np.zeros((m, m))},
            numbers(rng, (m, 2), 9),
            np.arange(m),
            1.0,
            epochs,
            batch_size,
            Seeded(int(rng.integers(1000))),
        )


def _met(t, case) -> np.ndarray:
    """How often example i was in a batch with example j."""
    return np.rint(t(*case)[0]["w"]).astype(int)


@train_fnn.check(cases=who_with_whom, needs=("one_batch_is_gradient_descent",))
def every_example_once_an_epoch(t, *case):
    """Every epoch takes one step for each batch of batch_size, and uses every example once"""
    y, n_epochs, batch_size = case[3], case[5], case[6]
    met = _met(t, case)
    used = np.diag(met)
    t.holds(
        np.all(used == n_epochs),
        f"example {int(np.argmax(used != n_epochs))} used {used[np.argmax(used != n_epochs)]} times",
        f"every example used {n_epochs} times",
        "This model writes down which examples are in a batch together.",
    )
    left = len(y) % batch_size
    squares = n_epochs * (len(y) // batch_size * batch_size**2 + left**2)  # a batch of s examples meets itself s² times
    t.holds(
        int(np.sum(met)) == squares,
        f"{int(np.sum(met))} pairs that share a batch",
        f"{squares} pairs",
        f"Every batch has {batch_size} examples, except that the last one of an epoch has what is left.",
    )


def many_examples(rng):
    """So many that batches of neighbours are no accident."""
    yield _PAIRS, {"w": np.zeros((42, 42))}, numbers(rng, (42, 1), 9), np.arange(42), 1.0, 1, 5, Seeded(int(rng.integers(1000)))


@train_fnn.check(weight=0.5, cases=many_examples, needs=("every_example_once_an_epoch",))
def batches_are_mixed(t, *case):
    """The examples of a batch come from all over the data"""
    met = _met(t, case)
    # 82 pairs over 21 distances: among random orders one in a hundred thousand has as many of one distance
    apart = [int(sum(met[i, (i + d) % len(met)] for i in range(len(met)))) for d in range(1, len(met) // 2 + 1)]
    t.holds(
        max(apart) <= 17,
        f"{max(apart)} pairs in a batch are {1 + int(np.argmax(apart))} apart",
        "about four",
        "Batches of neighbours are not random, in whatever order they come: shuffle the examples before you cut.",
    )


@train_fnn.check(weight=0.5, cases=random_batches, needs=("records_the_loss",))
def records_all_examples(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """With small batches too, the record holds the loss over all examples"""
    t.assume(0.01 < eta <= 0.2)
    trained, losses = t(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng)
    ends = np.array([float(loss_and_grads(now, X, y)[0]) for now in (params, trained)])
    t.equal(losses[[0, -1]], ends, "The first and the last entry are the losses of the first and the last parameters.", ITERATED)
