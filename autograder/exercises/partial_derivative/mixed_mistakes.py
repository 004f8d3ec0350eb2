"""What goes wrong in second derivatives of two variables."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Tolerance, along, axis, slope_between

from .mixed import mixed_partials

_ANY_STEP = Tolerance(1e-4, 1e-4, "the same mistake with another small step")


def _corners(f, x, i, j, h) -> dict:
    """f at the four corners around x, by signs."""
    e, d = h * axis(x, i), h * axis(x, j)
    return {(s, r): f(np.asarray(x, float) + s * e + r * d) for s in (1, -1) for r in (1, -1)}


def _cross(f, x, i, j, h) -> float:
    return sum(s * r * value for (s, r), value in _corners(f, x, i, j, h).items()) / (4 * h * h)


@mixed_partials.mistake(
    "Your points lie on one side of x, so the error falls with h only. Step to both sides in both variables.", tolerance=_ANY_STEP
)
def one_sided(f, x, i, j, h=None):
    h = h or 1e-4
    e, d = h * axis(x, i), h * axis(x, j)
    return (f(x + e + d) - f(x + e) - f(x + d) + f(x)) / h**2


@mixed_partials.mistake("You set both components, one after the other. For j = i the second step overwrites the first: add the steps.")
def sets_instead_of_adds(f, x, i, j, h=None):
    h, total = h or 1e-4, 0.0
    for s in (1, -1):
        for r in (1, -1):
            point = np.array(x, float)
            point[i] = x[i] + s * h
            point[j] = x[j] + r * h
            total += s * r * f(point)
    return total / (4 * h * h)


@mixed_partials.mistake(
    "This is the product of the two first derivatives. Asked for is the derivative of a derivative.", tolerance=_ANY_STEP
)
def product_of_slopes(f, x, i, j, h=None):
    return slope_between(along(f, x, axis(x, i)), -(h or 1e-5), h or 1e-5) * slope_between(along(f, x, axis(x, j)), -(h or 1e-5), h or 1e-5)


@mixed_partials.mistake("You divide by h². Each of the two differences spans 2h.", tolerance=_ANY_STEP)
def divides_by_h_squared(f, x, i, j, h=None):
    return 4 * _cross(f, x, i, j, h or 1e-4)


@mixed_partials.mistake("You divide by 2h once. There are two differences, and each is divided by its own distance.")
def divides_once(f, x, i, j, h=None):
    h = h or 1e-4
    return 2 * h * _cross(f, x, i, j, h)


@mixed_partials.mistake("Both steps go along component i. The second one belongs to component j.", tolerance=_ANY_STEP)
def ignores_j(f, x, i, j, h=None):
    return _cross(f, x, i, i, h or 1e-4)


@mixed_partials.mistake(
    "With the step that is given you are right, without it you are not. A second difference divides rounding by h²: the step of a "
    "first derivative is too small here, 0.01 is too large, and the fourth root of eps is good.",
    tolerance=Tolerance(1e-2, 1e-2, "rounding, divided by the square of somebody's small step"),
    by_size="calls",
)
def step_of_a_first_derivative(f, x, i, j, h=None):
    return _cross(f, x, i, j, h or float(np.cbrt(EPS)))


@mixed_partials.mistake(
    "Your step is so small that rounding is all that is left: a second difference divides it by h². Take a far larger one."
)
def h_too_small(f, x, i, j, h=None):
    return _cross(f, x, i, j, h or float(np.sqrt(EPS)))
