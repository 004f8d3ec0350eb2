"""Operations on arrays that remember. Source: lesson 06."""

from __future__ import annotations

import numpy as np

from ._lesson import Array as Made
from ._operations import draw, operation


def _twice(exercise, tangent, shapes):
    def same_tensor(rng):
        """Both inputs are one and the same Tensor."""
        for shape in shapes:
            a = draw(rng, shape)
            yield [a, a + 0], (0, 0), {}, draw(rng, shape)

    def pull_to_the_same(t, arrays, pattern, options, upstream):
        """The same Tensor may come in twice"""
        given = (
            exercise.returns.parts[1].parts[0].accept(_first(t, arrays, pattern, options, upstream), (arrays, pattern, options, upstream))
        )
        slopes = [
            np.sum(
                upstream
                * (
                    tangent(0, E.reshape(arrays[0].shape), arrays[0], arrays[0])
                    + tangent(1, E.reshape(arrays[0].shape), arrays[0], arrays[0])
                )
            )
            for E in np.eye(arrays[0].size)
        ]
        t.equal(given, np.reshape(slopes, arrays[0].shape), "It is a parent twice, with a contribution for each time.")

    exercise.check(weight=0.5, cases=same_tensor, needs=("pull",))(pull_to_the_same)


def _first(t, *case):
    outcome = t.outcome(*case)
    return outcome.value[1][0] if not outcome.raised and isinstance(outcome.value, (list, tuple)) else None


_BROADCAST = ((((2, 3), (2, 3)), {}), (((3, 4), (4,)), {}), (((2, 3), (2, 1)), {}), (((4,), (3, 4)), {}), (((2, 3), ()), {}))


def _add_tangent(k, E, a, b):
    return E + np.zeros(np.broadcast_shapes(a.shape, b.shape))


tensor_add = operation(
    "tensor_add",
    0.5,
    2,
    "the sum of two tensors, broadcasting undone",
    lambda a, b: a + b,
    _add_tangent,
    _BROADCAST,
    signature="a, b",
    minutes=5,
    difficulty=2,
    hints=(
        "The pull is a function of g that returns one array for each parent: lambda g: (…, …).",
        "A sum passes g on to both. If an input was broadcast, send it through unbroadcast first.",
    ),
)
_twice(tensor_add, _add_tangent, ((2, 3), (4,)))


def _fit(G, shape):
    """Sums over copies, for the mistakes below."""
    G = G.sum(axis=tuple(range(G.ndim - len(shape)))) if G.ndim > len(shape) else G
    return G.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1 and G.shape[k] != 1), keepdims=True) if G.ndim else G


@tensor_add.mistake("g goes back as it is. Where an input was broadcast, the gradients of its copies have to be added up: unbroadcast.")
def add_without_unbroadcast(a, b):
    return Made(a.data + b.data, (a, b), lambda g: (g, g))


@tensor_add.mistake("These are the slopes of a product. A sum passes g on unchanged.")
def add_with_slopes_of_a_product(a, b):
    return Made(a.data + b.data, (a, b), lambda g: (_fit(g * b.data, a.data.shape), _fit(g * a.data, b.data.shape)))


@tensor_add.mistake("g is not used: the pull gives ones. It has to pass on what it gets.")
def add_ignores_upstream(a, b):
    return Made(a.data + b.data, (a, b), lambda g: (_fit(np.ones_like(g), a.data.shape), _fit(np.ones_like(g), b.data.shape)))


def _mul_tangent(k, E, a, b):
    return E * (b if k == 0 else a)


tensor_mul = operation(
    "tensor_mul",
    0.5,
    2,
    "the entrywise product of two tensors, broadcasting undone",
    lambda a, b: a * b,
    _mul_tangent,
    _BROADCAST,
    signature="a, b",
    minutes=5,
    difficulty=2,
    hints=("Entry by entry it is mul: along a the slope is b.data.", "First g times the slope, in the broadcast shape; then unbroadcast."),
)
_twice(tensor_mul, _mul_tangent, ((2, 3), (4,)))


@tensor_mul.mistake("The slopes are exchanged: along a the product rises by b for each unit.")
def mul_slopes_exchanged(a, b):
    return Made(a.data * b.data, (a, b), lambda g: (_fit(g * a.data, a.data.shape), _fit(g * b.data, b.data.shape)))


@tensor_mul.mistake("Broadcasting is not undone: each piece must have the shape of its parent.")
def mul_without_unbroadcast(a, b):
    return Made(a.data * b.data, (a, b), lambda g: (g * b.data, g * a.data))


@tensor_mul.mistake("You unbroadcast g first and multiply afterwards. The copies have different slopes: multiply first.")
def mul_unbroadcasts_too_early(a, b):
    return Made(
        a.data * b.data,
        (a, b),
        lambda g: (_fit(_fit(g, a.data.shape) * b.data, a.data.shape), _fit(_fit(g, b.data.shape) * a.data, b.data.shape)),
    )


@tensor_mul.mistake("g is not used. The pull passes on g times the slope.")
def mul_ignores_upstream(a, b):
    return Made(a.data * b.data, (a, b), lambda g: (_fit(b.data + 0 * g, a.data.shape), _fit(a.data + 0 * g, b.data.shape)))


tensor_matmul = operation(
    "tensor_matmul",
    1,
    2,
    "the matrix product of two tensors",
    lambda a, b: np.einsum("mn,nk->mk", a, b),
    lambda k, E, a, b: E @ b if k == 0 else a @ E,
    ((((3, 3), (3, 3)), {}), (((2, 3), (3, 4)), {}), (((4, 2), (2, 1)), {}), (((1, 3), (3, 2)), {})),
    signature="a, b",
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
