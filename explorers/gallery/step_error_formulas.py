"""Numerical derivatives by four formulas in two float formats, and their exact errors (S1.11, E-W14, MC04).

Everything is computed in the chosen float format, as a program would; the exact slope is known, so the error is exact as well.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from ..inputs.slopes import numeric_slope, slope_at, value

HS = tuple(float(f"{m}e{k}") for k in range(-16, 0) for m in (1, 2, 5)) + (1.0,)
FUNCTIONS = {
    "eˣ sin x at 1": (lambda x: np.exp(x) * np.sin(x), 1.0, np.e * (np.sin(1) + np.cos(1))),
    "2x³ + 5 at 1": (lambda x: 2 * x**3 + 5, 1.0, 6.0),
    "sin x at 1.3": (np.sin, 1.3, np.cos(1.3)),
}
FORMULAS = ("forward", "central", "Richardson", "complex step")
ORDER = {"forward": 1, "central": 2, "Richardson": 4, "complex step": 2}
FORMATS = {"float64": (np.float64, np.complex128), "float32": (np.float32, np.complex64)}


@dataclass(frozen=True, eq=False)
class FunctionAtPoint:
    """A learner's function at x, with the slope that errors are measured against, and where that slope is from."""

    name: str
    f: object
    x: float
    exact: float
    source: str  # "fprime", "a complex step", "differences"

    def __str__(self):
        return self.name


def own_function(name: str, f, x: float, fprime=None) -> FunctionAtPoint:
    """The exact slope from `fprime`; else from a complex step, where it agrees with differences; else from those, to ten digits."""

    def quiet(t):
        # NumPy only warns when math.sin or float drop the imaginary part; the slope would be 0 without a word
        if not isinstance(t, (complex, np.complexfloating)):
            return f(t)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                return f(t)
            except Warning as warning:
                raise TypeError(str(warning)) from None

    measured = slope_at(f, x, fprime)
    if fprime is not None or not np.isfinite(measured):
        return FunctionAtPoint(name, quiet, x, measured, "fprime")
    try:
        with np.errstate(all="ignore"):
            imaginary = float(np.imag(quiet(complex(x, 1e-30)))) / 1e-30
    except Exception:  # math.sin takes no complex number, a comparison neither
        imaginary = float("nan")
    rough = numeric_slope(f, x)
    if abs(imaginary - rough) <= 1e-7 * (1 + abs(rough)):
        return FunctionAtPoint(name, quiet, x, imaginary, "a complex step")
    return FunctionAtPoint(name, quiet, x, rough, "differences")


def case_of(function) -> tuple:
    """(f, x, exact slope) of a name in the menu or of a `FunctionAtPoint`."""
    return (function.f, function.x, function.exact) if isinstance(function, FunctionAtPoint) else FUNCTIONS[function]


@dataclass(frozen=True)
class Measured:
    """One quotient: its value, its error, and the digits kept by the subtraction in its numerator."""

    h: float
    slope: float
    error: float
    kept: float
    stored: float


def quotient(f, x, h, formula: str, format: str) -> float:
    """The slope as the format computes it; 0 where x + h is x; NaN where an own f takes no such number."""
    try:
        return _quotient(f, x, h, formula, format)
    except (ArithmeticError, TypeError, ValueError):
        return float("nan")


def _quotient(f, x, h, formula: str, format: str) -> float:
    real, complex_ = FORMATS[format]
    x, h = real(x), real(h)
    with np.errstate(all="ignore"):
        if formula == "forward":
            return float((f(x + h) - f(x)) / h)
        if formula == "complex step":
            return float(np.imag(f(complex_(complex(x, h)))) / h)
        if formula == "central":
            return float((f(x + h) - f(x - h)) / (real(2) * h))
        coarse, fine = (np.divide(f(x + s) - f(x - s), real(2) * s) for s in (h, h / real(2)))
        return float((real(4) * fine - coarse) / real(3))


def measure(name, h: float, formula: str, format: str) -> Measured:
    """One point of the error curve."""
    f, x, exact = case_of(name)
    real, _ = FORMATS[format]
    slope = quotient(f, x, h, formula, format)
    stored = -float(np.log10(np.finfo(real).eps))
    size, change = abs(value(f, real(x))), abs(slope * h)
    # subtracting numbers of this size leaves `change`: what they agree in is gone. The complex step subtracts nothing.
    lost = 0.0 if formula == "complex step" or not size else min(stored, max(0.0, np.log10(size / change))) if change else stored
    return Measured(h, slope, abs(slope - exact), stored - lost, stored)


def curve(name, formula: str, format: str) -> np.ndarray:
    """The errors at all h of the slider, shape ``(len(HS),)``."""
    return np.array([measure(name, h, formula, format).error for h in HS])


def smooth(name, formula: str, format: str) -> np.ndarray:
    """The errors with lucky hits taken out: at each h the median of the five around it, shape ``(len(HS),)``."""
    errors = np.pad(curve(name, formula, format), 2, mode="edge")
    return np.median(np.lib.stride_tricks.sliding_window_view(errors, 5), axis=1)


def best(name, formula: str, format: str) -> float:
    """The h of the slider where the smoothed error is least; the largest of several, as the complex step has."""
    errors = smooth(name, formula, format)
    return (
        max((h for h, e in zip(HS, errors) if e <= 2 * np.nanmin(errors)), default=float("nan"))
        if np.isfinite(errors).any()
        else float("nan")
    )
