"""The partial derivative as a number. Sources: S0.03, S1.13."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    EPS,
    MIX3,
    PLANE_WAVE,
    Array,
    Field,
    Function,
    Index,
    Reals,
    Tolerance,
    accuracy,
    along,
    axis,
    bends,
    crests,
    falls_like,
    numeric,
    powers_at_zero,
    random_field,
    slope_along_line,
    slope_between,
    step_is_used,
    two_digits,
    view,
)

from ._lesson import every_variable, fields_and_points, lesson, scale

partial_derivative = lesson.exercise(
    "partial_derivative",
    3,
    "the slope of f in one of its variables",
    signature="f, x, i, h=None",
    minutes=10,
    difficulty=3,
    returns=Array(),
    tolerance=numeric(2, 100),
    domains={"x": Reals("n", high=100), "f": Field("x"), "i": Index("n")},
    clauses={
        "with respect to x[i]": "is_the_slope_of_the_slice",
        "f takes an array of shape (n,)": "edges",
        "of floats or integers; it may be read-only": "takes_integers leaves_x_alone edges",
        "Without h, a step near the best one is used": "right_to_ten_digits step_grows_with_x step_is_kept_near_zero",
        "right to about ten digits": "right_to_ten_digits step_grows_with_x step_is_kept_near_zero",
        "A given h is used": "uses_the_given_step error_falls_with_the_square",
    },
    hints=(
        "Take a central difference. The two points differ from x in component i only.",
        "Make a copy of x for each point, of type float. Change component i of the copy.",
        "Without h, the cube root of the machine epsilon suits a central difference: np.cbrt(np.finfo(float).eps), times the size of x[i] if that is above 1.",
        "freeze gives you a function of one number. Its derivative at x[i] is what you want.",
    ),
)


@partial_derivative.cases
def slices_and_crests(rng):
    """Every variable, and crests, where the slope is small and the bend is not: one-sided differences are off there whatever the seed."""
    yield from every_variable(rng)
    for a in (3, -3, 2.8):
        f = Function(f"np.sin({a}*x[0]) + x[1]*x[0]", f"np.array([{a}*np.cos({a}*x[0]) + x[1], x[0]])", name="f")
        yield f, np.array([round(float(rng.uniform(0.50, 0.54)), 3), float(two_digits(rng, 0.5, 1.4))]), 0
    f = Function(
        "np.sin(x[0]) + x[1]*x[2] + np.exp(0.5*x[3])", "np.array([np.cos(x[0]), x[2], x[1], 0.5*np.exp(0.5*x[3])])", name="f"
    )  # four variables, and the last
    yield f, two_digits(rng, 0.5, 1.4, 4), 3


@partial_derivative.picture
def picture(f, x, i, h=None):
    step = {} if h is None else {"h": h}
    return (
        view("slices_explorer", yours=h is None and np.asarray(x).dtype.kind == "f", f=f, x=float(x[0]), z=float(x[1]), **step)
        if np.shape(x) == (2,)
        else None
    )


def _rough(f, x, i) -> Tolerance:
    """Where another promise is at stake than the digits: a forward difference passes, with a step of a millionth, too, and a central one with any step up to 0.001."""
    size = EPS**0.5 * (400 * scale(f, x) + float(np.max(np.abs(x)))) + 1e-6 * abs(bends(f, x, axis(x, i))[1])
    return Tolerance(
        1e-6,
        size,
        "a forward difference with h up to a millionth, second derivatives up to ten times the slopes, or a central one with h = 0.001",
    )


@partial_derivative.check(weight=2, domain=True)
def is_the_slope_of_the_slice(t, f, x, i):
    """It is the slope of f in component i, the others frozen"""
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), f"Only x[{i}] moves, and the others keep their values.", _rough(f, x, i))


def on_crests(rng):
    """Places where f bends, and high ones, in either variable."""
    for f, x in crests(rng):
        yield f, x, 0
    for place in (-0.03, 0.37):  # beside a component that is far larger
        yield (
            Function("np.sin(4*x[1]) + 0.01*x[0]*x[1]", "np.array([0.01*x[1], 4*np.cos(4*x[1]) + 0.01*x[0]])", name="f"),
            np.array([90.0, place]),
            1,
        )
    yield from every_variable(rng)


@partial_derivative.check(domain=True, cases=on_crests, needs=("is_the_slope_of_the_slice",))
def right_to_ten_digits(t, f, x, i):
    """Without h it is right to about ten digits"""
    why = "A central difference with a good step is right to about ten digits: lesson 2 has the best step."
    allowed = Tolerance(1e-9, accuracy(f, x, axis(x, i)), "ten times the error of a central difference at its best step")
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, allowed)


def given_steps(rng):
    """Points away from 1, and steps from tiny to large."""
    for f, x, h in zip((random_field(rng, n) for n in (2, 3, 2)), ([2.3, -1.7], [-3.1, 1.6, 2.2], [-1.9, 2.6]), (0.3, 0.02, 2.5)):
        yield f, np.array(x), int(rng.integers(len(x))), h
    yield PLANE_WAVE, np.array([2.3, -1.7]), int(rng.integers(2)), 64.0
    for power, _, h in powers_at_zero(3):
        yield (
            Function(f"{power.expr.replace('x', 'x[0]')} + x[1]", f"np.array([{power.d.replace('x', 'x[0]')}, 1.0])", name="f"),
            np.array([0.0, 0.0]),
            0,
            h,
        )


@partial_derivative.check(cases=given_steps, needs=("is_the_slope_of_the_slice",))
def uses_the_given_step(t, f, x, i, h):
    """A given h is used as it is"""
    t.assume(h > 0)
    line = along(f, x, axis(x, i))
    ours, exact = slope_between(line, -h, h), float(slope_along_line(f, x, axis(x, i)))
    size = 1.0 + abs(float(line(h))) + abs(float(line(-h))) + abs(x[i] * ours)
    step_is_used(t, [(f, x, i, h), (f, x, i, h / 2)], h, ours, exact, 16 * EPS * size / h)


def large_steps(rng):
    """Steps large enough for the error to be seen, and no polynomials: there some correct differences are exact."""
    yield MIX3, np.array([0.9, -1.1, 0.8]), 0, 0.1  # whatever the seed
    yield MIX3, np.array([0.9, -1.3, 0.8]), 2, 0.08
    for f, x in list(fields_and_points(rng))[1:]:
        yield f, x, int(rng.integers(len(x))), round(float(rng.uniform(0.06, 0.12)), 2)


@partial_derivative.check(cases=large_steps)
def error_falls_with_the_square(t, f, x, i, h):
    """With a step of your own choice the error falls by 16 when h is quartered"""
    line, exact = along(f, x, axis(x, i)), float(slope_along_line(f, x, axis(x, i)))
    ours = [abs(slope_between(line, -step, step) - exact) for step in (h, h / 4)]
    t.assume(h > 0 and ours[0] > 1e-5 * scale(f, x) and 14 < ours[0] / ours[1] < 18)
    values = [t(f, x, i, step) for step in (h, h / 4)]
    t.holds(values[0] != values[1], "the same number for two steps", "numbers that depend on h a little", "Use the h that is given.", 2)
    coarse, fine = (abs(value - exact) for value in values)
    t.holds(
        falls_like(coarse, fine, 4, 2, 1e-9 * scale(f, x)),
        f"errors {coarse:.3g} and {fine:.3g}",
        "a second error about 16 times smaller",
        f"The exact slope is {exact:.9g}. Use the h that is given, and points on both sides of x.",
        2,
    )


def integer_points(rng):
    """Arrays of integers."""
    yield MIX3, np.array([1, -1, 2]), int(rng.integers(3))
    yield random_field(rng, 2), np.array([2, -1]), int(rng.integers(2))


@partial_derivative.check(weight=0.5, cases=integer_points, needs=("is_the_slope_of_the_slice",))
def takes_integers(t, f, x, i):
    """It takes an array of integers"""
    why = "A small step does not fit into an array of integers: make the copy of type float."
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, _rough(f, x, i))


def read_only_points(rng):
    """Arrays that must not be written to."""
    for n in (2, 3):
        x = two_digits(rng, 0.5, 1.4, n, signs=True)
        x.setflags(write=False)
        yield random_field(rng, n), x, int(rng.integers(n))


@partial_derivative.check(weight=0.5, cases=read_only_points, needs=("is_the_slope_of_the_slice",))
def leaves_x_alone(t, f, x, i):
    """It leaves x alone, which may be read-only"""
    outcome = t.outcome(f, x, i)
    t.holds(not outcome.raised, outcome.raised, "a number", "x is read-only here: change a copy of it.")
    t.equal(
        partial_derivative.returns.accept(outcome.value, (f, x, i)),
        float(slope_along_line(f, x, axis(x, i))),
        "",
        _rough(f, x, i),
    )


def far_from_zero(rng):
    """Points with a component near a million, and functions that change as slowly there."""
    for size in ("1e6", "1e8", "1e10"):
        for sign, i in ((1, 0), (-1, 0), (1, 1)):
            a, b, c = (float(v) for v in two_digits(rng, 0.5, 1.4, 3))
            f = Function(f"{size}*({a}*np.sin({c}*x[0]/{size} + x[1]) + {b}*x[1]**2*x[0]/{size})", name="f")
            yield f, np.array([sign * float(size), 1.0]) * two_digits(rng, 0.8, 1.4, 2), i


@partial_derivative.check(weight=0.5, cases=far_from_zero, needs=("is_the_slope_of_the_slice",))
def step_grows_with_x(t, f, x, i):
    """Without h it is right far from 0 too"""
    t.assume(abs(x[0]) > 1e5)
    why = (
        f"Near {x[i]:.2g} a step of 0.000006 is too small beside the rounding there: let it grow with the size of x[{i}]."
        if i == 0
        else f"x[0] is {x[0]:.2g} here and x[1] is not: the step for x[1] follows x[1]."
    )
    # in units of the slope: eps/r of rounding and r²/6 of bending for a step r times x, where 6e-6 is the best r; the digits are another check's
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, Tolerance(1e-7, 1e-7, "h/x from 3e-9 on, or up to 3e-4"))


def near_zero(rng):
    """Points with a component that is 0, or nearly."""
    for small in (0.0, 1e-4, -1e-7, 1e-8, -1e-9):
        f, x = random_field(rng, 3), two_digits(rng, 0.5, 1.4, 3, signs=True)
        x[1] = small
        yield f, x, 1


@partial_derivative.check(weight=0.5, cases=near_zero, needs=("is_the_slope_of_the_slice",))
def step_is_kept_near_zero(t, f, x, i):
    """Without h it is right at 0 and near 0 too"""
    t.assume(abs(x[i]) < 1e-3)
    why = "Near 0 the step stays the one for 1: one that shrinks with x[i] leaves nothing but rounding."
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, _rough(f, x, i))
