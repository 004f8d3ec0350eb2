"""Mini-batches: cutting the data."""

from __future__ import annotations

import numpy as np

from autograder.writing import Anything, Miss, OneOf, Seed, Seeded

from ._lesson import lesson

minibatches = lesson.exercise(
    "minibatches",
    2,
    "cut the examples into random batches",
    signature="m, batch_size, rng",
    minutes=8,
    difficulty=3,
    program="two_epochs",
    returns=Anything(),
    domains={"m": OneOf(7, 1, 12, 30, 2), "batch_size": OneOf(3, 1, 12, 40), "rng": Seed()},
    clauses={
        "Random batches": "order_is_random randomness_is_the_argument",
        "of the indices 0 to m - 1": "every_example_once",
        "each of batch_size indices": "batches_are_full",
    },
    tolerance=None,
    hints=(
        "Put the numbers 0 to m - 1 into a random order, then cut that order into pieces.",
        "rng.permutation(m) gives the order. The rng is the one you were given: not a new one, not NumPy's own.",
        "Pieces of batch_size begin at 0, batch_size, 2·batch_size, …; the last one may be shorter.",
    ),
    show=lambda m, batch_size, rng: (
        f"rng = np.random.default_rng({rng.seed})\nminibatches({m}, {batch_size}, rng), minibatches({m}, {batch_size}, rng)"
    ),
)


@minibatches.cases
def cuts(rng):
    for m, batch_size in ((23, 5), (24, 6), (31, 1), (20, 40), (40, 7)):
        yield m, batch_size, Seeded(int(rng.integers(1, 10_000)))


def _epochs(both) -> list[list[np.ndarray]]:
    """Two epochs as lists of arrays of whole numbers. Raises `Miss` for anything else."""
    found = []
    # the program makes a list of two, but what comes out of a sandbox may be anything
    if not isinstance(both, list) or len(both) != 2:
        raise Miss(both, "a list of batches", "Return a list with one array of indices for each batch.")
    for batches in both:
        if not isinstance(batches, (list, tuple)) or not all(isinstance(b, (list, tuple, np.ndarray)) for b in batches):
            raise Miss(batches, "a list of batches", "Return a list with one array of indices for each batch.")
        try:
            arrays = [np.asarray(batch) for batch in batches]
        except ValueError:
            raise Miss(batches, "a list of arrays", "A batch is ragged: each is one array of indices.") from None
        if any(a.ndim != 1 or a.dtype.kind not in "iu" for a in arrays):
            raise Miss(batches, "a list of arrays of whole numbers", "Each batch is an array of indices, one dimension, whole numbers.")
        found.append(arrays)
    return found


@minibatches.check(domain=True)
def every_example_once(t, m, batch_size, rng):
    """Every index from 0 to m - 1 is in exactly one batch"""
    for batches in _epochs(t(m, batch_size, rng)):
        order = np.concatenate(batches) if batches else np.array([], int)
        missing = sorted(set(range(m)) - set(order.tolist()))
        t.holds(
            not missing, f"without {missing[:6]}", f"all of 0 … {m - 1}", "Some examples are in no batch, so they are never learned from."
        )
        t.holds(len(order) == m, f"{len(order)} indices", f"{m} indices", "Some examples are in more than one batch.")


def many_examples(rng):
    """So many that an order which looks arranged is no accident."""
    yield 60, 6, Seeded(int(rng.integers(1, 10_000)))


@minibatches.check(cases=many_examples)
def order_is_random(t, m, batch_size, rng):
    """The examples come in random order"""
    epochs = [batches for k in range(4) for batches in _epochs(t(m, batch_size, Seeded(rng.seed + k)))]
    places = min(sum(map(len, batches)) for batches in epochs)
    t.holds(places > m / 2, f"{places} examples in an epoch", f"about {m}", "So few examples are in no order.")
    for batches in epochs:
        order = np.concatenate(batches)
        t.holds(
            np.any(order != np.sort(order)), "in order", "in random order", "Batches of neighbours are not random: data often come sorted."
        )
        # among random orders one in a million has as many equal distances, or as many batches of neighbours
        apart = np.bincount(np.diff(order) % m, minlength=m)
        t.holds(
            apart.max() <= 12,
            f"{apart.max()} times index i is followed by i + {apart.argmax()}, counted round",
            "about once",
            "The order follows a pattern: which examples stand side by side must be random, too.",
        )
        for part in (2, 3):  # in random order about one in `part` stays; so many as here in less than one of ten million orders
            stays = np.bincount(order * part // m, weights=order * part // m == np.arange(len(order)) * part // m, minlength=part)
            t.holds(
                np.max(stays) < 0.85 * m / part,
                f"{int(np.max(stays))} of {m // part} examples stay in their {'half' if part == 2 else 'third'} of the data",
                f"about {m // part // part}",
                "Any example may come at any time: shuffle all indices, not parts of them.",
            )
        close = sum(len(batch) > 0 and int(np.ptp(batch)) < m / 3 for batch in batches)
        t.holds(
            close < len(batches) / 2,
            f"{close} of {len(batches)} batches hold neighbours only",
            "batches from all over the data",
            "Shuffle all indices before you cut.",
        )
    fixed = [place for place in range(places) if len({int(np.concatenate(batches)[place]) for batches in epochs}) == 1]
    t.holds(not fixed, f"the same example in place {fixed[:1]} of every epoch", "any example in any place", "Shuffle all indices.")


@minibatches.check(needs=("every_example_once",), domain=True)
def batches_are_full(t, m, batch_size, rng):
    """Every batch has batch_size indices, except that the last one has what is left"""
    for batches in _epochs(t(m, batch_size, rng)):
        sizes = [len(batch) for batch in batches]
        wanted = [min(batch_size, m - start) for start in range(0, m, batch_size)]
        t.holds(sizes == wanted, sizes, wanted, "Fill one batch after the other.")


@minibatches.check()
def randomness_is_the_argument(t, m, batch_size, rng):
    """The order comes from rng: the same seed gives the same batches, another seed or the next epoch others"""
    t.assume(m > batch_size)  # whoever drops a last batch that is not full has none then
    # generators of their own: a call with the very objects of the case has been made before. Of few orders two are now and then the same
    # by accident, four are not
    seeds = (0, 0, 1, 2, 3)
    both = [[np.concatenate([*batches, np.array([], int)]) for batches in _epochs(t(m, batch_size, Seeded(rng.seed + k)))] for k in seeds]
    t.holds(
        any(not np.array_equal(first, second) for first, second in both),
        "the same order twice",
        "another order",
        "Two epochs in a row have the same order. Draw from the rng you were given.",
    )
    first, again, *others = (epochs[0] for epochs in both)
    t.holds(
        np.array_equal(first, again),
        "other batches",
        "the same batches",
        "Two generators with the same seed should give the same batches. Draw from rng alone.",
    )
    t.holds(
        any(not np.array_equal(first, other) for other in others),
        "the same batches",
        "other batches",
        "Another seed gives the same order. Draw it from rng.",
    )


def _cut(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


@minibatches.mistake("The batches are drawn with replacement: some examples come twice, others never. Shuffle once, then cut.")
def with_replacement(m, batch_size, rng):
    return [rng.integers(m, size=min(batch_size, m - start)) for start in range(0, m, batch_size)]


@minibatches.mistake("Each batch is drawn afresh from all examples, so an epoch misses some of them. Shuffle once, then cut.")
def each_batch_afresh(m, batch_size, rng):
    return [rng.choice(m, size=min(batch_size, m - start), replace=False) for start in range(0, m, batch_size)]


@minibatches.mistake("The last, shorter batch is missing, and its examples with it.")
def drops_the_last(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(m // batch_size)]


@minibatches.mistake("The examples are not shuffled: each batch holds neighbours. Data often come sorted.")
def not_shuffled(m, batch_size, rng):
    return _cut(np.arange(m), batch_size)


@minibatches.mistake("You make a generator of your own, so every epoch has the same order. Draw from the rng you were given.")
def a_generator_of_its_own(m, batch_size, rng):
    return _cut(np.random.default_rng(0).permutation(m), batch_size)


@minibatches.mistake("Only the batches are shuffled, or only inside: neighbours stay together. Shuffle all indices before you cut.")
def shuffles_batches_only(m, batch_size, rng):
    batches = _cut(np.arange(m), batch_size)
    return [batches[k] for k in rng.permutation(len(batches))]


@minibatches.mistake("The batches are made equally long. Fill them up to batch_size; only the last may be shorter.")
def evens_out(m, batch_size, rng):
    return np.array_split(rng.permutation(m), -(-m // batch_size))
