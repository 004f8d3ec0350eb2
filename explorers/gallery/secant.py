"""The secant explorer: sliders for x, |h| and the sign of h around the drawings of `secant_drawing` (S1.10, S1.11)."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number, round_stops
from ..drawing.overlay import Overlay
from ..inputs.checks import check_function
from ..inputs.slopes import name_of, slope_at
from ..widgets.goal import Goal, worth_showing
from ..widgets.stage import Explorer, background, preset, readout, side_by_side, stage, toggle
from . import secant_drawing as drawing

SIGNS = (1, -1)


def cubic(x):
    """The function of the lesson (S1.09)."""
    return 2 * x**3 + 5


cubic.expr = "2*x**3 + 5"


def cubic_prime(x):
    return 6 * x**2


def secant_explorer(f=None, fprime=None, x=1.0, h=0.1):
    """Watch a secant turn into the tangent: sliders for x, |h| and the sign of h.

    `f` is any function of one number; without `fprime` the slope of the tangent is measured numerically. Without `f` it
    is 2x³ + 5. `h` may be negative, never 0. What to find out: where does error/h go when h shrinks, and does it go there
    from both sides?
    """
    if f is None:
        f, fprime = cubic, cubic_prime
    if fprime is None and getattr(f, "d", ""):  # a `Function` that was given its derivative
        fprime = f.derivative
    if h == 0:
        raise ValueError("h = 0 leaves one point, and through one point there is no secant; try h = 1e-3")
    scene = SecantScene(f, fprime, float(x), float(h))
    check_function(f, scene.x, *scene.xs)
    if fprime is not None:
        check_function(fprime, scene.x, *scene.xs, name="fprime")
    return Explorer("secant explorer", scene.build, scene.figure, scene.text)


class SecantScene:
    """One function on two charts. Nothing is computed before it is asked for."""

    def __init__(self, f, fprime, x, h):
        self.f, self.fprime, self.x, self.h = f, fprime, x, h
        stops = round_stops(1e-3, 10**0.5)
        self.hs = np.array(sorted({*stops, abs(h)}))  # an |h| that was asked for is a stop, however odd it is
        low = -1.5 if -1.5 <= x <= 1.5 else x - 1.5
        self.xs = (low, low + 3.0)
        self.goal = Goal(
            "find an h with which the secant is off from the tangent by less than 0.01.", lambda x, h: abs(self.secant(x, h).error) < 0.01
        )
        self._tangents = {}
        self._charts = None

    @property
    def charts(self):
        if self._charts is None:
            self._charts = drawing.slope_chart(self.f, self.xs), drawing.error_chart(self.f, self.xs, self.hs, self.fprime)
        return self._charts

    def tangent(self, x):
        """f′(x), remembered: all the stops of one x ask for it."""
        if x not in self._tangents:
            self._tangents[x] = slope_at(self.f, x, self.fprime)
        return self._tangents[x]

    def secant(self, x, h):
        return drawing.secant(self.f, x, h, self.tangent(x))

    # The same three drawings for the layers and for the still drawing.
    def draw_still(self, left, right):
        drawing.draw_curve(left, self.f, self.charts[0].xlim)

    def draw_x(self, left, right, x):
        drawing.draw_errors(right, self.f, x, self.hs, self.tangent(x))
        drawing.draw_tangent(left, self.f, x, self.tangent(x), self.charts[0].xlim)

    def draw_h(self, left, right, x, h):
        drawing.draw_secant(left, self.f, x, h, self.charts[0].xlim)
        drawing.draw_error_dot(right, self.secant(x, h), self.charts[1].ylim)

    def layer(self, draw, *state, labels=("", "")):
        overlays = [Overlay(p) for p in self.charts]
        draw(*overlays, *state)
        return side_by_side(*(o.svg(label) for o, label in zip(overlays, labels)))

    def stop(self, x, h):
        """The overlay of one secant with its read-out: what a stop of the h slider shows."""
        s = self.secant(x, h)
        at = f"x = {number(x)}, h = {number(h)}"
        labels = (
            f"{name_of(self.f)} with a secant and the tangent at {at}: secant slope {number(s.slope)}, tangent slope {number(s.tangent)}",
            f"error against h, logarithmic; the dot is at {at}: error {number(s.error)}, error/h {number(s.ratio)}",
        )
        how = "tangent slope" if self.fprime else "≈ tangent slope"
        cells = (
            (None, "h", number(h)),
            (drawing.SECANT, "secant slope", number(s.slope)),
            (drawing.TANGENT, how, number(s.tangent)),
            (None, "error", number(s.error)),
            (drawing.GAP, "error/h", number(s.ratio)),
        )
        return self.layer(self.draw_h, x, h, labels=labels) + readout(cells, drawing.sentence(s, self.f).words) + self.goal.mark(x=x, h=h)

    def text(self):
        """The read-out of a notebook without widgets: the secants of some h, from both sides."""
        rows = [f"secant explorer: {name_of(self.f)} at x = {number(self.x)}, tangent slope {number(self.tangent(self.x))}"]
        rows.append(f"{'h':>8} {'secant slope':>14} {'error':>14} {'error/h':>14}")
        for h in dict.fromkeys((self.h, 1, 0.1, 0.01, 0.001, -0.1, -0.01, -0.001)):
            s = self.secant(self.x, h)
            rows.append(f"{number(h):>8} {number(s.slope):>14} {number(s.error):>14} {number(s.ratio):>14}")
        return "\n".join(rows)

    def figure(self):
        from ..drawing.chart import new_figure

        figure = new_figure(2 * self.charts[0].width, self.charts[0].height)
        axes = [p.axes(figure, i / 2, 0.5) for i, p in enumerate(self.charts)]
        self.draw_still(*axes)
        self.draw_x(*axes, self.x)
        self.draw_h(*axes, self.x, self.h)
        return figure

    def build(self):
        import ipywidgets as widgets

        from ..widgets.live import Live
        from ..widgets.stops import Stops, layer_layout, slider_look, stops_slider

        # a slider moves in steps from its lower end: fine enough to stand exactly where it was asked to
        step = next((s for s in (0.05, 0.01) if abs((self.x - self.xs[0]) / s - round((self.x - self.xs[0]) / s)) < 1e-6), 1e-3)
        x = widgets.FloatSlider(
            self.x, min=self.xs[0], max=self.xs[1], step=step, description="x", **slider_look("where the tangent is", "240px")
        )
        h = stops_slider(self.hs.tolist(), abs(self.h), number, "|h|", "how far the second point is away")
        sign = toggle([("h > 0", 1), ("h < 0", -1)], 1 if self.h > 0 else -1, "sign", "to which side the second point lies")
        stops = Stops((h, sign), lambda i, j: self.stop(round(x.value, 10), SIGNS[j] * float(self.hs[i])))
        middle = Live((x,), lambda value: self.layer(self.draw_x, round(value, 10)), then=stops.refill)

        def show(x0, h0):
            sign.value, h.index = (1 if h0 > 0 else -1), int(np.argmin(abs(self.hs - abs(h0))))
            middle.set(x0)

        still = widgets.HTML(self.layer(self.draw_still), layout=layer_layout())
        presets = [preset(label, tip, lambda a=a: show(*a)) for label, tip, a in self.cases()]
        if not self.fprime:
            presets.append(widgets.HTML("fprime was not given: the slope of the tangent is measured numerically, to about ten digits."))
        goal = worth_showing(self.goal, {"x": self.x, "h": self.h}, [{"x": self.x, "h": s * float(v)} for v in self.hs for s in SIGNS])
        return stage("secant", (h, sign, x), (background(*self.charts), still, middle.layer, stops.layer), presets, goal)

    def cases(self):
        """Presets: (label, tooltip, (x, h))."""
        start = (f"x = {number(self.x)}, h = {number(self.h)}", "back to the start", (self.x, self.h))
        if self.f is not cubic:
            return (start,)
        return (
            start,
            ("from the left", "the second point on the other side", (1.0, -0.1)),
            ("nearly there", "the smallest h", (1.0, 0.001)),
            ("x = 0", "the curve is not bent here: what is error/h now?", (0.0, 0.1)),
            ("a lucky h", "a large h without any error", (1.0, -3.0)),
        )
