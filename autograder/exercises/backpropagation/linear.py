"""The linear layer, forward and backward. Sources: S1.06, S0.21."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Reals, summed

from ._lesson import draw, lesson, show_output, show_round_trip

# no contract speaks of whole numbers here: who makes room with zeros_like(X) does so in X's type
_DOMAINS = {"X": Reals("m n", whole=False), "W": Reals("n k", whole=False), "b": Reals("k", zeros=True, whole=False)}

# the first shape is square all over: there a forgotten transpose still runs, and only the numbers tell
_SHAPES = ((3, 3, 3), (4, 2, 3), (2, 3, 1), (1, 3, 2), (5, 2, 2), (3, 4, 3))

linear_forward = lesson.exercise(
    "linear_forward",
    1,
    "a linear layer on a mini-batch, and what its backward pass will want",
    signature="X, W, b",
    minutes=5,
    difficulty=1,
    program="linear_output",
    returns=Array(lambda X, W, b: (X.shape[0], W.shape[1])),
    domains=_DOMAINS,
    clauses={
        "The output of a linear layer": "rows_times_weights examples_do_not_mix edges",
        "X is (m, n), W is (n, k), b is (k,)": "edges",
        "Returns (Y, cache) with Y of shape (m, k)": "returns",
        "What is in the cache is up to you": "prose",
        "A cache serves any number of backward passes": "repeats",  # and linear_backward's
    },
    show=show_output("linear_forward", "X, W, b"),
    hints=(
        "Each row of X is an example. Each row of the output is that row times W, plus b.",
        "Return two things: the output, and a tuple with whatever you will need later. Look at the formulas for dX and dW before you decide.",
    ),
)


@linear_forward.cases
def forward_cases(rng):
    for m, n, k in _SHAPES:
        yield draw(rng, m, n), draw(rng, n, k), draw(rng, k)


@linear_forward.check(weight=2, domain=True)
def rows_times_weights(t, X, W, b):
    """Every row of the output is its row of X times W, plus b"""
    wanted = np.array([[sum(X[i, p] * W[p, j] for p in range(X.shape[1])) + b[j] for j in range(W.shape[1])] for i in range(X.shape[0])])
    t.equal(t(X, W, b), wanted, "", summed(np.abs(X) @ np.abs(W) + np.abs(b)))


@linear_forward.check(needs=("rows_times_weights",))
def examples_do_not_mix(t, X, W, b):
    """An example gives the same output alone and in a batch"""
    sizes = summed(np.abs(X[:1]) @ np.abs(W) + np.abs(b))
    t.equal(t(X[:1], W, b), t(X, W, b)[:1], "Row i of the output may depend on row i of X only.", sizes)


@linear_forward.mistake("The bias is missing: b is added to every row.")
def forgets_the_bias(X, W, b):
    return X @ W, None


@linear_forward.mistake("Your weights are transposed. W has one row for each input and one column for each output; X @ W fits as it is.")
def weights_transposed(X, W, b):
    return X @ W.T + b, None


@linear_forward.mistake("You multiply from the left, W times X. The examples are rows, so W comes after X.")
def from_the_left(X, W, b):
    return W @ X + b, None


@linear_forward.mistake("b is added along the wrong axis: one number for each output column, not for each example.")
def bias_by_example(X, W, b):
    return X @ W + b[:, None], None


@linear_forward.mistake("b went through the weights: add it after the product.")
def bias_before_the_weights(X, W, b):
    return (X + b) @ W, None


linear_backward = lesson.exercise(
    "linear_backward",
    3,
    "the gradients of a linear layer from the gradient of its output",
    signature="X, W, b, dY",
    minutes=12,
    difficulty=3,
    program="linear_forward_and_back",
    needs=("linear_forward",),
    stand_ins={"linear_forward": lambda X, W, b: (None, (X, W))},
    show=show_round_trip("linear_forward", "linear_backward", "X, W, b, dY"),
    returns=Items(Array(lambda X, W, b, dY: X.shape), Array(lambda X, W, b, dY: W.shape), Array(lambda X, W, b, dY: b.shape)),
    domains=_DOMAINS | {"dY": Reals("m k", zeros=True, whole=False)},
    clauses={
        "The gradients (dX, dW, db)": "db_sums_over_the_batch dW_is_the_slope dX_is_the_slope passes_the_dot_product_test",
        "dY is (m, k); cache is what your linear_forward returned": "edges repeats",
        "each in the shape of what it belongs to": "returns",
    },
    hints=(
        "Each answer has the shape of the thing it is a gradient of: dX like X, dW like W, db like b.",
        "One entry at a time: W[p, j] touches Y[i, j] for every example i, with the factor X[i, p]. Sum over what it touches.",
        "b[j] touches Y[i, j] for every example i, with the factor 1.",
        "Shapes alone do not choose a transpose when the layer is square. Write one entry of dX as a sum, then read the product off it.",
    ),
)


@linear_backward.cases
def backward_cases(rng):
    for m, n, k in _SHAPES:
        yield draw(rng, m, n), draw(rng, n, k), draw(rng, k), draw(rng, m, k)


def _probe(t, part: int, case: tuple, terms, why: str):
    """The sum over all outputs of upstream times change, when one entry moves by 1: exact, for the layer is linear in each."""
    given = t(*case)[part]
    moved = [np.array(terms(*index)) for index in np.ndindex(given.shape)]
    wanted, sizes = (np.reshape([np.sum(of(one)) for one in moved], given.shape) for of in (np.asarray, np.abs))
    t.equal(given, wanted, why, summed(sizes))


@linear_backward.check(domain=True)
def db_sums_over_the_batch(t, X, W, b, dY):
    """db says how the loss answers to b"""
    _probe(t, 2, (X, W, b, dY), lambda j: [row[j] for row in dY], "b is added to every example, so each of them contributes.")


@linear_backward.check(domain=True)
def dW_is_the_slope(t, X, W, b, dY):
    """dW says how the loss answers to each weight"""
    why = "Move one weight: which outputs move, and by how much?"
    _probe(t, 1, (X, W, b, dY), lambda p, j: [X[i, p] * dY[i, j] for i in range(len(dY))], why)


@linear_backward.check(domain=True)
def dX_is_the_slope(t, X, W, b, dY):
    """dX says how the loss answers to each input"""
    why = "Move one input: which outputs move, and by how much?"
    _probe(t, 0, (X, W, b, dY), lambda i, p: [dY[i, j] * W[p, j] for j in range(W.shape[1])], why)


@linear_backward.check(needs=("dX_is_the_slope", "dW_is_the_slope"))
def passes_the_dot_product_test(t, X, W, b, dY):
    """The dot-product test holds: a small move of X and W changes the loss by the dot product with dX and dW"""
    V, U = np.cos(np.arange(X.size)).reshape(X.shape), np.sin(1 + np.arange(W.size)).reshape(W.shape)
    dX, dW, _ = t(X, W, b, dY)
    t.equal(np.sum(dX * V) + np.sum(dW * U), np.sum(dY * (V @ W + X @ U)))


@linear_backward.mistake(
    "In dX the weights need a transpose. The square layer hides it: there both orders run, and only one is the gradient."
)
def W_not_transposed(dY, cache):
    X, W = cache
    return dY @ W, X.T @ dY, dY.sum(0)


@linear_backward.mistake("In dW the inputs need a transpose: sum over the examples, which are the rows of X and of dY.")
def X_not_transposed(dY, cache):
    X, W = cache
    return dY @ W.T, X @ dY, dY.sum(0)


@linear_backward.mistake("db still has one row for each example. b is shared by all of them, so their contributions add up.")
def db_not_summed(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY


@linear_backward.mistake("db is a mean over the examples here. The chain rule sums; the 1/m of a mean loss is in dY already.")
def db_mean(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.mean(0)


@linear_backward.mistake("dW is divided by the number of examples. The 1/m of a mean loss is in dY already, from the loss.")
def dW_divided_by_m(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY / len(X), dY.sum(0)


@linear_backward.mistake(
    "dY is not used: these are the gradients of the sum of all outputs. Every output has its own weight in the loss, and dY holds it."
)
def ignores_upstream(dY, cache):
    X, W = cache
    ones = np.ones_like(dY)
    return ones @ W.T, X.T @ ones, ones.sum(0)


@linear_backward.mistake("dW is transposed: it has the shape of W, inputs by outputs.")
def dW_transposed(dY, cache):
    X, W = cache
    return dY @ W.T, dY.T @ X, dY.sum(0)


@linear_backward.mistake("db has two axes here, shape (1, k). It has the shape of b, one axis.")
def db_keeps_its_axis(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.sum(0, keepdims=True)


@linear_backward.mistake("db is summed over the outputs. b has one entry for each output: sum over the examples.")
def db_over_the_outputs(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.sum(1)
