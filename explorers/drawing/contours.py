"""Contour lines as polylines, for drawings that run on matplotlib and on an overlay alike."""

from __future__ import annotations

import numpy as np

from .palette import INK


def draw_contours(ax, f, xlim, ylim, levels, color=INK, linewidth=1.0, alpha=0.55, points=81) -> None:
    """The lines where ``f(x, y)`` (for arrays of equal shape) has each of `levels`, inside `xlim` times `ylim`."""
    # matplotlib's own engine, without an Axes around it
    from contourpy import contour_generator

    xs, ys = np.linspace(*xlim, points), np.linspace(*ylim, points)
    X, Y = np.meshgrid(xs, ys)
    generator = contour_generator(X, Y, f(X, Y))
    for level in levels:
        for line in generator.lines(float(level)):
            ax.plot(line[:, 0], line[:, 1], color=color, linewidth=linewidth, alpha=alpha)
