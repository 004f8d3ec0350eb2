"""States that are one control away, prepared while nobody asks for anything: the next step of a control finds its picture in the browser.

A shelf is a small piece of HTML beside the store of an explorer (stops.py), with the templates of one state. The states nearest to that
of the reader are prepared first, before all in the direction in which a control has just been moved; what is far takes the shelf of what is
near. So at most `SHELVES` pictures wait, and one at a time is sent. The second picture that took long, as with a slow function of the learner's, is
the last one: from then on a step is drawn when it is asked for, and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import ipywidgets as widgets

QUIET_SECONDS, SOON_SECONDS, PAUSE_SECONDS = 0.4, 0.015, 0.01
SLOW_SECONDS = 0.1  # a picture that takes longer is not prepared unasked: the reader's next cell would wait for it
SHELVES = 12
SHELF_LETTERS = 100_000  # and what takes more is not sent unasked


def loop_around() -> asyncio.AbstractEventLoop | None:
    """The running loop; None without a kernel around us (a test, a script), where there is no spare time."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Ahead:
    """Shelves in the box `layer` for states of controls with `counts` values each, of which the first `instant` are never moved here.

    ``templates(state) -> html`` is what a shelf holds; ``dear(state)`` computes what it takes, where that is known to be much.
    """

    def __init__(
        self,
        layer: widgets.Box,
        counts: Sequence[int],
        instant: int,
        templates: Callable[[tuple], str],
        dear: Callable[[tuple], object] = lambda state: None,
    ):
        self._layer, self._counts, self._instant, self._templates, self._dear = layer, counts, instant, templates, dear
        self._shelves: list[widgets.HTML] = []
        self._holds: dict[tuple, widgets.HTML] = {}
        self._timer, self._wanted, self._here, self._slow = None, [], (), 0

    @property
    def states(self) -> Iterable[tuple]:
        """The states that stand on a shelf."""
        return self._holds.keys()

    def forget(self) -> None:
        """Nothing that stands on a shelf is right any more."""
        self._holds.clear()

    def go(self, at: tuple, moved: int | None = None, up: bool = False) -> None:
        """Prepare what is near the state `at`: soon where control number `moved` has just been moved, `up` or not, else when the reader rests."""
        if self._timer:
            self._timer.cancel()
        self._wanted, self._here = self._near(at, moved, up)[: SHELVES - 1], at
        self._later(SOON_SECONDS if moved is not None else QUIET_SECONDS)

    def _near(self, at: tuple, moved: int | None, up: bool) -> list[tuple]:
        """All states that are one control away, the likeliest next one first."""
        found = []
        for k in range(self._instant, len(at)):
            for index in range(self._counts[k]):
                steps = abs(index - at[k])
                likely = steps if k != moved else steps - 2.5 if (index > at[k]) == up else steps - 1.5
                if steps:
                    found.append((likely, len(found), (*at[:k], index, *at[k + 1 :])))
        return [state for _, _, state in sorted(found)]

    def _later(self, seconds: float) -> None:
        loop = loop_around()
        if loop and self._slow < 2:
            self._timer = loop.call_later(seconds, self._next, loop)

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Prepare the first state that is wanted and not there, then the next one after a pause."""
        state = next((state for state in self._wanted if state not in self._holds), None)
        if state is None:
            return
        self._dear(state)
        begun = loop.time()
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # what a learner's function prints here, nobody asked for
            html = self._templates(state)
        self._slow += loop.time() - begun > SLOW_SECONDS
        if len(html) > SHELF_LETTERS:
            self._wanted.remove(state)
        else:
            shelf = self._free_shelf()
            shelf.value = html
            self._holds[state] = shelf
        self._later(PAUSE_SECONDS)

    def _free_shelf(self) -> widgets.HTML:
        """A shelf that holds nothing, or what is not wanted any more: there is one more than states that are wanted, for the one that is on the screen."""
        if not self._shelves:
            look = {"layout": widgets.Layout(display="none"), "style": widgets.HTML().style}
            self._shelves = [widgets.HTML(**look) for _ in range(SHELVES)]
            for shelf in self._shelves:
                shelf.add_class("eta-shelf")
            self._layer.children = (*self._layer.children, *self._shelves)
        for state in [state for state in self._holds if state not in self._wanted and state != self._here]:
            if len(self._holds) == SHELVES:
                del self._holds[state]
        taken = set(map(id, self._holds.values()))
        return next(shelf for shelf in self._shelves if id(shelf) not in taken)


class SpareTime:
    """Computes what the reader may ask for next while nobody asks for anything: one piece, a pause, the next piece."""

    def __init__(self):
        self._timer = None

    def use(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Call each of `pieces` when the reader has come to rest; forget those that were still to come."""
        if self._timer:
            self._timer.cancel()
        if loop := loop_around():
            self._timer = loop.call_later(QUIET_SECONDS, self._next, loop, iter(pieces))

    def _next(self, loop: asyncio.AbstractEventLoop, pieces: Iterable) -> None:
        for piece in pieces:
            piece()
            self._timer = loop.call_later(PAUSE_SECONDS, self._next, loop, pieces)
            return
