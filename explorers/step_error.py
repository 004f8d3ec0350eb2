"""The step explorer: one slider for h over sixteen powers of ten, and which formula in which float format (W2)."""

from __future__ import annotations

from . import step_error_picture as picture
from .digits import number
from .scene import Control, Preset, Scene


def step_error_explorer(h: float = 1e-1, formula: str = "forward"):
    """Watch the error of a numerical derivative fall and rise again as h shrinks.

    What to find out: where is the lowest point for each formula, what moves it in float32, and which formula has no left arm?
    """
    return scene(h, formula).explorer()


def scene(h: float = 1e-1, formula: str = "forward") -> Scene:
    """The description of the explorer, for tests."""

    def draw(axes, h, formula, format, function):
        picture.draw_dot(axes, picture.measure(function, h, formula, format))

    def still(axes, formula, format, function):
        picture.draw_errors(axes[0], function, formula, format)

    functions = tuple(picture.FUNCTIONS)
    return Scene(
        "step",
        (
            Control("h", "h", "the step", picture.HS, h, lambda v: number(v, 3)),
            Control("formula", "formula", "which difference formula", picture.FORMULAS, formula, str, "toggle"),
            Control("format", "floats", "how many digits a number has", tuple(picture.FORMATS), "float64", str, "toggle"),
            Control("function", "f", "which function, and where", functions, functions[0], str, "menu"),
        ),
        (picture.ERRORS, picture.DIGITS), draw, picture.tell, still,
        presets=(
            Preset("forward at its best", "h near 1e-8", {"h": 1e-8}), Preset("central at its best", "h near 5e-6", {"h": 5e-6, "formula": "central"}),
            Preset("too small", "h = 1e-16: no step at all", {"h": 1e-16}),
            Preset("float32", "the same formula with half the digits", {"h": 5e-3, "formula": "central", "format": "float32"}),
            Preset("no left arm", "the complex step", {"h": 1e-16, "formula": "complex step"}),
        ),
        prints=({"h": 1e-2}, {"h": 1e-8}, {"h": 1e-16}, {"h": 5e-6, "formula": "central"}, {"h": 1e-16, "formula": "complex step"}),
    )  # fmt: skip
