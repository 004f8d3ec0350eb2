"""The partial derivative as a number. Sources: S0.03, S1.13."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    EPS,
    MIX3,
    Array,
    Field,
    Function,
    Index,
    Reals,
    Tolerance,
    along,
    axis,
    best_central,
    falls_like,
    numeric,
    random_field,
    slope_along_line,
    slope_between,
    two_digits,
    view,
)

from ._lesson import every_variable, fields_and_points, lesson, scale

# people choose other small steps than ours; what tells mistakes apart is far larger than what the step does
_ANY_STEP = Tolerance(1e-6, 1e-6, "the same mistake with another small step")

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
        "Without h, a step near the best one is used": "is_the_slope_of_the_slice step_grows_with_x step_is_kept_near_zero",
        "right to about ten digits": "is_the_slope_of_the_slice step_grows_with_x step_is_kept_near_zero",
        "A given h is used": "error_falls_with_the_square",
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


@partial_derivative.picture
def picture(f, x, i, h=None):
    step = {} if h is None else {"h": h}
    return view("slices_explorer", f=f, x=float(x[0]), z=float(x[1]), **step) if np.shape(x) == (2,) else None


@partial_derivative.check(weight=2, domain=True)
def is_the_slope_of_the_slice(t, f, x, i):
    """It is the slope of f in component i, the others frozen"""
    why = f"Only x[{i}] moves. A central difference with a good step is right to about ten digits."
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, best_central(scale(f, x)))


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
    t.holds(values[0] != values[1], "the same number for two steps", "numbers that depend on h a little", "Use the h that is given.")
    coarse, fine = (abs(value - exact) for value in values)
    t.holds(
        falls_like(coarse, fine, 4, 2, 1e-9 * scale(f, x)),
        f"errors {coarse:.3g} and {fine:.3g}",
        "a second error about 16 times smaller",
        f"The exact slope is {exact:.9g}. Use the h that is given, and points on both sides of x.",
    )


def integer_points(rng):
    """Arrays of integers."""
    yield MIX3, np.array([1, -1, 2]), int(rng.integers(3))
    yield random_field(rng, 2), np.array([2, -1]), int(rng.integers(2))


@partial_derivative.check(weight=0.5, cases=integer_points, needs=("is_the_slope_of_the_slice",))
def takes_integers(t, f, x, i):
    """It takes an array of integers"""
    why = "A small step does not fit into an array of integers: make the copy of type float."
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, best_central(scale(f, x)))


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
        best_central(scale(f, x)),
    )


def far_from_zero(rng):
    """Points with a component near a million, and functions that change as slowly there."""
    for size in ("1e6", "1e8"):
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
    # in units of the slope: eps/r of rounding and r²/6 of bending for a step r times x, where 6e-6 is the best r
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, Tolerance(1e-8, 1e-8, "h/x within a factor of thirty of the best"))


def near_zero(rng):
    """Points with a component that is 0, or nearly."""
    for small in (0.0, 1e-4, -1e-5, 1e-7):
        f, x = random_field(rng, 3), two_digits(rng, 0.5, 1.4, 3, signs=True)
        x[1] = small
        yield f, x, 1


@partial_derivative.check(weight=0.5, cases=near_zero, needs=("is_the_slope_of_the_slice",))
def step_is_kept_near_zero(t, f, x, i):
    """Without h it is right at 0 and near 0 too"""
    t.assume(abs(x[i]) < 1e-3)
    why = "Near 0 the step stays the one for 1: one that shrinks with x[i] leaves nothing but rounding."
    t.equal(t(f, x, i), float(slope_along_line(f, x, axis(x, i))), why, best_central(scale(f, x)))


def _step(x, i, h) -> float:
    """The step that the exercise asks for, so that slips show in the numbers exactly as they do for most people."""
    return float(np.cbrt(EPS)) * max(1.0, abs(float(x[i]))) if h is None else h


@partial_derivative.mistake("You move all components together. In a partial derivative only component i moves.", tolerance=_ANY_STEP)
def perturbs_all(f, x, i, h=None):
    return slope_between(along(f, x, np.ones(len(x))), -_step(x, i, h), _step(x, i, h))


@partial_derivative.mistake("You move the wrong component: they count from 0, so component i is x[i].", tolerance=_ANY_STEP)
def counts_from_one(f, x, i, h=None):
    return slope_between(along(f, x, axis(x, i - 1)), -_step(x, i, h), _step(x, i, h))


@partial_derivative.mistake(
    "The other variables are 0 in your points. Frozen means that they keep the values they have in x.", tolerance=_ANY_STEP
)
def others_at_zero(f, x, i, h=None):
    return slope_between(along(f, x[i] * axis(x, i), axis(x, i)), -_step(x, i, h), _step(x, i, h))


@partial_derivative.mistake(
    "One of your points is x itself: a one-sided difference, whose error falls with h only. Take one point on each side.",
    tolerance=_ANY_STEP,
)
def forward_instead(f, x, i, h=None):
    return slope_between(along(f, x, axis(x, i)), 0.0, _step(x, i, h))


@partial_derivative.mistake("You divide by h, but the two points are 2h apart.", tolerance=_ANY_STEP)
def divides_by_h(f, x, i, h=None):
    return 2 * slope_between(along(f, x, axis(x, i)), -_step(x, i, h), _step(x, i, h))


@partial_derivative.mistake("This is the change of f, not its slope: divide by the distance of the two points.", tolerance=_ANY_STEP)
def difference_not_ratio(f, x, i, h=None):
    line = along(f, x, axis(x, i))
    return line(_step(x, i, h)) - line(-_step(x, i, h))


@partial_derivative.mistake("You write into x itself. Work on a copy: x may be read-only, and whoever gave it to you still needs it.")
def mutates_input(f, x, i, h=None):
    h, was = _step(x, i, h), x[i]
    x[i] = was + h
    up = f(x)
    x[i] = was - h
    down = f(x)
    x[i] = was
    return (up - down) / (2 * h)


@partial_derivative.mistake("With integers in x your copy is one of integers, and the small step is cut off. Make the copy of type float.")
def integer_dtype(f, x, i, h=None):
    h, up, down = _step(x, i, h), x.copy(), x.copy()
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


@partial_derivative.mistake("You use a step of your own although h is given.", tolerance=Tolerance(1e-8, 1e-8, "another fixed step"))
def ignores_h(f, x, i, h=None):
    return slope_between(along(f, x, axis(x, i)), -6e-6, 6e-6)


@partial_derivative.mistake(
    "With the step that is given you are right. Without it your numbers are further off than at a good step: lesson 2 has the best one.",
    tolerance=Tolerance(1e-2, 1e-2, "any unsuitable step"),
    by_size="calls",
)
def default_step(f, x, i, h=None):
    return slope_between(along(f, x, axis(x, i)), -(h or 1e-12), h or 1e-12)


@partial_derivative.mistake(
    "Near 0 you are right without h, far from 0 you are not. There the step must grow with the size of x[i], or rounding eats it.",
    tolerance=Tolerance(1e-4, 1e-4, "another fixed step"),
    by_size="checks",
)
def step_not_scaled(f, x, i, h=None):
    return slope_between(along(f, x, axis(x, i)), -(h or 6e-6), h or 6e-6)
