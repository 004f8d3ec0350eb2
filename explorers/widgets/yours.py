"""A learner's answer in a scene: asked in every state, drawn beside the truth, its gap told; trouble is told, and the picture lives on."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..drawing.digits import number
from ..drawing.symbols import YOURS
from ..drawing.yours import NothingToDraw
from .told import Told, told


@dataclass(frozen=True)
class Beside:
    """An answer beside the truth: `what` it is, both as arrays of one shape, how to draw it, and up to which difference they are the same.

    `draw(axes)` takes the axes of all charts. `rtol` and `atol` are as for `np.isclose`.
    """

    what: str
    given: np.ndarray
    wanted: np.ndarray
    draw: Callable
    rtol: float = 1e-6
    atol: float = 1e-9

    @property
    def gap(self) -> float:
        """The largest difference of an entry; not finite where an entry is not."""
        difference = np.abs(np.asarray(self.given, dtype=float) - np.asarray(self.wanted, dtype=float))
        return float(np.max(difference)) if np.isfinite(difference).all() else float("inf")

    @property
    def same(self) -> bool:
        """Whether nobody would tell the two apart."""
        return bool(np.allclose(self.given, self.wanted, rtol=self.rtol, atol=self.atol))

    def tell(self, name: str) -> Told:
        """The sentence on the gap."""
        one, other = (_words(value) for value in (self.given, self.wanted))
        largest = np.abs(np.asarray(self.wanted, dtype=float)).max()
        if self.same:
            agrees = f"agrees: {one} for" if np.size(self.given) <= 6 else f"agrees in all {np.size(self.given)} entries of"
            return told(f"{name} {agrees} the {self.what}. ", lambda: self.gap <= self.atol + self.rtol * largest)
        if one == other:
            one, other = (_words(value, 12) for value in (self.given, self.wanted))
        apart = f", off by {number(self.gap, 3)}" if np.isfinite(self.gap) else ""
        return told(
            f"{name} gives {one} for the {self.what}; right is {other}{apart}. ",
            lambda: not np.all(np.abs(np.asarray(self.given) - self.wanted) <= self.atol + self.rtol * np.abs(self.wanted)),
        )


class Yours:
    """The layer of a scene: `asked` is the learner's function, ``offer(**state)`` what it may take, by the course's names, and
    ``compare(yours, value, **state)`` puts what it returns `Beside` the truth, or raises `NothingToDraw`; it may ask for other states (`value`).

    An answer is remembered for the state in which it was asked, until the function changes.
    """

    def __init__(self, asked, offer: Callable[..., dict], compare: Callable):
        self.asked, self._offer, self._compare = asked, offer, compare
        self._values: dict[tuple, object] = {}
        self._known: dict[tuple, Beside | str] = {}

    @property
    def name(self) -> str:
        """The name of the learner's function."""
        return self.asked.name

    @property
    def parameters(self) -> list[str]:
        """What it takes."""
        return self.asked.parameters

    def value(self, **state):
        """What it returns in a state; raises `NothingToDraw` where it returns nothing."""
        return self.ask(tuple(state.items()), lambda: self._offer(**state))

    def ask(self, key: tuple, offer: Callable[[], dict]):
        """The same for any other question; `key` is what it is remembered by."""
        if key not in self._values:
            self._values[key] = self.asked.ask(offer())
        drawn = self._values[key]
        if drawn.trouble:
            raise NothingToDraw(drawn.trouble)
        return drawn.value

    def at(self, state: dict) -> Beside | str:
        """The answer in a state, or the sentence that says why none is drawn."""
        key = tuple(state.items())
        if key not in self._known:
            try:
                self._known[key] = self._compare(self, self.value(**state), **state)
            except NothingToDraw as why:
                self._known[key] = str(why)
        return self._known[key]

    def begin(self) -> None:
        """A new picture: all its answers share the time of one check."""
        self.asked.begin()

    def changed(self) -> bool:
        """Whether the function is another one by now; then all answers are forgotten."""
        if not self.asked.changed():
            return False
        self._known.clear()
        self._values.clear()
        self.begin()
        return True

    def tell(self, state: dict) -> tuple[tuple, Told]:
        """Cells of the read-out and the sentence of a state."""
        seen = self.at(state)
        if isinstance(seen, str):
            return ((YOURS, "yours", "not drawn"),), told(seen + " ", lambda: isinstance(self.at(state), str))
        gap = "none" if seen.same else number(seen.gap, 3) if np.isfinite(seen.gap) else "no number"
        given = _words(seen.given) if np.size(seen.given) <= 2 else "drawn"  # the sentence has the numbers of what is larger
        return ((YOURS, f"yours: {seen.what}", given), (YOURS, "gap", gap)), seen.tell(self.asked.name)

    def draw(self, axes, state: dict) -> None:
        """Draw the answer over the rest of a state."""
        seen = self.at(state)
        if isinstance(seen, Beside):
            seen.draw(axes)


def after_each_cell(owner, method: str) -> None:
    """Call the method of `owner` after every cell that runs in the notebook, as long as `owner` lives."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    events = getattr(shell, "events", None)
    if events is None:
        return
    alive = weakref.ref(owner)

    def look(*_):
        one = alive()
        if one is None:
            events.unregister("post_run_cell", look)
        else:
            getattr(one, method)()

    events.register("post_run_cell", look)


def _words(value, digits: int = 5) -> str:
    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        return number(float(array), digits)
    digits = digits if array.size <= 2 else max(3, digits - 2)
    return f"({', '.join(_words(part, digits) for part in array)})"
