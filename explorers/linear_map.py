"""The linear-map explorer: a square shrinks until its image is the parallelogram of the Jacobian (W5)."""

from __future__ import annotations

from . import linear_map_picture as picture
from .scene import Control, Preset, Scene


def linear_map_explorer(spot: str = "first point"):
    """Shrink a square of inputs and watch its image become the parallelogram of the Jacobian.

    What to find out: what is the area of the image over that of the square, and what has det J to do with it?
    """
    return scene(spot).explorer()


def scene(spot: str = "first point") -> Scene:
    """The description of the explorer, for tests."""
    maps = tuple(picture.MAPS)

    return Scene(
        "linear-map",
        (
            Control("side", "side of the square", "the smaller, the straighter", picture.SIDES, 0.7),
            Control("map", "map", "which map of the plane", maps, maps[0], str, "menu"),
            Control("spot", "point", "where the square is", picture.SPOTS, spot, str, "toggle"),
        ),
        lambda map, spot: picture.panels(map),
        lambda axes, side, map, spot: picture.draw_patch(axes, map, side, spot), picture.tell,
        lambda axes, map, spot: picture.draw_grids(axes, map),
        presets=(
            Preset("r = 2: stretched", "the polar map", {"side": 0.2}), Preset("r = 0.5: squeezed", "the polar map", {"side": 0.2, "spot": "second point"}),
            Preset("folded flat", "det J = 0", {"map": maps[2], "spot": "second point"}), Preset("turned over", "det J < 0", {"map": maps[2], "spot": "third point", "side": 0.3}),
        ),
        prints=({}, {"side": 0.01}, {"side": 0.01, "spot": "second point"}, {"map": maps[2], "spot": "second point"}),
    )  # fmt: skip
