"""The depth explorer: layers, activation and starting scale against the size of the gradient (W7c)."""

from __future__ import annotations

from . import depth_picture as picture
from .own import counts, of_one_number, title_of
from .scene import Control, Preset, Scene


def depth_explorer(layers: int = 10, activation="sigmoid", fprime=None):
    """Add layers and watch the gradient on its way back.

    `activation` is "sigmoid", "tanh", "relu", or any function of one number of yours, applied to every entry; `fprime` is its
    slope (a central difference without). `layers` is 1 to 30. What to find out: how much is left after 20 sigmoid layers, and which activation and scale keep it level?
    """
    return scene(layers, activation, fprime).explorer()


def scene(layers: int = 10, activation="sigmoid", fprime=None) -> Scene:
    """The description of the explorer, for tests."""
    counts((10,), layers, "layers", picture.MOST)
    activations = tuple(picture.ACTIVATIONS)
    if callable(activation):
        of_one_number(activation, 0.5, -3, 3, name="activation")
        if fprime is not None:
            of_one_number(fprime, 0.5, -3, 3, name="fprime")
        activation = picture.own(title_of(activation), activation, fprime)
        activations = (activation, *activations)
    elif activation not in activations:
        raise ValueError(
            f"activation is {activation!r}. It should be one of {', '.join(map(repr, activations))}, or a function of one number such as np.sin."
        )
    return Scene(
        "depth",
        (
            Control("layers", "layers", "how deep the network is", tuple(range(1, picture.MOST + 1)), layers, str),
            Control("activation", "activation", "after each layer", activations, activation, str, "toggle"),
            Control("scale", "weights", "the variance at the start", tuple(picture.SCALES), "variance 1/n", str, "menu"),
        ),
        (picture.BARS,), picture.draw, picture.tell,
        presets=(
            Preset("20 sigmoid layers", "what is left?", {"layers": 20}), Preset("relu, level", "20 layers, variance 2/n", {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
            Preset("exploding", "relu with large weights", {"layers": 20, "activation": "relu", "scale": "large: 6/n"}),
        ),
        prints=({}, {"layers": 20}, {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
    )  # fmt: skip
