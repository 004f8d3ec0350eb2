"""What is on the screen of an explorer, and what the browser has ready for the next step of a control.

Theory of operation. A state is the indices of all controls: those of the first few, the instant ones, are its `stop`, the others its round. A
picture is two layers: `under`, which a round has once, and the stop over it. `Stops` is a picture that is seen, and a store of `<template>`s,
which the browser keeps as ready elements and never lays out: the layer under a round, and every stop of it. A step of an instant control copies
one of them onto the screen (explorer.js) before the next frame. When another control moves, a new round begins: where the state is ready too,
on a shelf (ahead.py), the script shows it; else it is drawn at once, both layers in one message. The store is filled again when the reader has come
to rest. Every template says of which round it is, and the script takes those of the controls as they stand, so nothing needs to be emptied.
Where no script runs on the page, each step is drawn in Python.

Events need no queue here. ipywidgets lets each control have one message under way and keeps only the newest state behind it, until the kernel
says it is idle again: what is stale is dropped in the browser, and the last state always arrives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import product

import ipywidgets as widgets

from .ahead import PAUSE_SECONDS, QUIET_SECONDS, Ahead, loop_around

# A reader who drags another slider needs the kernel for that: the unseen stops wait for a rest, and then come in small
# portions, so that the next event never has to wait for more than one of them.
PORTION_SECONDS = 0.01


class Stops:
    """The picture of the states of `controls`, widgets with an index: ``under(at) -> html`` and ``draw(at) -> html`` over it, `at` a state.

    `instant` is how many of the first controls have their stops prepared. `begin()` is called before anything of a new round is drawn. With
    ``ahead(at)``, which computes what is dear about a state, states that are one control away are prepared as well. An explorer has one `Stops`: its stage shows nothing else.
    """

    def __init__(
        self,
        controls: Sequence,
        instant: int,
        draw: Callable[[tuple], str],
        under: Callable[[tuple], str] = lambda at: "",
        begin: Callable[[], None] = lambda: None,
        ahead: Callable[[tuple], object] | None = None,
    ):
        self.controls, self.instant, self._draw, self._under, self._begin = list(controls), instant, draw, under, begin
        self.screen, self.store = widgets.HTML(layout=widgets.Layout(margin="0", width="100%")), widgets.HTML()
        ready = widgets.Button()  # the script presses it when it is there, and again when it misses a picture
        ready.on_click(self._scripted)
        for widget, name in (
            (self.screen, "eta-picture"),
            (self.store, "eta-store"),
            (ready, "eta-ready"),
            *((driver, "eta-driver") for driver in self.controls[:instant]),
        ):
            widget.add_class(name)
        self.layer = widgets.Box([self.screen, self.store, ready], layout=widgets.Layout(margin="0", width="100%", overflow="hidden"))
        self.layer.add_class("eta-instant")
        self._pictures, self._unders, self._timer, self._shown, self._script, self._held = {}, {}, None, 0, False, False
        self._version, self._stored, self._rest = 0, None, self.rest(self.at)
        counts = [len(control.options) for control in self.controls]
        self.ahead = Ahead(self.layer, counts, instant, self._templates, ahead) if ahead else None
        self._show()
        self._fill()
        for control in self.controls:
            control.observe(self._moved, "index")

    @property
    def at(self) -> tuple[int, ...]:
        """The state of the controls."""
        return tuple(control.index for control in self.controls)

    def rest(self, at: tuple) -> tuple:
        """The part of a state that its round is known by."""
        return at[self.instant :]

    def set(self, at: Sequence[int]) -> None:
        """Move all controls, draw once: what a preset does. Between two changes the picture would be of neither state."""
        self._held = True
        try:
            for control, index in zip(self.controls, at):
                control.index = index
        finally:
            self._held = False
        self._new_round()
        self._show()

    def refill(self) -> None:
        """Draw everything again: the visible stop now, the others when the reader rests, never for a state that has passed."""
        self._pictures.clear()
        self._unders.clear()
        self._version += 1
        if self.ahead:
            self.ahead.forget()
        self._new_round()
        self._show()

    def _new_round(self) -> None:
        """What there is of other rounds is forgotten, but for what is on a shelf; the store is filled when the reader rests."""
        rest, kept = self.rest(self.at), self.ahead.states if self.ahead else ()
        moved = next((k for k, (a, b) in enumerate(zip(self._rest, rest), self.instant) if a != b), None)
        ahead = moved is not None and rest[moved - self.instant] > self._rest[moved - self.instant]
        self._rest = rest
        self._pictures = {at: html for at, html in self._pictures.items() if self.rest(at) == rest or at in kept}
        self._unders = {one: html for one, html in self._unders.items() if one == rest or any(self.rest(at) == one for at in kept)}
        self._begin()
        if self._timer:
            self._timer.cancel()
        if loop := loop_around():
            self._timer = loop.call_later(QUIET_SECONDS, self._fill, loop)
            if self.ahead and self._script:
                self.ahead.go(self.at, moved, ahead)
        else:  # no kernel around us (a test, a script): nobody waits, so do it all
            self._fill()

    def _fill(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Draw what is not drawn yet of this round, and send it; the reader may have come back to the round of which all is there."""
        if self._stored == self._round(self._rest):
            return
        begun = loop and loop.time()
        stops = list(product(*(range(len(driver.options)) for driver in self.controls[: self.instant])))
        for stop in stops:
            if loop and loop.time() - begun > PORTION_SECONDS:
                self._timer = loop.call_later(PAUSE_SECONDS, self._fill, loop)
                return
            self._picture((*stop, *self._rest))
        self.store.value = self._templates(*((*stop, *self._rest) for stop in stops))
        self._stored = self._round(self._rest)

    def _round(self, rest: tuple) -> str:
        """What the templates of a round are known by: the other controls, and how often everything was drawn again."""
        return f"{','.join(map(str, rest))}/{self._version}"

    def _templates(self, *states: tuple) -> str:
        """The templates of states of one round, with the layer under them."""
        rest = self.rest(states[0])
        return f'<template data-under="{self._round(rest)}">{self._layer(rest)}</template>' + "".join(
            f'<template data-stop="{",".join(map(str, at[: self.instant]))}" data-round="{self._round(rest)}">{self._picture(at)}</template>'
            for at in states
        )

    def _picture(self, at: tuple) -> str:
        if at not in self._pictures:
            self._pictures[at] = self._draw(at)
        return self._pictures[at]

    def _layer(self, rest: tuple) -> str:
        if rest not in self._unders:
            self._unders[rest] = self._under((*self.at[: self.instant], *rest))
        return self._unders[rest]

    def _show(self) -> None:
        # Numbered, because the script changes the screen too: what Python put there before may not be what is there.
        self._shown += 1
        at = self.at
        note = f"<!-- round {self._round(self.rest(at))} stop {','.join(map(str, at[: self.instant]))} picture {self._shown} -->"
        self.screen.value = (
            f'<div class="eta-under">{self._layer(self.rest(at))}</div><div class="eta-screen">{self._picture(at)}{note}</div>'
        )

    def _moved(self, _) -> None:
        if self._held:
            return
        if self.rest(self.at) != self._rest:
            self._new_round()
        elif self.ahead and self._script:
            self.ahead.go(self.at)
        if not self._ready():
            self._show()

    def _ready(self) -> bool:
        """Whether the browser shows the state of the controls without us."""
        there = self._stored == self._round(self._rest) or (self.ahead is not None and self.at in self.ahead.states)
        return self._script and there

    def _scripted(self, _) -> None:
        if self._script:
            self._show()
        self._script = True
        if self.ahead:
            self.ahead.go(self.at)


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
