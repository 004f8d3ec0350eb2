"""A learner's gradient, slope along v or steepest direction beside the true one: a layer of the compass."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw, draw_gap, draw_line, draw_vector
from ..inputs.yours import numbers
from ..widgets.yours import Beside

TURN = np.arange(0, 361, 3)


def offer(f, gradient: np.ndarray, point: tuple, v: np.ndarray) -> dict:
    """What a learner's function may take: f of a vector, the point x, v, and the gradient g."""
    return {"f": lambda x: f(x[0], x[1]), "x": np.array(point, dtype=float), "v": v, "g": gradient}


def beside(one, answer, gradient: np.ndarray, point: tuple, angle: float, slope: float) -> Beside:
    """What it returned: a slope along v, a unit direction where it takes g, else a gradient. Slopes are right to about five digits where f is measured."""
    if "v" in one.parameters:
        mine = float(numbers(answer, (), one.name))
        return Beside("slope along v", np.array(mine), np.array(slope), lambda axes: draw_slope(axes, angle, mine, slope), 1e-5, 1e-6)
    arrow, direction = numbers(answer, (2,), one.name), "g" in one.parameters
    size = np.hypot(*gradient)
    if not np.isfinite(size) or direction and size == 0:
        raise NothingToDraw(f"f has no {'steepest direction' if direction else 'gradient'} at this point, so {one.name} is not compared.")
    wanted = gradient / size if direction else gradient
    unit = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])

    def draw(axes) -> None:
        # in units of the true arrow, which is drawn 0.85 long; what is much longer would leave the map
        length = np.hypot(*arrow)
        if length:
            draw_vector(axes[0], point, np.array(point) + arrow / length * 0.85 * min(1.3, length / (np.hypot(*wanted) or length)))
        if not direction:
            draw_line(axes[1], TURN, arrow @ np.array([np.cos(np.radians(TURN)), np.sin(np.radians(TURN))]), at=10, ha="left")
            draw_gap(axes[1], angle, slope, float(arrow @ unit))

    return Beside("steepest direction" if direction else "gradient", arrow, wanted, draw, 1e-5, 1e-6 * (1 + size))


def draw_slope(axes, angle: float, mine: float, slope: float) -> None:
    """A slope along v: its point on the right, and the bar down to the cosine."""
    axes[1].plot([angle], [mine], color=PURPLE, linestyle="", marker="D", markersize=10)
    draw_gap(axes[1], angle, slope, mine)
