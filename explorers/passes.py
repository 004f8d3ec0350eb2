"""The cost explorer: how many passes a whole Jacobian takes, forward and backward (W5c)."""

from __future__ import annotations

from . import passes_picture as picture
from .own import counts
from .scene import Control, Preset, Scene


def jvp_vjp_explorer(n: int = 5, m: int = 3):
    """Change the numbers of inputs and outputs, and compare the passes.

    `n` inputs and `m` outputs: any whole numbers up to a million, your own function's for example.
    What to find out: which way is cheaper for a loss with a million parameters?
    """
    return scene(n, m).explorer()


def scene(n: int = 5, m: int = 3) -> Scene:
    """The description of the explorer, for tests."""
    ns, ms = (counts(picture.SIZES, size, name, 10**6) for size, name in ((n, "n"), (m, "m")))
    return Scene(
        "passes",
        (Control("n", "inputs n", "columns of J", ns, n, "{:,}".format), Control("m", "outputs m", "rows of J", ms, m, "{:,}".format)),
        (picture.MATRIX, picture.COST), lambda axes, n, m: picture.draw(axes, n, m), picture.tell,
        presets=(
            Preset("a loss", "a million parameters, one output", {"n": 1_000_000, "m": 1}), Preset("a curve", "one input, a thousand outputs", {"n": 1, "m": 1000}),
            Preset("a layer", "1000 in, 1000 out", {"n": 1000, "m": 1000}),
        ),
        prints=({}, {"n": 1_000_000, "m": 1}, {"n": 1, "m": 1000}),
    )  # fmt: skip
