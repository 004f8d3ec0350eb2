"""The slices explorer: a point on a surface, two cuts through it, and the step h (W3)."""

from __future__ import annotations

import numpy as np

from . import slices_picture as picture
from .digits import number, round_stops
from .scene import Control, Preset, Scene

PLACES = tuple(round(float(v), 1) for v in np.arange(-1.3, 1.31, 0.1))


def slices_explorer(x: float = 1.0, z: float = 1.0, h: float = 0.2):
    """Freeze one variable, and a surface becomes a curve: two cuts, each with its tangent and its secant.

    What to find out: which cut is steeper where, and what is a partial derivative in this picture?
    """
    return scene(x, z, h).explorer()


def scene(x: float = 1.0, z: float = 1.0, h: float = 0.2) -> Scene:
    """The description of the explorer, for tests."""
    surfaces = tuple(picture.SURFACES)

    def draw(axes, h, x, z, surface):
        picture.draw_secants(axes, surface, x, z, h)

    def still(axes, x, z, surface):
        picture.draw_map(axes[0], surface, x, z)
        picture.draw_slices(axes[1:], surface, x, z)

    return Scene(
        "slices",
        (
            Control("h", "h", "the step of the secants", tuple(round_stops(0.01, 1)), h, lambda v: number(v, 3)),
            Control("x", "x", "where the cut along z is", PLACES, x), Control("z", "z", "where the cut along x is", PLACES, z),
            Control("surface", "f", "which function", surfaces, surfaces[0], str, "menu"),
        ),
        lambda x, z, surface: (picture.MAP, *picture.slice_panels(surface)), draw, picture.tell, still,
        presets=(
            Preset("x = z = 1", "which slice is steeper?", {"x": 1.0, "z": 1.0}), Preset("flat", "x = 0: both partials vanish", {"x": 0.0, "z": 1.0}),
            Preset("a bowl", "at its side", {"surface": surfaces[1], "x": 0.5, "z": -1.0}),
        ),
        prints=({}, {"x": 0.5, "z": 1.0}, {"x": 0.0}),
    )  # fmt: skip
