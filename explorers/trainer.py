"""The trainer: a small network learns two classes; epoch by epoch, with the four knobs that everybody turns (W10)."""

from __future__ import annotations

from . import trainer_picture as picture
from .scene import Control, Preset, Scene


def trainer_explorer(eta: float = 1.0, hidden: int = 8):
    """Follow a network through its epochs, then spoil it with one knob after the other.

    What to find out: why is the loss ln 2 before the first step, and what does it look like when η, the weights at the start or
    the number of hidden units are wrong?
    """
    return scene(eta, hidden).explorer()


def scene(eta: float = 1.0, hidden: int = 8) -> Scene:
    """The description of the explorer, for tests."""
    good = {"eta": 1.0, "hidden": 8, "epoch": 60}
    return Scene(
        "trainer",
        (
            Control("epoch", "epoch", "how often it has seen all examples", picture.EPOCHS, 20, str),
            Control("eta", "η", "the learning rate", picture.RATES, eta),
            Control("hidden", "H", "hidden units", picture.HIDDEN, hidden, str),
            Control("batch", "batch", "examples in a step", picture.BATCHES, 10, str, "toggle"),
            Control("scale", "weights", "the standard deviation of the weights at the start", picture.SCALES, 1.0, kind="toggle"),
            Control("examples", "examples", "how many there are to learn from", picture.SIZES, 80, str, "toggle"),
        ),
        (picture.MAP, picture.LOSS), picture.draw, picture.tell, picture.draw_still,
        presets=(
            Preset("good", "η = 1, H = 8", good), Preset("η too large", "η = 30", {**good, "eta": 30.0}),
            Preset("η too small", "η = 0.001", {**good, "eta": 0.001}), Preset("one unit", "H = 1", {**good, "hidden": 1}),
            Preset("all zero", "weights 0 at the start", {**good, "scale": 0.0}),
            Preset("overfit 20 examples", "32 units, 20 examples", {"eta": 1.0, "hidden": 32, "batch": 5, "examples": 20, "epoch": 60}),
        ),
        ahead=picture.curves,
        prints=({"epoch": 0}, {"epoch": 60}, {"epoch": 60, "eta": 30.0}, {"epoch": 60, "hidden": 32, "batch": 5, "examples": 20}),
    )  # fmt: skip
