"""nbgrader's CSV export made careful: quoted, without formulas, and without a zero for what nobody graded."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import CsvExportPlugin

from ..files.atomic import write_atomically
from ..files.course import Course, lesson_name
from ..files.names import for_csv, for_terminal
from ..files.settings import PRIVATE
from .export import as_lines
from .grades import standing_errors
from .registration import GradebookError, refuse_another_course

_COLUMNS = (  # nbgrader's, in its order
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


class CarefulExport(CsvExportPlugin):
    """nbgrader's CSV, cell by cell what its own plug-in writes, manual scores and late penalties included; but text is text, and no grade is no zero.

    It stops while an error of ours stands: nothing would be right to write.
    """

    def export(self, gradebook):
        """Write the CSV, or end with exit code 3 and the list of students to grade again."""
        chosen, only = [str(name) for name in self.assignment], {str(name) for name in self.student}
        assignments = [one for one in gradebook.assignments if not chosen or one.name in chosen]
        try:
            refuse_another_course(gradebook, self.parent.coursedir.course_id)
        except GradebookError as problem:
            self._stop(str(problem))
        self._refuse(Course(Path(self.parent.coursedir.root)), [one.name for one in assignments])
        text, open_, absent = io.StringIO(), [], []
        table = csv.writer(text, lineterminator="\n")
        table.writerow(_COLUMNS)
        for assignment in assignments:
            for student in gradebook.students:
                if only and student.id not in only:
                    continue
                scores = dict.fromkeys(("timestamp", "raw_score", "late_submission_penalty", "score"), "")
                try:
                    submission = gradebook.find_submission(assignment.name, student.id)
                except MissingEntry:
                    absent.append(f"{assignment.name}/{student.id}")
                else:
                    scores["timestamp"] = submission.timestamp or ""
                    if _is_open(submission):
                        open_.append(f"{assignment.name}/{student.id}")
                    else:
                        penalty = submission.late_submission_penalty
                        scores |= {"raw_score": submission.score, "late_submission_penalty": penalty}
                        scores["score"] = max(0.0, submission.score - penalty)
                names = {key: for_csv(str(getattr(student, key) or "")) for key in ("last_name", "first_name", "email")}
                row = {"assignment": for_csv(assignment.name), "duedate": assignment.duedate or "", "student_id": for_csv(student.id)}
                row |= {**names, **scores, "max_score": assignment.max_score}
                table.writerow([row[column] for column in _COLUMNS])
        target = Path(self.to or "grades.csv")
        try:
            write_atomically(target, text.getvalue(), PRIVATE) if target.parent.is_dir() else self._stop(
                f"there is no folder {target.parent}"
            )
        except OSError as problem:
            self._stop(f"{target} cannot be written: {problem}")
        self.log.info("Exporting grades to %s", target)
        for what, names in (("not graded, or not all of it", open_), ("not handed in", absent)):
            if names:
                self.log.warning("without a score in the file, %s: %s", what, ", ".join(map(for_terminal, sorted(names))))

    def _refuse(self, course: Course, lessons: list[str]) -> None:
        """End the command while somebody who handed in one of the lessons has no grade through no fault of theirs."""
        errors = {}
        for lesson in lessons:
            try:
                lesson_name(lesson)
                errors |= {f"{lesson}/{student}": why for student, why in standing_errors(course, lesson).items()}
            except LookupError:
                continue  # an assignment of nbgrader's with a name that no lesson has
            except (OSError, ValueError) as problem:
                self._stop(str(problem))
        if errors:
            self._stop(f"the judge itself failed on, or never saw:\n  {as_lines(errors)}\nGrade these again first")

    def _stop(self, why: str) -> None:
        self.log.error("not exported: %s", why)
        sys.exit(3)


def _is_open(submission) -> bool:
    """Whether a cell of the submission has a score from nobody, neither from the judge nor from a person."""
    return any(grade.auto_score is None and grade.manual_score is None for book in submission.notebooks for grade in book.grades)
