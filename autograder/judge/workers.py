"""The worker processes of one run: each has a judge and a sandbox of its own; one that is killed is replaced, its work done again."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from ..engine.report import Sheet, Status
from .grade import Judge
from .inside import confine
from .sandbox.process import SandboxError

_TRIES = 3
_MEMORY = 4 << 30  # bytes of address space of a worker; it has mapped some hundred MiB when it is warm
_REFERENCE = "(reference)"  # in messages; on the way to a worker the reference has no name at all, so no student has it


class ReferenceFailed(Exception):
    """The reference did not get full marks, so nothing was graded: the exercise or the machine is at fault."""


@dataclass
class Result:
    """One student's line in a `Summary`. `fresh` is False when an unchanged submission kept its verdict; `points` are None without a grade."""

    student: str
    status: str
    points: float | None
    max_points: float
    fresh: bool
    detail: str = ""
    exercises: dict[str, float] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether our side failed: then there is no grade."""
        return self.status == "error"


class WorkerPool:
    """The worker processes of one run."""

    def __init__(self, root: Path, lesson: str, level: str, settings: dict, size: int):
        self._make = (root, lesson, level, settings)
        self._workers = {}
        for _ in range(size):
            self._start()

    def _start(self):
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        others = [ours, *self._workers]
        process = context.Process(target=_work, args=(theirs, others, os.getpid(), *self._make), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = process
        return ours

    def _stop(self, link) -> None:
        process = self._workers.pop(link)
        link.close()
        process.kill()
        process.join()

    def close(self) -> None:
        """End all workers; those that wait for work get a moment to tidy up."""
        for link in self._workers:
            link.close()
        for process in self._workers.values():
            process.join(5)
            process.kill()
            process.join()
        self._workers.clear()

    def check_reference(self, lesson, seed: int) -> None:
        """Send the reference through the door, on the cases of `seed`. Raises `ReferenceFailed`, or what a worker met when it started."""
        link = next(iter(self._workers))
        for _ in range(_TRIES):
            try:
                link.send((None, seed))
                answer = link.recv()
                break
            except (EOFError, OSError):
                self._stop(link)
                link = self._start()
        else:
            raise ReferenceFailed("the process that judged the reference was killed again and again; is there enough memory?")
        if isinstance(answer, Exception):
            raise answer
        if answer.is_error or answer.points != lesson.points:
            lost = [
                f"{r.exercise}: {r.points} of {r.max_points} ({r.status}) {r.detail}".strip()
                for r in answer.reports.values()
                if r.status is not Status.RIGHT or r.points != r.max_points
            ]
            raise ReferenceFailed(
                f"the reference got {answer.points} of {lesson.points} points, so nothing was graded. " + "; ".join(lost or [answer.detail])
            )

    def work(self, seeds: dict[str, int]) -> Iterator[tuple[str, Sheet | str]]:
        """Judge everyone in `seeds`, each on the cases of their seed, in whatever order they are ready: names, each with a sheet or with why there is none."""
        waiting, tries, busy = list(reversed(seeds)), dict.fromkeys(seeds, 0), {}
        idle = list(self._workers)
        while waiting or busy:
            while waiting and idle:
                link, name = idle.pop(), waiting.pop()
                busy[link] = name
                tries[name] += 1
                with contextlib.suppress(OSError):  # a dead worker is noticed below
                    link.send((name, seeds[name]))
            for link in wait(list(busy)):
                name = busy.pop(link)
                try:
                    answer = link.recv()
                except (EOFError, OSError):
                    self._stop(link)
                    idle.append(self._start())
                    if tries[name] < _TRIES:
                        waiting.append(name)
                        continue
                    answer = f"the process that judged it was killed {_TRIES} times"
                else:
                    if isinstance(answer, SandboxError) and tries[name] < _TRIES:
                        # its sandbox was killed while it came up: a new worker gets a new one
                        self._stop(link)
                        idle.append(self._start())
                        waiting.append(name)
                        continue
                    idle.append(link)
                if isinstance(answer, Exception):
                    answer = f"{type(answer).__name__}: {answer}"
                yield name, answer


def _work(link, others, parent: int, root: Path, lesson: str, level: str, settings: dict) -> None:
    """A worker process: judge what comes over `link` and answer with the sheet. It has no key: whoever fools it can sign nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator hears it and ends us
    confine.die_with_parent(parent)
    for other in others:
        other.close()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))  # it decodes what strangers send
    try:
        judge = Judge(root, level, **settings).__enter__()
    except Exception as error:
        while True:
            link.recv()
            link.send(error)
    one = judge.lesson(lesson)
    while True:
        try:
            name, seed = link.recv()
        except EOFError:  # the run is over
            return judge.__exit__()
        try:
            if name is None:
                link.send(judge.grade(judge.course.source(lesson), one, _REFERENCE, seed))
            else:
                link.send(judge.grade(judge.course.submitted(lesson, name), one, name, seed, tests=judge.tests))
        except Exception as error:
            link.send(error)


def result_of(sheet: Sheet, most: float, fresh: bool) -> Result:
    """A sheet as a line."""
    status = "error" if sheet.is_error else sheet.status
    exercises = {name: report.points for name, report in sheet.reports.items()} if status == "graded" else {}
    return Result(sheet.student, status, sheet.points if status == "graded" else None, most, fresh, sheet.detail, exercises)
