"""The float ruler: where the floats lie around a number (W0)."""

from __future__ import annotations

from . import ruler_picture as picture
from .digits import power_of_ten
from .scene import Control, Preset, Scene


def float_ruler(exponent: int = 0, format: str = "float64"):
    """Move x over powers of ten and watch the distance to the next float.

    What to find out: what stays nearly the same while the gap grows?
    """
    return scene(exponent, format).explorer()


def scene(exponent: int = 0, format: str = "float64") -> Scene:
    """The description of the explorer, for tests."""
    return Scene(
        "ruler",
        (Control("exponent", "x", "a power of ten", picture.EXPONENTS, exponent, power_of_ten),
         Control("format", "floats", "how many digits a number has", tuple(picture.FORMATS), format, str, "toggle")),
        (picture.RULER, picture.GAPS), picture.draw, picture.tell,
        lambda axes, format: picture.draw_gaps(axes[1]),
        presets=(Preset("at 1", "the gap is ε", {}), Preset("at 1000", "farther apart", {"exponent": 3}), Preset("float16", "three digits", {"exponent": 0, "format": "float16"})),
        prints=({}, {"exponent": 3}, {"exponent": -3}, {"format": "float32"}, {"format": "float16"}),
    )  # fmt: skip
