"""A method of order four, made of two of order two."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    RUNGE,
    Array,
    Function,
    Miss,
    Reals,
    Smooth,
    Step,
    Tolerance,
    powers_at_zero,
    roundoff,
    slope_between,
    slope_tolerance,
    view,
)

from ._lesson import derivatives, lesson, promise_order, wave_cases

richardson = lesson.exercise(
    "richardson",
    3,
    "two central differences combined into a better one",
    signature="f, x, h",
    minutes=10,
    difficulty=4,
    returns=Array(),
    domains={"f": Smooth(), "x": Reals(high=30), "h": Step(positive=True, low=0.05)},
    clauses={
        "from the central differences with h and h/2": "combines_h_and_half_of_it",
        "of order h**4": "order_four",
        "at most four times": "four_evaluations",
        "exact for polynomials of degree four": "exact_for_quartics",
    },
    hints=(
        "Call your central_difference twice, with h and with h/2, and name the results.",
        "With half the step the h² part of the error is a quarter as large. Combine the two so that these parts cancel.",
        "You want weights that add up to 1, because both are nearly the derivative, and that make c·h² and c·h²/4 cancel.",
    ),
)
_HALVINGS = 2.0 ** -np.arange(3, 7)


@richardson.cases
def quartics(rng):
    """Polynomials of degree four, and a step that is not small."""
    for _ in range(3):
        a, b, c, d, e = (round(float(v), 1) for v in rng.uniform(-3, 3, size=5))
        f = Function(f"{a}*x**4 + {b}*x**3 + {c}*x**2 + {d}*x + {e}", f"4*{a}*x**3 + 3*{b}*x**2 + 2*{c}*x + {d}", name="quartic")
        yield f, round(float(rng.uniform(-2, 2)), 1), round(float(rng.uniform(0.2, 1)), 1)


def waves_and_runge(rng):
    """Never a cubic: the method is exact there."""
    yield from wave_cases(rng)
    yield RUNGE, round(float(rng.uniform(0.6, 1.5)), 2)


@richardson.edges
def steps_of_every_size(rng):
    """Tiny and large steps."""
    yield from powers_at_zero(5)


@richardson.picture
def picture(f, x, h):
    return view("step_error_explorer", yours=True, f=f, fprime=f.prime, x=x, h=h, formula="Richardson") if f.d else None


@richardson.check(weight=3, cases=waves_and_runge)
def order_four(t, f, x):
    """Halving h divides the error by about 16"""
    series = derivatives(f, x)
    # the error is proportional to f⁽⁵⁾h⁴/480 and the next term to f⁽⁷⁾h⁶/16128: the first must rule, with a stencil of 2h too
    t.assume(abs(series[5]) > 0.3 and abs(series[7]) * _HALVINGS[0] ** 2 < 1.5 * abs(series[5]))
    values = t.each([(f, x, float(h)) for h in _HALVINGS])
    promise_order(t, list(values), series[1], _HALVINGS, 4, "the error")


@richardson.check(needs=("order_four",))
def exact_for_quartics(t, f, x, h):
    """It is exact for polynomials of degree four, whatever h"""
    t.assume(h > 0)
    size = max(1.0, *(abs(float(f(x + s * h))) for s in (-2, -1, 1, 2)))
    t.equal(t(f, x, h), float(f.derivative(x)), "The h² part of the error must cancel exactly.", roundoff(size, h, 30))


@richardson.check(needs=("order_four",), domain=True)
def combines_h_and_half_of_it(t, f, x, h):
    """It combines the central differences with h and h/2"""
    t.assume(h > 0)
    wide, narrow = slope_between(f, x - h, x + h), slope_between(f, x - h / 2, x + h / 2)
    # two lines through the points (h², wide) and (h²/4, narrow) meet the axis h = 0 in one place
    tolerance = slope_tolerance(f, x - h / 2, x + h / 2)
    t.equal(
        t(f, x, h),
        np.polynomial.Polynomial.fit([h**2, h**2 / 4], [wide, narrow], 1)(0.0),
        "Other steps give other numbers, with an error of the same order: here they are h and h/2.",
        Tolerance(1e-12, 4 * tolerance.atol, tolerance.reason),
    )


@richardson.check(needs=("order_four",), counts=True)
def four_evaluations(t, f, x, h):
    """It evaluates f at most four times"""
    t.assume(h > 0)
    t(f, x, h)
    if t.evaluations > 4:
        raise Miss(f"{t.evaluations} evaluations", "at most 4", "Compute each central difference once and keep it in a variable.")


def _central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


@richardson.mistake("Weights 2 and -1 cancel an error proportional to h. The central error is proportional to h²: what is a half, squared?")
def weights_for_order_one(f, x, h):
    return 2 * _central(f, x, h / 2) - _central(f, x, h)


@richardson.mistake("The weights are exchanged: the result with the smaller step deserves the larger one.")
def weights_exchanged(f, x, h):
    return (4 * _central(f, x, h) - _central(f, x, h / 2)) / 3


@richardson.mistake("The weights fit, but you combine forward differences. Their error has an h part, which these weights leave in place.")
def uses_forward(f, x, h):
    wide, narrow = (f(x + h) - f(x)) / h, (f(x + h / 2) - f(x)) / (h / 2)
    return (4 * narrow - wide) / 3


@richardson.mistake("This is the central difference with half the step: four times better, and still of order two.")
def half_step_only(f, x, h):
    return _central(f, x, h / 2)


@richardson.mistake("You average the two results. Both are wrong to the same side, so the average is too.")
def averages(f, x, h):
    return (_central(f, x, h / 2) + _central(f, x, h)) / 2


@richardson.mistake("Your weights add up to 3. For a straight line both differences are right, and the combination must be right as well.")
def weights_not_normalised(f, x, h):
    return 4 * _central(f, x, h / 2) - _central(f, x, h)


@richardson.mistake("The value is right, the price is not: f is evaluated more often than four times.")
def computes_twice(f, x, h):
    correction = (_central(f, x, h / 2) - _central(f, x, h)) / 3
    return _central(f, x, h / 2) + correction + 0 * _central(f, x, h)
