"""Gradient descent on a parabola of curvature L: the path, the loss against the step, and its words. Pure (S1.03, MC35).

f(θ) = L θ²/2, so a step is θ ← (1 − ηL) θ: the factor 1 − ηL decides everything (curriculum 09).
"""

from __future__ import annotations

import numpy as np

from .digits import number
from .overlay import note
from .palette import BLUE, GREEN, INK, ORANGE
from .panel import Panel
from .scene import Told

THETA0, STEPS, FLOOR = -1.0, 30, 1e-16
VALLEY = Panel((-1.6, 1.6), (-0.1, 1.6), title="the path on f(θ) = Lθ²/2, in units of f(θ₀)", xlabel="θ", ylabel="f(θ)/f(θ₀)")
LOSS = Panel((0, STEPS), (FLOOR, 1e6), title="the loss, and what theory says", xlabel="step t", ylabel="f(θₜ)/f(θ₀)", ylog=True)
PATH, THEORY = (ORANGE, "-"), (BLUE, ":")


def path(eta_L: float, steps: int = STEPS) -> np.ndarray:
    """θ₀, θ₁, …, shape ``(steps + 1,)``, by taking the steps one after the other on L = 1."""
    theta = [THETA0]
    for _ in range(steps):
        theta.append(theta[-1] - eta_L * theta[-1])
    return np.array(theta)


def draw_valley(ax) -> None:
    """The parabola."""
    xs = np.linspace(*VALLEY.xlim, 200)
    ax.plot(xs, xs**2, color=INK, linewidth=2)


def draw_path(ax, eta_L: float) -> None:
    """The first steps on the parabola, as arrows would go: from point to point."""
    theta = path(eta_L)[:12]
    ax.plot(theta, theta**2, color=ORANGE, linewidth=2, marker="o", markersize=6)
    note(ax, "start", (THETA0, THETA0**2), (-6, 12), ha="right")


def draw_loss(ax, eta_L: float) -> None:
    """The measured loss, and the straight line that the factor (1 − ηL)² predicts in this logarithmic picture."""
    t = np.arange(STEPS + 1)
    factor = (1 - eta_L) ** 2
    if factor > 0:
        ax.plot(t, np.clip(factor ** t.astype(float), 1e-300, 1e300), color=BLUE, linewidth=5, linestyle=":")
    loss = path(eta_L) ** 2
    shown = np.where(loss > FLOOR, loss, np.nan)
    ax.plot(t, shown, color=ORANGE, linewidth=2, marker="o", markersize=4)
    ax.plot([0, STEPS], [1, 1], color=GREEN, linewidth=1.5, linestyle="--")


def zone(eta_L: float) -> str:
    """What happens at this learning rate, by name."""
    if eta_L < 1 - 1e-9:
        return "creeps"
    if eta_L < 1 + 1e-9:
        return "arrives"
    if eta_L < 2 - 1e-9:
        return "zigzags"
    return "bounces" if eta_L < 2 + 1e-9 else "diverges"


_SENTENCE = {
    "creeps": "Every step goes the same way and falls short: η < 1/L. A larger η would be faster.",
    "arrives": "One step, and there: η = 1/L is exactly the step that this curvature wants.",
    "zigzags": "Every step overshoots, η > 1/L, and still lands nearer: the sign of θ alternates while the loss falls.",
    "bounces": "η = 2/L: each step lands as far on the other side. The loss never changes. This is the edge.",
    "diverges": "η > 2/L: every step lands farther away than it began. More steps make it worse, not better.",
}


def tell(eta_L: float, curvature: float) -> Told:
    """The words of a state: η is shown for the chosen curvature L."""
    eta, theta = eta_L / curvature, path(eta_L)
    cells = (
        (None, "η", number(eta, 4)), (None, "η in units of 1/L", number(eta_L, 4)), (THEORY, "factor 1 − ηL", number(1 - eta_L, 4)),
        (PATH, "θ after 1 step", number(theta[1], 4)), (PATH, f"loss after {STEPS}", number(theta[-1] ** 2, 3)),
    )  # fmt: skip
    labels = (
        f"a parabola with the path of gradient descent for η = {number(eta, 4)}: it {zone(eta_L)}",
        f"loss against step, logarithmic: a straight line, multiplied by {number((1 - eta_L) ** 2, 4)} in every step",
    )
    return Told(labels, cells, _SENTENCE[zone(eta_L)])
