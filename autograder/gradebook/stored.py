"""What nbgrader's gradebook has of an assignment: every submission's scores in one query, one submission after the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from sys import intern
from typing import NamedTuple

_AT_ONCE = 2000  # rows in memory


class Score(NamedTuple):
    """One graded cell of a submission: the judge's score, a person's in its place, extra credit, and whether a person must look."""

    auto: float | None
    manual: float | None
    extra: float | None
    again: bool

    @property
    def points(self) -> float | None:
        """What counts; None while the cell has a score from nobody: that is no zero."""
        base = self.auto if self.manual is None else self.manual
        return None if base is None else base + (self.extra or 0.0)


@dataclass(slots=True)
class Stored:
    """One submission: `scores` by the id of the graded cell, the late penalty of all its notebooks."""

    student: str
    timestamp: datetime.datetime | None = None
    extension: datetime.timedelta | None = None
    penalty: float = 0.0
    scores: dict[str, Score] = field(default_factory=dict)

    def raw(self, cells: int) -> float | None:
        """Points before the late penalty; None while one of so many graded cells has a score from nobody."""
        points = [score.points for score in self.scores.values()]
        return None if len(points) < cells or None in points else sum(filter(None, points))


def graded_cells(assignment) -> dict[str, object]:
    """The cells of nbgrader's `assignment` that have points, by id."""
    return {cell.id: cell for book in assignment.notebooks for cell in (*book.grade_cells, *book.task_cells)}


def stored(gradebook, assignment_id: str) -> Iterator[Stored]:
    """The submissions of an assignment, by student."""
    from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    submission, book, grade = (model.__table__.c for model in (SubmittedAssignment, SubmittedNotebook, Grade))
    query = (
        select(
            *(submission.student_id, submission.timestamp, submission.extension, book.id, book.late_submission_penalty),
            *(grade.cell_id, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade),
        )
        .select_from(SubmittedAssignment.__table__)
        .outerjoin(SubmittedNotebook.__table__, book.assignment_id == submission.id)
        .outerjoin(Grade.__table__, grade.notebook_id == book.id)
        .where(submission.assignment_id == assignment_id)
        .order_by(submission.student_id)
    )
    rows = gradebook.db.execute(query.execution_options(yield_per=_AT_ONCE))
    for student, mine in groupby(map(tuple, rows), key=lambda row: row[0]):
        made, penalties = Stored(student), {}
        for _, made.timestamp, made.extension, notebook, penalty, cell, *score in mine:
            penalties[notebook] = penalty or 0.0
            if cell is not None:
                made.scores[intern(cell)] = Score(*score[:3], bool(score[3]))
        made.penalty = sum(penalties.values())
        yield made
