"""The network of lesson 07 with the engine."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Mapping

from ..backpropagation._lesson import both_labels, draw, logits, mean_bce, network, network_slopes
from ._lesson import lesson

_KEYS = ("W1", "b1", "W2", "b2")

engine_gradients = lesson.exercise(
    "engine_gradients",
    2,
    "loss and gradients of a network, by your engine",
    signature="params, X, y",
    minutes=12,
    difficulty=4,
    needs=("Tensor", "tensor_add", "tensor_mul", "tensor_matmul", "tensor_mean", "tensor_reshape", "elementwise", "backward"),
    clauses={
        "The loss of the network, a number, and its gradients": "loss_is_the_mean output_layer hidden_layer repeats edges",
        "params holds the arrays W1": "edges leaves_arguments_alone",
        "constants such as X and y go in as Tensors too": "prose",
        "Worked out by hand": "prose",
    },
    returns=Items(Array(), Mapping(lambda *_: _KEYS, lambda name, args: Array(lambda params, X, y: params[name].shape))),
    hints=(
        "Make a Tensor of each parameter first and keep them in a dict: after backward their .grad is the answer.",
        "Write the forward pass with your operations: matmul, add, elementwise with np.tanh, matmul, add, reshape to the shape of y.",
        "The loss of one example is log(1 + exp(z)) - y z. np.logaddexp(0, z) is the first part; its slope is the sigmoid.",
        "Take the mean, call backward on it, and collect the gradients.",
    ),
)


@engine_gradients.cases
def network_cases(rng):
    for m, n, H in ((3, 2, 4), (4, 3, 2), (5, 2, 3)):
        yield network(rng, n, H), draw(rng, m, n), both_labels(rng, m)


@engine_gradients.edges
def awkward_networks(rng):
    """One example, one unit, one input; whole numbers; labels all alike; weights of 0; two networks on the same data."""
    for m, n, H in ((1, 2, 3), (2, 1, 1), (1, 1, 1), (2, 2, 2)):
        yield network(rng, n, H), draw(rng, m, n), both_labels(rng, m)
    params, X, y = network(rng, 2, 3), draw(rng, 4, 2), both_labels(rng, 4)
    yield params, X, y.astype(int)
    yield params, X, 0 * y
    yield params, X, 0 * y + 1
    yield params, np.array([[1, -2], [0, 3], [2, 2], [0, 0]]), y
    yield {name: 0 * array if name == "W2" else array for name, array in params.items()}, X, y
    yield {name: np.array(np.sign(array), dtype=int) for name, array in params.items()}, X, y
    yield network(rng, 2, 3), X, y
    yield params, draw(rng, 4, 2), y


@engine_gradients.check(weight=0.5, domain=True)
def loss_is_the_mean(t, params, X, y):
    """The loss is the mean cross-entropy"""
    t.equal(t(params, X, y)[0], float(mean_bce(logits(params, X), y)))


@engine_gradients.check(domain=True)
def output_layer(t, params, X, y):
    """W2 and b2 have the slopes of the loss"""
    given, wanted = t(params, X, y)[1], network_slopes(params, X, y, "W2", "b2")
    for name in wanted:
        t.equal(given[name], wanted[name], f"This is {name}.")


@engine_gradients.check(domain=True)
def hidden_layer(t, params, X, y):
    """W1 and b1 have the slopes of the loss"""
    given, wanted = t(params, X, y)[1], network_slopes(params, X, y, "W1", "b1")
    for name in wanted:
        t.equal(given[name], wanted[name], f"This is {name}.")


def _parts(params, X, y):
    return float(mean_bce(logits(params, X), y)), network_slopes(params, X, y, *_KEYS)


@engine_gradients.mistake("The loss is a sum here. Take the mean, in the engine, so that the gradient gets its 1/m as well.")
def sum_of_the_losses(params, X, y):
    loss, g = _parts(params, X, y)
    return loss * len(y), {name: len(y) * value for name, value in g.items()}


@engine_gradients.mistake("The number you return is the mean, and the node you start from is the sum: call backward on the mean.")
def backward_from_the_sum(params, X, y):
    loss, g = _parts(params, X, y)
    return loss, {name: len(y) * value for name, value in g.items()}


@engine_gradients.mistake("The gradients are twice too large: backward was called twice, and leaves accumulate.")
def backward_twice(params, X, y):
    loss, g = _parts(params, X, y)
    return loss, {name: 2 * value for name, value in g.items()}


@engine_gradients.mistake("W1 and b1 have the gradient 0: the chain is cut. Somewhere .data went on where the Tensor should have.")
def chain_is_cut(params, X, y):
    loss, g = _parts(params, X, y)
    return loss, g | {name: 0 * g[name] for name in ("W1", "b1")}


@engine_gradients.mistake("The slope you gave for tanh is not its slope. It is 1 - tanh(z)**2, at the input z.")
def slope_of_tanh_missing(params, X, y):
    loss, g = _parts(params, X, y)
    dA = network_slopes(params, X, y, "A")["A"]
    return loss, g | {"W1": X.T @ dA, "b1": dA.sum(0)}
