"""The loss of a straight line through six points: data and residuals beside the loss over (Θ₀, Θ₁). Pure (S0.05 to S0.08, W4b).

The published sign of the gradient (E-P14) is here to be tried: it walks uphill.
"""

from __future__ import annotations

import numpy as np

from .arrows import draw_arrow
from .contours import draw_contours
from .digits import number
from .palette import BLUE, GREEN, INK, ORANGE, PINK
from .panel import Panel
from .scene import Told

# the invented penguins of lesson 4: flipper length in cm, counted from 20, and body mass in kg
FLIPPER = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
MASS = np.array([3.4, 3.7, 4.1, 4.6, 5.1, 5.5])
X = np.column_stack([np.ones(6), FLIPPER])
ETA, STEPS = 0.1, 40
SIGNS = {"right": 1.0, "as published": -1.0}
STARTS = {"Θ = (0, 0)": (0.0, 0.0), "Θ = (6, −1)": (6.0, -1.0), "Θ = (3.8, 0.9)": (3.8, 0.9)}
DATA = Panel((-2.6, 3.6), (-0.5, 7), title="data, line and residuals", xlabel="flipper − 20 cm", ylabel="mass in kg", width=380, height=310)
PLANE = Panel((-1, 8), (-2, 2.2), title="the loss over (Θ₀, Θ₁)", xlabel="Θ₀", ylabel="Θ₁", width=380, height=310)
LINE, GRADIENT = (ORANGE, "-"), (BLUE, "-")


def loss(theta) -> float:
    """The mean squared error of the line Θ₀ + Θ₁x."""
    return float(np.mean((MASS - X @ np.asarray(theta)) ** 2))


def slope(theta) -> np.ndarray:
    """The gradient of the loss, shape ``(2,)``, from the two sums one would write by hand."""
    residual = MASS - X @ np.asarray(theta)
    return np.array([-2 * residual.mean(), -2 * (residual * FLIPPER).mean()])


def path(start: str, sign: str) -> np.ndarray:
    """Gradient descent with the right or the published sign, shape ``(STEPS + 1, 2)``."""
    theta = np.array(STARTS[start])
    points = [theta]
    for _ in range(STEPS):
        theta = theta - ETA * SIGNS[sign] * slope(theta)
        points.append(theta)
    return np.array(points)


def draw_plane(ax) -> None:
    """Contours of the loss, and its minimum."""
    surface = np.vectorize(lambda a, b: loss((a, b)))
    draw_contours(ax, surface, PLANE.xlim, PLANE.ylim, (0.05, 0.2, 0.6, 1.5, 3, 6, 10, 16), points=41)
    ax.plot(*[[v] for v in np.linalg.lstsq(X, MASS, rcond=None)[0]], color=GREEN, linestyle="", marker="D", markersize=9)


def draw_data(ax) -> None:
    """The six penguins."""
    ax.plot(FLIPPER, MASS, color=INK, linestyle="", marker="o", markersize=8)


def draw_state(axes, step: int, start: str, sign: str) -> None:
    """The line with its residuals, and the point on the plane with the next step."""
    points = path(start, sign)
    theta = points[step]
    xs = np.array(DATA.xlim)
    axes[0].plot(xs, theta[0] + theta[1] * xs, color=ORANGE, linewidth=2.5)
    for x, y in zip(FLIPPER, MASS):
        axes[0].plot([x, x], [y, theta[0] + theta[1] * x], color=PINK, linewidth=4, alpha=0.8)
    shown = np.clip(points[: step + 1], -30, 30)
    axes[1].plot(*shown.T, color=ORANGE, linewidth=2, marker="o", markersize=4)
    axes[1].plot(*shown[-1:].T, color=ORANGE, linestyle="", marker="s", markersize=10)
    g = SIGNS[sign] * slope(theta)
    size = np.hypot(*g)
    if size > 1e-3:
        draw_arrow(axes[1], theta, theta - g / size * min(1.2, 0.15 + 0.3 * size), color=BLUE, linewidth=3, head=0.25)


def tell(step: int, start: str, sign: str) -> Told:
    """The words of a state."""
    points = path(start, sign)
    theta, value = points[step], loss(points[step])
    g = SIGNS[sign] * slope(theta)
    cells = (
        (None, "step", str(step)), (LINE, "Θ₀", number(theta[0], 4)), (LINE, "Θ₁", number(theta[1], 4)), (None, "loss", number(value, 4)),
        (GRADIENT, "what it takes for ∇L", f"({number(g[0], 3)}, {number(g[1], 3)})"),
    )  # fmt: skip
    labels = (
        f"six points with the line {number(theta[0], 3)} + {number(theta[1], 3)} x and its residuals",
        f"contours of the loss; after {step} steps of gradient descent with the {sign} sign the loss is {number(value, 4)}",
    )
    if sign == "as published":
        words = "The published sign: every step goes straight uphill. The line runs away from the points, and the loss grows." if step else "The arrow is where the next step goes. Is that downhill?"
    elif value < 0.02:
        words = "Arrived: the residuals are small and of both signs. No other line has a much smaller loss."
    else:
        words = "Each step goes against the gradient, straight down to the next contour. First quickly across, then slowly along."
    return Told(labels, cells, words)
