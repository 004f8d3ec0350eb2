"""What lesson 04 is called, and the inputs that its exercises share."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, MIX3, SEED2, Function, Lesson, random_field, slope_along_line, two_digits

lesson = Lesson("04_gradient", "The gradient", "Which way is up, and how steep is it there?")


def fields_and_points(rng):
    """Functions of a vector, none separable, and points away from 0 whose entries all differ."""
    for f, n in ((SEED2, 2), (MIX3, 3), *((random_field(rng, n), n) for n in (2, 4, 3))):
        yield f, two_digits(rng, 0.5, 1.4, n, signs=True)


def with_direction(rng):
    """The same with a direction of any length."""
    for f, x in fields_and_points(rng):
        yield f, x, two_digits(rng, 0.3, 1.5, len(x), signs=True)


def crests(rng):
    """Points where f bends, twists or is steep, and high ones, whatever the seed.

    A step that is too large, or on one side only, shows at the former, one that is too small at the latter.
    """
    for low in (0.2, 0.9, 1.6):
        f = Function("np.sin(x[0]) + x[1]*x[0] + 1000", "np.array([np.cos(x[0]) + x[1], x[0]])", name="f")
        yield f, np.array([low, -low]) + np.round(rng.uniform(0, 0.2, size=2), 3)
    for a in (4, -4):
        f = Function(f"np.sin({a}*x[0]) + x[1]*x[0]", f"np.array([{a}*np.cos({a}*x[0]) + x[1], x[0]])", name="f")
        for low, high in ((0.37, 0.41), (-0.07, -0.03)):
            yield f, np.array([round(float(rng.uniform(low, high)), 3), float(two_digits(rng, 0.5, 1.4))])


def bends(f, x, d) -> tuple[float, float]:
    """The second and third derivative of t -> f(x + t*d) at 0, from the exact gradient."""

    def second(t):
        return float(np.sum(slope_along_line(f.prime, x + t * d, d) * d))

    return second(0.0), (second(1e-4) - second(-1e-4)) / 2e-4


def accuracy(f, x, v) -> float:
    """What a central difference along v, a direction of length 1 at most, may be off: ten times its bend, four times its rounding.

    A step may grow with x or not: the one that does costs more where f bends, the other where f is rounded.
    """
    best = float(np.cbrt(EPS))
    grown = best * max(1.0, float(np.max(np.abs(x), where=np.asarray(v) != 0, initial=0.0)))
    rounded = abs(float(f(x))) + float(np.sum(np.abs(x * f.derivative(x)))) + 1.0
    return 10 * grown**2 * (1.0 + abs(bends(f, x, v)[1])) / 6 + 4 * EPS * rounded / best


def scale(f, x) -> float:
    """The size of f and its slopes near x: errors of differences are measured in it."""
    return 1.0 + abs(float(f(x))) + float(np.abs(f.derivative(x)).max())
