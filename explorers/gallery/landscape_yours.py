"""A learner's path beside gradient descent's own: a layer of the landscape."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import draw_line
from ..widgets.yours import Beside
from . import landscape_path
from .landscape_path import FAR


def offer(f, gradient, eta: float, points: np.ndarray, step: int) -> dict:
    """What a learner's function may take; `points` is the true path, shape (n, 2)."""
    grad = lambda theta: np.array(gradient(theta[0], theta[1]), dtype=float)
    return landscape_path.offer(grad, lambda theta: f(theta[0], theta[1]), points[: step + 1], eta)


def beside(one, answer, f, points: np.ndarray, step: int) -> Beside:
    """The path that it returned, shape (n + 1, 2), beside the true one; compared where the two are furthest apart."""

    def draw(axes, mine) -> None:
        draw_line(axes[0], *mine.T, offset=(6, 10), ha="left")
        axes[0].plot(*mine[-1:].T, color=PURPLE, linestyle="", marker="D", markersize=9)
        with np.errstate(all="ignore"):
            heights = np.array([float(f(*point)) for point in mine])
        draw_line(axes[1], np.arange(len(mine)), np.clip(heights, -FAR, FAR), offset=(6, 12), ha="left")

    return landscape_path.beside(one, answer, points[: step + 1], draw)
