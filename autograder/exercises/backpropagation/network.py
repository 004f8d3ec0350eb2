"""The network with one hidden layer, forward and backward. Sources: S1.21, S1.23, S0.21."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Labels, Mapping, Miss, literal, summed

from ._lesson import EXAMPLES, PARAMETERS, both_labels, draw, lesson, logits, network, network_slopes, show_output

_SIZES = ((3, 2, 4), (4, 3, 2), (1, 2, 3), (5, 4, 3))  # examples, inputs, hidden units: never all alike

fnn_forward = lesson.exercise(
    "fnn_forward",
    2,
    "the logits of a network with one hidden layer, and its cache",
    signature="params, X",
    minutes=10,
    difficulty=3,
    program="forward_output",
    returns=Array(lambda params, X: (len(X),)),
    domains={"params": PARAMETERS, "X": EXAMPLES},
    clauses={
        "The logits of the network": "is_linear_tanh_linear rows_stay_apart edges",
        "W1 (n, H), b1 (H,), W2 (H, 1), b2 (1,); X is (m, n)": "edges",
        "Linear, tanh, linear": "is_linear_tanh_linear",
        "Returns (z, cache) with z of shape (m,)": "returns",
    },
    show=show_output("fnn_forward", "params, X"),
    hints=(
        "Three stations: linear, tanh, linear. Each gives its output and a cache.",
        "The last linear layer gives shape (m, 1). The logits have shape (m,): take the only column.",
        "Keep all three caches: each backward function will ask for its own.",
    ),
)


@fnn_forward.cases
def forward_cases(rng):
    for m, n, H in _SIZES:
        yield network(rng, n, H), draw(rng, m, n)


def _scale(params):
    """Hidden values are at most 1, so a logit is a sum of terms no larger than these."""
    return summed(float(np.sum(np.abs(params["W2"])) + np.sum(np.abs(params["b2"]))))


@fnn_forward.check(weight=2, domain=True)
def is_linear_tanh_linear(t, params, X):
    """Each logit is what linear, tanh, linear make of its row"""
    t.equal(t(params, X), logits(params, X), "", _scale(params))


@fnn_forward.check(needs=("is_linear_tanh_linear",))
def rows_stay_apart(t, params, X):
    """An example has the same logit alone and in a batch"""
    t.equal(t(params, X[:1]), logits(params, X)[:1])


@fnn_forward.mistake("There is no tanh between the two layers: two linear layers in a row are one linear layer.")
def no_hidden_activation(params, X):
    return logits(params, X, A=X @ params["W1"] + params["b1"]), None


@fnn_forward.mistake("The hidden layer is a tanh in this network. You took the sigmoid.")
def sigmoid_in_the_middle(params, X):
    return logits(params, X, A=(1 + np.tanh((X @ params["W1"] + params["b1"]) / 2)) / 2), None


@fnn_forward.mistake("These are probabilities. Return the logits: the loss applies the sigmoid itself, where it can do so safely.")
def returns_probabilities(params, X):
    return (1 + np.tanh(logits(params, X) / 2)) / 2, None


@fnn_forward.mistake("The hidden bias b1 is missing.")
def forgets_b1(params, X):
    return logits(params, X, Z=X @ params["W1"]), None


@fnn_forward.mistake("The output bias b2 is missing.")
def forgets_b2(params, X):
    return logits(params, X) - params["b2"][0], None


@fnn_forward.mistake("The tanh is applied to the output as well. A logit may be any number.")
def tanh_at_the_end(params, X):
    return np.tanh(logits(params, X)), None


@fnn_forward.mistake("The logits come as a column, (m, 1). Labels have the shape (m,), and so must they: otherwise the loss broadcasts.")
def column_of_logits(params, X):
    return logits(params, X)[:, None], None


def _shape(key: str, args: tuple) -> tuple:
    params, X, _ = args
    m, H = len(X), len(params["b1"])
    return {"z": (m,), "A": (m, H), "Z": (m, H)}.get(key) or params[key].shape


fnn_backward = lesson.exercise(
    "fnn_backward",
    4,
    "the gradients of the whole network, station by station",
    signature="params, X, y",
    minutes=20,
    difficulty=4,
    program="fnn_there_and_back",
    needs=("fnn_forward",),
    stand_ins={"fnn_forward": lambda params, X: (None, X)},
    returns=Mapping(lambda *_: ("z", "W2", "b2", "A", "Z", "W1", "b1"), lambda key, args: Array(lambda *args: _shape(key, args))),
    show=lambda params, X, y: (
        f"params = {literal(params)}\nX = {literal(X)}\ny = {literal(y)}\n_, cache = fnn_forward(params, X)\nfnn_backward(params, cache, y)"
    ),
    domains={"params": PARAMETERS, "X": EXAMPLES, "y": Labels("m", floats=True)},
    clauses={
        "All gradients of the mean cross-entropy (bce_with_logits), as a dict": "line_z line_W2 line_A line_Z line_b1 line_W1 a_batch_is_the_mean edges",
        "cache is what your fnn_forward returned; y is (m,)": "edges repeats leaves_the_parameters_alone",
        "each gradient in the shape of what it belongs to": "returns",
    },
    hints=(
        "Go through the ledger from its last row up. The loss gives dz; every other line takes the gradient that came last.",
        "linear_backward wants dY with two axes: dz[:, None] turns (m,) into (m, 1).",
        "The backward function of the second layer gives dA, dW2 and db2 at once; the tanh turns dA into dZ; the first layer gives dW1 and db1.",
        "If a line fails and all before it hold, the mistake is in that line: the check goes through them in backward order.",
    ),
)


@fnn_backward.cases
def backward_cases(rng):
    for m, n, H in _SIZES:
        yield network(rng, n, H), draw(rng, m, n), both_labels(rng, m)


def _line(key: str, sentence: str, why: str, needs: tuple[str, ...], weight: float = 1.0):
    def check(t, params, X, y):
        reach = float(np.sum(np.abs(params["W2"])) + 1) * float(np.max(np.abs(X)) + 1)
        t.equal(t(params, X, y)[key], network_slopes(params, X, y, key)[key], why, summed(reach))

    check.__name__, check.__doc__ = f"line_{key}", sentence
    fnn_backward.check(weight=weight, needs=needs, domain=True)(check)


_line("z", "z: the slope of the mean loss with respect to each logit", "The loss is a mean over the batch.", ())
_line("b2", "b2: the slope with respect to the output bias", "b2 is added to every logit.", ("line_z",), 0.5)
_line("W2", "W2: the slope with respect to each output weight", "Which quantity multiplies W2 in the forward pass?", ("line_z",))
_line(
    "A",
    "A: the slope with respect to each hidden value",
    "A[i, j] reaches the loss through logit i, with the weight W2[j, 0].",
    ("line_z",),
)
_line("Z", "Z: the slope with respect to each value before the tanh", "Upstream times the slope of tanh, entry by entry.", ("line_A",))
_line("b1", "b1: the slope with respect to each hidden bias", "b1 is added to every example.", ("line_Z",))
_line("W1", "W1: the slope with respect to each hidden weight", "Which quantity multiplies W1 in the forward pass?", ("line_Z",))


@fnn_backward.check(weight=0.5, needs=("line_W1", "line_W2"))
def a_batch_is_the_mean(t, params, X, y):
    """The gradient of a batch is the mean of its examples' gradients"""
    alone = t.each([(params, X[i : i + 1], y[i : i + 1]) for i in range(len(X))])
    batch = t(params, X, y)
    for key in ("W1", "b1", "W2", "b2"):
        t.equal(batch[key], np.mean([one[key] for one in alone], axis=0))


@fnn_backward.check(weight=0.5, needs=("line_z",))
def leaves_the_parameters_alone(t, params, X, y):
    """It leaves the parameters as they are"""
    t(params, X, y)
    if t.calls[-1].outcome.mutated:
        raise Miss(
            "changed inputs",
            "the inputs as they were",
            "Backpropagation only computes the gradient. The update is another step, after all gradients are there.",
        )


def _changed(params, X, y, **changes):
    """The right gradients with some lines replaced, and the lines that follow. (With the stand-in the cache is X itself.)"""
    g = network_slopes(params, X, y) | changes
    A = np.tanh(X @ params["W1"] + params["b1"])
    if "A" in changes:
        g["Z"] = g["A"] * (1 - A**2)
    return g | {"W1": np.einsum("mn,mh->nh", X, g["Z"]), "b1": np.einsum("mh->h", g["Z"])}


@fnn_backward.mistake("The hidden slope is missing: dA goes straight into the first layer. Between A and Z stands the tanh.")
def no_hidden_derivative(params, X, y):
    g = network_slopes(params, X, y)
    return _changed(params, X, y, Z=g["A"])


@fnn_backward.mistake("The slope of tanh is computed from Z as if it were A. What did the forward pass keep in the cache?")
def uses_preactivation(params, X, y):
    Z = X @ params["W1"] + params["b1"]
    return _changed(params, X, y, Z=network_slopes(params, X, y)["A"] * (1 - Z**2))


@fnn_backward.mistake("W2 is updated before dA is computed. The gradient belongs to one point: compute all of it with the old weights.")
def stale_W2(params, X, y):
    g = network_slopes(params, X, y)
    params["W2"] -= 0.1 * g["W2"]
    return _changed({**params, "W2": params["W2"]}, X, y) | {"z": g["z"], "W2": g["W2"], "b2": g["b2"]}


@fnn_backward.mistake("The gradient of b1 is missing. Every parameter needs one, the biases too.")
def missing_db1(params, X, y):
    return {key: value for key, value in _changed(params, X, y).items() if key != "b1"}


@fnn_backward.mistake("Everything is m times too large: this is the gradient of the summed loss. The 1/m belongs into dz.")
def sum_not_mean(params, X, y):
    return {key: len(X) * value for key, value in _changed(params, X, y).items()}


@fnn_backward.mistake("dz has a factor s(1 - s) too many: s - y is the slope with respect to the logit already.")
def slope_of_the_sigmoid_twice(params, X, y):
    s = (1 + np.tanh(logits(params, X) / 2)) / 2
    g = _changed(params, X, y)
    scale = (s * (1 - s))[:, None]
    Z, A = g["Z"] * scale, g["A"] * scale
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    dz = g["z"] * s * (1 - s)
    return {"z": dz, "W2": hidden.T @ dz[:, None], "b2": dz.sum(keepdims=True), "A": A, "Z": Z, "W1": X.T @ Z, "b1": Z.sum(0)}


@fnn_backward.mistake("db1 is a mean over the examples. The 1/m is in dz already; here the contributions add up.")
def b1_averaged(params, X, y):
    g = _changed(params, X, y)
    return g | {"b1": g["Z"].mean(0)}


@fnn_backward.mistake("The slope is the sigmoid's, A(1 - A). The hidden layer of this network is a tanh.")
def slope_of_a_sigmoid(params, X, y):
    A = np.tanh(X @ params["W1"] + params["b1"])
    return _changed(params, X, y, Z=network_slopes(params, X, y)["A"] * A * (1 - A))
