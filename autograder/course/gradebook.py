"""Verdicts into nbgrader: grades in bulk, and the autograded notebooks that Formgrader and feedback read.

Theory of operation. What `nbgrader autograde` does to one submission in about a second is, after judging, a restored
notebook, a file, and a few rows. Here the rows of many students are read and written together, through nbgrader's own
models, in one transaction a batch; the notebook is made by the same functions that our nbgrader preprocessors call. A
submission without a usable verdict for exactly the file that lies there loses its old grade and stands as "needs a person".
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .autograded import autograded
from .files import Course, repository
from .filling import NoVerdict
from .grades import Verdicts
from .master import Master, read_master
from .registration import late_penalty, open_gradebook, register
from .rows import Rows

BATCH = 200  # students a transaction: bounded memory, and a crash costs at most these


@dataclass
class Entered:
    """What became of each submission: entered, unchanged, `failed` (a verdict, but no grade) and `errors` (ours), with reasons."""

    entered: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{len(self.entered)} grades entered, {len(self.unchanged)} unchanged"]
        lines += [f"ERROR (ours) {student}: {why}" for student, why in sorted(self.errors.items())]
        lines += [f"no grade {student}: {why}" for student, why in sorted(self.failed.items())]
        return "\n".join(lines)


def enter_grades(
    lesson: str, root: Path | None = None, *, only: Iterable[str] | None = None, progress: Callable[[int, int], None] | None = None
) -> Entered:
    """Enter the verdicts of `work/verdicts/<lesson>/` into the gradebook and write the autograded notebooks.

    Every student with a folder in `work/submitted/` is looked at (or those in `only`). Running it again changes nothing; manual
    grades and comments stay. A grade is entered only when the verdict is on the bytes that lie in the folder; otherwise an
    earlier grade is taken back and the reason told. `progress(done, all)` is called now and then.

    Raises `RegistrationError` when the assignment cannot be brought into the gradebook.
    """
    course = Course(Path(root).resolve()) if root else repository()
    verdicts = Verdicts(course, lesson)
    students = sorted(only) if only is not None else verdicts.students()
    result = Entered()
    with open_gradebook(course) as gradebook:
        register(course, lesson, gradebook)
        master, penalty = read_master(gradebook, lesson, lesson), late_penalty(course)
        for start in range(0, len(students), BATCH):
            batch = students[start:start + BATCH]
            rows = Rows(gradebook, lesson, batch, penalty)
            for student in batch:
                _enter(course, verdicts, student, master, rows, result)
            rows.commit()
            if progress:
                progress(min(start + BATCH, len(students)), len(students))
    return result


def _enter(course: Course, verdicts: Verdicts, student: str, master: Master, rows: Rows, result: Entered) -> None:
    """One student: the file first, then the rows; whatever fails here fails for this student alone."""
    rows.open(student, course.submitted(verdicts.lesson, student).parent)
    target = course.autograded(verdicts.lesson, student).parent
    sheet = None
    try:
        sheet = verdicts.read(student)
        made = autograded(course, sheet, master)
    except NoVerdict as reason:
        why = str(reason)
        (result.errors if sheet is not None and sheet.is_error else result.failed)[student] = why
        rows.forget(student)
        shutil.rmtree(target, ignore_errors=True)
        return
    same_file = made.is_at(target)
    if not rows.enter(student, made.scores, made.unanswered) and same_file:
        result.unchanged.append(student)
        return
    if not same_file:
        made.write(target)
    result.entered.append(student)
