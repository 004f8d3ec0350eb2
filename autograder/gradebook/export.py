"""Grades out of the course: the points of a lesson as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ..engine import messages
from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_csv, for_terminal
from .grades import ClassVerdicts, standing_errors


class ExportRefused(RuntimeError):
    """Something stands that would be written as a wrong grade. The message names every student and what to do."""


def export_grades(lesson: str, root: Path | None = None, to: Path | None = None) -> Path:
    """Write the points of a lesson as CSV (default: work/reports/<lesson>.csv) and return its path.

    One line a student: status, points, points of each exercise; no points where the notebook could not be graded. Cells that a spreadsheet would take for a formula get an
    apostrophe. Raises `ExportRefused` while an error of ours stands or somebody who handed in was not graded.
    """
    course = Course.at(root)
    errors = standing_errors(course, lesson)
    if errors:
        lines = "\n  ".join(f"{for_terminal(student)}: {for_terminal(why)}" for student, why in errors.items())
        raise ExportRefused(f"nothing was exported; these have no grade through no fault of theirs:\n  {lines}")
    sheets, _ = ClassVerdicts(course, lesson).all()
    names = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet.reports))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["student", "status", "points", "max_points", *names])
    for student, sheet in sorted(sheets.items()):
        # a notebook that could not be graded has no points, not none: whoever reads the file must not take it for a zero
        graded = sheet.status == "graded"
        points = [messages.number(sheet.reports[name].points) if graded and name in sheet.reports else "" for name in names]
        most = sum(report.max_points for report in sheet.reports.values())
        table.writerow([for_csv(student), sheet.status, messages.number(sheet.points) if graded else "", messages.number(most), *points])
    target = Path(to) if to else course.work / "reports" / f"{lesson}.csv"
    write_atomically(target, text.getvalue())
    return target
