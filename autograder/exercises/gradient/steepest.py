"""The direction of steepest ascent."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, Function, Reals, two_digits, view

from ._lesson import lesson

steepest_ascent_direction = lesson.exercise(
    "steepest_ascent_direction",
    2,
    "the direction in which f climbs fastest, as a vector of length one",
    signature="g",
    minutes=5,
    difficulty=2,
    returns=Array(lambda g: np.shape(g)),
    domains={"g": Reals("n", low=1e-100, high=1e100, zeros=True)},
    clauses={
        "The direction of steepest ascent, where g is the gradient: (n,) -> (n,)": "uphill_with_length_one nothing_climbs_faster returns",
        "g may hold whole numbers": "edges",
        "It has length 1": "uphill_with_length_one tiny_gradients_count edges",
        "zeros are returned": "zeros_on_flat_ground",
    },
    hints=(
        "The gradient points that way already. Only its length is wrong.",
        "Divide by the length. When is that impossible, and what should come back then?",
    ),
)


@steepest_ascent_direction.cases
def gradients(rng):
    for n in (2, 3, 1, 5, 2, 4):
        yield (two_digits(rng, 2, 6, n, signs=True),)  # longer than 1 in every draw: short ones are a promise of their own


@steepest_ascent_direction.picture
def picture(g):
    # a plane has this gradient everywhere
    return view("compass_explorer", yours=True, f=Function(f"{g[0]}*x[0] + {g[1]}*x[1]"), x=[0.0, 0.0]) if np.shape(g) == (2,) else None


@steepest_ascent_direction.check(weight=2, domain=True)
def uphill_with_length_one(t, g):
    """It points uphill and has length 1"""
    t.assume(np.any(g))
    length = math.hypot(*g)
    u = t(g)
    t.equal(u, np.array([entry / length for entry in g]), "Same direction as g, length one.")


@steepest_ascent_direction.check(needs=("uphill_with_length_one",))
def nothing_climbs_faster(t, g):
    """No other direction of length 1 climbs faster, and along it the slope is the length of g"""
    t.assume(np.any(g))
    u = t(g)
    best = float(np.sum(u * g))
    t.equal(best, math.hypot(*g), "The slope along u is the sum of u[i]*g[i].")
    for k in range(1, 9):  # other directions of length one, spread evenly without a random number
        w = np.cos(k * np.arange(1, len(g) + 1))
        t.holds(float(np.sum(w * g)) / math.hypot(*w) <= best + 1e-12 * abs(best), best, "at least the slope along any other direction", "")


@steepest_ascent_direction.edges
def cancelling(rng):
    """Entries that add up to 0, some that are 0, powers of two that no rounding hides."""
    for g in ([0.5, -0.5], [1.0, 1.0, -2.0], [0.0, 0.0, -3.0], [0.0, 2.0], [-0.25], [1, -1], [3, 0, -3]):
        yield (np.array(g),)


def flat_ground(rng):
    """Gradients of 0."""
    for n in (2, 3, 1):
        yield (np.zeros(n),)
    yield (np.zeros(3, dtype=int),)


@steepest_ascent_direction.check(cases=flat_ground, needs=("uphill_with_length_one",))
def zeros_on_flat_ground(t, g):
    """For g = 0 it returns zeros"""
    t.equal(t(g), np.zeros(len(g)), "On flat ground no direction climbs. Return zeros instead of 0/0.")


def tiny_gradients(rng):
    """Gradients near 0 that still have a direction."""
    for n, size in ((2, 1e-9), (3, 1e-9), (3, 1e-14), (2, 1e-50)):
        yield (two_digits(rng, 0.3, 4, n, signs=True) * size,)


@steepest_ascent_direction.check(cases=tiny_gradients, needs=("uphill_with_length_one",))
def tiny_gradients_count(t, g):
    """A tiny gradient has a direction too"""
    length = math.hypot(*g)
    t.assume(length > 0)
    t.equal(t(g), np.array([entry / length for entry in g]), "However small g is, its direction has length one. Only g = 0 is special.")


def _safe(g, length):
    return g / length if length else np.zeros(len(g))


@steepest_ascent_direction.mistake("This is the way down. Ascent is the direction of the gradient itself.")
def descent(g):
    return -_safe(g, math.hypot(*g))


@steepest_ascent_direction.mistake("This is the gradient as it is. A direction has length one.")
def not_unit(g):
    return g + 0.0


@steepest_ascent_direction.mistake("For g = 0 you divide by 0 and get no numbers. Return zeros then.")
def not_a_number_at_zero(g):
    return g / np.sqrt(sum(g * g))


@steepest_ascent_direction.mistake("You divide by the largest entry. The length of a vector is the root of the sum of the squares.")
def largest_entry(g):
    return _safe(g, np.abs(g).max())


@steepest_ascent_direction.mistake(
    "You divide by the sum of the entries' sizes. The length of a vector is the root of the sum of the squares."
)
def sum_of_sizes(g):
    return _safe(g, np.abs(g).sum())


@steepest_ascent_direction.mistake("You divide by the square of the length: take the root of the sum of the squares.")
def divides_by_the_square(g):
    return _safe(g, sum(g * g))


@steepest_ascent_direction.mistake("You keep the signs only. The direction also says how much each component takes part.")
def signs_only(g):
    return np.sign(g)


@steepest_ascent_direction.mistake(
    "You add a small number to the length to avoid 0/0. That bends every answer a little and spoils tiny gradients; treat g = 0 by itself."
)
def adds_a_small_number(g):
    return g / (math.hypot(*g) + 1e-8)
