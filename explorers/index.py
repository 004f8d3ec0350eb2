"""The index explorer: wiggle an entry of X, see the entries of Y that answer, and the flattened matrix (W6)."""

from __future__ import annotations

import numpy as np

from . import index_picture as picture
from .own import array_map, counts, finite
from .scene import Control, Preset, Scene


def index_explorer(f=None, X=None, j: int = 0):
    """Walk through the entries of X and watch which entries of Y answer.

    `f` is any function of an array, looked at in `X`: up to 16 entries of any shape, and up to 24 entries of Y. Its entries come
    from a complex step, or from central differences where f takes no complex numbers. Without `f` there is a menu. `j` is the
    entry that is wiggled, counted from 0. What to find out: where are the zeros, what pattern do they make, and which operation mixes the examples of a batch?
    """
    return scene(j, f, X).explorer()


def scene(j: int = 0, f=None, X=None) -> Scene:
    """The description of the explorer, for tests."""
    ops, count = tuple(picture.OPS), picture.COUNT
    if X is not None and f is None:
        raise ValueError("X came without f. Give both, for example index_explorer(lambda X: X @ X.T, X=[[1.0, 2.0], [3.0, 4.0]]).")
    if f is not None:
        X = picture.X23 if X is None else finite(X, "X", (-1,) * np.ndim(X))
        name = array_map(f, X, picture.MOST_IN, picture.MOST_OUT)
        ops, count = (picture.own(name, f, X), *ops), max(picture.COUNT, X.size)
    if j != 0:
        counts((1,), int(j) + 1, "j + 1", count)
    return Scene(
        "index",
        (
            Control("j", "entry of the input", "which input is wiggled", tuple(range(count)), j, lambda v: str(v + 1)),
            Control("op", "operation", "Y as a function of X", ops, ops[0], str, "menu"),
            Control("order", "flatten", "the order in which indices are laid out", picture.ORDERS, picture.ORDERS[0], str, "toggle"),
        ),
        picture.panels, picture.draw, picture.tell, picture.draw_spy,
        presets=(Preset("back to the start", "your f", {}),) if f is not None else (
            Preset("a batch", "examples do not mix", {"op": ops[3]}), Preset("mixed by the mean", "examples do mix", {"op": ops[6]}),
            Preset("shared weights", "by W", {"op": ops[1]}), Preset("a band", "a convolution", {"op": ops[7], "j": 2}),
        ),
        prints=({},) if f is not None else ({}, {"op": ops[1]}, {"op": ops[6]}),
    )  # fmt: skip
