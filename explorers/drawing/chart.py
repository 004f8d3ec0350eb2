"""One set of axes at known pixels: a still frame that drawings are laid over.

`Chart` is data. `background()` is its frame, ticks and grid as SVG; `axes(figure)` is the same frame in a matplotlib
figure, for the picture of an exported notebook. An `Overlay` draws on the first, matplotlib on the second, with one code.
The ticks are matplotlib's; the SVG is written here, because a figure takes matplotlib a tenth of a second.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np

from .digits import SUPERSCRIPTS, number, power_of_ten
from .palette import INK


@dataclass(frozen=True)
class Chart:
    """Axes in a box of `width` × `height` pixels, `xlim` and `ylim` in data, logarithmic where `xlog`, `ylog` say so."""

    xlim: tuple
    ylim: tuple
    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    xlog: bool = False
    ylog: bool = False
    ticks: bool | str = True  # False for none, "x" for the horizontal axis alone
    width: int = 360
    height: int = 280
    grid: bool = True  # not where the drawing has a grid of its own
    left: int = 54
    right: int = 12
    top: int = 28
    bottom: int = 42

    @property
    def style(self):
        """How wide it is on a page: as drawn, more where there is room, and not so much that letters of one picture outgrow another's."""
        return f"flex: {self.width} 1 {self.width}px; max-width: {1.316 * self.width:.0f}px"

    @property
    def box(self):
        """Left, top, width and height of the drawing area in pixels."""
        return self.left, self.top, self.width - self.left - self.right, self.height - self.top - self.bottom

    def to_pixels(self, xs, ys):
        """Data to pixels, shapes ``(n,), (n,) -> (n,), (n,)``. What a logarithm refuses becomes NaN."""
        left, top, width, height = self.box
        u = _fraction(xs, self.xlim, self.xlog)
        v = _fraction(ys, self.ylim, self.ylog)
        return left + u * width, top + (1 - v) * height

    def axes(self, figure, x=0.0, width=1.0, y=0.0, height=1.0):
        """matplotlib axes for this chart in the part of `figure` from `x`, `y`, `width` wide and `height` high (fractions)."""
        left, top, w, h = self.box
        rect = (x + width * left / self.width, y + height * (1 - (top + h) / self.height), width * w / self.width, height * h / self.height)
        ax = figure.add_axes(rect, facecolor="none")
        if self.xlog:
            ax.set_xscale("log")
        if self.ylog:
            ax.set_yscale("log")
        ax.set(xlim=self.xlim, ylim=self.ylim)
        ax.set_title(self.title, loc="left", fontsize=13, color=INK, pad=8)
        ax.set_xlabel(self.xlabel, fontsize=12, color=INK)
        ax.set_ylabel(self.ylabel, fontsize=12, color=INK, labelpad=2)
        ax.tick_params(colors=INK, labelsize=11, length=0, pad=5)
        for name, axis, log in (("x", ax.xaxis, self.xlog), ("y", ax.yaxis, self.ylog)):
            _plain_ticks(axis, log)
            if self.ticks not in (True, name):
                axis.set_ticks([])
        if self.grid:
            ax.grid(True, color=INK, alpha=0.25, linewidth=0.7)
        for side, spine in ax.spines.items():
            spine.set(color=INK, linewidth=0.8, visible=bool(self.ticks) and side in ("left", "bottom"))  # a diagram has no axes
        return ax

    @lru_cache(64)  # noqa: B019 (a chart is small data, and most explorers have one or two)
    def background(self):
        """The frame as an `<svg>` string, hidden from screen readers: what there is to tell, the overlay tells."""
        left, top, width, height = self.box
        right, floor = left + width, top + height
        xs, ys = self.ticks_of("x"), self.ticks_of("y")
        lines = (
            "" if not self.grid else "".join(f"M{x:.2f} {floor}V{top}" for x in xs[1]) + "".join(f"M{left} {y:.2f}H{right}" for y in ys[1])
        )
        words = [_text(x, floor + 13.4, _tick_text(v, self.xlog), 11, "middle") for v, x in zip(*xs)]
        words += [_text(left - 5, y + 4.2, _tick_text(v, self.ylog), 11, "end") for v, y in zip(*ys)]
        words.append(_text(left, top - 8, self.title, 13, "start"))
        words.append(_text(left + width / 2, floor + (29 if xs[0].size else 13), self.xlabel, 12, "middle"))
        before = max((_width(_tick_text(v, self.ylog)) for v in ys[0]), default=-5)
        words.append(_text(max(left - 10.5 - 11 * before, 10), top + height / 2, self.ylabel, 12, "middle", turned=True))
        axes = f'<path d="M{left} {top}V{floor}H{right}" stroke-width="0.8"/>' if self.ticks else ""  # a diagram has no axes
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="eta-panel" style="{self.style}" viewBox="0 0 {self.width} {self.height}" aria-hidden="true">'
            f'<g fill="none" stroke="currentColor"><path d="{lines}" stroke-width="0.7" opacity="0.25"/>{axes}</g>'
            f'<g fill="currentColor">{"".join(words)}</g></svg>'
        )

    def ticks_of(self, name):
        """The ticks of axis "x" or "y", those that matplotlib chooses: values and pixels, each of shape ``(n,)``."""
        limits, log = (self.xlim, self.xlog) if name == "x" else (self.ylim, self.ylog)
        values = _locator(log).tick_values(*limits) if self.ticks in (True, name) else np.array([])
        along = _fraction(values, limits, log)
        values = values[(along > -1e-6) & (along < 1 + 1e-6)]
        still = np.full_like(values, (self.ylim if name == "x" else self.xlim)[0])
        return values, self.to_pixels(values, still)[0] if name == "x" else self.to_pixels(still, values)[1]


def new_figure(width, height):
    """An empty transparent matplotlib figure of this many pixels at 72 a inch. No pyplot: it would pick a backend."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")


def _fraction(values, limits, log):
    values, (low, high) = np.asarray(values, dtype=float), limits
    if log:
        with np.errstate(all="ignore"):
            values = np.where(values > 0, np.log10(values), np.nan)
        low, high = np.log10(low), np.log10(high)
    return (values - low) / (high - low)


def _locator(log):
    from matplotlib import ticker

    return ticker.LogLocator(numticks=7) if log else ticker.MaxNLocator(6)


def _tick_text(value, log):
    return power_of_ten(round(np.log10(value))) if log else number(round(value, 10), 6)


def _plain_ticks(axis, log):
    from matplotlib import ticker

    axis.set_major_locator(_locator(log))
    axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: _tick_text(v, log)))
    axis.set_minor_locator(ticker.NullLocator())


def _text(x, y, text, size, anchor, turned=False):
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{turn}>{escape(text)}</text>' if text else ""


def _width(text):
    """About how wide `text` is, in units of its size; raised digits are small."""
    return sum(0.42 if letter in SUPERSCRIPTS else 0.32 if letter == "." else 0.65 for letter in text)
