"""The children of one notebook, one after another: runs its cells up to a place, asks for names, keeps time, and ends what must end."""

from __future__ import annotations

import time

from ..shared.answer import Died
from ..shared.channel import Closed, Late
from ..shared.frames import encode
from ..shared.wire import Malformed
from ..writing.exercise import Lesson
from .allowance import Exhausted, Meter, NeedsMore, Times, patience
from .ends import meaning
from .sandbox.child import Child
from .sandbox.process import SandboxError, Zygote
from .submission import Role, Submission
from .told import Told

_MOST_DEATHS = 20
_AHEAD = 1 << 20  # characters after which no more cells go into a frame, which the child reads whole before it runs any


class Conversation:
    """What is said to the children of one submission. `last` says that it was tried before, in vain:
    a child that is killed now, though the machine has memory, is the notebook's doing. `allows` is what `Used.allows` told of our own answers;
    in the `first` round there is a part of the time only.
    """

    def __init__(
        self,
        zygote: Zygote,
        submission: Submission,
        lesson: Lesson,
        times: Times,
        last: bool = False,
        allows: dict[str, float] | None = None,
        first: bool = False,
    ):
        self.zygote, self.submission, self.lesson = zygote, submission, lesson
        self.last, self.first, self.allows = last, first, allows or {}
        self.times = (times.first() if first else times).waiting(patience())
        self.told = Told(zygote.render)
        self.deadline = time.monotonic() + self.times.submission
        self._child: Child | None = None
        self._clock: Meter | None = None  # of what runs now
        self._spent = self._starts = 0.0  # processor seconds of children that have ended, and before any had run a cell
        self._done = 0  # cells that have been run in this child
        self._asked = ""  # what the child has been asked for and not been heard about
        self._deadly: set[int] = set()
        self._deaths = 0
        self._broken: SandboxError | NeedsMore | None = None

    def _run_to(self, position: int, name: str = "") -> Child:
        """A child in which the cells before `position` have run, which may be asked for `name` already. Raises `Died` when time or patience is at its end."""
        while True:
            if self._deaths > _MOST_DEATHS or time.monotonic() > self.deadline or self._total() > self.times.notebook_cpu:
                if self.first and self._deaths <= _MOST_DEATHS:
                    self._broken = NeedsMore()
                raise Died("timeout", "The notebook used up its time before this exercise was reached.")
            if self._child is None:
                self._child, self._done = self.zygote.spawn(), 0
                self._starts += self._child.cpu()
            try:
                while self._done < position:
                    self._run_cells(self._child, position, name)
                return self._child
            except Died:
                if self._broken:
                    raise
                continue

    def _run_cells(self, child: Child, position: int, name: str) -> None:
        """Order some of the cells before `position` in one frame, and behind the last the question for `name`; hear of each by itself."""
        cells, size, times = [], 0, self.times
        while self._done < position and size < _AHEAD:
            cell = self.submission.cells[self._done]
            if cell.role is not Role.CHECK and cell.index not in self._deadly:
                cells.append(cell)
                size += len(cell.source)
            self._done += 1
        if not cells:
            return
        seconds = self._meter(child).seconds
        order = encode({"op": "cells", "sources": [cell.source for cell in cells], "cpu": seconds, "wall": times.cell_wall})
        if name and self._done == position:
            order += _question(name)
            self._asked = name
        for number, cell in enumerate(cells):
            deadline = min(self.deadline, time.monotonic() + times.cell_wall + times.grace)
            try:
                if number == 0:
                    child.channel.write(order, deadline)
                else:
                    self._meter(child)
                reply = child.channel.receive_message(deadline)
                self.told.keep(cell, _reply(reply, "outputs", list))
                if reply.get("late"):
                    self._deadly.add(cell.index)  # a fresh child would only spend the same time on it
                    if self.first:
                        self._broken = NeedsMore()
                        raise Died("timeout")
            except (Closed, Late, Malformed) as error:
                self._deadly.add(cell.index)
                died = self._end_child(error)
                self.told.ended(cell, died.kind, died.detail)
                raise died from None

    def _meter(self, child: Child, name: str = "") -> Meter:
        """The processor time of an exercise, or of a cell, begins now."""
        least = self.times.call_cpu if name else self.times.cell_cpu
        wanted = max(self.allows.get(name, 0.0), self.lesson.exercises[name].seconds if name else 0.0)
        seconds = min(self.times.seconds(wanted, least), max(0.05, self.times.notebook_cpu - self._total()))
        self._clock = Meter(child, seconds, self.times.grace)
        return self._clock

    def _total(self) -> float:
        """Processor seconds that the notebook has used, in all its children."""
        return self._spent + (self._child.cpu() if self._child is not None else 0.0)

    def _stop_child(self) -> None:
        child, self._child = self._child, None
        self._asked = ""
        if child is not None:
            self._spent += child.kill().cpu

    def _has(self, child: Child, name: str) -> dict:
        try:
            if self._asked != name:
                child.channel.write(_question(name), time.monotonic() + self.times.call_wall)
            self._asked = ""
            reply = child.channel.receive_message(time.monotonic() + self.times.call_wall)
            return {**reply, "has": _reply(reply, "has", bool)}
        except (Closed, Late, Malformed) as error:
            raise self._end_child(error) from None

    def _end_child(self, error: Exception) -> Died:
        """End the child after `error`; what to tell. The next exercise gets a fresh one."""
        child, self._child, self._asked = self._child, None, ""
        self._deaths += 1
        child.channel.watch = None
        try:
            end = child.wait(2.0) if isinstance(error, Closed) else child.kill()
        except SandboxError as broken:
            self._broken = broken
            raise
        self._spent += end.cpu
        died = meaning(error, end, self.zygote, self.last, self._clock, self.told.innocent)
        if died is None:
            self._broken = SandboxError("a child was killed from outside; is the machine short of memory?")
            raise self._broken
        if self.first and died.kind == "timeout" and not isinstance(error, Exhausted):
            self._broken = NeedsMore()
        return died


def _question(name: str) -> bytes:
    return encode({"op": "has", "name": name})


def _reply(message: dict, key: str, kind: type):
    """What the child says of `key`. Raises `Malformed` when this is the reply to something else: one frame too many would shift all that follow."""
    if type(message.get(key)) is not kind:
        raise Malformed(f"no reply with {key}")
    return message[key]
