"""From the tensor of derivatives to the matrix of the flattened map, and back. Sources: S0.23, E-P29."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, Function, OneOf, Reals, literal, view

from ._lesson import lesson, numbers
from .tensors import interleave


def _input_shape(sample) -> tuple:
    """An input with two axes, one, three or, where the output has some, none."""
    axes = ("x z", "x", "x z w", "" if sample["y_ndim"] else "x")[sample.round % 4]
    return sample.shape(axes)


flatten_jacobian = lesson.exercise(
    "flatten_jacobian",
    1,
    "the Jacobian of the flattened map from the tensor of derivatives",
    signature="G, y_ndim",
    minutes=5,
    difficulty=2,
    returns=Array(lambda G, y_ndim: (math.prod(G.shape[:y_ndim]), math.prod(G.shape[y_ndim:]))),
    # a plain number by a plain number leaves no array to flatten
    domains={
        "y_ndim": OneOf(1, 2, 0, 3),
        "G": Reals(lambda sample: (*sample.shape(" ".join("abc"[: sample["y_ndim"]])), *_input_shape(sample))),
    },
    clauses={
        "G of shape Y.shape + X.shape -> (Y.size, X.size)": "rows_and_columns_by_index edges returns",
        "the first ones of G": "rows_and_columns_by_index",
        "It may be 0": "one_row_or_one_column edges",
    },
    hints=(
        "The first y_ndim axes belong to the output. How many outputs are that?",
        "The shape of G tells everything: G.shape[:y_ndim] and G.shape[y_ndim:].",
    ),
)


@flatten_jacobian.cases
def tensors_of_derivatives(rng):
    for shape, y_ndim in (((2, 4, 2, 3), 2), ((3, 2, 4), 1), ((3, 2, 4), 2), ((2, 3), 1), ((2, 3, 2, 2, 3), 3)):
        yield numbers(rng, shape), y_ndim


def _matrix(G, y_ndim):
    """Rows and columns in the order in which np.ndindex counts index tuples."""
    return np.array([[G[i + j] for j in np.ndindex(*G.shape[y_ndim:])] for i in np.ndindex(*G.shape[:y_ndim])])


@flatten_jacobian.picture
def picture(G, y_ndim):
    y, x = G.shape[:y_ndim], G.shape[y_ndim:]
    # the linear map that has these entries for its derivatives
    linear = Function(f"np.tensordot({literal(G)}, X, {len(x)})", args="X")
    return view("index_explorer", f=linear, X=np.zeros(x)) if np.prod(x) <= 16 and np.prod(y) <= 24 and G.size <= 100 else None


@flatten_jacobian.check(weight=2, domain=True)
def rows_and_columns_by_index(t, G, y_ndim):
    """Row and column are the flat positions of the output's and the input's index"""
    t.equal(t(G, y_ndim), _matrix(G, y_ndim), "Outputs make the rows, inputs the columns, both in NumPy's own order.")


def scalars_in_or_out(rng):
    """A loss, with no axis of Y, and a curve, with no axis of X."""
    yield numbers(rng, (2, 3)), 0
    yield numbers(rng, (2, 3)), 2
    yield numbers(rng, 3), 0
    yield numbers(rng, 3), 1


@flatten_jacobian.check(cases=scalars_in_or_out, needs=("rows_and_columns_by_index",))
def one_row_or_one_column(t, G, y_ndim):
    """A loss gives one row, a single input one column"""
    t.equal(t(G, y_ndim), _matrix(G, y_ndim), "A plain number counts as one: the product of no lengths is 1.")


@flatten_jacobian.mistake(
    "The entries are read in column order. Both the map and its derivative must be flattened in the same order, NumPy's own."
)
def column_order(G, y_ndim):
    return G.reshape(math.prod(G.shape[:y_ndim]), -1, order="F")


@flatten_jacobian.mistake("The axes are split in the middle. y_ndim says how many of them belong to the output.")
def splits_in_the_middle(G, y_ndim):
    return G.reshape(math.prod(G.shape[: G.ndim // 2]), -1)


@flatten_jacobian.mistake("One axis too many counts as the output's: axes 0 to y_ndim - 1 belong to it.")
def one_axis_too_many(G, y_ndim):
    return G.reshape(math.prod(G.shape[: y_ndim + 1]), -1)


@flatten_jacobian.mistake("The matrix is transposed: outputs make the rows.")
def inputs_as_rows(G, y_ndim):
    return _matrix(G, y_ndim).T


unflatten_jacobian = lesson.exercise(
    "unflatten_jacobian",
    2,
    "the tensor of derivatives from the Jacobian of the flattened map",
    signature="J, y_shape, x_shape",
    minutes=6,
    difficulty=2,
    returns=Array(lambda J, y_shape, x_shape: y_shape + x_shape),
    domains={
        "y_shape": OneOf((2, 2), (), (2, 1, 3), (4,), (1,)),
        "x_shape": OneOf((3,), (1, 2), (), (2, 2, 2), (1,), (3, 2)),
        "J": Reals(lambda sample: (math.prod(sample["y_shape"]), math.prod(sample["x_shape"]))),
    },
    clauses={"J of shape (Y.size, X.size) -> y_shape + x_shape": "entries_return_to_their_index empty_shapes edges returns"},
    hints=(
        "The shape you need is a tuple. Tuples are joined with +.",
        "np.reshape keeps the order in which the numbers lie: that is all it takes.",
    ),
)


@unflatten_jacobian.cases
def matrices(rng):
    for y_shape, x_shape in (((2, 2), (2, 2)), ((2, 4), (2, 3)), ((3,), (2, 2)), ((2, 3), (4,)), ((2, 1, 3), (3, 2))):
        yield numbers(rng, (math.prod(y_shape), math.prod(x_shape))), y_shape, x_shape


def _tensor(J, y_shape, x_shape):
    G = np.full(y_shape + x_shape, np.nan)
    for row, i in enumerate(np.ndindex(*y_shape)):
        for column, j in enumerate(np.ndindex(*x_shape)):
            G[i + j] = J[row, column]
    return G


@unflatten_jacobian.check(weight=2, domain=True)
def entries_return_to_their_index(t, J, y_shape, x_shape):
    """Every number returns to the index it came from"""
    t.equal(
        t(J, y_shape, x_shape),
        _tensor(J, y_shape, x_shape),
        "Row r belongs to the output with the flat position r, column c to the input with c.",
    )


def scalar_shapes(rng):
    """A loss and a curve: one of the shapes is empty."""
    yield numbers(rng, (1, 6)), (), (2, 3)
    yield numbers(rng, (6, 1)), (3, 2), ()


@unflatten_jacobian.check(cases=scalar_shapes, needs=("entries_return_to_their_index",))
def empty_shapes(t, J, y_shape, x_shape):
    """A plain number in or out adds no axis"""
    t.equal(t(J, y_shape, x_shape), _tensor(J, y_shape, x_shape), "The shape of a number is (), and () + (2, 3) is (2, 3).")


@unflatten_jacobian.mistake("The numbers are dealt out in column order. Flatten and unflatten in the same order, NumPy's own.")
def dealt_in_column_order(J, y_shape, x_shape):
    return J.reshape(y_shape + x_shape, order="F")


@unflatten_jacobian.mistake(
    "The input's axes come first here, and the numbers land at wrong places. Shape of the output, then shape of the input."
)
def input_shape_first(J, y_shape, x_shape):
    return J.reshape(x_shape + y_shape)


@unflatten_jacobian.mistake("The matrix is transposed before it is reshaped. Its rows are outputs already.")
def transposes_first(J, y_shape, x_shape):
    return J.T.reshape(y_shape + x_shape)


@unflatten_jacobian.mistake("The shape is guessed from the size, as if every table were square. Use the shapes you are given.")
def guesses_a_square(J, y_shape, x_shape):
    rows, columns = (round(math.sqrt(n)) for n in J.shape)
    return J.reshape(rows, rows, columns, columns)


@unflatten_jacobian.mistake("The axes come in the order y, x, y, x. All axes of the output come first.")
def interleaved_axes(J, y_shape, x_shape):
    return interleave(_tensor(J, y_shape, x_shape), len(y_shape))
