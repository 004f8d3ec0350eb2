"""One notebook from its first cell to its last: runs the cells in children, judges each exercise where its check stands.

A child that dies or hangs costs what it was busy with, a cell or an exercise. The rest goes on in a fresh child, in which the
cells before are run again; a cell that killed its child, or looped, is passed over there. An answer that stands only below its check is
judged there. When something failed, a child that has seen no hidden case runs the notebook once more: the inputs, numbers and outputs that
people get to see are what it says, on public cases.
"""

from __future__ import annotations

import contextlib
import time
import warnings
from collections import defaultdict
from dataclasses import replace

from ..engine.public import shown
from ..engine.report import CheckStatus, Report, Status
from ..engine.runner import PUBLIC_SEED, run
from ..engine.transcript import Transcript
from ..shared.answer import Died
from ..writing.exercise import Lesson
from . import places
from .allowance import Times, Used
from .conversation import Conversation
from .remote import RemoteAnswer
from .sandbox.process import Zygote
from .submission import Role, Submission
from .why import explain, later_answers

_UNWRITTEN = (Status.MISSING, Status.NOT_ATTEMPTED)


class Session(Conversation):
    """The judgement of one submission. `references` maps exercise names to trusted answers, `transcripts` to what those did on the cases of `seed`, where that is known;
    for the rest see `Conversation`.

    With `places` those of mistakes without a name are looked for in the end.
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
        places: bool = False,
        transcripts: dict[str, Transcript] | None = None,
    ):
        super().__init__(zygote, submission, lesson, times, last, allows, first)
        self.references, self.seed, self.places, self.transcripts = references, seed, places, transcripts or {}
        self.reports: dict[str, Report] = {}
        self.used = Used()
        self._judged_at: dict[str, int] = {}
        self._asked_hidden: set[str] = set()  # the exercises whose hidden cases a child has seen

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
            if self.places:
                self._look_for_places(end)
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
                    transcript = None if public else self.transcripts.get(name)
                    report = run(exercise, answer, self.references.get(name), seed, public=public, transcript=transcript)
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
        judged = [name for name in self.reports if name in self._asked_hidden]
        again = [name for name in judged if _failed(self.reports[name])]
        for name in judged:
            report = self.reports[name]
            if report.remarks and name not in again:  # what its hidden calls warned of; one that ended there is not tried once more for it
                again += [name] if report.status is Status.RIGHT else []
                report.remarks = []
        whole = all(self.reports[name].status is Status.RIGHT for name in judged)
        if not again and (whole or not self.told.suspicious):
            return
        self._stop_child()
        self.told.begin_anew(but=self._deadly)
        with_public = {}
        for name in sorted(again, key=lambda name: self._judged_at[name]):
            with_public[name] = self._report(name, self._judged_at[name], PUBLIC_SEED, public=True)
        self._try_run_to(len(self.submission.cells))
        for name in again:
            self.reports[name] = shown(self.reports[name], with_public[name])

    def _look_for_places(self, end: int) -> None:
        """Mark the lines of mistakes that have no name. All points stand: whatever happens here, at most a line is not marked."""
        until = time.monotonic() + self.times.places
        self.times = replace(self.times, notebook_cpu=self.times.notebook_cpu + self.times.places)  # what was judged in time stays judged
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
        if self._broken:
            raise self._broken


def _failed(report: Report) -> bool:
    return any(finding.status is CheckStatus.FAIL for finding in report.findings)
