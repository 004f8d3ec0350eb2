"""A learner's matrix of the heavy ball, or what it leaves in the long run: a layer of the momentum map."""

from __future__ import annotations

import numpy as np

from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(step: float, beta: float) -> dict:
    """What a learner's function may take: η and a curvature λ whose product is `step`, and β."""
    return {"eta": step, "lam": 1.0, "beta": beta}


def beside(one, answer, eta: float, beta: float, kappa: float, radius) -> Beside:
    """A matrix is that of the walls, and its eigenvalues are drawn; a number is what a step leaves there, and it is asked for the floor too."""
    if np.shape(answer) == (2, 2):
        mine = numbers(answer, (2, 2), one.name)
        z = np.linalg.eigvals(mine.astype(complex))

        def mark(axes) -> None:
            axes[1].plot(z.real, z.imag, color=PURPLE, linestyle="", marker="D", markersize=11, markerfacecolor="none")
            note(axes[1], "yours", (z.real[0], z.imag[0]), (8, 12))

        return Beside("matrix of the walls", mine, np.array([[1 + beta - eta, -beta], [1.0, 0.0]]), mark, 1e-9, 1e-12)
    floor = one.ask(("floor", eta, beta, kappa), lambda: offer(eta / kappa, beta))
    both = np.array([float(numbers(part, (), one.name)) for part in (floor, answer)])

    def draw(axes) -> None:
        turn = np.linspace(0, 2 * np.pi, 60)
        axes[1].plot(both[1] * np.cos(turn), both[1] * np.sin(turn), color=PURPLE, linewidth=3.5)
        note(axes[1], "yours, walls", (0, both[1]), (0, 12), ha="center")

    # where both eigenvalues meet, a rounding shows by its root
    return Beside("rates of floor and walls", both, np.array([radius(eta / kappa, beta), radius(eta, beta)], dtype=float), draw, 1e-6, 3e-7)
