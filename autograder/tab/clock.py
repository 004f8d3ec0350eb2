"""The event loop of a page: what somebody wants done later, the page asks for when the time has come."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable

from .host import say


class Later:
    """One thing to be done later; as asyncio's handles, it can be called off."""

    def __init__(self, when: float, function: Callable, args: tuple):
        self.when, self.function, self.args, self.cancelled = when, function, args, False

    def cancel(self) -> None:
        self.cancelled = True


class Loop:
    """The part of an asyncio loop that explorers use. The page is told to ring (`wake`), and then `ring` does what is due."""

    def __init__(self):
        self._due: list[tuple[float, int, Later]] = []
        self._order = itertools.count()

    def time(self) -> float:
        return time.monotonic()

    def call_later(self, delay: float, function: Callable, *args) -> Later:
        later = Later(self.time() + delay, function, args)
        heapq.heappush(self._due, (later.when, next(self._order), later))
        say("wake", seconds=max(0.0, delay))
        return later

    def ring(self) -> None:
        """Do what is due by now; what it asks for meanwhile waits for its own ring."""
        now, due = self.time(), []
        while self._due and self._due[0][0] <= now + 0.001:
            due.append(heapq.heappop(self._due)[2])
        for later in due:
            if not later.cancelled:
                later.function(*later.args)

    def rest(self) -> None:
        """Ask for a ring for what is left: after a kernel was put back, no page remembers."""
        for when, _, later in self._due:
            if not later.cancelled:
                say("wake", seconds=max(0.0, when - self.time()))
