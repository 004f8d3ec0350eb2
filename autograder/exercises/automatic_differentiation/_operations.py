"""What the exercises on operations share: an operation is judged by its value, and its pull by dot products."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Given, Items, Reals, Together, literal

from ._lesson import STAND_INS, lesson


def draw(rng, shape):
    values = np.round(rng.normal(size=shape), 2)
    return np.where(values == 0, 0.37, values)


def _show(name: str, inputs: int):
    def show(arrays, pattern, settings, upstream):
        lines = [f"{letter} = Tensor({literal(array)})" for letter, array in zip("ab", arrays)]
        extra = "".join(f", {key}={literal(value)}" for key, value in settings.items())
        return "\n".join(
            [*lines, f"out = {name}({', '.join('ab'[k] for k in pattern)}{extra})", f"out.data, out.pull({literal(upstream)})"]
        )

    return show


def _domains(combinations, inputs: int, forward) -> dict:
    """Numbers of all kinds in the shapes of `combinations`, pairs of shapes and options, each in its turn."""

    def turn(sample):
        return combinations[sample.round % len(combinations)]

    arrays = {letter: Reals(lambda sample, k=k: turn(sample)[0][k], low=0.1, high=10) for k, letter in enumerate("ab"[:inputs])}
    return {
        "arrays": Together(**arrays),
        "pattern": Given(lambda sample: tuple(range(inputs))),
        "settings": Given(lambda sample: turn(sample)[1]),
        "upstream": Given(
            lambda sample: draw(sample.rng, np.shape(forward(*(np.asarray(a, float) for a in sample["arrays"]), **turn(sample)[1])))
        ),
    }


def operation(name: str, points: float, inputs: int, asks: str, forward, tangent, cases, more=(), **settings):
    """An exercise on one operation. ``forward(*arrays, **settings)`` is its value; ``tangent(k, E, *arrays, **settings)`` is how
    the value moves when input k moves along E: the forward-mode view, against which the pull is judged by dot products. `cases`
    are pairs of shapes and options; `more` are asked at the edges of the domain, beside them.
    """
    exercise = lesson.exercise(
        name,
        points,
        asks,
        signature=settings.pop("signature"),
        program="tensor_node",
        needs=("Tensor",),
        stand_ins=STAND_INS,
        tolerance=None,
        returns=Items(
            Array(lambda arrays, pattern, options, g: np.shape(g)),
            Items(*(Array(lambda arrays, pattern, options, g, k=k: np.shape(arrays[k])) for k in range(inputs))),
            Array(None),
        ),
        show=_show(name, inputs),
        domains=_domains((*more, *cases), inputs, forward),
        **settings,
    )

    @exercise.cases
    def tensor_cases(rng):
        for shapes, options in cases:
            arrays = [draw(rng, shape) for shape in shapes]
            yield arrays, tuple(range(inputs)), options, draw(rng, np.shape(forward(*arrays, **options)))

    @exercise.check(domain=True)
    def data(t, arrays, pattern, options, upstream):
        """Its data is right"""
        arrays = [np.asarray(array, float) for array in arrays]
        t.equal(t(arrays, pattern, options, upstream)[0], forward(*arrays, **options), "This is about .data of the result.")

    @exercise.check(weight=2, domain=True)
    def pull(t, arrays, pattern, options, upstream):
        """Its pull passes the dot-product test: g times a small move of the output is pull(g) times the move of the input"""
        arrays = [np.asarray(array, float) for array in arrays]
        given = t(arrays, pattern, options, upstream)[1]
        for k in range(inputs):
            slopes = [np.sum(upstream * tangent(k, E.reshape(arrays[k].shape), *arrays, **options)) for E in np.eye(arrays[k].size)]
            t.equal(given[k], np.reshape(slopes, arrays[k].shape), f"This is what the pull gives to {'ab'[k]}; g is no array of ones here.")

    @exercise.check(weight=0.25, needs=("data",))
    def inputs_stay(t, arrays, pattern, options, upstream):
        """The Tensors that it gets stay as they were"""
        held = [number for array in arrays for number in (*np.shape(array), *np.ravel(array))]
        t.equal(
            t(arrays, pattern, options, upstream)[2],
            np.array(held, float),
            "This is what the inputs hold afterwards, of each its shape and its entries. Others may still need them.",
        )

    return exercise
