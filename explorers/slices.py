"""The slices explorer: a point on a surface, two cuts through it, and the step h (W3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from . import slices_picture as picture
from .digits import number, round_stops
from .own import Plane, finite, fitting, stops
from .scene import Control, Preset, Scene

PLACES = tuple(round(float(v), 1) for v in np.arange(-1.3, 1.31, 0.1))


def slices_explorer(f=None, gradient=None, x: float = 1.0, z: float = 1.0, h: float = 0.2):
    """Freeze one variable, and a surface becomes a curve: two cuts, each with its tangent and its secant.

    `f` is any function of a vector of length 2, or of two numbers x and z; `gradient` takes the same and returns both partial
    derivatives, shape (2,). Without it they are measured by central differences. Without `f` there is a menu. What to find out: which cut is steeper where, and what is a partial derivative in this picture?
    """
    return scene(x, z, h, f, gradient).explorer()


def _places(centre: float) -> tuple:
    """Where the cuts can be: the usual places, or as many around a point that lies elsewhere."""
    low, high = picture.window(centre)
    return PLACES if (low, high) == picture.SPAN else tuple(round(low + 0.2 + 0.1 * k, 10) for k in range(27))


def scene(x: float = 1.0, z: float = 1.0, h: float = 0.2, f=None, gradient=None) -> Scene:
    """The description of the explorer, for tests."""
    surfaces, menu = tuple(picture.SURFACES), tuple(picture.SURFACES)
    x, z, h = (float(finite(v, name, ())) for v, name in ((x, "x"), (z, "z"), (h, "h")))
    if h == 0:
        raise ValueError("h = 0 leaves one point on each cut, and through one point there is no secant; try h=0.01")
    if f is not None:
        surfaces = (picture.own(Plane(f, gradient, (x, z)), x, z), *menu)
    elif max(abs(x), abs(z)) > 1.4:  # the menu's own axes end at 1.5
        known = picture.SURFACES[menu[0]]
        lim = {"xlim": picture.window(x), "zlim": picture.window(z), "name": menu[0]}
        top = max(12.0, 1.3 * abs(float(known.f(x, z))))
        surfaces = (replace(known, ylim=(-top, top), **lim), *menu[1:])
    steps = stops(round_stops(0.01, 1), h)
    xs, zs = stops(_places(x), x), stops(_places(z), z)

    def draw(axes, h, x, z, surface):
        picture.draw_secants(axes, surface, x, z, h)

    def still(axes, x, z, surface):
        picture.draw_map(axes[0], surface, x, z)
        picture.draw_slices(axes[1:], surface, x, z)

    controls = (
            Control("h", "h", "the step of the secants", steps, h, lambda v: number(v, 3)),
            Control("x", "x", "where the cut along z is", xs, x), Control("z", "z", "where the cut along x is", zs, z),
            Control("surface", "f", "which function", surfaces, surfaces[0], str, "menu"),
    )  # fmt: skip
    presets = (
        Preset("x = z = 1", "which slice is steeper?", {"x": 1.0, "z": 1.0}), Preset("flat", "x = 0: both partials vanish", {"x": 0.0, "z": 1.0}),
        Preset("a bowl", "at its side", {"surface": menu[1], "x": 0.5, "z": -1.0}),
    )  # fmt: skip
    if f is not None:
        presets = (Preset("back to the start", "your f where it began", {}),)
    return Scene(
        "slices", controls,
        lambda x, z, surface: (picture.map_panel(surface), *picture.slice_panels(surface)), draw, picture.tell, still,
        presets=fitting(presets, controls), prints=({},) if f is not None else fitting(({}, {"x": 0.5, "z": 1.0}, {"x": 0.0}), controls),
    )  # fmt: skip
