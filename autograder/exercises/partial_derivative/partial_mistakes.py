"""Known mistakes with the partial derivative."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Tolerance, along, axis, slope_between

from .partial import partial_derivative

# people choose other small steps than ours; what tells mistakes apart is far larger than what the step does
_ANY_STEP = Tolerance(1e-6, 1e-6, "the same mistake with another small step")


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
