"""A learner's slopes to both sides of a point, in the window of the microscope."""

from __future__ import annotations

import numpy as np

from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def beside(one, answer, v) -> Beside:
    """The slopes that it returned, the left one first, beside those of the close-up `v`."""
    left, right = numbers(answer, (2,), one.name)

    def draw(axes) -> None:
        axes[1].plot([-1, 0, 1], [-left, 0, right], color=PURPLE, linewidth=3.5)
        note(axes[1], "yours", (0.55, 0.55 * right), (0, 14), ha="center")

    return Beside(
        "slopes to the left and to the right", np.array([left, right]), np.array([v.left, v.right]), draw, 1e-6, 1e-9 * (1 + v.steepest)
    )
