"""A learner's path beside gradient descent's, or the heavy ball's: a layer of the landscape, of the valley and of the η explorer."""

from __future__ import annotations

import numpy as np

from ..inputs.yours import numbers
from ..widgets.yours import Beside

FAR = 1e6  # what lies further out is drawn at this distance: a wrong sign runs away fast


def offer(grad, f, points: np.ndarray, eta: float, beta: float = 0.0, A=None) -> dict:
    """What a learner's function may take, by the course's names; `points` is the true path, shape (n + 1, ...)."""
    n, start = len(points) - 1, points[0]
    return {"grad": grad, "f": f, "theta0": start.copy(), "theta": start.copy(), "eta": eta, "beta": beta, "n_steps": n, "t": n,
            **({} if A is None else {"A": A})}  # fmt: skip


def beside(one, answer, points: np.ndarray, draw) -> Beside:
    """The path that it returned, compared where it is furthest from `points`; who takes t returns the last point alone.

    ``draw(axes, path)`` draws it.
    """
    last = "t" in one.parameters
    true = points[-1:] if last else points
    mine = numbers(answer, true.shape[1:] if last else true.shape, one.name).reshape(true.shape)
    apart = np.abs(mine - true).reshape(len(true), -1).max(axis=1)
    agrees = np.allclose(mine, true, rtol=1e-6, atol=(atol := 1e-9 * (1 + float(np.abs(true).max()))))
    worst = len(apart) - 1 if agrees else int(np.argmax(apart))
    step = len(points) - 1 if last else worst
    given, wanted = (np.squeeze(path[worst]) for path in (mine, true))
    return Beside(f"point after {step} step{'s' * (step != 1)}", given, wanted, lambda axes: draw(axes, np.clip(mine, -FAR, FAR)), 1e-6, atol)  # fmt: skip
