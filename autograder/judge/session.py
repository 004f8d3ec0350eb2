"""One notebook from its first cell to its last: runs the cells in children, judges each exercise where its check stands.

A child that dies or hangs costs what it was busy with, a cell or an exercise. The rest goes on in a fresh child, in which the
cells before are run again; a cell that killed its child is passed over there.
"""

from __future__ import annotations

import contextlib
import signal
import time
import warnings

from ..engine.report import Report, Status
from ..engine.runner import run
from ..files.outputs import clean_outputs
from ..shared.answer import Died
from ..shared.channel import Closed, Late
from ..shared.wire import Malformed, encode
from ..writing.exercise import Lesson
from . import places
from .remote import RemoteAnswer, Times
from .sandbox.child import Child, End
from .sandbox.process import SandboxError, Zygote
from .submission import Cell, Role, Submission

_MOST_DEATHS = 20
_AHEAD = 1 << 20  # characters after which no more cells go into a frame, which the child reads whole before it runs any
_OUTPUT_LIMIT = 256 << 10  # characters of all outputs of a notebook without pictures


class Session:
    """The judgement of one submission. `references` maps exercise names to trusted answers. `last` says that it was tried before, in vain:
    a child that is killed now, though the machine has memory, is the notebook's doing. With `places` those of mistakes
    without a name are looked for in the end.
    """

    def __init__(
        self,
        zygote: Zygote,
        submission: Submission,
        lesson: Lesson,
        references: dict,
        seed: int,
        times: Times,
        last: bool = False,
        places: bool = False,
    ):
        self.zygote, self.submission, self.lesson, self.references = zygote, submission, lesson, references
        self.seed, self.times, self.last, self.places = seed, times, last, places
        self.reports: dict[str, Report] = {}
        self.outputs: dict[str, list] = {}
        self.deadline = time.monotonic() + times.submission
        self._child: Child | None = None
        self._done = 0  # cells that have been run in this child
        self._asked = ""  # what the child has been asked for and not been heard about
        self._deadly: set[int] = set()
        self._deaths = 0
        self._broken: SandboxError | None = None

    def judge(self) -> None:
        """Fill `reports` and `outputs`. Raises `SandboxError` when the sandbox broke: then there is no grade."""
        try:
            for position, cell in enumerate(self.submission.cells):
                if cell.role is Role.CHECK:
                    self._judge_exercise(cell.exercise, position)
            left = [name for name in self.lesson.exercises if name not in self.reports]
            end = len(self.submission.cells)
            for name in left:
                self._judge_exercise(name, end)
            self._try_run_to(end)
            if self.places:
                self._look_for_places(end)
        finally:
            if self._child is not None:
                self._child.kill()

    def _judge_exercise(self, name: str, position: int) -> None:
        exercise = self.lesson.exercises[name]
        report = Report(name, exercise.points, seed=self.seed)
        try:
            child = self._run_to(position, name)
            if self._has(child, name):
                limit = min(self.deadline, time.monotonic() + self.times.exercise)
                answer = RemoteAnswer(child.channel, name, self.times, limit, self._end_child)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # what a check's own arithmetic warns of on odd values is nobody's business
                    report = run(exercise, answer, self.references.get(name), self.seed, public=False)
            else:
                report.status = Status.MISSING
                report.detail = f"The notebook does not define {name} where it is checked."
        except Died as end:
            report.status, report.detail = Status(end.kind), end.detail
        if self._broken:
            raise self._broken
        self.reports[name] = report

    def _look_for_places(self, end: int) -> None:
        """Mark the lines of mistakes that have no name. All points stand: whatever happens here, at most a line is not marked."""
        until = time.monotonic() + self.times.places
        checks = {cell.exercise: position for position, cell in enumerate(self.submission.cells) if cell.role is Role.CHECK}
        for name, report in self.reports.items():
            if not places.is_wanted(report) or time.monotonic() > until:
                continue
            cells, others = self.submission.cells[: checks.get(name, end)], frozenset(self.lesson.exercises)
            # what a stranger's text makes of our own arithmetic with trees is not foreseen; no grade may hang on it
            with contextlib.suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                channel = self._run_to(end).channel
                report.place = places.search(self.lesson.exercises[name], report, cells, channel, until, self._end_child, others)

    def _try_run_to(self, position: int) -> None:
        try:
            self._run_to(position)
        except Died:
            pass  # nothing is left to judge; what the cells said so far is kept

    def _run_to(self, position: int, name: str = "") -> Child:
        """A child in which the cells before `position` have run, which may be asked for `name` already. Raises `Died` when time or patience is at its end."""
        while True:
            if self._deaths > _MOST_DEATHS or time.monotonic() > self.deadline:
                raise Died("timeout", "The notebook used up its time before this exercise was reached.")
            if self._child is None:
                self._child, self._done = self.zygote.spawn(), 0
            try:
                while self._done < position:
                    self._run_cells(self._child, position, name)
                return self._child
            except Died:
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
        order = encode({"op": "cells", "sources": [cell.source for cell in cells], "cpu": times.cell_cpu, "wall": times.cell_wall})
        if name and self._done == position:
            order += _question(name)
            self._asked = name
        for number, cell in enumerate(cells):
            deadline = min(self.deadline, time.monotonic() + times.cell_wall + times.grace)
            try:
                if number == 0:
                    child.channel.write(order, deadline)
                outputs = _reply(child.channel.receive_message(deadline), "outputs", list)
                self.outputs[str(cell.index)] = clean_outputs(outputs, self._room(cell))
            except (Closed, Late, Malformed) as error:
                self._deadly.add(cell.index)
                died = self._end_child(error)
                text = f"This cell ended the notebook's process ({died.kind}). {died.detail}"
                self.outputs[str(cell.index)] = [{"output_type": "error", "ename": died.kind, "evalue": text, "traceback": [text]}]
                raise died from None

    def _room(self, cell: Cell) -> int:
        used = sum(len(str(output)) for index, outputs in self.outputs.items() if index != str(cell.index) for output in outputs)
        return max(0, (64 if self.zygote.render else 1) * _OUTPUT_LIMIT - used)

    def _has(self, child: Child, name: str) -> bool:
        try:
            if self._asked != name:
                child.channel.write(_question(name), time.monotonic() + 5)
            self._asked = ""
            return _reply(child.channel.receive_message(time.monotonic() + 5), "has", bool)
        except (Closed, Late, Malformed) as error:
            raise self._end_child(error) from None

    def _end_child(self, error: Exception) -> Died:
        """End the child after `error`; what to tell. The next exercise gets a fresh one."""
        child, self._child, self._asked = self._child, None, ""
        self._deaths += 1
        try:
            end = child.wait(2.0) if isinstance(error, Closed) else child.kill()
        except SandboxError as broken:
            self._broken = broken
            raise
        if isinstance(error, Late):
            return Died("timeout", "It ran longer than it may and was stopped.")
        if isinstance(error, MemoryError):
            return Died("memory", "It asked for more memory than it may have.")
        if isinstance(error, Malformed):
            return Died("malformed", "It wrote into the judge's channel.")
        died = why(end, self.zygote)
        if died is None:
            if self.last and not end.machine_short:  # whoever kills from outside does not hit the same notebook every time
                return Died("exited", "Its process was killed, each time it was tried.")
            self._broken = SandboxError("a child was killed from outside; is the machine short of memory?")
            raise self._broken
        return died


def _question(name: str) -> bytes:
    return encode({"op": "has", "name": name})


def _reply(message: dict, key: str, kind: type):
    """What the child says of `key`. Raises `Malformed` when this is the reply to something else: one frame too many would shift all that follow."""
    if type(message.get(key)) is not kind:
        raise Malformed(f"no reply with {key}")
    return message[key]


def why(end: End, zygote: Zygote) -> Died | None:
    """What a child's end means for the learner, decided by who ended it; None when somebody else killed it."""
    if end.by_judge:
        return Died("exited", "It closed the judge's channel and went on.")
    if end.starved:
        return Died("memory", "It asked for more memory than it may have.")
    if end.overflow:
        return Died("memory", f"It wrote more than {zygote.limits.files_total >> 20} MiB of files, or started hundreds of threads.")
    if end.signal == signal.SIGXCPU or (end.signal == signal.SIGKILL and end.cpu >= zygote.limits.cpu - 1):
        return Died("timeout", "The notebook used up its processor time.")
    if end.signal == signal.SIGSYS:
        return Died("forbidden", "It asked the system for something that no exercise needs.")
    if end.signal == signal.SIGKILL and zygote.level != "weak":
        return None
    if end.signal:
        return Died("exited", f"Its process crashed ({_signal_name(end.signal)}).")
    return Died("exited", f"It ended its own process (exit code {end.code}).")


def _signal_name(number: int) -> str:
    """SIGSEGV for 11; Python has no names for real-time signals."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
