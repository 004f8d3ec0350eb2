"""A learner's generalized Jacobian beside the explorer's own: a layer of the index explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.cells import frame_cell
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(op) -> dict:
    """What a learner's function may take: f of an array, and the array X where it is looked at."""
    return {"f": op.f, "X": op.at.copy()}


def beside(one, answer, G: np.ndarray, index: tuple, column: int, grid, flat_of) -> Beside:
    """The whole tensor is compared; drawn are those answers to the entry `index` of X that differ. `grid` lays them out as the picture
    does, `flat_of` flattens a tensor as it does, and `column` is the entry's column there."""
    mine = numbers(answer, G.shape, one.name)
    rtol, atol = 1e-5, 1e-6 * (1 + float(np.abs(G).max()))  # six digits are asked for
    wrong = ~np.isclose(mine, G, rtol=rtol, atol=atol)
    worst = tuple(int(k) for k in np.unravel_index(np.argmax(np.abs(mine - G)), G.shape))

    def draw(axes) -> None:
        given = grid(mine[(..., *index)])
        for k, differs in np.ndenumerate(grid(wrong[(..., *index)])):
            if differs:
                frame_cell(axes[1], *k, PURPLE, 4)
                note(axes[1], f"yours {number(round(float(given[k]), 3), 3)}", (k[1] + 0.5, -(k[0] + 0.9)), ha="center", fontsize=11)
        for row in np.flatnonzero(flat_of(wrong)[:, column]):
            frame_cell(axes[2], int(row), column, PURPLE, 3)

    if not wrong.any():
        return Beside("generalized Jacobian", mine, G, draw, rtol, atol)
    return Beside(f"entry G[{', '.join(map(str, worst))}]", mine[worst], G[worst], draw, rtol, atol)
