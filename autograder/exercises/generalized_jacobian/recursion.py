"""The recursive definition, repaired. Sources: S0.10, S0.18, S0.19, E-P16, E-P26, E-P27."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Reals, view

from ._lesson import ANY_STEP, CENTRED, FIRST_ORDER, NUMBER_TO_TABLE, TensorMap, crests, layer, lesson, loss, numbers
from .tensors import _rough, interleave

recursive_generalized_jacobian = lesson.exercise(
    "recursive_generalized_jacobian",
    2,
    "the source's recursion, with its three gaps closed",
    seconds=5,
    signature="f, X",
    minutes=15,
    difficulty=5,
    tolerance=FIRST_ORDER,
    returns=Array(lambda f, X: np.shape(f(X)) + np.shape(X)),
    domains={"X": Reals(..., high=10), "f": TensorMap()},
    clauses={
        "The same tensor as generalized_jacobian": "equals_the_flat_definition edges",
        "Six correct digits are enough": "equals_the_flat_definition",
        "by recursion over the leading axes": "has_the_base_case_for_a_loss has_the_base_case_for_one_input",
    },
    hints=(
        "Peel the output first: while f(X) has axes, take f(X)[i] for each i, which has one axis less, and stack the results.",
        "When the output is a number, peel the input: let only the part X[j] vary and keep all other parts as they are.",
        "When both are numbers you stand at lesson 1: one difference quotient.",
        "np.stack(list_of_results) puts the new axis in front. So the axis you peel first comes first.",
    ),
)


@recursive_generalized_jacobian.cases
def small_maps(rng):
    yield layer(rng, 2, 3), numbers(rng, (2, 2))
    yield CENTRED, numbers(rng, (3, 2))
    yield from crests(rng)


@recursive_generalized_jacobian.picture
def picture(f, X):
    return (
        view("index_explorer", yours=np.asarray(X).dtype.kind == "f", f=f, X=X)
        if np.size(X) <= 16 and np.size(f(np.asarray(X, dtype=float))) <= 24
        else None
    )


@recursive_generalized_jacobian.check(weight=2, domain=True)
def equals_the_flat_definition(t, f, X):
    """It is the tensor of all partial derivatives, outputs' axes first"""
    t.equal(t(f, X), f.derivative(X), "Peel all axes of Y before the first axis of X.", FIRST_ORDER)


def a_loss(rng):
    """A scalar output: one side runs out of axes first."""
    yield loss(rng, 3, 2), numbers(rng, (2, 3))


@recursive_generalized_jacobian.check(cases=a_loss, needs=("equals_the_flat_definition",))
def has_the_base_case_for_a_loss(t, f, X):
    """It works for a loss: a number out, a matrix in"""
    t.equal(t(f, X), f.derivative(X), "A number cannot be indexed: when Y has no axis left, peel X alone.", FIRST_ORDER)


def one_number(rng):
    """A single number as input."""
    yield NUMBER_TO_TABLE, round(float(rng.uniform(0.3, 1.5)), 2)


@recursive_generalized_jacobian.check(cases=one_number, needs=("equals_the_flat_definition",))
def has_the_base_case_for_one_input(t, f, X):
    """It works for one number in and a table out"""
    t.equal(t(f, X), f.derivative(X), "When X has no axis left, peel Y alone.", FIRST_ORDER)


@recursive_generalized_jacobian.mistake(
    "You peel one axis of Y and one of X in turn, as the formula is printed. That mixes the axes: all of Y's come first.",
    tolerance=ANY_STEP,
)
def peels_in_turn(f, X):
    return interleave(*_rough(f, X))


@recursive_generalized_jacobian.mistake(
    "A number has no parts to peel: indexing it fails. When Y has no axis left, go on with X alone.", tolerance=ANY_STEP
)
def no_scalar_base_case(f, X):
    G, y_ndim = _rough(f, X)
    if y_ndim == 0:
        f(X)[0]
    return G


@recursive_generalized_jacobian.mistake("X is peeled before Y, so its axes come first. Peel the output first.", tolerance=ANY_STEP)
def peels_the_input_first(f, X):
    G, y_ndim = _rough(f, X)
    return np.moveaxis(G, range(y_ndim), range(-y_ndim, 0)) if y_ndim else G


@recursive_generalized_jacobian.mistake(
    "Only the parts with the same index are paired, Y[i] with X[i]. Each part of Y has to meet every part of X.", tolerance=ANY_STEP
)
def pairs_equal_indices(f, X):
    G, y_ndim = _rough(f, X)
    if 0 < y_ndim < G.ndim:
        np.moveaxis(G, y_ndim, 1)[~np.eye(G.shape[0], G.shape[y_ndim], dtype=bool)] = 0.0
    return G


@recursive_generalized_jacobian.mistake(
    "The source's base case gives a number an axis of length one. np.shape(2.0) is (): add no axis.", tolerance=ANY_STEP
)
def axis_of_length_one(f, X):
    G, y_ndim = _rough(f, X)
    return G[None] if y_ndim in (0, G.ndim) else G
