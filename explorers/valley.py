"""The valley explorer: η instant, condition number and momentum beside it (W9b)."""

from __future__ import annotations

import numpy as np

from . import valley_picture as picture
from .digits import number
from .own import finite, stops
from .scene import Control, Preset, Scene

ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 4.01, 0.05))
KAPPAS = (1, 2, 5, 10, 20, 50, 100)
BETAS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def valley_explorer(A=None, eta: float | None = None, kappa: float = 20, beta: float = 0.0):
    """Find the best η of a valley by hand, then let momentum help.

    `A` is the matrix of any bowl f(θ) = θᵀAθ/2, shape (n, n), symmetric, of positive curvatures: the picture shows the plane of
    its flattest and its steepest direction, and η is told for its L. `eta` is the learning rate, `kappa` the condition number
    (A has its own), `beta` the momentum, from 0 to below 1. What to find out: which direction limits η, which one makes it slow,
    and how far β moves the edge.
    """
    return scene(eta, kappa, beta, A).explorer()


def scene(eta: float | None = None, kappa: float = 20, beta: float = 0.0, A=None) -> Scene:
    """The description of the explorer, for tests."""
    L = 1.0
    if A is not None:
        mu, L = picture.bowl(finite(A, "A", (-1,) * np.ndim(A)))
        kappa = L / mu
        kappa = round(kappa) if abs(kappa - round(kappa)) < 1e-9 * kappa else kappa
    if not 1 <= kappa < 1e12:
        raise ValueError(f"kappa is {kappa!r}. A condition number is the largest curvature over the least, so at least 1; try kappa=20.")
    if not 0 <= beta < 1:
        raise ValueError(f"beta is {beta!r}. It should be from 0 to below 1: with 1 the ball would never slow down; try beta=0.5.")
    # the picture is that of L = 1, so the slider holds η·L
    relative = 0.5 if eta is None else round(float(finite(eta, "eta", ())) * L, 12)
    if not relative > 0:
        raise ValueError(f"eta is {eta!r}. It should be greater than 0, or no step is taken; try eta={0.5 / L:.3g}.")
    etas, kappas, betas = stops(ETAS, relative), stops(KAPPAS, kappa), stops(BETAS, beta)

    def draw(axes, eta, kappa, beta):
        picture.draw_path(axes, eta, kappa, beta)

    def still(axes, kappa, beta):
        picture.draw_map(axes[0], kappa)
        picture.draw_ghost(axes, kappa)

    return Scene(
        "valley",
        (
            Control("eta", "η", "the learning rate", etas, relative, lambda v: number(v / L, 4)),
            Control("kappa", "κ", "the condition number", kappas, kappa, lambda v: number(v, 5)), Control("beta", "β", "momentum", betas, beta),
        ),
        (picture.MAP, picture.LOSS), draw, lambda eta, kappa, beta: picture.tell(eta, kappa, beta, L), still,
        presets=(Preset("back to the start", "your bowl", {}), Preset("the edge", "η = 2/L", {"eta": 2.0, "beta": 0.0})) if A is not None else (
            Preset("round", "κ = 1, η = 1", {"kappa": 1, "eta": 1.0}), Preset("best plain η", "κ = 20: 2/(L + μ)", {"kappa": 20, "eta": 1.9}),
            Preset("the edge", "η = 2/L", {"eta": 2.0}), Preset("beyond", "η = 2.1/L", {"eta": 2.1}),
            Preset("with momentum", "κ = 20, near the best η and β", {"kappa": 20, "eta": 2.65, "beta": 0.4}),
        ),
        prints=({}, {"eta": 2.0}) if A is not None else ({}, {"eta": 1.9}, {"eta": 2.0}, {"eta": 2.1}, {"eta": 2.65, "beta": 0.4}),
    )  # fmt: skip
