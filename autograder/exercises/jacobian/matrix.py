"""A curve's derivative, and the Jacobian. Sources: S0.09, S0.10, S0.12, S0.14, E-P16."""

from __future__ import annotations

import numpy as np

from autograder.writing import MIX3, SEED2, Array, choice, view

from ._domains import NEAR, Waves
from ._lesson import ANY_STEP, FIRST_ORDER, MIX34, ROUGH, handed_back, lesson, maps, maps_of_all_kinds, numbers, random_map

shape_for_scalar_input = lesson.add(
    choice(
        "shape_for_scalar_input",
        0.5,
        "the shape of dy/dx when x is one number",
        wrong={
            "a": 'This is the source\'s "vector of length 1 whose element is a vector". A number has no axis of length 1: np.shape(2.0) is ().',
            "c": "A square matrix would need three inputs. Here is one.",
            "d": "One number would need one output. Here are three, and each has its own derivative.",
        },
        difficulty=2,
        minutes=2,
        hints=("The rule is: shape of the output, then shape of the input.", "What does np.shape(2.0) return?"),
    )
)

jacobian = lesson.exercise(
    "jacobian",
    3,
    "all partial derivatives of a vector function, as a matrix",
    signature="f, x",
    minutes=12,
    difficulty=3,
    tolerance=FIRST_ORDER,
    returns=Array(lambda f, x: np.shape(f(x)) + np.shape(x)),
    domains={"x": NEAR, "f": Waves()},
    clauses={
        "The Jacobian of f at x, by differences": "entries_are_partials edges",
        "The shape is that of f(x), followed by that of x": "one_output_or_one_input returns",
        "Right to six digits": "right_to_six_digits edges",
        "x may hold whole numbers, and is left as it was": "whole_numbers_and_locked_arrays edges leaves_arguments_alone",
    },
    hints=(
        "Move one input a little, x[j] by h up and by h down. How do all the outputs together answer? Their difference, divided by 2h, is one column.",
        "Columns belong to inputs. np.stack(columns, axis=-1) puts them side by side.",
        "Work on a copy, x = np.array(x, dtype=float): whole numbers cannot hold a small step.",
        "Check the shape by hand: four outputs and three inputs make four rows and three columns.",
    ),
)
jacobian.cases(maps)


@jacobian.picture
def picture(f, x):
    m = np.size(f(x))
    if (m, x.size) == (2, 2):
        return view("linear_map_explorer", yours=True, f=f, x=x.tolist())
    return view("layout_explorer", yours=x.dtype.kind == "f" and np.ndim(f(x)) == 1, m=m, n=x.size) if m <= 4 and x.size <= 5 else None


jacobian.edges(handed_back)


@jacobian.check(weight=2, domain=True)
def entries_are_partials(t, f, x):
    """Entry (i, j) is the partial derivative of output i with respect to input j"""
    t.equal(t(f, x), f.derivative(x), "Row i belongs to output i, column j to input j.", ROUGH)


@jacobian.check(weight=0.5, cases=maps_of_all_kinds, needs=("entries_are_partials",), domain=True)
def right_to_six_digits(t, f, x):
    """It is right to six digits, where f bends, too"""
    why = "A point on each side of x cancels what f bends, and a small step helps. Lesson 2 has the best one."
    t.equal(t(f, x), f.derivative(x), why, FIRST_ORDER)


def single_outputs(rng):
    """One output with an axis, one without, and one input."""
    yield random_map(rng, 1, 3), numbers(rng, 3)
    yield MIX3, numbers(rng, 3, -1.2, 1.2)
    yield SEED2, numbers(rng, 2, 0.3, 1.0)
    yield random_map(rng, 3, 1), numbers(rng, 1)


@jacobian.check(cases=single_outputs, needs=("entries_are_partials",))
def one_output_or_one_input(t, f, x):
    """One output in an array gives one row, a plain number gives the gradient, one input gives one column"""
    t.equal(t(f, x), f.derivative(x), "The shape is the shape of f(x), followed by the shape of x.", ROUGH)


def awkward_inputs(rng):
    """Whole numbers, and an array that refuses to be written to."""
    yield MIX34, rng.permutation([-3, 0, 2])
    locked = numbers(rng, 3)
    locked.setflags(write=False)
    yield MIX34, locked
    yield random_map(rng, 2, 4), rng.permutation([-2, -1, 1, 2])


@jacobian.check(cases=awkward_inputs, needs=("entries_are_partials",))
def whole_numbers_and_locked_arrays(t, f, x):
    """It takes whole numbers, and leaves x as it was"""
    t.equal(
        t(f, x),
        f.derivative(x),
        "x holds whole numbers here, or may not be written into: move a copy of it, in floating point.",
        ROUGH,
    )


def _columns(f, x, h=6e-6):
    steps = h * np.eye(len(x))
    return [(np.asarray(f(x + step)) - np.asarray(f(x - step))) / (2 * h) for step in steps]


@jacobian.mistake(
    "Your matrix is the transpose of the Jacobian: inputs run down, outputs across. In this course rows are outputs.", tolerance=ANY_STEP
)
def denominator_layout(f, x):
    return np.array(_columns(f, x))


@jacobian.mistake(
    "You return a list with one entry for each input: that is the source's nested reading, and its shape is turned around. "
    "Those vectors are the columns.",
    tolerance=ANY_STEP,
)
def nested_list(f, x):
    return _columns(f, x)


@jacobian.mistake("Only the entries (i, i) are filled. Every output may depend on every input.", tolerance=ANY_STEP)
def only_the_diagonal(f, x):
    full = np.stack(_columns(f, x), axis=-1)
    return full * np.eye(*full.shape) if full.ndim == 2 else full


@jacobian.mistake(
    "The outputs have been added up before differentiating: this is the gradient of their sum. Keep a row for each output.",
    tolerance=ANY_STEP,
)
def sum_of_outputs(f, x):
    return np.array([np.sum(column) for column in _columns(f, x)])


@jacobian.mistake(
    "All inputs move at once, so each of your columns is the sum of all of them. Move one input at a time.", tolerance=ANY_STEP
)
def moves_all_inputs(f, x):
    column = sum(_columns(f, x))
    return np.stack([column] * len(x), axis=-1)


@jacobian.mistake(
    "You move x itself and it drifts: each column starts from another point, and the caller's x is spoilt. Work on a copy.",
    tolerance=ANY_STEP,
)
def writes_into_x(f, x):
    columns = []
    for j in range(len(x)):
        before = np.asarray(f(x))
        x[j] += 6e-6
        columns.append((np.asarray(f(x)) - before) / 6e-6)
    return np.stack(columns, axis=-1)


@jacobian.mistake(
    "With whole numbers the step is cut off: an integer array cannot hold 2.000006. Convert the copy to floating point.", tolerance=ANY_STEP
)
def whole_numbers_cut_the_step(f, x):
    columns = []
    for j in range(len(x)):
        right, left = x.copy(), x.copy()
        right[j], left[j] = x[j] + 6e-6, x[j] - 6e-6
        columns.append((np.asarray(f(right)) - np.asarray(f(left))) / 1.2e-5)
    return np.stack(columns, axis=-1)


@jacobian.mistake(
    "A plain number as output gets an extra axis here. The shape is that of f(x), which is (), followed by that of x.", tolerance=ANY_STEP
)
def gradient_as_a_row(f, x):
    full = np.stack(_columns(f, np.asarray(x, dtype=float)), axis=-1)
    return np.atleast_2d(full)
