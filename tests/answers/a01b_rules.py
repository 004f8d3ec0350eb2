"""Correct answers to lesson 01b, written differently from the reference."""

import math

import numpy as np


def product_by_strips(f, fprime, g, gprime, x):
    right = g(x) * fprime(x)
    top = f(x) * gprime(x)
    return right + top


def product_as_dot(f, fprime, g, gprime, x):
    return np.sum([fprime(x) * g(x), gprime(x) * f(x)], axis=0)


def product_one_by_one(f, fprime, g, gprime, x):
    flat = [f(v) * gprime(v) + g(v) * fprime(v) for v in np.ravel(np.asarray(x, dtype=float)).tolist()]
    return np.reshape(flat, np.shape(x))


def quotient_as_product(f, fprime, g, gprime, x):
    if g(x) == 0:
        raise ValueError("g is zero")
    return fprime(x) / g(x) - f(x) * gprime(x) / g(x) ** 2


def quotient_by_division(f, fprime, g, gprime, x):
    try:
        ratio = float(f(x)) / float(g(x))
    except ZeroDivisionError:
        raise ValueError from None
    return (fprime(x) - ratio * gprime(x)) / g(x)


def quotient_by_factors(f, fprime, g, gprime, x):
    below = g(x)
    if not below:
        raise ValueError
    return np.subtract(fprime(x) * below, f(x) * gprime(x)) / (below * below)


def chain_by_links(f, fprime, g, gprime, x):
    u = g(x)
    outer, inner = fprime(u), gprime(x)
    return inner * outer


def chain_with_multiply(f, fprime, g, gprime, x):
    return np.multiply(gprime(x), fprime(g(x)))


def chain_one_by_one(f, fprime, g, gprime, x):
    flat = [fprime(g(v)) * gprime(v) for v in np.ravel(np.asarray(x, dtype=float)).tolist()]
    return np.reshape(flat, np.shape(x))


def wave_factored(x):
    return np.exp(-np.square(x)) * (3 * np.cos(3 * x) - 2 * x * np.sin(3 * x))


def wave_by_parts(x):
    bell, wave = np.exp(-(x**2)), np.sin(3 * x)
    bell_slope, wave_slope = bell * (-2 * x), 3 * np.cos(3 * x)
    return bell_slope * wave + bell * wave_slope


def wave_with_math(x):
    flat = [math.exp(-v * v) * (3 * math.cos(3 * v) - 2 * v * math.sin(3 * v)) for v in np.ravel(x).tolist()]
    return np.reshape(flat, np.shape(x))


def fails_by_sides(f, x):
    kinds = []
    for side in (-1, 1):
        if abs(f(x + side * 1e-10) - f(x)) > 0.02:
            return "jump"
        kinds.append((f(x + side * 1e-7) - f(x)) / (side * 1e-7))
    if max(abs(kinds[0]), abs(kinds[1])) > 200:
        return "vertical"
    return "corner" if abs(kinds[0] - kinds[1]) > 0.05 else "smooth"


def fails_by_shrinking(f, x):
    here = f(x)
    change = max(abs(f(x - 1e-10) - here), abs(f(x + 1e-10) - here))
    if change > 0.01:
        return "jump"
    left, right = (here - f(x - 1e-5)) / 1e-5, (f(x + 1e-5) - here) / 1e-5
    if abs(left) > 90 or abs(right) > 90:
        return "vertical"
    return "smooth" if np.isclose(left, right, rtol=0, atol=0.03) else "corner"


def fails_from_a_table(f, x):
    h = np.array([1e-9, 1e-6])
    rises = np.array([[f(x + s * step) - f(x) for step in h] for s in (-1, 1)], dtype=float)
    if np.abs(rises[:, 0]).max() > 0.08:
        return "jump"
    slopes = rises[:, 1] / np.array([-1e-6, 1e-6])
    return "vertical" if np.abs(slopes).max() > 150 else "corner" if np.ptp(slopes) > 0.06 else "smooth"


ANSWERS = {
    "product_slope": [product_by_strips, product_as_dot, product_one_by_one],
    "quotient_slope": [quotient_as_product, quotient_by_division, quotient_by_factors],
    "chain_slope": [chain_by_links, chain_with_multiply, chain_one_by_one],
    "bell_wave_slope": [wave_factored, wave_by_parts, wave_with_math],
    "how_it_fails": [fails_by_sides, fails_by_shrinking, fails_from_a_table],
    "slope_as_a_function": [lambda: "B"],
    "wrong_step_of_the_product": [lambda: " C "],
    "catch_the_products": [lambda: (1.0, 2.0, 3.0, 5.0), lambda: [-1.0, 0.5, 2.0, 3.0], lambda: np.array([3, 1, 4, 9])],
}
