"""A learner's product with a matrix of second derivatives beside A v: a layer of the eigen explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.yours import draw_vector
from ..inputs.yours import numbers
from ..widgets.yours import Beside

PLACE = (1.0, 0.5)  # a bowl has the same matrix everywhere


def offer(A: np.ndarray, v: np.ndarray) -> dict:
    """What a learner's function may take: the gradient of the bowl uᵀAu/2, a place, and the direction."""
    return {"gradf": lambda u: A @ u, "x": np.array(PLACE), "v": v.copy(), "A": A.copy()}


def beside(one, answer, A: np.ndarray, v: np.ndarray) -> Beside:
    """The vector that it returned beside A v."""
    mine = numbers(answer, (2,), one.name)
    return Beside("product A v", mine, A @ v, lambda axes: draw_vector(axes[0], (0, 0), mine), 1e-5, 1e-6)
