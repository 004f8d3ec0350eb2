"""What lesson 04 is called, and the inputs that its exercises share."""

from __future__ import annotations

import numpy as np

from autograder.writing import MIX3, SEED2, Lesson, random_field, two_digits

lesson = Lesson("04_gradient", "The gradient", "Which way is up, and how steep is it there?")


def fields_and_points(rng):
    """Functions of a vector, none separable, and points away from 0 whose entries all differ."""
    for f, n in ((SEED2, 2), (MIX3, 3), *((random_field(rng, n), n) for n in (2, 4, 3))):
        yield f, two_digits(rng, 0.5, 1.4, n, signs=True)


def with_direction(rng):
    """The same with a direction of any length."""
    for f, x in fields_and_points(rng):
        yield f, x, two_digits(rng, 0.3, 1.5, len(x), signs=True)


def scale(f, x) -> float:
    """The size of f and its slopes near x: errors of differences are measured in it."""
    return 1.0 + abs(float(f(x))) + float(np.abs(f.derivative(x)).max())
