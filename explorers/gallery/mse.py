"""The loss explorer: steps of gradient descent on a straight line's loss, data and residuals beside it (S0.05 to S0.08).

The published sign of the gradient (E-P14) is here to be tried: it walks uphill.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ..drawing.arrows import draw_arrow
from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE, PINK
from ..drawing.symbols import GRADIENT, PATH
from ..inputs.checks import finite
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from .mse_yours import beside, offer

# the invented penguins of lesson 4: flipper length in cm, counted from 20, and body mass in kg
FLIPPER = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
MASS = np.array([3.4, 3.7, 4.1, 4.6, 5.1, 5.5])
X = np.column_stack([np.ones(6), FLIPPER])
ETA, STEPS = 0.1, 40
SIGNS = {"right": 1.0, "as published": -1.0}
STARTS = {"θ = (0, 0)": (0.0, 0.0), "θ = (6, −1)": (6.0, -1.0), "θ = (3.8, 0.9)": (3.8, 0.9)}
DATA = Chart((-2.6, 3.6), (-0.5, 7), title="data, line and residuals", xlabel="flipper − 20 cm", ylabel="mass in kg", width=380, height=310)
PLANE = Chart((-1, 8), (-2, 2.2), title="the loss over (θ₀, θ₁)", xlabel="θ₀", ylabel="θ₁", width=380, height=310)
LINE = PATH


@dataclass(frozen=True, eq=False)
class Data:
    """Points to fit a line to, x and y of shape ``(n,)``, with a learning rate, starts with names, and the two charts."""

    x: np.ndarray
    y: np.ndarray
    eta: float
    starts: dict
    data: Chart
    plane: Chart
    levels: tuple
    own: bool = True


PENGUINS = Data(FLIPPER, MASS, ETA, STARTS, DATA, PLANE, (0.05, 0.2, 0.6, 1.5, 3, 6, 10, 16), own=False)


def own_data(x: np.ndarray, y: np.ndarray, theta: tuple) -> Data:
    """A learner's data. η is 0.1, or 1/λ_max where 0.1 would be too large for these numbers."""
    design = np.column_stack([np.ones(len(x)), x])
    best = np.linalg.lstsq(design, y, rcond=None)[0]
    largest = float(np.linalg.eigvalsh(2 / len(x) * design.T @ design)[-1])
    reach = 1.3 * np.maximum(np.abs(np.array(theta) - best), 0.5 + 0.3 * np.abs(best))
    lines = np.concatenate([y, theta[0] + theta[1] * x])
    pad = 0.15 * (x.max() - x.min()) or 1.0, 0.12 * (lines.max() - lines.min()) or 1.0
    data = replace(
        DATA, xlim=(x.min() - pad[0], x.max() + pad[0]), ylim=(lines.min() - pad[1], lines.max() + pad[1]), xlabel="x", ylabel="y"
    )
    plane = replace(PLANE, xlim=(best[0] - reach[0], best[0] + reach[0]), ylim=(best[1] - reach[1], best[1] + reach[1]))
    corner = np.mean((y - design @ (best + reach)) ** 2) - np.mean((y - design @ best) ** 2)
    lowest = float(np.mean((y - design @ best) ** 2))
    levels = tuple(lowest + corner * np.array([0.002, 0.01, 0.04, 0.1, 0.2, 0.4, 0.7]))
    return Data(x, y, min(ETA, 1 / largest), {f"θ = ({number(theta[0], 4)}, {number(theta[1], 4)})": theta}, data, plane, levels)


def loss(theta, one: Data = PENGUINS) -> float:
    """The mean squared error of the line θ₀ + θ₁x."""
    return float(np.mean((one.y - (theta[0] + theta[1] * one.x)) ** 2))


def slope(theta, one: Data = PENGUINS) -> np.ndarray:
    """The gradient of the loss, shape ``(2,)``, from the two sums one would write by hand."""
    residual = one.y - (theta[0] + theta[1] * one.x)
    return np.array([-2 * residual.mean(), -2 * (residual * one.x).mean()])


@lru_cache(maxsize=64)
def path(start: str, sign: str, one: Data = PENGUINS) -> np.ndarray:
    """Gradient descent with the right or the published sign, shape ``(STEPS + 1, 2)``."""
    theta = np.array(one.starts[start], dtype=float)
    points = [theta]
    for _ in range(STEPS):
        theta = theta - one.eta * SIGNS[sign] * slope(theta, one)
        points.append(theta)
    return np.array(points)


def draw_plane(ax, one: Data = PENGUINS) -> None:
    """Contours of the loss, and its minimum."""
    surface = lambda a, b: np.mean((one.y - (a[..., None] + b[..., None] * one.x)) ** 2, axis=-1)
    draw_contours(ax, surface, one.plane.xlim, one.plane.ylim, one.levels, points=41)
    best = np.linalg.lstsq(np.column_stack([np.ones(len(one.x)), one.x]), one.y, rcond=None)[0]
    ax.plot(*[[v] for v in best], color=GREEN, linestyle="", marker="D", markersize=9)


def draw_data(ax, one: Data = PENGUINS) -> None:
    """The points: six penguins, or a learner's own."""
    ax.plot(one.x, one.y, color=INK, linestyle="", marker="o", markersize=8)


def draw_state(axes, step: int, start: str, sign: str, one: Data = PENGUINS) -> None:
    """The line with its residuals, and the point on the plane with the next step."""
    points = path(start, sign, one)
    theta = points[step]
    xs = np.array(one.data.xlim)
    axes[0].plot(xs, theta[0] + theta[1] * xs, color=ORANGE, linewidth=2.5)
    for x, y in zip(one.x, one.y):
        axes[0].plot([x, x], [y, theta[0] + theta[1] * x], color=PINK, linewidth=4, alpha=0.8)
    wide = np.ptp(one.plane.xlim), np.ptp(one.plane.ylim)
    shown = np.clip(points[: step + 1], -30, 30) if not one.own else points[: step + 1]
    reach = 1.2 if not one.own else 0.15 * min(wide)
    axes[1].plot(*shown.T, color=ORANGE, linewidth=2, marker="o", markersize=4)
    axes[1].plot(*shown[-1:].T, color=ORANGE, linestyle="", marker="s", markersize=10)
    handle(axes[1], *shown[-1])
    inside = np.clip(shown[-1], *np.transpose([one.plane.xlim, one.plane.ylim]))
    if not np.array_equal(inside, shown[-1]):  # it has left the picture: where to
        middle = np.array([np.mean(one.plane.xlim), np.mean(one.plane.ylim)])
        draw_arrow(axes[1], inside + 0.15 * (middle - inside), inside, color=ORANGE, linewidth=4, head=0.25 * reach / 1.2)
        note(axes[1], "it went on there", inside + 0.15 * (middle - inside), (6, 12))
    g = SIGNS[sign] * slope(theta, one)
    size = np.hypot(*g)
    if size > 1e-3:
        draw_arrow(axes[1], theta, theta - g / size * min(reach, 0.15 + 0.3 * size), color=BLUE, linewidth=3, head=0.25 * reach / 1.2)


def describe(step: int, start: str, sign: str, one: Data = PENGUINS) -> Description:
    """The words of a state."""
    points = path(start, sign, one)
    theta, value = points[step], loss(points[step], one)
    g = SIGNS[sign] * slope(theta, one)
    least = loss(np.linalg.lstsq(np.column_stack([np.ones(len(one.x)), one.x]), one.y, rcond=None)[0], one) if one.own else 0.0
    arrived = value < 0.02 if not one.own else value <= 1.02 * least + 1e-6 * loss(points[0], one)
    cells = (
        (None, "step", str(step)), (LINE, "θ₀", number(theta[0], 4)), (LINE, "θ₁", number(theta[1], 4)), (None, "loss", number(value, 4)),
        (GRADIENT, "what it takes for ∇L", "(" + ", ".join(number(v, 2) if one.own else number(round(v, 4), 3) for v in g) + ")"),
    )  # fmt: skip
    labels = (
        f"{'six' if not one.own else len(one.x)} points with the line {number(theta[0], 3)} + {number(theta[1], 3)} x and its residuals",
        f"contours of the loss; after {step} steps of gradient descent with the {sign} sign the loss is {number(value, 4)}",
    )
    before, after = (loss(points[k], one) if 0 <= k <= STEPS else None for k in (step - 1, step + 1))
    residuals = one.y - theta[0] - theta[1] * one.x
    if one.own and np.hypot(*g) < 1e-12 * (1 + value):
        words = told(
            "The gradient is zero: this is the best line already, and every step stays here, whatever its sign.",
            lambda: all(loss(theta + d, one) >= value for d in 1e-3 * np.vstack([np.eye(2), -np.eye(2)])),
        )
    elif sign == "as published":
        words = (
            told(
                "The published sign: every step goes straight uphill. The line runs away from the points, and the loss grows.",
                lambda: value > before,
            )
            if step
            else told("The arrow is where the next step goes. Is that downhill?", lambda: after > value)
        )
    elif arrived and one.own:
        words = told("Arrived: no other line has a much smaller loss.", lambda: value <= least + 0.03 * (abs(least) + loss(points[0], one)))
    elif arrived:
        both = residuals.min() < 0 < residuals.max()
        words = told(
            "Arrived, or nearly: the residuals are small", lambda: np.abs(one.y - np.polyval(theta[::-1], one.x)).max() < 0.3
        ) + told(
            " and of both signs." if both else ", and all of one sign yet.",
            lambda: len(set(np.sign(one.y - np.polyval(theta[::-1], one.x))) - {0}) == (2 if both else 1),
        )
    elif one.own:
        words = told(
            f"Each step goes against the gradient, with η = {number(one.eta, 3)}. The minimum, marked on the right, is where the path is heading.",
            lambda: after is None or after < value,
        )
    else:
        words = told(
            "Each step goes against the gradient, at right angles to the contour it starts from. First quickly across, then slowly along.",
            lambda: after is None or after < value,
        )
    return Description(labels, cells, words)


def mse_explorer(x=None, y=None, theta=(0.0, 0.0), step: int = 0, sign: str = "right", yours=None):
    """Fit a line step by step; then try the sign that was published.

    `x` and `y` are any data of shape (n,), both or neither; `theta` is where it starts, shape (2,): intercept and slope. η is 0.1,
    or less where that would be too large for your numbers. `yours` is a function of yours of X, y and theta that
    returns the loss or its gradient: it is drawn beside the true one. Without data there are six penguins. What to find out: what does one wrong sign do to gradient descent?
    """
    return scene(step, sign, x, y, theta, yours).explorer()


def scene(step: int = 0, sign: str = "right", x=None, y=None, theta=(0.0, 0.0), yours=None) -> Scene:
    """The scene of the explorer."""
    one = PENGUINS
    if (x is None) != (y is None):
        raise ValueError(
            f"{'y' if y is None else 'x'} is missing: own data are x and y together, both of shape (n,); try mse_explorer(x=[0, 1, 2], y=[1, 3, 4])"
        )
    if x is not None:
        x, y, theta = finite(x, "x", (-1,)), finite(y, "y", (-1,)), tuple(float(v) for v in finite(theta, "theta", (2,)))
        if len(x) != len(y) or len(x) < 1:
            raise ValueError(
                f"x has {len(x)} entries and y {len(y)}. Each point needs one of both, and there should be one point at least."
            )
        one = own_data(x, y, theta)
    elif tuple(theta) != (0.0, 0.0):
        theta = tuple(float(v) for v in finite(theta, "theta", (2,)))
        one = replace(one, starts={f"θ = ({number(theta[0], 4)}, {number(theta[1], 4)})": theta, **one.starts})
    starts = tuple(one.starts)

    def draw(axes, step, start, sign):
        draw_state(axes, step, start, sign, one)

    def still(axes):
        draw_data(axes[0], one)
        draw_plane(axes[1], one)

    return Scene(
        "mse",
        (
            Control("step", "step", f"steps of gradient descent, η = {number(one.eta, 3)}", tuple(range(STEPS + 1)), step, str),
            Control("start", "start", "where it begins", starts, starts[0], str, "menu"),
            Control("sign", "sign of the gradient", "right, or as it was published", tuple(SIGNS), sign, str, "toggle"),
        ),
        (one.data, one.plane), draw, lambda step, start, sign: describe(step, start, sign, one), still,
        presets=(
            Preset("use the right sign", "30 steps downhill", {"step": 30}), Preset("use the published sign", "3 steps uphill", {"step": 3, "sign": "as published"}),
        ),
        goal=Goal("walk until ∇L is shorter than 0.01.", lambda step, start, sign: np.linalg.norm(slope(path(start, sign, one)[step], one)) < 0.01),
        shown=("loss", "what it takes for ∇L"),
        prints=({"step": 0}, {"step": 5}, {"step": 40}, {"step": 3, "sign": "as published"}),
        yours=yours and Yours(
            asked(yours), lambda step, start, sign: offer(one.x, one.y, path(start, sign, one)[step]),
            lambda mine, value, step, start, sign: beside(mine, value, at := path(start, sign, one)[step], loss(at, one), slope(at, one), 1.2 if not one.own else 0.15 * min(np.ptp(one.plane.xlim), np.ptp(one.plane.ylim))),
        ),
    )  # fmt: skip
