"""Secant and tangent. Sources: S1.10, S1.11, E-W13."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    Array,
    Given,
    Items,
    Reals,
    Smooth,
    Step,
    Together,
    Tolerance,
    powers_at_zero,
    roundoff,
    slope_between,
    slope_tolerance,
    view,
)

from ._lesson import lesson, smooth_cases

secant_line = lesson.exercise(
    "secant_line",
    2,
    "slope and intercept of the secant",
    signature="f, x, h",
    minutes=6,
    difficulty=2,
    returns=Items(Array(), Array()),
    domains={"f": Smooth(), "x": Reals(low=0.01, high=30), "h": Step(low=0.05)},
    clauses={"Slope and intercept of the secant": "has_the_slope_of_the_secant through_the_first_point through_the_second_point"},
    hints=(
        "A line is y = slope * t + intercept. You have the slope already: it is your first exercise.",
        "The intercept is the line's height at t = 0, not at t = x.",
        "The line passes through (x, f(x)). Put that point into y = slope * t + intercept and solve for the intercept.",
    ),
)
secant_line.cases(smooth_cases)


@secant_line.picture
def picture(f, x, h):
    return view("secant_explorer", yours=True, f=f, x=x, h=h) if np.ndim(x) == np.ndim(h) == 0 and h != 0 else None


@secant_line.edges
def steps_of_every_size(rng):
    """Tiny and large steps of either sign."""
    for f, x, h in powers_at_zero(2):
        yield f, x, h if h < 1 else -h


def _height_tolerance(f, x, h) -> Tolerance:
    """How far the height of one line may differ when it is written in two ways: each is a difference of numbers of this size."""
    slope = abs(slope_between(f, x, x + h))
    return roundoff(max(1.0, abs(float(f(x))), abs(float(f(x + h)))) * (1 + abs(x / h)) + slope * (abs(x) + abs(h)), 1.0)


@secant_line.check(weight=2, domain=True)
def has_the_slope_of_the_secant(t, f, x, h):
    """Its slope is the change in f divided by the change in x"""
    t.assume(h != 0)
    t.equal(t(f, x, h)[0], slope_between(f, x, x + h), "This is the slope, the first of the two numbers.", slope_tolerance(f, x, x + h))


@secant_line.check(domain=True)
def through_the_first_point(t, f, x, h):
    """The line passes through (x, f(x))"""
    t.assume(h != 0)
    slope, intercept = t(f, x, h)
    t.equal(slope * x + intercept, float(f(x)), f"Your line's height at {x:g} is not f({x:g}).", _height_tolerance(f, x, h))


@secant_line.check(domain=True)
def through_the_second_point(t, f, x, h):
    """The line passes through (x + h, f(x + h))"""
    t.assume(h != 0)
    slope, intercept = t(f, x, h)
    t.equal(
        slope * (x + h) + intercept, float(f(x + h)), f"Your line's height at {x + h:g} is not f({x + h:g}).", _height_tolerance(f, x, h)
    )


@secant_line.mistake("Your intercept is the height at t = x. The intercept is the height at t = 0.")
def intercept_at_x(f, x, h):
    return (f(x + h) - f(x)) / h, f(x)


@secant_line.mistake(
    "This is the tangent: it touches at x but misses the second point. The secant passes through both.",
    tolerance=Tolerance(1e-4, 1e-4, "people approximate a tangent with any small step"),
)
def uses_the_tangent(f, x, h):
    slope = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
    return slope, f(x) - slope * x


@secant_line.mistake("The right two numbers in the wrong order: return the slope first.")
def swapped(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return f(x) - slope * x, slope


@secant_line.mistake("The intercept has the wrong sign: solve f(x) = slope * x + intercept for it.")
def intercept_sign(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return slope, slope * x - f(x)


@secant_line.mistake("You mix the two points: the height of the second with the place of the first.")
def mixes_the_points(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return slope, f(x + h) - slope * x


tangent_line = lesson.exercise(
    "tangent_line",
    2,
    "the tangent at x0, as a function",
    signature="f, fprime, x0",
    minutes=6,
    difficulty=2,
    program="evaluate_result",
    returns=Array(lambda args, points: (len(points),)),
    domains={
        "args": Together(f=Smooth(), fprime=Given(lambda sample: sample["f"].prime), x0=Reals(low=0.01, high=30)),
        "points": Given(lambda sample: [sample["x0"], *(float(sample["x0"]) + step for step in (-30.0, 0.5, 20.0))]),
    },
    clauses={
        "The tangent of f at x0": "has_the_slope_of_the_curve touches_at_x0 edges",
        "as a function of one number": "returns repeats",
        "fprime is the derivative of f": "has_the_slope_of_the_curve",
    },
    hints=(
        "Return a function of one number. Define it inside with def or lambda.",
        "The tangent has one slope everywhere. At which point is it taken?",
        "Start at height f(x0). How far to the side are you at t, and how much higher is the line there?",
    ),
)


@tangent_line.cases
def tangent_cases(rng):
    for f, x, _ in smooth_cases(rng):
        yield (f, f.prime, x), [x, *(round(float(v), 2) for v in rng.uniform(-2, 2, size=3)), round(x + 1.142857, 6)]


@tangent_line.picture
def picture_of_tangent_line(args, points):
    f, fprime, x0 = args
    return view("secant_explorer", yours=True, f=f, fprime=fprime, x=x0, h=next((t - x0 for t in points if t != x0), 0.1))


@tangent_line.check(domain=True)
def has_the_slope_of_the_curve(t, args, points):
    """Its slope is fprime(x0), wherever you look"""
    f, fprime, x0 = args
    heights = t(args, points)
    t.equal(
        np.diff(heights),
        float(fprime(x0)) * np.diff(points),
        "Between these places the line should rise by fprime(x0) times the distance.",
        _line_tolerance(f, fprime, x0, points),
    )


def _line_tolerance(f, fprime, x0, points) -> Tolerance:
    """The rounding of heights as large as those of the line, written in whatever way."""
    far = 1.0 + abs(x0) + max(abs(t) for t in points)
    return roundoff(max(1.0, abs(float(f(x0)))) + abs(float(fprime(x0))) * far, 1.0)


def at_the_point_of_contact(rng):
    """Such tangents, looked at where they touch; between the places of the others, so that an answer that remembers is as right for one seed as for another."""
    for (f, fprime, x0), _ in tangent_cases(rng):
        x0 = round(x0 + 0.005, 3)
        yield (f, fprime, x0), [x0, x0 - 2.0, x0 + 2.0]


@tangent_line.check(cases=at_the_point_of_contact, domain=True)
def touches_at_x0(t, args, points):
    """It is a straight line, and at x0 it has the height of the curve"""
    f, fprime, x0 = args
    places = [x0, x0 - 2.0, x0 + 2.0]  # a simpler x0 is tried with the old places
    height, left, right = t(args, places)
    rounding = _line_tolerance(f, fprime, x0, places)
    t.equal(height, float(f(x0)), "The tangent touches the curve at x0.", rounding)
    t.holds(
        abs(left + right - 2 * height) <= 4 * (rounding.atol + rounding.rtol * (abs(left) + abs(right) + abs(height))),
        f"heights {left:g}, {height:g}, {right:g} at x0 - 2, x0, x0 + 2",
        "heights on a straight line",
        "A tangent is straight: the height in the middle is the mean of those to both sides.",
    )


@tangent_line.mistake("The slope changes along your line: it is fprime at t. A tangent keeps the slope that the curve has at x0.")
def slope_moves_along(f, fprime, x0):
    return lambda t: f(x0) + fprime(t) * (t - x0)


@tangent_line.mistake("Your line passes through the origin. It has to pass through (x0, f(x0)).")
def through_the_origin(f, fprime, x0):
    return lambda t: fprime(x0) * t


@tangent_line.mistake("Your line has height 0 at x0. Start from the height of the curve there.")
def forgets_the_height(f, fprime, x0):
    return lambda t: fprime(x0) * (t - x0)


@tangent_line.mistake("You add fprime(x0) * t to f(x0). At t = x0 you have gone no distance yet: measure it from x0.")
def measures_from_zero(f, fprime, x0):
    return lambda t: f(x0) + fprime(x0) * t


@tangent_line.mistake("The line leans the wrong way: the distance gone is t - x0, not x0 - t.")
def leans_the_wrong_way(f, fprime, x0):
    return lambda t: f(x0) + fprime(x0) * (x0 - t)
