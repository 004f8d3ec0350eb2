"""A learner's Jacobian of a map whose slopes tell their own places: a layer of the layout explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.cells import frame_cell
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def slopes(m: int, n: int) -> np.ndarray:
    """∂yᵢ/∂xⱼ = 10 i + j, counted from 1: 23 is the second output by the third input. Shape (m, n)."""
    return 10.0 * np.arange(1, m + 1)[:, None] + np.arange(1, n + 1)


def offer(m: int, n: int) -> dict:
    """What a learner's function may take: a map f from (n,) to (m,), a point x, a direction and a row."""
    J = slopes(m, n)
    return {"f": lambda x: J @ x, "x": np.zeros(n)}


def beside(one, answer, cell: int, m: int, n: int) -> Beside:
    """The matrix that it returned; what it has in another place is framed in both layouts."""
    J = slopes(m, n)
    i, j = divmod(cell % (m * n), n)
    if m != n and np.shape(answer) == (n, m) and np.allclose(answer, J.T, rtol=1e-5):
        raise NothingToDraw(f"{one.name} returns the transpose, shape ({n}, {m}): inputs first. This course has outputs first, ({m}, {n}).")
    mine = numbers(answer, (m, n), one.name)
    wrong = ~np.isclose(mine, J, rtol=1e-5)
    worst = (i, j) if wrong[i, j] or not wrong.any() else tuple(int(k) for k in np.unravel_index(np.argmax(np.abs(mine - J)), J.shape))

    def draw(axes) -> None:
        places = [(int(a), int(b)) for a, b in zip(*np.nonzero(wrong))]
        for ax, (a, b), row, column in [(axes[0], at, *at) for at in places] + [(axes[1], at, *at[::-1]) for at in places]:
            frame_cell(ax, row, column, PURPLE, 3)
            note(ax, f"yours {number(round(float(mine[a, b]), 3), 4)}", (column + 0.5, -(row + 0.82)), ha="center", fontsize=11)

    return Beside(f"slope of output {worst[0] + 1} by input {worst[1] + 1}", mine[worst], J[worst], draw, 1e-5, 1e-6)
