"""The depth explorer: layers, activation and starting scale against the size of the gradient (W7c)."""

from __future__ import annotations

from . import depth_picture as picture
from .scene import Control, Preset, Scene


def depth_explorer(layers: int = 10, activation: str = "sigmoid"):
    """Add layers and watch the gradient on its way back.

    What to find out: how much is left after 20 sigmoid layers, and which activation and scale keep it level?
    """
    return scene(layers, activation).explorer()


def scene(layers: int = 10, activation: str = "sigmoid") -> Scene:
    """The description of the explorer, for tests."""
    return Scene(
        "depth",
        (
            Control("layers", "layers", "how deep the network is", tuple(range(1, picture.MOST + 1)), layers, str),
            Control("activation", "activation", "after each layer", tuple(picture.ACTIVATIONS), activation, str, "toggle"),
            Control("scale", "weights", "the variance at the start", tuple(picture.SCALES), "variance 1/n", str, "menu"),
        ),
        (picture.BARS,), picture.draw, picture.tell,
        presets=(
            Preset("20 sigmoid layers", "what is left?", {"layers": 20}), Preset("relu, level", "20 layers, variance 2/n", {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
            Preset("exploding", "relu with large weights", {"layers": 20, "activation": "relu", "scale": "large: 6/n"}),
        ),
        prints=({}, {"layers": 20}, {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
    )  # fmt: skip
