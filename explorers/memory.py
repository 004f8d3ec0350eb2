"""The memory meter: what the generalized Jacobian of a layer would take (W6b)."""

from __future__ import annotations

from . import memory_picture as picture
from .own import counts
from .scene import Control, Preset, Scene


def memory_meter(N: int = 64, D: int = 16, M: int = 16):
    """Choose the size of a layer Y = XW and compare: the whole tensors, and what a backward pass returns.

    `N` examples, `D` features in, `M` features out: any whole numbers up to 20,000, your own layer's for example.
    What to find out: how large a layer makes the tensor outgrow your machine?
    """
    return scene(N, D, M).explorer()


def scene(N: int = 64, D: int = 16, M: int = 16) -> Scene:
    """The description of the explorer, for tests."""
    Ns, Ds, Ms = (counts(picture.SIZES, size, name, 20_000) for size, name in ((N, "N"), (D, "D"), (M, "M")))
    return Scene(
        "memory",
        (
            Control("M", "outputs M", "columns of W", Ms, M, str), Control("D", "features D", "columns of X, rows of W", Ds, D, str),
            Control("N", "examples N", "rows of X", Ns, N, str),
        ),
        (picture.BARS,), lambda axes, M, D, N: picture.draw(axes[0], N, D, M), lambda M, D, N: picture.tell(N, D, M),
        presets=(
            Preset("the worked example", "N = 2, D = 4, M = 4", {"N": 2, "D": 4, "M": 4}), Preset("an ordinary layer", "N = 64, D = M = 4096", {"N": 64, "D": 4096, "M": 4096}),
            Preset("a small layer", "N = 64, D = M = 16", {"N": 64, "D": 16, "M": 16}),
        ),
        prints=({"N": 2, "D": 4, "M": 4}, {}, {"N": 64, "D": 4096, "M": 4096}),
    )  # fmt: skip
