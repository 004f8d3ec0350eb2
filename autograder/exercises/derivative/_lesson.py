"""What lesson 01 is called, and the inputs that its exercises share."""

from __future__ import annotations

from autograder.writing import CUBIC, EXPSIN, RUNGE, SINE, Lesson, random_smooth, spread

lesson = Lesson("01_derivative", "The derivative is a limit", "What is the slope of a curve at a single point?")


def smooth_cases(rng):
    """Functions that are neither linear nor quadratic, points and steps of both signs, none of them 0 or 1."""
    functions = (CUBIC, EXPSIN, RUNGE, SINE, *(random_smooth(rng) for _ in range(6)))
    for k, (f, x) in enumerate(zip(functions, spread(rng, len(functions), 1.5))):
        yield f, x, round(float(rng.uniform(0.1, 0.9)), 2) * (-1 if k % 3 == 1 else 1)
