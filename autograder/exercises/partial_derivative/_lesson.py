"""What lesson 03 is called, and the inputs that its exercises share."""

from __future__ import annotations

import numpy as np

from autograder.writing import MIX3, SEED2, Lesson, random_field, two_digits

lesson = Lesson("03_partial_derivative", "Partial derivatives", "What is a slope when a function has several variables?")


def fields_and_points(rng):
    """Functions of several variables, none separable, and points away from 0 whose entries all differ."""
    for f, n in ((SEED2, 2), (MIX3, 3), *((random_field(rng, n), n) for n in (2, 3, 4, 3))):
        yield f, two_digits(rng, 0.5, 1.4, n, signs=True)


def every_variable(rng):
    """The same with an index: for the first two functions each index, for the others one."""
    for k, (f, x) in enumerate(fields_and_points(rng)):
        for i in range(len(x)) if k < 2 else (int(rng.integers(len(x))),):
            yield f, x, i


def scale(f, x) -> float:
    """The size of f and its slopes near x: errors of differences are measured in it."""
    return 1.0 + abs(float(f(x))) + float(np.abs(f.derivative(x)).max())
