"""The second difference."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Array, Function, Reals, Smooth, Step, Tolerance, one_by_one, powers_at_zero, slope_between, spread

from ._lesson import array_cases, derivatives, lesson, promise_order, smooth_cases, wave_cases

_HALVINGS = 2.0 ** -np.arange(3, 7)

second_difference = lesson.exercise(
    "second_difference",
    2,
    "the second derivative from three values",
    signature="f, x, h",
    minutes=6,
    difficulty=2,
    returns=Array(lambda f, x, h: np.shape(x)),
    domains={"f": Smooth(), "x": Reals(..., high=30), "h": Step(positive=True, low=0.05)},
    clauses={
        "with the step h > 0": "is_the_change_of_slope exact_for_parabolas",
        "of any shape": "takes_an_array_of_points edges",
        "an estimate of the second derivative": "halving_quarters_the_error",
    },
    hints=(
        "It is the change of the slope per unit of x: the slope ahead minus the slope behind, over h.",
        "The slope ahead is a forward difference, the slope behind a backward difference, both with the same h.",
        "Written out, f(x) is subtracted twice. Try f(x) = x**2, where the answer is 2 for every x and h.",
    ),
)
second_difference.cases(smooth_cases)


def _tolerance(f, x, h) -> Tolerance:
    size = np.max([np.abs(one_by_one(f, x + s * h)) for s in (-1, 0, 1)], axis=0) + np.abs(x) * np.abs(slope_between(f, x, x + h))
    return Tolerance(1e-12, 16 * EPS * np.maximum(1.0, size) / h**2, "rounding errors of f and of the places, divided by h²")


def _wanted(f, x, h):
    return (slope_between(f, x, x + h) - slope_between(f, x - h, x)) / h


@second_difference.edges
def steps_of_every_size(rng):
    """Tiny and large steps."""
    yield from powers_at_zero(4)


@second_difference.check(weight=2, domain=True)
def is_the_change_of_slope(t, f, x, h):
    """It is the slope ahead minus the slope behind, divided by h"""
    t.assume(h > 0)
    t.equal(t(f, x, h), _wanted(f, x, h), "", _tolerance(f, x, h))


@second_difference.check(needs=("is_the_change_of_slope",), cases=wave_cases)
def halving_quarters_the_error(t, f, x):
    """It tends to the second derivative, and halving h quarters the error"""
    series = derivatives(f, x)
    # the error is h² f⁗/12 + h⁴ f⁽⁶⁾/360: the first term must rule
    t.assume(abs(series[4]) > 0.3 and abs(series[6]) * _HALVINGS[0] ** 2 < 0.5 * abs(series[4]))
    values = t.each([(f, x, float(h)) for h in _HALVINGS])
    promise_order(t, values, series[2], _HALVINGS, 2, "the error")


def parabolas(rng):
    """Quadratics: their second derivative is the same everywhere."""
    for x in spread(rng, 3, 2.0):
        a, b, c = (round(float(v), 1) for v in rng.uniform(-4, 4, size=3))
        yield Function(f"{a}*x**2 + {b}*x + {c}", f"2*{a}*x + {b}", f"2*{a}", name="parabola"), x, 0.55


@second_difference.check(needs=("is_the_change_of_slope",), cases=parabolas)
def exact_for_parabolas(t, f, x, h):
    """It is exact for a parabola"""
    t.assume(h > 0)
    t.equal(t(f, x, h), f.prime.derivative(x), "", _tolerance(f, x, h))


@second_difference.check(needs=("is_the_change_of_slope",), cases=array_cases)
def takes_an_array_of_points(t, f, x, h):
    """It takes an array of points and answers for each"""
    t.assume(h > 0)
    t.equal(t(f, x, h), _wanted(f, x, h), "", _tolerance(f, x, h))


@second_difference.mistake("Divide by h twice: once for each slope, once for the change between them.")
def divides_by_h_once(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h


@second_difference.mistake(
    "You step ahead twice, to x + h and x + 2h. Then the error falls with h only. Put one point on either side of x."
)
def two_steps_ahead(f, x, h):
    return (f(x + 2 * h) - 2 * f(x + h) + f(x)) / h**2


@second_difference.mistake("The sign is flipped: where the curve bends upward, as x**2 does, the answer is positive.")
def sign(f, x, h):
    return (2 * f(x) - f(x + h) - f(x - h)) / h**2


@second_difference.mistake("f(x) is subtracted once; it belongs to both slopes, so it is subtracted twice.")
def subtracts_once(f, x, h):
    return (f(x + h) - f(x) + f(x - h)) / h**2


@second_difference.mistake("You divide by (2h)², as if the slopes were 2h apart. Each slope sits half a step from x: they are h apart.")
def divides_by_four(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / (2 * h) ** 2


@second_difference.mistake("Without brackets, a / h * h is a again. Divide by h**2.")
def missing_brackets(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h * h


@second_difference.mistake("This is the first derivative. The second one is about how the slope changes.")
def first_derivative(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
