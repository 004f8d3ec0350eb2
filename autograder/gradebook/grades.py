"""The verdicts of a class as grades: believed only when signed and on the very bytes that were handed in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ..engine import messages
from ..engine.report import Sheet
from ..files.course import Course, repository, write_whole
from ..judge import verdicts
from ..judge.coordinator import students
from ..judge.grade import fingerprint
from .filling import NoVerdict, refuse


class ExportRefused(RuntimeError):
    """Something stands that would be written as a wrong grade. The message names every student and what to do."""


class Verdicts:
    """The verdict files of one lesson."""

    def __init__(self, course: Course, lesson: str):
        self.course, self.lesson = course, lesson
        self.key = verdicts.Course.load(course.root)

    def students(self) -> list[str]:
        """Everyone who handed in something for the lesson."""
        return students(self.course.root, self.lesson)

    def read(self, student: str) -> Sheet:
        """The verdict on the file that lies in the student's folder now. Raises `NoVerdict` when there is none to believe."""
        root = self.course.root
        if not verdicts.path_of(root, self.lesson, student).exists():
            raise NoVerdict(f"not graded yet; run  python -m autograder grade {self.lesson}")
        try:
            sheet, receipt = verdicts.read(root, self.lesson, student)
            doubts = verdicts.doubts(sheet, receipt, self.lesson, student, self.key)
        except (OSError, ValueError) as error:
            doubts = [str(error)]
        if doubts:
            raise NoVerdict(f"its verdict is not to be believed ({doubts[0]}); grade again")
        if (sheet.student, sheet.lesson) != (student, self.lesson):
            raise NoVerdict(f"its verdict speaks of {sheet.student!r} in {sheet.lesson}; grade again")
        if sheet.submission != fingerprint(self.course.submitted(self.lesson, student)) and not sheet.is_error:
            raise NoVerdict("the notebook was handed in again after it was graded; grade again")
        return sheet

    def all(self) -> tuple[dict[str, Sheet], dict[str, str]]:
        """All verdicts by student, and why the others have none."""
        sheets, without = {}, {}
        for student in self.students():
            try:
                sheets[student] = self.read(student)
            except NoVerdict as reason:
                without[student] = str(reason)
        return sheets, without


def standing_errors(course: Course, lesson: str) -> dict[str, str]:
    """Students whose grade is missing by our fault, and why: these stop every export."""
    sheets, without = Verdicts(course, lesson).all()
    errors = dict(without)
    for student, sheet in sheets.items():
        if sheet.is_error:
            try:
                refuse(sheet)
            except NoVerdict as reason:
                errors[student] = str(reason)
    return dict(sorted(errors.items()))


def export_grades(lesson: str, root: Path | None = None, to: Path | None = None) -> Path:
    """Write the points of a lesson as CSV (default: work/reports/<lesson>.csv) and return its path.

    One line a student: status, points, points of each exercise; no points where the notebook could not be graded. Cells that a spreadsheet would take for a formula get an
    apostrophe. Raises `ExportRefused` while an error of ours stands or somebody who handed in was not graded.
    """
    course = Course(Path(root).resolve()) if root else repository()
    errors = standing_errors(course, lesson)
    if errors:
        lines = "\n  ".join(f"{student}: {why}" for student, why in errors.items())
        raise ExportRefused(f"nothing was exported; these have no grade through no fault of theirs:\n  {lines}")
    sheets, _ = Verdicts(course, lesson).all()
    names = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet.reports))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["student", "status", "points", "max_points", *names])
    for student, sheet in sorted(sheets.items()):
        # a notebook that could not be graded has no points, not none: whoever reads the file must not take it for a zero
        graded = sheet.status == "graded"
        points = [messages.number(sheet.reports[name].points) if graded and name in sheet.reports else "" for name in names]
        most = sum(report.max_points for report in sheet.reports.values())
        table.writerow([_tame(student), sheet.status, messages.number(sheet.points) if graded else "", messages.number(most), *points])
    target = Path(to) if to else course.work / "reports" / f"{lesson}.csv"
    write_whole(target, text.getvalue())
    return target


def _tame(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
