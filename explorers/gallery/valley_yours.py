"""How a learner's path looks in the valley: a line on the map, or a point where only the last one is told, and its loss."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import draw_line


def drawing(losses):
    """``draw(axes, path)``; ``losses(points)`` is f along them, in units of the first."""

    def draw(axes, mine) -> None:
        axes[0].plot(*mine[-1:].T, color=PURPLE, linestyle="", marker="D", markersize=9)
        if len(mine) > 1:
            draw_line(axes[0], *mine[:40].T, at=1, offset=(6, -12), ha="left")
            draw_line(axes[1], np.arange(len(mine)), np.clip(losses(mine), 1e-13, 1e6), at=min(8, len(mine) - 1), offset=(6, 12), ha="left")

    return draw
