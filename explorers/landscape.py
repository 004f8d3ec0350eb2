"""The landscape explorer: step along a path, choose a landscape and a start (W9d)."""

from __future__ import annotations

from . import landscape_picture as picture
from .scene import Control, Preset, Scene

SHOWN = tuple(range(0, 21)) + tuple(range(25, 205, 5))


def landscape_explorer(step: int = 20):
    """Follow gradient descent to where it ends: a saddle, a long valley, no minimum at all, one of two.

    What to find out: does a zero gradient mean a minimum, and does every path arrive somewhere?
    """
    return scene(step).explorer()


def scene(step: int = 20) -> Scene:
    """The description of the explorer, for tests."""
    landscapes = tuple(picture.LANDSCAPES)

    def draw(axes, step, landscape, start):
        picture.draw_path(axes, landscape, start, step)

    def still(axes, landscape, start):
        picture.draw_map(axes[0], landscape)

    return Scene(
        "landscape",
        (
            Control("step", "step", "how far along the path", SHOWN, step, str),
            Control("landscape", "f", "which landscape", landscapes, landscapes[0], str, "menu"),
            Control("start", "start", "where it begins", picture.STARTS, picture.STARTS[0], str, "toggle"),
        ),
        lambda landscape, start: (picture.map_panel(landscape), picture.HEIGHT), draw, picture.tell, still,
        presets=(
            Preset("stuck on a saddle", "from the ridge", {"step": 100}), Preset("off the saddle", "from beside the ridge", {"step": 150, "start": "beside it"}),
            Preset("no minimum", "2x³ + 5 from −0.1", {"landscape": landscapes[2], "start": "beside it", "step": 40}),
            Preset("Rosenbrock", "along a curved floor", {"landscape": landscapes[1], "step": 200}),
        ),
        prints=({"step": 100}, {"step": 200, "start": "beside it"}, {"landscape": landscapes[2], "start": "beside it", "step": 200}),
    )  # fmt: skip
