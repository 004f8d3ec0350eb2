"""Forward and backward differences. Sources: S1.10, S1.11, MC03."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Reals, Smooth, Step, choice, powers_at_zero, slope_between, slope_tolerance, view

from ._lesson import array_cases, derivatives, lesson, promise_order, smooth_cases, wave_cases

warm_up_halving_h = lesson.add(
    choice(
        "warm_up_halving_h",
        1,
        "what half the step does to the error of a secant",
        wrong={
            "a": "The secant's error is not constant: it tends to 0 with h. For 2x³ + 5 it is 6xh + 2h².",
            "c": "A quarter would mean an error in proportion to h². Here the largest part is 6xh: in proportion to h itself.",
            "d": "A limit of 0 does not make the error 0 for any single h. Put h = 0.005 into 6xh + 2h² at x = 1.",
        },
        difficulty=1,
        hints=("Lesson 1, line 5: the quotient is 6x² + 6xh + 2h².", "Which of the two error terms is larger at h = 0.01?"),
    )
)

_HALVINGS = 2.0 ** -np.arange(10, 14)


def _one_sided(name: str, side: int, asks: str, hints: tuple[str, ...]):
    """The exercise for one side: `side` is 1 for the point ahead, -1 for the point behind."""
    where = "x + h" if side > 0 else "x - h"
    exercise = lesson.exercise(
        name,
        1,
        asks,
        signature="f, x, h",
        minutes=3,
        difficulty=1,
        returns=Array(lambda f, x, h: np.shape(x)),
        domains={"f": Smooth(), "x": Reals(..., high=100), "h": Step(positive=True)},
        clauses={"for h > 0": "is_the_slope halving_halves_the_error", "of any shape": "takes_an_array_of_points edges"},
        hints=hints,
    )
    exercise.cases(smooth_cases)

    @exercise.edges
    def steps_of_every_size(rng):
        """Tiny and large steps."""
        yield from powers_at_zero(2)
        yield Function("np.sin(3e7*x)", "3e7*np.cos(3e7*x)", name="f"), 1.0, 1e-9  # a step below sqrt(eps) times x

    def is_the_slope(t, f, x, h):
        t.assume(h > 0)
        t.equal(t(f, x, h), slope_between(f, x, x + side * h), "", slope_tolerance(f, x, x + side * h))

    is_the_slope.__doc__ = f"It is the slope between the points at x and {where}"
    exercise.check(weight=2, domain=True)(is_the_slope)

    @exercise.check(needs=("is_the_slope",), cases=wave_cases)
    def halving_halves_the_error(t, f, x):
        """Halving h halves the error"""
        _, slope, second, third = derivatives(f, x, 4)
        # the error is h f''/2 + h² f'''/6: the first term must rule
        t.assume(abs(second) > 0.3 and abs(third) * _HALVINGS[0] < 0.1 * abs(second))
        values = t.each([(f, x, float(h)) for h in _HALVINGS])
        promise_order(t, values, slope, _HALVINGS, 1, "the error")

    @exercise.check(needs=("is_the_slope",), cases=array_cases)
    def takes_an_array_of_points(t, f, x, h):
        """It takes an array of points and answers for each"""
        t.assume(h > 0)
        why = "Let x be an array: NumPy does the arithmetic for all points at once."
        t.equal(t(f, x, h), slope_between(f, x, x + side * h), why, slope_tolerance(f, x, x + side * h))

    @exercise.picture
    def picture(f, x, h):
        if np.ndim(x) > 0:
            return None
        # the explorer of steps knows no formula for the point behind; the secant through it is drawn elsewhere
        return (
            view("step_error_explorer", yours=True, f=f, fprime=f.prime, x=x, h=h, formula="forward")
            if side > 0
            else view("secant_explorer", f=f, x=x, h=-h)
        )

    return exercise


forward_difference = _one_sided(
    "forward_difference",
    1,
    "the slope to a point ahead",
    (
        "This is the difference quotient of lesson 1, for h > 0.",
        "The change in f goes over the change in x. Put brackets around the change in f.",
    ),
)
backward_difference = _one_sided(
    "backward_difference",
    -1,
    "the slope from a point behind",
    (
        "The two points are x - h and x. How far apart are they?",
        "Later value minus earlier value: here f(x) is the later one.",
    ),
)


@forward_difference.mistake("You look back, to x - h. The forward difference looks ahead, to x + h.")
def backward_instead(f, x, h):
    return (f(x) - f(x - h)) / h


@backward_difference.mistake("You look ahead, to x + h. The backward difference looks back, to x - h.")
def forward_instead(f, x, h):
    return (f(x + h) - f(x)) / h


@forward_difference.mistake("The sign is flipped: the value ahead comes first.", name="sign")
def forward_sign(f, x, h):
    return (f(x) - f(x + h)) / h


@backward_difference.mistake("The sign is flipped: the value behind is the one to subtract.", name="sign")
def backward_sign(f, x, h):
    return (f(x - h) - f(x)) / h


@forward_difference.mistake("This is the change in f, not its slope. Divide by the step.", name="difference_not_ratio")
def change_ahead(f, x, h):
    return f(x + h) - f(x)


@backward_difference.mistake("This is the change in f, not its slope. Divide by the step.", name="difference_not_ratio")
def change_behind(f, x, h):
    return f(x) - f(x - h)


@forward_difference.mistake("Only the last term is divided by h. Put brackets around the whole difference.", name="missing_brackets")
def unbracketed_ahead(f, x, h):
    return f(x + h) - f(x) / h


@backward_difference.mistake("Only the last term is divided by h. Put brackets around the whole difference.", name="missing_brackets")
def unbracketed_behind(f, x, h):
    return f(x) - f(x - h) / h


@forward_difference.mistake("You use both sides, x - h and x + h. That comes next; here one side is asked for.", name="both_sides")
@backward_difference.mistake("You use both sides, x - h and x + h. That comes next; here one side is asked for.", name="both_sides")
def both_sides(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
