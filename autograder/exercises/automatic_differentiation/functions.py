"""Functions of one value."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Function, Miss, OneOf, Reals, Together, view

from ._lesson import STAND_INS, Node, lesson, show_nodes
from .values import NODE, leaves_its_inputs_alone


def _of_one(name: str, points: float, value, slope, text: str, low: float = -2.5, high: float = 2.5, domain=None, **settings):
    """`low` and `high` bound the ordinary cases, `domain` is what the input may be."""
    exercise = lesson.exercise(
        name,
        points,
        f"{name} of a value, with its slope",
        signature="a",
        program="value_node",
        needs=("Value",),
        stand_ins=STAND_INS,
        returns=NODE,
        show=show_nodes(name),
        domains={"numbers": Together(a=domain or Reals(high=20)), "kinds": OneOf("v")},
        clauses={
            "The node": "data knows_its_slope inputs_stay repeats edges" + " any_slope_at_the_corner" * (name == "relu"),
        },
        **settings,
    )

    @exercise.cases
    def function_cases(rng):
        # one in each sixth, its outer half: a function with two sides is asked about both, and -2, -1, 0, 1, 2 lie between the same two in
        # every draw
        for k in rng.permutation(6):
            out = rng.uniform(0.5, 0.9)
            yield (round(float(low + (high - low) * (k + (1 - out if low < 0 and k < 3 else out)) / 6), 2),), "v"

    @exercise.edges
    def close_numbers(rng):
        """Numbers that agree in three decimals: each has a value of its own."""
        x = round(float(rng.uniform(0.5, 1.5)), 3)
        yield from (((x + 1e-4 * k,), "v") for k in range(3))

    @exercise.picture
    def picture(numbers, kinds):
        return view("secant_explorer", f=Function(text), x=numbers[0])

    @exercise.check(weight=0.5, domain=True)
    def data(t, numbers, kinds):
        """It makes the right number"""
        t.assume(abs(numbers[0]) <= 1000 and (name != "log" or numbers[0] > 0))
        t.equal(t(numbers, kinds)[0], value(*numbers), "This is about .data of the result.")

    @exercise.check(weight=1.5, domain=True)
    def knows_its_slope(t, numbers, kinds):
        """It knows its slope"""
        t.assume(abs(numbers[0]) <= 1000 and (name != "log" or numbers[0] > 0) and (name != "relu" or numbers[0] != 0))
        t.equal(t(numbers, kinds)[1], [slope(*numbers)], "Move the input by a little: how much does the result move, for each unit?")

    leaves_its_inputs_alone(exercise, "data")
    return exercise


exp = _of_one(
    "exp",
    0.5,
    math.exp,
    lambda x: np.imag(np.exp(x + 1e-30j)) / 1e-30,
    "np.exp(x)",
    minutes=3,
    difficulty=1,
    hints=("np.exp(a.data) is the new data.", "The exponential is its own derivative."),
)


@exp.mistake("The slope of exp is its value, not its input.")
def exp_uses_input(a):
    return Node(math.exp(a.data), (a,), (a.data,))


@exp.mistake("That is the power rule. The exponential is no power of x: it is its own derivative.")
def exp_as_a_power(a):
    return Node(math.exp(a.data), (a,), (a.data * math.exp(a.data - 1),))


@exp.mistake("The result does not remember where it came from: give it its parent and its slope.")
def exp_without_a_past(a):
    return Node(math.exp(a.data))


log = _of_one(
    "log",
    0.5,
    math.log,
    lambda x: np.imag(np.log(x + 1e-30j)) / 1e-30,
    "np.log(x)",
    low=0.2,
    high=3.8,
    domain=Reals(positive=True),
    minutes=3,
    difficulty=1,
    hints=("np.log is the natural logarithm.", "How steep is the logarithm at 1? At 10 it is a tenth of that."),
)


@log.mistake("This is the logarithm to base 10. np.log is the natural one.")
def log_base(a):
    return Node(math.log10(a.data), (a,), (1 / (a.data * math.log(10)),))


@log.mistake("The slope of the natural logarithm has no factor log(10); that belongs to base 10.")
def log_slope_of_base_10(a):
    return Node(math.log(a.data), (a,), (1 / (a.data * math.log(10)),))


@log.mistake("The slope falls as the input grows: the logarithm gets flatter. Yours grows.")
def log_slope_is_the_input(a):
    return Node(math.log(a.data), (a,), (a.data,))


@log.mistake("You divide by the value of the logarithm. Divide by its input.")
def log_over_its_value(a):
    return Node(math.log(a.data), (a,), (1 / math.log(a.data) if a.data != 1 else 0.0,))


tanh = _of_one(
    "tanh",
    0.5,
    math.tanh,
    lambda x: 1 / math.cosh(x) ** 2,
    "np.tanh(x)",
    minutes=4,
    difficulty=2,
    hints=("Lesson 7: the slope of tanh in terms of its own value.", "Compute the value once and use it twice."),
)


@tanh.mistake("The formula 1 - t**2 wants the value of the tanh. You gave it the input.")
def tanh_at_input(a):
    return Node(math.tanh(a.data), (a,), (1 - a.data**2,))


@tanh.mistake("t(1 - t) belongs to the sigmoid. At 0 the tanh has the slope 1.")
def tanh_with_the_sigmoids_slope(a):
    t = math.tanh(a.data)
    return Node(t, (a,), (t * (1 - t),))


@tanh.mistake("The square is missing in the slope: it is 0 where t is -1 as well as where t is 1.")
def tanh_square_missing(a):
    t = math.tanh(a.data)
    return Node(t, (a,), (1 - t,))


@tanh.mistake("This is the sigmoid. The tanh runs from -1 to 1.")
def sigmoid_instead(a):
    s = 1 / (1 + math.exp(-a.data))
    return Node(s, (a,), (s * (1 - s),))


relu = _of_one(
    "relu",
    0.5,
    lambda x: max(x, 0.0),
    lambda x: (1 + math.copysign(1, x)) / 2,
    "np.maximum(x, 0.0)",
    domain=Reals(zero=False),  # at 0 any slope between the two sides is fair: a check of its own
    minutes=4,
    difficulty=2,
    hints=("The data is the larger of the input and 0.", "The slope is 1 on the positive side and 0 on the other. True counts as 1."),
)


def at_the_corner(rng):
    """Exactly at the corner."""
    yield (0.0,), "v"
    yield (-0.0,), "v"


@relu.check(weight=0.5, cases=at_the_corner, needs=("knows_its_slope",))
def any_slope_at_the_corner(t, numbers, kinds):
    """At exactly 0 its slope is some number from 0 to 1"""
    t.assume(numbers[0] == 0)
    slope = t(numbers, kinds)[1]
    if not np.all((slope >= 0) & (slope <= 1)):
        raise Miss(slope, "a number from 0 to 1", "Every slope between the two sides is fair at the corner; ours is 0.")


@relu.mistake("The slope is the value here. Where relu is open its slope is 1.")
def relu_slope_is_the_value(a):
    return Node(max(a.data, 0.0), (a,), (max(a.data, 0.0),))


@relu.mistake("The slope is on the wrong side: positive inputs pass.")
def relu_gate_reversed(a):
    return Node(max(a.data, 0.0), (a,), (float(a.data < 0),))


@relu.mistake("The slope is 1 everywhere. A negative input does not reach the result at all.")
def relu_always_open(a):
    return Node(max(a.data, 0.0), (a,), (1.0,))


@relu.mistake("At the corner your slope is NaN: the value divided by the input is 0/0 there. Compare with 0 instead.")
def relu_divides(a):
    with np.errstate(all="ignore"):
        return Node(max(a.data, 0.0), (a,), (float(np.float64(max(a.data, 0.0)) / np.float64(a.data)),))
