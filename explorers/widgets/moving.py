"""The live widget of a scene: its controls, its layers, and what is drawn again when one of them moves."""

from __future__ import annotations

from functools import partial
from itertools import product

import ipywidgets as widgets

from .goal import worth_showing
from .live import Live
from .stage import menu, preset, side_by_side, stage, toggle
from .stops import SpareTime, Stops, stops_slider
from .yours import after_each_cell


class Moving:
    """The widget of a scene, and what moves it."""

    def __init__(self, scene):
        self.scene, self._spare = scene, SpareTime()
        self.boxes = [_slider(scene.controls[0]), *map(_box, scene.controls[1:])]
        fast, slow = self.boxes[: scene.instant], self.boxes[scene.instant :]
        self._stops = Stops(fast, self._stop)
        self._frame = Live(slow, lambda *_: self._under(), then=self._redrawn)
        self._look_ahead()
        buttons = [preset(p.label, p.tooltip, partial(self._show, p.state)) for p in scene.presets]
        if scene.remark:
            buttons.append(widgets.HTML(scene.remark))
        instant = product(*(range(len(control.values)) for control in scene.controls[: scene.instant]))
        goal = worth_showing(scene.goal, scene.start, [self.state(*fast) for fast in instant])
        self.root = stage(scene.name, self.boxes, (self._frame.layer, self._stops.layer), buttons, goal)
        if scene.yours:
            self.root.eta_live = self  # it looks for another answer as long as the widget lives
            after_each_cell(self, "look_again")

    def state(self, *fast: int) -> dict:
        """The values of all controls; the first few as given, by index."""
        at = [*fast, *(box.index for box in self.boxes[len(fast) :])]
        return {control.name: control.values[i] for control, i in zip(self.scene.controls, at)}

    def look_again(self) -> None:
        """Draw the learner's answer anew where it has changed."""
        if self.scene.yours.changed():
            self._stops.refill()

    def _stop(self, *fast: int) -> str:
        return self.scene.stop(self.state(*fast))

    def _under(self) -> str:
        """What lies under the stops, the frames and the still layer, in one piece: each widget that changes is a message of its own."""
        state = self.state()
        frames = side_by_side(*(chart.background() for chart in self.scene.charts(state)))
        return f'<div class="eta-under">{frames}{self.scene.still_layer(state)}</div>'

    def _look_ahead(self) -> None:
        if self.scene._ahead:
            self._spare.use(partial(self.scene._ahead, **slow) for slow in self.scene.neighbours(self.state()))

    def _redrawn(self) -> None:
        if self.scene.yours:
            self.scene.yours.begin()
        self._stops.refill()
        self._look_ahead()

    def _show(self, values: dict) -> None:
        wanted = {**self.scene.start, **values}
        places = [list(control.values).index(wanted[control.name]) for control in self.scene.controls]
        for box, place in zip(self.boxes[: self.scene.instant], places):
            box.index = place
        slow = list(zip(self.boxes, places))[self.scene.instant :]
        self._frame.set(*(box.options[place][1] for box, place in slow))


def _box(control):
    """The widget of a control other than the first; its value is the index of the control's value."""
    options = [(control.text(value), i) for i, value in enumerate(control.values)]
    at = list(control.values).index(control.start)
    if control.kind == "slider":
        return _slider(control)
    if control.kind == "toggle":
        return toggle(options, at, control.label, control.tooltip)
    box = menu(options, control.label, control.tooltip)
    box.index = at
    return box


def _slider(control):
    """A slider over the indices of the control's values, which need not be numbers."""
    at = list(control.values).index(control.start)
    return stops_slider(list(range(len(control.values))), at, lambda i: control.text(control.values[i]), control.label, control.tooltip)
