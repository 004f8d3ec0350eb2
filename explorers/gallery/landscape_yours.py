"""A learner's path beside gradient descent's own: a layer of the landscape."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import draw_line
from ..inputs.yours import numbers
from ..widgets.yours import Beside

FAR = 1e6  # what lies further out is drawn at this distance: a wrong sign runs away fast


def offer(f, gradient, eta: float, points: np.ndarray, step: int) -> dict:
    """What a learner's function may take; `points` is the true path, shape (n, 2)."""
    grad = lambda theta: np.array(gradient(theta[0], theta[1]), dtype=float)
    return {"grad": grad, "f": lambda theta: f(theta[0], theta[1]), "theta0": points[0].copy(), "theta": points[0].copy(), "eta": eta,
            "n_steps": min(step, len(points) - 1)}  # fmt: skip


def beside(one, answer, f, points: np.ndarray, step: int) -> Beside:
    """The path that it returned, shape (n + 1, 2), beside the true one; compared where the two are furthest apart."""
    n = min(step, len(points) - 1)
    mine, true = numbers(answer, (n + 1, 2), one.name), points[: n + 1]
    worst = int(np.argmax(np.abs(mine - true).max(axis=1)))

    def draw(axes) -> None:
        shown = np.clip(mine, -FAR, FAR)
        draw_line(axes[0], *shown.T, offset=(6, 10), ha="left")
        axes[0].plot(*shown[-1:].T, color=PURPLE, linestyle="", marker="D", markersize=9)
        with np.errstate(all="ignore"):
            heights = np.array([float(f(*point)) for point in shown])
        draw_line(axes[1], np.arange(n + 1), np.clip(heights, -FAR, FAR), offset=(6, 12), ha="left")

    return Beside(f"point after {worst} step{'s' * (worst != 1)}", mine[worst], true[worst], draw, 1e-6, 1e-9 * (1 + np.abs(true).max()))
