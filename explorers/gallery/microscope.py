"""The microscope: what a curve looks like from near; differentiable means straight (S1.12, MC02).

The window at zoom z is the square of half width w = 1/z around (x, f(x)), the same scale across and up, so that a slope
keeps its angle: what does not straighten here has no derivative. `ax` is a matplotlib Axes or an `Overlay`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..drawing.chart import Chart, new_figure
from ..drawing.digits import number, round_stops
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE, PINK
from ..inputs.checks import check_function, stops
from ..inputs.slopes import name_of, value, values
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.yours import Yours
from .microscope_words import sentence
from .microscope_yours import beside

LEFT, RIGHT, BEND = (BLUE, "--"), (ORANGE, "-"), (PINK, "-")
# Square axes, so that an angle in the window is the angle on the curve.
LENS = Chart((-1, 1), (-1, 1), title="under the microscope", ticks=False, left=75, right=75)
REACH = 1.6  # how far the left picture goes to either side of the point
ZOOMS = tuple(round_stops(1, 1e4))


@dataclass(frozen=True)
class CloseUp:
    """What the window of half width `w` around x shows.

    `left` and `right` are the slopes from the point to the curve at both edges, `before` the steepest of them at a tenth
    of the zoom, `gap_before` their difference there, `bend` how far the curve strays from the straight line through the point that fits it best, in half widths.
    """

    x: float
    zoom: float
    left: float
    right: float
    before: float
    gap_before: float
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


def close_up(f, x, zoom):
    """The `CloseUp` of `f` around `x`."""
    (left, right), (left_before, right_before) = _sides(f, x, 1.0 / zoom), _sides(f, x, 10.0 / zoom)
    return CloseUp(x, zoom, left, right, max(abs(left_before), abs(right_before)), right_before - left_before, _bend(*window(f, x, zoom)))


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


def whole_chart(f, x):
    """The left axes, around the point, with one scale across and up: the window at zoom 1 just fits."""
    chart = Chart((x - REACH, x + REACH), (-1, 1), title="the curve, and the window", xlabel="x")
    _, _, width, height = chart.box
    y, up = value(f, x), REACH * height / width
    return replace(chart, ylim=(y - up, y + up))


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


def relu(x):
    return np.maximum(x, 0.0)


def wiggle(x):
    """x² sin(1/x), and 0 at 0: differentiable there, with ever faster wiggles."""
    x = np.asarray(x, dtype=float)
    safe = np.where(x == 0, 1.0, x)
    return np.where(x == 0, 0.0, x**2 * np.sin(1 / safe))


# (name, function, point): the point that has something to teach; the others of each curve are one argument away.
MENU = (
    ("x³ at 1", lambda x: x**3, 1.0),
    ("x³ at 0", lambda x: x**3, 0.0),
    ("|x| at 0", np.abs, 0.0),
    ("|x| at 0.5", np.abs, 0.5),
    ("relu at 0", relu, 0.0),
    ("∛x at 0", np.cbrt, 0.0),
    ("x² sin(1/x) at 0", wiggle, 0.0),
)


def microscope(f=None, x=0.0, zoom=1.0, h=None, yours=None):
    """Zoom into a curve at a point, 1 to 10 000 times: is it straight when seen from near?

    `f` is any function of one number, looked at in `x`; without it there is a menu of curves. `h` asks for the zoom whose
    window goes from x − h to x + h. `yours` is a function of yours that takes f, x and h, and returns the slopes to both sides: they are drawn in the
    window. What to find out: which of them become straight lines, and how do the others refuse?
    """
    return scene(f, x, zoom, h, yours).explorer()


def scene(f=None, x=0.0, zoom=1.0, h=None, yours=None) -> Scene:
    """The scene of the explorer."""
    if h is not None:
        if not h > 0:
            raise ValueError(f"h is {h!r}, and should be greater than 0: the window goes from x − h to x + h; try h=0.1")
        zoom = 1 / h
    if f is not None:
        check_function(f, float(x), x - REACH, x + REACH)
        if not np.isfinite(value(f, float(x))):
            raise ValueError(f"f has no finite value at x = {number(x)}, so there is nothing to zoom into; choose another x")
    zoom, menu = float(zoom), MENU if f is None else ((f"{name_of(f)} at {number(x)}", f, float(x)), *MENU)
    zooms = stops(ZOOMS, zoom)  # a zoom that was asked for is a stop, however odd

    def draw(axes, zoom, curve):
        _, f, x = menu[curve]
        draw_window_mark(axes[0], f, x, zoom)
        draw_lens(axes[1], f, close_up(f, x, zoom))

    def still(axes, curve):
        draw_whole(axes[0], menu[curve][1], whole_chart(*menu[curve][1:]).xlim)

    def describe(zoom, curve) -> Description:
        name, f, x = menu[curve]
        v = close_up(f, x, zoom)
        labels = (
            f"the curve {name}, with the window of the microscope: {number(v.w)} to either side",
            f"{name}, zoomed {number(zoom)} times: slope {number(v.left)} to the left, {number(v.right)} to the right",
        )
        cells = (
            (None, "zoom", number(zoom, 5)), (None, "h", number(v.w, 5)), (LEFT, "slope, left", number(v.left, 5)),
            (RIGHT, "slope, right", number(v.right, 5)), (None, "right − left", number(v.gap, 5)), (BEND, "bend", f"{100 * v.bend:.2f} %"),
        )  # fmt: skip
        return Description(labels, cells, sentence(f, v))

    places = {name: k for k, (name, _, _) in enumerate(menu)}
    cases = (("a corner", "|x|: no zoom straightens it", "|x| at 0", 1.0), ("straight", "x³ from near", "x³ at 1", 1000.0),
             ("upright", "∛x: straight, and without a slope", "∛x at 0", 1000.0), ("wiggles", "and yet a derivative", "x² sin(1/x) at 0", 1.0))  # fmt: skip
    return Scene(
        "microscope",
        (Control("zoom", "zoom", "how many times the window is magnified", zooms, zoom),
         Control("curve", "curve", "which curve, and where", tuple(range(len(menu))), 0, lambda k: menu[k][0], "menu")),
        lambda curve: (whole_chart(*menu[curve][1:]), LENS), draw, describe, still,
        presets=[Preset(label, tip, {"curve": places[name], "zoom": z}) for label, tip, name, z in cases],
        goal=Goal("zoom until the curve strays less than 0.1 % from a straight line.", lambda zoom, curve: close_up(*menu[curve][1:], zoom).bend < 1e-3),
        text=lambda: slopes_text(menu, zoom), figure=lambda: curves_figure(menu, zoom), film=True, shown=("slope, left", "slope, right"),
        yours=yours and Yours(asked(yours), lambda zoom, curve: {"f": menu[curve][1], "x": menu[curve][2], "h": 1 / zoom},
                              lambda one, value, zoom, curve: beside(one, value, close_up(*menu[curve][1:], zoom))),
    )  # fmt: skip


def slopes_text(menu, zoom: float) -> str:
    """The slopes of all curves of the menu (name, f, x), from afar and from near; of the first at `zoom` too."""
    rows = ["microscope: slopes of the curve from x to x − w and to x + w, w = 1/zoom"]
    rows.append(f"{'':18} {'zoom':>7} {'left':>10} {'right':>10} {'bend':>9}")
    for name, f, x in menu:
        for at in stops((1, 100, 10000), zoom if f is menu[0][1] else 1):
            v = close_up(f, x, at)
            rows.append(f"{name:18} {number(at, 4):>7} {number(v.left, 4):>10} {number(v.right, 4):>10} {number(100 * v.bend, 3):>7} %")
    return "\n".join(rows)


def curves_figure(menu, zoom: float):
    """The still picture: the curves of the menu that tell each other apart, from afar and from near."""
    shown = [entry for entry in menu if entry[0] not in ("x³ at 0", "|x| at 0.5")][:5]
    lens = replace(LENS, width=170, height=200, left=12, right=12, top=32, bottom=22)
    zooms = (1.0, zoom if zoom > 1 else 100.0)
    figure = new_figure(len(shown) * lens.width, len(zooms) * lens.height)
    for row, at in enumerate(zooms):
        for column, (name, f, x) in enumerate(shown):
            chart = replace(lens, title=f"{name}, × {number(at)}")
            ax = chart.axes(figure, column / len(shown), 1 / len(shown), 1 - (row + 1) / len(zooms), 1 / len(zooms))
            draw_lens(ax, f, close_up(f, x, at), labels=False)
    return figure
