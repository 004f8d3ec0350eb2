"""Mechanism 1: a slider with countable stops, every stop prepared, put on the screen in the browser. Instant, and needs no kernel.

Theory of operation. `Stops` is two pieces of HTML: a screen with the picture that is seen, and a store of `<template>`s, one for
each stop, which the browser keeps as ready elements and never lays out. A step of the slider copies one of them onto the screen
(explorer.js) before the next frame. When something else changes (another slider, the function), a new round begins: the
visible stop is drawn at once, and the store is filled again when the reader has come to rest. Until then what is in it is of
another round than the screen, which the script sees: emptying it would be one more message before the picture. Where the
store is of another round, or no script runs on the page, a step is drawn in Python.
"""

import asyncio
from itertools import product

import ipywidgets as widgets

# A reader who drags another slider needs the kernel for that: the unseen stops wait for a rest, and then come in small
# portions, so that the next event never has to wait for more than one of them.
QUIET_SECONDS = 0.4
PORTION_SECONDS, PAUSE_SECONDS = 0.01, 0.01


class Stops:
    """The layer of the pictures ``draw(i, j, ...) -> html``, one for each stop of the `drivers`, widgets with options and an index.

    An explorer has one `Stops` at most: all drivers on its stage are those of its pictures.
    """

    def __init__(self, drivers, draw):
        self.drivers, self.draw = drivers, draw
        self.screen, self.store = widgets.HTML(layout=widgets.Layout(margin="0", width="100%")), widgets.HTML()
        ready = widgets.Button()  # the script presses it when it is there
        ready.on_click(self._scripted)
        for widget, name in (
            (self.screen, "eta-screen"),
            (self.store, "eta-store"),
            (ready, "eta-ready"),
            *((driver, "eta-driver") for driver in drivers),
        ):
            widget.add_class(name)
        self.layer = widgets.Box([self.screen, self.store, ready], layout=layer_layout())
        self.layer.add_class("eta-instant")
        self._drawn, self._timer, self._shown, self._script = {}, None, 0, False
        self._round, self._filled = 0, False
        self._show()
        self._fill()
        for driver in drivers:
            driver.observe(self._moved, "index")

    def refill(self):
        """Draw every stop again: the visible one now, the others when the reader rests, never for a state that has passed."""
        self._drawn.clear()
        self._round, self._filled = self._round + 1, False
        self._show()
        if self._timer:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around us (a test, a script): nobody waits, so do it all
            self._fill()
        else:
            self._timer = loop.call_later(QUIET_SECONDS, self._fill, loop)

    def _fill(self, loop=None):
        begun = loop and loop.time()
        for stop in product(*(range(len(driver.options)) for driver in self.drivers)):
            if loop and loop.time() - begun > PORTION_SECONDS:
                self._timer = loop.call_later(PAUSE_SECONDS, self._fill, loop)
                return
            self._html(stop)
        self._filled = True
        self.store.value = "".join(
            f'<template data-stop="{",".join(map(str, stop))}" data-round="{self._round}">{html}</template>'
            for stop, html in self._drawn.items()
        )

    def _html(self, stop):
        if stop not in self._drawn:
            self._drawn[stop] = self.draw(*stop)
        return self._drawn[stop]

    def _show(self):
        # Numbered, because the script changes the screen too: what Python put there before may not be what is there.
        self._shown += 1
        self.screen.value = (
            f"{self._html(tuple(driver.index for driver in self.drivers))}<!-- round {self._round}, picture {self._shown} -->"
        )

    def _moved(self, _):
        if not (self._script and self._filled):
            self._show()

    def _scripted(self, _):
        self._script = True


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
    """The layout of everything that lies in the one cell of a stage's grid: on top of each other, none of it cut off; pictures at the bottom, words above."""
    return widgets.Layout(grid_area="eta", margin="0", width="100%", min_width="0", overflow="hidden", align_self="flex-end")
