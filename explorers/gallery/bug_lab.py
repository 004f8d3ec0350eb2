"""The bug lab: one planted mistake at a time in a backward pass, and a gradient check for every parameter (E-W33).

A network of 2 inputs, 3 tanh units and a logit, on 5 examples. `backward` is right; each bug changes one line of it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told

_rng = np.random.default_rng(7)
X, Y = _rng.normal(size=(5, 2)), np.array([1.0, 0.0, 1.0, 1.0, 0.0])
PARAMS = {"W1": _rng.normal(size=(2, 3)), "b1": _rng.normal(size=3) / 2, "W2": _rng.normal(size=(3, 1)), "b2": _rng.normal(size=1)}
# name of the bug: (what the line should do, what the sentence says)
BUGS = {
    "none": "Every row is right: the largest error is that of the differences themselves.",
    "slope of tanh forgotten": "Last right row on the way back: W2, b2. The mistake lies after them and before W1: at the tanh.",
    "slope of tanh at Z, not A": "1 − Z² instead of 1 − A²: the same place, smaller errors where Z is small. The check still sees it.",
    "rows of W2 in reverse order": "dA is made with the hidden units in reverse order. W2 and b2 do not need dA, so they stay right.",
    "mean of the loss forgotten": "All rows are wrong by one factor, the number of examples. The mistake lies at the very start, in dz.",
    "extra σ′ at the output": "All rows are wrong: s − y was taken for the slope by s and multiplied by s(1 − s). This was published.",
    "b1 averaged, not summed": "Only b1 is wrong: its own line, and nothing is computed from it.",
    "dW1 without the batch's last": "Only W1 is wrong: one example is missing from its sum.",
    "sign of the residual": "Every row has the relative error 2: the sign is flipped at the start.",
}  # fmt: skip
TABLE = Chart(
    (1e-12, 20),
    (-0.6, 4.1),
    title="relative error of each gradient",
    xlabel="relative error",
    xlog=True,
    ticks="x",
    left=16,
    width=400,
    height=300,
)
BAR = 1e-6  # between what differences can do (1e-10) and the least of the planted bugs (1e-2)


def loss(params: dict) -> float:
    """The mean cross-entropy."""
    z = (np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])[:, 0]
    return float(np.mean(np.logaddexp(0, z) - Y * z))


def backward(bug: str = "none") -> dict[str, np.ndarray]:
    """The gradient of every parameter, with one line spoilt."""
    p = PARAMS
    Z = X @ p["W1"] + p["b1"]
    A = np.tanh(Z)
    s = 1 / (1 + np.exp(-(A @ p["W2"] + p["b2"])))
    dz = (s - Y[:, None]) * (-1 if bug == "sign of the residual" else 1)
    if bug == "extra σ′ at the output":
        dz = dz * s * (1 - s)
    dz = dz if bug == "mean of the loss forgotten" else dz / len(Y)
    dA = dz @ (p["W2"][::-1] if bug == "rows of W2 in reverse order" else p["W2"]).T
    slope = {"slope of tanh forgotten": np.ones_like(A), "slope of tanh at Z, not A": 1 - Z**2}.get(bug, 1 - A**2)
    dZ = dA * slope
    keep = slice(None, -1) if bug == "dW1 without the batch's last" else slice(None)
    db1 = dZ.mean(axis=0) if bug == "b1 averaged, not summed" else dZ.sum(axis=0)
    return {"W1": X[keep].T @ dZ[keep], "b1": db1, "W2": A.T @ dz, "b2": dz.sum(axis=0)}


@lru_cache(maxsize=1)
def differences() -> dict[str, np.ndarray]:
    """The gradient by central differences, entry by entry."""
    found = {}
    for name, value in PARAMS.items():
        grad = np.zeros_like(value)
        for k in np.ndindex(value.shape):
            step = np.zeros_like(value)
            step[k] = 6e-6
            grad[k] = (loss({**PARAMS, name: value + step}) - loss({**PARAMS, name: value - step})) / 1.2e-5
        found[name] = grad
    return found


def errors(bug: str) -> dict[str, float]:
    """The relative error ‖a − b‖/max(‖a‖, ‖b‖) of every parameter's gradient."""
    ours = backward(bug)
    return {
        name: float(np.linalg.norm(ours[name] - true) / max(np.linalg.norm(ours[name]), np.linalg.norm(true)))
        for name, true in differences().items()
    }


def draw(axes, bug: str) -> None:
    """One bar for each parameter, in the order of the way back."""
    for row, (name, error) in enumerate(errors(bug).items()):
        wrong = error > BAR
        axes[0].fill(
            [1e-12, error, error, 1e-12], [row - 0.22, row - 0.22, row + 0.12, row + 0.12], color=ORANGE if wrong else BLUE, alpha=0.85
        )
        note(axes[0], f"d{name}: {number(error, 2)}  {'wrong' if wrong else 'right'}", (1e-12, row + 0.12), (4, 10))
    note(axes[0], f"planted: {bug}", (20, 3.85), (-4, 0), ha="right")
    axes[0].plot([BAR, BAR], [-0.6, 3.7], color=INK, linestyle="--", linewidth=1.5)


def describe(bug: str) -> Description:
    """The words of a state."""
    found = errors(bug)
    cells = tuple((((ORANGE, "--") if error > BAR else (BLUE, "-")), f"d{name}", number(error, 2)) for name, error in found.items())
    wrong = [name for name, error in found.items() if error > BAR]
    labels = (
        f"gradient check with the bug: {bug}. Wrong: {', '.join(wrong) or 'none'}; right: {', '.join(n for n in found if n not in wrong) or 'none'}",
    )
    return Description(labels, cells, told(BUGS[bug], lambda: TRUE_OF[bug](found)))


def _wrong(*names: str):
    """Whether exactly these rows are wrong."""
    return lambda found: {name for name, error in found.items() if error > BAR} == set(names)


def _slopes_differ_more_where_Z_is_large() -> bool:
    """Between 1 − Z² and 1 − A²."""
    Z = np.sort(np.abs(X @ PARAMS["W1"] + PARAMS["b1"]).ravel())
    return bool(np.all(np.diff(Z**2 - np.tanh(Z) ** 2) >= 0))


def _one_factor(found: dict) -> bool:
    """Whether every gradient is the true one times the number of examples."""
    ours = backward("mean of the loss forgotten")
    return all(np.allclose(ours[name], len(Y) * true, rtol=1e-6) for name, true in differences().items())


TRUE_OF = {  # when each sentence is true: read off the table, or off the gradients themselves
    "none": _wrong(),
    "slope of tanh forgotten": _wrong("W1", "b1"),
    "slope of tanh at Z, not A": lambda found: _wrong("W1", "b1")(found) and _slopes_differ_more_where_Z_is_large(),
    "rows of W2 in reverse order": _wrong("W1", "b1"),
    "mean of the loss forgotten": lambda found: _wrong(*PARAMS)(found) and _one_factor(found),
    "extra σ′ at the output": _wrong(*PARAMS),
    "b1 averaged, not summed": _wrong("b1"),
    "dW1 without the batch's last": _wrong("W1"),
    "sign of the residual": lambda found: all(abs(error - 2) < 1e-6 for error in found.values()),
}


def bug_lab(bug: str = "none"):
    """Plant one mistake in a backward pass and read from the table where it lies.

    What to find out: which rows stay right, and what does that say about the place of the mistake?
    """
    return scene(bug).explorer()


def scene(bug: str = "none") -> Scene:
    """The scene of the explorer."""
    return Scene(
        "bugs", (Control("bug", "planted mistake", "one changed line", tuple(BUGS), bug, str, "toggle"),), (TABLE,), draw, describe,
        presets=(Preset("all right", "no mistake", {}), Preset("in the middle", "at the tanh", {"bug": "slope of tanh forgotten"}), Preset("published", "at the output", {"bug": "extra σ′ at the output"})),
        goal=Goal("find a mistake that spoils the gradient of one parameter only.", lambda bug: sum(error > BAR for error in errors(bug).values()) == 1),
        prints=tuple({"bug": name} for name in BUGS),
    )  # fmt: skip
