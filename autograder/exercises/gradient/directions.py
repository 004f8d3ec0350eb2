"""The slope along any direction."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, Tolerance, axis, best_central, numeric, slope_along_line, view

from ._lesson import lesson, scale, with_direction

_ANY_STEP = Tolerance(1e-6, 1e-6, "the same mistake with another small step")

directional_derivative = lesson.exercise(
    "directional_derivative",
    2,
    "the rate of change of f along a vector v of any length",
    signature="f, x, v",
    minutes=6,
    difficulty=2,
    returns=Array(),
    tolerance=numeric(2, 100),
    counts_calls=False,
    hints=(
        "You have the gradient. Each of its entries counts as much as v goes in that component.",
        "Multiply entry by entry and add up. The answer is one number.",
        "Leave v as it is. Twice the vector, twice the rate.",
    ),
)
directional_derivative.cases(with_direction)


def _tolerance(f, x, v) -> Tolerance:
    return best_central(scale(f, x) * (1 + float(np.abs(v).sum())))


@directional_derivative.picture
def picture(f, x, v):
    return view("compass_explorer", f=f, x=x.tolist(), v=v.tolist()) if np.shape(x) == (2,) and np.any(v) else None


@directional_derivative.check(weight=2)
def slope_of_the_line(t, f, x, v):
    """It is the derivative of t → f(x + t·v) at t = 0"""
    t.equal(t(f, x, v), float(slope_along_line(f, x, v)), "Walk along x + t·v: how fast does f change at t = 0?", _tolerance(f, x, v))


def along_the_axes(rng):
    """Directions in which one component moves, at some speed."""
    for f, x, v in with_direction(rng):
        i = int(rng.integers(len(x)))
        yield f, x, v[i] * axis(x, i)


@directional_derivative.check(cases=along_the_axes, needs=("slope_of_the_line",))
def a_partial_along_an_axis(t, f, x, v):
    """Along an axis it is the partial derivative times the speed"""
    t.assume(np.count_nonzero(v) == 1)
    i = int(np.flatnonzero(v)[0])
    t.equal(t(f, x, v), float(f.derivative(x)[i] * v[i]), "", _tolerance(f, x, v))


@directional_derivative.check(needs=("slope_of_the_line",))
def is_linear_in_v(t, f, x, v):
    """It is linear in v: twice the vector, twice the number; backwards, minus the number"""
    once = t(f, x, v)
    for c in (2.0, -1.5):
        t.equal(t(f, x, c * v), c * once, f"For {c:g}·v the number should be {c:g} times as large.", _tolerance(f, x, 3 * v))


def standing_still(rng):
    """The vector 0."""
    for f, x, v in list(with_direction(rng))[:2]:
        yield f, x, 0.0 * v


@directional_derivative.check(cases=standing_still, needs=("slope_of_the_line",))
def zero_for_zero(t, f, x, v):
    """For v = 0 it is 0"""
    t.assume(not np.any(v))
    t.equal(t(f, x, v), 0.0, "Who stands still sees no change.")


def _along(f, x, v) -> float:
    return float(slope_along_line(f, x, v))


@directional_derivative.mistake(
    "You divide by the length of v. That is the slope along v; the directional derivative takes v as it is, with its length.",
    tolerance=_ANY_STEP,
)
def normalises_always(f, x, v):
    return _along(f, x, v) / (math.hypot(*v) or 1.0)


@directional_derivative.mistake(
    "You multiply entry by entry and return them all. Add them up: the answer is one number.", tolerance=_ANY_STEP
)
def componentwise_product(f, x, v):
    return np.array([_along(f, x, axis(x, i)) * v[i] for i in range(len(x))])


@directional_derivative.mistake("The sign is flipped: a positive number means that f grows along v.", tolerance=_ANY_STEP)
def sign(f, x, v):
    return -_along(f, x, v)


@directional_derivative.mistake(
    "You divide by both lengths. What is left is the cosine of the angle between gradient and v, no longer a slope.", tolerance=_ANY_STEP
)
def cosine(f, x, v):
    steepest = math.hypot(*(_along(f, x, axis(x, i)) for i in range(len(x))))
    return _along(f, x, v) / (steepest * math.hypot(*v) or 1.0)


@directional_derivative.mistake(
    "This is the change of f over the whole vector v, f(x + v) - f(x). The derivative is the rate at its very beginning."
)
def whole_step(f, x, v):
    return f(x + v) - f(x)


@directional_derivative.mistake(
    "You add up the entries of the gradient. Each of them counts as much as v goes in its component.", tolerance=_ANY_STEP
)
def ignores_v(f, x, v):
    return _along(f, x, np.ones(len(x)))


slope_along = lesson.exercise(
    "slope_along",
    1,
    "the slope in the direction of v, whatever its length",
    signature="f, x, v",
    minutes=4,
    difficulty=2,
    returns=Array(),
    tolerance=numeric(2, 100),
    counts_calls=False,
    hints=("A slope is a change for each unit of distance. How long is v?", "Shorten v to length one first, and mind v = 0."),
)
slope_along.cases(with_direction)


slope_along.picture(picture)


@slope_along.check(weight=2)
def rate_for_a_unit_of_distance(t, f, x, v):
    """It is the change of f for each unit of distance along v"""
    t.assume(np.any(v))
    t.equal(
        t(f, x, v),
        float(slope_along_line(f, x, v)) / math.hypot(*v),
        "Go the distance one, not the distance of v.",
        best_central(3 * scale(f, x)),
    )


@slope_along.check(needs=("rate_for_a_unit_of_distance",))
def length_does_not_matter(t, f, x, v):
    """A longer v gives the same slope, the opposite direction minus the slope"""
    t.assume(np.any(v))
    once = t(f, x, v)
    for c in (3.0, -0.5):
        t.equal(t(f, x, c * v), math.copysign(once, once * c), "Only the direction of v counts.", best_central(3 * scale(f, x)))


@slope_along.check(cases=standing_still, needs=("rate_for_a_unit_of_distance",))
def no_direction_is_an_error(t, f, x, v):
    """For v = 0 it raises ValueError"""
    t.assume(not np.any(v))
    t.raises("ValueError", f, x, v, why="The vector 0 points nowhere. Raise ValueError then.")


def _guard(v):
    if not np.any(v):
        raise ValueError("v must not be 0: it points nowhere")


@slope_along.mistake("You take v as it is. A slope is a change for each unit of distance: shorten v to length one.", tolerance=_ANY_STEP)
def never_normalises(f, x, v):
    _guard(v)
    return _along(f, x, v)


@slope_along.mistake(
    "You divide by the square of the length. np.linalg.norm takes the square root already; a sum of squares does not.", tolerance=_ANY_STEP
)
def divides_by_the_square(f, x, v):
    _guard(v)
    return _along(f, x, v) / float(sum(v * v))


@slope_along.mistake(
    "You divide by the sum of the entries' sizes. The length of a vector is the root of the sum of their squares.", tolerance=_ANY_STEP
)
def sum_of_sizes(f, x, v):
    _guard(v)
    return _along(f, x, v) / float(np.abs(v).sum())


@slope_along.mistake("You divide by the largest entry. The length of a vector is the root of the sum of the squares.", tolerance=_ANY_STEP)
def largest_entry(f, x, v):
    _guard(v)
    return _along(f, x, v) / float(np.abs(v).max())


@slope_along.mistake("The sign is lost. Downhill the slope is negative.", tolerance=_ANY_STEP)
def loses_the_sign(f, x, v):
    _guard(v)
    return abs(_along(f, x, v)) / math.hypot(*v)


@slope_along.mistake("For v = 0 you divide by 0 and get no number. Raise ValueError: the vector 0 points nowhere.", tolerance=_ANY_STEP)
def not_a_number_for_zero(f, x, v):
    return _along(f, x, v) / np.linalg.norm(v)
