"""Gradient descent on a learner's own f on the line: the path, f against the step, and what the numbers say. Pure (S1.03)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.palette import BLUE, INK, ORANGE
from ..drawing.symbols import PATH
from ..inputs.slopes import name_of, slope_at, value, values
from ..widgets.scene import Description
from ..widgets.told import NOTHING, told

STEPS = 30
FACTORS = tuple(round(float(v), 2) for v in np.arange(0.05, 2.41, 0.05))  # in units of the η at the start


@dataclass(frozen=True, eq=False)
class Descent:
    """A function of one number with its derivative (None: measured by central differences), and where the path starts."""

    f: object
    fprime: object
    start: float

    def slope(self, theta: float) -> float:
        """f′(θ); NaN where f has none."""
        return slope_at(self.f, theta, self.fprime)

    def curvature(self) -> float:
        """|f″| at the start, by a central difference of slopes; NaN where there is none."""
        h = 1e-4 * (1 + abs(self.start))
        return abs(self.slope(self.start + h) - self.slope(self.start - h)) / (2 * h)


@lru_cache(maxsize=256)  # every stop of the slider asks for its path
def path(descent: Descent, eta: float) -> np.ndarray:
    """θ₀, θ₁, …, shape ``(n,)``, n ≤ STEPS + 1: it ends where there is no slope, or far away."""
    theta = [descent.start]
    for _ in range(STEPS):
        following = theta[-1] - eta * descent.slope(theta[-1])
        if not np.isfinite(following) or abs(following) > 1e6 * (1 + abs(descent.start)):
            break
        theta.append(following)
    return np.array(theta)


def charts(descent: Descent, etas) -> tuple[Chart, Chart]:
    """The axes: wide enough for the middle half of all the paths and 1.5 around the start."""
    ends = np.concatenate([path(descent, eta) for eta in etas[:: max(1, len(etas) // 12)]])
    low, high = np.percentile(ends, [10, 90])
    low, high = min(low, descent.start) - 0.75, max(high, descent.start) + 0.75
    ys = values(descent.f, np.linspace(low, high, 200))
    ys = ys[np.isfinite(ys)]
    bottom, top = (float(v) for v in np.percentile(ys, [0, 98])) if ys.size else (-1.0, 1.0)
    top = max(top, value(descent.f, descent.start))
    pad = 0.12 * (top - bottom) or 1.0
    ylim = (bottom - pad, top + pad)
    return (
        Chart((low, high), ylim, title="the path on your f", xlabel="θ", ylabel=name_of(descent.f).replace("(x)", "(θ)")),
        Chart((0, STEPS), ylim, title="f along the path", xlabel="step t", ylabel="f(θₜ)"),
    )


def draw_curve(ax, descent: Descent, xlim) -> None:
    """f over the whole width."""
    xs = np.linspace(*xlim, 241)
    ax.plot(xs, values(descent.f, xs), color=INK, linewidth=2)


def draw_path(axes, descent: Descent, eta: float) -> None:
    """The points on the curve, and f at each of them."""
    theta = path(descent, eta)
    heights = values(descent.f, theta)
    axes[0].plot(theta[:12], heights[:12], color=ORANGE, linewidth=2, marker="o", markersize=6)
    axes[0].plot(theta[:1], heights[:1], color=INK, linestyle="", marker="s", markersize=9)
    axes[1].plot(np.arange(len(theta)), heights, color=ORANGE, linewidth=2, marker="o", markersize=4)
    axes[1].plot([0, STEPS], heights[[0, 0]], color=BLUE, linewidth=1.5, linestyle="--")


def describe(descent: Descent, eta: float) -> Description:
    """The words of a state."""
    theta, curvature = path(descent, eta), descent.curvature()
    heights, last = values(descent.f, theta), descent.slope(theta[-1])
    cells = (
        (None, "η", number(eta, 4)), (None, "|f″| at the start", number(curvature, 4)), (PATH, "start", number(descent.start, 4)),
        (PATH, "θ after 1 step", number(theta[1], 4) if len(theta) > 1 else "none"), (PATH, f"θ after {len(theta) - 1}", number(theta[-1], 5)),
        (PATH, f"f after {len(theta) - 1}", number(heights[-1], 4)),
    )  # fmt: skip
    labels = (
        f"the curve of f with the path of gradient descent from {number(descent.start, 4)} for η = {number(eta, 4)}",
        f"f against step: {number(heights[0], 4)} at the start, {number(heights[-1], 4)} at the end",
    )
    steps = np.diff(theta)
    rises = np.any(np.diff(heights) > 1e-12 * (1 + np.abs(heights[:-1])))
    if len(theta) < STEPS + 1 and not np.isfinite(last):
        words = told(
            f"The path ends at θ = {number(theta[-1], 4)}: f has no slope there, so there is no next step.",
            lambda: not np.isfinite(theta[-1] - eta * descent.slope(theta[-1])),
        )
    elif len(theta) < STEPS + 1:
        words = told(
            "The path runs far away. ", lambda: not abs(theta[-1] - eta * descent.slope(theta[-1])) < 1e5 * (1 + abs(theta[0]))
        ) + (
            told("f grows on the way: η is too large for this f.", lambda: value(descent.f, theta[-1]) > value(descent.f, theta[0]))
            if heights[-1] > heights[0]
            else told(
                "f falls on the way: perhaps there is no minimum on this side.",
                lambda: not value(descent.f, theta[-1]) > value(descent.f, theta[0]),
            )
        )
    elif not steps.any():
        words = told(
            "The slope at the start is zero, so no step moves. A flat place need not be a minimum.",
            lambda: np.ptp(theta) == 0 == descent.slope(theta[0]),
        )
    elif abs(steps[-1]) <= 1e-6 * np.abs(steps).max():
        words = told(
            f"It has come to rest at θ = {number(theta[-1], 5)}, where the slope is almost zero.",
            lambda: abs(descent.slope(theta[-1])) <= 1e-5 * max(abs(descent.slope(t)) for t in theta[:-1]),
        )
    elif rises:
        words = told(
            "Some steps go up, not down: this η is larger than the curve likes at those places.",
            lambda: any(np.diff(values(descent.f, theta)) > 0),
        )
    elif np.any(steps[:-1] * steps[1:] < 0):
        words = told(
            "It overshoots and comes back, and f falls all the same. A smaller η would overshoot less.",
            lambda: {-1, 1} <= set(np.sign(np.diff(theta))) and not np.any(np.diff(heights) > 1e-9 * (1 + np.abs(heights[:-1]))),
        )
    else:
        words = told(
            "Every step goes the same way, and f does not rise. A larger η takes longer steps, as long as f keeps falling.",
            lambda: len(set(np.sign(np.diff(theta))) - {0}) == 1 and heights[-1] <= heights[0],
        )
    return Description(
        labels,
        cells,
        words
        + (
            NOTHING
            if descent.fprime is not None
            else told(" The slope is measured, by central differences.", lambda: descent.fprime is None)
        ),
    )
