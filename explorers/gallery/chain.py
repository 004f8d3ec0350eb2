"""The chain explorer: three linked number lines, x to u = g(x) to y = f(u), and how far a step is stretched on each (MC20)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE, PINK
from ..inputs.checks import check_function, stops
from ..inputs.pairs import Pair, place_and_step, with_own
from ..inputs.slopes import value, values
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import product_yours

STEPS = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
PLACES = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
INNER, OUTER, BOTH, WRONG = (ORANGE, "-"), (BLUE, "--"), (PINK, "-"), (INK, ":")
HEIGHTS = (2.0, 1.0, 0.0)  # of the lines for x, u and y


LINKS = (
    Pair("y = u², u = 2x", lambda u: u**2, lambda u: 2 * u, lambda x: 2 * x, lambda x: 2.0),
    Pair("y = sin u, u = x²", np.sin, np.cos, lambda x: x**2, lambda x: 2 * x),
    Pair("y = eᵘ, u = −x²", np.exp, np.exp, lambda x: -(x**2), lambda x: -2 * x),
    Pair("y = 1 − u, u = 3x", lambda u: 1 - u, lambda u: -1.0, lambda x: 3 * x, lambda x: 3.0),
)


@dataclass(frozen=True)
class Stretch:
    """A step h on the first line, and what it has become on the other two; `inner` is g′(x), `outer` f′(u), `misread` f′(x)."""

    x: float
    h: float
    u: float
    du: float
    y: float
    dy: float
    inner: float
    outer: float
    misread: float

    @property
    def slope(self):
        """What dy/h tends to."""
        return self.outer * self.inner


def stretch(link: Pair, x: float, h: float) -> Stretch:
    """The step from x to x + h on all three lines."""
    u, u2 = value(link.g, x), value(link.g, x + h)
    y, y2 = value(link.f, u), value(link.f, u2)
    return Stretch(x, h, u, u2 - u, y, y2 - y, value(link.gprime, x), value(link.fprime, u), value(link.fprime, x))


def charts(x: float, link: Pair) -> tuple[Chart, Chart]:
    """The axes for one pair at one place: one scale for all three lines, or a stretched step would not look stretched."""
    steps = [stretch(link, x, h) for h in STEPS]
    places = [v for s in steps for v in (s.x, s.x + s.h, s.u, s.u + s.du, s.y, s.y + s.dy) if np.isfinite(v)]
    low, high = min(places), max(places)
    pad = 0.1 * (high - low)
    slopes = [v for s in steps for v in (s.dy / s.h, s.slope, s.misread * s.inner) if np.isfinite(v)] or [0.0]
    room = 0.15 * (max(slopes) - min(slopes)) or 1.0
    return (
        Chart((low - pad - 0.1 * (high - low), high + pad), (-0.5, 2.6), title="x, u = g(x), y = f(u), one scale for all", ticks="x", left=14, width=400, height=290),
        Chart((0, 1.05), (min(slopes) - room, max(slopes) + room), title="dy/h against h", xlabel="h", width=300, height=290),
    )  # fmt: skip


def draw_still(axes, x: float, link: Pair) -> None:
    """The three lines with their points, and dy/h for every h with what it might tend to."""
    s, (low, high) = stretch(link, x, 1.0), charts(x, link)[0].xlim
    for height, name, at in zip(HEIGHTS, "xuy", (s.x, s.u, s.y)):
        axes[0].plot([low, high], [height, height], color=INK, linewidth=1.5)
        axes[0].plot([at], [height], color=INK, linestyle="", marker="o", markersize=9)
        note(axes[0], name, (low, height), (4, 12))
    axes[0].plot([s.x, s.u, s.y], HEIGHTS, color=INK, linewidth=1, linestyle=":")
    hs = np.linspace(0.01, 1.0, 60)
    axes[1].plot(hs, (values(lambda at: link.f(link.g(at)), x + hs) - s.y) / hs, color=INK, linewidth=2)
    axes[1].plot([0, 1.05], [s.slope, s.slope], color=PINK, linewidth=2.5)
    axes[1].plot([0, 1.05], [s.misread * s.inner] * 2, color=INK, linewidth=2, linestyle=":")
    apart = s.slope - s.misread * s.inner
    note(axes[1], "f′(u)·g′(x)", (1.05, s.slope), (-4, 10 if apart >= 0 else -10), ha="right")
    if apart:
        note(axes[1], "f′(x)·g′(x)", (1.05, s.misread * s.inner), (-4, -10 if apart > 0 else 10), ha="right")


def draw(axes, h: float, x: float, link: Pair) -> None:
    """The step on each line, joined from line to line, and the quotient as a dot."""
    s = stretch(link, x, h)
    ends = (s.x + s.h, s.u + s.du, s.y + s.dy)
    for height, start, end, color in zip(HEIGHTS, (s.x, s.u, s.y), ends, (INK, ORANGE, BLUE)):
        axes[0].plot([start, end], [height, height], color=color, linewidth=7)
        axes[0].plot([end], [height], color=color, linestyle="", marker="s", markersize=8)
    axes[0].plot(ends, HEIGHTS, color=INK, linewidth=1, linestyle=":")
    for height, name, start, end in zip(HEIGHTS, ("h", "du", "dy"), (s.x, s.u, s.y), ends):
        note(axes[0], f"{name} = {number(end - start, 3)}", ((start + end) / 2, height), (0, -16), ha="center")
    axes[1].plot([h], [s.dy / h], color=PINK, linestyle="", marker="o", markersize=10)


def describe(h: float, x: float, link: Pair) -> Description:
    """The words of a state."""
    s, about = stretch(link, x, h), "≈ " if link.measured else ""
    second = number(s.dy / s.du, 4) if s.du else "undefined"
    cells = (
        (INNER, "du/h", number(s.du / h, 4)), (OUTER, "dy/du", second), (BOTH, "dy/h", number(s.dy / h, 4)),
        (INNER, f"{about}g′(x)", number(s.inner, 4)), (OUTER, f"{about}f′(u)", number(s.outer, 4)), (BOTH, f"{about}f′(u)·g′(x)", number(s.slope, 4)),
        (WRONG, f"{about}f′(x)·g′(x)", number(s.misread * s.inner, 4)),
    )  # fmt: skip
    labels = (
        f"three number lines: the step h = {number(h)} at x = {number(x)} becomes du = {number(s.du, 4)} at u = {number(s.u, 4)} and dy = {number(s.dy, 4)} at y = {number(s.y, 4)}",
        f"dy/h against h: {number(s.dy / h, 4)} at h = {number(h)}; a line marks the product of the slopes, {number(s.slope, 4)}, a dotted one the outer slope taken at x",
    )
    return Description(labels, cells, sentence(s))


def sentence(s: Stretch) -> Told:
    """What there is to see, told by the numbers alone."""
    if not np.isfinite([s.du, s.dy, s.slope]).all():
        return told(
            "One of the functions has no value or no slope here: the chain is broken.",
            lambda: not np.isfinite([s.dy / s.h, s.inner, s.outer]).all(),
        )
    if s.du == 0:
        return told(
            "The step ends where it began on the middle line, du = 0: dy/du has no meaning for this h, and dy is 0 as well.",
            lambda: s.du == 0 == s.dy,
        )
    if s.inner == 0:
        return told("g′(x) is 0: however steep f is, the first link hardly moves. dy/h tends to 0.", lambda: s.inner == 0 and s.slope == 0)
    if s.outer == 0:
        return told("f′(u) is 0: however steep g is, the second link hardly moves. dy/h tends to 0.", lambda: s.outer == 0 and s.slope == 0)
    off = abs(s.dy / s.h - s.slope)
    if off > 0.1 * abs(s.slope):
        return told(
            "The stretchings multiply for every h: du/h times dy/du is dy/h. Neither is a slope yet. Make h smaller.",
            lambda: np.isclose(s.du / s.h * (s.dy / s.du), s.dy / s.h) and not np.isclose(s.dy / s.h, s.inner * s.outer, rtol=0.09),
        )
    if abs(s.misread - s.outer) > 0.1 * abs(s.outer):
        return told(
            "dy/h is close to f′(u)·g′(x). The dotted line takes f′ at x: the outer function never sees x, it sees u.",
            lambda: np.isclose(s.dy / s.h, s.inner * s.outer, rtol=0.11) and not np.isclose(s.misread, s.outer, rtol=0.09),
        )
    return told(
        "dy/h is close to f′(u)·g′(x). At this place f′(x) is about as large, so a wrong rule would look right: move x.",
        lambda: np.isclose(s.dy / s.h, s.inner * s.outer, rtol=0.11) and np.isclose(s.misread, s.outer, rtol=0.11),
    )


def chain_explorer(f=None, g=None, fprime=None, gprime=None, x: float = 0.5, h: float = 0.5, yours=None):
    """Follow a step h from the line of x to that of u = g(x) and on to that of y = f(u).

    `f` is the outer function, `g` the inner one, both of one number; `fprime` and `gprime` are their derivatives (measured by
    central differences without), `x` is the place and `h` the step, above 0. Without `f` and `g` there is a menu. `yours` is a function of yours that
    takes f, fprime, g, gprime and x and returns the slope. What to find out: what does dy/h tend to, and at which place is f′ taken?
    """
    return scene(f, g, fprime, gprime, x, h, yours).explorer()


def scene(f=None, g=None, fprime=None, gprime=None, x: float = 0.5, h: float = 0.5, yours=None) -> Scene:
    """The scene of the explorer."""
    x, h = place_and_step(x, h)

    def check(f, fprime, g, gprime) -> None:
        check_function(g, x, x, x + 1.0, name="g")
        u = value(g, x)
        if not np.isfinite(u):
            raise ValueError(f"g({number(x)}) is no finite number. The chain begins there; choose another x.")
        low, high = sorted((u, value(g, x + 1.0)))
        check_function(f, u, low, high if high > low else low + 1.0)
        for one, at, name in ((fprime, u, "fprime"), (gprime, x, "gprime")):
            if one is not None:
                check_function(one, at, at, at + 1.0, name=name)

    links, who = with_own(LINKS, "chain", check, f, fprime, g, gprime), asked(yours)
    return Scene(
        "chain",
        (
            Control("h", "h", "how far x moves", tuple(sorted({*STEPS, h})), h),
            Control("x", "x", "the place before the step", stops(PLACES, x), x),
            Control("link", "functions", "the outer and the inner function", links, links[0], str, "menu"),
        ),
        charts, draw, describe, draw_still,
        presets=(
            Preset("a small step", "h = 0.01", {"h": 0.01}), Preset("f′ at the wrong place", "sin of x² at 1.5", {"link": LINKS[1], "x": 1.5, "h": 0.01}),
            Preset("a link that stands still", "g′(x) = 0", {"link": LINKS[2], "x": 0.0}), Preset("turned over", "y = 1 − u", {"link": LINKS[3]}),
        ) if f is None else (Preset("back to the start", "where it began", {}), Preset("a small step", "h = 0.01", {"h": 0.01})),
        goal=Goal("find a step h with which dy/h is off from f′(u)·g′(x) by less than 0.1.", lambda h, x, link: abs((s := stretch(link, x, h)).dy / h - s.slope) < 0.1),
        shown=("dy/h", "f′(u)·g′(x)"), prints=({}, {"h": 0.1}, {"h": 0.01}),
        yours=who and Yours(
            who, lambda h, x, link: product_yours.offer(who, link, x),
            lambda one, value, h, x, link: product_yours.beside(one, value, "slope of the chain", (s := stretch(link, x, h)).slope, abs(s.slope), link is links[0], lambda ax, mine: product_yours.draw_height(ax, (0, 1.05), mine, s.slope, 0.95)),
        ),
    )  # fmt: skip
