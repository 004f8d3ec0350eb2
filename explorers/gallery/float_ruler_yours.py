"""A learner's machine epsilon beside the gap at 1: a layer of the float ruler."""

from __future__ import annotations

import numpy as np

from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(format: str) -> dict:
    """What a learner's function may take: the name of the format."""
    return {"dtype": format}


def beside(one, answer, right: float, at_one: bool) -> Beside:
    """The epsilon that it returned, at x = 1 in the curve of gaps, and as a bar on the ruler where that stands at 1."""
    mine = float(numbers(answer, (), one.name))

    def draw(axes) -> None:
        if mine > 0:
            axes[1].plot([1], [mine], color=PURPLE, linestyle="", marker="D", markersize=10)
            note(axes[1], "yours", (1, mine), (-10, 8), ha="right")
        if at_one:
            axes[0].plot([0, mine / right], [1.6, 1.6], color=PURPLE, linewidth=4)
            note(axes[0], "yours", (min(5.0, max(-5.0, mine / right)), 1.6), (8, 0))

    return Beside("ε of the format", np.array(mine), np.array(right), draw, 1e-12, 0.0)
