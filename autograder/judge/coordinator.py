"""Grades all submissions of a lesson: parallel judges, one verdict file each, and a rerun does only what is missing.

Theory of operation. The coordinator lists the submissions, keeps the verdicts whose key still fits, removes the others (an old
grade must not outlive the notebook it was for), and hands the rest to a pool: worker processes, each with a judge and a sandbox of its
own, here or on other machines. The reference goes first, through the same door; unless it gets full marks nothing is graded. A worker that is
killed is replaced and its submission tried again. What comes back is accepted (`plan`), signed and written here, where the key is. Nothing but the verdict files is state, so a crash at any moment, of
anything, means: run it again.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.report import Sheet
from ..exercises import find_lesson
from ..files.course import Course, work_of
from . import verdicts
from .locks import running
from .plan import Answer, NotAccepted, Plan, Pool
from .sandbox import cgroups, levels
from .signing import CourseKey, KeyProblem
from .submission import fingerprint
from .versions import versions, with_limits, with_tests
from .workers import Result, WorkerPool, result_of


@dataclass
class RunSummary:
    """What a run did."""

    lesson: str
    level: str
    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0
    engine: str = "child"
    cgroup: bool = False

    @property
    def errors(self) -> list[Result]:
        """The students without a grade because something of ours failed."""
        return [result for result in self.results if result.is_error]


def shard_of(names: list[str], index: int, count: int) -> list[str]:
    """Part `index` (from 1) of `count` parts. Raises `ValueError` for a part that does not exist."""
    if not 1 <= index <= count:
        raise ValueError(f"there is no part {index} of {count}; write --shard 1/{count} to {count}/{count}")
    return names[index - 1 :: count]


def grade_all(
    root: str | Path,
    lesson: str,
    *,
    jobs: int = 0,
    shard: tuple[int, int] = (1, 1),
    only: Iterable[str] = (),
    again: bool = False,
    level: str = "auto",
    progress: Callable[[int, int, Result, float], None] | None = None,
    held: Callable[[dict[str, float]], None] | None = None,
    pool: Callable[[Plan, dict], Pool] | None = None,
    **settings,
) -> RunSummary:
    """Grade what needs grading; the verdicts are in work/verdicts. `settings` go to `Judge`. ``pool(plan, settings)`` makes who judges, by default `jobs` processes here.

    ``progress(done, total, result, seconds_left)`` is called after each, ``held(seconds)`` with who holds a worker for how long. Raises `ReferenceFailed`, `Busy`, `SandboxError`,
    `LookupError` (no such lesson or student), what the pool raises, `KeyProblem` (the course's key is not the one it was), or `OSError` when verdicts cannot be written at all.
    """
    start = time.monotonic()
    folders = Course.at(root)
    root = folders.root
    one = find_lesson(lesson, settings.get("lessons"))
    level = levels.best() if level == "auto" else level
    key = CourseKey.load(root)
    everyone = folders.students(lesson)
    wanted = list(only)
    unknown = sorted(set(wanted) - set(everyone))
    if unknown:
        raise LookupError(f"{unknown[0]!r} has no folder for {lesson} in {folders.hand_ins}")
    names = shard_of(wanted or everyone, *shard)
    summary = RunSummary(lesson, level, engine=settings.get("engine", "child"))
    limits = settings["times"].asked if "times" in settings else ""
    current = with_tests(with_limits(versions(folders, one, settings.get("engine", "child")), limits), settings.get("tests"))
    plan = Plan(one, key.lesson_seed(lesson), level, current)
    me = socket.gethostname() + (f", part {shard[0]}/{shard[1]}" if shard[1] > 1 else "")
    with running(folders, lesson, shard):
        todo = []
        for name in names:
            result = None if again else _kept_result(folders, lesson, name, key, current, level, one.points)
            todo.append(name) if result is None else summary.results.append(result)
        if not again:
            refuse_another_key(root, lesson, todo, key)
        for name in tuple(todo):
            # an old grade must not survive: if this run dies, the student is missing, not wrong
            try:
                verdicts.drop(root, lesson, name)
            except OSError as problem:
                todo.remove(name)
                summary.results.append(Result(name, "error", None, one.points, True, f"its old verdict cannot be removed: {problem}"))
        if todo:
            if pool is None:
                summary.cgroup = cgroups.delegated()[0] is not None  # asked here, while this process is alone
                judges: Pool = WorkerPool(root, lesson, level, settings, min(jobs or os.cpu_count() or 1, len(todo)))
            else:
                judges = pool(plan, settings)
            with contextlib.closing(judges):
                judges.check_reference(one, plan.seed)
                began = time.monotonic()
                hand_ins = [plan.hand_in(folders, name) for name in todo]
                for done, answer in enumerate(judges.work(hand_ins, plan.seed, held), 1):
                    result = _record(root, plan, answer, key, answer.by or me)
                    summary.results.append(result)
                    left = (time.monotonic() - began) / done * (len(todo) - done)
                    if progress:
                        progress(len(names) - len(todo) + done, len(names), result, left)
    summary.results.sort(key=lambda result: result.student)
    summary.seconds = round(time.monotonic() - start, 3)
    return summary


def refuse_another_key(root: Path, lesson: str, names: list[str], key: CourseKey) -> None:
    """Raise `KeyProblem` where verdicts were signed with another key: all of them would be judged again, on other hidden cases, without a word."""
    others = 0
    for name in names:
        with contextlib.suppress(OSError, ValueError):
            others += verdicts.signed_by_others(verdicts.read_receipt(root, lesson, name), key)
    if others:
        raise KeyProblem(
            f"{others} verdicts on {lesson} were signed with another key than the one in {work_of(root) / 'course.json'}: restore that file from "
            "a backup, or judge these again with this key and its hidden cases (--again)"
        )


def _record(root: Path, plan: Plan, answer: Answer, key: CourseKey, by: str) -> Result:
    """Accept, sign and write what a judge says of a hand-in, and tell it; what cannot be is an error of ours and that student's alone."""
    try:
        sheet = plan.accept(answer)
        verdicts.save(root, sheet, key, by)
        return result_of(sheet, plan.lesson.points, fresh=True)
    except NotAccepted as problem:
        why = str(problem)
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    return Result(answer.hand_in.student, "error", None, plan.lesson.points, True, why)


def kept(course: Course, lesson: str, student: str, key: CourseKey, current: dict, level: str) -> Sheet | None:
    """The verdict on file, if it is whole, signed, and for this very notebook, judge and level; else None."""
    try:
        sheet, receipt = verdicts.read(course.root, lesson, student)
    except (OSError, ValueError):
        return None
    if sheet.is_error or not _fits(course, receipt, lesson, student, key, current, level):
        return None
    return sheet if not verdicts.doubts(sheet, receipt, lesson, student, key) else None


def _kept_result(course: Course, lesson: str, student: str, key: CourseKey, current: dict, level: str, most: float) -> Result | None:
    """What the verdict says that `kept` would return. Where the receipt vouches for it the receipt says it, in a third of the time."""
    receipt = verdicts.vouched(course.root, lesson, student, key)
    if receipt is None:
        sheet = kept(course, lesson, student, key, current, level)
        return result_of(sheet, most, fresh=False) if sheet else None
    if not _fits(course, receipt, lesson, student, key, current, level):
        return None
    graded = receipt["status"] == "graded"
    points, exercises = (receipt["points"], receipt["exercises"]) if graded else (None, {})
    return Result(student, receipt["status"], points, most, False, receipt["detail"], exercises)


def _fits(course: Course, receipt: dict, lesson: str, student: str, key: CourseKey, current: dict, level: str) -> bool:
    """Whether a receipt is for this very notebook, judge and level."""
    submitted = fingerprint(course.submitted(lesson, student), course.hand_ins)
    return receipt.get("key") == verdicts.verdict_key(lesson, student, submitted, current, level, key.lesson_seed(lesson))
