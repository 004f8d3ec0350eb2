"""Equal units stay equal; the order of the backward pass; what backpropagation is. Sources: S1.05, S1.07, MC33, MC39."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, CheckOnly, Labels, choice, ordering

from ._lesson import EXAMPLES, PARAMETERS, both_labels, draw, lesson, network, network_slopes

symmetry_report = lesson.exercise(
    "symmetry_report",
    2,
    "which hidden units get the same gradient",
    signature="params, X, y",
    minutes=10,
    difficulty=3,
    needs=("fnn_forward", "fnn_backward"),
    returns=Array(lambda params, X, y: params["b1"].shape),
    tolerance=None,
    domains={"params": PARAMETERS, "X": EXAMPLES, "y": Labels("m", floats=True)},
    clauses={
        "the number of the first unit with the same gradient: -> (H,) whole numbers from 0": "finds_the_groups zeros_and_constants returns",
        "The gradient of unit j is all of it": "zeros_and_constants looks_at_all_of_the_gradient",
        "Equal means equal up to rounding (np.allclose)": "equal_up_to_rounding",
        "[0, 1, 0] says that unit 2 has the gradient of unit 0": "finds_the_groups",
    },
    hints=(
        "All that belongs to unit j: column j of dW1, entry j of db1, row j of dW2. Put them into one row of a table.",
        "np.column_stack([dW1.T, db1, dW2]) has one row for each unit. Compare rows with np.allclose.",
        "For each unit the first unit with the same row. A unit equals itself, so there always is one.",
    ),
)


def _tie(params: dict, groups) -> dict:
    """Copies of the parameters in which unit j has the weights of unit groups[j]."""
    groups = list(groups)
    return {"W1": params["W1"][:, groups], "b1": params["b1"][groups], "W2": params["W2"][groups], "b2": params["b2"]}


@symmetry_report.cases
def tied_units(rng):
    for n, H, groups in ((2, 4, (0, 1, 0, 3)), (3, 3, (0, 0, 0)), (2, 5, (0, 1, 1, 0, 4)), (3, 4, (0, 1, 2, 3)), (2, 1, (0,))):
        yield _tie(network(rng, n, H), groups), draw(rng, 5, n), both_labels(rng, 5), CheckOnly(np.array(groups, float))


@symmetry_report.check(weight=2)
def finds_the_groups(t, params, X, y, groups):
    """For each unit it names the first unit with the same gradient"""
    t.equal(t(params, X, y), groups, "Units with equal weights, on the way in and on the way out, get equal gradients. Others need not.")


def special_starts(rng):
    """Constant weights, zero weights, zero output weights only."""
    n, H = 2, 3
    value = round(float(rng.uniform(0.2, 0.8)), 2)
    constant = {"W1": np.full((n, H), value), "b1": np.zeros(H), "W2": np.full((H, 1), value), "b2": np.zeros(1)}
    yield constant, draw(rng, 4, n), both_labels(rng, 4), CheckOnly(np.zeros(H))
    yield {key: 0 * array for key, array in constant.items()}, draw(rng, 4, n), np.array([1.0, 0, 1, 1]), CheckOnly(np.zeros(H))
    yield {**network(rng, n, H), "W2": np.zeros((H, 1))}, draw(rng, 4, n), both_labels(rng, 4), CheckOnly(np.arange(float(H)))
    faint = {key: 0.01 * array for key, array in network(rng, n, H).items()}  # gradients that differ, but by little
    yield {**faint, "W2": np.zeros((H, 1))}, draw(rng, 4, n), both_labels(rng, 4), CheckOnly(np.arange(float(H)))


@symmetry_report.check(cases=special_starts, needs=("finds_the_groups",))
def zeros_and_constants(t, params, X, y, groups):
    """It is right for constant weights, and for W2 = 0 with W1 drawn at random"""
    if np.ptp(groups):
        t.equal(
            t(params, X, y),
            groups,
            "With W2 = 0 every dW1 is 0, yet the rows of dW2 differ: this network can learn. Look at all that belongs to a unit.",
        )
    else:
        t.equal(t(params, X, y), groups, "All units are alike here: every answer is 0.")


def _apart(rng):
    """A network and examples for which the first two units' gradients differ clearly: how close is equal is asked elsewhere."""
    while True:
        params, X, y = network(rng, 2, 4), draw(rng, 5, 2), both_labels(rng, 5)
        g = network_slopes(params, X, y, "W1", "b1")
        if np.max(np.abs(g["W1"][:, 0] - g["W1"][:, 1])) > 0.05 and np.abs(g["b1"][0]) > 0.05:
            return params, X, y


def parts_of_the_gradient(rng):
    """Units alike in one part of the gradient and unlike in another, mirrored ones, and weights on which nothing hangs."""
    params, X, y = _apart(rng)
    tied = _tie(params, (0, 1, 0, 1))
    yield {**tied, "W2": np.array([[0.5], [0.7], [-0.5], [0.7]])}, X, y, CheckOnly(np.array([0.0, 1, 2, 1]))  # dW2 alike, dW1 not
    signs = np.array([1.0, 1, -1, 1])
    mirrored = {"W1": tied["W1"] * signs, "b1": tied["b1"] * signs, "W2": tied["W2"] * signs[:, None], "b2": params["b2"]}
    yield mirrored, X, y, CheckOnly(np.array([0.0, 1, 2, 1]))
    silent = {**tied, "W1": tied["W1"] + np.array([[0.0, 0, 0.3, 0], [0, 0, 0, 0]])}  # on an input that is always 0
    yield silent, X * np.array([0.0, 1]), y, CheckOnly(np.array([0.0, 1, 0, 1]))
    yield {**tied, "W2": np.array([[0.0], [0.7], [0.0], [0.7]])}, X, y, CheckOnly(np.array([0.0, 1, 0, 1]))
    opposite = X[:, :1] * np.array([1.0, -1.0])  # x and -x: the first and the third unit see the same in them
    turned = {**tied, "W1": np.array([[0.6, 0.4, 0.0, 0.4], [0.0, 0.9, -0.6, 0.9]])}
    yield turned, opposite, y, CheckOnly(np.array([0.0, 1, 0, 1]))
    alike = {**tied, "b1": np.full(4, 0.4), "W2": np.array([[0.5], [2.0], [-0.5], [2.0]])}
    yield alike, 0 * X, np.array([0.0, 1, 0, 0, 1]), CheckOnly(np.array([0.0, 1, 2, 1]))  # dW1 is 0 and dW2 alike, db1 not


@symmetry_report.check(weight=0.5, cases=parts_of_the_gradient, needs=("finds_the_groups",))
def looks_at_all_of_the_gradient(t, params, X, y, groups):
    """It compares all of the gradient, with its signs, and not the weights"""
    t.equal(t(params, X, y), groups, "Units are alike when dW1, db1 and dW2 are, entry by entry. What their weights are does not matter.")


def nearly_alike(rng):
    """Weights that differ by rounding, and weights that differ by a thousandth."""
    for apart, groups in ((4e-16, (0, 1, 0, 1)), (3e-15, (0, 1, 0, 1)), (1e-3, (0, 1, 2, 3))):
        params = _tie(network(rng, 3, 4), (0, 1, 0, 1))
        factors = np.array([1.0, 1.0, 1 + apart, 1 - apart])
        moved = {**params, "W1": params["W1"] * factors, "W2": params["W2"] * factors[:, None]}
        yield moved, draw(rng, 5, 3, scale=0.7), both_labels(rng, 5), CheckOnly(np.array(groups, float))


@symmetry_report.check(weight=0.5, cases=nearly_alike, needs=("finds_the_groups",))
def equal_up_to_rounding(t, params, X, y, groups):
    """Gradients that differ by rounding are equal, those that differ by a thousandth are not"""
    why = "These gradients differ by rounding only: compare with np.allclose." if groups[2] == 0 else "These differ by more than rounding."
    t.equal(t(params, X, y), groups, why)


def _first_equal(rows) -> np.ndarray:
    return np.array([next(i for i in range(len(rows)) if np.allclose(rows[i], rows[j])) for j in range(len(rows))])


@symmetry_report.mistake(
    "Units that differ in dW2 alone count as equal with you. With W2 = 0 all of dW1 is 0, and the units differ all the same."
)
def only_dW1(params, X, y):
    return _first_equal(network_slopes(params, X, y, "W1")["W1"].T)


@symmetry_report.mistake("The row of dW2 is left out. With W2 = 0 all of dW1 and db1 is 0, and the units differ all the same.")
def without_dW2(params, X, y):
    g = network_slopes(params, X, y, "W1", "b1")
    return _first_equal(np.column_stack([g["W1"].T, g["b1"]]))


@symmetry_report.mistake("You name the last equal unit. Asked for is the first.")
def last_equal_unit(params, X, y):
    g = network_slopes(params, X, y, "W1", "b1", "W2")
    rows = np.column_stack([g["W1"].T, g["b1"], g["W2"]])
    return len(rows) - 1 - _first_equal(rows[::-1])[::-1]


@symmetry_report.mistake("Your units count from 1. In code they count from 0.")
def counts_from_one(params, X, y):
    g = network_slopes(params, X, y, "W1", "b1", "W2")
    return 1 + _first_equal(np.column_stack([g["W1"].T, g["b1"], g["W2"]]))


@symmetry_report.mistake("You say how many units are equal to each. Asked for is which: the index of the first of them.")
def number_of_equals(params, X, y):
    g = network_slopes(params, X, y, "W1", "b1", "W2")
    first = _first_equal(np.column_stack([g["W1"].T, g["b1"], g["W2"]]))
    return np.array([np.sum(first == i) for i in first])


order_the_backward = lesson.add(
    ordering(
        "order_the_backward",
        1,
        "put one training step in order",
        before=("CG", "GA", "AE", "EB", "BF", "FD"),
        wrong={
            "H": "Line H has a factor s(1 - s) too many: s - y is the slope with respect to the logit already.",
            "I": "Line I takes the slope of tanh from Z. It is 1 - A**2, from the value of the tanh.",
            "J": "Line J multiplies by the weights without a transpose: (m, 1) times (H, 1) does not fit.",
        },
        difficulty=2,
        minutes=5,
        hints=(
            "Forward first: a backward line can only use what is there already.",
            "Each backward line takes the gradient that the line before it made. The update comes last.",
        ),
    )
)

what_backprop_does = lesson.add(
    choice(
        "what_backprop_does",
        1,
        "what backpropagation does, and what it does not",
        wrong={
            "a": "The step theta - eta * gradient is gradient descent. Backpropagation hands it the gradient and has done its part.",
            "b": "Finite differences do that, with one or two losses for every single parameter. Backpropagation needs one sweep for all.",
            "d": "The gradient says where the loss falls fastest near here. Where the minimum is, nobody knows from it.",
        },
        difficulty=1,
        minutes=2,
        hints=("Two algorithms take part in a training step. One computes, one moves.",),
    )
)
