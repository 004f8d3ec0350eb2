"""The float ruler: where the floats lie around a number (W0)."""

from __future__ import annotations

from . import ruler_picture as picture
from .digits import number, power_of_ten
from .own import finite
from .scene import Control, Preset, Scene


def float_ruler(x: float | None = None, exponent: int = 0, format: str = "float64"):
    """Move x over powers of ten and watch the distance to the next float.

    `x` is any number from 0.0001 to 10000 of your own, or 10 to the power of `exponent`, −4 to 4; `format` is "float64",
    "float32" or "float16". What to find out: what stays nearly the same while the gap grows?
    """
    return scene(exponent, format, x).explorer()


def scene(exponent: float = 0, format: str = "float64", x: float | None = None) -> Scene:
    """The description of the explorer, for tests."""
    if format not in picture.FORMATS:
        raise ValueError(f"format is {format!r}. It should be one of {', '.join(map(repr, picture.FORMATS))}.")
    exponents, own = picture.EXPONENTS, None
    if x is not None:
        own = picture.Number(float(finite(x, "x", ())))
        if not 1e-4 <= own.x <= 1e4:
            raise ValueError(
                f"x is {own.x:g}. It should be from 0.0001 to 10000, where all three formats have their digits; for −x the ruler looks the same."
            )
        exponents, exponent = tuple(sorted((*exponents, own), key=picture.value_of)), own
    return Scene(
        "ruler",
        (Control("exponent", "x", "a power of ten" if own is None else "a power of ten, or your number", exponents, exponent, lambda v: number(v.x) if v is own else power_of_ten(v)),
         Control("format", "floats", "how many digits a number has", tuple(picture.FORMATS), format, str, "toggle")),
        (picture.RULER, picture.GAPS), picture.draw, picture.tell,
        lambda axes, format: picture.draw_gaps(axes[1]),
        presets=(Preset("at 1", "the gap is ε", {}), Preset("at 1000", "farther apart", {"exponent": 3}), Preset("float16", "three digits", {"exponent": 0, "format": "float16"})),
        prints=({}, {"exponent": 3}, {"exponent": -3}, {"format": "float32"}, {"format": "float16"}),
    )  # fmt: skip
