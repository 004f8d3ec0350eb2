"""Mechanism 1: one slider with countable stops, every stop prepared, joined in the browser. Instant, and needs no kernel.

Each stop is an overlay in a `Stack`; `jslink` ties the slider's index to the stack's. A step of the slider then never
leaves the browser: about 13 ms to paint, where a redraw in Python takes 300. When something else changes (another slider,
the function), all stops are made anew: the visible one at once, the others when the reader has come to rest.
"""

import asyncio

import ipywidgets as widgets

# A reader who drags another slider needs the kernel for that: the unseen stops wait for a rest, and then come in small
# portions, so that the next event never has to wait for more than one of them.
QUIET_SECONDS = 0.4
PORTION_SECONDS, PAUSE_SECONDS = 0.01, 0.01


class Stops:
    """The stack of `len(slider.options)` overlays that `draw(i) -> html` gives, the stop `slider.index` in front."""

    def __init__(self, slider, draw):
        self.slider, self.draw = slider, draw
        shared = widgets.Layout(margin="0", width="100%")  # one layout model for all stops: a third of the messages
        style = widgets.HTML().style
        self._pages = [widgets.HTML(draw(i), layout=shared, style=style) for i in range(len(slider.options))]
        self.stack = widgets.Stack(self._pages, selected_index=slider.index, layout=layer_layout())
        self.link = widgets.jslink((slider, "index"), (self.stack, "selected_index"))
        self._stale, self._timer = [], None
        slider.observe(self._moved, "index")

    def refill(self, seen=True):
        """Draw every stop again: the visible one now if it is `seen`, the others nearest first, never for a state that has passed."""
        self._stale = sorted(range(len(self._pages)), key=lambda i: abs(i - self.slider.index))
        if seen:
            self._draw(self._stale[:1])
        if self._timer:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around us (a test, a script): nobody waits, so do it all
            self._draw(list(self._stale))
        else:
            self._timer = loop.call_later(QUIET_SECONDS, self._fill, loop)

    def _fill(self, loop):
        begun = loop.time()
        while self._stale and loop.time() - begun < PORTION_SECONDS:
            self._draw(self._stale[:1])
        if self._stale:
            self._timer = loop.call_later(PAUSE_SECONDS, self._fill, loop)

    def _moved(self, change):
        # The reader was faster than the filling: this one first.
        if change.new in self._stale:
            self._draw([change.new])

    def _draw(self, indices):
        for i in indices:
            self._stale.remove(i)
            self._pages[i].value = self.draw(i)


class SpareTime:
    """Computes what the reader may ask for next while nobody asks for anything: one piece, a pause, the next piece."""

    def __init__(self):
        self._timer = None

    def use(self, pieces):
        """Call each of `pieces` when the reader has come to rest; forget those that were still to come."""
        if self._timer:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around us: there is no spare time
            return
        self._timer = loop.call_later(QUIET_SECONDS, self._next, loop, iter(pieces))

    def _next(self, loop, pieces):
        for piece in pieces:
            piece()
            self._timer = loop.call_later(PAUSE_SECONDS, self._next, loop, pieces)
            return


def stops_slider(values, value, text, description, tooltip):
    """A slider over `values` (sorted) that starts at the nearest one to `value`; `text(v)` is what its read-out says."""
    nearest = min(range(len(values)), key=lambda i: abs(values[i] - value))
    options = [(text(v), v) for v in values]
    slider = widgets.SelectionSlider(options=options, index=nearest, description=description, **slider_look(tooltip))
    slider.add_class("eta-stops")  # the script takes its read-out, which looks editable but is not, out of the tab order
    return slider


def slider_look(tooltip, width="330px"):
    """Keywords for a slider: as wide as `width` where there is room, its label no wider than it must be."""
    layout = widgets.Layout(width=width, max_width="100%")
    return {"tooltip": tooltip, "layout": layout, "style": {"description_width": "initial"}}


def layer_layout():
    """The layout of everything that lies in the one cell of a stage's grid: on top of each other, none of it cut off."""
    return widgets.Layout(grid_area="eta", margin="0", width="100%", min_width="0", overflow="hidden", align_self="flex-start")
