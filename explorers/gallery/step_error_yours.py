"""A learner's numerical derivative: its error for every step, a layer of the step explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw, draw_line
from ..inputs.slopes import value
from ..inputs.yours import numbers
from ..widgets.yours import Beside
from .step_error_formulas import FORMATS, HS, case_of, measure


def offer(h: float, format: str, function) -> dict:
    """What a learner's function may take: f, x and h, the last two as numbers of the format."""
    f, x, _ = case_of(function)
    real, _ = FORMATS[format]
    return {"f": f, "x": real(x), "h": real(h)}


def beside(one, answer, h: float, formula: str, format: str, function) -> Beside:
    """The slope that it returned beside that of the chosen formula, as far as the format can tell them apart, and its error for all steps."""
    right = measure(function, h, formula, format).slope
    if not np.isfinite(right):
        raise NothingToDraw(f"The {formula} formula has no value here, so {one.name} is not compared.")
    f, x, exact = case_of(function)
    mine, real = float(numbers(answer, (), one.name)), FORMATS[format][0]
    # two spellings of one formula differ by some roundings of f and of x, and a subtraction divides these by h
    lost = 30 * float(np.finfo(real).eps) * (1 + abs(value(f, x)) + abs(x * exact))

    def draw(axes) -> None:
        hs, errors = np.array(HS), []
        for step in HS:
            try:
                slope = one.value(h=step, formula=formula, format=format, function=function)
                errors.append(max(abs(float(numbers(slope, (), one.name)) - exact), 2e-17))
            except NothingToDraw:
                errors.append(np.nan)
        draw_line(axes[0], hs, np.array(errors), at=int(np.argmin(np.abs(np.log(hs / 1e-12)))), offset=(0, 14), ha="center")
        axes[0].plot([h], [max(abs(mine - exact), 2e-17)], color=PURPLE, linestyle="", marker="D", markersize=9)

    return Beside(f"{formula} slope", np.array(mine), np.array(right), draw, 0.0, lost / (1 if formula == "complex step" else h))
