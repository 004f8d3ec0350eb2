"""The valley explorer: η instant, condition number and momentum beside it (W9b)."""

from __future__ import annotations

import numpy as np

from . import valley_picture as picture
from .scene import Control, Preset, Scene

ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 4.01, 0.05))
KAPPAS = (1, 2, 5, 10, 20, 50, 100)
BETAS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def valley_explorer(eta: float = 0.5, kappa: int = 20, beta: float = 0.0):
    """Find the best η of a valley by hand, then let momentum help.

    What to find out: which direction limits η, which one makes it slow, and how far β moves the edge.
    """
    return scene(eta, kappa, beta).explorer()


def scene(eta: float = 0.5, kappa: int = 20, beta: float = 0.0) -> Scene:
    """The description of the explorer, for tests."""

    def draw(axes, eta, kappa, beta):
        picture.draw_path(axes, eta, kappa, beta)

    def still(axes, kappa, beta):
        picture.draw_map(axes[0], kappa)
        picture.draw_ghost(axes, kappa)

    return Scene(
        "valley",
        (
            Control("eta", "η", "the learning rate, with L = 1", ETAS, eta), Control("kappa", "κ", "the condition number", KAPPAS, kappa),
            Control("beta", "β", "momentum", BETAS, beta),
        ),
        (picture.MAP, picture.LOSS), draw, picture.tell, still,
        presets=(
            Preset("round", "κ = 1, η = 1", {"kappa": 1, "eta": 1.0}), Preset("best plain η", "κ = 20: 2/(L + μ)", {"kappa": 20, "eta": 1.9}),
            Preset("the edge", "η = 2/L", {"eta": 2.0}), Preset("beyond", "η = 2.1/L", {"eta": 2.1}),
            Preset("with momentum", "κ = 20, near the best η and β", {"kappa": 20, "eta": 2.65, "beta": 0.4}),
        ),
        prints=({}, {"eta": 1.9}, {"eta": 2.0}, {"eta": 2.1}, {"eta": 2.65, "beta": 0.4}),
    )  # fmt: skip
