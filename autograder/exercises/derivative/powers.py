"""The derivative of a vector of powers. Sources: S0.11, E-P17."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, OneOf, Reals

from ._lesson import lesson

powers_derivative = lesson.exercise(
    "powers_derivative",
    2,
    "the derivative of (x⁰, x¹, …, xⁿ)",
    signature="x, n",
    minutes=8,
    difficulty=2,
    returns=Array(lambda x, n: (n + 1,)),
    domains={"x": Reals(high=100), "n": OneOf(2, 1, 5, 0, 3, 12)},
    clauses={"(x, n) -> (n+1,)": "returns each_component", "right at x = 0 and for n = 0": "at_zero"},
    hints=(
        "Component k is the derivative of x**k. Write down the first four by hand.",
        "The first component is 0 for every x, because x⁰ is 1 everywhere. Let no power of 0 with exponent -1 appear.",
        "The exponents that are left are 0, 1, ..., n - 1. np.arange gives them.",
    ),
)


@powers_derivative.cases
def power_cases(rng):
    yield 3.0, 2
    for n in (1, 3, 4, 5):
        yield round(float(rng.uniform(0.2, 2)) * (-1) ** n, 2), n
    yield round(-float(rng.uniform(0.3, 2)), 2), 3


@powers_derivative.check(weight=2, domain=True)
def each_component(t, x, n):
    """Component k is the derivative of x to the power k"""
    t.assume(n >= 0)
    wanted = np.array([np.polynomial.Polynomial.basis(k).deriv()(x) for k in range(n + 1)])
    t.equal(t(x, n), wanted)


def awkward_powers(rng):
    """Zero, and a vector with a single component."""
    yield 0.0, 2
    yield 0.0, 4
    yield 1.7, 0
    yield 0.0, 0


@powers_derivative.check(cases=awkward_powers, needs=("each_component",))
def at_zero(t, x, n):
    """It is right at x = 0 and for n = 0 too"""
    wanted = np.array([np.polynomial.Polynomial.basis(k).deriv()(x) for k in range(n + 1)])
    t.equal(t(x, n), wanted, "x⁰ is 1 for every x, so its derivative is 0, and x¹ has the derivative 1, also at x = 0.")


@powers_derivative.mistake(
    "These are the exponents 0, 1, 2, ... as the source prints them; that is right only at x = 1. The derivative of x² is 2x."
)
def only_right_at_one(x, n):
    return np.arange(n + 1.0)


@powers_derivative.mistake("These are the powers themselves. Differentiate each of them.")
def the_powers(x, n):
    return float(x) ** np.arange(n + 1)


@powers_derivative.mistake("The exponent does not drop: the derivative of x² is 2x, not 2x².")
def exponent_stays(x, n):
    k = np.arange(n + 1)
    return k * float(x) ** k


@powers_derivative.mistake("At x = 0 you divide by zero: the term with k = 0 asks for 0 to the power -1. Set its derivative, 0, by itself.")
def not_a_number_at_zero(x, n):
    k = np.arange(n + 1.0)
    return k * np.float64(x) ** (k - 1)


@powers_derivative.mistake("The factor k is missing: the derivative of x² is 2x, not x.")
def factor_missing(x, n):
    return np.concatenate([[0.0], float(x) ** np.arange(n)])
