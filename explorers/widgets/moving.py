"""The live widget of a scene: its controls, its picture, and what is drawn again when one of them moves."""

from __future__ import annotations

from functools import partial
from itertools import product

import ipywidgets as widgets

from .ahead import SpareTime
from .goal import worth_showing
from .stage import menu, preset, side_by_side, stage, toggle
from .stops import Stops, stops_slider
from .yours import after_each_cell


class Moving:
    """The widget of a scene, and what moves it."""

    def __init__(self, scene):
        self.scene, self._spare = scene, SpareTime()
        boxes = [_box(control) for control in scene.controls]
        # a learner's answer is asked for what is on the screen, and the stops beside it, not for what may come
        self._stops = Stops(boxes, scene.instant, self._stop, self._under, self._begin, None if scene.yours else self._ahead)
        self._look_ahead()
        buttons = [preset(p.label, p.tooltip, partial(self._show, p.state)) for p in scene.presets]
        if scene.remark:
            buttons.append(widgets.HTML(scene.remark))
        instant = product(*(range(len(control.values)) for control in scene.controls[: scene.instant]))
        states = [self._state((*stop, *self._stops.at[scene.instant :])) for stop in instant]
        self.root = stage(scene.name, boxes, self._stops.layer, buttons, worth_showing(scene.goal, scene.start, states))
        if scene.film:
            boxes[0].add_class("eta-film")
        if scene.yours:
            self.root.eta_live = self  # it looks for another answer as long as the widget lives
            after_each_cell(self, "look_again")

    def look_again(self) -> None:
        """Draw the learner's answer anew where it has changed."""
        if self.scene.yours.changed():
            self._stops.refill()

    def _state(self, at: tuple) -> dict:
        """The values of all controls, whose indices are `at`."""
        return {control.name: control.values[i] for control, i in zip(self.scene.controls, at)}

    def _stop(self, at: tuple) -> str:
        return self.scene.stop(self._state(at))

    def _under(self, at: tuple) -> str:
        """What lies under the stops: the frames and the still layer."""
        state = self._state(at)
        return side_by_side(*(chart.background() for chart in self.scene.charts(state))) + self.scene.still_layer(state)

    def _ahead(self, at: tuple) -> None:
        if self.scene._ahead:
            self.scene._ahead(**self.scene.slow(self._state(at)))

    def _begin(self) -> None:
        if self.scene.yours:
            self.scene.yours.begin()
        self._look_ahead()

    def _look_ahead(self) -> None:
        if self.scene._ahead:
            self._spare.use(partial(self.scene._ahead, **slow) for slow in self.scene.neighbours(self._state(self._stops.at)))

    def _show(self, values: dict) -> None:
        wanted = {**self.scene.start, **values}
        self._stops.set([list(control.values).index(wanted[control.name]) for control in self.scene.controls])


def _box(control):
    """The widget of a control; its value is the index of the control's value."""
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
