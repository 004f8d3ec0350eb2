"""The error of a numerical derivative against h: formulas, measured errors, drawings and words. Pure (S1.11, E-W14, MC04).

Everything is computed in the chosen float format, as a program would; the exact slope is known, so the error is exact as well.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import numpy as np

from .digits import number, power_of_ten
from .overlay import note
from .palette import BLUE, GREEN, INK, ORANGE, PINK
from .panel import Panel
from .scene import Told
from .slopes import numeric_slope, slope_at, value

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


@dataclass(frozen=True, eq=False)
class Own:
    """A learner's function at x, with the slope that errors are measured against, and where that slope is from."""

    name: str
    f: object
    x: float
    exact: float
    source: str  # "fprime", "a complex step", "differences"

    def __str__(self):
        return self.name


def own(name: str, f, x: float, fprime=None) -> Own:
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
        return Own(name, quiet, x, measured, "fprime")
    try:
        with np.errstate(all="ignore"):
            imaginary = float(np.imag(quiet(complex(x, 1e-30)))) / 1e-30
    except Exception:  # math.sin takes no complex number, a comparison neither
        imaginary = float("nan")
    rough = numeric_slope(f, x)
    if abs(imaginary - rough) <= 1e-7 * (1 + abs(rough)):
        return Own(name, quiet, x, imaginary, "a complex step")
    return Own(name, quiet, x, rough, "differences")


def case_of(function) -> tuple:
    """(f, x, exact slope) of a name in the menu or of an `Own`."""
    return (function.f, function.x, function.exact) if isinstance(function, Own) else FUNCTIONS[function]


def errors_panel(function, format: str, hs) -> Panel:
    """The left axes: those of the menu, larger where an own h or an own f needs it."""
    low, high = min(1e-16, min(hs)), max(1.0, max(hs))
    top = 10.0
    if isinstance(function, Own):
        seen = np.array([measure(function, h, formula, format).error for formula in FORMULAS for h in HS])
        seen = seen[np.isfinite(seen) & (seen > 0)]
        top = max(10.0, 10.0 ** min(30, np.ceil(np.log10(seen.max())))) if seen.size else 10.0
    return replace(ERRORS, xlim=(10.0 ** np.floor(np.log10(low)), 10.0 ** np.ceil(np.log10(high))), ylim=(1e-17, top))


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


def best(name, formula: str, format: str) -> float:
    """The h of the slider with the least error; the largest of several, as the complex step has."""
    errors = curve(name, formula, format)
    return (
        max((h for h, e in zip(HS, errors) if e <= 2 * np.nanmin(errors)), default=float("nan"))
        if np.isfinite(errors).any()
        else float("nan")
    )


def draw_errors(ax, function, formula: str, format: str) -> None:
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
    if not np.isfinite(m.error):
        return
    ax.plot([m.h, m.h], ax.get_ylim(), color=ORANGE, linewidth=1, linestyle="--")
    ax.plot([m.h], [max(m.error, 2e-17)], color=ORANGE, linestyle="", marker="s", markersize=10)
    right = 0.0 if m.error == 0 else max(0.0, min(m.stored, -np.log10(m.error)))
    right = m.stored if m.error == 0 else right
    for row, (digits, colour, words) in enumerate(
        ((right, BLUE, "right in the slope"), (m.kept, PINK, "left after subtracting"), (m.stored, INK, "stored in f"))
    ):
        bars.fill([0, digits, digits, 0], [row - 0.25, row - 0.25, row + 0.05, row + 0.05], color=colour, alpha=0.85)
        note(bars, f"{words}: {digits:.1f}", (0, row + 0.05), (4, 10))


def tell(h: float, formula: str, format: str, function) -> Told:
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
        words = (
            "Nothing is subtracted, so nothing is lost: the smaller h, the better, down to the last digit."
            if h < 1e-7
            else "No subtraction here; only the curve's bending is left as an error, and it shrinks with h²."
        )
    elif FORMATS[format][0](case_of(function)[1]) + FORMATS[format][0](h) == FORMATS[format][0](case_of(function)[1]):
        words = "x + h and x are the same float: the quotient is exactly 0. No step was taken at all."
    elif h > 5 * lowest:
        words = f"Right of the lowest point truncation rules: the curve bends between the points. Make h 10 times smaller, and the error falls {10 ** ORDER[formula]} times."
    elif h < lowest / 5:
        words = "Left of the lowest point rounding rules: two nearly equal numbers are subtracted, and what is left is divided by next to nothing."
    else:
        words = "Near the lowest point: both errors are about equal. No other h does much better with this formula."
    return Told(labels, cells, _own_words(m, lowest, formula, format, function) if isinstance(function, Own) else words)


def _own_words(m: Measured, lowest: float, formula: str, format: str, function: Own) -> str:
    """What the numbers of a learner's own f say, and nothing that they do not."""
    real, at = FORMATS[format][0], f"x = {number(function.x)}"
    if not np.isfinite(function.exact):
        return f"Your f has no slope at {at}: those from the left and from the right do not meet, so there is no error to measure."
    if not np.isfinite(m.slope):
        return f"The {formula} formula gets no number from your f here. The complex step needs an f that takes complex numbers (np.sin, not math.sin)."
    note_ = "" if function.source != "differences" else " Without fprime the error is measured against a slope of about ten digits."
    tenth, order = measure(function, m.h / 10, formula, format).error, ORDER[formula]
    if formula != "complex step" and real(function.x) + real(m.h) == real(function.x):
        words = "x + h and x are the same float: no step was taken at all."
    elif formula == "complex step" and m.error > 1e-8 * (1 + abs(function.exact)) and tenth > 0.5 * m.error:
        words = (
            "The complex step is wrong here, and a smaller h does not help: it needs an f made of analytic pieces, without abs, max or if."
        )
    elif m.h > 5 * lowest and 0.5 < m.error / (tenth or np.inf) / 10**order < 2:
        words = f"Here h is too large: the formula itself errs, and an h 10 times smaller divides the error by about {power_of_ten(order) if order > 2 else 10**order}."
    elif m.h > 5 * lowest:
        words = "Right of the lowest point: the error is that of the formula, and a smaller h is better."
    elif m.h < lowest / 5 and formula != "complex step":
        words = "Left of the lowest point rounding rules: two nearly equal numbers are subtracted, and what is left is divided by next to nothing."
    else:
        words = "Near the lowest point: no other h does much better with this formula."
    return words + note_
