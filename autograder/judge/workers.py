"""The worker processes of one run: each has a judge and a sandbox of its own; one that is killed is replaced, its work done again.

Everybody is judged in a first round with a part of the time; who needs more waits until nobody is left in it (see `allowance`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from ..engine.report import Sheet
from .allowance import NeedsMore
from .grade import Judge
from .inside import confine
from .plan import Answer, HandIn
from .reference import ReferenceFailed, require_full_marks
from .sandbox.process import SandboxError
from .submission import BadNotebook

_TRIES = 3
_MEMORY = 4 << 30  # bytes of address space that a worker may map; what a large program had mapped that grades within it comes on top
_TELL = 2.0  # seconds after which it is told who holds a worker


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
        self._allows: dict[str, float] = {}  # what the first worker learned from our own answers
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
                link.send((None, b"", seed, {}, False))
                answer = link.recv()
                if not isinstance(answer, SandboxError):
                    break
            except (EOFError, OSError):
                answer = ReferenceFailed("the process that judged the reference was killed again and again; is there enough memory?")
            self._stop(link)  # it was killed, or its sandbox while it came up: a new worker gets a new one
            link = self._start()
        if isinstance(answer, Exception):
            raise answer
        answer, self._allows = answer
        require_full_marks(answer, lesson)

    def work(self, hand_ins: list[HandIn], seed: int, held: Callable[[dict[str, float]], None] | None = None) -> Iterator[Answer]:
        """Judge them all on the cases of `seed`, in whatever order they are ready.

        ``held(seconds)`` is told now and then who holds a worker for longer than usual, and for how long.
        """
        waiting, busy = list(reversed(hand_ins)), {}
        tries = dict.fromkeys((one.student for one in hand_ins), 0)
        second: list[HandIn] = []  # who needs more time than the first round has
        slow: set[str] = set()
        since: dict[str, float] = {}
        idle = list(self._workers)
        while waiting or second or busy:
            while (waiting or second) and idle:
                one = waiting.pop() if waiting else second.pop(0)
                try:
                    data = one.read()
                except BadNotebook as problem:
                    yield Answer(one, problem)
                    continue
                link = idle.pop()
                busy[link] = one
                tries[one.student] += 1
                since[one.student] = time.monotonic()
                with contextlib.suppress(OSError):  # a dead worker is noticed below
                    link.send((one.student, data, seed, self._allows, one.student not in slow))
            ready = wait(list(busy), _TELL) if busy else []
            if held is not None:
                spent = {one.student: time.monotonic() - since[one.student] for one in busy.values()}
                held({name: seconds for name, seconds in spent.items() if seconds > _TELL})
            for link in ready:
                one = busy.pop(link)
                again = tries[one.student] < _TRIES
                try:
                    answer = link.recv()
                except (EOFError, OSError):
                    self._stop(link)
                    idle.append(self._start())
                    if again:
                        waiting.append(one)
                        continue
                    answer = f"the process that judged it was killed {_TRIES} times"
                else:
                    if isinstance(answer, SandboxError) and again:
                        # its sandbox was killed while it came up: a new worker gets a new one
                        self._stop(link)
                        idle.append(self._start())
                        waiting.append(one)
                        continue
                    idle.append(link)
                if isinstance(answer, NeedsMore):
                    slow.add(one.student)
                    second.append(one)
                    tries[one.student] = 0
                    continue
                yield Answer(one, f"{type(answer).__name__}: {answer}" if isinstance(answer, Exception) else answer)


def _work(link, others, parent: int, root: Path, lesson: str, level: str, settings: dict) -> None:
    """A worker process: judge what comes over `link` and answer with the sheet. It has no key: whoever fools it can sign nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator hears it and ends us
    confine.die_with_parent(parent)
    for other in others:
        other.close()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = confine.mapped() + _MEMORY  # it decodes what strangers send
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        judge = Judge(root, level, **settings).__enter__()
    except Exception as error:
        while True:
            link.recv()
            link.send(error)
    one = judge.lesson(lesson)
    while True:
        try:
            name, data, seed, allows, first = link.recv()
        except EOFError:  # the run is over
            return judge.__exit__()
        try:
            if name is None:  # the reference, which on its way has no name at all, so that no student has it
                sheet = judge.learn_times(one, seed)
                link.send((sheet, judge.allows.get(lesson, {})))
            else:
                judge.allows[lesson] = allows
                link.send(judge.grade_bytes(data, one, name, seed, judge.tests, first))
        except BrokenPipeError:  # the run was stopped while this one was at work
            return judge.__exit__()
        except Exception as error:
            with contextlib.suppress(BrokenPipeError):
                link.send(error)


def result_of(sheet: Sheet, most: float, fresh: bool) -> Result:
    """A sheet as a line."""
    status = "error" if sheet.is_error else sheet.status
    exercises = {name: report.points for name, report in sheet.reports.items()} if status == "graded" else {}
    return Result(sheet.student, status, sheet.points if status == "graded" else None, most, fresh, sheet.detail, exercises)
