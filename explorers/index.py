"""The index explorer: wiggle an entry of X, see the entries of Y that answer, and the flattened matrix (W6)."""

from __future__ import annotations

from . import index_picture as picture
from .scene import Control, Preset, Scene


def index_explorer(j: int = 0):
    """Walk through the entries of X and watch which entries of Y answer.

    What to find out: where are the zeros, what pattern do they make, and which operation mixes the examples of a batch?
    """
    return scene(j).explorer()


def scene(j: int = 0) -> Scene:
    """The description of the explorer, for tests."""
    ops = tuple(picture.OPS)
    return Scene(
        "index",
        (
            Control("j", "entry of the input", "which input is wiggled", tuple(range(picture.COUNT)), j, lambda v: str(v + 1)),
            Control("op", "operation", "Y as a function of X", ops, ops[0], str, "menu"),
            Control("order", "flatten", "the order in which indices are laid out", picture.ORDERS, picture.ORDERS[0], str, "toggle"),
        ),
        picture.panels, picture.draw, picture.tell, picture.draw_spy,
        presets=(
            Preset("a batch", "examples do not mix", {"op": ops[3]}), Preset("mixed by the mean", "examples do mix", {"op": ops[6]}),
            Preset("shared weights", "by W", {"op": ops[1]}), Preset("a band", "a convolution", {"op": ops[7], "j": 2}),
        ),
        prints=({}, {"op": ops[1]}, {"op": ops[6]}),
    )  # fmt: skip
