"""The backpropagation stepper: one step at a time, forward and back (W7)."""

from __future__ import annotations

from . import stepper_picture as picture
from .scene import Control, Preset, Scene


def backprop_stepper(step: int = 0, y: int = 1):
    """Step through a tiny network, forward for the loss and backward for the gradients.

    What to find out: how many steps back are there, compared with forward, and what does each of them read?
    """
    return scene(step, y).explorer()


def scene(step: int = 0, y: int = 1) -> Scene:
    """The description of the explorer, for tests."""
    return Scene(
        "stepper",
        (Control("step", "step", "forward to the loss, then back", tuple(range(len(picture.STEPS) + 1)), step, str),
         Control("y", "label y", "what the network should say", picture.LABELS, y, str, "toggle")),
        (picture.SPACE,), picture.draw, picture.tell,
        presets=(Preset("start", "nothing computed yet", {}), Preset("the loss", "forward is done", {"step": 4}), Preset("all the way back", "every gradient", {"step": 12})),
        prints=({}, {"step": 4}, {"step": 9}, {"step": 12}),
    )  # fmt: skip
