"""The microscope explorer: a zoom slider and a menu of curves around `zoom_picture` (W1b)."""

from dataclasses import replace

import numpy as np

from . import zoom_picture as picture
from .digits import number, round_stops
from .overlay import Overlay
from .own import of_one_number, stops
from .slopes import name_of, value
from .stage import Explorer, menu, readout, side_by_side, stage

ZOOMS = tuple(round_stops(1, 1e4))


def relu(x):
    return np.maximum(x, 0.0)


def wiggle(x):
    """x² sin(1/x), and 0 at 0: differentiable there, with ever faster wiggles."""
    x = np.asarray(x, dtype=float)
    safe = np.where(x == 0, 1.0, x)
    return np.where(x == 0, 0.0, x**2 * np.sin(1 / safe))


# (name, function, point): the point that has something to teach; the others of each curve are one argument away.
MENU = (
    ("x³ at 1", lambda x: x**3, 1.0),
    ("x³ at 0", lambda x: x**3, 0.0),
    ("|x| at 0", np.abs, 0.0),
    ("|x| at 0.5", np.abs, 0.5),
    ("relu at 0", relu, 0.0),
    ("∛x at 0", np.cbrt, 0.0),
    ("x² sin(1/x) at 0", wiggle, 0.0),
)


def microscope(f=None, x=0.0, zoom=1.0, h=None):
    """Zoom into a curve at a point, 1 to 10 000 times: is it straight when seen from near?

    `f` is any function of one number, looked at in `x`; without it there is a menu of curves. `h` asks for the zoom whose
    window goes from x − h to x + h. What to find out: which of them become straight lines, and how do the others refuse?
    """
    if h is not None:
        if not h > 0:
            raise ValueError(f"h is {h!r}, and should be greater than 0: the window goes from x − h to x + h; try h=0.1")
        zoom = 1 / h
    if f is not None:
        of_one_number(f, float(x), x - picture.REACH, x + picture.REACH)
        if not np.isfinite(value(f, float(x))):
            raise ValueError(f"f has no finite value at x = {number(x)}, so there is nothing to zoom into; choose another x")
    menu = MENU if f is None else ((f"{name_of(f)} at {number(x)}", f, float(x)), *MENU)
    scene = _Scene(menu, float(zoom))
    return Explorer("microscope", scene.build, scene.figure, scene.text)


class _Scene:
    """A menu of (name, f, x), and the drawings of one of them at one zoom."""

    def __init__(self, menu, zoom):
        self.menu, self.zoom, self.zooms = menu, zoom, stops(ZOOMS, zoom)  # a zoom that was asked for is a stop, however odd

    def frame(self, choice):
        _, f, x = self.menu[choice]
        return side_by_side(picture.whole_panel(f, x).background(), picture.LENS.background())

    def curve(self, choice):
        """The layer that one zoom has in common with the next: the whole curve."""
        _, f, x = self.menu[choice]
        left = Overlay(picture.whole_panel(f, x))
        picture.draw_whole(left, f, left.panel.xlim)
        return side_by_side(left.svg(), Overlay(picture.LENS).svg())

    def stop(self, choice, zoom):
        """The overlay of one zoom with its read-out."""
        name, f, x = self.menu[choice]
        v = picture.view(f, x, zoom)
        left, right = Overlay(picture.whole_panel(f, x)), Overlay(picture.LENS)
        picture.draw_window_mark(left, f, x, zoom)
        picture.draw_lens(right, f, v)
        labels = (
            f"the curve {name}, with the window of the microscope: {number(v.w)} to either side",
            f"{name}, zoomed {number(zoom)} times: slope {number(v.left)} to the left, {number(v.right)} to the right",
        )
        cells = (
            (None, "zoom", number(zoom, 5)),
            (None, "h", number(v.w, 5)),
            (picture.LEFT, "slope, left", number(v.left, 5)),
            (picture.RIGHT, "slope, right", number(v.right, 5)),
            (None, "right − left", number(v.gap, 5)),
            (picture.BEND, "bend", f"{100 * v.bend:.2f} %"),
        )
        return side_by_side(left.svg(labels[0]), right.svg(labels[1])) + readout(cells, picture.sentence(v))

    def text(self):
        rows = ["microscope: slopes of the curve from x to x − w and to x + w, w = 1/zoom"]
        rows.append(f"{'':18} {'zoom':>7} {'left':>10} {'right':>10} {'bend':>9}")
        for name, f, x in self.menu:
            for zoom in stops((1, 100, 10000), self.zoom if f is self.menu[0][1] else 1):
                v = picture.view(f, x, zoom)
                rows.append(
                    f"{name:18} {number(zoom, 4):>7} {number(v.left, 4):>10} {number(v.right, 4):>10} {number(100 * v.bend, 3):>7} %"
                )
        return "\n".join(rows)

    def figure(self):
        """The still picture: the curves of the menu that tell each other apart, from afar and from near."""
        from .panel import new_figure

        shown = [entry for entry in self.menu if entry[0] not in ("x³ at 0", "|x| at 0.5")][:5]
        lens = replace(picture.LENS, width=170, height=200, left=12, right=12, top=32, bottom=22)
        zooms = (1.0, self.zoom if self.zoom > 1 else 100.0)
        figure = new_figure(len(shown) * lens.width, len(zooms) * lens.height)
        for row, zoom in enumerate(zooms):
            for column, (name, f, x) in enumerate(shown):
                panel = replace(lens, title=f"{name}, × {number(zoom)}")
                ax = panel.axes(figure, column / len(shown), 1 / len(shown), 1 - (row + 1) / len(zooms), 1 / len(zooms))
                picture.draw_lens(ax, f, picture.view(f, x, zoom), labels=False)
        return figure

    def build(self):
        from .live import Live
        from .stops import Stops, stops_slider

        zoom = stops_slider(list(self.zooms), self.zoom, number, "zoom", "how many times the window is magnified")
        curve = menu([(name, i) for i, (name, _, _) in enumerate(self.menu)], "curve", "which curve, and where")
        pages = Stops((zoom,), lambda i: self.stop(curve.value, self.zooms[i]))
        frame = Live((curve,), self.frame)
        whole = Live((curve,), self.curve, then=pages.refill)
        return stage("microscope", (zoom, curve), (frame.layer, whole.layer, pages.layer))
