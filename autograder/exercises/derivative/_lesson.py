"""What lesson 01 is called, and the inputs that its exercises share."""

from __future__ import annotations

from autograder.writing import CUBIC, EXPSIN, RUNGE, SINE, Lesson, random_smooth

lesson = Lesson("01_derivative", "The derivative is a limit", "What is the slope of a curve at a single point?")


def smooth_cases(rng):
    """Functions that are neither linear nor quadratic, points and steps of both signs, none of them 0 or 1."""
    for f in (CUBIC, EXPSIN, RUNGE, SINE, *(random_smooth(rng) for _ in range(6))):
        x = round(float(rng.uniform(-1.5, 1.5)), 2)
        h = round(float(rng.uniform(0.1, 0.9)), 2) * (1 if rng.random() < 0.6 else -1)
        yield f, x, h
