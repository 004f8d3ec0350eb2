"""What lesson 11 is called, and a slope that no formula is needed for."""

from __future__ import annotations

import numpy as np

from autograder.writing import Lesson

lesson = Lesson("11_review", "Review: the errata hunt", "Can you tell a right formula from a wrong one, months later?", bonus=True)


def slope(f, x: float) -> float:
    """The derivative of f at x by a complex step: exact to rounding, from the definition of f alone."""
    return float(np.imag(f(x + 1e-30j)) / 1e-30)


def slopes(f, X: np.ndarray) -> np.ndarray:
    """The derivatives of the number f(X) with respect to every entry of X, one complex step each."""
    result = np.zeros(X.shape)
    for index in np.ndindex(X.shape):
        Z = X.astype(complex)
        Z[index] += 1e-30j
        result[index] = np.imag(f(Z)) / 1e-30
    return result
