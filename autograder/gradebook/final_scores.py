"""What a student has in the end: the judge's points, people's scores in their place, late penalties, as nbgrader adds them up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..files.course import Course
from ..files.names import for_terminal
from .export import ExportRefused
from .filling import points_text
from .grades import ClassVerdicts, standing_errors
from .registration import open_gradebook

NOT_ENTERED = "judged, but the gradebook does not have it"


@dataclass
class FinalScore:
    """One student in one lesson. `score` is None while a cell has points from nobody: that is no zero. `by_cell` is by the exercise's name.

    `status` is the verdict's: ``graded``, ``malformed``, …; `again` is whether a person scored it before the judge's points changed.
    """

    student: str
    status: str
    max_score: float
    raw: float | None = None
    penalty: float = 0.0
    by_cell: dict[str, float | None] = field(default_factory=dict)
    max_by_cell: dict[str, float] = field(default_factory=dict)
    timestamp: datetime.datetime | None = None
    due: datetime.datetime | None = None
    again: bool = False

    @property
    def score(self) -> float | None:
        """Points after the late penalty, never below zero; None where not everything was graded."""
        return None if self.raw is None else max(0.0, self.raw - self.penalty)


def final_scores(course: Course, lesson: str) -> dict[str, FinalScore]:
    """The final scores of everybody who handed in, by student; empty where nobody did.

    Raises `ExportRefused` while an error of ours stands, somebody was not graded, or the gradebook does not have what the judge said last.
    """
    if errors := standing_errors(course, lesson):
        raise _refused(lesson, errors)
    sheets, _ = ClassVerdicts(course, lesson).all()
    if not sheets:
        return {}
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            raise _refused(lesson, dict.fromkeys(sheets, NOT_ENTERED)) from None
        cells = {cell.id: cell for book in assignment.notebooks for cell in (*book.grade_cells, *book.task_cells)}
        stored = _stored(gradebook, assignment)
        due = assignment.duedate
        most = {_exercise(cell.name): cell.max_score for cell in cells.values()}
    found, stale = {}, {}
    for student, sheet in sorted(sheets.items()):
        rows = stored.get(student)
        if not rows and (sheet.status != "graded" or not _fits(student)):
            found[student] = FinalScore(student, sheet.status, sum(most.values()), max_by_cell=most)
            continue
        if not rows or len(rows) != len(cells):
            stale[student] = NOT_ENTERED
            continue
        made = FinalScore(student, sheet.status, sum(most.values()), max_by_cell=most, penalty=rows[0].late_submission_penalty or 0.0)
        made.timestamp, made.due = rows[0].timestamp, due
        for row in rows:
            cell = cells[row.cell_id]
            report = sheet.reports.get(_exercise(cell.name)) if sheet.status == "graded" else None
            if report and row.auto_score != float(points_text(report, cell.max_score)):
                stale[student] = NOT_ENTERED
            base = row.auto_score if row.manual_score is None else row.manual_score
            made.by_cell[_exercise(cell.name)] = None if base is None else base + (row.extra_credit or 0.0)
            made.again = made.again or bool(row.needs_manual_grade and base is not None)
        if None not in made.by_cell.values():
            made.raw = sum(filter(None, made.by_cell.values()))
        made.by_cell = {name: made.by_cell[name] for name in most}
        found[student] = made
    if stale:
        raise _refused(lesson, stale)
    return found


def _stored(gradebook, assignment) -> dict[str, list]:
    """The gradebook's rows by student: one for each graded cell."""
    from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    query = (
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedNotebook.late_submission_penalty,
            *(Grade.__table__.c[name] for name in ("cell_id", "auto_score", "manual_score", "extra_credit", "needs_manual_grade")),
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .where(SubmittedAssignment.assignment_id == assignment.id)
    )
    found: dict[str, list] = {}
    for row in gradebook.db.execute(query):
        found.setdefault(row.student_id, []).append(row)
    return found


def _fits(student: str) -> bool:
    """Whether a database can hold the name."""
    try:
        student.encode()
    except UnicodeEncodeError:
        return False
    return True


def _exercise(cell: str) -> str:
    """The exercise whose check cell it is; a teacher's own cell is called as it is."""
    return cell.removeprefix("check-")


def _refused(lesson: str, errors: dict[str, str]) -> ExportRefused:
    students: dict[str, list[str]] = {}
    for student, why in errors.items():
        students.setdefault(why, []).append(student)
    lines = []
    for why, names in students.items():
        shown = ", ".join(map(for_terminal, names[:20])) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
        lines.append(f"{shown}: {for_terminal(why)}")
    return ExportRefused(f"nothing was exported; run  python -m autograder grade {lesson}  first:\n  " + "\n  ".join(lines))
