"""What a student has in the end: the judge's points, people's scores in their place, late penalties, as nbgrader adds them up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

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
            graded = sheet.status == "graded"
            verdicts[student] = sheet.status, {name: report.points for name, report in sheet.reports.items()} if graded else {}
    if errors:
        raise _refused(lesson, errors)
    if not verdicts:
        return {}
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            raise _refused(lesson, dict.fromkeys(verdicts, NOT_ENTERED)) from None
        cells = {ident: (_exercise(cell.name), cell.max_score) for ident, cell in graded_cells(assignment).items()}
        rows = {one.student: one for one in stored(gradebook, assignment.id)}
        due, most = assignment.duedate, dict(cells.values())
    found, stale = {}, {}
    for student, (status, points) in verdicts.items():
        row = rows.pop(student, None)
        if (row is None or not row.scores) and (status != "graded" or not fits(student)):
            found[student] = FinalScore(student, status, sum(most.values()), max_by_cell=most)
        elif row is None or row.scores.keys() != cells.keys() or not _is_entered(row, points, cells):
            stale[student] = NOT_ENTERED
        else:
            found[student] = _final(row, status, cells, most, due)
    if stale:
        raise _refused(lesson, stale)
    return found


def _is_entered(row: Stored, points: dict[str, float], cells: dict[str, tuple[str, float]]) -> bool:
    """Whether the gradebook has the judge's points, which a verdict without a grade has none of."""
    judged = ((row.scores[ident].auto, points[name], most) for ident, (name, most) in cells.items() if name in points)
    return all(auto == float(points_text(given, most)) for auto, given, most in judged)


def _final(
    row: Stored, status: str, cells: dict[str, tuple[str, float]], most: dict[str, float], due: datetime.datetime | None
) -> FinalScore:
    by_cell = {name: row.scores[ident].points for ident, (name, _) in cells.items()}
    again = any(score.again and score.points is not None for score in row.scores.values())
    raw = row.raw(len(cells))
    return FinalScore(row.student, status, sum(most.values()), raw, row.penalty, by_cell, most, row.timestamp, due, again)


def _exercise(cell: str) -> str:
    """The exercise whose check cell it is; a teacher's own cell is called as it is."""
    return cell.removeprefix("check-")


def _refused(lesson: str, errors: dict[str, str]) -> ExportRefused:
    return ExportRefused(f"nothing was exported; run  python -m autograder grade {lesson}  first:\n  {as_lines(errors)}")
