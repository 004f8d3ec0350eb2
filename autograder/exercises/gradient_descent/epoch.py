"""One pass through the mini-batches."""

from __future__ import annotations

import functools

import numpy as np

from autograder.writing import ITERATED, Array, Function, Given, OneOf, Reals, Step, Tolerance

from ._lesson import lesson, place

_SQUARES = Function("2 * X.T @ (X @ theta - y) / len(y)", args="theta, X, y", name="grad")
_SOFTER = Function("X.T @ np.tanh(X @ theta - y) / len(y)", args="theta, X, y", name="grad")


def _some_batches(sample) -> list[np.ndarray]:
    """All examples in a random order, cut unevenly."""
    order = sample.rng.permutation(sample.size("m"))
    return [batch for batch in np.split(order, [1, 3]) if len(batch)]


sgd_epoch = lesson.exercise(
    "sgd_epoch",
    1,
    "one pass through the batches",
    signature="grad, theta, X, y, eta, batches",
    minutes=6,
    difficulty=2,
    returns=Array(lambda grad, theta, X, y, eta, batches: np.shape(theta)),
    domains={
        "X": Reals("m n", high=4, low=0.1),
        "y": Reals("m", high=100, zeros=True),
        "theta": Reals("n", high=100, zeros=True, whole=False),
        "grad": OneOf(_SQUARES),
        "eta": Step(positive=True, high=0.2),
        "batches": Given(_some_batches),
    },
    clauses={
        "after one step for each batch": "one_step_a_batch leaves_theta_alone",
        "is the gradient of the mean loss over the examples": "one_step_a_batch takes_the_gradient_it_is_given",
        "batches is a list of arrays of indices": "one_step_a_batch edges",
    },
    hints=(
        "For each batch: the rows of X and the entries of y with these indices, their gradient, one step.",
        "X[batch] picks rows. The gradient of the next batch is taken at the point you have reached.",
    ),
)


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
    theta, X, y, batches = place(rng, 2), place(rng, (6, 2)), place(rng, 6, 2), np.split(rng.permutation(6), 3)
    for start, targets, eta in ((theta, y, 0.1), (theta, y, 0.15), (theta, -y, 0.15), (-theta, -y, 0.15)):  # one thing is another each time
        yield _SQUARES, start, X, targets, eta, batches


@sgd_epoch.check(weight=3, domain=True)
def one_step_a_batch(t, grad, theta, X, y, eta, batches):
    """It takes one step for each batch, each from where the last one ended"""
    t.assume(0 < eta <= 0.2 and np.max(np.abs(X)) <= 4)
    # a step on squares is an affine map of theta; in one more dimension the epoch is a product of matrices
    n, epoch = len(theta), np.eye(len(theta) + 1)
    for batch in batches:
        A, b = X[batch], y[batch]
        step = np.eye(n + 1)
        step[:n, :n] -= 2 * eta / len(batch) * A.T @ A
        step[:n, n] = 2 * eta / len(batch) * A.T @ b
        epoch = step @ epoch
    end = (epoch @ np.append(theta, 1.0))[:n]
    rounding = 1e-12 * float(np.max(np.abs(epoch[:n])) * (1 + np.max(np.abs(theta))))
    t.equal(t(grad, theta, X, y, eta, batches), end, "", Tolerance(ITERATED.rtol, ITERATED.atol + rounding, ITERATED.reason))


def other_losses(rng):
    """A loss that is no mean of squares."""
    for m, n, size in ((6, 2, 4), (7, 3, 3)):
        X, y = place(rng, (m, n)), place(rng, m, 2)
        yield _SOFTER, place(rng, n), X, y, 0.2, np.array_split(rng.permutation(m), range(size, m, size))


@sgd_epoch.check(weight=0.5, cases=other_losses, needs=("one_step_a_batch",))
def takes_the_gradient_it_is_given(t, grad, theta, X, y, eta, batches):
    """It takes the gradient from grad, whatever the loss"""
    t.assume(0 < eta <= 0.2)
    end = functools.reduce(lambda now, batch: now - eta * grad(now, X[batch], y[batch]), batches, theta)
    t.equal(t(grad, theta, X, y, eta, batches), end, "The loss here is another one; grad knows its gradient.", ITERATED)


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
