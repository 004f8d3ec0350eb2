"""The compass: turn a direction, and see the slope along it (W4a)."""

from __future__ import annotations

from . import compass_picture as picture
from .scene import Control, Preset, Scene


def compass_explorer(angle: int = 0):
    """Turn the direction v and watch the slope along it.

    What to find out: in which direction is the slope largest, how large is it there, and where is it zero?
    """
    return scene(angle).explorer()


def scene(angle: int = 0) -> Scene:
    """The description of the explorer, for tests."""
    fields = tuple(picture.FIELDS)

    def draw(axes, angle, field):
        picture.draw_v(axes, field, angle)

    def still(axes, field):
        picture.draw_map(axes[0], field)
        picture.draw_cosine(axes[1], field)

    return Scene(
        "compass",
        (Control("angle", "direction of v", "the direction in degrees", picture.ANGLES, angle, lambda v: f"{v}°"),
         Control("field", "f", "which function, at which point", fields, fields[0], str, "menu")),
        lambda field: (picture.MAP, picture.slope_panel(field)), draw, picture.tell, still,
        presets=(
            Preset("along ∇f", "the plane's gradient (1, 2) points to 65 degrees, nearly", {"field": fields[1], "angle": 65}),
            Preset("along the contour", "at right angles to it", {"field": fields[1], "angle": 335}),
            Preset("no gradient", "the centre of a saddle", {"field": fields[3]}),
        ),
        prints=({"angle": 0}, {"angle": 90}, {"field": fields[1], "angle": 65}),
    )  # fmt: skip
