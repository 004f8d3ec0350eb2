"""A learner's path on the line beside gradient descent's own: a layer of the η explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.yours import draw_line
from ..widgets.yours import Beside
from . import landscape_path


def offer(slope, f, points: np.ndarray, eta: float) -> dict:
    """What a learner's function may take; `points` is the true path, shape (n + 1,). θ is an array of one number, as in the exercises."""
    grad = lambda theta: np.array([float(slope(float(t))) for t in np.ravel(theta)]).reshape(np.shape(theta))
    return landscape_path.offer(grad, lambda theta: float(f(float(np.ravel(theta)[0]))), points[:, None], eta)


def beside(one, answer, points: np.ndarray, heights) -> Beside:
    """The path that it returned beside the true one; ``heights(theta)`` are those of the picture."""

    def draw(axes, mine) -> None:
        theta = mine.ravel()
        shown = np.clip(heights(theta), -landscape_path.FAR, landscape_path.FAR)
        draw_line(axes[0], theta[:12], shown[:12], at=min(1, len(theta) - 1), offset=(8, 12), ha="left")
        draw_line(axes[1], np.arange(len(theta)), shown, at=min(3, len(theta) - 1), offset=(6, 12), ha="left")

    return landscape_path.beside(one, answer, points[:, None], draw)
