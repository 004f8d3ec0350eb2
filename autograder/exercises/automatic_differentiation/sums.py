"""Operations on arrays that add up: the matrix product, and sums along an axis. Source: lesson 06."""

from __future__ import annotations

import numpy as np

from ._lesson import Made
from ._operations import operation

tensor_matmul = operation(
    "tensor_matmul",
    1,
    2,
    "the matrix product of two tensors",
    lambda a, b: np.einsum("mn,nk->mk", a, b),
    lambda k, E, a, b: E @ b if k == 0 else a @ E,
    ((((3, 3), (3, 3)), {}), (((2, 3), (3, 4)), {}), (((4, 2), (2, 1)), {}), (((1, 3), (3, 2)), {})),
    (*((shapes, {}) for shapes in (((1, 1), (1, 1)), ((3, 1), (1, 2)), ((2, 2), (2, 2)), ((1, 3), (3, 1)))),),
    signature="a, b",
    clauses={"a @ b for two Tensors with two axes each": "data pull inputs_stay repeats edges"},
    minutes=5,
    difficulty=2,
    hints=("Lesson 7, linear_backward: dX and dW.", "Write one entry of the piece for a as a sum, then read the matrix product off it."),
)


@tensor_matmul.mistake("The transposes are missing. For square matrices it runs and is wrong.")
def matmul_untransposed(a, b):
    return Made(a.data @ b.data, (a, b), lambda g: (g @ b.data, a.data @ g))


@tensor_matmul.mistake("The pieces are exchanged: the first belongs to a.")
def matmul_exchanged(a, b):
    return Made(a.data @ b.data, (a, b), lambda g: (a.data.T @ g, g @ b.data.T))


@tensor_matmul.mistake("Both pieces are transposed: each must have the shape of its parent.")
def matmul_pieces_transposed(a, b):
    return Made(a.data @ b.data, (a, b), lambda g: ((g @ b.data.T).T, (a.data.T @ g).T))


@tensor_matmul.mistake("g is not used. The pull of a matrix product is linear in g.")
def matmul_ignores_upstream(a, b):
    return Made(a.data @ b.data, (a, b), lambda g: (np.ones_like(g) @ b.data.T, a.data.T @ np.ones_like(g)))


_AXES = (
    ({"axis": 0}, (2, 3)),
    ({"axis": 1}, (3, 2)),
    ({"axis": None}, (2, 3)),
    ({"axis": 1, "keepdims": True}, (2, 4)),
    ({"axis": -1}, (3, 3)),
    ({"axis": 1}, (3, 3, 3)),
    ({"axis": 0, "keepdims": True}, (3, 3)),
)
_MORE_AXES = (
    (((1,),), {"axis": 0}), (((),), {}), (((2, 2),), {"axis": 0}), (((3, 1),), {"axis": 1}), (((1, 3),), {"axis": -2}),
    (((2, 2, 2),), {"axis": 0}), (((2, 3, 1),), {"axis": -1, "keepdims": True}), (((2, 1, 3),), {}),
)  # fmt: skip
_AXES_CASES = tuple(((shape,), options) for options, shape in _AXES)


def total(a, axis=None, keepdims=False):
    return np.add.reduce(a, axis=tuple(range(a.ndim)) if axis is None else axis, keepdims=keepdims)


tensor_sum = operation(
    "tensor_sum",
    1,
    1,
    "a sum along an axis, or of everything",
    total,
    lambda k, E, a, **options: total(E, **options),
    _AXES_CASES,
    _MORE_AXES,
    clauses={
        "The sum of a Tensor along one axis, or of all entries when axis is None": "data pull inputs_stay repeats edges",
        "keepdims is False then": "prose",
    },
    signature="a, axis=None, keepdims=False",
    minutes=8,
    difficulty=3,
    hints=(
        "Every entry moves its sum by as much as it moves itself. So g goes back to all entries of the sum: it is copied.",
        "Without keepdims the summed axis is missing in g. np.expand_dims(g, axis) puts it back.",
        "np.broadcast_to copies g to the shape of a. With axis=None g is one number and needs no axis.",
    ),
)


def _spread(g, a, axis, keepdims):
    return np.broadcast_to(g if keepdims or axis is None else np.expand_dims(g, axis), a.data.shape)


@tensor_sum.mistake("g is not copied back over the summed axis: the piece has the shape of the sum, not of a.")
def sum_no_expand(a, axis=None, keepdims=False):
    return Made(total(a.data, axis, keepdims), (a,), lambda g: (np.asarray(g),))


@tensor_sum.mistake(
    "The missing axis is not put back before copying. It works by accident when shapes line up at the end, and copies along the wrong axis when they are square."
)
def sum_copies_along_the_wrong_axis(a, axis=None, keepdims=False):
    return Made(total(a.data, axis, keepdims), (a,), lambda g: (np.broadcast_to(g, a.data.shape),))


@tensor_sum.mistake("g is not used: ones go back. Each sum has its own g.")
def sum_ignores_upstream(a, axis=None, keepdims=False):
    return Made(total(a.data, axis, keepdims), (a,), lambda g: (np.ones(a.data.shape),))


@tensor_sum.mistake("g is divided among the entries. That belongs to the mean; an entry moves its sum by all it moves.")
def sum_spread_evenly(a, axis=None, keepdims=False):
    sums = total(a.data, axis, keepdims)
    return Made(sums, (a,), lambda g: (_spread(g, a, axis, keepdims) * sums.size / a.data.size,))


@tensor_sum.mistake("keepdims is not used: the summed axis should stay as an axis of length 1.")
def sum_without_keepdims(a, axis=None, keepdims=False):
    return Made(total(a.data, axis), (a,), lambda g: (_spread(g, a, axis, False),))
