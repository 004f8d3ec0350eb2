"""Second derivatives in two variables."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    EPS,
    PLANE_WAVE,
    Array,
    Field,
    Function,
    Index,
    Reals,
    Tolerance,
    axis,
    falls_like,
    powers_at_zero,
    random_field,
    slope_along_line,
    step_is_used,
    two_digits,
    view,
)

from ._lesson import fields_and_points, lesson, scale

mixed_partials = lesson.exercise(
    "mixed_partials",
    3,
    "the slope in one variable of the slope in another",
    signature="f, x, i, j, h=None",
    minutes=12,
    difficulty=4,
    returns=Array(),
    tolerance=Tolerance(1e-4, 1e-4, "two second differences with different sensible steps"),
    domains={"x": Reals("n", high=3, low=0.01), "f": Field("x"), "i": Index("n"), "j": Index("n")},
    clauses={
        "The second partial derivative of f at x": "slope_of_the_slope order_does_not_matter",
        "of floats or integers; it may be read-only": "leaves_x_alone edges",
        "i and j may be equal": "twice_the_same",
        "Without h, a step near the best one is used": "own_step_keeps_rounding_small own_step_follows_the_bends",
        "A given h is used": "uses_the_given_step error_falls_with_the_square",
    },
    hints=(
        "Write the difference in j of the difference in i. Four values of f remain. Which signs do they have?",
        "Each step is h to both sides, so you divide by 2h twice.",
        "Add the steps to the copy of x. If i equals j they add up: the points are then x + 2h, x and x - 2h.",
        "A second difference divides rounding errors by h². The best step is about the fourth root of the machine epsilon, 1.2e-4.",
    ),
)


@mixed_partials.cases
def two_variables(rng):
    for f, x in fields_and_points(rng):
        i, j = (int(k) for k in rng.permutation(len(x))[:2])
        yield f, x, i, j


def _exact(f, x, i, j) -> float:
    """The slope along j of the exact gradient's component i."""
    return float(slope_along_line(f.prime, x, axis(x, j))[i])


def _tolerance(f, x, i, j) -> Tolerance:
    """A second difference at its best step is off by about sqrt(eps) times this size; whether the step is a good one is asked elsewhere."""
    size = scale(f, x) + abs(_exact(f, x, i, j))
    return Tolerance(1e-3 * size, 1e-3 * size, "a second difference with any step that is not hopeless")


@mixed_partials.picture
def picture(f, x, i, j, h=None):
    step = {} if h is None else {"h": h}
    return view("slices_explorer", f=f, x=float(x[0]), z=float(x[1]), **step) if np.shape(x) == (2,) else None


@mixed_partials.check(weight=2, domain=True)
def slope_of_the_slope(t, f, x, i, j):
    """It is the slope in x[j] of the slope in x[i]"""
    why = "Both steps go along the same variable: they add up." if i == j else ""
    t.equal(t(f, x, i, j), _exact(f, x, i, j), why, _tolerance(f, x, i, j))


def large_steps(rng):
    """Steps large enough for the error to be seen, and no polynomials: there some correct differences are exact."""
    bent = Function("np.exp(x[0])*np.sin(2*x[1])", "np.array([np.exp(x[0])*np.sin(2*x[1]), 2*np.exp(x[0])*np.cos(2*x[1])])", name="f")
    for x, i, h in (([0.7, 0.3], 0, 0.1), ([-0.4, 0.3], 1, 0.08), ([0.2, 1.3], 0, 0.12)):  # whatever the seed, and in both orders
        yield bent, np.array(x), i, 1 - i, h
    for f, x in list(fields_and_points(rng))[1:]:
        i, j = (int(k) for k in rng.permutation(len(x))[:2])
        yield f, x, i, j, round(float(rng.uniform(0.06, 0.12)), 2)


@mixed_partials.check(cases=large_steps)
def error_falls_with_the_square(t, f, x, i, j, h):
    """With a step of your own choice the error falls by 16 when h is quartered"""
    t.assume(0 < h <= 0.12 and i != j)
    exact = _exact(f, x, i, j)
    t.assume(abs(_curvature_of_the_value(f, x, i, j)) > 0.3 * scale(f, x))
    values = [t(f, x, i, j, step) for step in (h, h / 4)]
    t.holds(values[0] != values[1], "the same number for two steps", "numbers that depend on h a little", "Use the h that is given.", 2)
    coarse, fine = (abs(value - exact) for value in values)
    t.holds(
        falls_like(coarse, fine, 4, 2, 1e-3 * h**2),
        f"errors {coarse:.3g} and {fine:.3g}",
        "a second error about 16 times smaller",
        f"The exact value is {exact:.9g}. Use the h that is given, and points on both sides of x in both variables.",
        2,
    )


def given_steps(rng):
    """Points away from 1, and steps from small to large."""
    f = Function("np.exp(x[0])*np.sin(2*x[1])", "np.array([np.exp(x[0])*np.sin(2*x[1]), 2*np.exp(x[0])*np.cos(2*x[1])])", name="f")
    for h in (0.6, 0.02):
        yield f, np.array([round(float(rng.uniform(3.1, 3.5)), 2), -1.7]), 0, 1, h
    yield PLANE_WAVE, np.array([2.3, -1.7]), 0, 1, 64.0
    for power, _, h in powers_at_zero(3):
        f = power.expr.replace("x", "x[0]"), power.d.replace("x", "x[0]")
        yield Function(f"({f[0]})*x[1]/{h:g}", f"np.array([({f[1]})*x[1], {f[0]}])/{h:g}", name="f"), np.array([0.0, 0.0]), 0, 1, h


@mixed_partials.check(weight=0.5, cases=given_steps, needs=("slope_of_the_slope",))
def uses_the_given_step(t, f, x, i, j, h):
    """A given h is used as it is"""
    t.assume(h > 0 and i != j)
    corners = [(s * r, float(f(x + s * h * axis(x, i) + r * h * axis(x, j)))) for s in (1, -1) for r in (1, -1)]
    ours = sum(sign * value for sign, value in corners) / (4 * h**2)
    size = 1.0 + max(abs(value) for _, value in corners) + float(np.max(np.abs(x)) * np.max(np.abs(f.derivative(x))))
    step_is_used(t, [(f, x, i, j, h), (f, x, i, j, h / 2)], h, ours, _exact(f, x, i, j), 32 * EPS * size / h**2, leeway=4)


def _curvature_of_the_value(f, x, i, j) -> float:
    """What rules the error: the second derivatives of the mixed derivative itself, in x[i] and in x[j] together."""
    h, e, d = 1e-3, axis(x, i), axis(x, j)
    curve = [_exact(f, x + h * v, i, j) - 2 * _exact(f, x, i, j) + _exact(f, x - h * v, i, j) for v in (e, d)]
    return float(sum(curve)) / h**2


def large_values(rng):
    """Fields of size a hundred: what rounding takes from them is divided by the square of the step."""
    for n in (2, 3, 4, 2, 3, 4):  # rounding is kind now and then, and not six times
        f, x = random_field(rng, n), two_digits(rng, 0.5, 1.4, n, signs=True)
        i, j = (int(k) for k in rng.permutation(n)[:2])
        yield Function(f"{f.expr} + 100.0", f.d, name="f"), x, i, j
    for f, x, i, j in bent_fields(rng):  # where a difference to one side is off, whatever the seed
        yield Function(f"0.3*{f.expr} + 100.0", f"0.3*{f.d}", name="f"), x, i, j


@mixed_partials.check(weight=0.5, cases=large_values, needs=("slope_of_the_slope",))
def own_step_keeps_rounding_small(t, f, x, i, j):
    """Its own step is large enough for a second difference"""
    t.assume(i != j and abs(f(x)) > 50)
    within = 3 * np.sqrt(EPS) * scale(f, x)
    t.equal(
        t(f, x, i, j),
        _exact(f, x, i, j),
        "f is about 100 here, so each value is off by some 1e-14. A second difference divides that by the square of its step.",
        Tolerance(within, within, "three times a second difference's error at its best step"),
    )


def bent_fields(rng):
    """Waves so short that a large step misses their bends."""
    for _ in range(3):
        a, b = (float(v) for v in two_digits(rng, 2.0, 2.6, 2))
        f = Function(
            f"np.sin({a}*x[0])*np.cos({b}*x[1])",
            f"np.array([{a}*np.cos({a}*x[0])*np.cos({b}*x[1]), -{b}*np.sin({a}*x[0])*np.sin({b}*x[1])])",
            name="f",
        )
        yield f, two_digits(rng, 0.28, 0.34, 2) * [1, -1], 0, 1


@mixed_partials.check(weight=0.5, cases=bent_fields, needs=("slope_of_the_slope",))
def own_step_follows_the_bends(t, f, x, i, j):
    """Its own step is small enough for the bends of f"""
    t.assume(i != j and abs(_curvature_of_the_value(f, x, i, j)) > 10)
    t.equal(
        t(f, x, i, j),
        _exact(f, x, i, j),
        "The error grows with h². Choose a smaller step.",
        Tolerance(3e-5, 3e-5, "the error of h = 1e-3 is below 1e-5, that of 1e-2 above 2e-4"),
    )


def same_variable(rng):
    """Both indices the same."""
    for f, x in fields_and_points(rng):
        i = int(rng.integers(len(x)))
        yield f, x, i, i


@mixed_partials.check(cases=same_variable, needs=("slope_of_the_slope",))
def twice_the_same(t, f, x, i, j):
    """For j = i it is the second derivative of the slice"""
    t.assume(i == j)
    t.equal(t(f, x, i, j), _exact(f, x, i, j), "Both steps go along the same variable: they add up.", _tolerance(f, x, i, j))


@mixed_partials.check(needs=("slope_of_the_slope",))
def order_does_not_matter(t, f, x, i, j):
    """Exchanging i and j changes nothing (Schwarz)"""
    t.equal(t(f, x, i, j), t(f, x, j, i), "For smooth f the order of differentiation does not matter.", _tolerance(f, x, i, j))


def awkward_points(rng):
    """Integers, and an array that must not be written to."""
    f, x = list(fields_and_points(rng))[-1]
    yield f, np.array([2, -1, 1]), 0, 2
    x.setflags(write=False)
    yield f, x, 1, 2


@mixed_partials.check(cases=awkward_points, needs=("slope_of_the_slope",))
def leaves_x_alone(t, f, x, i, j):
    """It takes integers and read-only arrays, and leaves x alone"""
    outcome = t.outcome(f, x, i, j)
    t.holds(not outcome.raised, outcome.raised, "a number", "x may be read-only: change a copy of it.")
    t.holds(not outcome.mutated, "x changed", "x unchanged", "Change a copy of x, not x itself.")
    t.equal(
        mixed_partials.returns.accept(outcome.value, (f, x, i, j)),
        _exact(f, x, i, j),
        "x holds integers here: make the copy of type float.",
        _tolerance(f, x, i, j),
    )
