"""The layout explorer: how many outputs and inputs, and which of them are the rows (W5b)."""

from __future__ import annotations

from . import layout_picture as picture
from .own import counts
from .scene import Control, Preset, Scene


def layout_explorer(m: int = 2, n: int = 3):
    """Choose how many outputs and inputs there are, flip the layout, and watch the shape.

    `m` outputs (1 to 4) and `n` inputs (1 to 5): those of any function of yours that fit into the picture.
    What to find out: when can the shape tell the two layouts apart, and when not?
    """
    return scene(m, n).explorer()


def scene(m: int = 2, n: int = 3) -> Scene:
    """The description of the explorer, for tests."""
    counts((1, 2, 3, 4), m, "m", 4), counts((1, 2, 3, 4, 5), n, "n", 5)

    def draw(axes, cell, m, n, layout):
        picture.draw(axes[0], cell, m, n, layout)

    return Scene(
        "layout",
        (
            Control("cell", "entry", "walk through the partial derivatives", tuple(range(20)), 1, lambda v: str(v + 1)),
            Control("m", "outputs m", "rows of the numerator layout", (1, 2, 3, 4), m, str),
            Control("n", "inputs n", "columns of the numerator layout", (1, 2, 3, 4, 5), n, str),
            Control("layout", "layout", "which come first", picture.LAYOUTS, picture.LAYOUTS[0], str, "toggle"),
        ),
        (picture.SPACE,), draw, picture.tell,
        presets=(
            Preset("2 × 3", "a shape that tells", {"m": 2, "n": 3}), Preset("2 × 2", "a shape that does not tell", {"m": 2, "n": 2, "layout": picture.LAYOUTS[1]}),
            Preset("a gradient", "one output", {"m": 1, "n": 4}),
        ),
        prints=({}, {"layout": picture.LAYOUTS[1]}, {"m": 2, "n": 2, "layout": picture.LAYOUTS[1]}),
    )  # fmt: skip
