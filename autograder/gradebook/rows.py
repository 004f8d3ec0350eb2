"""The rows of many submissions in nbgrader's gradebook, read and written together through its own models."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.utils import parse_utc
from sqlalchemy import bindparam, insert, select, update

from ..files.plain_files import read_plain

# year first: 12.01.2026 would be read as the first of December by one program and the twelfth of January by another
_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)? ?(UTC|Z|[+-]\d\d:?\d\d)?")
_NO_RESPONSE = "No response."  # nbgrader's words for an untouched answer
_ORDER = (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)  # parents first
_MUTABLE = {
    SubmittedAssignment: ("timestamp",),
    SubmittedNotebook: ("late_submission_penalty",),
    Grade: ("auto_score", "needs_manual_grade"),
    Comment: ("auto_comment",),
}


class Rows:
    """A batch of submissions of one assignment. Changes are collected and written by `commit`, all or none.

    `penalty(student, score, seconds_late)` is the course's rule for late submissions. Rows are plain dicts keyed by column:
    there are thousands of them, and as objects they would cost more than the judging.
    """

    def __init__(self, gradebook, lesson: str, students: list[str], penalty: Callable):
        self.db, self.lesson, self.penalty = gradebook.db, lesson, penalty
        self.assignment = gradebook.find_assignment(lesson)
        # by notebook: names of the graded cells by id, and of those that are commented on
        self.cells = {
            book.id: (
                {c.id: c.name for c in (*book.grade_cells, *book.task_cells)},
                {c.id: c.name for c in (*book.solution_cells, *book.task_cells)},
            )
            for book in self.assignment.notebooks
        }
        self.own = next(book.id for book in self.assignment.notebooks if book.name == lesson)
        self.known = {row["id"] for row in self._select(Student, "id", students)}
        self.submissions = {
            row["student_id"]: row for row in self._select(SubmittedAssignment, "student_id", students, assignment_id=self.assignment.id)
        }
        student_of = {row["id"]: student for student, row in self.submissions.items()}
        self.books: dict[str, dict[str, dict]] = defaultdict(dict)  # by student and notebook
        for row in self._select(SubmittedNotebook, "assignment_id", student_of):
            self.books[student_of[row["assignment_id"]]][row["notebook_id"]] = row
        ids = [row["id"] for books in self.books.values() for row in books.values()]
        self.children: dict = {}  # by model, submitted notebook and cell
        for model in (Grade, Comment):
            self.children[model] = defaultdict(dict)
            for row in self._select(model, "notebook_id", ids):
                self.children[model][row["notebook_id"]][row["cell_id"]] = row
        self.new: dict = defaultdict(list)
        self.changed: dict = defaultdict(dict)
        self.fresh: set[str] = set()

    def _select(self, model, column: str, values, **equal) -> list[dict]:
        table, values, found = model.__table__, list(values), []
        for start in range(0, len(values), 400):  # databases bound the number of parameters
            query = select(table).where(table.c[column].in_(values[start : start + 400]), *(table.c[k] == v for k, v in equal.items()))
            found += [dict(row._mapping) for row in self.db.execute(query)]
        return found

    def open(self, student: str, folder: Path) -> str:
        """Make sure that student and submission have their rows, and note when it was handed in (nbgrader's timestamp.txt); what is wrong with that or ""."""
        if student not in self.known:
            self.new[Student].append({"id": student})
            self.known.add(student)
        stamp, problem = None, ""
        try:
            stamp = timestamp(folder, folder.parents[1])
        except ValueError as error:
            problem = str(error)
        submission = self.submissions.get(student)
        if submission is None:
            submission = self._add(
                SubmittedAssignment, assignment_id=self.assignment.id, student_id=student, timestamp=stamp, extension=None
            )
            self.submissions[student] = submission
        elif stamp:
            self._set(SubmittedAssignment, submission, timestamp=stamp)
        for notebook, (graded, commented) in self.cells.items():
            book = self.books[student].get(notebook)
            if book is None:
                book = self._add(
                    SubmittedNotebook, assignment_id=submission["id"], notebook_id=notebook, flagged=False, late_submission_penalty=None
                )
                self.books[student][notebook] = book
            for model, cells in ((Grade, graded), (Comment, commented)):
                have = self.children[model][book["id"]]
                for cell in cells:
                    if cell not in have:
                        have[cell] = self._add(model, notebook_id=book["id"], cell_id=cell, **_EMPTY[model])
        return problem

    def forget(self, student: str) -> None:
        """Take back what an autograder said: no score, and a person must look. What people said stays."""
        for book in self.books[student].values():
            for row in self.children[Grade][book["id"]].values():
                self._set(Grade, row, auto_score=None, needs_manual_grade=True)
            for row in self.children[Comment][book["id"]].values():
                self._set(Comment, row, auto_comment=None)
            self._set(SubmittedNotebook, book, late_submission_penalty=None)

    def enter(self, student: str, scores: dict[str, float | None], unanswered: set[str]) -> bool:
        """Store the scores by cell name; a cell without one needs a person. Returns whether anything changed.

        As in nbgrader a manual grade is to be looked at again, but only where the automatic one changed.
        """
        book = self.books[student][self.own]
        graded, commented = self.cells[self.own]
        changed = False
        for cell, name in graded.items():
            row, score = self.children[Grade][book["id"]][cell], scores.get(name)
            if row["manual_score"] is None:
                changed |= self._set(Grade, row, auto_score=score, needs_manual_grade=score is None)
            elif row["auto_score"] != score:
                changed |= self._set(Grade, row, auto_score=score, needs_manual_grade=True)
        for cell, name in commented.items():
            row = self.children[Comment][book["id"]][cell]
            changed |= self._set(Comment, row, auto_comment=_NO_RESPONSE if name in unanswered else None)
        return self._set(SubmittedNotebook, book, late_submission_penalty=self._late(student, book)) or changed

    def _late(self, student: str, book: dict) -> float | None:
        submission, due = self.submissions[student], self.assignment.duedate
        if submission["timestamp"] is None or due is None:
            return None
        late = (submission["timestamp"] - due - (submission["extension"] or datetime.timedelta())).total_seconds()
        score = sum(_score(row) for row in self.children[Grade][book["id"]].values())
        return self.penalty(student, score, late) if late > 0 else None

    def _add(self, model, **values) -> dict:
        row = {"id": new_uuid(), **values}
        self.new[model].append(row)  # the same dict: what is set later goes with it
        self.fresh.add(row["id"])
        return row

    def _set(self, model, row: dict, **values) -> bool:
        if all(row[key] == value for key, value in values.items()):
            return False
        row.update(values)
        if row["id"] not in self.fresh:
            self.changed[model][row["id"]] = row
        return True

    def commit(self) -> None:
        """Write everything in one transaction. Raises what the database raises, and then nothing was written."""
        try:
            for model in _ORDER:
                if self.new[model]:
                    self.db.execute(insert(model.__table__), self.new[model])
            for model, rows in self.changed.items():
                table, columns = model.__table__, _MUTABLE[model]
                statement = update(table).where(table.c.id == bindparam("row")).values({c: bindparam(f"new_{c}") for c in columns})
                self.db.connection().execute(
                    statement, [{"row": row["id"], **{f"new_{c}": row[c] for c in columns}} for row in rows.values()]
                )
            self.db.commit()
        except BaseException:
            self.db.rollback()
            raise


_EMPTY = {
    Grade: {"auto_score": None, "manual_score": None, "extra_credit": None, "needs_manual_grade": True},
    Comment: {"auto_comment": None, "manual_comment": None},
}


def _score(row: dict) -> float:
    """A grade's score as nbgrader computes it: people before machines, plus extra credit."""
    base = row["auto_score"] if row["manual_score"] is None else row["manual_score"]
    return 0.0 if base is None else base + (row["extra_credit"] or 0.0)


def timestamp(folder: Path, below: Path) -> datetime.datetime | None:
    """When a submission was handed in, from nbgrader's timestamp.txt, in UTC; None where there is none.

    Raises `ValueError` for a file that cannot be read or is no date like ``2026-01-12 18:30:00 UTC``: a guess could cost a student points.
    """
    try:
        text = read_plain(folder / "timestamp.txt", below, 200).decode("utf-8").strip()
        if not text:
            return None
        if _DATE.fullmatch(text):
            return parse_utc(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, OverflowError) as problem:
        raise ValueError(f"timestamp.txt cannot be read ({problem}); nothing is known of when it was handed in") from None
    raise ValueError(
        f"timestamp.txt says {text[:40]!r}, which is no date like 2026-01-12 18:30:00 UTC; nothing is known of when it was handed in"
    )
