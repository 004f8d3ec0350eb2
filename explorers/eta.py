"""The η explorer: a slider for the learning rate, instant, and one for the curvature (W9)."""

from __future__ import annotations

import numpy as np

from . import eta_picture as picture
from .scene import Control, Preset, Scene

# in units of 1/L, in steps of 0.05, with the edges where something changes met exactly
ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 2.41, 0.05))
CURVATURES = (0.5, 1.0, 2.0, 5.0, 10.0)


def eta_explorer(eta_L: float = 0.2, curvature: float = 2.0):
    """Watch the learning rate decide: creep, arrive, zig-zag, bounce, diverge.

    `eta_L` is η in units of 1/L (0.05 to 2.4), `curvature` is L. What to find out: where exactly does it stop converging, and
    what has that place to do with the curvature?
    """
    return scene(eta_L, curvature).explorer()


def scene(eta_L: float = 0.2, curvature: float = 2.0) -> Scene:
    """The description of the explorer, for tests."""

    def draw(axes, eta_L, curvature):
        picture.draw_path(axes[0], eta_L)
        picture.draw_loss(axes[1], eta_L)

    def still(axes, curvature):
        picture.draw_valley(axes[0])

    return Scene(
        "eta",
        (
            Control("eta_L", "η · L", "the learning rate, in units of 1/L", ETAS, eta_L),
            Control("curvature", "L", "the curvature of the valley", CURVATURES, curvature),
        ),
        (picture.VALLEY, picture.LOSS), draw, picture.tell, still,
        presets=(
            Preset("too small", "η = 0.1/L", {"eta_L": 0.1}), Preset("one step", "η = 1/L", {"eta_L": 1.0}),
            Preset("zig-zag", "η = 1.8/L", {"eta_L": 1.8}), Preset("the edge", "η = 2/L", {"eta_L": 2.0}),
            Preset("beyond", "η = 2.1/L", {"eta_L": 2.1}),
        ),
        prints=tuple({"eta_L": value} for value in (0.1, 1.0, 1.8, 2.0, 2.1)),
    )  # fmt: skip
