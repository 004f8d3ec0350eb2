"""The derivative without a difference. Source: MC45."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, RUNGE, SINE, Array, OneOf, Reals, Smooth, Tolerance, choice, one_by_one, view

from ._lesson import array_cases, derivatives, lesson, promise_order, wave_cases

complex_step = lesson.exercise(
    "complex_step",
    3,
    "the derivative from one step in the imaginary direction",
    signature="f, x, h=1e-20",
    minutes=10,
    difficulty=3,
    returns=Array(lambda f, x, h=1e-20: np.shape(x)),
    domains={"f": Smooth(), "x": Reals(..., high=100), "h": OneOf(1e-20, 1e-200, 1e-40, 1e-100)},
    clauses={
        "from one evaluation at a complex point": "exact_to_rounding one_evaluation",
        "of any shape": "takes_an_array_of_points edges",
        "f takes complex numbers": "prose",
        "right to the last digits": "exact_to_rounding has_its_own_step halving_quarters_the_error",
    },
    hints=(
        "In Python 1j is the imaginary unit. Evaluate f once, a step of h in the imaginary direction from x.",
        "f(x + ih) = f(x) + ih f'(x) - ... Which part of this complex number holds f'(x)?",
        "value.imag, or np.imag(value), is the imaginary part. It is h times the derivative.",
    ),
)
_HALVINGS = 2.0 ** -np.arange(3, 7)


@complex_step.cases
def tiny_steps(rng):
    """Steps at which every difference is 0; one f is negative, where a modulus differs from a real part."""
    yield SINE, round(-float(rng.uniform(0.3, 1.2)), 2), 1e-20
    for h, (f, x) in zip((1e-20, 1e-200, 1e-100, 1e-200, 1e-30), wave_cases(rng)):
        yield f, x, h
    yield RUNGE, round(float(rng.uniform(-1, 1)), 2), 1e-200


def _rounding(f, x) -> Tolerance:
    """A few dozen roundings of numbers as large as f and its derivatives; no division by h in sight."""
    x = np.asarray(x, dtype=float)
    size = np.maximum(1.0, np.abs(f(x)) + np.abs(f.prime(x)) * (1 + np.abs(x)) + np.abs(f.prime.prime(x)) * np.abs(x))
    return Tolerance(1e-14, 30 * EPS * size, "the rounding of a formula: nothing is subtracted")


@complex_step.picture
def picture(f, x, h=1e-20):
    return (
        view("step_error_explorer", yours=True, f=f, fprime=f.prime, x=x, h=h, formula="complex step") if f.d and np.ndim(x) == 0 else None
    )


@complex_step.check(weight=2, domain=True)
def exact_to_rounding(t, f, x, h):
    """It is right to the last digits, with a step as small as 1e-200"""
    t.assume(0 < h < 1e-9)
    wanted = one_by_one(f.prime, x)
    why = "A complex step takes no difference, so nothing cancels: it is right to the last digits for every small h."
    t.equal(t(f, x, h), wanted, why, _rounding(f, x))


@complex_step.check(needs=("exact_to_rounding",), cases=wave_cases)
def has_its_own_step(t, f, x):
    """Called without h it is just as good"""
    t.equal(t(f, x), float(f.derivative(x)), "", _rounding(f, x))


@complex_step.check(needs=("exact_to_rounding",), cases=wave_cases)
def halving_quarters_the_error(t, f, x):
    """With large steps, halving h quarters the error"""
    _, slope, _, third, _, fifth = derivatives(f, x, 6)
    t.assume(abs(third) > 0.3 and abs(fifth) * _HALVINGS[0] ** 2 < 0.5 * abs(third))
    values = t.each([(f, x, float(h)) for h in _HALVINGS])
    promise_order(t, values, slope, _HALVINGS, 2, "the error")


@complex_step.check(needs=("exact_to_rounding",), cases=array_cases)
def takes_an_array_of_points(t, f, x, h):
    """It takes an array of points and answers for each"""
    t.equal(t(f, x, 1e-50), f.derivative(x), "np.imag works on arrays.", _rounding(f, x))


@complex_step.check(weight=0.5, needs=("exact_to_rounding",), cases=wave_cases, counts=True)
def one_evaluation(t, f, x):
    """One evaluation of f is enough"""
    t(f, x)
    t.holds(
        t.evaluations == 1,
        f"{t.evaluations} evaluations",
        "1",
        "f(x) lies in the real part of the same complex number; it is not needed by itself.",
    )


@complex_step.mistake("You took the real part. It holds f(x); the slope is in the imaginary part.")
def real_part(f, x, h=1e-20):
    return np.real(f(x + 1j * h)) / h


@complex_step.mistake(
    "The imaginary part is h times the derivative. Divide by h.",
    tolerance=Tolerance(1e-9, 0, "these numbers are tiny, and 0 is another mistake"),
)
def no_division(f, x, h=1e-20):
    return np.imag(f(x + 1j * h))


@complex_step.mistake(
    "This is a difference of real numbers with a small step. Step into the imaginary direction instead: x + 1j * h.",
    tolerance=Tolerance(1e-4, 1e-4, "whatever the step"),
)
def real_difference(f, x, h=1e-20):
    return (f(x + 1e-8) - f(x)) / 1e-8


@complex_step.mistake("Your step is real, so nothing comes back in the imaginary part. The step is 1j * h.")
def forgets_the_i(f, x, h=1e-20):
    return np.imag(f(x + h)) / h


@complex_step.mistake("You took the modulus, the length of the complex number. Take its imaginary part.")
def modulus(f, x, h=1e-20):
    return np.abs(f(x + 1j * h)) / h


@complex_step.mistake("The sign is flipped: with the step -1j * h the imaginary part is minus h times the derivative.")
def conjugate_step(f, x, h=1e-20):
    return np.imag(f(x - 1j * h)) / h


@complex_step.mistake(
    "You subtract f(x) from the complex value's real part: that is a difference again, and 0 for small h. Use the imaginary part alone."
)
def difference_of_real_parts(f, x, h=1e-20):
    return (np.real(f(x + 1j * h)) - f(x)) / h


why_the_complex_step_fails = lesson.add(
    choice(
        "why_the_complex_step_fails",
        1,
        "where the complex step tells nonsense",
        wrong={
            "a": "A step of 1e-200 is no problem: nothing is subtracted, so nothing cancels.",
            "b": "Away from 0, abs has a derivative: it is -1 at x = -2. The function is fine there; the code for it is not.",
            "d": "Divide and multiply by h as you like: 0 stays 0. The imaginary part was lost inside abs.",
        },
        difficulty=3,
        hints=(
            "What does abs return for a complex number such as -2 + 1e-20j?",
            "It is a real number: its length. Where did the imaginary part go?",
        ),
    )
)
