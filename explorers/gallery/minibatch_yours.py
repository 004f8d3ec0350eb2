"""A learner's pass through the batches: where it ends, a layer of the mini-batch explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..drawing.yours import draw_vector
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(points: np.ndarray, start: tuple, eta: float, batches: np.ndarray) -> dict:
    """What a learner's function may take: example i pulls to its own minimum, row i of X; y says nothing here."""
    return {
        "grad": lambda theta, X, y: theta - X.mean(axis=0), "theta": np.array(start), "X": points.copy(), "y": np.zeros(len(points)),
        "eta": eta, "batches": [np.array(batch) for batch in batches],
    }  # fmt: skip


def beside(one, answer, start: tuple, right: np.ndarray) -> Beside:
    """The point that it returned, beside that of the path after its first pass."""
    mine = numbers(answer, (2,), one.name)

    def draw(axes) -> None:
        draw_vector(axes[0], start, np.clip(mine, -1e6, 1e6))
        axes[0].plot(*right[:, None], color=PURPLE, linestyle="", marker="D", markersize=11, markerfacecolor="none")
        note(axes[0], "right", right, (10, 12))

    return Beside("point after one pass", mine, right, draw, 1e-9, 1e-9)
