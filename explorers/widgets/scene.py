"""A scene makes an explorer: controls with countable values, pure drawings, and the words that go with a state.

The first control is the instant one: all its stops are prepared and joined in the browser (`stops`). The others redraw what
depends on them in Python (`live`), and then the stops. A lesson's explorer is a `Scene` and its drawings, nothing more:

    Scene("eta", controls=(Control("eta", "η", "the learning rate", values, 0.1), ...), charts=(LEFT, RIGHT), draw=draw, describe=describe)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import Overlay
from .goal import Goal, worth_showing
from .stage import Explorer, menu, preset, readout, side_by_side, stage, toggle
from .told import Told


@dataclass(frozen=True)
class Control:
    """One control of a scene: `name` is the keyword under which drawings get its value, `values` are all it can be.

    `kind` is "slider", "toggle" (a few values as buttons) or "menu"; `text(value)` is how a value reads.
    """

    name: str
    label: str
    tooltip: str
    values: Sequence
    start: object
    text: Callable[[object], str] = number
    kind: str = "slider"


@dataclass(frozen=True)
class Description:
    """The words of one state: a text for screen readers for each chart, cells (line, name, text) of the read-out, a sentence that is told.

    Raises `TypeError` for a sentence without a predicate (`told`).
    """

    labels: Sequence[str]
    cells: Sequence[tuple]
    told: Told

    def __post_init__(self):
        if not isinstance(self.told, Told):
            raise TypeError(f"the sentence {self.told!r:.80} has no predicate; write told(words, lambda: …), which says when it is true")

    @property
    def sentence(self) -> str:
        """The words of what is told."""
        return self.told.words


@dataclass(frozen=True)
class Preset:
    """A button with an instructive case: the values that it sets."""

    label: str
    tooltip: str
    state: dict


class Scene:
    """`charts` are Charts, or ``charts(**slow)``; ``still(axes, **slow)`` draws what the first control does not change and
    ``draw(axes, **state)`` the rest, both on matplotlib Axes or Overlays; ``describe(**state)`` gives the words.

    `slow` are the values of all controls but the first, `state` those of all. `prints` are the states (as dicts over the start)
    that the plain-text face lists. ``ahead(**slow)`` computes and remembers what is dear: it is called for the states that are one
    control away while nobody asks for anything. `goal` is what to reach by the first control. Raises `ValueError` when a start is none of the values.
    """

    def __init__(
        self,
        name: str,
        controls: Sequence[Control],
        charts,
        draw,
        describe,
        still=None,
        presets: Sequence[Preset] = (),
        prints: Sequence[dict] = ({},),
        ahead=None,
        goal: Goal | None = None,
    ):
        for control in controls:
            if control.start not in list(control.values):
                raise ValueError(f"{name}: {control.name} starts at {control.start!r}, which is none of its values")
        self.name, self.controls, self.presets, self.prints = name, list(controls), list(presets), list(prints)
        self.goal = goal
        self._charts, self._draw, self._describe, self._still, self._ahead = (
            charts,
            draw,
            describe,
            still or (lambda axes, **slow: None),
            ahead,
        )

    def explorer(self) -> Explorer:
        """What a notebook shows."""
        return Explorer(f"{self.name} explorer", self.build, self.figure, self.text)

    @property
    def start(self) -> dict:
        """The values at the beginning."""
        return {control.name: control.start for control in self.controls}

    def slow(self, state: dict) -> dict:
        """The part of a state that redraws in Python."""
        return {control.name: state[control.name] for control in self.controls[1:]}

    def neighbours(self, state: dict) -> list[dict]:
        """The slow parts of all states that are one control, or one button, away."""
        moved = [{**state, control.name: value} for control in self.controls[1:] for value in control.values]
        return [self.slow(s) for s in (*moved, *({**self.start, **p.state} for p in self.presets))]

    def charts(self, state: dict) -> tuple[Chart, ...]:
        """The axes of a state; the first control never changes them."""
        return self._charts(**self.slow(state)) if callable(self._charts) else self._charts

    def still_layer(self, state: dict) -> str:
        """The layer between the frame and the stops."""
        overlays = [Overlay(chart) for chart in self.charts(state)]
        self._still(overlays, **self.slow(state))
        return side_by_side(*(overlay.svg() for overlay in overlays))

    def stop(self, state: dict) -> str:
        """The top layer of one state with its read-out."""
        overlays, words = [Overlay(chart) for chart in self.charts(state)], self._describe(**state)
        self._draw(overlays, **state)
        pictures = side_by_side(*(overlay.svg(label) for overlay, label in zip(overlays, words.labels)))
        return pictures + readout(words.cells, words.sentence) + (self.goal.mark(**state) if self.goal else "")

    def describe(self, **changes) -> Description:
        """The words of the start with `changes`; what tests compare with NumPy."""
        return self._describe(**{**self.start, **changes})

    def text(self) -> str:
        """The plain-text face: the read-outs of the states in `prints`."""
        lines = [f"{self.name} explorer"]
        for changes in self.prints:
            words = self.describe(**changes)
            lines.append("; ".join(f"{name} {text}" for _, name, text in words.cells) + ". " + words.sentence)
        return "\n".join(lines)

    def figure(self):
        """The still picture of the start."""
        from ..drawing.chart import new_figure

        charts, width = self.charts(self.start), 0
        total, height = sum(chart.width for chart in charts), max(chart.height for chart in charts)
        figure, axes = new_figure(total, height), []
        for chart in charts:
            axes.append(chart.axes(figure, width / total, chart.width / total))
            width += chart.width
        self._still(axes, **self.slow(self.start))
        self._draw(axes, **self.start)
        return figure

    def build(self):
        """The live widget."""
        import ipywidgets as widgets

        from .live import Live
        from .stops import SpareTime, Stops, layer_layout

        first, *others = self.controls
        fast = _slider(first)
        boxes = [_box(control) for control in others]

        def state(i: int) -> dict:
            return {first.name: first.values[i], **{c.name: c.values[b.index] for c, b in zip(others, boxes)}}

        stops = Stops((fast,), lambda i: self.stop(state(i)))
        still = widgets.HTML(self.still_layer(state(0)), layout=layer_layout())

        spare = SpareTime()

        def look_ahead() -> None:
            if self._ahead:
                spare.use(partial(self._ahead, **slow) for slow in self.neighbours(state(0)))

        def redrawn() -> None:
            still.value = self.still_layer(state(0))
            stops.refill()
            look_ahead()

        frame = Live(boxes, lambda *_: side_by_side(*(chart.background() for chart in self.charts(state(0)))), then=redrawn)

        def show(values: dict) -> None:
            wanted = {**self.start, **values}
            fast.index = list(first.values).index(wanted[first.name])
            targets = [box.options[list(c.values).index(wanted[c.name])][1] for c, box in zip(others, boxes)]
            frame.set(*targets)

        look_ahead()
        buttons = [preset(p.label, p.tooltip, lambda p=p: show(p.state)) for p in self.presets]
        goal = worth_showing(self.goal, self.start, [{**self.start, first.name: value} for value in first.values])
        return stage(self.name, (fast, *boxes), (frame.layer, still, stops.layer), buttons, goal)


def _box(control: Control):
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


def _slider(control: Control):
    """A slider over the indices of the control's values, which need not be numbers."""
    from .stops import stops_slider

    at = list(control.values).index(control.start)
    return stops_slider(list(range(len(control.values))), at, lambda i: control.text(control.values[i]), control.label, control.tooltip)
