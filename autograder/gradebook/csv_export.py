"""nbgrader's CSV export made careful: quoted, without formulas, and without a zero for what nobody graded."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from nbgrader.api import Student
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import select

from ..files.atomic import write_atomically
from ..files.course import Course, lesson_name
from ..files.names import for_csv, for_terminal
from ..files.settings import PRIVATE
from .export import as_lines
from .grade_files import NBGRADER_COLUMNS, nbgrader_line
from .grades import standing_errors
from .registration import GradebookError, refuse_another_course
from .stored import graded_cells, stored


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
        table.writerow(NBGRADER_COLUMNS)
        people = _people(gradebook, only)
        for assignment in assignments:
            name, due, most, cells = assignment.name, assignment.duedate, assignment.max_score, len(graded_cells(assignment))
            submissions = {one.student: one for one in stored(gradebook, assignment.id)}
            for student, names in people:
                one = submissions.get(student)
                raw = one.raw(cells) if one else None
                if raw is None:
                    (open_ if one else absent).append(f"{name}/{student}")
                penalty, stamp = (one.penalty, one.timestamp) if one else (0.0, None)
                table.writerow(nbgrader_line(for_csv(name), due, stamp, for_csv(student), names, raw, penalty, most))
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


def _people(gradebook, only: set[str]) -> list[tuple[str, tuple[str, str, str]]]:
    """Id, family name, given name and address of each student; as objects of nbgrader's each would come with a sum of all scores."""
    table = Student.__table__.c
    order = (table.last_name, table.first_name, table.id)  # nbgrader's
    rows = gradebook.db.execute(select(table.id, table.last_name, table.first_name, table.email).order_by(*order))
    return [(student, tuple(for_csv(name or "") for name in names)) for student, *names in rows if not only or student in only]
