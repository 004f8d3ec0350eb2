"""One-sided slopes, and where there is no derivative."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    ABS,
    CBRT,
    RELU,
    RUNGE,
    SINE,
    X_ABS_X,
    Array,
    Boolean,
    CheckOnly,
    Function,
    Items,
    Reals,
    Smooth,
    Step,
    powers_at_zero,
    slope_between,
    slope_tolerance,
    view,
)

from ._lesson import lesson, smooth_cases

one_sided = lesson.exercise(
    "one_sided",
    1,
    "the slopes just left and just right of a point",
    signature="f, x, h",
    minutes=5,
    difficulty=2,
    returns=Items(Array(), Array()),
    domains={"f": Smooth(), "x": Reals(high=100), "h": Step(positive=True)},
    clauses={"between x - h and x": "left_slope right_slope"},
    hints=(
        "Both slopes use the point x itself. The left one also uses x - h.",
        "For the left slope go from the left point to x: the change in x is h, not -h.",
    ),
)


@one_sided.cases
def one_sided_cases(rng):
    for f, x, h in smooth_cases(rng):
        yield f, x, abs(h)
    for f in (ABS, RELU, X_ABS_X):
        yield f, 0.0, round(float(rng.uniform(0.1, 0.5)), 2)


@one_sided.picture
def picture(f, x, h):
    return view("microscope", yours=True, f=f, x=x, h=h)


@one_sided.edges
def steps_of_every_size(rng):
    """Tiny and large steps."""
    yield from powers_at_zero(2)


@one_sided.check(domain=True)
def left_slope(t, f, x, h):
    """The first value is the slope between x - h and x"""
    t.assume(h > 0)
    t.equal(t(f, x, h)[0], slope_between(f, x - h, x), "", slope_tolerance(f, x - h, x))


@one_sided.check(domain=True)
def right_slope(t, f, x, h):
    """The second value is the slope between x and x + h"""
    t.assume(h > 0)
    t.equal(t(f, x, h)[1], slope_between(f, x, x + h), "", slope_tolerance(f, x, x + h))


@one_sided.mistake("Both values are the average of the two sides. At a kink the average hides what you look for.")
def central_average(f, x, h):
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return slope, slope


@one_sided.mistake("Both values look to the right. The left slope uses x - h.")
def right_only(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return slope, slope


@one_sided.mistake("The left slope has the wrong sign: from x - h to x the change in f is f(x) - f(x - h).")
def left_sign(f, x, h):
    return (f(x - h) - f(x)) / h, (f(x + h) - f(x)) / h


@one_sided.mistake("Left and right are exchanged: return the left slope first.")
def sides_exchanged(f, x, h):
    return (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h


is_differentiable = lesson.exercise(
    "is_differentiable",
    3,
    "whether a function has a derivative at a point",
    signature="f, x",
    minutes=10,
    difficulty=4,
    returns=Boolean(),
    clauses={
        "Whether f has a derivative at x": "tells_smooth_from_corner",
        "none at a corner, and none where the quotients grow without end": "tells_smooth_from_corner sees_a_slope_that_grows",
        "its second derivative is below 60 in size": "trusts_steep_and_bent_curves",
        "differ by at least 0.1": "sees_small_corners",
    },
    hints=(
        "Use one_sided with a small h. At a kink its two values differ.",
        "They also differ a little at smooth points, in proportion to h. How much is that at h = 1e-4, when f'' is below 60, compared with a corner of 0.1?",
        "Agreeing sides are not enough: at 0 the cube root has equal slopes on both sides, and they grow without end as h shrinks. "
        "Compare the slopes for two different steps.",
    ),
)


def _kink(rng, size: float) -> tuple[Function, float]:
    """A smooth function plus a kink at a two-digit place: the slopes left and right differ by 2*size, whose sign is that of the bend."""
    x0 = round(float(rng.uniform(-1, 1)), 2)
    a = round(float(rng.uniform(0.5, 1.5)), 2)
    return Function(f"np.sin({a}*x) + {size}*np.abs(x - {x0})", name="f"), x0


@is_differentiable.cases
def smooth_points_and_corners(rng):
    """Smooth points and plain corners together: an answer that always says the same scores nothing."""
    for f, x, _ in smooth_cases(rng):
        if abs(f.prime.derivative(x)) < 3:  # with any step that is no more than small
            yield f, x, CheckOnly(True)
    yield SINE, 0.5, CheckOnly(True)
    for x in (0.5, -0.7, 1.3):  # rounding rules for a step below 1e-12 or so, whatever the seed
        yield Function("100 + np.sin(x)", name="f"), x, CheckOnly(True)
    yield X_ABS_X, 0.0, CheckOnly(True)
    yield ABS, round(float(rng.uniform(0.1, 1)), 2), CheckOnly(True)
    yield RELU, -round(float(rng.uniform(0.1, 1)), 2), CheckOnly(True)
    yield ABS, 0.0, CheckOnly(False)
    yield RELU, 0.0, CheckOnly(False)
    yield *_kink(rng, 2.0), CheckOnly(False)
    yield *_kink(rng, -2.0), CheckOnly(False)
    yield Function("np.abs(x) - 0.5*x", name="f"), 0.0, CheckOnly(False)
    yield Function("5 - np.abs(x) + 3*x", name="f"), 0.0, CheckOnly(False)


@is_differentiable.picture
def picture_of_is_differentiable(f, x):
    return view("microscope", f=f, x=x)


@is_differentiable.check()
def tells_smooth_from_corner(t, f, x, smooth):
    """It says True where the function is smooth and False at a corner"""
    why = "The function has a derivative here." if smooth else "The slopes on the two sides differ, so there is no derivative."
    t.same(t(f, x), smooth, why)


def steep_and_bent(rng):
    """Smooth curves with a slope, a bend and values near what the contract allows."""
    a, x = round(float(rng.uniform(0.5, 1.5)), 2), round(float(rng.uniform(0.2, 1)), 2)
    yield Function(f"80*x + np.sin({a}*x)", name="f"), x, CheckOnly(True)
    yield Function(f"{a} - 300*x", name="f"), x, CheckOnly(True)
    yield Function("29*x**2", name="f"), x, CheckOnly(True)
    yield Function(f"{a} - 29*x**2", name="f"), -x, CheckOnly(True)
    yield Function(f"400 + np.cos({a}*x)", name="f"), x, CheckOnly(True)
    yield RUNGE, 0.0, CheckOnly(True)
    yield Function(f"{a} + 0*x", name="f"), x, CheckOnly(True)


@is_differentiable.check(cases=steep_and_bent, needs=("tells_smooth_from_corner",))
def trusts_steep_and_bent_curves(t, f, x, smooth):
    """It says True for a smooth curve that is steep, flat, or bends as much as it may"""
    t.same(t(f, x), smooth, "The curve is smooth here: the slopes of the two sides tend to the same number.")


def small_corners(rng):
    """Corners that a generous test overlooks, alone and on a slope."""
    yield *_kink(rng, 0.1), CheckOnly(False)
    yield *_kink(rng, 0.05), CheckOnly(False)
    yield *_kink(rng, -0.05), CheckOnly(False)
    for slope in (20, -20):
        yield Function(f"{slope}*x + 0.051*np.abs(x)", name="f"), 0.0, CheckOnly(False)
        yield Function(f"{slope}*x - 0.051*np.abs(x)", name="f"), 0.0, CheckOnly(False)
    yield Function("0.11*np.maximum(x, 0.0)", name="f"), 0.0, CheckOnly(False)


@is_differentiable.check(cases=small_corners, needs=("tells_smooth_from_corner",))
def sees_small_corners(t, f, x, smooth):
    """It sees a small corner"""
    t.same(t(f, x), smooth, "The slopes on the two sides differ by a tenth or so: more than a small step explains.")


def vertical(rng):
    """A tangent that stands upright: the quotients agree on both sides and grow without end."""
    yield CBRT, 0.0, CheckOnly(False)
    x0 = round(float(rng.uniform(0.2, 1)), 2)
    yield Function(f"np.cbrt(x - {x0})", name="f"), x0, CheckOnly(False)
    yield Function(f"-2*np.cbrt(x - {x0})", name="f"), x0, CheckOnly(False)
    yield Function(f"x + np.sqrt(np.abs(x - {x0}))", name="f"), x0, CheckOnly(False)
    yield Function(f"np.where(x > {x0}, 1.0, 0.0)", name="f"), x0, CheckOnly(False)


@is_differentiable.check(cases=vertical, needs=("tells_smooth_from_corner",))
def sees_a_slope_that_grows(t, f, x, smooth):
    """It says False where the quotients grow without end"""
    t.same(t(f, x), smooth, "The quotients tend to no number: they grow as h shrinks.")


def _sides(f, x, h):
    return np.array([(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h])


@is_differentiable.mistake(
    "You say True at corners where the average of both sides settles, as it does at every corner. Compare the sides."
)
def compares_averages(f, x):
    slopes = [np.mean(_sides(f, x, h)) for h in (1e-4, 1e-6)]
    return bool(abs(slopes[0] - slopes[1]) < 1e-2)


@is_differentiable.mistake("You say True wherever the value changes little. It does at a corner too: compare slopes, not values.")
def tests_continuity(f, x):
    return bool(abs(f(x + 1e-6) - f(x)) < 1e-1 and abs(f(x - 1e-6) - f(x)) < 1e-1)


@is_differentiable.mistake(
    "You say False at smooth points too. For h > 0 the two sides never agree exactly: allow for an error in proportion to h."
)
def exact_equality(f, x):
    left, right = _sides(f, x, 1e-4)
    return bool(left == right)


@is_differentiable.mistake("Small corners escape you: the sides may differ by no more than the step explains.")
def too_generous(f, x):
    slopes = [_sides(f, x, h) for h in (1e-4, 1e-6)]
    return bool(np.ptp(slopes) < 0.5)


@is_differentiable.mistake("The two sides agree at the cube root's 0, and there is still no derivative: watch the slope as h shrinks.")
def one_step_only(f, x):
    left, right = _sides(f, x, 1e-5)
    return bool(abs(left - right) < 1e-2)
