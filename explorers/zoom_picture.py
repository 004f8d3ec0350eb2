"""The microscope: what a curve looks like from near, its numbers, its drawings and its words. Pure (S1.12, MC02).

The window at zoom z is the square of half width w = 1/z around (x, f(x)), the same scale across and up, so that a slope
keeps its angle: what does not straighten here has no derivative. `ax` is a matplotlib Axes or an `Overlay`.
"""

from dataclasses import dataclass, replace

import numpy as np

from .digits import number
from .overlay import note
from .palette import BLUE, INK, ORANGE, PINK
from .panel import Panel
from .slopes import value, values

LEFT, RIGHT, BEND = (BLUE, "--"), (ORANGE, "-"), (PINK, "-")
STRAIGHT = 0.02  # a fiftieth of the window: about three pixels, less than the eye is sure of
# Square axes, so that an angle in the window is the angle on the curve.
LENS = Panel((-1, 1), (-1, 1), title="under the microscope", ticks=False, left=75, right=75)
REACH = 1.6  # how far the left picture goes to either side of the point


@dataclass(frozen=True)
class View:
    """What the window of half width `w` around x shows.

    `left` and `right` are the slopes from the point to the curve at both edges, `before` the steepest of them at a tenth
    of the zoom, `bend` how far the curve strays from the straight line through the point that fits it best, in half widths.
    """

    x: float
    zoom: float
    left: float
    right: float
    before: float
    bend: float

    @property
    def w(self):
        return 1.0 / self.zoom

    @property
    def steepest(self):
        return max(abs(self.left), abs(self.right))

    @property
    def gap(self):
        """Slope to the right minus slope to the left: a corner keeps it, a derivative has none."""
        return self.right - self.left


def view(f, x, zoom):
    """The `View` of `f` around `x`."""
    left, right = _sides(f, x, 1.0 / zoom)
    return View(x, zoom, left, right, max(map(abs, _sides(f, x, 10.0 / zoom))), _bend(*window(f, x, zoom)))


def _sides(f, x, w):
    y = value(f, x)
    return (y - value(f, x - w)) / w, (value(f, x + w) - y) / w


def _bend(us, vs):
    """The least, over all directions, of the largest distance from the line of that direction through the point.

    Over directions, not slopes: a vertical line is straight, too. Only what the window shows counts.
    """
    seen = np.abs(vs) <= 1
    us, vs = us[seen], vs[seen]

    def strays(angles):
        return np.abs(np.outer(np.cos(angles), vs) - np.outer(np.sin(angles), us)).max(axis=1)

    if us.size == 0:
        return float("nan")
    best, reach = 0.0, np.pi / 2
    for _ in range(4):  # each round looks twenty times closer around the best direction of the one before
        angles = np.linspace(best - reach, best + reach, 61)
        best, reach = angles[np.argmin(strays(angles))], reach / 20
    return float(strays(np.array([best]))[0])


def window(f, x, zoom):
    """The curve in units of the window: ``(u, v)``, each of shape (n,), with (0, 0) at the point; v may leave [−1, 1].

    Denser towards the point, where a curve may stand upright; the point itself is one of them, so a corner stays sharp.
    """
    half = np.union1d(np.linspace(0, 1, 151), np.geomspace(1e-9, 1, 46))
    us = np.union1d(-half, half)
    return us, (values(f, x + us / zoom) - value(f, x)) * zoom


def whole_panel(f, x):
    """The left axes, around the point, with one scale across and up: the window at zoom 1 just fits."""
    panel = Panel((x - REACH, x + REACH), (-1, 1), title="the curve, and the window", xlabel="x")
    _, _, width, height = panel.box
    y, up = value(f, x), REACH * height / width
    return replace(panel, ylim=(y - up, y + up))


def draw_whole(ax, f, xlim):
    xs = np.linspace(*xlim, 601)
    ax.plot(xs, values(f, xs), color=INK, linewidth=2)


def draw_window_mark(ax, f, x, zoom):
    """Where the microscope looks: the window as a square, and a dot when it has become too small to see."""
    w, y = 1.0 / zoom, value(f, x)
    ax.plot([x - w, x + w, x + w, x - w, x - w], [y - w, y - w, y + w, y + w, y - w], color=PINK, linewidth=2.5)
    ax.plot([x], [y], color=PINK, linestyle="", marker="o", markersize=6)


def draw_lens(ax, f, v, labels=True):
    """The curve in the window, and the straight lines from the point to the curve at both edges."""
    us, vs = window(f, v.x, v.zoom)
    ax.plot([-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1], color=PINK, linewidth=6)
    ax.plot([-1, 0], [-v.left, 0], color=BLUE, linestyle="--", linewidth=6)
    ax.plot([0, 1], [0, v.right], color=ORANGE, linewidth=6)
    ax.plot(us, vs, color=INK, linewidth=2)
    ax.plot([0], [0], color=PINK, linestyle="", marker="o", markersize=9)
    half = number(v.w, 3)
    for u, text in ((-1, f"x − {half}"), (0, "x"), (1, f"x + {half}")) if labels else ():
        note(ax, text, (u, -1), (0, -13), ha="center")


def sentence(v):
    """What there is to see at this zoom, told by the numbers alone: no formula is asked."""
    if not np.isfinite([v.left, v.right, v.bend]).all():
        return "The function has no value somewhere in this window, so there are no slopes to compare."
    if v.zoom < 8:
        return "Near enough to see a shape, too far to judge it. Zoom in: does the curve straighten?"
    if v.steepest > 3 and v.steepest > 1.5 * v.before and v.bend < 0.1:
        return f"A straight line, but it stands ever steeper: {number(v.steepest, 3)} by now, and more with every zoom. No finite slope, no derivative."
    if v.bend < STRAIGHT:
        return f"One straight line, as far as the eye can tell, of slope {number((v.left + v.right) / 2, 3)}. That is what differentiable means: straight, seen from near."
    if abs(v.gap) > 0.2 and v.zoom >= 30:
        return f"The corner has not changed: slope {number(v.left, 3)} on its left, {number(v.right, 3)} on its right, as at every zoom. No single line fits."
    return f"Still bent: the curve strays from the best straight line by {number(100 * v.bend, 2)} % of the window. Zoom in further."
