"""Mini-batches: cutting the data, and an epoch."""

from __future__ import annotations

import numpy as np

from autograder.writing import ITERATED, Anything, Array, Function, Miss, Seeded

from ._lesson import lesson, place

minibatches = lesson.exercise(
    "minibatches",
    2,
    "cut the examples into random batches",
    signature="m, batch_size, rng",
    minutes=8,
    difficulty=3,
    program="two_epochs",
    returns=Anything(),
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


@minibatches.check(weight=2)
def every_example_once(t, m, batch_size, rng):
    """Every index from 0 to m - 1 is in exactly one batch, in random order"""
    for batches in _epochs(t(m, batch_size, rng)):
        order = np.concatenate(batches) if batches else np.array([], int)
        missing = sorted(set(range(m)) - set(order.tolist()))
        t.holds(
            not missing, f"without {missing[:6]}", f"all of 0 … {m - 1}", "Some examples are in no batch, so they are never learned from."
        )
        t.holds(len(order) == m, f"{len(order)} indices", f"{m} indices", "Some examples are in more than one batch.")
        t.holds(
            np.any(order != np.sort(order)), "in order", "in random order", "Batches of neighbours are not random: data often come sorted."
        )


@minibatches.check(needs=("every_example_once",))
def batches_are_full(t, m, batch_size, rng):
    """Every batch has batch_size indices, except that the last one has what is left"""
    for batches in _epochs(t(m, batch_size, rng)):
        sizes = [len(batch) for batch in batches]
        wanted = [min(batch_size, m - start) for start in range(0, m, batch_size)]
        t.holds(sizes == wanted, sizes, wanted, "Fill one batch after the other.")


@minibatches.check(needs=("every_example_once",))
def randomness_is_the_argument(t, m, batch_size, rng):
    """The order comes from rng: the same seed gives the same batches, another seed or the next epoch others"""
    # generators of their own: a call with the very objects of the case has been made before
    drawn = (t(m, batch_size, Seeded(rng.seed + k)) for k in (0, 0, 1))
    first, second = (np.concatenate(batches) for batches in _epochs(next(drawn)))
    t.holds(
        not np.array_equal(first, second),
        "the same order twice",
        "another order",
        "Two epochs in a row have the same order. Draw from the rng you were given.",
    )
    again = np.concatenate(_epochs(next(drawn))[0])
    t.holds(
        np.array_equal(first, again),
        "other batches",
        "the same batches",
        "Two generators with the same seed should give the same batches. Draw from rng alone.",
    )
    other = np.concatenate(_epochs(next(drawn))[0])
    t.holds(not np.array_equal(first, other), "the same batches", "other batches", "Another seed gives the same order. Draw it from rng.")


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


sgd_epoch = lesson.exercise(
    "sgd_epoch",
    1,
    "one pass through the batches",
    signature="grad, theta, X, y, eta, batches",
    minutes=6,
    difficulty=2,
    returns=Array(lambda grad, theta, X, y, eta, batches: np.shape(theta)),
    hints=(
        "For each batch: the rows of X and the entries of y with these indices, their gradient, one step.",
        "X[batch] picks rows. The gradient of the next batch is taken at the point you have reached.",
    ),
)

_SQUARES = Function("2 * X.T @ (X @ theta - y) / len(y)", args="theta, X, y", name="grad")


@sgd_epoch.cases
def epochs(rng):
    for m, n, size in ((7, 2, 3), (8, 3, 2), (9, 2, 4)):
        X, y = place(rng, (m, n)), place(rng, m, 2)
        yield (
            _SQUARES,
            place(rng, n),
            X,
            y,
            round(float(rng.uniform(0.05, 0.2)), 2),
            np.array_split(rng.permutation(m), range(size, m, size)),
        )


@sgd_epoch.check(weight=3)
def one_step_a_batch(t, grad, theta, X, y, eta, batches):
    """It takes one step for each batch, each from where the last one ended"""
    t.assume(0 < eta <= 0.2 and np.max(np.abs(X)) < 3)
    # a step on squares is an affine map of theta; in one more dimension the epoch is a product of matrices
    n, epoch = len(theta), np.eye(len(theta) + 1)
    for batch in batches:
        A, b = X[batch], y[batch]
        step = np.eye(n + 1)
        step[:n, :n] -= 2 * eta / len(batch) * A.T @ A
        step[:n, n] = 2 * eta / len(batch) * A.T @ b
        epoch = step @ epoch
    t.equal(t(grad, theta, X, y, eta, batches), (epoch @ np.append(theta, 1.0))[:n], "", ITERATED)


@sgd_epoch.check(weight=0.5, needs=("one_step_a_batch",))
def leaves_theta_alone(t, grad, theta, X, y, eta, batches):
    """theta is the same afterwards"""
    t(grad, theta, X, y, eta, batches)
    t.holds(
        not t.calls[-1].outcome.mutated,
        "theta was changed",
        "theta unchanged",
        "The caller's theta has changed; theta -= … writes into it. Make a new array.",
    )


def _epoch(step, theta, batches):
    for batch in batches:
        theta = step(theta, batch)
    return theta


@sgd_epoch.mistake("All gradients are taken at the same theta. Each batch's gradient belongs to the point that the last step reached.")
def all_at_the_start(grad, theta, X, y, eta, batches):
    return _epoch(lambda now, b: now - eta * grad(theta, X[b], y[b]), theta, batches)


@sgd_epoch.mistake("Every step uses all the data. Give grad the rows of the batch only.")
def uses_all_data(grad, theta, X, y, eta, batches):
    return _epoch(lambda now, b: now - eta * grad(now, X, y), theta, batches)


@sgd_epoch.mistake("You walk uphill: subtract eta times the gradient.")
def uphill(grad, theta, X, y, eta, batches):
    return _epoch(lambda now, b: now + eta * grad(now, X[b], y[b]), theta, batches)


@sgd_epoch.mistake("Only the first batch is used: the return stands inside the loop.")
def returns_in_the_loop(grad, theta, X, y, eta, batches):
    return theta - eta * grad(theta, X[batches[0]], y[batches[0]])


@sgd_epoch.mistake("The mean of the batches' gradients makes one step. An epoch makes one step for each batch.")
def one_step_for_all(grad, theta, X, y, eta, batches):
    return theta - eta * np.mean([grad(theta, X[b], y[b]) for b in batches], axis=0)


@sgd_epoch.mistake("The numbers are right, and the caller's theta was changed with them. Write theta = theta - …")
def moves_theta(grad, theta, X, y, eta, batches):
    for b in batches:
        theta -= eta * grad(theta, X[b], y[b])
    return theta.copy()
