"""The loss explorer: steps of gradient descent on a straight line's loss, with the right and the published sign (W4b)."""

from __future__ import annotations

from . import mse_picture as picture
from .scene import Control, Preset, Scene


def mse_explorer(step: int = 0, sign: str = "right"):
    """Fit a line step by step; then try the sign that was published.

    What to find out: what does one wrong sign do to gradient descent?
    """
    return scene(step, sign).explorer()


def scene(step: int = 0, sign: str = "right") -> Scene:
    """The description of the explorer, for tests."""
    starts = tuple(picture.STARTS)

    def draw(axes, step, start, sign):
        picture.draw_state(axes, step, start, sign)

    def still(axes, start, sign):
        picture.draw_data(axes[0])
        picture.draw_plane(axes[1])

    return Scene(
        "mse",
        (
            Control("step", "step", "steps of gradient descent, η = 0.1", tuple(range(picture.STEPS + 1)), step, str),
            Control("start", "start", "where it begins", starts, starts[0], str, "menu"),
            Control("sign", "sign of the gradient", "right, or as it was published", tuple(picture.SIGNS), sign, str, "toggle"),
        ),
        (picture.DATA, picture.PLANE), draw, picture.tell, still,
        presets=(
            Preset("use the right sign", "30 steps downhill", {"step": 30}), Preset("use the published sign", "3 steps uphill", {"step": 3, "sign": "as published"}),
        ),
        prints=({"step": 0}, {"step": 5}, {"step": 40}, {"step": 3, "sign": "as published"}),
    )  # fmt: skip
