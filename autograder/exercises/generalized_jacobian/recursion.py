"""The recursive definition, repaired. Sources: S0.10, S0.18, S0.19, E-P16, E-P26, E-P27."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, OneOf, Reals, view

from ._lesson import ANY_STEP, CENTRED, FIRST_ORDER, NUMBER_TO_TABLE, TensorMap, crests, layer, lesson, loss, numbers
from .tensors import _rough, interleave

_STEPS = (0.5, 2.0, 1.5)  # so long that these slopes are not the derivative: who takes a difference of their own gets other numbers


def _symmetric(h: float) -> Function:
    """What a slope is, as a function of a function: the symmetric difference with the step h."""
    return Function(f"(g(x + {h}) - g(x - {h}))/(2*{h})", args="g, x", name="slope")


_FINE, _LONG = _symmetric(1e-5), tuple(map(_symmetric, _STEPS))


def _slopes(f, X, slope) -> tuple[np.ndarray, int]:
    """The tensor of these slopes, all outputs at once, and how many axes the outputs have. At 0 a cubic's symmetric slope is h**2."""
    return _rough(f, X, np.sqrt(slope(lambda x: x**3, 0.0)))


recursive_generalized_jacobian = lesson.exercise(
    "recursive_generalized_jacobian",
    2,
    "the source's recursion, with its three gaps closed",
    seconds=5,
    signature="f, X, slope",
    minutes=15,
    difficulty=5,
    returns=Array(lambda f, X, slope: np.shape(f(X)) + np.shape(X)),
    domains={"X": Reals(..., high=10), "f": TensorMap(), "slope": OneOf(*_LONG)},
    clauses={
        "The same tensor as generalized_jacobian": "equals_the_flat_definition edges",
        "by recursion over the leading axes": "has_the_base_case_for_a_loss has_the_base_case_for_one_input",
        "as slope has it": "ends_with_the_slope_it_is_given",
    },
    hints=(
        "Peel the output first: while f(X) has axes, take f(X)[i] for each i, which has one axis less, and stack the results.",
        "When the output is a number, peel the input: let only the part X[j] vary and keep all other parts as they are.",
        "When both are numbers you stand at lesson 1: slope(f, X) is the answer.",
        "np.stack(list_of_results) puts the new axis in front. So the axis you peel first comes first.",
    ),
)


@recursive_generalized_jacobian.cases
def small_maps(rng):
    yield layer(rng, 2, 3), numbers(rng, (2, 2)), _FINE
    yield CENTRED, numbers(rng, (3, 2)), _FINE
    for f, X in crests(rng):
        yield f, X, _FINE


@recursive_generalized_jacobian.picture
def picture(f, X, slope):
    return view("index_explorer", f=f, X=X) if np.size(X) <= 16 and np.size(f(np.asarray(X, dtype=float))) <= 24 else None


@recursive_generalized_jacobian.check(weight=2)
def equals_the_flat_definition(t, f, X, slope):
    """It is the tensor of all partial derivatives, outputs' axes first"""
    t.assume(slope == _FINE)
    t.equal(t(f, X, slope), f.derivative(X), "Peel all axes of Y before the first axis of X.", FIRST_ORDER)


def a_loss(rng):
    """A scalar output: one side runs out of axes first."""
    yield loss(rng, 3, 2), numbers(rng, (2, 3)), _FINE


@recursive_generalized_jacobian.check(cases=a_loss, needs=("equals_the_flat_definition",))
def has_the_base_case_for_a_loss(t, f, X, slope):
    """It works for a loss: a number out, a matrix in"""
    t.assume(slope == _FINE)
    t.equal(t(f, X, slope), f.derivative(X), "A number cannot be indexed: when Y has no axis left, peel X alone.", FIRST_ORDER)


def one_number(rng):
    """A single number as input."""
    yield NUMBER_TO_TABLE, round(float(rng.uniform(0.3, 1.5)), 2), _FINE


@recursive_generalized_jacobian.check(cases=one_number, needs=("equals_the_flat_definition",))
def has_the_base_case_for_one_input(t, f, X, slope):
    """It works for one number in and a table out"""
    t.assume(slope == _FINE)
    t.equal(t(f, X, slope), f.derivative(X), "When X has no axis left, peel Y alone.", FIRST_ORDER)


def long_steps(rng):
    """Slopes over steps so long that nobody takes them for the derivative."""
    for f, X, h in (
        (layer(rng, 2, 3), numbers(rng, (2, 2)), 0.5),
        (loss(rng, 3, 2), numbers(rng, (2, 3)), 2.0),
        (CENTRED, numbers(rng, (3, 2)), 1.5),
    ):
        yield f, X, _symmetric(h)


@recursive_generalized_jacobian.check(weight=4, cases=long_steps, domain=True)
def ends_with_the_slope_it_is_given(t, f, X, slope):
    """Each entry is what slope says of one output number as a function of one input number"""
    t.assume(slope in _LONG)
    why = "This slope takes long steps, so it is not the derivative. The recursion ends with slope(g, x), whatever slope does."
    t.equal(t(f, X, slope), _slopes(f, X, slope)[0], why)


@recursive_generalized_jacobian.mistake(
    "You peel one axis of Y and one of X in turn, as the formula is printed. That mixes the axes: all of Y's come first."
)
def peels_in_turn(f, X, slope):
    return interleave(*_slopes(f, X, slope))


@recursive_generalized_jacobian.mistake("A number has no parts to peel: indexing it fails. When Y has no axis left, go on with X alone.")
def no_scalar_base_case(f, X, slope):
    G, y_ndim = _slopes(f, X, slope)
    if y_ndim == 0:
        f(X)[0]
    return G


@recursive_generalized_jacobian.mistake("X is peeled before Y, so its axes come first. Peel the output first.")
def peels_the_input_first(f, X, slope):
    G, y_ndim = _slopes(f, X, slope)
    return np.moveaxis(G, range(y_ndim), range(-y_ndim, 0)) if y_ndim else G


@recursive_generalized_jacobian.mistake(
    "Only the parts with the same index are paired, Y[i] with X[i]. Each part of Y has to meet every part of X."
)
def pairs_equal_indices(f, X, slope):
    G, y_ndim = _slopes(f, X, slope)
    if 0 < y_ndim < G.ndim:
        np.moveaxis(G, y_ndim, 1)[~np.eye(G.shape[0], G.shape[y_ndim], dtype=bool)] = 0.0
    return G


@recursive_generalized_jacobian.mistake("The source's base case gives a number an axis of length one. np.shape(2.0) is (): add no axis.")
def axis_of_length_one(f, X, slope):
    G, y_ndim = _slopes(f, X, slope)
    return G[None] if y_ndim in (0, G.ndim) else G


@recursive_generalized_jacobian.mistake(
    "This is the derivative, whatever slope is. Where the recursion ends, ask slope(g, x): whoever hands it in decides what a slope is.",
    tolerance=ANY_STEP,
)
def derivative_of_its_own(f, X, slope):
    return _rough(f, X)[0]
