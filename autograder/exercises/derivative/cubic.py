"""The quotient of 2x³ + 5, simplified. Sources: S1.09, S1.12, E-W16 to E-W20."""

from __future__ import annotations

import numpy as np

from autograder.writing import CUBIC, Array, Reals, Step, Tolerance, slope_between, slope_tolerance, view

from ._lesson import lesson

quotient_cubic = lesson.exercise(
    "quotient_cubic",
    3,
    "the quotient of 2x³ + 5, simplified until h = 0 is allowed",
    signature="x, h",
    minutes=10,
    difficulty=3,
    returns=Array(),
    domains={"x": Reals(low=0.01, high=100), "h": Step()},
    clauses={
        "difference quotient of 2x**3 + 5": "is_the_quotient error_over_h",
        "so that h = 0 is allowed": "is_the_derivative_at_zero a_tiny_step_costs_no_digits",
    },
    hints=(
        "Expand (x + h)**3 first. It has four terms; check them at x = 1, h = 2, where it is 27.",
        "Subtract all of 2x³ + 5, both terms. The 5 disappears.",
        "Every term that is left has a factor h. Divide each of them by h, once.",
    ),
)


@quotient_cubic.cases
def cubic_cases(rng):
    for _ in range(12):
        yield round(float(rng.uniform(-2, 2)), 2), round(float(rng.uniform(0.2, 2)), 2) * (1 if rng.random() < 0.5 else -1)


@quotient_cubic.picture
def picture(x, h):
    return view("secant_explorer", yours=True, x=x, h=h) if np.ndim(x) == np.ndim(h) == 0 and h != 0 else None


@quotient_cubic.check(weight=2, domain=True)
def is_the_quotient(t, x, h):
    """It equals the difference quotient of 2x³ + 5"""
    t.assume(h != 0)
    why = "" if x else "At x = 0 only the terms without x are left: look at the power of h."
    t.equal(t(x, h), slope_between(CUBIC, x, x + h), why, slope_tolerance(CUBIC, x, x + h))


def no_step(rng):
    """The same points with h = 0."""
    for x, _ in cubic_cases(rng):
        yield x, 0.0


@quotient_cubic.check(cases=no_step, needs=("is_the_quotient",))
def is_the_derivative_at_zero(t, x, h):
    """At h = 0 it is the derivative"""
    t.equal(t(x, h), CUBIC.derivative(x), "The simplified form has no division left, so h = 0 is allowed.")


def tiny_steps(rng):
    """Points away from 0 with a step that is small and still far from rounding errors."""
    for x, _ in cubic_cases(rng):
        if abs(x) > 0.1:
            yield x, 1e-4


@quotient_cubic.check(cases=tiny_steps, needs=("is_the_quotient",))
def error_over_h(t, x, h):
    """Its distance from the derivative, divided by h, tends to 6x, half the second derivative"""
    t.assume(abs(x) > 0.1 and h == 1e-4)
    t.equal(
        (t(x, h) - CUBIC.derivative(x)) / h,
        CUBIC.prime.derivative(x) / 2,
        "Measure error/h with the slider: at x = 1 it tends to 6.",
        Tolerance(1e-4, 1e-3, "the next term is 2h = 2e-4; rounding of 24, divided by h = 1e-4 once or twice, adds 1e-6 at most"),
    )


def steps_next_to_nothing(rng):
    """A step so small that a difference of values has lost its digits."""
    for x, _ in cubic_cases(rng):
        yield x, 1e-9


@quotient_cubic.check(weight=0.5, cases=steps_next_to_nothing, needs=("is_the_quotient",))
def a_tiny_step_costs_no_digits(t, x, h):
    """With a tiny h no digit is lost"""
    t.assume(h == 1e-9)
    t.equal(
        t(x, h),
        CUBIC.derivative(x),
        "Nothing is subtracted and nothing divided once the quotient is simplified, so nothing cancels.",
        Tolerance(1e-12, (6 * abs(x) + 2) * h, "what is left are 6xh and 2h²; a difference of values would be off by 1e-6"),
    )


@quotient_cubic.mistake(
    "This is the printed last line of the source, 6x² + h² + 2xh. Its limit is right, its quotient is not: "
    "error/h at x = 1 would tend to 2, and you can measure 6."
)
def seed_line_52(x, h):
    return 6 * x**2 + h**2 + 2 * x * h


@quotient_cubic.mistake("One h³ of the expansion is lost here: compare your expansion of (x + h)³ with 27 at x = 1, h = 2.")
def seed_line_50(x, h):
    return 6 * x**2 + 2 * h**2 + 4 * x * h


@quotient_cubic.mistake("In the expansion an xh² became h³: (x² + 2xh + h²)(x + h) has the term h²·x.")
def seed_line_49(x, h):
    return 6 * x**2 + 4 * x * h + 4 * h**2


@quotient_cubic.mistake("You still divide by h. Expand, cancel, and divide every term by h on paper; then h = 0 is allowed.")
def unsimplified(x, h):
    return ((2 * (x + h) ** 3 + 5) - (2 * x**3 + 5)) / h


@quotient_cubic.mistake("This is the limit already. The quotient still depends on h.")
def limit_already(x, h):
    return 6 * x**2


@quotient_cubic.mistake("The factor 2 of 2x³ is missing.")
def factor_two_lost(x, h):
    return 3 * x**2 + 3 * x * h + h**2
