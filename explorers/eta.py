"""The η explorer: a slider for the learning rate, instant, and one for the curvature (W9)."""

from __future__ import annotations

import numpy as np

from . import eta_own
from . import eta_picture as picture
from .digits import number
from .own import finite, of_one_number, stops
from .scene import Control, Preset, Scene

# in units of 1/L, in steps of 0.05, with the edges where something changes met exactly
ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 2.41, 0.05))
CURVATURES = (0.5, 1.0, 2.0, 5.0, 10.0)


def eta_explorer(f=None, fprime=None, start: float = -1.0, eta: float | None = None, eta_L: float = 0.2, curvature: float = 2.0):
    """Watch the learning rate decide: creep, arrive, zig-zag, bounce, diverge.

    `f` is any function of one number, `fprime` its derivative (measured by central differences without), `start` the first θ and
    `eta` the learning rate. Without `f` it is the parabola of curvature `curvature` (L), and `eta_L` is η in units of 1/L. What to find out: where exactly does it stop converging, and
    what has that place to do with the curvature?
    """
    return (scene(eta_L, curvature) if f is None else own_scene(f, fprime, start, eta)).explorer()


def own_scene(f, fprime=None, start: float = -1.0, eta: float | None = None) -> Scene:
    """The description of the explorer for a learner's own f, for tests."""
    start = float(finite(start, "start", ()))
    fprime = f.derivative if fprime is None and getattr(f, "d", "") else fprime
    of_one_number(f, start, start - 1.5, start + 1.5)
    if fprime is not None:
        of_one_number(fprime, start, start - 1.5, start + 1.5, name="fprime")
    line = eta_own.Line(f, fprime, start)
    curvature = line.curvature()
    if eta is None:  # what would suit a parabola as strongly curved as f at the start
        eta = float(f"{0.5 / curvature:.1g}") if np.isfinite(curvature) and curvature > 1e-9 else 0.1
    eta = float(finite(eta, "eta", ()))
    if not eta > 0:
        raise ValueError(f"eta is {eta:g}. It should be greater than 0, or no step is taken; try eta=0.1.")
    etas = stops(tuple(float(f"{eta * factor:.4g}") for factor in eta_own.FACTORS), eta)
    panels = eta_own.panels(line, etas)
    return Scene(
        "eta", (Control("eta", "η", "the learning rate", etas, eta, lambda v: number(v, 4)),), panels,
        lambda axes, eta: eta_own.draw_path(axes, line, eta), lambda eta: eta_own.tell(line, eta),
        lambda axes: eta_own.draw_curve(axes[0], line, panels[0].xlim),
        presets=(Preset("back to the start", "the η it began with", {}), Preset("smallest", "a twentieth of it", {"eta": etas[0]}), Preset("largest", "more than twice as large", {"eta": etas[-1]})),
        prints=({}, {"eta": etas[0]}, {"eta": etas[-1]}),
    )  # fmt: skip


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
