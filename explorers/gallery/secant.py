"""The secant explorer: the scene around the drawings of `secant_drawing` (S1.10, S1.11)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.digits import number, round_stops
from ..drawing.overlay import handle
from ..drawing.symbols import SECANT, TANGENT
from ..inputs.checks import check_function, stops
from ..inputs.slopes import name_of, slope_at, value
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.yours import Yours
from . import secant_drawing as drawing
from .secant_yours import beside, offer

SIGNS = (1, -1)


def cubic(x):
    """The function of the lesson (S1.09)."""
    return 2 * x**3 + 5


cubic.expr = "2*x**3 + 5"


def cubic_prime(x):
    return 6 * x**2


def secant_explorer(f=None, fprime=None, x: float = 1.0, h: float = 1.0, yours=None):
    """Watch a secant turn into the tangent: sliders for |h| and x, and the sign of h.

    `f` is any function of one number; without `fprime` the slope of the tangent is measured numerically. Without `f` it
    is 2x³ + 5. `h` may be negative, never 0. `yours` is a function of yours, drawn beside the truth: it takes some of f, fprime, x (or x0) and h,
    and returns a slope, (slope, intercept), or the line as a function. What to find out: where does error/h go when h shrinks, and does it go there
    from both sides?
    """
    return scene(f, fprime, x, h, yours).explorer()


def scene(f=None, fprime=None, x: float = 1.0, h: float = 1.0, yours=None) -> Scene:
    """The scene of the explorer."""
    if f is None:
        f, fprime = cubic, cubic_prime
    if fprime is None and getattr(f, "d", ""):  # a `Function` that was given its derivative
        fprime = f.derivative
    x, h = float(x), float(h)
    if h == 0:
        raise ValueError("h = 0 leaves one point, and through one point there is no secant; try h = 1e-3")
    low = -1.5 if -1.5 <= x <= 1.5 else x - 1.5
    span = (low, low + 3.0)
    check_function(f, x, *span)
    if fprime is not None:
        check_function(fprime, x, *span, name="fprime")
    # what was asked for is a stop, however odd it is
    hs, xs = stops(round_stops(1e-3, 10**0.5), abs(h)), stops([round(low + 0.05 * k, 10) for k in range(61)], x)

    @lru_cache(maxsize=256)  # all the stops of one x ask for it
    def tangent(x):
        return slope_at(f, x, fprime)

    @lru_cache(maxsize=1)  # nothing is computed before it is asked for
    def charts():
        return drawing.slope_chart(f, span), drawing.error_chart(f, span, np.array(hs), fprime)

    def still(axes, x):
        left, right = axes
        drawing.draw_curve(left, f, charts()[0].xlim)
        drawing.draw_errors(right, f, x, np.array(hs), tangent(x))
        drawing.draw_tangent(left, f, x, tangent(x), charts()[0].xlim)

    def draw(axes, h, sign, x):
        handle(axes[0], x, value(f, x), x_of=(2, xs))  # under the other one, which is as near as h is small
        drawing.draw_secant(axes[0], f, x, sign * h, charts()[0].xlim)
        drawing.draw_error_dot(axes[1], drawing.secant(f, x, sign * h, tangent(x)), charts()[1].ylim)

    def describe(h, sign, x) -> Description:
        s = drawing.secant(f, x, sign * h, tangent(x))
        at = f"x = {number(x)}, h = {number(s.h)}"
        labels = (
            f"{name_of(f)} with a secant and the tangent at {at}: secant slope {number(s.slope)}, tangent slope {number(s.tangent)}",
            f"error against h, logarithmic; the dot is at {at}: error {number(s.error)}, error/h {number(s.ratio)}",
        )
        cells = (
            (SECANT, "secant slope", number(s.slope)), (TANGENT, "tangent slope" if fprime else "≈ tangent slope", number(s.tangent)),
            (drawing.GAP, "error/h", number(s.ratio)), (None, "error", number(s.error)), (None, "h", number(s.h)),
        )  # fmt: skip
        return Description(labels, cells, drawing.sentence(s, f))

    def text() -> str:
        rows = [f"secant explorer: {name_of(f)} at x = {number(x)}, tangent slope {number(tangent(x))}"]
        rows.append(f"{'h':>8} {'secant slope':>14} {'error':>14} {'error/h':>14}")
        for step in dict.fromkeys((h, 1, 0.1, 0.01, 0.001, -0.1, -0.01, -0.001)):
            s = drawing.secant(f, x, step, tangent(x))
            rows.append(f"{number(step):>8} {number(s.slope):>14} {number(s.error):>14} {number(s.ratio):>14}")
        return "\n".join(rows)

    def state(label, tooltip, x, h):
        return Preset(label, tooltip, {"x": x, "h": min(hs, key=lambda one: abs(one - abs(h))), "sign": 1 if h > 0 else -1})

    presets = [state(f"x = {number(x)}, h = {number(h)}", "back to the start", x, h)]
    if f is cubic and span[0] == -1.5:
        presets += [
            state("from the left", "the second point on the other side", 1.0, -0.1), state("nearly there", "the smallest h", 1.0, 0.001),
            state("x = 0", "the curve is not bent here: what is error/h now?", 0.0, 0.1), state("a lucky h", "a large h without any error", 1.0, -3.0),
        ]  # fmt: skip
    return Scene(
        "secant",
        (
            Control("h", "|h|", "how far the second point is away", hs, abs(h)),
            Control("sign", "sign", "to which side the second point lies", SIGNS, 1 if h > 0 else -1, lambda s: "h > 0" if s > 0 else "h < 0", "toggle"),
            Control("x", "x", "where the tangent is", xs, x),
        ),
        lambda x: charts(), draw, describe, still, presets=presets, instant=2, text=text, shown=("secant slope", "error/h"),
        goal=Goal(
            "find an h with which the secant is off from the tangent by less than 0.01.", lambda h, sign, x: abs(drawing.secant(f, x, sign * h, tangent(x)).error) < 0.01
        ),
        remark="" if fprime else "fprime was not given: the slope of the tangent is measured numerically, to about ten digits.",
        yours=yours and Yours(
            asked(yours), lambda h, sign, x: offer(f, fprime, x, sign * h, tangent(x)),
            lambda one, value, h, sign, x: beside(one, value, f, x, sign * h, tangent(x), charts()),
        ),
    )  # fmt: skip
