"""Mechanism 1: one slider with countable stops, every stop prepared, joined in the browser. Instant, and needs no kernel.

Each stop is an overlay in a `Stack`; `jslink` ties the slider's index to the stack's. A step of the slider then never
leaves the browser: about 13 ms to paint, where a redraw in Python takes 300. When something else changes (another slider,
the function), all stops are made anew: the visible one at once, the others when the reader has come to rest.
"""

import asyncio

import ipywidgets as widgets

# Long enough that a drag of another slider does not fill stops nobody will see, too short to reach for this slider.
QUIET_SECONDS = 0.12
STOPS_A_TURN = 6  # then the kernel looks for newer events


class Stops:
    """The stack of `len(slider.options)` overlays that `draw(i) -> html` gives, the stop `slider.index` in front."""

    def __init__(self, slider, draw):
        self.slider, self.draw = slider, draw
        shared = widgets.Layout(margin="0", width="100%")  # one layout model for all stops: a third of the messages
        style = widgets.HTML().style
        self._pages = [widgets.HTML(draw(i), layout=shared, style=style) for i in range(len(slider.options))]
        self.stack = widgets.Stack(self._pages, selected_index=slider.index, layout=layer_layout())
        self.link = widgets.jslink((slider, "index"), (self.stack, "selected_index"))
        self._generation = 0

    def refill(self):
        """Draw every stop again: the visible one now, the others nearest first, and never for a state that has passed."""
        self._generation += 1
        order = sorted(range(len(self._pages)), key=lambda i: abs(i - self.slider.index))
        self._draw(order[:1])
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around us (a test, a script): nobody waits, so do it all
            self._draw(order[1:])
        else:
            loop.call_later(QUIET_SECONDS, self._fill, loop, order[1:], self._generation)

    def _fill(self, loop, order, generation):
        if generation != self._generation:
            return
        self._draw(order[:STOPS_A_TURN])
        if order[STOPS_A_TURN:]:
            loop.call_later(0, self._fill, loop, order[STOPS_A_TURN:], generation)

    def _draw(self, indices):
        for i in indices:
            self._pages[i].value = self.draw(i)


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
