"""Verdicts into nbgrader: grades in bulk, and the autograded notebooks that Formgrader and feedback read.

Theory of operation. What `nbgrader autograde` does to one submission in about a second is, after judging, a restored
notebook, a file, and a few rows. Here the rows of many students are read and written together, through nbgrader's own
models, in one transaction a batch; the notebook is made by the same functions that our nbgrader preprocessors call. A
submission without a usable verdict for exactly the file that lies there loses its old grade and stands as "needs a person", with a
notebook that says why.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..files.course import Course
from .autograded import NO_NAME, autograded, fits, remove
from .filling import NoVerdict
from .grades import ClassVerdicts, Entered
from .last_time import LastTime
from .master import Master, read_master
from .registration import late_penalty, open_gradebook, register
from .rows import Rows
from .ungraded import ungraded

BATCH = 200  # students a transaction: bounded memory, and a crash costs at most these
_WORTH_A_PROCESS = 50  # students; for fewer, starting it costs more than it saves


def enter_grades(
    lesson: str,
    root: Path | None = None,
    *,
    only: Iterable[str] | None = None,
    jobs: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Entered:
    """Enter the verdicts on a lesson into the gradebook and write the autograded notebooks.

    Every student with a folder in `work/submitted/` is looked at (or those in `only`); for whom all is as it was when it was entered last
    (`LastTime`) nothing more is done. Running it again changes nothing; manual grades and comments stay. A grade is entered only when the verdict is on the bytes that lie in the folder; otherwise an
    earlier grade is taken back and the reason told. `jobs` processes make the notebooks (0: as many as pay off);
    `progress(done, all)` is called now and then.

    Raises `RegistrationError` when the assignment cannot be brought into the gradebook.
    """
    course = Course.at(root)
    verdicts = ClassVerdicts(course, lesson)
    students = sorted(only) if only is not None else verdicts.students()
    result = Entered()
    with open_gradebook(course) as gradebook:
        register(course, lesson, gradebook)
        master, penalty = read_master(gradebook, lesson, lesson), late_penalty(course)
        result.untrusted = master.foreign
        last = LastTime(course, lesson, gradebook, master)
        result.unchanged = sorted(last.unchanged(students))
        students = sorted({*students} - {*result.unchanged})
        with _workers(verdicts, master, jobs or min(os.cpu_count() or 1, 1 + len(students) // _WORTH_A_PROCESS)) as each:
            for start in range(0, len(students), BATCH):
                batch = students[start : start + BATCH]
                rows = Rows(gradebook, lesson, [student for student in batch if fits(student)], penalty)
                for student, made in zip(batch, each(batch)):
                    _enter(rows, student, course.submitted(lesson, student).parent, made, result)
                rows.commit()
                if progress:
                    progress(min(start + BATCH, len(students)), len(students))
        if students:
            told = {*result.errors, *result.failed, *result.notes}  # said each time, so looked at each time
            last.remember({*students} - told, told)
        result.unchanged.sort()
    return result


@dataclass
class _Made:
    """What became of a student's notebook: scores, or why there are none."""

    scores: dict[str, float | None] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    changed: bool = False
    why: str = ""
    ours: bool = False
    left_out: list[str] = field(default_factory=list)


def _make(verdicts: ClassVerdicts, master: Master, student: str) -> _Made:
    """Write one student's autograded notebook: with the grade, or with the reason why there is none."""
    target = verdicts.course.autograded(verdicts.lesson, student).parent
    ours = False
    try:
        if not fits(student):
            return _Made(why=NO_NAME)
        sheet = verdicts.read(student)
        ours = sheet.is_error
        made = autograded(verdicts.course, sheet, master)
        changed = not made.is_at(target)
        if changed:
            made.write(target)
    except NoVerdict as reason:
        return _without_grade(verdicts, master, target, str(reason), ours)
    except Exception as error:  # ours, and this student's alone: the others are entered
        why = f"the graded notebook could not be written ({type(error).__name__}: {error}); grade again"
        return _without_grade(verdicts, master, target, why, True)
    return _Made(made.scores, made.unanswered, changed, left_out=made.left_out)


def _without_grade(verdicts: ClassVerdicts, master: Master, target: Path, why: str, ours: bool) -> _Made:
    """Put the reason in place of an earlier grade; where not even that can be written, nothing stays."""
    try:
        made = ungraded(verdicts.lesson, why, master)
        if not made.is_at(target):
            made.write(target)
    except Exception as error:
        with contextlib.suppress(OSError):
            remove(target)
        why += f"; nor could the reason be written ({type(error).__name__}: {error})"
    return _Made(why=why, ours=ours)


@contextlib.contextmanager
def _workers(verdicts: ClassVerdicts, master: Master, jobs: int):
    """`_make` over many students, in order, in this process or in several."""
    one = functools.partial(_make, verdicts, master)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield functools.partial(map, one)
        return
    with multiprocessing.get_context("fork").Pool(jobs, _start, (one,)) as pool:
        yield functools.partial(pool.imap, _go, chunksize=5)


def _start(one) -> None:
    global _one  # set in a worker only: the master is handed over once, not with every student
    _one = one


def _go(student: str) -> _Made:
    return _one(student)


def _enter(rows: Rows, student: str, folder: Path, made: _Made, result: Entered) -> None:
    """The rows of one student; the file is written already, so that a crash in between is mended by the next run."""
    if made.why:
        (result.errors if made.ours else result.failed)[student] = made.why
    if not fits(student):
        return
    if notes := [*(f"left out: {name}" for name in made.left_out), *filter(None, [rows.open(student, folder)])]:
        result.notes[student] = notes
    if made.why:
        rows.forget(student)
    elif rows.enter(student, made.scores, made.unanswered) or made.changed:
        result.entered.append(student)
    else:
        result.unchanged.append(student)
