"""What a student has in the end: the judge's points, people's scores in their place, late penalties, as nbgrader adds them up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..engine.report import Sheet
from ..files.course import Course
from .autograded import fits
from .export import ExportRefused, as_lines
from .filling import points_text
from .grades import ClassVerdicts
from .registration import open_gradebook
from .stored import Stored, graded_cells, stored

NOT_ENTERED = "judged, but the gradebook does not have it"


@dataclass(slots=True)
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
            self._cells = {ident: (_exercise(cell.name), cell.max_score) for ident, cell in graded_cells(assignment).items()}
            self._rows = {one.student: one for one in stored(gradebook, assignment.id)}
            self._comments = _written(gradebook, assignment)
            self._due = assignment.duedate
        self.most: dict[str, float] = dict(self._cells.values())

    def comments(self, student: str) -> dict[str, str]:
        """What people wrote on the student's cells, by the cell's name."""
        return self._comments.get(student, {})

    def of(self, student: str, status: str, points: dict[str, float]) -> FinalScore:
        """The final score of a student whose verdict has this status and these points by exercise. Raises `NotEntered`."""
        row = self._rows.get(student)
        if (row is None or not row.scores) and (status != "graded" or not fits(student)):
            return FinalScore(student, status, sum(self.most.values()), max_by_cell=self.most)
        if row is None or row.scores.keys() != self._cells.keys() or not self._is_entered(row, points):
            raise NotEntered(NOT_ENTERED)
        by_cell = {name: row.scores[ident].points for ident, (name, _) in self._cells.items()}
        again = any(score.again and score.points is not None for score in row.scores.values())
        raw = row.raw(len(self._cells))
        return FinalScore(student, status, sum(self.most.values()), raw, row.penalty, by_cell, self.most, row.timestamp, self._due, again)

    def _is_entered(self, row: Stored, points: dict[str, float]) -> bool:
        """Whether the gradebook has the judge's points, which a verdict without a grade has none of."""
        judged = ((row.scores[ident].auto, points[name], most) for ident, (name, most) in self._cells.items() if name in points)
        return all(auto == float(points_text(given, most)) for auto, given, most in judged)


def points_of(sheet: Sheet) -> dict[str, float]:
    """The judge's points by exercise; none where there is no grade."""
    return {name: report.points for name, report in sheet.reports.items()} if sheet.status == "graded" else {}


def final_scores(course: Course, lesson: str) -> dict[str, FinalScore]:
    """The final scores of everybody who handed in, by student; empty where nobody did.

    Raises `ExportRefused` while an error of ours stands, somebody was not graded, or the gradebook does not have what the judge said last.
    """
    verdicts: dict[str, tuple[str, dict[str, float]]] = {}  # status and points: whole sheets of a class are too much to hold
    errors: dict[str, str] = {}
    for student, sheet, why in ClassVerdicts(course, lesson).each():
        if sheet is None:
            errors[student] = why
        else:
            verdicts[student] = sheet.status, points_of(sheet)
    if errors:
        raise _refused(lesson, errors)
    if not verdicts:
        return {}
    try:
        scores = GradebookScores(course, lesson)
    except NotEntered as reason:
        raise _refused(lesson, dict.fromkeys(verdicts, str(reason))) from None
    found, stale = {}, {}
    for student, (status, points) in sorted(verdicts.items()):
        try:
            found[student] = scores.of(student, status, points)
        except NotEntered as reason:
            stale[student] = str(reason)
    if stale:
        raise _refused(lesson, stale)
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
