"""The trainer: a small tanh network learns two interleaved moons, epoch by epoch, with the knobs that everybody turns (MC41)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, ORANGE
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told

LN2 = float(np.log(2))
EPOCHS = (*range(0, 11), 12, 14, 16, 18, 20, 23, 26, 30, 34, 38, 42, 46, 50, 55, 60)  # the stops, close where most happens
RATES = (0.001, 0.01, 0.1, 0.3, 1.0, 3.0, 30.0)
BATCHES, HIDDEN, SCALES, SIZES = (5, 10, "all"), (1, 2, 3, 8, 32), (0.0, 0.01, 1.0, 5.0), (20, 80)
SPAN = (-1.7, 2.7), (-1.5, 2.0)
MAP = Chart(*SPAN, title="what the network says, and the truth", xlabel="x₁", ylabel="x₂", width=380, height=320)
LOSS = Chart((0, EPOCHS[-1]), (1e-2, 100), title="the mean loss, and ln 2", xlabel="epoch", ylabel="L", ylog=True, width=380, height=320)
TRAINED, HELD_OUT, GUESSING = (ORANGE, "-"), (BLUE, ":"), (GREEN, "--")


@lru_cache(maxsize=4)
def moons(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """`n` noisy points of two half circles that reach into each other: X of shape ``(n, 2)``, y of shape ``(n,)`` with 0 and 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, n)
    X = np.column_stack([np.cos(angle), np.sin(angle)])
    X[y == 1] = [1.0, 0.5] - X[y == 1]
    return X + rng.normal(0, 0.2, X.shape), y


def logits(theta, X: np.ndarray) -> np.ndarray:
    """The score of every row of X, shape ``(n,)``: above 0 the network says class 1."""
    W1, b1, w2, b2 = theta
    return np.tanh(X @ W1 + b1) @ w2 + b2


def loss(theta, X: np.ndarray, y: np.ndarray) -> float:
    """The mean cross-entropy, in a form that cannot overflow."""
    z = logits(theta, X)
    return float(np.mean(np.logaddexp(0, z) - y * z))


def accuracy(theta, X: np.ndarray, y: np.ndarray) -> float:
    """The share of the rows on the right side of the boundary."""
    return float(np.mean((logits(theta, X) > 0) == y))


def gradient(theta, X: np.ndarray, y: np.ndarray) -> tuple:
    """The gradient of `loss` by all parameters, by hand, in their order."""
    W1, b1, w2, b2 = theta
    A = np.tanh(X @ W1 + b1)
    z = A @ w2 + b2
    dz = (0.5 * (1 + np.tanh(z / 2)) - y) / len(y)
    dZ = np.outer(dz, w2) * (1 - A**2)
    return X.T @ dZ, dZ.sum(0), A.T @ dz, dz.sum()


def training(eta: float, batch: int | str, hidden: int, scale: float, examples: int) -> dict:
    """{epoch: parameters} for every stop of one run; the seed is fixed, so that only the controls make a difference."""
    rates = RATES if eta in RATES else (eta,)
    at = rates.index(eta)
    return {epoch: tuple(p[at] for p in theta) for epoch, theta in _runs(rates, batch, hidden, scale, examples).items()}


@lru_cache(maxsize=64)
def _runs(rates: tuple, batch: int | str, hidden: int, scale: float, examples: int) -> dict:
    """{epoch: parameters, the first axis of each counting the rates}: all learning rates at once take hardly longer than one."""
    rng, (X, y) = np.random.default_rng(1), moons(examples)
    start = (scale * rng.normal(size=(2, hidden)), np.zeros(hidden), scale * rng.normal(size=hidden), np.zeros(()))
    W1, b1, w2, b2 = (np.repeat(p[None], len(rates), axis=0) for p in start)
    etas, size, kept = np.array(rates)[:, None], len(y) if batch == "all" else batch, {0: (W1, b1, w2, b2)}
    for epoch in range(1, EPOCHS[-1] + 1):
        order = rng.permutation(len(y))
        for rows in (order[i : i + size] for i in range(0, len(y), size)):
            seen, A = X[rows], np.tanh(X[rows] @ W1 + b1[:, None])
            z = (A @ w2[:, :, None])[..., 0] + b2[:, None]
            dz = (0.5 * (1 + np.tanh(z / 2)) - y[rows]) / len(rows)  # `gradient`, once for each rate
            dZ = dz[..., None] * w2[:, None] * (1 - A * A)
            W1, b1 = W1 - etas[..., None] * (seen.T @ dZ), b1 - etas * dZ.sum(1)
            w2, b2 = w2 - etas * (dz[:, None] @ A)[:, 0], b2 - etas[:, 0] * dz.sum(1)
        if epoch in EPOCHS:
            kept[epoch] = W1, b1, w2, b2
    return kept


@lru_cache(maxsize=64)
def curves(eta: float, batch: int | str, hidden: int, scale: float, examples: int) -> tuple[np.ndarray, np.ndarray]:
    """The loss at every stop on the training examples and on 400 others, each of shape ``(len(EPOCHS),)``."""
    run = training(eta, batch, hidden, scale, examples)
    return tuple(np.array([loss(run[e], *data) for e in EPOCHS]) for data in (moons(examples), moons(400, 7)))


def draw_still(axes, **run) -> None:
    """The examples, the whole loss curves thin, and the line of guessing."""
    X, y = moons(run["examples"])
    for k, color, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
        axes[0].plot(*X[y == k].T, color=color, linestyle="", marker=marker, markersize=5, alpha=0.8)
    trained, held_out = (np.clip(c, 1e-6, 1e3) for c in curves(**run))
    axes[1].plot([0, EPOCHS[-1]], [LN2, LN2], color=GREEN, linewidth=2, linestyle="--")
    note(axes[1], "ln 2: guessing", (EPOCHS[-1], LN2), (-4, 11), ha="right")
    axes[1].plot(EPOCHS, held_out, color=BLUE, linewidth=2.5, linestyle=":")
    axes[1].plot(EPOCHS, trained, color=ORANGE, linewidth=1, alpha=0.6)
    half = EPOCHS.index(30)
    note(axes[1], "others", (EPOCHS[half], np.clip(held_out[half], LOSS.ylim[0], 30)), (0, 13), ha="center")


def shade(ax, z) -> None:
    """The plane in the colour of the network's answer: a bar for each run of one answer in a row of points."""
    (left, right), (low, high) = SPAN
    edges, rows = np.linspace(left, right, 49), np.linspace(low, high, 25)
    middle = (edges[:-1] + edges[1:]) / 2
    for bottom, top in zip(rows, rows[1:]):
        answer = z(middle, np.full(len(middle), (bottom + top) / 2)) > 0
        ends = np.flatnonzero(np.diff(answer, prepend=~answer[:1], append=~answer[-1:]))
        for first, last in zip(ends, ends[1:]):
            x0, x1 = edges[first], edges[last]
            ax.fill([x0, x1, x1, x0], [bottom, bottom, top, top], color=ORANGE if answer[first] else BLUE, alpha=0.12)


def draw(axes, epoch: int, **run) -> None:
    """The boundary at this epoch with the lines of 10 and 90 %, and the way of the loss so far."""
    theta = training(**run)[epoch]
    z = lambda x1, x2: logits(theta, np.column_stack([x1.ravel(), x2.ravel()])).reshape(x1.shape)
    shade(axes[0], z)
    if np.ptp(logits(theta, np.array([[-2.0, -1], [0, 2], [3, 1]]))) > 1e-9:  # a flat score has no boundary
        draw_contours(axes[0], z, *SPAN, [0.0], linewidth=3.5, alpha=1.0, points=49)
        draw_contours(axes[0], z, *SPAN, [-np.log(9), np.log(9)], alpha=0.7, points=33)
    at = EPOCHS.index(epoch)
    trained = np.clip(curves(**run)[0], 1e-6, 1e3)
    axes[1].plot(EPOCHS[: at + 1], trained[: at + 1], color=ORANGE, linewidth=3)
    axes[1].plot([epoch], [np.clip(trained[at], *LOSS.ylim)], color=ORANGE, linestyle="", marker="o", markersize=10)


def describe(epoch: int, **run) -> Description:
    """The words of a state."""
    theta, at, data, others = training(**run)[epoch], EPOCHS.index(epoch), moons(run["examples"]), moons(400, 7)
    trained, held_out = curves(**run)
    right, right_other = accuracy(theta, *data), accuracy(theta, *others)
    cells = (
        (TRAINED, "loss", number(trained[at], 4)), (TRAINED, "accuracy", f"{number(100 * right, 4)} %"),
        (HELD_OUT, "loss, others", number(held_out[at], 4)), (HELD_OUT, "accuracy, others", f"{number(100 * right_other, 4)} %"),
        (GUESSING, "loss at start", number(trained[0], 4)), (None, "at start − ln 2", number(trained[0] - LN2, 3)),
    )  # fmt: skip
    labels = (
        f"two classes of points and the network's boundary after {epoch} epochs: {number(100 * right, 4)} % on the right side",
        f"loss against epoch, logarithmic: {number(trained[at], 4)} at epoch {epoch}, guessing is ln 2 = 0.6931",
    )
    return Description(labels, cells, sentence(epoch, right, trained, held_out, **run))


def sentence(
    epoch: int, right: float, trained: np.ndarray, held_out: np.ndarray, eta: float, scale: float, examples: int, hidden: int, batch: object
) -> Told:
    """What there is to see, the most instructive thing first."""
    at, run = EPOCHS.index(epoch), {"eta": eta, "batch": batch, "hidden": hidden, "scale": scale, "examples": examples}
    now, lowest = trained[at], trained[: at + 1].min()
    theta, data, others = training(**run)[epoch], moons(examples), moons(400, 7)
    lost = lambda data: float(np.mean(-np.log(np.where(data[1] == 1, chance(theta, data[0]), 1 - chance(theta, data[0])))))
    if epoch == 0 and abs(now - LN2) < 0.01:
        return told(
            "Before the first step the loss is ln 2: every point gets one half. If yours starts elsewhere, look for a bug before you train.",
            lambda: abs(lost(data) - np.log(2)) < 0.01 and np.abs(chance(theta, data[0]) - 0.5).max() < 0.05,
        )
    if epoch == 0 and now < 1.2:
        return told(
            "Before the first step the loss is near ln 2. With smaller weights every point gets one half, and it is ln 2.",
            lambda: 0.01 <= abs(lost(data) - np.log(2)) < 0.51,
        )
    if epoch == 0:
        return told(
            "Large starting weights: the network is sure of itself before it has seen anything, and the loss says so: not ln 2.",
            lambda: lost(data) > 1.2 and np.median(np.abs(chance(theta, data[0]) - 0.5)) > 0.3,
        )
    if scale == 0.0:
        return told(
            "All weights zero: all hidden units are alike and get no gradient, so nothing but the last bias can move.",
            lambda: not any(np.any(part) for part in theta[:3]),
        )
    if (now > 2 * LN2 or now > 3 * lowest + 0.1) and np.any(np.diff(trained[: at + 1]) > 0):
        return told(
            "The loss jumps instead of falling: η is too large for this network. Divide it by ten.",
            lambda: any(later > earlier for earlier, later in zip(trained[:at], trained[1 : at + 1])),
        )
    if held_out[at] > 2 * now + 0.1 and examples == 20:
        return told(
            "It knows its 20 examples and not the others: overfitted. As a test of your code this is good: a network that cannot do it has a bug.",
            lambda: lost(others) > 2 * lost(data) and len(data[1]) == 20,
        )
    if now > LN2 - 0.15:
        return told(
            "Little better than guessing yet, or worse. Wait more epochs, or try another η.", lambda: not lost(data) < np.log(2) - 0.16
        )
    if hidden == 1:
        return told(
            "One hidden unit draws one straight line, and no amount of training bends it.", lambda: np.linalg.matrix_rank(theta[0]) <= 1
        )
    return (
        told(
            "It learns: the boundary is bending between the moons.",
            lambda: np.mean((chance(theta, data[0]) > 0.5) == data[1]) < 0.97 and lost(data) < np.log(2) - 0.14,
        )
        if right < 0.97
        else told(
            "The boundary follows the moons, and the loss is well below ln 2.",
            lambda: np.mean((chance(theta, data[0]) > 0.5) == data[1]) >= 0.97 and lost(data) < np.log(2) - 0.14,
        )
    )


def chance(theta, X: np.ndarray) -> np.ndarray:
    """The probability of class 1 for every row of X, by the sigmoid: the loss is computed from logits, without it."""
    return np.clip(1 / (1 + np.exp(-np.clip(logits(theta, X), -700, 700))), 1e-300, 1 - 1e-16)


def trainer_explorer(eta: float = 1.0, hidden: int = 8):
    """Follow a network through its epochs, then spoil it with one knob after the other.

    What to find out: why is the loss ln 2 before the first step, and what does it look like when η, the weights at the start or
    the number of hidden units are wrong?
    """
    return scene(eta, hidden).explorer()


def scene(eta: float = 1.0, hidden: int = 8) -> Scene:
    """The scene of the explorer."""
    good = {"eta": 1.0, "hidden": 8, "epoch": 60}
    return Scene(
        "trainer",
        (
            Control("epoch", "epoch", "how often it has seen all examples", EPOCHS, 20, str),
            Control("eta", "η", "the learning rate", RATES, eta),
            Control("hidden", "H", "hidden units", HIDDEN, hidden, str),
            Control("batch", "batch", "examples in a step", BATCHES, 10, str, "toggle"),
            Control("scale", "weights", "the standard deviation of the weights at the start", SCALES, 1.0, kind="toggle"),
            Control("examples", "examples", "how many there are to learn from", SIZES, 80, str, "toggle"),
        ),
        (MAP, LOSS), draw, describe, draw_still,
        film=True,
        presets=(
            Preset("good", "η = 1, H = 8", good), Preset("η too large", "η = 30", {**good, "eta": 30.0}),
            Preset("η too small", "η = 0.001", {**good, "eta": 0.001}), Preset("one unit", "H = 1", {**good, "hidden": 1}),
            Preset("all zero", "weights 0 at the start", {**good, "scale": 0.0}),
            Preset("overfit 20 examples", "32 units, 20 examples", {"eta": 1.0, "hidden": 32, "batch": 5, "examples": 20, "epoch": 60}),
        ),
        ahead=curves,
        goal=Goal("train until the loss on the others is below 0.15.", lambda epoch, **run: curves(**run)[1][EPOCHS.index(epoch)] < 0.15),
        shown=("loss", "loss, others"), prints=({"epoch": 0}, {"epoch": 60}, {"epoch": 60, "eta": 30.0}, {"epoch": 60, "hidden": 32, "batch": 5, "examples": 20}),
    )  # fmt: skip
