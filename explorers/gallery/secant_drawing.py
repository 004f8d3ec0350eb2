"""The secant becomes the tangent: its numbers, its drawings and its words. Pure: no widget, no browser (S1.09–S1.12).

`ax` is a matplotlib Axes or an `Overlay`. h is signed: h < 0 puts the second point to the left of x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE, PINK
from ..inputs.slopes import name_of, slope_at, value, values
from ..widgets.told import Told, told

GAP = (PINK, "-")


@dataclass(frozen=True)
class Secant:
    """The numbers of one secant: through (x, f(x)) and (x + h, f(x + h)), against the tangent at x."""

    x: float
    h: float
    slope: float
    tangent: float

    @property
    def error(self):
        return self.slope - self.tangent

    @property
    def ratio(self):
        """error/h, which settles at f″(x)/2 when h shrinks."""
        return self.error / self.h


def secant(f, x, h, tangent):
    """The `Secant` of `f`; `tangent` is f′(x). At h = 0 there is no secant: ValueError."""
    if h == 0:
        raise ValueError("h = 0 leaves one point, and through one point there is no secant")
    return Secant(x, h, (value(f, x + h) - value(f, x)) / h, tangent)


def slope_chart(f, xs):
    """The left axes: wide enough for the slider's range `xs` = (low, high) and a step to either side."""
    xlim = (xs[0] - 1.0, xs[1] + 1.0)
    ys = values(f, np.linspace(xlim[0] + 0.4, xlim[1] - 0.4, 200))
    ys = ys[np.isfinite(ys)]
    # Percentiles: a pole of a learner's own function must not press everything else flat.
    low, high = np.percentile(ys, [1, 99]) if ys.size else (-1, 1)
    pad = 0.12 * (high - low) or 1.0
    return Chart(xlim, (low - pad, high + pad), title="the curve, a secant, the tangent", xlabel="x", ylabel=name_of(f))


def error_chart(f, xs, hs, fprime=None):
    """The right axes, logarithmic both ways, the same for every x in the range: only the dot and its curve move."""
    errors = np.array([_errors(f, x, np.r_[-hs, hs], slope_at(f, x, fprime)) for x in np.linspace(*xs, 13)])
    errors = errors[np.isfinite(errors) & (errors > 0)]
    high = errors.max() if errors.size else 1.0
    low = max(errors.min() if errors.size else 1e-3, high * 1e-8)
    decades = 10.0 ** np.floor(np.log10(low)), 10.0 ** np.ceil(np.log10(high) + 0.9)  # room for the dot's label
    xlim = (hs[0] / 2, hs[-1] * 1.5)
    return Chart(
        xlim,
        decades,
        title="how wrong (— h > 0,  – · – h < 0)",
        xlabel="|h|",
        ylabel="|secant slope − tangent slope|",
        xlog=True,
        ylog=True,
    )


def draw_curve(ax, f, xlim):
    xs = np.linspace(*xlim, 241)
    ax.plot(xs, values(f, xs), color=INK, linewidth=2)


def draw_tangent(ax, f, x, tangent, xlim):
    """The line through (x, f(x)) of slope `tangent`, over the whole width; nothing where there is none."""
    y, ends = value(f, x), np.array(xlim)
    if np.isfinite(tangent):
        ax.plot(ends, y + tangent * (ends - x), color=BLUE, linewidth=2.5)
    ax.plot([x], [y], color=BLUE, linestyle="", marker="o", markersize=9)


def draw_secant(ax, f, x, h, xlim):
    """The line through both points, the second point, and the steps whose ratio is the slope: h across, f(x+h) − f(x) up."""
    y, y2 = value(f, x), value(f, x + h)
    slope, ends = (y2 - y) / h, np.array(xlim)
    ax.plot([x, x + h, x + h], [y, y, y2], color=INK, linestyle=":", linewidth=1.5)
    ax.plot(ends, y + slope * (ends - x), color=ORANGE, linestyle="--", linewidth=3)
    ax.plot([x + h], [y2], color=ORANGE, linestyle="", marker="s", markersize=9)
    handle(ax, x + h, y2)
    if not xlim[0] < x + h < xlim[1]:
        edge, text = (1, f"x + h = {number(x + h)} lies outside →") if h > 0 else (0, f"← x + h = {number(x + h)} lies outside")
        note(ax, text, (xlim[edge], ax.get_ylim()[0]), (-6 if edge else 6, 14), ha="right" if edge else "left")
    elif abs(h) >= 0.3:
        note(ax, "h", (x + h / 2, y), (0, -9 if y2 > y else 9), ha="center")
        note(ax, "x + h", (x + h, y2), (-9 if slope > 0 else 9, 9), ha="right" if slope > 0 else "left")


def draw_errors(ax, f, x, hs, tangent):
    """|error| against |h| for both signs of h, and the line error = |h| for comparison; `hs` > 0 of shape (n,)."""
    ax.plot(hs[[0, -1]], hs[[0, -1]], color=GREEN, linestyle=":", linewidth=2)
    note(ax, "error = |h|", (hs[-1], hs[-1]), (8, -24), ha="right")
    fine = np.geomspace(hs[0], hs[-1], 120)
    ax.plot(fine, _errors(f, x, fine, tangent), color=INK, linewidth=1.8)
    ax.plot(fine, _errors(f, x, -fine, tangent), color=INK, linestyle="-.", linewidth=1.8)


def draw_error_dot(ax, s, ylim):
    """The dot of the present secant; the bar between it and the line error = |h| is |error/h| tall on this scale."""
    h, error = abs(s.h), abs(s.error)
    if not np.isfinite(error):
        return
    if error < ylim[0]:  # a logarithm has no place for 0: a triangle at the lower edge points to it
        ax.plot([h], [ylim[0]], color=ORANGE, linestyle="", marker="v", markersize=12)
        note(ax, "0" if error == 0 else "≈ 0", (h, ylim[0]), (-12, 10), ha="right")
        return
    ax.plot([h, h], [h, error], color=PINK, linewidth=4)
    ax.plot([h], [error], color=ORANGE, linestyle="", marker="s", markersize=11)
    handle(ax, h, error)
    # Above the dot, clear of the curve that rises to its right and of the axis to its left.
    offset, ha = ((-8, 36), "left") if h < 0.004 else ((-10, 18), "center" if h < 0.06 else "right")
    note(ax, f"error/h = {number(s.ratio, 4)}", (h, max(h, error)), offset, ha=ha)


def sentence(s, f) -> Told:
    """What there is to see in this state: one or two sentences, told by the numbers alone."""
    if not np.isfinite(s.slope):
        return told(
            f"The function has no value at x = {number(s.x)} or at x + h = {number(s.x + s.h)}: a point is missing, so there is no secant.",
            lambda: not np.isfinite([value(f, s.x), value(f, s.x + s.h)]).all(),
        )
    if not np.isfinite(s.tangent):
        return told(
            f"At x = {number(s.x)} the slopes from the left and from the right do not settle on one number: no tangent, so no error to measure.",
            lambda: not np.isfinite(s.error),
        )
    h, error = abs(s.h), abs(s.error)
    tiny = 1e-9 * (1 + abs(s.tangent))
    y, y2 = value(f, s.x), value(f, s.x + s.h)
    apart = lambda: y2 - (y + s.tangent * s.h)  # how far the second point lies from the tangent: slopes are not asked
    none = lambda: abs(apart()) <= 4 * tiny * h + 1e-15 * (1 + abs(y) + abs(y2))
    if error <= tiny and h >= 0.2:
        return told(
            "The secant is parallel to the tangent, and h is not even small. Move h: is it a lucky hit, or is this stretch straight?",
            lambda: none() and h >= 0.2,
        )
    if error <= tiny:
        return told("No error that double precision could show: here the secant and the tangent have the same slope.", none)
    rises = lambda: ((y2 - y) / s.h, s.tangent)
    turned = s.slope * s.tangent < 0
    steeper = abs(s.slope) > abs(s.tangent)
    lean = "sloping the other way from" if turned else "steeper than" if steeper else "flatter than"
    leans = lambda: np.prod(np.sign(rises())) < 0 if turned else (abs(rises()[0]) > abs(rises()[1])) == steeper
    if h >= 0.8:
        return told(
            f"The second point is far away: the secant cuts across the curve, {lean} the tangent. Make h smaller and watch both pictures.",
            leans,
        )
    if h > 0.012 and s.h > 0:
        return told(f"The secant is {lean} the tangent. The bar on the right is error/h: does it still change when h shrinks?", leans)
    if h > 0.012:
        return told(
            f"From the left the secant is {lean} the tangent: h has changed its sign. Where does error/h go when h shrinks?",
            lambda: leans() and s.h < 0,
        )
    ratio = lambda: np.isclose(abs(apart()) / h**2, abs(s.ratio), rtol=1e-2, atol=1e-6 + 1e-15 * (1 + abs(y)) / h**2)
    if abs(s.ratio) < 0.1:
        return told(
            f"To the eye one line. The error is small even beside h: error/h is {number(s.ratio, 3)}. Does it settle there, or go on to 0?",
            ratio,
        )
    return told(
        f"To the eye one line; the numbers still tell two apart. error/h is {number(s.ratio, 3)} here. Does it stay when h shrinks further?",
        ratio,
    )


def _errors(f, x, hs, tangent):
    return np.abs((values(f, x + hs) - value(f, x)) / hs - tangent)
