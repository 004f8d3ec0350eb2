"""Correct answers to lesson 01, written differently from the reference."""

import math

import numpy as np
from numpy.polynomial import Polynomial


def quotient_in_two_steps(f, x, h):
    h = np.asarray(h, dtype=float)
    if not np.all(h):
        raise ValueError("h is zero")
    rise = f(x + h) - f(x)
    return rise / h


def quotient_in_a_loop(f, x, h):
    steps = np.ravel(h)
    if 0 in steps:
        raise ValueError
    return np.reshape([(f(x + s) - f(x)) / s for s in steps], np.shape(h))


def quotient_from_the_right(f, x, h):
    if np.any(h == 0):
        raise ValueError
    return (f(x) - f(x + h)) / (-h)


def line_from_the_second_point(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return slope, f(x + h) - slope * (x + h)


def line_by_fit(f, x, h):
    slope, intercept = np.linalg.solve([[x, 1], [x + h, 1]], [f(x), f(x + h)])
    return slope, intercept


def line_as_array(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return np.array([slope, f(x) - slope * x])


def tangent_with_def(f, fprime, x0):
    def tangent(t):
        return f(x0) + fprime(x0) * (t - x0)

    return tangent


def tangent_as_polynomial(f, fprime, x0):
    return Polynomial([f(x0) - fprime(x0) * x0, fprime(x0)])


def tangent_by_intercept(f, fprime, x0):
    slope = fprime(x0)
    return lambda t: slope * t + (f(x0) - slope * x0)


def is_differentiable_by_quotients(f, x):
    for h in (1e-5, 1e-7):
        left, right = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h
        if abs(left - right) > 0.05 or abs(right) > 1000:
            return False
    return True


def is_differentiable_by_convergence(f, x):
    slopes = np.array([(f(x + h) - f(x)) / h for h in (1e-4, -1e-4, 1e-5, -1e-5, 1e-6, -1e-6)])
    return bool(slopes.max() - slopes.min() < 0.06)


def is_differentiable_at_numpy(f, x):
    h = np.array([1e-4, 1e-6])
    left, right = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h
    return np.all(np.abs([left - right, left - left[0], right - right[0]]) < 0.05)


def first_wrong_by_loop(steps):
    points = [(math.sqrt(2), math.sqrt(3)), (-0.37, 1.19), (0.81, -1.7)]
    for k in range(1, len(steps)):
        if any(abs(steps[k](x, h) - steps[k - 1](x, h)) > 1e-8 for x, h in points):
            return k
    return None


def first_wrong_by_arrays(steps):
    x, h = np.random.default_rng(5).uniform(0.5, 2, size=(2, 30))
    table = np.stack([step(x, h) + 0 * x for step in steps])
    wrong = np.any(~np.isclose(table[1:], table[:-1]), axis=1)
    return int(np.argmax(wrong)) + 1 if wrong.any() else None


def first_wrong_numpy_integer(steps):
    first = first_wrong_by_loop(steps)
    return None if first is None else np.int64(first)


ANSWERS = {
    "difference_quotient": [quotient_in_two_steps, quotient_in_a_loop, quotient_from_the_right],
    "secant_line": [line_from_the_second_point, line_by_fit, line_as_array],
    "tangent_line": [tangent_with_def, tangent_as_polynomial, tangent_by_intercept],
    "quotient_cubic": [
        lambda x, h: 2 * (3 * x * (x + h) + h * h),
        lambda x, h: float(np.polyval([2, 6 * x, 6 * x**2], h)),
        lambda x, h: 2 * ((x + h) ** 2 + (x + h) * x + x**2),
    ],
    "one_sided": [
        lambda f, x, h: ((f(x - h) - f(x)) / -h, (f(x + h) - f(x)) / h),
        lambda f, x, h: [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h],
        lambda f, x, h: np.diff([f(x - h), f(x), f(x + h)]) / h,
    ],
    "is_differentiable": [is_differentiable_by_quotients, is_differentiable_by_convergence, is_differentiable_at_numpy],
    "powers_derivative": [
        lambda x, n: np.array([0.0] + [k * x ** (k - 1) for k in range(1, n + 1)]),
        lambda x, n: np.array([Polynomial.basis(k).deriv()(x) for k in range(n + 1)]),
        lambda x, n: [0 if k == 0 else k * math.pow(x, k - 1) for k in range(n + 1)],
    ],
    "find_first_wrong_step": [first_wrong_by_loop, first_wrong_by_arrays, first_wrong_numpy_integer],
    "order_the_derivation": [lambda: "d b g a f c e"],
    "catch_the_secant": [lambda: (1, -1), lambda: [-2.0, -0.5], lambda: np.array([5.0, -3.0])],
}
