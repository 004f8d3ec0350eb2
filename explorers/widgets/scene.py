"""A scene makes an explorer: controls with countable values, pure drawings, and the words that go with a state.

The first control, or the first few (`instant`), are the instant ones: all their stops are prepared and joined in the browser (`stops`). The
others redraw what depends on them in Python, where it is not drawn ahead (`ahead`), and then the stops. A learner's answer (`yours`) is part of the stops. A lesson's explorer is a `Scene` and its drawings, nothing more:

    Scene("eta", controls=(Control("eta", "η", "the learning rate", values, 0.1), ...), charts=(LEFT, RIGHT), draw=draw, describe=describe)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import Overlay
from .goal import Goal
from .stage import Explorer, readout, side_by_side
from .told import Told
from .yours import Yours

STILLS = 64  # still layers that a scene remembers: those of a control moved to and fro


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
    """`charts` are Charts, or ``charts(**slow)``; ``still(axes, **slow)`` draws what the first control does not change (it takes those of
    the slow values that it depends on, and is asked again only when they change) and
    ``draw(axes, **state)`` the rest, both on matplotlib Axes or Overlays; ``describe(**state)`` gives the words.

    `slow` are the values of all controls but the first, `state` those of all. `prints` are the states (as dicts over the start)
    that the plain-text face lists, `text()` and `figure()` are other such faces; `instant` is how many of the first controls are prepared, `shown` are the names of the two cells that are not folded, `remark` is
    said beside the buttons. ``ahead(**slow)`` computes and remembers what is dear: it is called for the states that are one
    control away while nobody asks for anything. With `film` the first slider has a button that goes through its stops. `goal` is what to reach by the instant controls. Raises `ValueError` when a start is none of the values.
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
        yours: Yours | None = None,
        instant: int = 1,
        text: Callable[[], str] | None = None,
        remark: str = "",
        shown: Sequence[str] = (),
        figure: Callable | None = None,
        film: bool = False,
    ):
        for control in controls:
            if control.start not in list(control.values):
                raise ValueError(f"{name}: {control.name} starts at {control.start!r}, which is none of its values")
        self.name, self.controls, self.presets, self.prints = name, list(controls), list(presets), list(prints)
        self.goal, self.film = goal, film
        self.yours, self.instant, self._text, self.remark, self.shown, self._figure = yours, instant, text, remark, shown, figure
        self._charts, self._draw, self._describe, self._still, self._ahead = (
            charts,
            draw,
            describe,
            still or (lambda axes: None),
            ahead,
        )
        taken = list(inspect.signature(self._still).parameters.values())
        self._still_takes = None if any(p.kind is p.VAR_KEYWORD for p in taken) else {p.name for p in taken[1:]}
        self._stills: dict[tuple, str] = {}

    def explorer(self) -> Explorer:
        """What a notebook shows."""
        return Explorer(f"{self.name} explorer", self.build, self.figure, self.text)

    @property
    def start(self) -> dict:
        """The values at the beginning."""
        return {control.name: control.start for control in self.controls}

    def slow(self, state: dict) -> dict:
        """The part of a state that redraws in Python."""
        return {control.name: state[control.name] for control in self.controls[self.instant :]}

    def neighbours(self, state: dict) -> list[dict]:
        """The slow parts of all states that are one control, or one button, away."""
        moved = [{**state, control.name: value} for control in self.controls[self.instant :] for value in control.values]
        return [self.slow(s) for s in (*moved, *({**self.start, **p.state} for p in self.presets))]

    def charts(self, state: dict) -> tuple[Chart, ...]:
        """The axes of a state; the first control never changes them."""
        return self._charts(**self.slow(state)) if callable(self._charts) else self._charts

    def still_layer(self, state: dict) -> str:
        """The layer between the frame and the stops."""
        charts, given = self.charts(state), self._for_still(state)
        key = (tuple(charts), *given.items())
        if key not in self._stills:
            if len(self._stills) >= STILLS:
                self._stills.clear()
            overlays = [Overlay(chart) for chart in charts]
            self.draw_still(overlays, state)
            self._stills[key] = side_by_side(*(overlay.svg() for overlay in overlays))
        return self._stills[key]

    def draw_still(self, axes, state: dict) -> None:
        """What the first control does not change, on matplotlib Axes or Overlays."""
        self._still(axes, **self._for_still(state))

    def _for_still(self, state: dict) -> dict:
        """Those of the slow values that the still layer depends on: the ones that its function names."""
        return {name: value for name, value in self.slow(state).items() if self._still_takes is None or name in self._still_takes}

    def stop(self, state: dict) -> str:
        """The top layer of one state with its read-out."""
        overlays, words = [Overlay(chart) for chart in self.charts(state)], self.words(state)
        self.draw(overlays, state)
        pictures = side_by_side(*(overlay.svg(label) for overlay, label in zip(overlays, words.labels)))
        return (
            readout(words.cells, words.sentence, () if self.yours else self.shown)
            + pictures
            + (self.goal.mark(**state) if self.goal else "")
        )

    def draw(self, axes, state: dict) -> None:
        """All that depends on every control, on matplotlib Axes or Overlays: the learner's answer lies on top."""
        self._draw(axes, **state)
        if self.yours:
            self.yours.draw(axes, state)

    def words(self, state: dict) -> Description:
        """The words of a state; the learner's answer comes first."""
        words = self._describe(**state)
        if not self.yours:
            return words
        cells, sentence = self.yours.tell(state)
        return Description(
            (f"{words.labels[0]}; {sentence.words.strip()}", *words.labels[1:]), (*cells, *words.cells), sentence + words.told
        )

    def describe(self, **changes) -> Description:
        """The words of the start with `changes`; what tests compare with NumPy."""
        return self.words({**self.start, **changes})

    def text(self) -> str:
        """The plain-text face: the read-outs of the states in `prints`."""
        if self._text:
            return self._text()
        lines = [f"{self.name} explorer"]
        for changes in self.prints:
            words = self.describe(**changes)
            lines.append("; ".join(f"{name} {text}" for _, name, text in words.cells) + ". " + words.sentence)
        return "\n".join(lines)

    def figure(self):
        """The still picture of the start."""
        if self._figure:
            return self._figure()
        from ..drawing.chart import new_figure

        charts, width = self.charts(self.start), 0
        total, height = sum(chart.width for chart in charts), max(chart.height for chart in charts)
        figure, axes = new_figure(total, height), []
        for chart in charts:
            axes.append(chart.axes(figure, width / total, chart.width / total))
            width += chart.width
        self.draw_still(axes, self.start)
        self.draw(axes, self.start)
        return figure

    def build(self):
        """The live widget."""
        from .moving import Moving

        return Moving(self).root
