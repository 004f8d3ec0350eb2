"""The linear-map explorer: a square shrinks until its image is the parallelogram of the Jacobian (W5)."""

from __future__ import annotations

from . import linear_map_picture as picture
from .own import finite, map_of_a_point
from .scene import Control, Preset, Scene


def linear_map_explorer(f=None, jacobian=None, x=(1.0, 1.0), side: float = 0.7, spot: str = "first point"):
    """Shrink a square of inputs and watch its image become the parallelogram of the Jacobian.

    `f` is any map of a vector of length 2 (or of two numbers) to two numbers, or a matrix of shape (2, 2); the square has its
    corner at `x`, shape (2,), and sides of length `side`. `jacobian` takes the same as f and returns shape (2, 2), one row for
    each output; without it J is measured by central differences. Without `f` there is a menu. What to find out: what is the area of the image over that of the square, and what has det J to do with it?
    """
    return scene(spot, f, jacobian, x, side).explorer()


def scene(spot: str = "first point", f=None, jacobian=None, x=(1.0, 1.0), side: float = 0.7) -> Scene:
    """The description of the explorer, for tests."""
    maps = tuple(picture.MAPS)
    side = float(finite(side, "side", ()))
    if not 1e-3 <= side <= 4:
        raise ValueError(f"side is {side:g}. It should be from 0.001 to 4; try side=0.7.")
    sides = tuple(sorted({*picture.SIDES, side}, reverse=True))
    if f is not None:
        at = tuple(float(c) for c in finite(x, "x", (2,)))
        if callable(f):
            f, J, name, measured = map_of_a_point(f, jacobian, at)
        else:
            matrix = finite(f, "f, which is not a function,", (2, 2))
            f, J, name, measured = lambda a, b: matrix @ (a, b), lambda a, b: matrix, "your matrix", False
        maps = (picture.own(name, f, J, at, measured), *maps)

    return Scene(
        "linear-map",
        (
            Control("side", "side of the square", "the smaller, the straighter", sides, side),
            Control("map", "map", "which map of the plane", maps, maps[0], str, "menu"),
            Control("spot", "point", "where the square is", picture.SPOTS, spot, str, "toggle"),
        ),
        lambda map, spot: picture.panels(map),
        lambda axes, side, map, spot: picture.draw_patch(axes, map, side, spot), picture.tell,
        lambda axes, map, spot: picture.draw_grids(axes, map),
        presets=(Preset("back to the start", "your map where it began", {}), Preset("from near", "a small square", {"side": 0.01})) if f is not None else (
            Preset("r = 2: stretched", "the polar map", {"side": 0.2}), Preset("r = 0.5: squeezed", "the polar map", {"side": 0.2, "spot": "second point"}),
            Preset("folded flat", "det J = 0", {"map": maps[2], "spot": "second point"}), Preset("turned over", "det J < 0", {"map": maps[2], "spot": "third point", "side": 0.3}),
        ),
        prints=({}, {"side": 0.01}) if f is not None else ({}, {"side": 0.01}, {"side": 0.01, "spot": "second point"}, {"map": maps[2], "spot": "second point"}),
    )  # fmt: skip
