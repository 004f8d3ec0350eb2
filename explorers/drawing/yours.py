"""How a learner's own answer looks in every picture: one colour that nothing else has, and its name at the line."""

from __future__ import annotations

import numpy as np

from .arrows import draw_arrow
from .overlay import note
from .palette import PURPLE


class NothingToDraw(Exception):
    """An answer that has no place in a picture; the text is a sentence for the learner."""


def draw_line(ax, xs, ys, at: int = -1, offset=(-4, 10), ha="right") -> None:
    """A learner's curve through ``xs, ys`` of shape (n,), named at the point number `at`."""
    ax.plot(xs, ys, color=PURPLE, linewidth=3.5, alpha=0.9)
    if np.isfinite([xs[at], ys[at]]).all():
        note(ax, "yours", (xs[at], ys[at]), offset, ha=ha)


def draw_vector(ax, start, end, name: str = "yours") -> None:
    """A learner's arrow, with its name beside it: beyond its tip there may be no picture any more."""
    start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    draw_arrow(ax, start, end, color=PURPLE, linewidth=4)
    left = end[0] < start[0]
    note(ax, name, start + 0.55 * (end - start), (-10 if left else 10, 8), ha="right" if left else "left")


def draw_gap(ax, x: float, low: float, high: float) -> None:
    """The bar between the truth and a learner's answer at one place; nothing where there is none to see."""
    if np.isfinite([low, high]).all() and low != high:
        ax.plot([x, x], [low, high], color=PURPLE, linewidth=7, alpha=0.45)
