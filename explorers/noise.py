"""The mini-batch explorer: η and the batch size against the noise of the path (W9c)."""

from __future__ import annotations

from . import noise_picture as picture
from .scene import Control, Preset, Scene


def minibatch_explorer(eta: float = 0.3, size: int = 4):
    """Change η and the batch size, and watch the cloud around the minimum.

    What to find out: which two ways are there to make the cloud smaller, and what does each cost?
    """
    return scene(eta, size).explorer()


def scene(eta: float = 0.3, size: int = 4) -> Scene:
    """The description of the explorer, for tests."""
    return Scene(
        "noise",
        (Control("eta", "η", "the learning rate", picture.ETAS, eta), Control("size", "batch size", "examples in one step", picture.SIZES, size, str)),
        (picture.MAP, picture.LOSS), picture.draw, picture.tell, picture.draw_still,
        presets=(Preset("one example a step", "much noise", {"size": 1}), Preset("the full batch", "no noise", {"size": 64}), Preset("small steps", "less noise, more patience", {"size": 1, "eta": 0.05})),
        prints=({}, {"size": 1}, {"size": 64}, {"size": 1, "eta": 0.05}),
    )  # fmt: skip
