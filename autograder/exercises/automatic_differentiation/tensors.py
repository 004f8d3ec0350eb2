"""Operations on arrays that remember. Source: lesson 06."""

from __future__ import annotations

import numpy as np

from ._lesson import Made
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


_BROADCAST = (
    (((2, 3), (2, 3)), {}),
    (((3, 4), (4,)), {}),
    (((2, 3), (2, 1)), {}),
    (((4,), (3, 4)), {}),
    (((2, 3), ()), {}),
    (((3, 3), (3, 3)), {}),
)


_MORE = tuple(
    (shapes, {})
    for shapes in (
        ((3, 1), (1, 4)),
        ((2, 2), (2, 2)),
        ((), ()),
        ((1,), (3,)),
        ((2, 1, 2), (3, 1)),
        ((3,), (3, 1)),
        ((), (2, 2)),
        ((1, 1), (2,)),
    )
)


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
    _MORE,
    signature="a, b",
    minutes=5,
    difficulty=2,
    clauses={"a + b for two Tensors, with broadcasting": "data pull pull_to_the_same inputs_stay repeats edges"},
    hints=(
        "The pull is a function of g that returns one array for each parent: lambda g: (…, …).",
        "A sum passes g on to both. If an input was broadcast, send it through unbroadcast first.",
    ),
)
_twice(tensor_add, _add_tangent, ((2, 3), (4,), (2, 2)))


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
    _MORE,
    signature="a, b",
    minutes=5,
    difficulty=2,
    clauses={"a * b, entry by entry, for two Tensors, with broadcasting": "data pull pull_to_the_same inputs_stay repeats edges"},
    hints=("Entry by entry it is mul: along a the slope is b.data.", "First g times the slope, in the broadcast shape; then unbroadcast."),
)
_twice(tensor_mul, _mul_tangent, ((2, 3), (4,), (2, 2)))


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


@tensor_mul.mistake("The product goes entry by entry, and so does its pull. Matrix products with transposes belong to a @ b.")
def mul_pulls_like_matmul(a, b):
    def pull(g):
        if a.data.ndim == b.data.ndim == 2 and len({*a.data.shape, *b.data.shape}) == 1:
            return g @ b.data.T, a.data.T @ g
        return _fit(g * b.data, a.data.shape), _fit(g * a.data, b.data.shape)

    return Made(a.data * b.data, (a, b), pull)


@tensor_mul.mistake("g is not used. The pull passes on g times the slope.")
def mul_ignores_upstream(a, b):
    return Made(a.data * b.data, (a, b), lambda g: (_fit(b.data + 0 * g, a.data.shape), _fit(a.data + 0 * g, b.data.shape)))
