"""Arrows from polylines, for drawings that run on matplotlib and on an overlay alike."""

from __future__ import annotations

import numpy as np

from .palette import INK


def draw_arrow(ax, start, end, color=INK, linewidth=2.5, head=0.12, linestyle="-") -> None:
    """A straight arrow from `start` to `end`, both (x, y) in data whose axes have about one scale; `head` is in data too."""
    start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    step = end - start
    length = np.hypot(*step)
    ax.plot([start[0], end[0]], [start[1], end[1]], color=color, linewidth=linewidth, linestyle=linestyle)
    if length < 1e-9:
        return
    back, side = -step / length, np.array([-step[1], step[0]]) / length
    head = min(head, 0.6 * length)
    for sign in (1, -1):
        tip = end + head * (back + 0.5 * sign * side)
        ax.plot([end[0], tip[0]], [end[1], tip[1]], color=color, linewidth=linewidth)
