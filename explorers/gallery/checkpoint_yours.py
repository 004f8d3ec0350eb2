"""A learner's count of what checkpoints hold and compute again: a layer of the checkpoint explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw, draw_line
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(keep: int, n: int) -> dict:
    """What a learner's function may take."""
    return {"n": n, "keep": min(keep, n)}


def beside(one, answer, keep: int, n: int, keeps, cost) -> Beside:
    """The two counts that it returned, beside ``cost(n, keep)``, and both for all `keeps`."""
    mine = numbers(answer, (2,), one.name)

    def draw(axes) -> None:
        rows = []
        for other in keeps:
            try:
                rows.append(numbers(one.value(keep=other, n=n), (2,), one.name))
            except NothingToDraw:
                rows.append(np.full(2, np.nan))
        for column in np.array(rows).T:
            draw_line(axes[0], np.minimum(keeps, n), column, at=len(keeps) // 2, offset=(0, 14), ha="center")
        axes[0].plot([min(keep, n)] * 2, mine, color=PURPLE, linestyle="", marker="D", markersize=9)

    return Beside("values held and layers evaluated", mine, np.array(cost(n, min(keep, n)), dtype=float), draw, 0.0, 1e-9)
