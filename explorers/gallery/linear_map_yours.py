"""A learner's Jacobian, or its products with the two axes, as a second parallelogram: a layer of the linear map."""

from __future__ import annotations

import numpy as np

from ..drawing.arrows import draw_arrow
from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw
from ..inputs.yours import numbers
from ..widgets.yours import Beside

AXES = {"first": (1.0, 0.0), "second": (0.0, 1.0)}


def offer(map, point: tuple, v: tuple = AXES["first"]) -> dict:
    """What a learner's function may take: the map f of a vector (gradf, where it is a gradient), the point x, a direction v."""
    whole = lambda x: np.asarray(map.f(x[0], x[1]), dtype=float)
    return {"f": whole, "gradf": whole, "x": np.array(point, dtype=float), "v": np.array(v)}


def beside(one, answer, map, spot: tuple) -> Beside:
    """What it returned: a matrix, or where it takes v, the columns that it makes of both axes."""
    J = map.J(*spot)
    if not np.isfinite(J).all():
        raise NothingToDraw(f"The map has no Jacobian at this point, so {one.name} is not compared.")
    if "v" in one.parameters:
        columns = [numbers(one.ask((spot, name), lambda v=v: offer(map, spot, v)), (2,), one.name) for name, v in AXES.items()]
        mine = np.column_stack(columns)
    else:
        mine = numbers(answer, (2, 2), one.name)

    def draw(axes) -> None:
        corner = -J @ np.array([0.5, 0.5])
        outline = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) @ mine.T + corner
        axes[2].fill(*outline.T, color=PURPLE, alpha=0.18)
        axes[2].plot(*outline.T, color=PURPLE, linewidth=3.5)
        for k in range(2):
            draw_arrow(axes[2], corner, corner + mine[:, k], color=PURPLE, linewidth=3)
        note(axes[2], "yours", outline[2], (0, 10), ha="center")

    return Beside("Jacobian" if "v" not in one.parameters else "columns of J", mine, J, draw, 1e-4, 1e-6 * (1 + np.abs(J).max()))
