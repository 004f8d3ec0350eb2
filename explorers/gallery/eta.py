"""The η explorer: gradient descent on a parabola of curvature λ, or on a learner's own f (S1.03, MC35).

f(θ) = λθ²/2, so a step is θ ← (1 − ηλ) θ: the factor 1 − ηλ decides everything.
"""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..drawing.symbols import PATH
from ..inputs.checks import check_function, finite, stops
from ..inputs.slopes import values
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import eta_own_function, eta_yours

THETA0, STEPS, FLOOR = -1.0, 30, 1e-16
VALLEY = Chart((-1.6, 1.6), (-0.1, 1.6), title="the path on f(θ) = λθ²/2, in units of f(θ₀)", xlabel="θ", ylabel="f(θ)/f(θ₀)")
LOSS = Chart((0, STEPS), (FLOOR, 1e6), title="the loss, and what theory says", xlabel="step t", ylabel="f(θₜ)/f(θ₀)", ylog=True)
THEORY = (BLUE, "-")
# in units of 1/λ, in steps of 0.05, with the edges where something changes met exactly
ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 2.41, 0.05))
CURVATURES = (0.5, 1.0, 2.0, 5.0, 10.0)


def path(eta_L: float, steps: int = STEPS) -> np.ndarray:
    """θ₀, θ₁, …, shape ``(steps + 1,)``, by taking the steps one after the other on λ = 1."""
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
    handle(ax, theta[1], theta[1] ** 2)
    note(ax, "start", (THETA0, THETA0**2), (-6, 12), ha="right")


def draw_loss(ax, eta_L: float) -> None:
    """The measured loss, and the straight line that the factor (1 − ηλ)² predicts in this logarithmic picture."""
    t = np.arange(STEPS + 1)
    factor = (1 - eta_L) ** 2
    if factor > 0:
        ax.plot(t, np.clip(factor ** t.astype(float), 1e-300, 1e300), color=BLUE, linewidth=9, alpha=0.35)
        # on the side that the line does not come from
        note(ax, "theory", (STEPS, np.clip(factor**STEPS, 100 * FLOOR, 1e4)), (-4, -14 if factor < 1 else 14), ha="right")
    loss = path(eta_L) ** 2
    shown = np.where(loss > FLOOR, loss, np.nan)
    ax.plot(t, shown, color=ORANGE, linewidth=2, marker="o", markersize=4)
    if not loss[1] > FLOOR:  # a logarithmic axis has no place for 0
        ax.plot([0, 1], [1, FLOOR], color=ORANGE, linewidth=2)
        note(ax, "0 after one step, below the picture", (1, 1e-8), (10, 0))
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
    "creeps": "Every step goes the same way and falls short: η < 1/λ. A larger η would be faster.",
    "arrives": "One step, and there: η = 1/λ is exactly the step that this curvature wants.",
    "zigzags": "Every step overshoots, η > 1/λ, and still lands nearer: the sign of θ alternates while the loss falls.",
    "bounces": "η = 2/λ: each step lands as far on the other side. The loss never changes. This is the edge.",
    "diverges": "η > 2/λ: every step lands farther away than it began. More steps make it worse, not better.",
}


def describe(eta_L: float, curvature: float) -> Description:
    """The words of a state: η is shown for the chosen curvature λ."""
    eta, theta = eta_L / curvature, path(eta_L)
    cells = (
        (None, "η", number(eta, 4)), (None, "η in units of 1/λ", number(eta_L, 4)), (THEORY, "factor 1 − ηλ", number(1 - eta_L, 4)),
        (PATH, "θ after 1 step", number(theta[1], 4)), (PATH, f"loss after {STEPS}", number(theta[-1] ** 2, 3)),
    )  # fmt: skip
    labels = (
        f"a parabola with the path of gradient descent for η = {number(eta, 4)}: it {zone(eta_L)}",
        f"loss against step, logarithmic: a straight line, multiplied by {number((1 - eta_L) ** 2, 4)} in every step",
    )
    return Description(labels, cells, told(_SENTENCE[zone(eta_L)], lambda: _TRUE[zone(eta_L)](theta, eta_L)))


_TRUE = {  # read off the path, not off η
    "creeps": lambda theta, eta_L: (
        np.all(theta[0] * theta >= 0) and np.all(np.diff(np.abs(theta)) < 0) and abs(path(min(1.0, eta_L + 1e-3))[-1]) <= abs(theta[-1])
    ),
    "arrives": lambda theta, eta_L: np.all(theta[1:] == 0),
    "zigzags": lambda theta, eta_L: np.all(theta[1:] * theta[:-1] < 0) and np.all(np.diff(theta**2) < 0),
    "bounces": lambda theta, eta_L: np.all(theta[1:] * theta[:-1] < 0) and np.allclose(theta**2, theta[0] ** 2),
    "diverges": lambda theta, eta_L: np.all(theta[1:] * theta[:-1] < 0) and np.all(np.diff(theta**2) > 0),
}


def eta_explorer(
    f=None, fprime=None, start: float = -1.0, eta: float | None = None, eta_L: float = 0.2, curvature: float = 2.0, yours=None
):
    """Watch the learning rate decide: creep, arrive, zig-zag, bounce, diverge.

    `f` is any function of one number, `fprime` its derivative (measured by central differences without), `start` the first θ and
    `eta` the learning rate. Without `f` it is the parabola of curvature `curvature` (λ), and `eta_L` is η in units of 1/λ. `yours` is a
    function of yours that takes some of grad, theta0, eta and n_steps and returns the path. What to find out: where exactly does it stop converging, and
    what has that place to do with the curvature?
    """
    return (scene(eta_L, curvature, yours) if f is None else own_scene(f, fprime, start, eta, yours)).explorer()


def own_scene(f, fprime=None, start: float = -1.0, eta: float | None = None, yours=None) -> Scene:
    """The scene of the explorer for a learner's own f."""
    start = float(finite(start, "start", ()))
    fprime = f.derivative if fprime is None and getattr(f, "d", "") else fprime
    check_function(f, start, start - 1.5, start + 1.5)
    if fprime is not None:
        check_function(fprime, start, start - 1.5, start + 1.5, name="fprime")
    descent = eta_own_function.Descent(f, fprime, start)
    curvature = descent.curvature()
    if eta is None:  # what would suit a parabola as strongly curved as f at the start
        eta = float(f"{0.5 / curvature:.1g}") if np.isfinite(curvature) and curvature > 1e-9 else 0.1
    eta = float(finite(eta, "eta", ()))
    if not eta > 0:
        raise ValueError(f"eta is {eta:g}. It should be greater than 0, or no step is taken; try eta=0.1.")
    etas = stops(tuple(float(f"{eta * factor:.4g}") for factor in eta_own_function.FACTORS), eta)
    charts = eta_own_function.charts(descent, etas)
    return Scene(
        "eta", (Control("eta", "η", "the learning rate", etas, eta, lambda v: number(v, 4)),), charts,
        lambda axes, eta: eta_own_function.draw_path(axes, descent, eta), lambda eta: eta_own_function.describe(descent, eta),
        lambda axes: eta_own_function.draw_curve(axes[0], descent, charts[0].xlim),
        presets=(Preset("back to the start", "the η it began with", {}), Preset("smallest", "a twentieth of it", {"eta": etas[0]}), Preset("largest", "more than twice as large", {"eta": etas[-1]})),
        shown=("factor 1 − ηλ", "loss after 30"),
        prints=({}, {"eta": etas[0]}, {"eta": etas[-1]}),
        yours=yours and Yours(
            asked(yours), lambda eta: eta_yours.offer(descent.slope, descent.f, eta_own_function.path(descent, eta), eta),
            lambda one, value, eta: eta_yours.beside(one, value, eta_own_function.path(descent, eta), lambda theta: values(descent.f, theta)),
        ),
    )  # fmt: skip


def scene(eta_L: float = 0.2, curvature: float = 2.0, yours=None) -> Scene:
    """The scene of the explorer."""

    def draw(axes, eta_L, curvature):
        draw_path(axes[0], eta_L)
        draw_loss(axes[1], eta_L)

    def still(axes):
        draw_valley(axes[0])

    return Scene(
        "eta",
        (
            Control("eta_L", "η · λ", "the learning rate, in units of 1/λ", ETAS, eta_L),
            Control("curvature", "λ", "the curvature of the valley", CURVATURES, curvature),
        ),
        (VALLEY, LOSS), draw, describe, still,
        presets=(
            Preset("too small", "η = 0.1/λ", {"eta_L": 0.1}), Preset("one step", "η = 1/λ", {"eta_L": 1.0}),
            Preset("zig-zag", "η = 1.8/λ", {"eta_L": 1.8}), Preset("the edge", "η = 2/λ", {"eta_L": 2.0}),
            Preset("beyond", "η = 2.1/λ", {"eta_L": 2.1}),
        ),
        goal=Goal("find an η with which three steps bring the loss below 10⁻⁵ of the first.", lambda eta_L, curvature: path(eta_L, 3)[-1] ** 2 < 1e-5 * THETA0**2),
        shown=("factor 1 − ηλ", "loss after 30"),
        prints=tuple({"eta_L": value} for value in (0.1, 1.0, 1.8, 2.0, 2.1)),
        yours=yours and Yours(
            asked(yours),
            lambda eta_L, curvature: eta_yours.offer(lambda t: curvature * t, lambda t: curvature * t**2 / 2, path(eta_L), eta_L / curvature),
            lambda one, value, eta_L, curvature: eta_yours.beside(one, value, path(eta_L), lambda theta: theta**2),
        ),
    )  # fmt: skip
