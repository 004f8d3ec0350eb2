"""Mechanism 2: an overlay that Python computes anew whenever one of several controls changes, on a still background.

Events need no queue here. ipywidgets lets each slider have one message under way and keeps only the newest state behind
it, until the kernel says it is idle again: as long as the work is done inside the handler, as here, what is stale is
dropped in the browser and the last state always arrives. `drawn` counts the pictures made, for the tests and benchmarks.
"""

import ipywidgets as widgets

from .stops import layer_layout


class Live:
    """The layer `draw(*values) -> html` of the `controls`' values. `then` runs after each drawing (refill the stops)."""

    def __init__(self, controls, draw, then=None):
        self.controls, self.draw, self.then = controls, draw, then
        self.drawn = 0
        self._held = False
        self.layer = widgets.HTML(layout=layer_layout())
        self.redraw()
        for control in controls:
            control.observe(self._changed, "value")

    def redraw(self):
        self.layer.value = self.draw(*(control.value for control in self.controls))
        self.drawn += 1

    def set(self, *values):
        """Move all controls, draw once: what a preset does. Between two changes the picture would be of neither state."""
        self._held = True
        try:
            for control, value in zip(self.controls, values):
                control.value = value
        finally:
            self._held = False
        self._changed()

    def _changed(self, _=None):
        if not self._held:
            self.redraw()
            if self.then:
                self.then()
