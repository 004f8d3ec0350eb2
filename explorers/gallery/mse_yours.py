"""A learner's loss or its gradient beside the true one: a layer of the loss explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..drawing.yours import draw_vector
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(x: np.ndarray, y: np.ndarray, theta: np.ndarray) -> dict:
    """What a learner's function may take: the design matrix X, the heights y, and θ."""
    return {"X": np.column_stack([np.ones(len(x)), x]), "y": y.copy(), "theta": np.array(theta, dtype=float)}


def beside(one, answer, theta: np.ndarray, loss: float, gradient: np.ndarray, reach: float) -> Beside:
    """What it returned: one number is a loss, two are its gradient, drawn against it as the next step goes; `reach` is the longest arrow."""
    if np.size(answer) != 2:
        mine = float(numbers(answer, (), one.name))

        def mark(axes) -> None:
            axes[1].plot(*np.array(theta)[:, None], color=PURPLE, linestyle="", marker="D", markersize=9)
            note(axes[1], f"yours: loss {number(mine, 4)}", theta, (10, 12))

        return Beside("loss", np.array(mine), np.array(loss), mark, 1e-9, 1e-12)
    g = numbers(answer, (2,), one.name)

    def draw(axes) -> None:
        size = float(np.hypot(*g))
        if size:
            draw_vector(axes[1], theta, theta - g / size * min(reach, 0.15 + 0.3 * size))

    return Beside("gradient", g, gradient, draw, 1e-6, 1e-9 * (1 + np.abs(gradient).max()))
