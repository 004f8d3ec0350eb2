"""What the step explorer says of a learner's own f, each sentence with its predicate; and where its lowest point ends."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number, power_of_ten
from ..widgets.told import NOTHING, Told, told
from .step_error_formulas import FORMATS, ORDER, FunctionAtPoint, Measured, case_of, measure


def reach(formula: str) -> float:
    """How far to the right of the lowest point an error is still about as small: a factor 25 where it grows with h², as with h⁴."""
    return 5 ** (2 / max(2, ORDER[formula]))


def same_float(function, h: float, format: str) -> bool:
    """Whether h is lost when it is added to x."""
    real, x = FORMATS[format][0], case_of(function)[1]
    return bool(np.nextafter(real(x), real(np.inf)) - real(x) > 2 * real(h) or real(x) + real(h) == real(x))


def of_own(m: Measured, lowest: float, formula: str, format: str, function: FunctionAtPoint) -> Told:
    """What the numbers of a learner's own f say, and nothing that they do not."""
    at = f"x = {number(function.x)}"
    error_at = lambda step: measure(function, step, formula, format).error
    if not np.isfinite(function.exact):
        return told(
            f"Your f has no slope at {at}: those from the left and from the right do not settle on one number, so there is no error to measure.",
            lambda: not np.isfinite(m.error),
        )
    if not np.isfinite(m.slope):
        return told(
            f"The {formula} formula gets no number from your f here. The complex step needs an f that takes complex numbers (np.sin, not math.sin).",
            lambda: not np.isfinite(m.error),
        )
    note_ = (
        NOTHING
        if function.source != "differences"
        else told(" Without fprime the error is measured against a slope of about ten digits.", lambda: function.source == "differences")
    )
    tenth, order = error_at(m.h / 10), ORDER[formula]
    if formula != "complex step" and same_float(function, m.h, format):
        words = told(
            "x + h and x are the same float: no step was taken at all.",
            lambda: (x := FORMATS[format][0](function.x)) + FORMATS[format][0](m.h) == x,
        )
    elif formula == "complex step" and m.error > 1e-8 * (1 + abs(function.exact)) and tenth > 0.5 * m.error:
        words = told(
            "The complex step is wrong here, and a smaller h does not help: it needs an f made of analytic pieces, without abs, max or if.",
            lambda: error_at(m.h / 100) > 0.1 * m.error > 0,
        )
    elif m.h > reach(formula) * lowest and 0.5 < m.error / (tenth or np.inf) / 10**order < 2:
        words = told(
            f"Here h is too large: the formula itself errs, and an h 10 times smaller divides the error by about {power_of_ten(order) if order > 2 else 10**order}.",
            lambda: 0.5 < error_at(m.h) / error_at(m.h / 10) / 10**order < 2,
        )
    elif m.h > reach(formula) * lowest:
        words = told(
            "Right of the lowest point: the error is that of the formula, and there is a better h to the left.",
            lambda: error_at(lowest) <= m.error,
        )
    elif m.h < lowest / 5 and formula != "complex step":
        words = told(
            "Left of the lowest point rounding rules: the smaller h, the more digits the subtraction costs, and the division by h makes the loss large.",
            lambda: m.h < lowest,
        )
    else:
        words = told(
            "Near the lowest point of this formula's errors.",
            lambda: lowest / 5 <= m.h <= reach(formula) * lowest or formula == "complex step",
        )
    return words + note_
