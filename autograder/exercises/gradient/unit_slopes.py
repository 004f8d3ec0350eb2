"""The slope in a direction, for each unit of distance."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, Field, Reals, crests, numeric, slope_along_line

from ._lesson import lesson, with_direction
from .directions import ANY_STEP, along_v, picture, standing_still, tolerance_along

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
    domains={"x": Reals("n", high=30), "f": Field("x"), "v": Reals("n", low=1e-12, high=1e6)},
    clauses={
        "the change for each unit of distance": "rate_for_a_unit_of_distance length_does_not_matter every_direction",
        "x and v are arrays of the same shape (n,)": "edges",
        "Right to about ten digits": "every_direction edges",
        "Raises ValueError when v is 0": "no_direction_is_an_error",
    },
    hints=("A slope is a change for each unit of distance. How long is v?", "Shorten v to length one first, and mind v = 0."),
)
slope_along.cases(with_direction)


slope_along.picture(picture)


@slope_along.check(weight=2, domain=True)
def rate_for_a_unit_of_distance(t, f, x, v):
    """It is the change of f for each unit of distance along v"""
    t.assume(np.any(v))
    t.equal(
        t(f, x, v),
        float(slope_along_line(f, x, v)) / math.hypot(*v),
        "Go the distance one, not the distance of v.",
        tolerance_along(f, x, v / math.hypot(*v)),
    )


def directions(rng):
    """Short and long ones, components that are 0 or cancel, crests: each of them points somewhere."""
    *_, (f, x) = crests(rng)
    for v in ([0.0, 1.2], [0.7, 0.0], [0.5, -0.5], [1e-9, -2e-9], [3e-12, 4e-12], [3e5, -4e5], [0, 2], [-1, 1], [0.6, 0.8]):
        yield f, x, np.array(v)


@slope_along.check(weight=0.5, cases=directions)
def every_direction(t, f, x, v):
    """It is right for every v but 0, however short, and when components are 0 or cancel"""
    t.assume(np.any(v))
    unit = np.asarray(v, float) / math.hypot(*v)
    t.equal(t(f, x, v), float(slope_along_line(f, x, unit)), "Only v = 0 points nowhere.", tolerance_along(f, x, unit))


@slope_along.check(needs=("rate_for_a_unit_of_distance",))
def length_does_not_matter(t, f, x, v):
    """A longer v gives the same slope, the opposite direction minus the slope"""
    t.assume(np.any(v))
    once = t(f, x, v)
    for c in (3.0, -0.5):
        t.equal(t(f, x, c * v), math.copysign(once, once * c), "Only the direction of v counts.", tolerance_along(f, x, v / math.hypot(*v)))


@slope_along.check(cases=standing_still)
def no_direction_is_an_error(t, f, x, v):
    """For v = 0 it raises ValueError"""
    t.assume(not np.any(v))
    t.raises("ValueError", f, x, v, why="The vector 0 points nowhere. Raise ValueError then.")


def _guard(v):
    if not np.any(v):
        raise ValueError("v must not be 0: it points nowhere")


@slope_along.mistake("You take v as it is. A slope is a change for each unit of distance: shorten v to length one.", tolerance=ANY_STEP)
def never_normalises(f, x, v):
    _guard(v)
    return along_v(f, x, v)


@slope_along.mistake(
    "You divide by the square of the length. np.linalg.norm takes the square root already; a sum of squares does not.", tolerance=ANY_STEP
)
def divides_by_the_square(f, x, v):
    _guard(v)
    return along_v(f, x, v) / float(sum(v * v))


@slope_along.mistake(
    "You divide by the sum of the entries' sizes. The length of a vector is the root of the sum of their squares.", tolerance=ANY_STEP
)
def sum_of_sizes(f, x, v):
    _guard(v)
    return along_v(f, x, v) / float(np.abs(v).sum())


@slope_along.mistake("You divide by the largest entry. The length of a vector is the root of the sum of the squares.", tolerance=ANY_STEP)
def largest_entry(f, x, v):
    _guard(v)
    return along_v(f, x, v) / float(np.abs(v).max())


@slope_along.mistake("The sign is lost. Downhill the slope is negative.", tolerance=ANY_STEP)
def loses_the_sign(f, x, v):
    _guard(v)
    return abs(along_v(f, x, v)) / math.hypot(*v)


@slope_along.mistake("For v = 0 you divide by 0 and get no number. Raise ValueError: the vector 0 points nowhere.", tolerance=ANY_STEP)
def not_a_number_for_zero(f, x, v):
    return along_v(f, x, v) / np.linalg.norm(v)
