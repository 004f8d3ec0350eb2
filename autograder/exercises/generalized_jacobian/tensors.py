"""The tensor of all partial derivatives. Sources: S0.16, S0.17, E-P25 to E-P27, MC22."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Reals, view

from ._lesson import ANY_STEP, CENTRED, FIRST_ORDER, TensorMap, crests, layer, lesson, maps, numbers, other_ranks

generalized_jacobian = lesson.exercise(
    "generalized_jacobian",
    4,
    "every output's derivative by every input, whatever their shapes",
    signature="f, X",
    minutes=14,
    difficulty=3,
    tolerance=FIRST_ORDER,
    returns=Array(lambda f, X: np.shape(f(X)) + np.shape(X)),
    domains={"X": Reals(..., high=10), "f": TensorMap()},
    clauses={
        "by differences; its shape is Y.shape + X.shape": "outputs_then_inputs returns",
        "arrays of any shape, or plain numbers": "any_number_of_axes edges",
        "Six correct digits are enough": "outputs_then_inputs",
        "X may hold whole numbers, and is left as it was": "whole_numbers_and_locked_tensors leaves_arguments_alone edges",
    },
    hints=(
        "np.ndindex(X.shape) walks through all index tuples of X, also when X is one number: then it yields the empty tuple.",
        "Move the entry X[index] a little and see how all of Y answers. That answer, divided by the distance, belongs to G[..., *index].",
        "Make room first: np.empty(Y.shape + X.shape) has Y's axes, then X's.",
        "Work on a copy in floating point, np.array(X, dtype=float), so that whole numbers can move a little and X stays as it was.",
    ),
)


@generalized_jacobian.cases
def maps_and_crests(rng):
    yield from maps(rng)
    yield from crests(rng)


@generalized_jacobian.edges
def handed_back(rng):
    """Maps whose output is a view of what they are given: moved back, the input takes the output along; and one with small slopes."""
    yield Function("0.003*X[::-1]", "0.003*np.eye(3)[::-1]", args="X", name="f"), numbers(rng, 3)
    yield Function("X.T", "np.einsum('il,jk->ijkl', np.eye(3), np.eye(2))", args="X", name="f"), numbers(rng, (2, 3))
    yield Function("X", "np.eye(3)", args="X", name="f"), numbers(rng, 3)


@generalized_jacobian.picture
def picture(f, X):
    return (
        view("index_explorer", yours=np.asarray(X).dtype.kind == "f", f=f, X=X)
        if np.size(X) <= 16 and np.size(f(np.asarray(X, dtype=float))) <= 24
        else None
    )


@generalized_jacobian.check(weight=2, domain=True)
def outputs_then_inputs(t, f, X):
    """G[i, j] is the partial derivative of the output at index i by the input at index j, outputs' axes first"""
    t.equal(t(f, X), f.derivative(X), "The axes of Y come first, then the axes of X.", FIRST_ORDER)


@generalized_jacobian.check(cases=other_ranks, needs=("outputs_then_inputs",))
def any_number_of_axes(t, f, X):
    """It takes one number out, one number in, and three axes"""
    t.equal(t(f, X), f.derivative(X), "A plain number has the shape (): it adds no axis.", FIRST_ORDER)


def awkward_tensors(rng):
    """Whole numbers, and an array that refuses to be written to."""
    yield layer(rng, 2, 3), rng.permutation([-2, 0, 1, 2]).reshape(2, 2)
    locked = numbers(rng, (2, 3))
    locked.setflags(write=False)
    yield CENTRED, locked


@generalized_jacobian.check(cases=awkward_tensors, needs=("outputs_then_inputs",))
def whole_numbers_and_locked_tensors(t, f, X):
    """It takes whole numbers, and leaves X as it was"""
    t.equal(
        t(f, X),
        f.derivative(X),
        "X holds whole numbers here, or may not be written into: move a copy of it, in floating point.",
        FIRST_ORDER,
    )


def _rough(f, X, h=6e-6):
    """Differences, one input after the other; for mistakes to start from."""
    X = np.asarray(X, dtype=float)
    moved = [(np.asarray(f(X + h * unit)) - np.asarray(f(X - h * unit))) / (2 * h) for unit in np.eye(X.size).reshape(-1, *X.shape)]
    return np.stack(moved, axis=-1).reshape(np.shape(moved[0]) + X.shape), np.ndim(moved[0])


def interleave(G, y_ndim):
    """The axes in the order y1, x1, y2, x2, ...: what the printed recursion does when it is taken literally."""
    pairs = [[k] if k < y_ndim else [] for k in range(G.ndim)], [[y_ndim + k] if y_ndim + k < G.ndim else [] for k in range(G.ndim)]
    return np.transpose(G, [axis for y, x in zip(*pairs) for axis in y + x])


@generalized_jacobian.mistake(
    "The axes come in the order y, x, y, x, as the printed recursion has it when it is taken literally. All axes of Y come first.",
    tolerance=ANY_STEP,
)
def interleaved(f, X):
    return interleave(*_rough(f, X))


@generalized_jacobian.mistake("The axes of X come first here. Shape of the output, then shape of the input.", tolerance=ANY_STEP)
def x_axes_first(f, X):
    G, k = _rough(f, X)
    return np.moveaxis(G, range(k), range(-k, 0)) if k else G


@generalized_jacobian.mistake(
    "This is the Jacobian of the flattened map: the right numbers, all in two axes. Give it the shape of Y, then that of X.",
    tolerance=ANY_STEP,
)
def left_flattened(f, X):
    G, k = _rough(f, X)
    return G.reshape(int(np.prod(G.shape[:k])), -1)


@generalized_jacobian.mistake(
    'The numbers are spread over the axes in column order. NumPy counts the last axis fastest: leave order alone, or say order="C".',
    tolerance=ANY_STEP,
)
def fortran_unflatten(f, X):
    G, k = _rough(f, X)
    return G.reshape(int(np.prod(G.shape[:k])), -1).reshape(G.shape, order="F")


@generalized_jacobian.mistake(
    "You keep only the derivatives within the same row. Whether a row depends on another one is for f to say: fill every entry.",
    tolerance=ANY_STEP,
)
def drops_cross_terms(f, X):
    G, k = _rough(f, X)
    if 0 < k < G.ndim and G.shape[0] == G.shape[k]:
        for i, j in np.ndindex(G.shape[0], G.shape[k]):
            if i != j:
                np.moveaxis(G, k, 1)[i, j] = 0.0
    return G


@generalized_jacobian.mistake(
    "With whole numbers the step is cut off: an integer array cannot hold 2.000006. Convert the copy to floating point.", tolerance=ANY_STEP
)
def whole_numbers_cut(f, X):
    G, k = _rough(f, X)
    return np.zeros_like(G) if np.asarray(X).dtype.kind == "i" else G


@generalized_jacobian.mistake(
    "The outputs have been added up: this is the gradient of their sum. Every output keeps its own derivatives.", tolerance=ANY_STEP
)
def sum_of_all_outputs(f, X):
    G, k = _rough(f, X)
    return G.sum(axis=tuple(range(k)))
