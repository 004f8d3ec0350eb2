"""Grids of cells, for drawings that run on matplotlib and on an overlay alike: matrices, index tables, spy plots."""

from __future__ import annotations

import numpy as np

from .overlay import note
from .palette import BLUE, INK


def draw_cell(ax, row: float, column: float, color=INK, alpha=0.2, size=0.92) -> None:
    """One cell of unit size, row 0 on top (axes with y running down from 0 to −rows)."""
    x, y, gap = column, -row, (1 - size) / 2
    ax.fill([x + gap, x + 1 - gap, x + 1 - gap, x + gap], [y - gap, y - gap, y - 1 + gap, y - 1 + gap], color=color, alpha=alpha)


def draw_matrix(ax, values, row=0.0, column=0.0, color=BLUE, text=None, fontsize=12) -> None:
    """A matrix of shape ``(m, n)`` with its first cell at `row`, `column`: cells that are not zero are filled.

    `text(i, j)` is written into cell (i, j).
    """
    values = np.atleast_2d(values)
    for i, j in np.ndindex(values.shape):
        full = values[i, j] != 0
        draw_cell(ax, row + i, column + j, color if full else INK, 0.55 if full else 0.1)
        if text:
            note(ax, text(i, j), (column + j + 0.5, -(row + i + 0.5)), ha="center", fontsize=fontsize)


def frame_cell(ax, row: float, column: float, color, linewidth=3.0, rows=1.0, columns=1.0) -> None:
    """An outline around a cell, or around a block of `rows` times `columns` cells."""
    x, y = column, -row
    ax.plot([x, x + columns, x + columns, x, x], [y, y, y - rows, y - rows, y], color=color, linewidth=linewidth)
