"""Grades all submissions of a lesson: parallel judges, one verdict file each, and a rerun does only what is missing.

Theory of operation. The coordinator lists the submissions, keeps the verdicts whose key still fits, removes the others (an old
grade must not outlive the notebook it was for), and hands the rest to worker processes, each with a judge and a sandbox of its
own. The reference goes first, through the same door; unless it gets full marks nothing is graded. A worker that is killed
is replaced and its submission tried again. Nothing but the verdict files is state, so a crash at any moment, of
anything, means: run it again.
"""

from __future__ import annotations

import contextlib
import fcntl
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from ..report import Sheet, Status
from . import confine, levels, verdicts
from .grade import Judge, find_lesson, fingerprint, solution_path, submission_path, versions
from .verdicts import Course

_TRIES = 3
_REFERENCE = "(reference)"  # in messages; on the way to a worker the reference has no name at all, so no student has it


class ReferenceFailed(Exception):
    """The reference did not get full marks, so nothing was graded: the exercise or the machine is at fault."""


class Busy(Exception):
    """Another run grades this lesson right now."""


@dataclass
class Result:
    """One student's line in a `Summary`. `fresh` is False when an unchanged submission kept its verdict."""

    student: str
    status: str
    points: float
    max_points: float
    fresh: bool
    detail: str = ""

    @property
    def is_error(self) -> bool:
        """Whether our side failed: then there is no grade."""
        return self.status == "error"


@dataclass
class Summary:
    """What a run did."""

    lesson: str
    level: str
    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def errors(self) -> list[Result]:
        """The students without a grade because something of ours failed."""
        return [result for result in self.results if result.is_error]


def students(root: Path, lesson: str) -> list[str]:
    """Everyone who has a folder for this lesson in work/submitted, in order."""
    submitted = root / "work" / "submitted"
    names = os.listdir(submitted) if submitted.is_dir() else []
    return sorted(name for name in names if not name.startswith(".") and (submitted / name / lesson).is_dir())


def shard_of(names: list[str], index: int, count: int) -> list[str]:
    """Part `index` (from 1) of `count` parts. Raises `ValueError` for a part that does not exist."""
    if not 1 <= index <= count:
        raise ValueError(f"there is no part {index} of {count}; write --shard 1/{count} to {count}/{count}")
    return names[index - 1::count]


def grade_all(root: str | Path, lesson: str, *, jobs: int = 0, shard: tuple[int, int] = (1, 1), only: Iterable[str] = (),
              again: bool = False, level: str = "auto", progress: Callable[[int, int, Result, float], None] | None = None,
              **settings) -> Summary:
    """Grade what needs grading; the verdicts are in work/verdicts. `settings` go to `Judge`.

    ``progress(done, total, result, seconds_left)`` is called after each. Raises `ReferenceFailed`, `Busy`, `SandboxError`,
    `LookupError` (no such lesson or student), or `OSError` when verdicts cannot be written at all.
    """
    start = time.monotonic()
    root = Path(root)
    one = find_lesson(lesson, settings.get("lessons"))
    level = levels.best() if level == "auto" else level
    course = Course.load(root)
    everyone = students(root, lesson)
    wanted = list(only)
    unknown = sorted(set(wanted) - set(everyone))
    if unknown:
        raise LookupError(f"{unknown[0]!r} has no folder for {lesson} in {root / 'work' / 'submitted'}")
    names = shard_of(wanted or everyone, *shard)
    summary = Summary(lesson, level)
    current = versions(root, one)
    with _lock(root, lesson, shard):
        todo = []
        for name in names:
            sheet = None if again else kept(root, lesson, name, course, current, level)
            if sheet is None:
                # an old grade must not survive: if this run dies, the student is missing, not wrong
                verdicts.drop(root, lesson, name)
                todo.append(name)
            else:
                summary.results.append(_result(sheet, one.points, fresh=False))
        if todo:
            crew = _Crew(root, lesson, level, settings, min(jobs or os.cpu_count() or 1, len(todo)))
            with contextlib.closing(crew):
                crew.check_reference(one)
                began = time.monotonic()
                for done, result in enumerate(crew.work(todo, one.points), 1):
                    summary.results.append(result)
                    left = (time.monotonic() - began) / done * (len(todo) - done)
                    if progress:
                        progress(len(names) - len(todo) + done, len(names), result, left)
    summary.results.sort(key=lambda result: result.student)
    summary.seconds = round(time.monotonic() - start, 3)
    return summary


def kept(root: Path, lesson: str, student: str, course: Course, current: dict, level: str) -> Sheet | None:
    """The verdict on file, if it is whole, signed, and for this very notebook, judge and level; else None."""
    try:
        sheet, receipt = verdicts.read(root, lesson, student)
    except (OSError, ValueError):
        return None
    submitted = fingerprint(submission_path(root, lesson, student))
    fits = receipt.get("key") == verdicts.key(lesson, student, submitted, current, level, course.student_seed(lesson, student))
    return sheet if fits and not sheet.is_error and not verdicts.problems(root, lesson, student, course) else None


@contextlib.contextmanager
def _lock(root: Path, lesson: str, shard: tuple[int, int]):
    """One run at a time for a lesson (and part). The kernel frees the lock however the run ends."""
    folder = root / "work" / "verdicts" / lesson
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(".new-*"):
        with contextlib.suppress(OSError):
            leftover.unlink() if time.time() - leftover.stat().st_mtime > 3600 else None
    with open(folder / f".lock-{shard[0]}-of-{shard[1]}", "a+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            raise Busy(f"another run (process {stream.read(20).strip()}) grades {lesson} already; wait for it or stop it") from None
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


class _Crew:
    """The worker processes of one run."""

    def __init__(self, root: Path, lesson: str, level: str, settings: dict, size: int):
        self._make = (root, lesson, level, settings)
        self._members = {}
        for _ in range(size):
            self._hire()

    def _hire(self):
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        others = [ours, *self._members]
        process = context.Process(target=_member, args=(theirs, others, os.getpid(), *self._make), daemon=True)
        process.start()
        theirs.close()
        self._members[ours] = process
        return ours

    def _dismiss(self, link) -> None:
        process = self._members.pop(link)
        link.close()
        process.kill()
        process.join()

    def close(self) -> None:
        """End all workers; those that wait for work get a moment to tidy up."""
        for link in self._members:
            link.close()
        for process in self._members.values():
            process.join(5)
            process.kill()
            process.join()
        self._members.clear()

    def check_reference(self, lesson) -> None:
        """Send the reference through the door. Raises `ReferenceFailed`, or what a worker met when it started."""
        link = next(iter(self._members))
        for _ in range(_TRIES):
            try:
                link.send(None)
                answer = link.recv()
                break
            except (EOFError, OSError):
                self._dismiss(link)
                link = self._hire()
        else:
            raise ReferenceFailed("the process that judged the reference was killed again and again; is there enough memory?")
        if isinstance(answer, Exception):
            raise answer
        if answer.is_error or answer.points != lesson.points:
            lost = [f"{r.exercise}: {r.points} of {r.max_points} ({r.status}) {r.detail}".strip()
                    for r in answer.reports.values() if r.status is not Status.RIGHT or r.points != r.max_points]
            raise ReferenceFailed(f"the reference got {answer.points} of {lesson.points} points, so nothing was graded. " + "; ".join(lost or [answer.detail]))

    def work(self, names: list[str], most: float):
        """Grade everyone in `names`, in whatever order they are ready; yields a `Result` each."""
        waiting, tries, busy = list(reversed(names)), dict.fromkeys(names, 0), {}
        idle = list(self._members)
        while waiting or busy:
            while waiting and idle:
                link, name = idle.pop(), waiting.pop()
                busy[link] = name
                tries[name] += 1
                with contextlib.suppress(OSError):  # a dead worker is noticed below
                    link.send(name)
            for link in wait(list(busy)):
                name = busy.pop(link)
                try:
                    answer = link.recv()
                except (EOFError, OSError):
                    self._dismiss(link)
                    idle.append(self._hire())
                    if tries[name] < _TRIES:
                        waiting.append(name)
                        continue
                    answer = Result(name, "error", 0.0, most, True, f"the process that judged it was killed {_TRIES} times")
                else:
                    idle.append(link)
                if isinstance(answer, Exception):
                    answer = Result(name, "error", 0.0, most, True, f"{type(answer).__name__}: {answer}")
                yield answer


def _member(link, others, parent: int, root: Path, lesson: str, level: str, settings: dict) -> None:
    """A worker process: judge what comes over `link`, write the verdict, answer with a `Result`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator hears it and ends us
    confine.die_with_parent(parent)
    for other in others:
        other.close()
    try:
        judge = Judge(root, level, **settings).__enter__()
    except Exception as error:
        while True:
            link.recv()
            link.send(error)
    one = judge.lesson(lesson)
    while True:
        try:
            name = link.recv()
        except EOFError:  # the run is over
            return judge.__exit__()
        try:
            if name is None:
                link.send(judge.grade(solution_path(root, lesson), one, _REFERENCE))
                continue
            sheet = judge.grade(submission_path(root, lesson, name), one, name)
            verdicts.save(root, sheet, judge.course)
            link.send(_result(sheet, one.points, fresh=True))
        except Exception as error:
            link.send(error)


def _result(sheet: Sheet, most: float, fresh: bool) -> Result:
    status = "error" if sheet.is_error else sheet.status
    return Result(sheet.student, status, 0.0 if sheet.is_error else sheet.points, most, fresh, sheet.detail)
