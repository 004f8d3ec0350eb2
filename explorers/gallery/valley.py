"""The valley explorer: gradient descent in a valley of curvatures 1/κ and 1, with momentum, the best choice as a ghost (MC35).

f(x, z) = (λₘᵢₙx² + λₘₐₓz²)/2 with λₘₐₓ = 1 and λₘᵢₙ = 1/κ. Stable exactly for η < 2(1 + β)/λₘₐₓ; without momentum the best η is 2/(λₘₐₓ + λₘᵢₙ).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..drawing.symbols import PATH
from ..inputs.checks import finite, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import landscape_path
from .valley_yours import drawing

START, STEPS = (-1.4, 0.9), 60
MAP = Chart(
    (-1.6, 1.6),
    (-1.2, 1.2),
    title="the valley and the path",
    xlabel="x, the flat direction",
    ylabel="z, the steep one",
    width=380,
    height=300,
)
LOSS = Chart((0, STEPS), (1e-12, 1e4), title="the loss", xlabel="step", ylabel="f/f₀", ylog=True, width=380, height=300)
GHOST = (BLUE, "--")
ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 4.01, 0.05))
KAPPAS = (1, 2, 5, 10, 20, 50, 100)
BETAS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def bowl(A) -> tuple[float, float]:
    """The least and the largest curvature, λₘᵢₙ and λₘₐₓ, of the bowl f(θ) = θᵀAθ/2. Raises `ValueError` for a matrix that is none."""
    A = np.atleast_2d(A)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError(
            f"A has the shape {A.shape}. It should be a square matrix, one row for each parameter; a number stands for shape (1, 1)."
        )
    if np.abs(A - A.T).max() > 1e-9 * np.abs(A).max():
        raise ValueError("A is not symmetric, and a matrix of second derivatives is. Try (A + A.T)/2: it makes the same bowl.")
    values = np.linalg.eigvalsh(A)
    if values[0] <= 0:
        raise ValueError(
            f"A has the curvature {values[0]:.4g}, so its surface is no bowl. All eigenvalues should be greater than 0; look at np.linalg.eigvalsh(A)."
        )
    return float(values[0]), float(values[-1])


def curvatures(kappa: float) -> np.ndarray:
    """λₘᵢₙ and λₘₐₓ, shape ``(2,)``."""
    return np.array([1.0 / kappa, 1.0])


def path(eta: float, kappa: float, beta: float, steps: int = STEPS) -> np.ndarray:
    """The points of heavy-ball descent, v ← βv − η∇f, θ ← θ + v, shape ``(steps + 1, 2)``."""
    theta, v, curved = np.array(START), np.zeros(2), curvatures(kappa)
    points = [theta]
    for _ in range(steps):
        v = beta * v - eta * curved * theta
        theta = theta + v
        points.append(theta)
    return np.array(points)


def best(kappa: float) -> tuple[float, float]:
    """The best η and β of heavy-ball descent (Polyak): 4/(√λₘₐₓ + √λₘᵢₙ)², ((√κ − 1)/(√κ + 1))²."""
    root = np.sqrt(kappa)
    return 4 / (1 + 1 / root) ** 2, ((root - 1) / (root + 1)) ** 2


def rate(steps: np.ndarray, beta: float) -> np.ndarray:
    """The factor that a step leaves of the distance in the long run, along axes with η times curvature = `steps`, shape ``(n,)``.

    One step of the heavy ball is a 2 × 2 matrix for each axis; the factor is the size of its larger eigenvalue, a root of
    z² − (1 + β − ηλ) z + β (Goh, "Why Momentum Really Works", 2017).
    """
    trace = 1 + beta - np.asarray(steps, dtype=complex)
    root = np.sqrt(trace**2 - 4 * beta)
    return np.maximum(np.abs(trace + root), np.abs(trace - root)) / 2


def losses(points: np.ndarray, kappa: float) -> np.ndarray:
    """f along a path in units of its first value, shape ``(n,)``."""
    f = points**2 @ curvatures(kappa) / 2
    return f / f[0]


def draw_map(ax, kappa: float) -> None:
    """Contours at equal steps of the root of f, so that a narrow valley does not crowd."""
    mu, L = curvatures(kappa)
    draw_contours(ax, lambda x, z: (mu * x**2 + L * z**2) / 2, MAP.xlim, MAP.ylim, [(k * 0.14) ** 2 for k in range(1, 8)])
    ax.plot([0], [0], color=GREEN, linestyle="", marker="D", markersize=9)


def draw_ghost(axes, kappa: float) -> None:
    """Plain descent at its best η, dashed."""
    points = path(2 / (1 + 1 / kappa), kappa, 0.0)
    axes[0].plot(points[:25, 0], points[:25, 1], color=BLUE, linestyle="--", linewidth=1.5, alpha=0.8)
    axes[1].plot(np.arange(STEPS + 1), np.clip(losses(points, kappa), 1e-13, 1e6), color=BLUE, linestyle="--", linewidth=2)
    note(axes[1], "- - plain, best η in the long run", (STEPS, 1e4), (-4, -10), ha="right")


def draw_path(axes, eta: float, kappa: float, beta: float) -> None:
    """The path on the map and its loss."""
    points = path(eta, kappa, beta)
    shown = points[:40]
    axes[0].plot(np.clip(shown[:, 0], -50, 50), np.clip(shown[:, 1], -50, 50), color=ORANGE, linewidth=2, marker="o", markersize=4)
    handle(axes[0], *shown[1])
    axes[0].plot([START[0]], [START[1]], color=INK, linestyle="", marker="s", markersize=8)
    axes[1].plot(np.arange(STEPS + 1), np.clip(losses(points, kappa), 1e-13, 1e6), color=ORANGE, linewidth=2.5)


def describe(eta: float, kappa: float, beta: float, L: float = 1.0) -> Description:
    """The words of a state; `eta` and the edge are told for the largest curvature `L`, λₘₐₓ; the picture is the same for all."""
    loss, edge = losses(path(eta, kappa, beta), kappa), 2 * (1 + beta)
    cells = (
        (PATH, "η", number(eta / L, 4)), (None, "edge 2(1 + β)/λₘₐₓ", number(edge / L, 4)), (None, "κ", number(kappa, 5)), (None, "β", number(beta)),
        (PATH, f"loss after {STEPS}", number(loss[-1], 3)),
        (GHOST, "plain, best η", number(losses(path(2 / (1 + 1 / kappa), kappa, 0.0), kappa)[-1], 3)),
    )  # fmt: skip
    labels = (
        f"contours of a valley with condition number {number(kappa, 5)} and the path of gradient descent with η = {number(eta / L, 4)}, β = {number(beta)}",
        f"loss against step, logarithmic: after {STEPS} steps {number(loss[-1], 3)} of the first loss",
    )
    if eta > edge + 1e-9:
        words = told(
            "Beyond the edge: across the valley the swings grow from step to step in the long run. The steep direction decides, not the flat one.",
            lambda: long_run(eta, kappa, beta)[1] > 1 and long_run(eta, kappa, beta)[1] >= long_run(eta, kappa, beta)[0],
        )
    elif abs(eta - edge) <= 1e-9:
        words = told(
            "Exactly at the edge: the path bounces across the valley and never settles.",
            lambda: abs(long_run(eta, kappa, beta)[1] - 1) < 1e-6,
        )
    elif kappa == 1:
        words = told(
            "A round bowl: the gradient points to the middle, and η = 1/λₘₐₓ goes there in one step.",
            lambda: np.abs(path(1.0, kappa, 0.0)[1]).max() == 0,
        )
    elif beta > 0 and loss[-1] < best_plain_loss(kappa) / 10:
        words = told(
            f"Momentum pays: across the valley the swings cancel, along it the steps add up. After {STEPS} steps it is far ahead of plain descent with any η.",
            lambda: all(5 * loss[-1] < losses(path(e, kappa, 0.0), kappa)[-1] for e in np.arange(0.02, 2, 0.02)),
        )
    else:
        (floor, walls), larger, smaller = (rate(factor * eta * curvatures(kappa), beta) for factor in (1.0, 1.01, 0.99))
        slowest = max(floor, walls)
        at = lambda factor: max(long_run(factor * eta, kappa, beta))
        words = (
            told(
                "The floor sets how long it takes: along it each step is a small part of the way. ",
                lambda: long_run(eta, kappa, beta)[0] >= long_run(eta, kappa, beta)[1] - 1e-7,
            )
            if floor >= walls
            else told(
                "The walls set how long it takes: across the valley each step overshoots. ",
                lambda: long_run(eta, kappa, beta)[1] >= long_run(eta, kappa, beta)[0] - 1e-7,
            )
        ) + (
            told("A larger η helps, until the walls object.", lambda: at(1.01) < at(1.0))
            if max(larger) < slowest - 1e-9
            else told("A smaller η helps.", lambda: at(0.99) < at(1.0))
            if max(smaller) < slowest - 1e-9
            else told("No other η does much better with this β.", lambda: min(at(1.01), at(0.99)) > at(1.0) - 1e-4)
        )
    return Description(labels, cells, words)


@lru_cache(maxsize=64)
def best_plain_loss(kappa: float) -> float:
    """The least loss that descent without momentum reaches, over the η of the slider."""
    return float(min(losses(path(eta, kappa, 0.0), kappa)[-1] for eta in (*ETAS, 2 / (1 + 1 / kappa)) if eta < 2))


def long_run(eta: float, kappa: float, beta: float) -> tuple[float, float]:
    """What a step leaves in the long run, along the floor and across the walls: from the eigenvalues of its matrix, not from `rate`."""
    steps = [np.array([[1 + beta - eta * curvature, -beta], [1.0, 0.0]]) for curvature in curvatures(kappa)]
    floor, walls = (float(max(abs(np.linalg.eigvals(step)))) for step in steps)
    return floor, walls


def valley_explorer(A=None, eta: float | None = None, kappa: float = 20, beta: float = 0.0, yours=None):
    """Find the best η of a valley by hand, then let momentum help.

    `A` is the matrix of any bowl f(θ) = θᵀAθ/2, shape (n, n), symmetric, of positive curvatures: the picture shows the plane of
    its flattest and its steepest direction, and η is told for its λₘₐₓ. `eta` is the learning rate, `kappa` the condition number
    (A has its own), `beta` the momentum, from 0 to below 1. `yours` is a function of yours that takes some of grad, theta0, eta, beta and
    n_steps and returns the path; without beta it is compared with plain descent. What to find out: which direction limits η, which one makes it slow,
    and how far β moves the edge.
    """
    return scene(eta, kappa, beta, A, yours).explorer()


def scene(eta: float | None = None, kappa: float = 20, beta: float = 0.0, A=None, yours=None) -> Scene:
    """The scene of the explorer."""
    L = 1.0
    if A is not None:
        mu, L = bowl(finite(A, "A", (-1,) * np.ndim(A)))
        kappa = L / mu
        kappa = round(kappa) if abs(kappa - round(kappa)) < 1e-9 * kappa else kappa
    if not 1 <= kappa < 1e12:
        raise ValueError(f"kappa is {kappa!r}. A condition number is the largest curvature over the least, so at least 1; try kappa=20.")
    if not 0 <= beta < 1:
        raise ValueError(f"beta is {beta!r}. It should be from 0 to below 1: with 1 the ball would never slow down; try beta=0.5.")
    # the picture is that of λₘₐₓ = 1, so the slider holds η·λₘₐₓ
    relative = 0.5 if eta is None else round(float(finite(eta, "eta", ())) * L, 12)
    if not relative > 0:
        raise ValueError(f"eta is {eta!r}. It should be greater than 0, or no step is taken; try eta={0.5 / L:.3g}.")
    etas, kappas, betas = stops(ETAS, relative), stops(KAPPAS, kappa), stops(BETAS, beta)

    def draw(axes, eta, kappa, beta):
        draw_path(axes, eta, kappa, beta)

    def still(axes, kappa):
        draw_map(axes[0], kappa)
        draw_ghost(axes, kappa)

    who = asked(yours)

    def true_path(eta, kappa, beta):  # who takes no β is asked for plain descent; who takes t, for one point of it
        return path(eta, kappa, beta if "beta" in who.parameters else 0.0, 10 if "t" in who.parameters else STEPS)

    return Scene(
        "valley",
        (
            Control("eta", "η", "the learning rate", etas, relative, lambda v: number(v / L, 4)),
            Control("kappa", "κ", "the condition number", kappas, kappa, lambda v: number(v, 5)), Control("beta", "β", "momentum", betas, beta),
        ),
        (MAP, LOSS), draw, lambda eta, kappa, beta: describe(eta, kappa, beta, L), still,
        presets=(Preset("back to the start", "your bowl", {}), Preset("the edge", "η = 2/λₘₐₓ", {"eta": 2.0, "beta": 0.0})) if A is not None else (
            Preset("round", "κ = 1, η = 1", {"kappa": 1, "eta": 1.0}), Preset("best plain η", "κ = 20: 2/(λₘₐₓ + λₘᵢₙ)", {"kappa": 20, "eta": 1.9}),
            Preset("the edge", "η = 2/λₘₐₓ", {"eta": 2.0}), Preset("beyond", "η = 2.1/λₘₐₓ", {"eta": 2.1}),
            Preset("with momentum", "κ = 20, near the best η and β", {"kappa": 20, "eta": 2.65, "beta": 0.4}),
        ),
        goal=Goal("find an η with which 60 steps bring the loss below 2 · 10⁻⁶ of the first.", lambda eta, kappa, beta: losses(path(eta, kappa, beta), kappa)[-1] < 2e-6),
        shown=("loss after 60", "plain, best η"), prints=({}, {"eta": 2.0}) if A is not None else ({}, {"eta": 1.9}, {"eta": 2.0}, {"eta": 2.1}, {"eta": 2.65, "beta": 0.4}),
        yours=who and Yours(
            who, lambda eta, kappa, beta: landscape_path.offer(lambda theta: curvatures(kappa) * theta, lambda theta: theta @ (curvatures(kappa) * theta) / 2, true_path(eta, kappa, beta), eta, beta, np.diag(curvatures(kappa))),
            lambda one, value, eta, kappa, beta: landscape_path.beside(one, value, true_path(eta, kappa, beta), drawing(lambda points: losses(points, kappa))),
        ),
    )  # fmt: skip
