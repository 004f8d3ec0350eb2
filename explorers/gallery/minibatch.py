"""The mini-batch explorer: η and the batch size against the noise of stochastic gradient descent (MC42).

The loss of example i is ‖θ − cᵢ‖²/2, so the full gradient is θ minus the mean of all c, and that of a batch θ minus the batch's mean.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..drawing.symbols import PATH
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import minibatch_yours

M, EPOCHS = 64, 8
_rng = np.random.default_rng(12)
POINTS = _rng.normal(size=(M, 2)) @ np.array([[0.5, 0.2], [0.0, 0.35]])
POINTS -= POINTS.mean(axis=0)  # the minimum of the full loss lies at the origin
START = (-1.4, 1.0)
ETAS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.3, 1.6, 1.9)
SIZES = (1, 2, 4, 8, 16, 32, 64)
MAP = Chart((-1.8, 1.8), (-1.3, 1.4), title="the path in θ, one point a step", xlabel="θ₁", ylabel="θ₂", width=380, height=310)
LOSS = Chart(
    (0, EPOCHS * M), (1e-4, 5), title="full loss above its minimum", xlabel="examples seen", ylabel="loss", ylog=True, width=380, height=310
)


def path(eta: float, size: int) -> np.ndarray:
    """θ after every step, shape ``(steps + 1, 2)``: a new order of the examples in every epoch, seed fixed."""
    etas = ETAS if eta in ETAS else (eta,)
    return _paths(etas, size)[:, etas.index(eta)]


@lru_cache(maxsize=16)
def _paths(etas: tuple, size: int) -> np.ndarray:
    """θ after every step for all `etas` at once, shape ``(steps + 1, len(etas), 2)``."""
    rng, rates = np.random.default_rng(1), np.array(etas)[:, None]
    points = [np.tile(START, (len(etas), 1))]
    for _ in range(EPOCHS):
        means = POINTS[rng.permutation(M)].reshape(-1, size, 2).mean(axis=1)
        for mean in means:
            points.append(points[-1] - rates * (points[-1] - mean))
    return np.array(points)


def losses(eta: float, size: int) -> np.ndarray:
    """The full loss above its minimum along the path."""
    return (path(eta, size) ** 2).sum(axis=1) / 2


def cloud(eta: float, size: int) -> float:
    """The typical distance from the minimum in the last three epochs."""
    tail = path(eta, size)[-3 * (M // size) :]
    return float(np.sqrt((tail**2).sum(axis=1).mean()))


def falling(eta: float, size: int) -> bool:
    """Whether what is left of the way from the start, (1 − η)ᵗ of it, is still a large part of the distance: then the path has not arrived."""
    left = abs(1 - eta) ** ((EPOCHS - 3) * (M // size)) * float(np.hypot(*START))
    return left > 0.5 * cloud(eta, size)


def draw_still(axes, size: int) -> None:
    """The examples' own minima, and the minimum of their mean."""
    axes[0].plot(*POINTS.T, color=INK, linestyle="", marker="o", markersize=3, alpha=0.5)
    axes[0].plot([0], [0], color=GREEN, linestyle="", marker="D", markersize=9)


def draw(axes, eta: float, size: int) -> None:
    """The path and its loss."""
    points, loss = path(eta, size), losses(eta, size)
    late = 3 * (M // size)  # the steps that the distance at the end is measured on; older ones fade
    axes[0].plot(*points[: len(points) - late + 1].T, color=ORANGE, linewidth=1.2, marker="o", markersize=3, alpha=0.4)
    axes[0].plot(*points[len(points) - late :].T, color=ORANGE, linewidth=1.2, marker="o", markersize=3)
    turn, radius = np.linspace(0, 2 * np.pi, 90), settled(eta, size)
    if radius > 0:
        axes[0].plot(radius * np.cos(turn), radius * np.sin(turn), color=GREEN, linewidth=2.5, linestyle="--")
        note(axes[0], "predicted distance", (0, -radius), (0, -12), ha="center")
    axes[0].plot([START[0]], [START[1]], color=INK, linestyle="", marker="s", markersize=8)
    axes[1].plot(np.arange(len(loss)) * size, np.maximum(loss, 1e-5), color=ORANGE, linewidth=1.8)
    axes[1].plot([0, EPOCHS * M], [np.maximum(cloud(eta, size) ** 2 / 2, 1e-5)] * 2, color=BLUE, linewidth=1.5, linestyle="--")


def describe(eta: float, size: int) -> Description:
    """The words of a state."""
    steps, spread = len(path(eta, size)) - 1, cloud(eta, size)
    cells = (
        (None, "η", number(eta)), (None, "batch size", str(size)), (PATH, "steps taken", str(steps)), ((BLUE, "--"), "distance at the end", number(spread, 3)),
        (PATH, "loss at the end", number(losses(eta, size)[-1], 3)),
    )  # fmt: skip
    labels = (
        f"the path of mini-batch descent with batches of {size} and η = {number(eta)}",
        f"full loss against examples seen; it stays near {number(spread**2 / 2, 3)}",
    )
    epochs = losses(eta, size)[1:].reshape(EPOCHS, -1).mean(axis=1)
    if size == M:
        words = told(
            "The full batch: no noise, and only one step for each pass over the data.", lambda: steps == EPOCHS and is_straight(eta, size)
        )
    elif falling(eta, size):
        words = told(
            "Not there yet: the loss is still falling. For this η there were too few steps.",
            lambda: epochs[-3:].mean() < epochs[-6:-3].mean(),
        )
    elif spread > 0.2:
        words = told(
            "A wide cloud: each batch pulls to its own mean, and a large η follows every pull. In the long run larger batches or a smaller η calm it.",
            lambda: (
                np.hypot(*path(eta, size)[-3 * (M // size) :].mean(axis=0)) < spread
                and settled(eta / 2, size) < settled(eta, size) > settled(eta, 2 * size)
            ),
        )
    else:
        passes = 1 + int(np.argmax(losses(eta, size)[M // size :: M // size] < 0.1))
        words = told(
            f"Many cheap steps: near the minimum after {passes} {'pass' if passes == 1 else 'passes'}, then a cloud around it. A larger η or a smaller batch widens it.",
            lambda: [loss < 0.1 for loss in losses(eta, size)[M // size :: M // size]].index(True) == passes - 1 and widens(eta, size),
        )
    return Description(labels, cells, words)


def is_straight(eta: float, size: int) -> bool:
    """Whether all points lie on the line from the start to the minimum: nothing else has moved them."""
    points = path(eta, size)
    return bool(np.abs(points[:, 0] * START[1] - points[:, 1] * START[0]).max() < 1e-9)


def widens(eta: float, size: int) -> bool:
    """Whether a larger η, and a smaller batch, have the wider cloud in the long run."""
    return settled(min(1.5 * eta, 1.95), size) > settled(eta, size) and (size == 1 or settled(eta, size // 2) > settled(eta, size))


def settled(eta: float, size: int) -> float:
    """The typical distance from the minimum in the long run, for batches drawn anew in each step: the fixed point of its square,
    E|θ|² = (1 − η)² E|θ|² + η² V, where V is the variance of the mean of `size` of the M examples."""
    variance = (POINTS**2).sum(axis=1).mean() / size * (M - size) / (M - 1)
    return float(np.sqrt(eta**2 * variance / (1 - (1 - eta) ** 2)))


def minibatch_explorer(eta: float = 0.3, size: int = 4, yours=None):
    """Change η and the batch size, and watch the cloud around the minimum.

    `yours` is a function of yours that makes one pass: it takes grad, theta, X, y, eta and batches and returns the point.
    What to find out: which two ways are there to make the cloud smaller, and what does each cost?
    """
    return scene(eta, size, yours).explorer()


def scene(eta: float = 0.3, size: int = 4, yours=None) -> Scene:
    """The scene of the explorer."""
    return Scene(
        "noise",
        (Control("eta", "η", "the learning rate", ETAS, eta), Control("size", "batch size", "examples in one step", SIZES, size, str)),
        (MAP, LOSS), draw, describe, draw_still,
        presets=(Preset("one example a step", "much noise", {"size": 1}), Preset("the full batch", "no noise", {"size": 64}), Preset("small steps", "less noise, more patience", {"size": 1, "eta": 0.05})),
        goal=Goal("find an η with which the path ends less than 0.05 from the minimum.", lambda eta, size: cloud(eta, size) < 0.05),
        shown=("distance at the end", "loss at the end"), prints=({}, {"size": 1}, {"size": 64}, {"size": 1, "eta": 0.05}),
        yours=yours and Yours(
            asked(yours), lambda eta, size: minibatch_yours.offer(POINTS, START, eta, np.random.default_rng(1).permutation(M).reshape(-1, size)),
            lambda one, value, eta, size: minibatch_yours.beside(one, value, START, path(eta, size)[M // size]),
        ),
    )  # fmt: skip
