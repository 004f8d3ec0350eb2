"""When two values count as equal: the only tolerances of the course, each with its reason. NaN equals nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Tolerance:
    """Two numbers are equal when abs(a - b) <= atol + rtol*max(abs(a), abs(b)). `reason` says where it comes from.

    For arrays `atol` may be an array as well, a tolerance for each entry.
    """

    rtol: float
    atol: float
    reason: str

    def at(self, scale: float) -> Tolerance:
        """The same for numbers that are none of them larger than `scale`: what may be lost in rounding is small beside them."""
        return Tolerance(self.rtol, self.atol * min(1.0, scale), self.reason)


EXACT = Tolerance(1e-12, 1e-13, "a formula: a few dozen roundings, in whatever order of summation")
SAME_NUMBERS = Tolerance(1e-9, 1e-13, "a known mistake computed another way, told apart from its neighbours by far more")
SINGLE = Tolerance(2e-5, 1e-6, "a formula evaluated in float32: eps is 1.2e-7 and a few dozen roundings add up")
RELATED = Tolerance(
    1e-6, 1e-8, "the same answer by another order of adding up: where differences are divided by a step, so is their rounding"
)
PRINTED = Tolerance(1e-6, 1e-6, "as many digits as an example prints, and a float32's")
BY_HAND = Tolerance(5e-3, 1e-12, "a number that a person writes with three digits")
ITERATED = Tolerance(1e-9, 1e-11, "hundreds of steps of the same recurrence in another order of operations")


def numeric(order: int, truncation: float = 1.0) -> Tolerance:
    """For a numerical derivative of the given order at a sensible step against the exact one.

    The best possible error is about eps**(order/(order + 1)); ten times that, times the scale of the next derivative,
    is allowed: as much as anybody's sensible step costs, and less than a method of the next lower order.
    """
    best = EPS ** (order / (order + 1))
    return Tolerance(10 * best * truncation, 10 * best * truncation, f"an order-{order} difference at its best step")


def summed(terms) -> Tolerance:
    """For sums of products: what is lost in rounding goes with the sum of the sizes, `terms`, however far the terms cancel."""
    lost: Any = np.asarray(terms)
    return Tolerance(EXACT.rtol, EXACT.atol + 64 * EPS * lost, "a few dozen roundings of terms that may cancel")


def of_scores(scores, and_differences: bool = False) -> Tolerance:
    """For exponentials of `scores`, whose own rounding becomes relative there; it stays absolute in differences of the scores themselves."""
    lost = 16 * EPS * float(np.max(np.abs(scores)))
    return Tolerance(EXACT.rtol + lost, EXACT.atol + lost * and_differences, "exponentials of scores that are rounded")


def roundoff(size, h, operations: float = 8.0) -> Tolerance:
    """For a quotient whose numerator is a difference of numbers of the given `size`, divided by `h`.

    Each value carries a rounding error of eps/2 times its size and h itself one of eps, so the quotient is uncertain by a
    few eps*size/abs(h).
    """
    atol = operations * EPS * np.asarray(size) / np.abs(h)
    return Tolerance(1e-12, atol if atol.ndim else float(atol), "rounding errors of f, divided by h")


def close(a, b, tolerance: Tolerance = EXACT) -> bool:
    """Whether `a` and `b` have the same shape and equal numbers. NaN equals nothing; an infinity equals itself."""
    if type(a) is float and type(b) is float:  # the formula below without the arrays: most comparisons are of two numbers
        small = abs(a - b) <= tolerance.atol + tolerance.rtol * max(abs(a), abs(b))
        return small and math.isfinite(a) and math.isfinite(b) or a == b
    try:
        a, b = np.asarray(a), np.asarray(b)
    except ValueError:  # ragged nests have no shape
        return False
    if a.shape != b.shape or a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
        return False
    return bool(np.all(near(a, b, tolerance)))


def near(a: np.ndarray, b: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Which entries of two arrays of numbers of one shape are close, as `close` has it."""
    with np.errstate(all="ignore"):
        a, b = (v.astype(complex if v.dtype.kind == "c" else float) for v in (a, b))
        # written as "small difference", not "no large difference": a NaN then fails by itself
        small = np.abs(a - b) <= tolerance.atol + tolerance.rtol * np.maximum(np.abs(a), np.abs(b))
    return small & np.isfinite(a) & np.isfinite(b) | (a == b)


_LONG = 50  # numbers in a list, from which on they are compared at once


def equal_values(a, b, tolerance: Tolerance = EXACT, nan_agrees: bool = False) -> bool:
    """`close` for nested plain data: containers of the same kind and length, equal strings, close numbers.

    Lists and tuples count as the same kind, and so does an array beside one of them. `nan_agrees` is for one question only, whether two wrong answers are the same
    wrong answer; everywhere else NaN equals nothing.
    """
    if isinstance(a, (list, tuple)) and isinstance(b, np.ndarray) and b.ndim:
        b = b.tolist()
    elif isinstance(b, (list, tuple)) and isinstance(a, np.ndarray) and a.ndim:
        a = a.tolist()
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        if len(a) == len(b) > _LONG and {*map(type, a), *map(type, b)} <= {int, float}:
            return equal_values(np.array(a, float), np.array(b, float), tolerance, nan_agrees)
        return len(a) == len(b) and all(equal_values(x, y, tolerance, nan_agrees) for x, y in zip(a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal_values(a[key], b[key], tolerance, nan_agrees) for key in a)
    if type(a) is float and type(b) is float:
        return nan_agrees and a != a and b != b or close(a, b, tolerance)
    numbers = (bool, int, float, complex, np.generic, np.ndarray)
    if isinstance(a, numbers) and isinstance(b, numbers):
        a, b = np.asarray(a), np.asarray(b)
        if a.shape != b.shape or (a.dtype.kind == "b") != (b.dtype.kind == "b"):
            return False
        if nan_agrees:
            nan_a, nan_b = a != a, b != b
            if not np.array_equal(nan_a, nan_b):
                return False
            a, b = np.where(nan_a, 0, a), np.where(nan_b, 0, b)
        return close(a, b, tolerance)
    return type(a) is type(b) and a == b
