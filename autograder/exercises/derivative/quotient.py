"""The difference quotient. Sources: S1.10, S1.11, E-W12, E-W13."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    CUBIC,
    SINE,
    Array,
    Miss,
    Reals,
    Smooth,
    Step,
    observed_order,
    powers_at_zero,
    slope_between,
    slope_tolerance,
    view,
)

from ._lesson import lesson, smooth_cases

difference_quotient = lesson.exercise(
    "difference_quotient",
    2,
    "the slope of the secant through x and x + h",
    signature="f, x, h",
    minutes=5,
    difficulty=1,
    returns=Array(lambda f, x, h: np.broadcast_shapes(np.shape(x), np.shape(h))),
    domains={"f": Smooth(), "x": Reals(high=100), "h": Step(axes=...)},
    clauses={
        "slope of the secant": "is_the_slope",
        "f is a function of one number; it takes an array too": "edges takes_an_array_of_steps",
        "x is a number": "edges",
        "an array of numbers": "takes_an_array_of_steps",
        "Raises ValueError": "zero_step_is_an_error",
    },
    hints=(
        "Name the two points first. One is (x, f(x)). What is the other one?",
        "A slope is the change in y over the change in x. Write the change in y with brackets around it.",
        "With an array h, x + h is an array and f answers for each of its numbers. np.any(h == 0) sees a 0 among them; raise ValueError then.",
        "Test it by hand: f(x) = x**2 at x = 3 with h = 1 has the slope 16 - 9 = 7.",
    ),
)
difference_quotient.cases(smooth_cases)


@difference_quotient.picture
def picture(f, x, h):
    return view("secant_explorer", yours=True, f=f, x=x, h=h) if np.ndim(x) == np.ndim(h) == 0 and h != 0 else None


@difference_quotient.check(weight=2, domain=True)
def is_the_slope(t, f, x, h):
    """It is the slope between the points at x and x + h"""
    t.assume(np.all(h != 0))
    t.equal(t(f, x, h), slope_between(f, x, x + h), "", slope_tolerance(f, x, x + h))


@difference_quotient.edges
def steps_of_every_size(rng):
    """Tiny and large steps of either sign, and steps that add up to 0."""
    for f, x, h in powers_at_zero(2):
        yield f, x, h
        yield f, x, -h
    yield CUBIC, round(float(rng.uniform(0.5, 1.5)), 2), np.array([0.5, -0.5, 0.25, -0.25])


@difference_quotient.check(needs=("is_the_slope",))
def tends_to_the_derivative(t, f, x, h):
    """As h shrinks it tends to the derivative, and the error shrinks in step with h"""
    # the error is h f''/2 + h² f'''/6: the first term rules where f'' is not small and h is
    t.assume(h != 0 and abs(f.prime.derivative(x)) > 0.5)
    hs = np.sign(h) * 2.0 ** -np.arange(13, 18)
    errors = [abs(value - f.derivative(x)) for value in t.each([(f, x, step) for step in hs])]
    order = observed_order(np.abs(hs), errors)
    if not abs(order - 1) < 0.15:
        raise Miss(
            f"errors {errors[0]:.3g}, {errors[1]:.3g}, {errors[2]:.3g}",
            "errors that halve when h halves",
            f"The derivative of f at x is {f.derivative(x):.6g}; each halving of h should halve the distance to it.",
            [call.args for call in t.calls[-len(hs) :][:3]],
        )


def many_steps(rng):
    """One call with several steps at once."""
    for f, x, _ in list(smooth_cases(rng))[:4]:  # between the places of the others
        yield f, round(x + 0.005, 3), np.round(rng.uniform(0.1, 0.9, size=3), 2) * np.array([1, -1, 1])
    yield SINE, round(float(rng.uniform(0.3, 0.9)), 3), round(float(rng.uniform(0.2, 0.8)), 2) * np.array([1, -1, 0.5, -0.5])
    yield SINE, round(float(rng.uniform(1.1, 1.4)), 3), round(float(rng.uniform(0.2, 0.8)), 2) * np.array([1.0, 0.5])


@difference_quotient.check(cases=many_steps, needs=("is_the_slope",))
def takes_an_array_of_steps(t, f, x, h):
    """It takes an array of steps and answers for each"""
    t.assume(np.all(h != 0))
    wanted = np.array([slope_between(f, x, x + step) for step in h])
    t.equal(t(f, x, h), wanted, "", slope_tolerance(f, x, x + float(np.min(np.abs(h)))))


def zero_steps(rng):
    """Steps of zero, alone and among others."""
    yield CUBIC, 1.5, 0.0
    yield SINE, -0.5, np.array([0.5, 0.0])


@difference_quotient.check(cases=zero_steps)
def zero_step_is_an_error(t, f, x, h):
    """A step of 0 raises ValueError"""
    t.raises("ValueError", f, x, h, why="Two points are needed: with h = 0 they coincide. Raise ValueError then.")


def _guard(h):
    if np.any(np.asarray(h) == 0):
        raise ValueError("h must not be 0")


@difference_quotient.mistake("This is the change in f, not its slope. Divide by the change in x.")
def difference_not_ratio(f, x, h):
    _guard(h)
    return f(x + h) - f(x)


@difference_quotient.mistake("Only f(x) is divided by h: division goes before subtraction. Put brackets around the difference.")
def missing_brackets(f, x, h):
    _guard(h)
    return f(x + h) - f(x) / h


@difference_quotient.mistake("The sign is flipped: the change in f is the later value minus the earlier one, f(x + h) first.")
def sign(f, x, h):
    _guard(h)
    return (f(x) - f(x + h)) / h


@difference_quotient.mistake("Your second point is x - h. The step goes to x + h.")
def steps_backward(f, x, h):
    _guard(h)
    return (f(x) - f(x - h)) / h


@difference_quotient.mistake("Your points are x - h and x + h. This quotient starts at x itself.")
def steps_both_ways(f, x, h):
    _guard(h)
    return (f(x + h) - f(x - h)) / (2 * h)


@difference_quotient.mistake("You divide by x + h, the place of the second point. Divide by how far it is from the first.")
def divides_by_the_place(f, x, h):
    _guard(h)
    return (f(x + h) - f(x)) / (x + h)
