"""The error of a numerical derivative against h: formulas, measured errors, drawings and words. Pure (S1.11, E-W14, MC04).

Everything is computed in the chosen float format, as a program would; the exact slope is known, so the error is exact as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .digits import number
from .overlay import note
from .palette import BLUE, GREEN, INK, ORANGE, PINK
from .panel import Panel
from .scene import Told

HS = tuple(float(f"{m}e{k}") for k in range(-16, 0) for m in (1, 2, 5)) + (1.0,)
FUNCTIONS = {
    "eˣ sin x at 1": (lambda x: np.exp(x) * np.sin(x), 1.0, np.e * (np.sin(1) + np.cos(1))),
    "2x³ + 5 at 1": (lambda x: 2 * x**3 + 5, 1.0, 6.0),
    "sin x at 1.3": (np.sin, 1.3, np.cos(1.3)),
}
FORMULAS = ("forward", "central", "Richardson", "complex step")
ORDER = {"forward": 1, "central": 2, "Richardson": 4, "complex step": 2}
FORMATS = {"float64": (np.float64, np.complex128), "float32": (np.float32, np.complex64)}
ERRORS = Panel((1e-16, 1), (1e-17, 10), title="the error of the slope", xlabel="h", ylabel="|error|", xlog=True, ylog=True)
DIGITS = Panel((0, 17), (-0.6, 2.6), title="digits: stored, left after subtracting, right", xlabel="decimal digits", ticks="x", left=16)
DOT, LINE = (ORANGE, "-"), (BLUE, "-")


@dataclass(frozen=True)
class Measured:
    """One quotient: its value, its error, and the digits kept by the subtraction in its numerator."""

    h: float
    slope: float
    error: float
    kept: float
    stored: float


def quotient(f, x, h, formula: str, format: str) -> float:
    """The slope as the format computes it; 0 where x + h is x."""
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


def measure(name: str, h: float, formula: str, format: str) -> Measured:
    """One point of the error curve."""
    f, x, exact = FUNCTIONS[name]
    real, _ = FORMATS[format]
    slope = quotient(f, x, h, formula, format)
    stored = -float(np.log10(np.finfo(real).eps))
    size, change = abs(float(f(real(x)))), abs(slope * h)
    # subtracting numbers of this size leaves `change`: what they agree in is gone. The complex step subtracts nothing.
    lost = 0.0 if formula == "complex step" else min(stored, max(0.0, np.log10(size / change))) if change else stored
    return Measured(h, slope, abs(slope - exact), stored - lost, stored)


def curve(name: str, formula: str, format: str) -> np.ndarray:
    """The errors at all h of the slider, shape ``(len(HS),)``."""
    return np.array([measure(name, h, formula, format).error for h in HS])


def best(name: str, formula: str, format: str) -> float:
    """The h of the slider with the least error; the largest of several, as the complex step has."""
    errors = curve(name, formula, format)
    return max(h for h, e in zip(HS, errors) if e <= 2 * errors.min())


def draw_errors(ax, function: str, formula: str, format: str) -> None:
    """All four curves, the chosen one strong, and a guide with the slope of its order."""
    hs = np.array(HS)
    for other in FORMULAS:
        shown = np.maximum(curve(function, other, format), 2e-17)  # an error of exactly 0 has no place on a logarithmic axis
        chosen = other == formula
        ax.plot(hs, shown, color=BLUE if chosen else INK, linewidth=2.5 if chosen else 1, alpha=1 if chosen else 0.45)
    order, right = ORDER[formula], np.array([3e-4 if formula != "Richardson" else 1e-2, 1.0])
    ax.plot(right, 0.02 * right**order, color=GREEN, linewidth=2, linestyle=":")
    note(ax, f"slope {order}", (1, 0.02), (-4, -14), ha="right")


def draw_dot(axes, m: Measured) -> None:
    """Where the slider is, and what becomes of the digits."""
    ax, bars = axes
    ax.plot([m.h, m.h], [1e-17, 10], color=ORANGE, linewidth=1, linestyle="--")
    ax.plot([m.h], [max(m.error, 2e-17)], color=ORANGE, linestyle="", marker="s", markersize=10)
    right = 0.0 if m.error == 0 else max(0.0, min(m.stored, -np.log10(m.error)))
    right = m.stored if m.error == 0 else right
    for row, (digits, colour, words) in enumerate(((right, BLUE, "right in the slope"), (m.kept, PINK, "left after subtracting"), (m.stored, INK, "stored in f"))):
        bars.fill([0, digits, digits, 0], [row - 0.25, row - 0.25, row + 0.05, row + 0.05], color=colour, alpha=0.85)
        note(bars, f"{words}: {digits:.1f}", (0, row + 0.05), (4, 10))


def tell(h: float, formula: str, format: str, function: str) -> Told:
    """The words of one state."""
    m, lowest = measure(function, h, formula, format), best(function, formula, format)
    cells = (
        (None, "h", number(h, 3)), (LINE, "slope", number(m.slope, 9)), (DOT, "error", number(m.error, 3)),
        (None, "digits left", f"{m.kept:.1f}"), (None, "best h here", number(lowest, 3)),
    )  # fmt: skip
    labels = (
        f"error of the {formula} formula against h in {format}, logarithmic; the dot is at h = {number(h, 3)} with the error {number(m.error, 3)}",
        f"of {m.stored:.1f} digits stored, {m.kept:.1f} are left after subtracting",
    )
    if formula == "complex step":
        words = "Nothing is subtracted, so nothing is lost: the smaller h, the better, down to the last digit." if h < 1e-7 else "No subtraction here; only the curve's bending is left as an error, and it shrinks with h²."
    elif m.slope == 0:
        words = "x + h and x are the same float: the quotient is exactly 0. No step was taken at all."
    elif h > 5 * lowest:
        words = f"Right of the lowest point truncation rules: the curve bends between the points. Make h 10 times smaller, and the error falls {10 ** ORDER[formula]} times."
    elif h < lowest / 5:
        words = "Left of the lowest point rounding rules: two nearly equal numbers are subtracted, and what is left is divided by next to nothing."
    else:
        words = "Near the lowest point: both errors are about equal. No other h does much better with this formula."
    return Told(labels, cells, words)
