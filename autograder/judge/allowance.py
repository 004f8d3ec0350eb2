"""What one notebook may use: seconds of processor and of the clock, and how they follow from what our own answers take.

Theory of operation. Loops are ended by processor time, which another program on the machine cannot use up; the wall's clock ends what sleeps, and
waits longer on a busy machine. Our own answers are judged first, in the same sandbox, and what each took for a call is known from
then on: an exercise may take `FACTOR` times that, and never less than `Times.call_cpu`. A class is judged in two rounds. In the first
everybody has a tenth, which is plenty for a sound notebook; whoever needs more is judged again, with all of it, when
nobody else waits. The kernel counts a child's time, and the judge reads the count.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace

from ..shared.channel import Late
from ..writing.exercise import USUAL_SECONDS
from .inside.confine import MOST_THREADS, Limits
from .sandbox.child import Child

FACTOR = 1000  # times what our own answer takes for a call
_CELLS = 30  # times what all our own cells take, for a single one
_FIRST = 10  # part of the processor time, in the first round
_FIRST_WALL = 4  # and of the wall's
_WALLS = ("cell_wall", "call_wall", "exercise", "submission")
_BUSIEST = 8.0  # a machine that is busier than this is not waited for any longer


@dataclass(frozen=True)
class Times:
    """Seconds. Processor time first; wall times end what sleeps, and are those of an idle machine."""

    cell_cpu: float = USUAL_SECONDS  # of a cell, at least
    call_cpu: float = USUAL_SECONDS  # of all calls of an exercise together, at least
    most_cpu: float = 10.0  # of either, at most
    notebook_cpu: float = 20.0
    cell_wall: float = 10.0
    call_wall: float = 10.0
    exercise: float = 20.0
    submission: float = 60.0
    places: float = 30.0  # by the wall's clock, for the search for the places of all mistakes without a name, when the points stand
    grace: float = 0.2  # what a child gets to stop by itself before it is killed
    part: float = 1.0  # of what our own answers allow
    asked: str = ""  # the limits that a teacher asked for, in words; a verdict depends on them

    @classmethod
    def at_least(cls, seconds: float) -> Times:
        """The times where an exercise and a cell have at least so many seconds of processor time; the others grow in proportion."""
        more = max(1.0, seconds / cls.call_cpu)
        return cls(seconds, seconds, cls.most_cpu * more, cls.notebook_cpu * more).waiting(more)

    def first(self) -> Times:
        """The times of the first round."""
        tenths = {name: getattr(self, name) / _FIRST for name in ("cell_cpu", "call_cpu", "most_cpu", "notebook_cpu", "part")}
        return replace(self, **tenths).waiting(1 / _FIRST_WALL)

    def waiting(self, factor: float) -> Times:
        """The times on a machine where everything takes `factor` times as long by the wall's clock."""
        return replace(self, **{name: getattr(self, name) * factor for name in _WALLS})

    def seconds(self, wanted: float, least: float) -> float:
        """Processor seconds of an exercise or cell for which `wanted` would be plenty."""
        return min(max(self.part * wanted, least), max(self.most_cpu, least))


class NeedsMore(Exception):
    """The first round's time was not enough: nothing is said of this notebook before it had all of it."""


@dataclass
class Used:
    """What judging one notebook took: processor seconds of all cells, and by exercise with the number of calls."""

    cells: float = 0.0
    exercises: dict[str, tuple[float, int]] = field(default_factory=dict)

    def allows(self) -> dict[str, float]:
        """If these were our own answers: what would be plenty for each exercise, and, under no name, for a cell."""
        plenty = {name: FACTOR * seconds / max(1, calls) for name, (seconds, calls) in self.exercises.items()}
        return {"": _CELLS * self.cells, **plenty}


def chosen(seconds: float = 0.0, memory: int = 0) -> tuple[Times, Limits]:
    """The limits when an exercise is to have at least so many `seconds`, and a notebook so many MiB of `memory`; 0 means the usual."""
    times, usual = Times.at_least(seconds) if seconds else Times(), Limits()
    limits = replace(usual, memory=memory << 20 or usual.memory, cpu=max(usual.cpu, int(1.5 * times.notebook_cpu)))
    asked = [f"{seconds:g} s"] * bool(seconds) + [f"{memory} MiB"] * bool(memory)
    return replace(times, asked=", ".join(asked)), limits


def patience() -> float:
    """How much longer than on an idle machine something may take by the wall's clock: how many wait for each processor."""
    return min(_BUSIEST, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


class Exhausted(Late):
    """Another limit than that of time was passed; `kind` is that of `Died`."""

    def __init__(self, kind: str, detail: str):
        super().__init__(detail)
        self.kind, self.detail = kind, detail


class Meter:
    """The processor time of one exercise or one cell in `child`: at most `seconds` from now on."""

    def __init__(self, child: Child, seconds: float, grace: float):
        self.child, self.seconds, self.grace = child, seconds, grace
        self.start = child.cpu()
        child.channel.watch = self.look

    def used(self) -> float:
        """Seconds that were used so far."""
        return self.child.cpu() - self.start

    def left(self) -> float:
        """Seconds that are left, a little at least: who has used everything hears of it by the clock that is just ringing."""
        return max(0.01, self.seconds - self.used())

    def look(self) -> None:
        """Raises `Late` when the time is up and the child did not stop by itself, and `Exhausted` when it has too many threads."""
        if self.used() > self.seconds + self.grace:
            raise Late
        if self.child.threads() > MOST_THREADS:
            raise Exhausted("memory", "It started hundreds of threads.")


class Judging:
    """The judge's own time and the bytes that it took in for one exercise: both are bounded, or answers could keep it busy."""

    SECONDS, BYTES = 5.0, 16 << 20

    def __init__(self, channel):
        self.channel, self._start, self._taken, self._since = channel, time.process_time(), channel.taken, time.monotonic()

    def look(self) -> None:
        """Raises `Exhausted` when an answer has taken up too much of the judge."""
        if self.channel.taken - self._taken > self.BYTES:
            raise Exhausted("memory", f"What it returned is more than {self.BYTES >> 20} MiB in all.")
        # the wall's clock costs next to nothing to read, and never shows less than the processor's
        if time.monotonic() - self._since > self.SECONDS and time.process_time() - self._start > self.SECONDS:
            raise Exhausted("timeout", "It kept the judge busy for too long.")
