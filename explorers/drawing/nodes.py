"""Boxes and arrows of a computation graph, for drawings that run on matplotlib and on an overlay alike."""

from __future__ import annotations

from .arrows import draw_arrow
from .overlay import note
from .palette import INK, ORANGE


def draw_node(ax, centre, lines, color=INK, alpha=0.12, width=1.5, height=0.95, border=1.5) -> None:
    """A box around `centre` = (x, y) with lines of text, the first on top."""
    x, y = centre
    w, h = width / 2, height / 2
    ax.fill([x - w, x + w, x + w, x - w], [y - h, y - h, y + h, y + h], color=color, alpha=alpha)
    ax.plot([x - w, x + w, x + w, x - w, x - w], [y - h, y - h, y + h, y + h, y - h], color=color, linewidth=border)
    for k, text in enumerate(lines):
        note(ax, text, (x, y), (0, 14 * ((len(lines) - 1) / 2 - k)), ha="center", fontsize=12)


def draw_edge(ax, start, end, color=INK, linewidth=1.5, width=1.5, height=0.95, backward=False) -> None:
    """An arrow between two nodes' boxes, from border to border; `backward` turns it round."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    # leave each box through the side that the straight line meets first
    scale = min(abs(width / 2 / dx) if dx else 9.0, abs(height / 2 / dy) if dy else 9.0)
    a, b = (x0 + dx * scale, y0 + dy * scale), (x1 - dx * scale, y1 - dy * scale)
    draw_arrow(ax, *((b, a) if backward else (a, b)), color=color, linewidth=linewidth, head=0.22)


def draw_row(ax, start, names, done: int) -> None:
    """The order of a sweep as a row of small boxes from `start` on: those that are `done` are filled, the next one is framed."""
    x, y = start
    note(ax, "order:", start)
    for k, name in enumerate(names):
        color, alpha = (ORANGE, 0.3) if k < done else (INK, 0.06)
        draw_node(ax, (x + 1.0 + 0.5 * k, y), [name], color, alpha, width=0.42, height=0.6, border=4 if k == done else 1.5)
