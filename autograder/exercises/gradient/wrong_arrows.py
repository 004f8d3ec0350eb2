"""Wrong gradients by name, each with the message that its author deserves. Sources: MC08 to MC10, MC44."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Tolerance, along, axis, slope_between

from .arrow import gradient

# people choose other small steps than ours; what tells mistakes apart is far larger than what the step does
_ANY_STEP = Tolerance(1e-6, 1e-6, "the same mistake with another small step")


def _step(x, k, h) -> float:
    """The step that the exercise asks for, so that slips show in the numbers exactly as they do for most people."""
    return float(np.cbrt(EPS)) * max(1.0, abs(float(x[k]))) if h is None else h


def _slopes(f, x, h, start=None):
    """Central differences in each element, around `start` when it is given."""
    slopes = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        line, step = along(f, x if start is None else start(x, k), axis(x, k)), _step(x, k, h)
        slopes[k] = slope_between(line, -step, step)
    return slopes


@gradient.mistake("You move all components together. Entry i is the slope when x[i] alone moves.", tolerance=_ANY_STEP)
def perturbs_all(f, x, h=None):
    line = along(f, x, np.ones(x.shape))
    return np.array([slope_between(line, -_step(x, k, h), _step(x, k, h)) for k in np.ndindex(x.shape)]).reshape(x.shape)


@gradient.mistake(
    "Your point drifts: after the first component x is not put back, so the next slope is taken elsewhere. Start each from a fresh copy.",
    tolerance=Tolerance(1e-4, 1e-4, "the same mistake with another small step"),
)
def base_point_drifts(f, x, h=None):
    point, slopes = np.array(x, float), np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        step = _step(x, k, h)
        point[k] += step
        up = f(point)
        point[k] -= 2 * step
        slopes[k] = (up - f(point)) / (2 * step)
    return slopes


@gradient.mistake(
    "You write into x itself. Work on copies: x may be read-only, and whoever gave it to you still needs it.", tolerance=_ANY_STEP
)
def mutates_input(f, x, h=None):
    slopes = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        step = _step(x, k, h)
        was = x[k]
        x[k] = was + step
        up = f(x)
        x[k] = was - step
        slopes[k] = (up - f(x)) / (2 * step)
        x[k] = was
    return slopes


@gradient.mistake(
    "With integers in x your copies are arrays of integers, and the small step is cut off. Make them of type float.", tolerance=_ANY_STEP
)
def integer_dtype(f, x, h=None):
    slopes = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        step = _step(x, k, h)
        up, down = x.copy(), x.copy()
        up[k] += step
        down[k] -= step
        slopes[k] = (f(up) - f(down)) / (2 * step)
    return slopes


@gradient.mistake(
    "Your answer array holds integers when x does: np.zeros_like(x) takes over the type. Make it of type float.", tolerance=_ANY_STEP
)
def integer_answer(f, x, h=None):
    slopes = np.zeros_like(x)
    slopes[...] = _slopes(f, x, h)
    return slopes


@gradient.mistake("The other components are 0 in your points. Frozen means that they keep the values they have in x.", tolerance=_ANY_STEP)
def others_at_zero(f, x, h=None):
    return _slopes(f, x, h, lambda x, k: x[k] * axis(x, k))


@gradient.mistake("You return the gradient scaled to length one. Its length matters: it is the steepest slope.", tolerance=_ANY_STEP)
def unit_vector(f, x, h=None):
    slopes = _slopes(f, x, h)
    return slopes / np.sqrt(np.sum(slopes**2))


@gradient.mistake("This is a matrix with one row. The gradient has the shape of x.", tolerance=_ANY_STEP)
def row_matrix(f, x, h=None):
    return _slopes(f, x, h).reshape(1, -1)


@gradient.mistake("This is minus the gradient, the way down. The gradient points up.", tolerance=_ANY_STEP)
def descent(f, x, h=None):
    return -_slopes(f, x, h)


@gradient.mistake(
    "For a matrix x you return one long vector. The gradient has the shape of x: entry [i, j] belongs to x[i, j].", tolerance=_ANY_STEP
)
def flattens(f, x, h=None):
    return _slopes(f, x, h).ravel()


@gradient.mistake("These are one-sided differences, whose error falls with h only. Take one point on each side.", tolerance=_ANY_STEP)
def forward_instead(f, x, h=None):
    return np.array([slope_between(along(f, x, axis(x, k)), 0.0, _step(x, k, h)) for k in np.ndindex(x.shape)]).reshape(x.shape)


@gradient.mistake("You return the sum of the partial derivatives. The gradient keeps them apart, one entry each.", tolerance=_ANY_STEP)
def sum_of_partials(f, x, h=None):
    return float(np.sum(_slopes(f, x, h)))


@gradient.mistake(
    "When f returns an array, your code goes on and returns something. Say that there is no gradient: raise ValueError.",
    tolerance=_ANY_STEP,
)
def vector_function_slips_through(f, x, h=None):
    if np.ndim(f(x)):
        return np.array([np.sum(f(x + 0.1)) for _ in np.ndindex(x.shape)]).reshape(x.shape)
    return _slopes(f, x, h)


@gradient.mistake("You use a step of your own although h is given.", tolerance=Tolerance(1e-8, 1e-8, "another fixed step"))
def ignores_h(f, x, h=None):
    return _slopes(f, x, None)


@gradient.mistake(
    "With the step that is given you are right. Without it your numbers are further off than at a good step: lesson 2 has the best one.",
    tolerance=Tolerance(1e-2, 1e-2, "any unsuitable step"),
    by_size="calls",
)
def default_step(f, x, h=None):
    return _slopes(f, x, h or 1e-12)


@gradient.mistake(
    "Near 0 you are right without h, far from 0 not always. There the step must grow with the size of the element, negative or not, or rounding eats it.",
    tolerance=Tolerance(0.1, 0.1, "another fixed step: at 1e8 it leaves little more than rounding"),
    by_size="checks",
)
def step_not_scaled(f, x, h=None):
    if np.ndim(f(x)):
        raise ValueError("f returns an array")
    return _slopes(f, x, h or 6e-6)


@gradient.mistake("For each entry you compute all of them. Two calls of f make one entry.", tolerance=_ANY_STEP)
def computes_all_for_each(f, x, h=None):
    if np.ndim(f(x)):
        raise ValueError("f returns an array")
    return np.array([_slopes(f, x, h)[k] for k in np.ndindex(x.shape)]).reshape(x.shape)
