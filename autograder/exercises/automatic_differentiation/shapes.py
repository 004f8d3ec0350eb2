"""Mean, reshape, transpose and functions applied entry by entry."""

from __future__ import annotations

import numpy as np

from autograder.writing import Function

from ._lesson import Made
from ._operations import draw, operation
from .sums import total

_MEANS = tuple(
    ((shape,), options)
    for shape, options in (
        ((2, 3), {"axis": 0}),
        ((3, 2), {"axis": 1}),
        ((2, 3), {}),
        ((3, 3), {"axis": 1}),
        ((2, 3, 2), {"axis": 1}),
        ((4,), {"axis": 0}),
    )
)


_MORE_MEANS = tuple(
    ((shape,), options)
    for shape, options in (
        ((2, 3), {"axis": -1}), ((2, 2), {"axis": 0}), ((1,), {}), ((), {}), ((3, 1), {"axis": 0}), ((2, 2, 2), {"axis": -2}),
        ((2, 2, 2), {}), ((3, 1), {"axis": 1}),
    )
)  # fmt: skip


def _mean(a, axis=None):
    return total(a, axis) / (a.size if axis is None else a.shape[axis])


def _spread(g, a, axis):
    return np.broadcast_to(g if axis is None else np.expand_dims(g, axis), a.data.shape)


tensor_mean = operation(
    "tensor_mean",
    0.5,
    1,
    "a mean along an axis, or of everything",
    _mean,
    lambda k, E, a, axis=None: _mean(E, axis),
    _MEANS,
    _MORE_MEANS,
    clauses={"The mean of a Tensor along one axis, or of all entries when axis is None": "data pull inputs_stay repeats edges"},
    signature="a, axis=None",
    minutes=4,
    difficulty=2,
    hints=(
        "A mean is a sum times a number. You have both operations already.",
        "How many entries went into each sum? a.data.size, or the length of one axis.",
    ),
)


@tensor_mean.mistake("The pull is that of a sum: the factor 1/n is missing on the way back.")
def mean_without_one_over_n(a, axis=None):
    return Made(_mean(a.data, axis), (a,), lambda g: (_spread(g, a, axis),))


@tensor_mean.mistake("This is the sum, on the way there and back. Divide by the number of entries.")
def mean_is_a_sum(a, axis=None):
    return Made(total(a.data, axis), (a,), lambda g: (_spread(g, a, axis),))


@tensor_mean.mistake("You divide by the number of all entries. Along an axis only its length counts.")
def mean_over_everything(a, axis=None):
    return Made(total(a.data, axis) / a.data.size, (a,), lambda g: (_spread(g, a, axis) / a.data.size,))


@tensor_mean.mistake("g is not used: every entry gets 1/n. Each mean has its own g.")
def mean_ignores_upstream(a, axis=None):
    n = a.data.size if axis is None else a.data.shape[axis]
    return Made(_mean(a.data, axis), (a,), lambda g: (np.full(a.data.shape, 1 / n),))


_SHAPES = (
    (((2, 3),), {"shape": (3, 2)}),
    (((4,),), {"shape": (2, 2)}),
    (((2, 3, 2),), {"shape": (4, 3)}),
    (((3, 1),), {"shape": (3,)}),
    (((1,),), {"shape": ()}),
)
tensor_reshape = operation(
    "tensor_reshape",
    0.5,
    1,
    "the same numbers in another shape",
    lambda a, shape: np.array(a.ravel().tolist()).reshape(shape),
    lambda k, E, a, shape: E.reshape(shape),
    _SHAPES,
    (
        (((),), {"shape": (1, 1)}),
        (((2, 2),), {"shape": (2, 2)}),
        (((2, 2),), {"shape": (4,)}),
        (((1, 3),), {"shape": (3, 1)}),
        (((2, 1, 2),), {"shape": (2, 2)}),
        (((6,),), {"shape": (1, 2, 3)}),
        (((),), {"shape": ()}),
        (((3, 2),), {"shape": (2, 3)}),
    ),
    clauses={"A Tensor with the same numbers in another shape": "data pull inputs_stay repeats edges"},
    signature="a, shape",
    minutes=3,
    difficulty=1,
    hints=("Lesson 6: flatten and unflatten, in the same order.", "Which shape does g have, and which one must the piece have?"),
)


@tensor_reshape.mistake("g goes back in the new shape. Give it the old one.")
def reshape_not_back(a, shape):
    return Made(a.data.reshape(shape), (a,), lambda g: (g,))


@tensor_reshape.mistake("The way back reads in another order (Fortran's) than the way there, so the numbers land in wrong places.")
def reshape_back_in_another_order(a, shape):
    return Made(a.data.reshape(shape), (a,), lambda g: (g.reshape(a.data.shape, order="F"),))


@tensor_reshape.mistake("g is not used: ones go back.")
def reshape_ignores_upstream(a, shape):
    return Made(a.data.reshape(shape), (a,), lambda g: (np.ones(a.data.shape),))


_PERMUTATIONS = (
    (((2, 3, 4),), {"axes": (1, 2, 0)}),
    (((2, 3),), {"axes": (1, 0)}),
    (((3, 3, 3),), {"axes": (2, 0, 1)}),
    (((2, 2, 3),), {"axes": (0, 2, 1)}),
    (((2, 3, 2, 1),), {"axes": (3, 0, 1, 2)}),
)
tensor_transpose = operation(
    "tensor_transpose",
    1,
    1,
    "the axes in another order",
    lambda a, axes: np.moveaxis(a, axes, range(a.ndim)),
    lambda k, E, a, axes: np.moveaxis(E, axes, range(a.ndim)),
    _PERMUTATIONS,
    (
        (((3, 2),), {"axes": (0, 1)}),
        (((3,),), {"axes": (0,)}),
        (((2, 2),), {"axes": (1, 0)}),
        (((2, 2, 2),), {"axes": (1, 2, 0)}),
        (((),), {"axes": ()}),
        (((1, 3, 2),), {"axes": (2, 1, 0)}),
        (((2, 2, 2, 2),), {"axes": (1, 2, 3, 0)}),
        (((1, 1),), {"axes": (1, 0)}),
    ),
    clauses={
        "A Tensor with its axes in another order": "data pull inputs_stay repeats edges",
        "axes names each axis once, counted from 0": "prose",
    },
    signature="a, axes",
    minutes=6,
    difficulty=3,
    hints=(
        "np.transpose(a, axes) puts axis axes[k] of a at place k. The pull has to put it back.",
        "For two axes the way back is the same exchange. For three it need not be: take a, b, c to b, c, a, and do it again.",
        "np.argsort(axes) is the order that undoes axes.",
    ),
)


@tensor_transpose.mistake(
    "You apply the same order again. That undoes an exchange of two axes; a round trip of three needs the inverse order."
)
def permutes_the_same_way(a, axes):
    return Made(np.transpose(a.data, axes), (a,), lambda g: (np.transpose(g, axes),))


@tensor_transpose.mistake("The axes come back in reverse order, whatever the order was. Undo the order that was asked for.")
def reverses_all_axes(a, axes):
    return Made(np.transpose(a.data, axes), (a,), lambda g: (np.transpose(g),))


@tensor_transpose.mistake("reshape gives the shape of a and leaves the numbers in the wrong places. Undo the order of the axes.")
def reshapes_instead(a, axes):
    return Made(np.transpose(a.data, axes), (a,), lambda g: (np.reshape(g, a.data.shape),))


@tensor_transpose.mistake("The order is inverted on the way there: axis axes[k] belongs at place k.")
def inverse_on_the_way_there(a, axes):
    return Made(np.transpose(a.data, np.argsort(axes)), (a,), lambda g: (np.transpose(g, axes),))


_FUNCTIONS = (
    Function("np.tanh(x)", "1/np.cosh(x)**2"), Function("np.exp(0.7*x)", "0.7*np.exp(0.7*x)"), Function("np.maximum(x, 0.0)", "(x > 0)*1.0"),
    Function("np.log(x**2 + 1)", "2*x/(x**2 + 1)"), Function("x**3 - x", "3*x**2 - 1"),
)  # fmt: skip
elementwise = operation(
    "elementwise",
    1,
    1,
    "any function, entry by entry",
    lambda a, f, fprime: f(a),
    lambda k, E, a, f, fprime: E * fprime(a),
    tuple(((shape,), {"f": f, "fprime": f.prime}) for f, shape in zip(_FUNCTIONS, ((2, 3), (3,), (3, 2), (1, 4), (2, 2)))),
    tuple(
        ((shape,), {"f": f, "fprime": f.prime})
        for f, shape in zip(2 * _FUNCTIONS[::-1], ((), (2, 2), (1,), (2, 1, 2), (3, 3), (2,), (1, 1)))
    ),
    clauses={
        "f applied to every entry of a Tensor": "data pull inputs_stay repeats edges",
        "fprime is the derivative of f; both take and return arrays": "pull",
    },
    signature="a, f, fprime",
    minutes=6,
    difficulty=2,
    hints=(
        "The Jacobian is diagonal: no sum, no matrix. Upstream times slope, entry by entry.",
        "The slope is taken at the input: fprime(a.data).",
    ),
)


@elementwise.edges
def another_function(rng):
    """The same entries, and another function each time."""
    a, upstream = draw(rng, (2, 2)), draw(rng, (2, 2))
    for f in _FUNCTIONS:
        yield (a,), (0,), {"f": f, "fprime": f.prime}, upstream


@elementwise.mistake("The slope is taken at the value f(a). It belongs to the input: fprime(a.data).")
def slope_at_the_value(a, f, fprime):
    return Made(f(a.data), (a,), lambda g: (g * fprime(f(a.data)),))


@elementwise.mistake("The upstream gradient is missing: multiply the slope by g.")
def elementwise_ignores_upstream(a, f, fprime):
    return Made(f(a.data), (a,), lambda g: (fprime(a.data),))


@elementwise.mistake("You multiply by the value where the slope belongs.")
def value_instead_of_slope(a, f, fprime):
    return Made(f(a.data), (a,), lambda g: (g * f(a.data),))


@elementwise.mistake("The slope is taken at g. It is taken where the function was evaluated: at a.data.")
def slope_at_the_upstream(a, f, fprime):
    return Made(f(a.data), (a,), lambda g: (g * fprime(g),))
