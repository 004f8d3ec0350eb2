"""A value to a fixed power."""

from __future__ import annotations

import numpy as np

from autograder.writing import Function, OneOf, Reals, Together, view

from ._lesson import STAND_INS, Node, lesson, number, show_nodes
from .values import NODE, leaves_its_inputs_alone

power = lesson.exercise(
    "power",
    1,
    "a value to a fixed power",
    signature="a, n",
    minutes=5,
    difficulty=2,
    program="value_node",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=NODE,
    show=show_nodes("power"),
    domains={"numbers": Together(a=Reals(positive=True, low=0.1, high=10), n=OneOf(2, 3, -1, 0.5, 1, 0, 2.5, -2.0)), "kinds": OneOf("vn")},
    clauses={
        "The node a**n": "raises_to_the_power knows_the_power_rule edges",
        "a is a Value, n a plain number": "inputs_stay repeats",
        "Where a is 0, n is at least 1": "flat_at_zero edges",
        "where a is negative, n is whole": "edges",
    },
    hints=(
        "There is one parent: n is a plain number and does not move.",
        "Lesson 1b: the derivative of x**n. The exponent appears twice in it.",
    ),
)


@power.cases
def power_cases(rng):
    """Values above 0; those below are asked for by themselves, in every draw."""
    for n in (2, 3, -1, 4, -2, 0.5):
        yield (abs(number(rng)), n), "vn"


@power.picture
def picture(numbers, kinds):
    a, n = numbers
    return view("secant_explorer", f=Function(f"x**{n}"), x=a) if kinds == "vn" else None


@power.edges
def not_above_zero(rng):
    """Values below 0, to whole powers, and at 0, to powers from 1 on."""
    for x in (-1, -2.5, -0.04):
        yield from (((x, n), "vn") for n in (2, -1, 0, 1, 3.0))
    yield from (((x, n), "vn") for x in (0.0, -0.0) for n in (1, 2, 1.5))


def _defined(x, n) -> bool:
    return x > 0 or n == int(n) and x < 0 or x == 0 and n >= 1


@power.check(weight=0.5, domain=True)
def raises_to_the_power(t, numbers, kinds):
    """It makes the right number"""
    t.assume(_defined(*numbers))
    t.equal(t(numbers, kinds)[0], float(numbers[0]) ** numbers[1])


@power.check(weight=1.5, domain=True)
def knows_the_power_rule(t, numbers, kinds):
    """It knows its slope"""
    x, n = numbers
    t.assume(_defined(x, n))
    # along the logarithm: d(x^n)/dx = n x^n / x
    t.equal(t(numbers, kinds)[1], [n * float(x) ** n / x if x else float(n == 1)], "How steep is x**n at this x?")


def powers_at_zero(rng):
    """The value 0, where a formula with a division fails."""
    yield (0.0, 2), "vn"
    yield (0.0, 3), "vn"
    yield (0.0, 1), "vn"


@power.check(weight=0.5, cases=powers_at_zero, needs=("knows_the_power_rule",))
def flat_at_zero(t, numbers, kinds):
    """At 0 the square and the cube are flat, and x itself is not"""
    t.assume(numbers[0] == 0 and numbers[1] >= 1)
    t.equal(t(numbers, kinds)[1], [float(numbers[1] == 1)], "No division by x: it fails at 0.")


leaves_its_inputs_alone(power, "raises_to_the_power")


@power.mistake("The factor n is missing in the slope.")
def drops_the_exponent(a, n):
    return Node(a.data**n, (a,), (a.data ** (n - 1),))


@power.mistake("The exponent goes down by one in the slope: x**n has the slope n times x**(n - 1).")
def keeps_the_exponent(a, n):
    return Node(a.data**n, (a,), (n * a.data**n,))


@power.mistake("Dividing by x gives the right slope everywhere but at 0. Lower the exponent instead.")
def divides_by_the_value(a, n):
    return Node(a.data**n, (a,), (n * a.data**n / a.data,))


@power.mistake("This slope would belong to n to the power x. Here x moves and n stays.")
def exponential_slope(a, n):
    return Node(a.data**n, (a,), (a.data**n * np.log(abs(n)),))
