"""What a student has in the end: the judge's points, people's scores in their place, late penalties, as nbgrader adds them up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..engine.report import Sheet
from ..files.course import Course
from .autograded import fits
from .export import ExportRefused, as_lines
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


class NotEntered(LookupError):
    """The gradebook does not have what the judge said last. The text says so."""


class GradebookScores:
    """What the gradebook has of a lesson, read once; `of` makes one student's final score of it, with `most` points by exercise.

    Raises `NotEntered` where the gradebook does not know the lesson.
    """

    def __init__(self, course: Course, lesson: str):
        from nbgrader.api import MissingEntry

        with open_gradebook(course) as gradebook:
            try:
                assignment = gradebook.find_assignment(lesson)
            except MissingEntry:
                raise NotEntered(NOT_ENTERED) from None
            self._cells = {
                cell.id: (cell.name, cell.max_score) for book in assignment.notebooks for cell in (*book.grade_cells, *book.task_cells)
            }
            self._rows = _stored(gradebook, assignment)
            self._comments = _written(gradebook, assignment)
            self._due = assignment.duedate
        self.most = {_exercise(name): most for name, most in self._cells.values()}

    def comments(self, student: str) -> dict[str, str]:
        """What people wrote on the student's cells, by the cell's name."""
        return self._comments.get(student, {})

    def of(self, student: str, sheet: Sheet) -> FinalScore:
        """The final score of the student whom `sheet` judges. Raises `NotEntered`."""
        rows = self._rows.get(student)
        made = FinalScore(student, sheet.status, sum(self.most.values()), max_by_cell=self.most)
        if not rows and (sheet.status != "graded" or not fits(student)):
            return made
        if not rows or len(rows) != len(self._cells):
            raise NotEntered(NOT_ENTERED)
        made.penalty = rows[0].late_submission_penalty or 0.0
        made.timestamp, made.due = rows[0].timestamp, self._due
        for row in rows:
            name, most = self._cells[row.cell_id]
            report = sheet.reports.get(_exercise(name)) if sheet.status == "graded" else None
            if report and row.auto_score != float(points_text(report, most)):
                raise NotEntered(NOT_ENTERED)
            base = row.auto_score if row.manual_score is None else row.manual_score
            made.by_cell[_exercise(name)] = None if base is None else base + (row.extra_credit or 0.0)
            made.again = made.again or bool(row.needs_manual_grade and base is not None)
        if None not in made.by_cell.values():
            made.raw = sum(filter(None, made.by_cell.values()))
        made.by_cell = {name: made.by_cell[name] for name in self.most}
        return made


def final_scores(course: Course, lesson: str) -> dict[str, FinalScore]:
    """The final scores of everybody who handed in, by student; empty where nobody did.

    Raises `ExportRefused` while an error of ours stands, somebody was not graded, or the gradebook does not have what the judge said last.
    """
    if errors := standing_errors(course, lesson):
        raise _refused(lesson, errors)
    sheets, _ = ClassVerdicts(course, lesson).all()
    if not sheets:
        return {}
    try:
        scores = GradebookScores(course, lesson)
    except NotEntered as reason:
        raise _refused(lesson, dict.fromkeys(sheets, str(reason))) from None
    found, stale = {}, {}
    for student, sheet in sorted(sheets.items()):
        try:
            found[student] = scores.of(student, sheet)
        except NotEntered as reason:
            stale[student] = str(reason)
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


def _written(gradebook, assignment) -> dict[str, dict[str, str]]:
    """People's comments by student and cell."""
    from nbgrader.api import BaseCell, Comment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    query = (
        select(SubmittedAssignment.student_id, BaseCell.name, Comment.manual_comment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .where(SubmittedAssignment.assignment_id == assignment.id, Comment.manual_comment.is_not(None), Comment.manual_comment != "")
    )
    found: dict[str, dict[str, str]] = {}
    for student, cell, comment in gradebook.db.execute(query):
        found.setdefault(student, {})[cell] = comment
    return found


def _exercise(cell: str) -> str:
    """The exercise whose check cell it is; a teacher's own cell is called as it is."""
    return cell.removeprefix("check-")


def _refused(lesson: str, errors: dict[str, str]) -> ExportRefused:
    return ExportRefused(f"nothing was exported; run  python -m autograder grade {lesson}  first:\n  {as_lines(errors)}")
