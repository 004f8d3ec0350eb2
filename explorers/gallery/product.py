"""The product explorer: a rectangle with the sides f and g grows by two strips and a corner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE, PINK
from ..inputs.checks import check_function, stops
from ..inputs.pairs import Pair, place_and_step, with_own
from ..inputs.slopes import value
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import product_yours

STEPS = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
PLACES = (0.5, 1.0, 1.5, 2.0)
RIGHT, TOP, CORNER, SUM = (ORANGE, "-"), (BLUE, "--"), (PINK, ":"), (GREEN, "-.")


PAIRS = (
    Pair("f = x², g = x + 1", lambda x: x**2, lambda x: 2 * x, lambda x: x + 1, lambda x: 1.0),
    Pair("f = x, g = x", lambda x: x, lambda x: 1.0, lambda x: x, lambda x: 1.0),
    Pair("f = x², g = 3", lambda x: x**2, lambda x: 2 * x, lambda x: 3.0 + 0 * x, lambda x: 0.0),
    Pair("f = eˣ, g = sin x", np.exp, np.exp, np.sin, np.cos),
    Pair("f = x, g = 1/x", lambda x: x, lambda x: 1.0, lambda x: 1 / x, lambda x: -1 / x**2),
)


@dataclass(frozen=True)
class Growth:
    """The rectangle at x, and what a step h adds to it: the change is `right` + `top` + `corner`, exactly."""

    f: float
    g: float
    df: float
    dg: float
    h: float
    limit: float
    parts: float

    @property
    def right(self):
        """The strip beside the rectangle, df wide and g high."""
        return self.df * self.g

    @property
    def top(self):
        """The strip above it, f wide and dg high."""
        return self.f * self.dg

    @property
    def corner(self):
        """Where both have grown."""
        return self.df * self.dg

    @property
    def change(self):
        """All of it."""
        return self.right + self.top + self.corner


def grow(pair: Pair, x: float, h: float) -> Growth:
    """The growth from x to x + h. `limit` is what change/h tends to: both strips, divided by h, in the limit; `parts` is the size of both."""
    f, g = value(pair.f, x), value(pair.g, x)
    parts = value(pair.fprime, x) * g, f * value(pair.gprime, x)
    return Growth(f, g, value(pair.f, x + h) - f, value(pair.g, x + h) - g, h, sum(parts), float(np.abs(parts).sum()))


def charts(x: float, pair: Pair) -> tuple[Chart, Chart]:
    """The axes for one pair at one place, wide enough for every step."""
    grown = [grow(pair, x, h) for h in STEPS]
    widths = [v for s in grown for v in (0.0, s.f, s.f + s.df) if np.isfinite(v)]
    heights = [v for s in grown for v in (0.0, s.g, s.g + s.dg) if np.isfinite(v)]
    sizes = [abs(part / s.h) for s in grown for part in (s.right, s.top, s.corner, s.change)]
    sizes = [size for size in sizes if np.isfinite(size) and size > 0] or [1.0]
    low, high = max(min(sizes), max(sizes) * 1e-6), max(sizes)
    return (
        Chart(_wide(widths), _wide(heights), title="the rectangle f · g and its growth", xlabel="f", ylabel="g", width=360, height=300),
        Chart(
            (5e-4, 2.0), (10 ** np.floor(np.log10(low)), 10 ** np.ceil(np.log10(high) + 0.3)), title="each part, divided by h", xlabel="h",
            ylabel="size of part / h", xlog=True, ylog=True, width=360, height=300,
        ),
    )  # fmt: skip


def _wide(values) -> tuple[float, float]:
    """Limits with room around the values; 0 is among them."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    pad = 0.08 * (high - low) or 1.0
    return float(low - pad), float(high + pad)


def draw_still(axes, x: float, pair: Pair) -> None:
    """The rectangle before the step, and how each part, divided by h, goes with h."""
    s = grow(pair, x, 1.0)
    _box(axes[0], 0, s.f, 0, s.g, INK, 0.15)
    axes[0].plot([0, s.f, s.f, 0, 0], [0, 0, s.g, s.g, 0], color=INK, linewidth=2)
    note(axes[0], "f · g", (s.f / 2, s.g / 2), ha="center")
    hs = np.geomspace(1e-3, 1.0, 40)
    grown = [grow(pair, x, h) for h in hs]
    for (color, line), part in ((RIGHT, "right"), (TOP, "top"), (CORNER, "corner"), (SUM, "change")):
        sizes = np.array([abs(getattr(s, part)) / s.h for s in grown])
        axes[1].plot(hs, np.where(sizes > 0, sizes, np.nan), color=color, linestyle=line, linewidth=2.5)


def draw(axes, h: float, x: float, pair: Pair) -> None:
    """The two strips and the corner, and their sizes over h as dots."""
    s = grow(pair, x, h)
    _box(axes[0], s.f, s.f + s.df, 0, s.g, ORANGE, 0.5)
    _box(axes[0], 0, s.f, s.g, s.g + s.dg, BLUE, 0.5)
    _box(axes[0], s.f, s.f + s.df, s.g, s.g + s.dg, PINK, 0.8)
    for (color, _), part, marker in ((RIGHT, s.right, "s"), (TOP, s.top, "D"), (CORNER, s.corner, "v"), (SUM, s.change, "o")):
        if part and np.isfinite(part):
            axes[1].plot([h], [abs(part) / h], color=color, linestyle="", marker=marker, markersize=9)


def _box(ax, left, right, bottom, top, color, alpha) -> None:
    ax.fill([left, right, right, left], [bottom, bottom, top, top], color=color, alpha=alpha)
    ax.plot([left, right, right, left, left], [bottom, bottom, top, top, bottom], color=color, linewidth=1.5)


def describe(h: float, x: float, pair: Pair) -> Description:
    """The words of a state."""
    s, about = grow(pair, x, h), "≈ " if pair.measured else ""
    cells = (
        (None, "h", number(h)), (RIGHT, "strip df·g, over h", number(s.right / h, 4)), (TOP, "strip f·dg, over h", number(s.top / h, 4)),
        (CORNER, "corner df·dg, over h", number(s.corner / h, 4)), (SUM, "all of it, over h", number(s.change / h, 5)),
        (None, f"{about}slope of f·g", number(s.limit, 5)),
    )  # fmt: skip
    labels = (
        f"a rectangle with the sides f = {number(s.f, 4)} and g = {number(s.g, 4)}; after h = {number(h)} they are {number(s.f + s.df, 4)} and {number(s.g + s.dg, 4)}",
        f"the parts of the growth divided by h, both axes logarithmic; at h = {number(h)} the corner has {number(abs(s.corner) / h, 3)}",
    )
    return Description(labels, cells, sentence(s))


def sentence(s: Growth) -> Told:
    """What there is to see, told by the numbers alone."""
    strips = abs(s.right) + abs(s.top)
    if not np.isfinite([s.change, s.limit]).all():
        return told(
            "One of the functions has no value at x or at x + h, or no slope at x: there is no growth to measure.",
            lambda: not np.isfinite([s.f, s.g, s.df, s.dg, s.limit]).all(),
        )
    if s.corner == 0:
        return told(
            "There is no corner: one side has not changed. All the growth is one strip, if there is any.",
            lambda: (s.df == 0 or s.dg == 0) and (s.right == 0 or s.top == 0),
        )
    if abs(s.change) < 1e-9 * strips:
        return told(
            "The parts cancel: what one side gains the other loses, and the area stays as it was.",
            lambda: np.isclose((s.f + s.df) * (s.g + s.dg), s.f * s.g, rtol=1e-8),
        )
    if abs(s.change / s.h - s.limit) > 0.1 * strips / s.h:
        return told(
            "All of it, over h, is not near the slope of f·g yet. Make h smaller: which part, over h, goes on falling while the others settle?",
            lambda: not np.isclose(((s.f + s.df) * (s.g + s.dg) - s.f * s.g) / s.h, s.limit, rtol=0, atol=0.09 * strips / abs(s.h)),
        )
    if abs(s.corner) > 0.01 * strips:
        return told(
            "The strips, over h, make up most of the slope. The corner is still to be seen: make h smaller, and it goes.",
            lambda: (
                np.isclose((s.right + s.top) / s.h, s.limit, rtol=0, atol=0.5 * max(abs(s.limit), strips / abs(s.h)))
                and abs(s.df * s.dg) > 0.009 * strips
            ),
        )
    return told(
        "Hardly any corner is left. All of it, over h, is nearly the two strips over h: that is the slope of the product.",
        lambda: np.isclose((s.f * s.dg + s.g * s.df) / s.h, s.limit, rtol=0, atol=0.15 * strips / abs(s.h)),
    )


def product_explorer(f=None, g=None, fprime=None, gprime=None, x: float = 1.0, h: float = 0.5, yours=None):
    """Let the sides f and g of a rectangle grow by a step h, and watch what its area gains.

    `f` and `g` are functions of one number, `fprime` and `gprime` their derivatives (measured by central differences without), `x` is the
    place and `h` the step, above 0. Without `f` and `g` there is a menu. `yours` is a function of yours that takes f, fprime, g, gprime and x and
    returns a slope. What to find out: which part of the growth does not count in the limit, and why?
    """
    return scene(f, g, fprime, gprime, x, h, yours).explorer()


def scene(f=None, g=None, fprime=None, gprime=None, x: float = 1.0, h: float = 0.5, yours=None) -> Scene:
    """The scene of the explorer."""
    x, h = place_and_step(x, h)

    def check(*functions) -> None:
        for one, name in zip(functions, ("f", "fprime", "g", "gprime")):
            if one is not None:
                check_function(one, x, x, x + 1.0, name=name)

    pairs, who = with_own(PAIRS, "product", check, f, fprime, g, gprime), asked(yours)

    def draw_slope(ax, mine, h, x, pair):  # the picture is logarithmic, and shows sizes
        right = abs(grow(pair, x, h).limit)
        product_yours.draw_height(ax, (5e-4, 2.0), abs(mine) or np.nan, right or np.nan, h)

    return Scene(
        "product",
        (
            Control("h", "h", "how far x moves", tuple(sorted({*STEPS, h})), h),
            Control("x", "x", "the place before the step", stops(PLACES, x), x),
            Control("pair", "sides", "the two functions", pairs, pairs[0], str, "menu"),
        ),
        charts, draw, describe, draw_still,
        presets=(
            Preset("a small step", "h = 0.01", {"h": 0.01}), Preset("a growing square", "f = g = x", {"pair": PAIRS[1]}),
            Preset("one side stays", "g = 3", {"pair": PAIRS[2]}), Preset("the parts cancel", "f = x, g = 1/x", {"pair": PAIRS[4]}),
        ) if f is None else (Preset("back to the start", "where it began", {}), Preset("a small step", "h = 0.01", {"h": 0.01})),
        goal=Goal("find an h with which all of it, over h, is off from the slope by less than 1 %.", lambda h, x, pair: abs(grow(pair, x, h).change / h - grow(pair, x, h).limit) < 0.01 * abs(grow(pair, x, h).limit)),
        shown=("all of it, over h", "slope of f·g"), prints=({}, {"h": 0.1}, {"h": 0.01}),
        yours=who and Yours(
            who, lambda h, x, pair: product_yours.offer(who, pair, x),
            lambda one, value, h, x, pair: product_yours.beside(one, value, "slope of f·g", (s := grow(pair, x, h)).limit, s.parts, pair is pairs[0], lambda ax, mine: draw_slope(ax, mine, h, x, pair)),
        ),
    )  # fmt: skip
