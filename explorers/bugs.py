"""The bug lab: choose a planted mistake and see which rows of the gradient check it spoils (W7b)."""

from __future__ import annotations

from . import bugs_picture as picture
from .scene import Control, Preset, Scene


def bug_lab(bug: str = "none"):
    """Plant one mistake in a backward pass and read from the table where it lies.

    What to find out: which rows stay right, and what does that say about the place of the mistake?
    """
    return scene(bug).explorer()


def scene(bug: str = "none") -> Scene:
    """The description of the explorer, for tests."""
    return Scene(
        "bugs", (Control("bug", "planted mistake", "one changed line", tuple(picture.BUGS), bug, str),), (picture.TABLE,), picture.draw, picture.tell,
        presets=(Preset("all right", "no mistake", {}), Preset("in the middle", "at the tanh", {"bug": "slope of tanh forgotten"}), Preset("published", "at the output", {"bug": "extra σ′ at the output"})),
        prints=tuple({"bug": name} for name in picture.BUGS),
    )  # fmt: skip
