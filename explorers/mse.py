"""The loss explorer: steps of gradient descent on a straight line's loss, with the right and the published sign (W4b)."""

from __future__ import annotations

from dataclasses import replace

from . import mse_picture as picture
from .digits import number
from .own import finite
from .scene import Control, Preset, Scene


def mse_explorer(x=None, y=None, theta=(0.0, 0.0), step: int = 0, sign: str = "right"):
    """Fit a line step by step; then try the sign that was published.

    `x` and `y` are any data of shape (n,), both or neither; `theta` is where it starts, shape (2,): intercept and slope. η is 0.1,
    or less where that would be too large for your numbers. Without data there are six penguins. What to find out: what does one wrong sign do to gradient descent?
    """
    return scene(step, sign, x, y, theta).explorer()


def scene(step: int = 0, sign: str = "right", x=None, y=None, theta=(0.0, 0.0)) -> Scene:
    """The description of the explorer, for tests."""
    one = picture.PENGUINS
    if (x is None) != (y is None):
        raise ValueError(
            f"{'y' if y is None else 'x'} is missing: own data are x and y together, both of shape (n,); try mse_explorer(x=[0, 1, 2], y=[1, 3, 4])"
        )
    if x is not None:
        x, y, theta = finite(x, "x", (-1,)), finite(y, "y", (-1,)), tuple(float(v) for v in finite(theta, "theta", (2,)))
        if len(x) != len(y) or len(x) < 1:
            raise ValueError(
                f"x has {len(x)} entries and y {len(y)}. Each point needs one of both, and there should be one point at least."
            )
        one = picture.own(x, y, theta)
    elif tuple(theta) != (0.0, 0.0):
        theta = tuple(float(v) for v in finite(theta, "theta", (2,)))
        one = replace(one, starts={f"Θ = ({number(theta[0], 4)}, {number(theta[1], 4)})": theta, **one.starts})
    starts = tuple(one.starts)

    def draw(axes, step, start, sign):
        picture.draw_state(axes, step, start, sign, one)

    def still(axes, start, sign):
        picture.draw_data(axes[0], one)
        picture.draw_plane(axes[1], one)

    return Scene(
        "mse",
        (
            Control("step", "step", f"steps of gradient descent, η = {number(one.eta, 3)}", tuple(range(picture.STEPS + 1)), step, str),
            Control("start", "start", "where it begins", starts, starts[0], str, "menu"),
            Control("sign", "sign of the gradient", "right, or as it was published", tuple(picture.SIGNS), sign, str, "toggle"),
        ),
        (one.data, one.plane), draw, lambda step, start, sign: picture.tell(step, start, sign, one), still,
        presets=(
            Preset("use the right sign", "30 steps downhill", {"step": 30}), Preset("use the published sign", "3 steps uphill", {"step": 3, "sign": "as published"}),
        ),
        prints=({"step": 0}, {"step": 5}, {"step": 40}, {"step": 3, "sign": "as published"}),
    )  # fmt: skip
