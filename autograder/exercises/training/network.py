"""The network of lesson 07 with several outputs: where it starts and what it computes."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Mapping, OneOf, Reals, Seed, Seeded

from ._lesson import PARAMETERS, Network, lesson, scores_of, shapes, small_inputs

init_fnn = lesson.exercise(
    "init_fnn",
    1,
    "random parameters to start from",
    signature="n_in, n_hidden, n_out, rng",
    minutes=6,
    difficulty=2,
    tolerance=None,
    returns=Mapping(lambda *args: PARAMETERS, lambda key, args: Array(shapes(*args[:3])[key])),
    domains={"n_in": OneOf(3, 1, 5, 2), "n_hidden": OneOf(4, 1, 2), "n_out": OneOf(2, 5, 1, 3), "rng": Seed()},
    clauses={
        "Parameters to start from": "returns",
        "W1 is drawn from rng with mean 0": "W1_has_the_right_size W2_has_the_right_size all_weights_are_drawn randomness_is_the_argument",
        "Biases are zero": "biases_are_zero",
    },
    hints=(
        "rng.normal(size=(rows, columns)) draws numbers with standard deviation 1; multiply to get another.",
        "W1 has n_in rows, so its standard deviation is 1/√n_in. W2 has n_hidden rows, and is ten times smaller still.",
        "Biases may start at zero. Weights may not: units that are equal, on the way in and on the way out, stay equal.",
    ),
)


@init_fnn.cases
def sizes(rng):
    for n_in, n_hidden, n_out in ((64, 40, 10), (100, 50, 6), (50, 60, 8), (9, 300, 20), (400, 30, 40)):
        yield n_in, n_hidden, n_out, Seeded(int(rng.integers(1, 10_000)))


def _is_normal(t, W, name: str, factor: float):
    """Miss unless the entries of W have mean 0 and the standard deviation factor/√rows."""
    rows = len(W)
    wanted = factor / np.sqrt(rows)
    # seven standard errors of a spread, of a mean: rng is seeded, but nobody should fail by bad luck
    t.holds(
        abs(W.std() / wanted - 1) < 7 / np.sqrt(2 * W.size),
        f"{name} with standard deviation {W.std():.3g}",
        f"about {wanted:.3g}",
        f"{name} has {rows} rows; its entries are {'' if factor == 1 else 'a tenth of '}1/√{rows} in size.",
    )
    t.holds(
        abs(W.mean()) < 7 * wanted / np.sqrt(W.size),
        f"{name} with mean {W.mean():.3g}",
        "about 0",
        "Positive and negative weights should be equally likely.",
    )


@init_fnn.check()
def W1_has_the_right_size(t, n_in, n_hidden, n_out, rng):
    """The entries of W1 are random, with mean 0 and the standard deviation asked for"""
    _is_normal(t, t(n_in, n_hidden, n_out, rng)["W1"], "W1", 1.0)


@init_fnn.check()
def W2_has_the_right_size(t, n_in, n_hidden, n_out, rng):
    """The entries of W2 are random, with mean 0 and the standard deviation asked for"""
    _is_normal(t, t(n_in, n_hidden, n_out, rng)["W2"], "W2", 0.1)


@init_fnn.check(weight=0.5, needs=("W1_has_the_right_size",))
def all_weights_are_drawn(t, n_in, n_hidden, n_out, rng):
    """Every weight is drawn by itself: no two units start alike"""
    params = t(n_in, n_hidden, n_out, rng)
    for name in ("W1", "W2"):
        different = len(np.unique(params[name]))
        t.holds(
            different == params[name].size,
            f"{different} different numbers in {name}",
            f"{params[name].size} of them",
            "Units that start alike get the same gradient and stay alike.",
        )
    plain = [np.round(params["W1"] * np.sqrt(n_in), 9), np.round(params["W2"] * 10 * np.sqrt(n_hidden), 9)]
    twice = len(np.intersect1d(*plain))
    t.holds(
        twice < 0.01 * min(W.size for W in plain),
        f"{twice} numbers of W1 in W2, scaled",
        "numbers of their own",
        "W2 is made of the numbers that W1 is made of. Draw both from rng, one after the other.",
    )


@init_fnn.check()
def randomness_is_the_argument(t, n_in, n_hidden, n_out, rng):
    """The same seed gives the same weights, another seed others"""
    first, again, other = (
        np.concatenate([np.ravel(params[name]) for name in ("W1", "W2")])
        for params in (t(n_in, n_hidden, n_out, Seeded(rng.seed + k)) for k in (0, 0, 1))
    )
    t.holds(
        np.array_equal(first, again),
        "other weights",
        "the same weights",
        "Two generators with the same seed should give the same weights. Draw from rng alone.",
    )
    t.holds(not np.any(first == other), "the same weights", "other weights", "Another seed gives the same weights. Draw them from rng.")
    many = {float(t(3, 2, 2, Seeded(rng.seed + k))["W1"][0, 0]) for k in range(20)}
    why = "Of 20 generators some gave the same weights. Draw the weights themselves from rng, not a seed from a few."
    t.holds(len(many) == 20, f"{len(many)} different weights from 20 seeds", "20 different ones", why)


@init_fnn.check(needs=("randomness_is_the_argument",), domain=True)
def biases_are_zero(t, n_in, n_hidden, n_out, rng):
    """The biases are zero"""
    params = t(n_in, n_hidden, n_out, rng)
    for name in ("b1", "b2"):
        t.equal(params[name], np.zeros_like(params[name]))


def _start(n_in, n_hidden, n_out, draw, first=1.0, second=0.1):
    return {
        "W1": first * draw((n_in, n_hidden)) / np.sqrt(n_in), "b1": np.zeros(n_hidden),
        "W2": second * draw((n_hidden, n_out)) / np.sqrt(n_hidden), "b2": np.zeros(n_out),
    }  # fmt: skip


@init_fnn.mistake("All weights are zero. Then every hidden unit computes the same, gets the same gradient, and stays the same for ever.")
def all_zero(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, np.zeros)


@init_fnn.mistake("All weights are equal. Then all hidden units are equal and stay so: draw them at random.")
def all_equal(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, np.ones)


@init_fnn.mistake(
    "The weights have standard deviation 1, however many there are. With 64 inputs their sum is then about 8, and tanh is saturated."
)
def not_scaled(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, lambda shape: rng.normal(size=shape), np.sqrt(n_in), np.sqrt(n_hidden))


@init_fnn.mistake("You divide by the number of rows, not by its root: the sums become too small.")
def divides_by_the_number(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, lambda shape: rng.normal(size=shape), 1 / np.sqrt(n_in), 0.1 / np.sqrt(n_hidden))


@init_fnn.mistake(
    "W2 is ten times too large. With small output weights all classes start out nearly equally likely, and the loss near ln C."
)
def large_output_weights(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, lambda shape: rng.normal(size=shape), 1.0, 1.0)


@init_fnn.mistake("You make a generator of your own, so every network starts alike. Draw from the rng you were given.")
def a_generator_of_its_own(n_in, n_hidden, n_out, rng):
    own = np.random.default_rng(0)
    return _start(n_in, n_hidden, n_out, lambda shape: own.normal(size=shape))


@init_fnn.mistake("Your weights lie between 0 and 1: all positive. Draw them around 0, with rng.normal.")
def all_positive(n_in, n_hidden, n_out, rng):
    return _start(n_in, n_hidden, n_out, lambda shape: rng.random(shape))


fnn_scores = lesson.exercise(
    "fnn_scores",
    1,
    "the scores of the network",
    signature="params, X",
    minutes=5,
    difficulty=2,
    returns=Array(lambda params, X: (len(X), params["b2"].size)),
    domains={"X": Reals("m d", high=5), "params": Network()},
    clauses={"The scores of the network": "computes_both_layers edges"},
    hints=(
        "Two linear layers with tanh between them. There is none after the second.",
        "X @ W1 + b1 has one row for each example, one column for each hidden unit.",
    ),
)


fnn_scores.cases(small_inputs)


@fnn_scores.check(domain=True)
def computes_both_layers(t, params, X):
    """They are the second layer of the tanh of the first layer"""
    t.equal(t(params, X), scores_of(params, X))


def _scores(params, X, act=np.tanh, b1=1.0, b2=1.0):
    return act(X @ params["W1"] + b1 * params["b1"]) @ params["W2"] + b2 * params["b2"]


@fnn_scores.mistake("tanh is missing between the layers. Two linear layers in a row are one linear layer.")
def no_tanh(params, X):
    return _scores(params, X, act=lambda a: a)


@fnn_scores.mistake("The hidden layer uses the sigmoid. This network uses tanh.")
def sigmoid_inside(params, X):
    return _scores(params, X, act=lambda a: 1 / (1 + np.exp(-a)))


@fnn_scores.mistake("The hidden layer uses relu. This network uses tanh.")
def relu_inside(params, X):
    return _scores(params, X, act=lambda a: np.maximum(a, 0))


@fnn_scores.mistake("The bias of the hidden layer is missing.")
def without_b1(params, X):
    return _scores(params, X, b1=0.0)


@fnn_scores.mistake("The bias of the output is missing.")
def without_b2(params, X):
    return _scores(params, X, b2=0.0)


@fnn_scores.mistake("A tanh too many: the scores are the second layer as it is, any size allowed.")
def tanh_outside(params, X):
    return np.tanh(_scores(params, X))


@fnn_scores.mistake("These are probabilities. The scores come before the softmax.")
def softmaxed(params, X):
    E = np.exp(_scores(params, X))
    return E / E.sum(axis=1, keepdims=True)
