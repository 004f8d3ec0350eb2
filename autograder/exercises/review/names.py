"""Which derivative is it, and what shape has it? Sources: S1.18, S0.17, E-P06, E-P16, E-P19, E-W25."""

from __future__ import annotations

import math

from autograder.writing import Anything, Items, OneOf, Text, view

from ._lesson import lesson

_SHAPES = ((), (3,), (1,), (2, 4), (1, 1), (2, 1, 3))

name_the_derivative = lesson.exercise(
    "name_the_derivative",
    2,
    "the name and the shape of a derivative, from the shapes of output and input",
    signature="y_shape, x_shape",
    minutes=6,
    difficulty=2,
    returns=Items(Text(), Anything()),
    tolerance=None,
    domains={"y_shape": OneOf(*_SHAPES), "x_shape": OneOf(*_SHAPES)},
    clauses={
        "Name and shape of the derivative": "shape_is_output_then_input name_fits edges",
        "The name is one of": "name_fits an_axis_of_length_one_is_an_axis",
    },
    hints=(
        "The shape needs no case at all: all axes of the output, then all axes of the input.",
        "Tuples are joined by +. The shape of a number is ().",
        "For the name ask in this order: is the input a number? Is the output a number? Have both of them one axis?",
    ),
)


def _sizes(rng, count: int) -> tuple:
    return tuple(int(n) for n in rng.integers(2, 6, size=count))


@name_the_derivative.cases
def pairs_of_shapes(rng):
    """Every kind once, with unequal lengths."""
    for y_axes, x_axes in ((0, 0), (0, 1), (1, 1), (2, 2), (1, 0), (0, 2), (2, 1), (1, 3), (2, 0)):
        yield _sizes(rng, y_axes), _sizes(rng, x_axes)


def _kind(y_shape, x_shape) -> str:
    if not x_shape or not y_shape:
        return "gradient" if x_shape else "derivative"
    return "Jacobian" if len(x_shape) == len(y_shape) == 1 else "generalized Jacobian"


@name_the_derivative.picture
def picture(y_shape, x_shape):
    # a scalar counts as one entry; a matrix has no row and no column here
    m, n = ((*shape, 1)[0] for shape in (y_shape, x_shape))
    return view("layout_explorer", m=m, n=n) if max(len(y_shape), len(x_shape)) <= 1 and m <= 4 and n <= 5 else None


@name_the_derivative.check(domain=True)
def shape_is_output_then_input(t, y_shape, x_shape):
    """The shape has all axes of the output, then all axes of the input"""
    wanted = (*y_shape, *x_shape)
    given = t(y_shape, x_shape)[1]
    t.same(
        given,
        wanted,
        f"One entry for each pair of an output ({math.prod(y_shape)} of them) and an input ({math.prod(x_shape)}), outputs first.",
    )


@name_the_derivative.check(domain=True)
def name_fits(t, y_shape, x_shape):
    """The name is right"""
    given = t(y_shape, x_shape)[0].strip().lower()
    t.same(
        given,
        _kind(y_shape, x_shape).lower(),
        "Derivative: the input is a number. Gradient: the output is one. Jacobian: both are vectors. Otherwise: generalized Jacobian.",
    )


def ones(rng):
    """Axes of length 1, beside numbers and beside one another."""
    shapes = ((), (1,), (1, 1), _sizes(rng, 1), (1, int(rng.integers(2, 6))))
    yield from ((y_shape, x_shape) for y_shape in shapes for x_shape in shapes if 1 in (*y_shape, *x_shape))


@name_the_derivative.check(weight=0.5, cases=ones, needs=("name_fits",))
def an_axis_of_length_one_is_an_axis(t, y_shape, x_shape):
    """An axis of length 1 is an axis: an array of shape (1,) is a vector, not a number"""
    name, shape = t(y_shape, x_shape)
    t.same(
        name.strip().lower(),
        _kind(y_shape, x_shape).lower(),
        "Only the shape () is a number. The shape (1,) is a vector with one component.",
    )
    t.same(shape, (*y_shape, *x_shape), "All axes stay, those of length 1 as well.")


@name_the_derivative.mistake("You count an array with a single entry as a number. The shape of a number is (); (1,) is a vector.")
def one_entry_is_a_number(y_shape, x_shape):
    plain = tuple(() if math.prod(shape) == 1 else shape for shape in (y_shape, x_shape))
    return _kind(*plain), (*y_shape, *x_shape)


@name_the_derivative.mistake("Your shapes have the input first: the transposed convention. In this course the outputs come first.")
def input_first(y_shape, x_shape):
    return _kind(y_shape, x_shape), (*x_shape, *y_shape)


@name_the_derivative.mistake("You flattened the axes. The derivative keeps all axes of output and input.")
def flattened(y_shape, x_shape):
    return _kind(y_shape, x_shape), (math.prod(y_shape), math.prod(x_shape))


@name_the_derivative.mistake(
    "A gradient belongs to a scalar output, whatever the shape of the input: the gradient of a loss with respect to a matrix is a gradient."
)
def gradient_for_vectors_only(y_shape, x_shape):
    kind = _kind(y_shape, x_shape)
    return "generalized Jacobian" if kind == "gradient" and len(x_shape) > 1 else kind, (*y_shape, *x_shape)


@name_the_derivative.mistake(
    "Whenever one of the two is a number you say gradient. With a number as input it is a derivative, of a curve perhaps."
)
def gradient_of_a_curve(y_shape, x_shape):
    kind = _kind(y_shape, x_shape)
    return "gradient" if kind == "derivative" and y_shape else kind, (*y_shape, *x_shape)


@name_the_derivative.mistake("Your shapes are those of the input alone. That is right for a gradient and for nothing else.")
def shape_of_the_input(y_shape, x_shape):
    return _kind(y_shape, x_shape), tuple(x_shape)
