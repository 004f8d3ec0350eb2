"""The step explorer: one slider for h over sixteen powers of ten, and which formula in which float format (W2)."""

from __future__ import annotations

import numpy as np

from . import step_error_picture as picture
from .digits import number
from .own import of_one_number, stops, title_of
from .scene import Control, Preset, Scene


def step_error_explorer(f=None, fprime=None, x: float = 1.0, h: float = 1e-1, formula: str = "forward", format: str = "float64"):
    """Watch the error of a numerical derivative fall and rise again as h shrinks.

    `f` is any function of one number, looked at in `x`, and `fprime` its derivative: the error is measured against it. Without
    `fprime` the slope comes from a complex step, or from differences (about ten digits) where f takes no complex numbers.
    `formula` is "forward", "central", "Richardson" or "complex step", `format` "float64" or "float32". What to find out: where is the lowest point for each formula, what moves it in float32, and which formula has no left arm?
    """
    return scene(h, formula, f, fprime, x, format).explorer()


def scene(h: float = 1e-1, formula: str = "forward", f=None, fprime=None, x: float = 1.0, format: str = "float64") -> Scene:
    """The description of the explorer, for tests."""
    if not h > 0:
        raise ValueError(f"h is {h!r}, and should be greater than 0; the formulas take their points from it; try h=1e-3")
    for name, given, known in (("formula", formula, picture.FORMULAS), ("format", format, tuple(picture.FORMATS))):
        if given not in known:
            raise ValueError(f"{name} is {given!r}. It should be one of {', '.join(map(repr, known))}.")
    functions = tuple(picture.FUNCTIONS)
    if f is None and x != 1.0:
        of_one_number(picture.FUNCTIONS[functions[0]][0], float(x), x - 1, x + 1, name="exp(x) sin(x)")
        slope = lambda x: np.exp(x) * (np.sin(x) + np.cos(x))
        functions = (picture.own(f"eˣ sin x at {number(x)}", picture.FUNCTIONS[functions[0]][0], float(x), slope), *functions)
    elif f is not None:
        fprime = f.derivative if fprime is None and getattr(f, "d", "") else fprime
        of_one_number(f, float(x), x - 1, x + 1)
        if fprime is not None:
            of_one_number(fprime, float(x), x - 1, x + 1, name="fprime")
        functions = (picture.own(f"{title_of(f)} at {number(x)}", f, float(x), fprime), *functions)
    hs = stops(picture.HS, h)

    def draw(axes, h, formula, format, function):
        picture.draw_dot(axes, picture.measure(function, h, formula, format))

    def still(axes, formula, format, function):
        picture.draw_errors(axes[0], function, formula, format)

    return Scene(
        "step",
        (
            Control("h", "h", "the step", hs, h, lambda v: number(v, 3)),
            Control("formula", "formula", "which difference formula", picture.FORMULAS, formula, str, "toggle"),
            Control("format", "floats", "how many digits a number has", tuple(picture.FORMATS), format, str, "toggle"),
            Control("function", "f", "which function, and where", functions, functions[0], str, "menu"),
        ),
        lambda formula, format, function: (picture.errors_panel(function, format, hs), picture.DIGITS), draw, picture.tell, still,
        presets=(
            Preset("forward at its best", "h near 1e-8", {"h": 1e-8}), Preset("central at its best", "h near 5e-6", {"h": 5e-6, "formula": "central"}),
            Preset("too small", "h = 1e-16: no step at all", {"h": 1e-16}),
            Preset("float32", "the same formula with half the digits", {"h": 5e-3, "formula": "central", "format": "float32"}),
            Preset("no left arm", "the complex step", {"h": 1e-16, "formula": "complex step"}),
        ),
        prints=({},) if f is not None else ({"h": 1e-2}, {"h": 1e-8}, {"h": 1e-16}, {"h": 5e-6, "formula": "central"}, {"h": 1e-16, "formula": "complex step"}),
    )  # fmt: skip
