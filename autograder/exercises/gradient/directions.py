"""The slope along any direction."""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import Array, Field, Reals, Tolerance, accuracy, axis, crests, numeric, slope_along_line, view

from ._lesson import lesson, with_direction

ANY_STEP = Tolerance(1e-6, 1e-6, "the same mistake with another small step")

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
    domains={"x": Reals("n", high=30), "f": Field("x"), "v": Reals("n", low=1e-9, zeros=True)},
    clauses={
        "The rate of change of f at x along v": "slope_of_the_line any_length",
        "a number, linear in v": "is_linear_in_v returns",
        "x and v are arrays of the same shape (n,)": "edges",
        "Right to about ten digits": "any_length edges",
        "You may use your gradient": "prose",
    },
    hints=(
        "You have the gradient. Each of its entries counts as much as v goes in that component.",
        "Multiply entry by entry and add up. The answer is one number.",
        "Leave v as it is. Twice the vector, twice the rate.",
    ),
)
directional_derivative.cases(with_direction)


def tolerance_along(f, x, v) -> Tolerance:
    """In proportion to v: as accurate as central differences along the axes, or as one along the line."""
    length = math.hypot(*v) or 1.0
    axes = sum(abs(float(w)) * accuracy(f, x, axis(x, i)) for i, w in enumerate(v))
    return Tolerance(1e-9, axes + length * accuracy(f, x, v / length), "ten times the error of central differences at their best step")


@directional_derivative.picture
def picture(f, x, v):
    if np.shape(x) != (2,) or not np.any(v):
        return None
    # the compass asks for slopes along vectors of length one: an answer that goes wrong with the length would look right there
    return view("compass_explorer", yours=bool(abs(np.hypot(*v) - 1) < 1e-9), f=f, x=x.tolist(), v=v.tolist())


@directional_derivative.check(weight=2, domain=True)
def slope_of_the_line(t, f, x, v):
    """It is the derivative of t → f(x + t·v) at t = 0"""
    t.equal(t(f, x, v), float(slope_along_line(f, x, v)), "Walk along x + t·v: how fast does f change at t = 0?", tolerance_along(f, x, v))


def lengths(rng):
    """Vectors of every length, on crests and elsewhere."""
    for k, (f, x) in enumerate(crests(rng)):
        for size in (1e-9, 1.0, 1e3, 1e6) if k < 2 else (1.0,):
            yield f, x, size * np.array([0.8, -0.6])
    for f, x, v in list(with_direction(rng))[1:3]:
        yield f, x, 1e5 * v


@directional_derivative.check(weight=0.5, cases=lengths, needs=("slope_of_the_line",))
def any_length(t, f, x, v):
    """It is right for a very long v and for a very short one"""
    why = f"v is {math.hypot(*v):.2g} long. A step along v must not be: the gradient times v needs no step of its own."
    t.equal(t(f, x, v), float(slope_along_line(f, x, v)), why, tolerance_along(f, x, v))


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
    t.equal(t(f, x, v), float(f.derivative(x)[i] * v[i]), "", tolerance_along(f, x, v))


@directional_derivative.check(needs=("slope_of_the_line",))
def is_linear_in_v(t, f, x, v):
    """It is linear in v: twice the vector, twice the number; backwards, minus the number"""
    once = t(f, x, v)
    for c in (2.0, -1.5):
        t.equal(t(f, x, c * v), c * once, f"For {c:g}·v the number should be {c:g} times as large.", tolerance_along(f, x, 3 * v))


def standing_still(rng):
    """The vector 0."""
    for f, x, v in list(with_direction(rng))[:2]:
        yield f, x, 0.0 * v
    yield f, x, np.zeros(len(x), dtype=int)


@directional_derivative.check(cases=standing_still, needs=("slope_of_the_line",))
def zero_for_zero(t, f, x, v):
    """For v = 0 it is 0"""
    t.assume(not np.any(v))
    t.equal(t(f, x, v), 0.0, "Who stands still sees no change.")


def along_v(f, x, v) -> float:
    return float(slope_along_line(f, x, v))


@directional_derivative.mistake(
    "You divide by the length of v. That is the slope along v; the directional derivative takes v as it is, with its length.",
    tolerance=ANY_STEP,
)
def normalises_always(f, x, v):
    return along_v(f, x, v) / (math.hypot(*v) or 1.0)


@directional_derivative.mistake(
    "You multiply entry by entry and return them all. Add them up: the answer is one number.", tolerance=ANY_STEP
)
def componentwise_product(f, x, v):
    return np.array([along_v(f, x, axis(x, i)) * v[i] for i in range(len(x))])


@directional_derivative.mistake("The sign is flipped: a positive number means that f grows along v.", tolerance=ANY_STEP)
def sign(f, x, v):
    return -along_v(f, x, v)


@directional_derivative.mistake(
    "You divide by both lengths. What is left is the cosine of the angle between gradient and v, no longer a slope.", tolerance=ANY_STEP
)
def cosine(f, x, v):
    steepest = math.hypot(*(along_v(f, x, axis(x, i)) for i in range(len(x))))
    return along_v(f, x, v) / (steepest * math.hypot(*v) or 1.0)


@directional_derivative.mistake(
    "This is the change of f over the whole vector v, f(x + v) - f(x). The derivative is the rate at its very beginning."
)
def whole_step(f, x, v):
    return f(x + v) - f(x)


@directional_derivative.mistake(
    "You add up the entries of the gradient. Each of them counts as much as v goes in its component.", tolerance=ANY_STEP
)
def ignores_v(f, x, v):
    return along_v(f, x, np.ones(len(x)))
