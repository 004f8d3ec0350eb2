"""The training loop: epochs of mini-batches, for any model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from autograder.writing import ITERATED, Array, Domain, Function, Given, Items, Mapping, OneOf, Reals, Seed, Seeded, Step

from ._lesson import lesson, numbers

# a line, whose descent has a closed form
_LINE = Function(
    "(np.mean((X @ params['w'] + params['b'] - y)**2), "
    "{'w': 2*X.T @ (X @ params['w'] + params['b'] - y)/len(y), 'b': 2*np.mean(X @ params['w'] + params['b'] - y)})",
    args="params, X, y",
    name="line",
)


@dataclass(frozen=True)
class _Line(Domain):
    """The parameters of `_LINE` for the columns of X."""

    def draw(self, sample, mood: str):
        """A dict with the slopes w and the intercept b."""
        return {"w": numbers(sample.rng, sample.size("n")), "b": round(float(sample.rng.uniform(-1, 1)), 2)}


train_fnn = lesson.exercise(
    "train_fnn",
    2,
    "train any model by mini-batches",
    signature="loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng",
    minutes=15,
    difficulty=4,
    tolerance=None,
    returns=Items(
        Mapping(lambda *args: tuple(args[1]), lambda key, args: Array(np.shape(args[1][key]))),
        Array(lambda *args: (args[5] + 1,)),
    ),
    domains={
        "X": Reals("m n", high=1.6, low=0.1, whole=False),
        "y": Reals("m", high=10),
        "params": _Line(),
        "loss_and_grads": OneOf(_LINE),
        "eta": Step(positive=True, high=0.1),
        "n_epochs": OneOf(3, 1, 0, 5),
        "batch_size": Given(lambda sample: sample.size("m") + sample.round % 2),
        "rng": Seed(),
    },
    clauses={
        "The trained parameters, and an array": "each_step_starts_where_the_last_ended one_batch_is_gradient_descent records_the_loss edges",
        "gives the mean loss over the rows": "one_batch_is_gradient_descent records_the_loss records_all_examples",
        "Each epoch goes once through all examples": "every_example_once_an_epoch batches_are_mixed batches_are_random",
        "params stays as it is": "leaves_params_alone",
    },
    hints=(
        "Two loops: over the epochs, and inside it over the batches. The order is drawn anew in each epoch: rng.permutation(len(y)).",
        "One step: the gradients of the batch, then a new dict with every parameter minus eta times its gradient.",
        "The record starts with the loss over all examples before training, and gets one more after every epoch.",
    ),
)


def _lines(rng, sizes):
    for m, n, epochs in sizes:
        yield {"w": numbers(rng, n), "b": round(float(rng.uniform(-1, 1)), 2)}, numbers(rng, (m, n)), numbers(rng, m, 3), epochs


@train_fnn.cases
def whole_batches(rng):
    """One batch holds all: then nothing is random, and training is gradient descent."""
    for params, X, y, epochs in _lines(rng, ((6, 2, 4), (5, 3, 3), (7, 1, 5))):
        yield _LINE, params, X, y, round(float(rng.uniform(0.05, 0.15)), 2), epochs, len(y), Seeded(int(rng.integers(1, 1000)))


def _path(params, X, y, eta, n) -> np.ndarray:
    """The points (b, w) of gradient descent on a line: powers of a matrix."""
    A = np.column_stack([np.ones(len(X)), X])
    best, start = np.linalg.pinv(A) @ y, np.append(params["b"], params["w"])
    step = np.eye(len(best)) - 2 * eta / len(y) * A.T @ A
    return np.array([best + np.linalg.matrix_power(step, k) @ (start - best) for k in range(n + 1)])


@train_fnn.check(weight=2, domain=True)
def one_batch_is_gradient_descent(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """With one batch of all examples it is gradient descent, for every parameter"""
    t.assume(0 < eta <= 0.2 and np.max(np.abs(X)) < 3 and batch_size >= len(y))
    A = np.column_stack([np.ones(len(X)), X])
    t.assume(np.linalg.matrix_rank(A) == A.shape[1])
    trained, _ = t(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng)
    end = _path(params, X, y, eta, n_epochs)[-1]
    t.equal(np.append(trained["b"], trained["w"]), end, "Here are b and w after training.", ITERATED)


@train_fnn.check(needs=("one_batch_is_gradient_descent",), domain=True)
def records_the_loss(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """The record holds the loss over all examples before training and after every epoch"""
    t.assume(0 < eta <= 0.2 and np.max(np.abs(X)) < 3 and batch_size >= len(y))
    A = np.column_stack([np.ones(len(X)), X])
    t.assume(np.linalg.matrix_rank(A) == A.shape[1])
    _, losses = t(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng)
    wanted = np.mean((_path(params, X, y, eta, n_epochs) @ A.T - y) ** 2, axis=1)
    t.equal(losses, wanted, "", ITERATED)


def random_batches(rng):
    """Many rows of a line, in small batches: the order matters."""
    for params, X, y, _ in _lines(rng, ((17, 2, 1), (15, 3, 1))):
        yield _LINE, params, X, y, 0.05, 2, 4, Seeded(int(rng.integers(1, 1000)))


@train_fnn.check(weight=2, cases=random_batches, needs=("one_batch_is_gradient_descent",))
def batches_are_random(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """The batches are drawn from rng, anew in every epoch"""
    t.assume(0.01 < eta <= 0.2 and np.all(np.ptp(X, axis=0) > 0))
    run = lambda params, epochs, seed: t(loss_and_grads, params, X, y, eta, epochs, batch_size, Seeded(seed))[0]
    once, again, other = run(params, 2, rng.seed), run(params, 2, rng.seed), run(params, 2, rng.seed + 1)
    t.holds(
        np.array_equal(once["w"], again["w"]),
        "another result",
        "the same result",
        "Training twice with the same seed should give the same. Draw from rng alone.",
    )
    t.holds(
        not np.array_equal(once["w"], other["w"]),
        "the same result",
        "another result",
        "Another seed changes nothing. Shuffle the examples with rng.",
    )
    half = run(params, 1, rng.seed)
    half = {"w": half["w"], "b": float(half["b"])}
    t.holds(
        not np.allclose(run(half, 1, rng.seed)["w"], once["w"], rtol=1e-12, atol=0),
        "the first epoch's order again",
        "a new order",
        "The second epoch has the order of the first. Draw a new one from rng.",
    )


# a model whose gradient is the same for all rows: an epoch is as many steps as there are batches, in whatever order
_DECAY = Function(
    "(np.sum(params['w']**2) + 0.25*params['b']**2, {'w': 2*params['w'], 'b': 0.5*params['b']})", args="params, X, y", name="decay"
)


def steep_and_gentle(rng):
    """Several batches in each epoch of a model that asks no row. Once the loss falls, once it rises."""
    for eta, m, batch_size in ((0.05, 8, 3), (1.3, 6, 2), (1.3, 7, 7)):
        params = {"w": numbers(rng, 2), "b": round(float(rng.uniform(0.5, 1)), 2)}
        yield _DECAY, params, numbers(rng, (m, 2)), numbers(rng, m), eta, 2, batch_size, Seeded(int(rng.integers(1, 1000)))


@train_fnn.check(cases=steep_and_gentle, needs=("one_batch_is_gradient_descent",))
def each_step_starts_where_the_last_ended(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """Each batch is a step of its own from where the last one ended, and what comes back is where all of them ended"""
    t.assume(batch_size > 0 and loss_and_grads.expr == _DECAY.expr)
    steps = math.ceil(len(y) / batch_size)
    path = (1 - eta * np.array([0.5, 2, 2])) ** (steps * np.arange(n_epochs + 1.0))[:, None] * np.append(params["b"], params["w"])
    trained, losses = t(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng)
    why = f"The gradient is that of all rows whatever the batch, so an epoch is {steps} step{'s' * (steps > 1)} of gradient descent."
    t.equal(np.append(trained["b"], trained["w"]), path[-1], why, ITERATED)
    t.equal(losses, path**2 @ [0.25, 1, 1], why, ITERATED)


@train_fnn.check(weight=0.5, cases=random_batches, needs=("one_batch_is_gradient_descent",))
def leaves_params_alone(t, loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """params are the same afterwards"""
    t.assume(0.01 < eta <= 0.2)
    t(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng)
    t.holds(
        not t.calls[-1].outcome.mutated,
        "params were changed",
        "params unchanged",
        "The caller's params have changed; -= writes into them. Make new arrays and a new dict.",
    )


def _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, order_of, *, update=None, last=0):
    """A training loop with one thing done differently."""
    update = update or (lambda params, grads: {key: params[key] + (-eta) * grads[key] for key in params})
    losses = [loss_and_grads(params, X, y)[0]]
    for _ in range(n_epochs):
        order = order_of(len(y))
        for k in range(math.ceil(len(y) / batch_size) - last):
            rows = order[k * batch_size : (k + 1) * batch_size]
            params = update(params, loss_and_grads(params, X[rows], y[rows])[1])
        losses.append(loss_and_grads(params, X, y)[0])
    return params, losses


@train_fnn.mistake("The examples are not shuffled: every epoch has the same batches of neighbours. Draw an order from rng.")
def not_shuffled(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, np.arange)


@train_fnn.mistake("You make a generator of your own. Draw the order from the rng you were given.")
def a_generator_of_its_own(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, np.random.default_rng(0).permutation)


@train_fnn.mistake("The order is drawn once, before the epochs. Draw a new one in each.")
def one_order_for_all_epochs(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    order = rng.permutation(len(y))
    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, lambda m: order)


@train_fnn.mistake("Training goes uphill: subtract eta times the gradient.")
def uphill(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    return _train(loss_and_grads, params, X, y, -eta, n_epochs, batch_size, rng.permutation)


@train_fnn.mistake("Only the weights move. Biases are parameters too: loop over all keys of the dict.")
def weights_only(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    update = lambda params, grads: {key: value - eta * grads[key] if np.ndim(value) else value for key, value in params.items()}
    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng.permutation, update=update)


@train_fnn.mistake("The last batch of every epoch is left out.")
def drops_the_last_batch(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng.permutation, last=1)


@train_fnn.mistake("Every step uses all examples, so the batches do nothing. Give loss_and_grads the rows of the batch.")
def all_examples_in_every_step(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    wide = lambda params, rows, labels: loss_and_grads(params, X, y)
    return _train(wide, params, X, y, eta, n_epochs, batch_size, rng.permutation)


@train_fnn.mistake("One step an epoch: the return, or the update, stands outside the loop over the batches.")
def one_step_an_epoch(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    return _train(loss_and_grads, params, X, y, eta, n_epochs, len(y), rng.permutation)


@train_fnn.mistake("The record is one behind: it should start before training and end after the last epoch.")
def record_starts_late(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    trained, losses = _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng.permutation)
    return trained, losses[1:]


@train_fnn.mistake("The training is right, and the caller's params were changed with it: -= writes into the arrays you were given.")
def moves_params(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    def update(now, grads):
        for key in now:
            now[key] -= eta * grads[key]
        return now

    return _train(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng.permutation, update=update)
