"""A learner's change of a square to first order: a layer of the differential explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.yours import NothingToDraw, draw_line
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(A: np.ndarray, dA: np.ndarray) -> dict:
    """What a learner's function may take."""
    return {"A": A.copy(), "dA": dA.copy()}


def beside(one, answer, A: np.ndarray, dA: np.ndarray, function: str, right, change, steps) -> Beside:
    """The matrix that it returned beside the differential ``right(A, dA)``, and its distance from ``change(t)`` for all `steps` t."""
    if one.name == "jvp_square" and function != "A²":
        raise NothingToDraw(f"{one.name} is the change of A @ A: choose f(A) = A², and it is drawn.")
    mine = numbers(answer, (2, 2), one.name)
    apart = np.array([np.linalg.norm(change(t) - mine) for t in steps])

    def draw(axes) -> None:
        draw_line(axes[0], np.array(steps), np.where((apart > 1e-9) & (apart < 1e6), apart, np.nan), at=len(steps) // 2)

    return Beside("change to first order", mine, right(A, dA), draw, 1e-9, 1e-9 * (1 + float(np.abs(A).max())))
