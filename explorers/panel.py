"""One set of axes at known pixels: a still matplotlib background that drawings are laid over.

`Panel` is data. `background()` is its frame, ticks and grid as SVG; `axes(figure)` is the same frame in a matplotlib
figure, for the picture of an exported notebook. An `Overlay` draws on the first, matplotlib on the second, with one code.
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .digits import number, power_of_ten
from .palette import INK


@dataclass(frozen=True)
class Panel:
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
    left: int = 54
    right: int = 12
    top: int = 28
    bottom: int = 42

    @property
    def style(self):
        """The largest it may become on a page, so that the letters of all pictures stay about equally large."""
        return f"max-width: {1.316 * self.width:.0f}px"

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
        """matplotlib axes for this panel in the part of `figure` from `x`, `y`, `width` wide and `height` high (fractions)."""
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
        ax.grid(True, color=INK, alpha=0.25, linewidth=0.7)
        for side, spine in ax.spines.items():
            spine.set(color=INK, linewidth=0.8, visible=bool(self.ticks) and side in ("left", "bottom"))  # a diagram has no axes
        return ax

    def background(self):
        """The frame as an `<svg>` string, hidden from screen readers: what there is to tell, the overlay tells."""
        return _background(self)


@lru_cache(maxsize=64)  # a tenth of a second each, and a menu goes back and forth between the same few
def _background(panel):
    from matplotlib import rc_context

    figure = new_figure(panel.width, panel.height)
    panel.axes(figure)
    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "explorers"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    return _as_inline(out.getvalue(), panel)


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


def _plain_ticks(axis, log):
    from matplotlib import ticker

    if log:
        axis.set_major_locator(ticker.LogLocator(numticks=7))
        axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: power_of_ten(round(np.log10(v)))))
        axis.set_minor_locator(ticker.NullLocator())
    else:
        axis.set_major_locator(ticker.MaxNLocator(6))
        axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: number(round(v, 10), 6)))


def _as_inline(svg, panel):
    """matplotlib's file as an element of a page: theme colours, the page's fonts, nothing that could touch another picture.

    Its `<style>` would style the whole page, and its ids would clash with those of the next picture.
    """
    body = svg[svg.index("<svg") :]
    body = body[body.index(">") + 1 :]
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<defs>.*?</defs>", "", body, flags=re.S)
    body = re.sub(r' (?:id|clip-path)="[^"]*"', "", body)
    body = re.sub(r"font-family: [^;\"]*;? ?", "", body)
    body = re.sub(r"\s*\n\s*", " ", body).replace(INK, "currentColor")
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="eta-panel" style="{panel.style}" viewBox="0 0 {panel.width} {panel.height}" aria-hidden="true">{body}'
