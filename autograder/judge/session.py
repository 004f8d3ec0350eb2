"""One notebook from its first cell to its last: runs the cells in children, judges each exercise where its check stands.

A child that dies or hangs costs what it was busy with, a cell or an exercise. The rest goes on in a fresh child, in which the
cells before are run again; a cell that killed its child, or looped, is passed over there. An answer that stands only below its check is
judged there. When something failed, a child that has seen no hidden case runs the notebook once more: the inputs, numbers and outputs that
people get to see are what it says, on public cases.
"""

from __future__ import annotations

import time
import warnings
from collections import defaultdict

from ..engine.public import shown
from ..engine.report import CheckStatus, Report, Status
from ..engine.runner import PUBLIC_SEED, run
from ..shared.answer import Died
from ..shared.channel import Closed, Late
from ..shared.wire import Malformed, encode
from ..writing.exercise import Lesson
from .allowance import Exhausted, Meter, NeedsMore, Times, Used, patience
from .ends import meaning
from .remote import RemoteAnswer
from .sandbox.child import Child
from .sandbox.process import SandboxError, Zygote
from .submission import Role, Submission
from .told import Told
from .why import explain, later_answers

_MOST_DEATHS = 20
_AHEAD = 1 << 20  # characters after which no more cells go into a frame, which the child reads whole before it runs any
_UNWRITTEN = (Status.MISSING, Status.NOT_ATTEMPTED)


class Session:
    """The judgement of one submission. `references` maps exercise names to trusted answers. `last` says that it was tried before, in vain:
    a child that is killed now, though the machine has memory, is the notebook's doing. `allows` is what `Used.allows` told of our own answers;
    in the `first` round there is a part of the time only.
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
        allows: dict[str, float] | None = None,
        first: bool = False,
    ):
        self.zygote, self.submission, self.lesson, self.references = zygote, submission, lesson, references
        self.seed, self.last, self.first, self.allows = seed, last, first, allows or {}
        self.times = (times.first() if first else times).waiting(patience())
        self.reports: dict[str, Report] = {}
        self.told = Told(zygote.render)
        self.used = Used()
        self.deadline = time.monotonic() + self.times.submission
        self._child: Child | None = None
        self._clock: Meter | None = None  # of what runs now
        self._spent = self._starts = 0.0  # processor seconds of children that have ended, and before any had run a cell
        self._done = 0  # cells that have been run in this child
        self._asked = ""  # what the child has been asked for and not been heard about
        self._judged_at: dict[str, int] = {}
        self._asked_hidden: set[str] = set()  # the exercises whose hidden cases a child has seen
        self._deadly: set[int] = set()
        self._deaths = 0
        self._broken: SandboxError | NeedsMore | None = None

    def judge(self) -> None:
        """Fill `reports` and `told`. Raises `SandboxError` when the sandbox broke, and `NeedsMore` in the first round: then there is no grade."""
        try:
            waiting: dict[int, list[str]] = defaultdict(list)  # exercises by the cell before which they are judged again
            end = len(self.submission.cells)
            for position in range(end + 1):
                due = waiting[position]
                if position < end and self.submission.cells[position].role is Role.CHECK:
                    due = [*due, self.submission.cells[position].exercise]
                elif position == end:
                    due = [*due, *(name for name in self.lesson.exercises if name not in self.reports)]
                for name in due:
                    if name not in self.reports or self.reports[name].status in _UNWRITTEN:
                        self._judged_at[name] = position
                        self.reports[name] = self._report(name, position, self.seed, public=False)
                        for place in later_answers(self.submission, position, name) if self.reports[name].status in _UNWRITTEN else ():
                            waiting[place].append(name)
            self._try_run_to(end)
            self.used.cells = self._total() - self._starts - sum(seconds for seconds, _ in self.used.exercises.values())
            self._show()
            for name, report in self.reports.items():
                explain(report, self.submission, self.told.outputs, self._judged_at[name])
        finally:
            self._stop_child()

    def _report(self, name: str, position: int, seed: int, public: bool) -> Report:
        exercise = self.lesson.exercises[name]
        report = Report(name, exercise.points, seed=self.seed)
        try:
            child = self._run_to(position, name)
            there = self._has(child, name)
            if there.get("stub"):
                report.status = Status.NOT_ATTEMPTED  # it says so itself, and has seen no case
            elif there["has"]:
                limit = min(self.deadline, time.monotonic() + self.times.exercise)
                meter = self._meter(child, name)
                answer = RemoteAnswer(child.channel, name, self.times, limit, self._end_child, meter)
                if not public:
                    self.told.innocent = False
                    self._asked_hidden.add(name)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # what a check's own arithmetic warns of on odd values is nobody's business
                    report = run(exercise, answer, self.references.get(name), seed, public=public)
                self.used.exercises[name] = meter.used(), answer.calls
            else:
                report.status = Status.MISSING
        except Died as end:
            report.status, report.detail = Status(end.kind), end.detail
        if self._broken:
            raise self._broken
        return report

    def _show(self) -> None:
        """Replace what hidden cases could be read from: findings and outputs are those of a child that never saw one."""
        failed = [name for name, report in self.reports.items() if any(f.status is CheckStatus.FAIL for f in report.findings)]
        whole = all(self.reports[name].status is Status.RIGHT for name in self._asked_hidden)
        if not failed and (whole or not self.told.suspicious):
            return
        self._stop_child()
        self.told.begin_anew(but=self._deadly)
        with_public = {}
        for name in sorted(failed, key=lambda name: self._judged_at[name]):
            with_public[name] = self._report(name, self._judged_at[name], PUBLIC_SEED, public=True)
        self._try_run_to(len(self.submission.cells))
        for name in failed:
            self.reports[name] = shown(self.reports[name], with_public[name])

    def _try_run_to(self, position: int) -> None:
        try:
            self._run_to(position)
        except Died:
            pass  # nothing is left to judge; what the cells said so far is kept
        if self._broken:
            raise self._broken

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
                text = f"This cell ended the notebook's process ({died.kind}). {died.detail}"
                self.told.keep(cell, [{"output_type": "error", "ename": died.kind, "evalue": text, "traceback": [text]}])
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
        died = meaning(error, end, self.zygote, self.last, self._clock)
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
