"""The landscape explorer: step along a path, choose a landscape and a start (W9d)."""

from __future__ import annotations

from . import landscape_picture as picture
from .own import Plane, counts, finite
from .scene import Control, Preset, Scene

SHOWN = tuple(range(0, 21)) + tuple(range(25, 205, 5))


def landscape_explorer(f=None, gradient=None, start=(1.0, 1.0), eta: float = 0.1, step: int = 20):
    """Follow gradient descent to where it ends: a saddle, a long valley, no minimum at all, one of two.

    `f` is any function of a vector of length 2 (or of two numbers), `gradient` takes the same and returns shape (2,); without it
    ∇f is measured by central differences. `start` is the first point, shape (2,), `eta` the learning rate; both belong to an own
    f and change nothing in the menu. `step` is how far along the path, 0 to 200. What to find out: does a zero gradient mean a minimum, and does every path arrive somewhere?
    """
    return scene(step, f, gradient, start, eta).explorer()


def scene(step: int = 20, f=None, gradient=None, start=(1.0, 1.0), eta: float = 0.1) -> Scene:
    """The description of the explorer, for tests."""
    landscapes = tuple(picture.LANDSCAPES)
    shown = SHOWN if step in SHOWN else counts(SHOWN, step, "step", picture.STEPS)
    if f is not None:
        begin = tuple(float(c) for c in finite(start, "start", (2,)))
        landscapes = (picture.own(Plane(f, gradient, begin), begin, float(finite(eta, "eta", ()))), *landscapes)

    def draw(axes, step, landscape, start):
        picture.draw_path(axes, landscape, start, step)

    def named(value):
        return value if f is None else dict(zip(picture.STARTS, ("your start", "0.1 to the right", "0.1 up")))[value]

    def still(axes, landscape, start):
        picture.draw_map(axes[0], landscape)

    return Scene(
        "landscape",
        (
            Control("step", "step", "how far along the path", shown, step, str),
            Control("landscape", "f", "which landscape", landscapes, landscapes[0], str, "menu"),
            Control("start", "start", "where it begins", picture.STARTS, picture.STARTS[0], named, "toggle"),
        ),
        lambda landscape, start: (picture.map_panel(landscape), picture.height_panel(landscape)), draw, picture.tell, still,
        presets=(Preset("the start", "no step yet", {"step": 0}), Preset("200 steps", "where it ends", {"step": 200})) if f is not None else (
            Preset("stuck on a saddle", "from the ridge", {"step": 100}), Preset("off the saddle", "from beside the ridge", {"step": 150, "start": "beside it"}),
            Preset("no minimum", "2x³ + 5 from −0.1", {"landscape": landscapes[2], "start": "beside it", "step": 40}),
            Preset("Rosenbrock", "along a curved floor", {"landscape": landscapes[1], "step": 200}),
        ),
        prints=({}, {"step": 200}) if f is not None else ({"step": 100}, {"step": 200, "start": "beside it"}, {"landscape": landscapes[2], "start": "beside it", "step": 200}),
    )  # fmt: skip
