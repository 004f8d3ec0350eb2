"""A learner's step of Adam, taken again and again down the valley: a layer of the Adam explorer."""

from __future__ import annotations

from functools import partial

import numpy as np

from ..drawing.yours import draw_line
from ..inputs.yours import numbers
from ..widgets.yours import Beside

STEPS = 100


def offer(A: np.ndarray, theta: np.ndarray, m: np.ndarray, v: np.ndarray, t: int, eta: float) -> dict:
    """What a learner's function may take in step t, by the names of the exercise."""
    return {"theta": theta.copy(), "g": A @ theta, "m": m.copy(), "v": v.copy(), "t": t, "eta": eta}


def beside(one, first, A: np.ndarray, start: np.ndarray, eta: float, right: np.ndarray, losses) -> Beside:
    """The first steps of its path from `start`, beside those of `right`, compared where they are furthest apart. `first` is what step 1
    returned, ``losses(points)`` the loss along a path."""
    points, answer = [start], first
    for t in range(1, STEPS + 1):
        theta, m, v = _three(one, answer)
        points.append(theta)
        if t < STEPS:
            answer = one.ask(("step", eta, A.tobytes(), t), partial(offer, A, theta, m, v, t + 1, eta))
    mine, true = np.array(points), right[: STEPS + 1]
    worst = STEPS if np.allclose(mine, true, rtol=1e-6, atol=1e-9) else int(np.argmax(np.abs(mine - true).max(axis=1)))

    def draw(axes) -> None:
        draw_line(axes[0], *np.clip(mine, -1e6, 1e6).T, at=min(10, STEPS), offset=(6, 10), ha="left")
        draw_line(axes[1], np.arange(STEPS + 1), np.clip(losses(mine), 1e-12, 1e6), offset=(6, 10), ha="left")

    return Beside(f"point after {worst} step{'s' * (worst != 1)}", mine[worst], true[worst], draw, 1e-6, 1e-9)


def _three(one, answer) -> list[np.ndarray]:
    """The new theta, m and v."""
    return list(numbers(answer, (3, 2), one.name))
