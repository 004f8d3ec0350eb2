"""What the microscope says at a zoom, told by the numbers alone: no formula is asked."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number
from ..inputs.slopes import value, values
from ..widgets.told import Told, told

STRAIGHT = 0.02  # a fiftieth of the window: about three pixels, less than the eye is sure of


def sentence(f, v) -> Told:
    """The sentence for the close-up `v` of `f`."""
    sides = lambda w: ((value(f, v.x) - value(f, v.x - w)) / w, (value(f, v.x + w) - value(f, v.x)) / w)
    if not np.isfinite([v.left, v.right, v.bend]).all():
        return told(
            "The function has no value somewhere in this window, so there are no slopes to compare.",
            lambda: not np.isfinite(values(f, v.x + v.w * np.linspace(-1, 1, 201))).all(),
        )
    if v.zoom < 8:
        return told("Near enough to see a shape, too far to judge it. Zoom in: does the curve straighten?", lambda: v.w > 0.125)
    if v.steepest > 3 and v.steepest > 1.5 * v.before and v.bend < 0.1:
        return told(
            f"A straight line, but it stands ever steeper: {number(v.steepest, 3)} by now, and ten times farther away only {number(v.before, 3)}. If that goes on, no finite slope, no derivative.",
            lambda: np.abs(sides(v.w)).max() > 1.4 * np.abs(sides(10 * v.w)).max(),
        )
    if v.bend < STRAIGHT:
        return told(
            f"One straight line, as far as the eye can tell, of slope {number((v.left + v.right) / 2, 3)}. That is what differentiable means: straight, seen from near.",
            lambda: abs(strays(f, v)) < 2 * STRAIGHT,
        )
    if abs(v.gap) > 0.2 and v.zoom >= 30 and abs(v.gap - v.gap_before) < 0.05 * abs(v.gap):
        return told(
            f"The corner has not changed: slope {number(v.left, 3)} on its left, {number(v.right, 3)} on its right, as ten times farther away. No single line fits.",
            lambda: (
                abs(np.diff(sides(v.w))[0] - np.diff(sides(10 * v.w))[0]) < 0.06 * abs(np.diff(sides(v.w))[0])
                and strays(f, v) > STRAIGHT / 2
            ),
        )
    return told(
        f"Still bent: the curve strays from the best straight line by {number(100 * v.bend, 2)} % of the window. Zoom in further.",
        lambda: strays(f, v) >= STRAIGHT / 2,
    )


def strays(f, v) -> float:
    """How far the curve strays from the line through the point and the middle of both edges, in half widths: an upper bound of the least."""
    us = np.linspace(-1, 1, 201)
    vs = (values(f, v.x + v.w * us) - value(f, v.x)) / v.w
    seen = np.abs(vs) <= 1
    angle = np.arctan2(np.sum(us[seen] * vs[seen]), np.sum(us[seen] ** 2))
    return float(np.abs(np.cos(angle) * vs[seen] - np.sin(angle) * us[seen]).max())
