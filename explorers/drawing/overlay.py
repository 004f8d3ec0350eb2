"""An overlay: the few drawing methods of matplotlib's Axes, written as SVG in the pixels of a `Chart`.

A drawing which uses only `plot`, `fill` and `annotate` runs on both: on matplotlib for a still picture and for the tests, on
an overlay for the picture that moves (writing this SVG takes well under a millisecond, a matplotlib figure 40 to 180).
"""

from functools import lru_cache
from html import escape
from math import asin, atan2, hypot, inf, pi, remainder, tau

import numpy as np

from .palette import DASHES, INK


def note(ax, text, xy, offset=(0, 0), ha="left", va="center", fontsize=12):
    """`text` at the data point `xy`, moved by `offset` pixels (upwards is positive), on an Axes or an `Overlay`.

    Always in ink: the palette has the 3:1 that lines need, letters need 4.5:1.
    """
    ax.annotate(text, xy, offset, textcoords="offset points", color=INK, ha=ha, va=va, fontsize=fontsize)


def handle(ax, x, y, **along):
    """The point (x, y) in data is where a reader takes hold of the picture: the first control follows the pointer. Only a live picture has it.

    ``x_of=(k, values)``, and `y_of`, say that control number k follows it along that axis: it has these `values`, places on the axis.
    """
    if isinstance(ax, Overlay):
        ax.handle(x, y, **along)


class Overlay:
    """SVG over `chart`. The arguments are those of matplotlib's Axes, as far as the explorers use them."""

    def __init__(self, chart):
        self.chart = chart
        self._lines, self._marks = [], []

    def plot(self, xs, ys, color=INK, linestyle="-", linewidth=1.5, marker=None, markersize=7, alpha=1.0, markerfacecolor=None):
        """A polyline through ``xs, ys`` of shape (n,), cut to the axes, and its markers, which are never cut in half."""
        px, py = self.chart.to_pixels(np.atleast_1d(xs), np.atleast_1d(ys))
        stroke = f'stroke="{_paint(color)}" stroke-width="{linewidth:g}"'
        opacity = f' opacity="{alpha:g}"' if alpha != 1 else ""
        path = _path(px.tobytes(), py.tobytes()) if linestyle not in ("", "none", "None") else ""
        if path:
            dash = DASHES[linestyle]
            dashes = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
            self._lines.append(f'<path d="{path}" fill="none" {stroke}{dashes}{opacity} stroke-linejoin="round"/>')
        if marker:
            left, top, width, height = self.chart.box
            fill = "none" if markerfacecolor == "none" else _paint(markerfacecolor or color)
            inside = (left - 1 <= px) & (px <= left + width + 1) & (top - 1 <= py) & (py <= top + height + 1)
            marks = "".join(_marker(marker, x, y, markersize / 2) for x, y in zip(px[inside], py[inside]))
            if marks:
                self._marks.append(f'<path d="{marks}" fill="{fill}" {stroke}{opacity}/>')

    def fill(self, xs, ys, color=INK, alpha=1.0):
        """The polygon through ``xs, ys`` of shape (n,), filled, cut to the axes: cells of a grid, areas, bars."""
        px, py = self.chart.to_pixels(np.atleast_1d(xs), np.atleast_1d(ys))
        opacity = f' opacity="{alpha:g}"' if alpha != 1 else ""
        corners = "L".join(f"{x:.2f} {y:.2f}" for x, y in zip(px, np.clip(py, -1e6, 1e6)))
        self._lines.append(f'<path d="M{corners}z" fill="{_paint(color)}"{opacity}/>')

    def annotate(self, text, xy, xytext, textcoords, color, ha, va, fontsize):
        """As `note` calls it; `textcoords` is always "offset points"."""
        px, py = self.chart.to_pixels([xy[0]], [xy[1]])
        x, y = px[0] + xytext[0], py[0] - xytext[1]
        if not np.isfinite([x, y]).all():
            return
        anchor = {"left": "start", "center": "middle", "right": "end"}[ha]
        y += {"center": 0.35, "top": 0.75, "bottom": 0, "baseline": 0}[va] * fontsize
        self._marks.append(
            f'<text class="eta-text" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{fontsize}" fill="{_paint(color)}">{escape(text)}</text>'
        )

    def handle(self, x, y, x_of=None, y_of=None):
        """As the function of this name; what lies outside the axes cannot be taken hold of."""
        px, py = (float(v[0]) for v in self.chart.to_pixels([x], [y]))
        left, top, width, height = self.chart.box
        if left - 1 <= px <= left + width + 1 and top - 1 <= py <= top + height + 1:
            follows = ""
            for axis, (name, given) in enumerate((("x", x_of), ("y", y_of))):
                if given:
                    places = np.array(given[1], dtype=float)
                    pixels = self.chart.to_pixels(*((places, places + np.nan) if name == "x" else (places + np.nan, places)))[axis]
                    follows += f' data-{name}="{given[0]}:{",".join(f"{place:.1f}" for place in pixels)}"'
            self._marks.append(f'<circle class="eta-handle"{follows} fill="none" pointer-events="all" cx="{px:.1f}" cy="{py:.1f}" r="18"/>')

    def get_ylim(self):
        return self.chart.ylim

    def svg(self, label=""):
        """The overlay as an `<svg>`; with a `label` it is an image with that text for screen readers."""
        left, top, width, height = self.chart.box
        role = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
        # The inner <svg> cuts lines at the axes. A clipPath would do it too, but needs an id, and every stop of every
        # explorer on the page would need another one.
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="eta-panel" style="{self.chart.style}" viewBox="0 0 {self.chart.width} {self.chart.height}" {role}>'
            f'<svg x="{left}" y="{top}" width="{width}" height="{height}" viewBox="{left} {top} {width} {height}" overflow="hidden">'
            f"{''.join(self._lines)}</svg>{''.join(self._marks)}</svg>"
        )


def _paint(color):
    return "currentColor" if color == INK else color


@lru_cache(1024)
def _path(xs, ys):
    """An SVG path through the points (float64 as bytes): a gap at NaN, and no point that a reader could not tell from a straight line.

    Remembered, because most lines of a picture stand still while a control moves others.
    """
    px, py = np.frombuffer(xs), np.frombuffer(ys)
    points = np.column_stack([px, np.clip(py, -1e6, 1e6)])
    gaps = np.flatnonzero(~np.isfinite(points).all(axis=1))
    runs = (run[np.isfinite(run).all(axis=1)] for run in np.split(points, gaps))
    return "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in _thin(run)) for run in runs if len(run) > 1)


def _thin(points, tolerance=0.05):
    """Few of `points`, shape (n, 2): a point goes when the way past it strays by less than `tolerance` pixels.

    From the last point that was kept, each further one leaves a wedge of directions that pass it closely enough; a point
    outside the common part of all wedges, or one that turns back, ends the straight line before it. Plain numbers and one
    pass: ten times faster here than the classical method, which halves the line again and again.
    """
    rows = points.tolist()
    kept, (x0, y0) = rows[:1], rows[0]
    last, low, high, far = rows[0], -inf, inf, 0.0
    axis = None
    for x, y in rows[1:]:
        dx, dy = x - x0, y - y0
        away = hypot(dx, dy)
        if away > tolerance:
            turn = atan2(dy, dx)
            if axis is None:
                axis = turn
            turn = remainder(turn - axis, tau)
        if axis is not None and (away < far or not low <= turn <= high):
            kept.append(last)
            x0, y0 = last
            dx, dy = x - x0, y - y0
            away, low, high, far = hypot(dx, dy), -inf, inf, 0.0
            axis = turn = None
            if away > tolerance:
                axis, turn = atan2(dy, dx), 0.0
        if axis is not None:
            wedge = asin(tolerance / away) if away > tolerance else pi
            low, high, far = max(low, turn - wedge), min(high, turn + wedge), max(far, away)
        last = [x, y]
    return [*kept, last]


def _marker(kind, x, y, r):
    if kind == "o":
        return f"M{x - r:.2f} {y:.2f}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
    corners = {
        "s": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "D": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "^": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        "v": ((0, 1.2), (1.1, -0.9), (-1.1, -0.9)),
    }[kind]
    return "M" + "L".join(f"{x + r * a:.2f} {y + r * b:.2f}" for a, b in corners) + "z"
