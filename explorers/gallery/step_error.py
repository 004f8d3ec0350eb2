"""The step explorer: the error of a numerical derivative against h, its drawings and its words (S1.11, E-W14, MC04)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE, PINK
from ..inputs.checks import check_function, short_name, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import step_error_yours
from .step_error_formulas import (
    FORMATS,
    FORMULAS,
    FUNCTIONS,
    HS,
    ORDER,
    FunctionAtPoint,
    Measured,
    best,
    case_of,
    curve,
    measure,
    own_function,
    smooth,
)
from .step_error_words import of_own, reach, same_float

ERRORS = Chart((1e-16, 1), (1e-17, 10), title="the error of the slope", xlabel="h", ylabel="|error|", xlog=True, ylog=True)
DIGITS = Chart((0, 17), (-0.6, 2.6), title="digits: stored, left after subtracting, right", xlabel="decimal digits", ticks="x", left=16)
DOT, LINE = (ORANGE, "-"), (BLUE, "-")


def errors_chart(function, format: str, hs) -> Chart:
    """The left axes: those of the menu, larger where an own h or an own f needs it."""
    low, high = min(1e-16, min(hs)), max(1.0, max(hs))
    top = 10.0
    if isinstance(function, FunctionAtPoint):
        seen = np.array([measure(function, h, formula, format).error for formula in FORMULAS for h in HS])
        seen = seen[np.isfinite(seen) & (seen > 0)]
        top = max(10.0, 10.0 ** min(30, np.ceil(np.log10(seen.max())))) if seen.size else 10.0
    return replace(ERRORS, xlim=(10.0 ** np.floor(np.log10(low)), 10.0 ** np.ceil(np.log10(high))), ylim=(1e-17, top))


BENDS = {
    "forward": "the curve bends between the points",
    "central": "the bend of the curve changes between the points",
    "Richardson": "what two central differences leave over",
}


def draw_errors(ax, function, formula: str, format: str) -> None:
    """All four curves, the chosen one strong, and a guide with the slope of its order."""
    hs = np.array(HS)
    for other in FORMULAS:
        shown = np.maximum(curve(function, other, format), 2e-17)  # an error of exactly 0 has no place on a logarithmic axis
        chosen = other == formula
        ax.plot(hs, shown, color=BLUE if chosen else INK, linewidth=2.5 if chosen else 1, alpha=1 if chosen else 0.45)
        if not chosen and np.isfinite(shown).any():  # at its own lowest point, or at the end of the line that has no left arm
            at = 1 if other == "complex step" else int(np.nanargmin(shown))
            note(
                ax,
                other,
                (hs[at], shown[at]),
                (0, 10) if other == "complex step" else (0, -9),
                ha="left" if other == "complex step" else "center",
                fontsize=11,
            )
    order, right = ORDER[formula], np.array([3e-4 if formula != "Richardson" else 1e-2, 1.0])
    ax.plot(right, 0.02 * right**order, color=GREEN, linewidth=2, linestyle=":")
    note(ax, f"slope {order}", (right[0], 0.02 * right[0] ** order), (-2, -12), ha="center")


def draw_dot(axes, m: Measured) -> None:
    """Where the slider is, and what becomes of the digits."""
    ax, bars = axes
    if not np.isfinite(m.error):
        return
    ax.plot([m.h, m.h], ax.get_ylim(), color=ORANGE, linewidth=1, linestyle="--")
    ax.plot([m.h], [max(m.error, 2e-17)], color=ORANGE, linestyle="", marker="s", markersize=10)
    handle(ax, m.h, max(m.error, 2e-17))
    right = 0.0 if m.error == 0 else max(0.0, min(m.stored, -np.log10(m.error)))
    right = m.stored if m.error == 0 else right
    for row, (digits, colour, words) in enumerate(
        ((right, BLUE, "right in the slope"), (m.kept, PINK, "left after subtracting"), (m.stored, INK, "stored in f"))
    ):
        bars.fill([0, digits, digits, 0], [row - 0.25, row - 0.25, row + 0.05, row + 0.05], color=colour, alpha=0.85)
        note(bars, f"{words}: {digits:.1f}", (0, row + 0.05), (4, 10))


def describe(h: float, formula: str, format: str, function) -> Description:
    """The words of one state."""
    m, lowest = measure(function, h, formula, format), best(function, formula, format)
    cells = (
        (None, "h", number(h, 3)), (LINE, "slope", number(m.slope, 9)), (DOT, "error", number(m.error, 3)),
        (None, "digits left", f"{m.kept:.1f}"), (None, "best h here", number(lowest, 3)),
    )  # fmt: skip
    labels = (
        f"error of the {formula} formula against h in {format}, logarithmic; the dot is at h = {number(h, 3)} with the error {number(m.error, 3)}",
        f"of {m.stored:.1f} digits stored, {m.kept:.1f} are left after subtracting",
    )
    error_at = lambda step: measure(function, step, formula, format).error
    if isinstance(function, FunctionAtPoint):
        words = of_own(m, lowest, formula, format, function)
    elif formula == "complex step":
        words = (
            told(
                "Nothing is subtracted, so nothing is lost: the error is down to the last digits, and stays there however small h is.",
                lambda: error_at(h / 100) < 1e-14 * (1e9 if format == "float32" else 1),
            )
            if m.error < 1e-14 * (1e9 if format == "float32" else 1)
            else told(
                "No subtraction here; only the curve's bending is left as an error, and it shrinks with h².",
                lambda: error_at(h / 10) < error_at(h) / 10,
            )
        )
    elif same_float(function, h, format):
        words = told(
            "x + h and x are the same float: ", lambda: (x := FORMATS[format][0](case_of(function)[1])) + FORMATS[format][0](h) == x
        ) + (
            told("the quotient is exactly 0. No step was taken at all.", lambda: m.slope == 0)
            if m.slope == 0
            else told("on that side no step was taken at all.", lambda: m.slope != 0)
        )
    elif h > reach(formula) * lowest:
        finer, order = error_at(h / 10), 10 ** ORDER[formula]
        falls = m.error / finer if finer else np.inf
        words = told(f"Right of the lowest point truncation rules: {BENDS[formula]}. ", lambda: h > lowest) + (
            told(
                f"Make h 10 times smaller, and the error falls {order} times: the order of the formula.",
                lambda: 0.5 < error_at(h) / error_at(h / 10) / 10 ** ORDER[formula] < 2,
            )
            if order / 2 < falls < 2 * order
            else told("Make h 10 times smaller, and no error is left.", lambda: error_at(h / 10) == 0)
            if finer == 0
            else told(f"Make h 10 times smaller, and the error falls {number(falls, 2)} times.", lambda: error_at(h / 10) < error_at(h))
            if falls > 1
            else told("Not by much: 10 times to the left the error is larger again.", lambda: error_at(h / 10) >= error_at(h))
        )
    elif h < lowest / 5:
        words = told(
            "Left of the lowest point rounding rules: the smaller h, the more digits the subtraction costs, and the division by h makes the loss large.",
            lambda: h < lowest and (measure(function, h / 10, formula, format).kept < m.kept or m.kept == 0),
        )
    else:
        at, least = np.argmin(np.abs(np.log(np.array(HS) / h))), np.nanmin(smooth(function, formula, format))
        words = (
            told(
                "Near the lowest point: truncation and rounding are about equal here. Only by luck does another h do much better.",
                lambda: smooth(function, formula, format)[at] < 30 * np.nanmin(smooth(function, formula, format)) + 1e-15,
            )
            if smooth(function, formula, format)[at] < 30 * least + 1e-15
            else told(
                "Near the lowest point, and not in it yet: there are steps that do more than ten times better.",
                lambda: lowest / 5 <= h <= reach(formula) * lowest and np.sum(curve(function, formula, format) < error_at(h) / 10) >= 2,
            )
        )
    return Description(labels, cells, words)


def step_error_explorer(
    f=None, fprime=None, x: float = 1.0, h: float = 1e-1, formula: str = "forward", format: str = "float64", yours=None
):
    """Watch the error of a numerical derivative fall and rise again as h shrinks.

    `f` is any function of one number, looked at in `x`, and `fprime` its derivative: the error is measured against it. Without
    `fprime` the slope comes from a complex step, or from differences (about ten digits) where f takes no complex numbers.
    `formula` is "forward", "central", "Richardson" or "complex step", `format` "float64" or "float32". `yours` is a function of yours that takes f, x and h and returns a slope: its error is drawn for every h. What to find out: where is the lowest point for each formula, what moves it in float32, and which formula has no left arm?
    """
    return scene(h, formula, f, fprime, x, format, yours).explorer()


def scene(h: float = 1e-1, formula: str = "forward", f=None, fprime=None, x: float = 1.0, format: str = "float64", yours=None) -> Scene:
    """The scene of the explorer."""
    if not h > 0:
        raise ValueError(f"h is {h!r}, and should be greater than 0; the formulas take their points from it; try h=1e-3")
    for name, given, known in (("formula", formula, FORMULAS), ("format", format, tuple(FORMATS))):
        if given not in known:
            raise ValueError(f"{name} is {given!r}. It should be one of {', '.join(map(repr, known))}.")
    functions = tuple(FUNCTIONS)
    if f is None and x != 1.0:
        check_function(FUNCTIONS[functions[0]][0], float(x), x - 1, x + 1, name="exp(x) sin(x)")
        slope = lambda x: np.exp(x) * (np.sin(x) + np.cos(x))
        functions = (own_function(f"eˣ sin x at {number(x)}", FUNCTIONS[functions[0]][0], float(x), slope), *functions)
    elif f is not None:
        fprime = f.derivative if fprime is None and getattr(f, "d", "") else fprime
        check_function(f, float(x), x - 1, x + 1)
        if fprime is not None:
            check_function(fprime, float(x), x - 1, x + 1, name="fprime")
        functions = (own_function(f"{short_name(f)} at {number(x)}", f, float(x), fprime), *functions)
    hs = stops(HS, h)

    def draw(axes, h, formula, format, function):
        draw_dot(axes, measure(function, h, formula, format))

    def still(axes, formula, format, function):
        draw_errors(axes[0], function, formula, format)

    return Scene(
        "step",
        (
            Control("h", "h", "the step", hs, h, lambda v: number(v, 3)),
            Control("formula", "formula", "which difference formula", FORMULAS, formula, str, "toggle"),
            Control("format", "floats", "how many digits a number has", tuple(FORMATS), format, str, "toggle"),
            Control("function", "f", "which function, and where", functions, functions[0], str, "menu"),
        ),
        lambda formula, format, function: (errors_chart(function, format, hs), DIGITS), draw, describe, still,
        presets=(
            Preset("forward at its best", "h near 1e-8", {"h": 1e-8}), Preset("central at its best", "h near 5e-6", {"h": 5e-6, "formula": "central"}),
            Preset("too small", "h = 1e-16: no step at all", {"h": 1e-16}),
            Preset("float32", "the same formula with half the digits", {"h": 5e-3, "formula": "central", "format": "float32"}),
            Preset("no left arm", "the complex step", {"h": 1e-16, "formula": "complex step"}),
        ),
        goal=Goal("find an h whose error is below 10⁻⁷.", lambda h, formula, format, function: measure(function, h, formula, format).error < 1e-7),
        shown=("error", "best h here"), prints=({},) if f is not None else ({"h": 1e-2}, {"h": 1e-8}, {"h": 1e-16}, {"h": 5e-6, "formula": "central"}, {"h": 1e-16, "formula": "complex step"}),
        yours=yours and Yours(
            asked(yours), lambda h, formula, format, function: step_error_yours.offer(h, format, function),
            lambda one, value, **state: step_error_yours.beside(one, value, **state),
        ),
    )  # fmt: skip
