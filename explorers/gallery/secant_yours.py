"""A learner's slope or line beside the secant or the tangent: a layer of the secant explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.yours import NothingToDraw, draw_gap, draw_line
from ..inputs.slopes import value
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(f, fprime, x: float, h: float, tangent: float) -> dict:
    """What a learner's function may take; `points` are where a line is looked at."""
    return {"f": f, "fprime": fprime or (lambda t: tangent), "x": x, "x0": x, "h": h, "points": [x, x + h]}


def beside(one, answer, f, x: float, h: float, tangent: float, charts) -> Beside:
    """What the learner's function returned, as a line beside the secant, or the tangent where it takes no h."""
    y, far = value(f, x), value(f, x + h)
    secant = "h" in one.parameters
    slope, name = ((far - y) / h, "secant") if secant else (tangent, "tangent")
    if not np.isfinite(slope):
        raise NothingToDraw(f"There is no {name} here, so {one.name} is not compared.")
    # whoever returns two numbers for one function tells a line by slope and intercept, two heights are those of a function at both points
    shape = np.shape(answer) if not isinstance(answer, str) else ()
    if shape == (2,) and "fprime" in one.parameters:
        left, right = numbers(answer, (2,), one.name)
        return _line(
            f"{name}'s heights at both points", (left, right), (y, y + slope * h), left, (right - left) / h, x, h, y, slope, charts
        )
    if shape == (2,):
        mine, intercept = numbers(answer, (2,), one.name)
        wanted = (slope, y - slope * x)
        return _line(f"{name}'s (slope, intercept)", (mine, intercept), wanted, mine * x + intercept, mine, x, h, y, slope, charts)
    mine = float(numbers(answer, (), one.name))
    return _line(f"{name} slope", mine, slope, y, mine, x, h, y, slope, charts)


def _line(what, given, wanted, height, mine, x, h, y, slope, charts) -> Beside:
    """A line of slope `mine` that has this `height` at x, with its distance from the true one where that is larger."""
    (low, high), (floor, top) = charts[0].xlim, charts[0].ylim

    def draw(axes) -> None:
        ts = np.linspace(low, high, 241)
        line = lambda t: height + mine * (t - x)
        seen = np.flatnonzero((line(ts) > floor + 0.08 * (top - floor)) & (line(ts) < top - 0.08 * (top - floor)))
        draw_line(axes[0], ts, line(ts), at=int(seen[-1]) if seen.size else -1)
        at = max((x, x + h), key=lambda t: abs(line(t) - y - slope * (t - x)))
        draw_gap(axes[0], at, y + slope * (at - x), line(at))

    return Beside(what, np.array(given), np.array(wanted), draw, atol=1e-9 * (1 + abs(slope) + abs(y)))
