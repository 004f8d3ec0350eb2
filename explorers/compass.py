"""The compass: turn a direction, and see the slope along it (W4a)."""

from __future__ import annotations

import numpy as np

from . import compass_picture as picture
from .own import Plane, finite, stops
from .scene import Control, Preset, Scene


def compass_explorer(f=None, gradient=None, x=(1.0, 1.0), v=None, angle: float = 0):
    """Turn the direction v and watch the slope along it.

    `f` is any function of a vector of length 2 (or of two numbers), looked at in the point `x`, shape (2,); `gradient` takes the
    same and returns shape (2,). Without it ∇f is measured by central differences. `angle` is the direction in degrees, or `v` a
    vector that points there, shape (2,); its length does not count. Without `f` there is a menu. What to find out: in which direction is the slope largest, how large is it there, and where is it zero?
    """
    return scene(angle, f, gradient, x, v).explorer()


def scene(angle: float = 0, f=None, gradient=None, x=(1.0, 1.0), v=None) -> Scene:
    """The description of the explorer, for tests."""
    fields = menu = tuple(picture.FIELDS)
    if v is not None:
        v = finite(v, "v", (2,))
        if not v.any():
            raise ValueError("v is the zero vector, which has no direction; try v=(1.0, 0.0)")
        angle = float(np.degrees(np.arctan2(v[1], v[0])))
    angle = float(finite(angle, "angle", ())) % 360
    angle = round(angle) if abs(angle - round(angle)) < 1e-9 else angle
    angles = stops(picture.ANGLES, angle % 360)
    if f is not None:
        point = tuple(float(c) for c in finite(x, "x", (2,)))
        plane = Plane(f, gradient, point)
        fields = (picture.Own(plane, point, plane.smooth(*point)), *menu)

    def draw(axes, angle, field):
        picture.draw_v(axes, field, angle)

    def still(axes, field):
        picture.draw_map(axes[0], field)
        picture.draw_cosine(axes[1], field)

    return Scene(
        "compass",
        (Control("angle", "direction of v", "the direction in degrees", angles, angle % 360, lambda v: f"{v:.4g}°"),
         Control("field", "f", "which function, at which point", fields, fields[0], str, "menu")),
        lambda field: (picture.map_panel(field), picture.slope_panel(field)), draw, picture.tell, still,
        presets=(Preset("back to the start", "your f, and v where it began", {}),) if f is not None else (
            Preset("along ∇f", "the plane's gradient (1, 2) points to 65 degrees, nearly", {"field": fields[1], "angle": 65}),
            Preset("along the contour", "at right angles to it", {"field": fields[1], "angle": 335}),
            Preset("no gradient", "the centre of a saddle", {"field": fields[3]}),
        ),
        prints=({}, {"angle": 90}) if f is not None else ({"angle": 0}, {"angle": 90}, {"field": fields[1], "angle": 65}),
    )  # fmt: skip
