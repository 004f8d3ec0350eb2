"""Grades out of the course: the points of a lesson as CSV."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path

from ..engine import messages
from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_csv, for_terminal
from ..files.settings import PRIVATE
from .grades import ClassVerdicts

_NAMED = 20  # students of one reason that are named


class ExportRefused(RuntimeError):
    """Something stands that would be written as a wrong grade, or there is nothing to export. The message names every student and what to do."""


def export_grades(lesson: str, root: Path | None = None, to: Path | None = None) -> Path:
    """Write the points of a lesson as CSV (default: work/reports/<lesson>.csv) and return its path.

    One line a student: status, points, points of each exercise; no points where the notebook could not be graded. Cells that a spreadsheet
    would take for a formula get an apostrophe. Raises `ExportRefused` while an error of ours stands, while somebody who handed in was not
    graded, and where nobody handed in; `OSError` where the file cannot be written, for example into a folder that is not there.
    """
    course = Course.at(root)
    target = Path(to) if to else course.report(lesson, "csv")
    if to and not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder; make it first", str(target.parent))
    errors: dict[str, str] = {}
    lines: list[tuple[list[str], dict[str, str]]] = []  # what comes first, and points by exercise: a class of verdicts is too much to hold
    names: dict[str, None] = {}
    for student, sheet, why in ClassVerdicts(course, lesson).each():
        if sheet is None:
            errors[student] = why
            continue
        # a notebook that could not be graded has no points, not none: whoever reads the file must not take it for a zero
        graded = sheet.status == "graded"
        names |= dict.fromkeys(sheet.reports)
        most = sum(report.max_points for report in sheet.reports.values())
        first = [for_csv(student), sheet.status, messages.number(sheet.points) if graded else "", messages.number(most)]
        lines.append((first, {name: messages.number(report.points) for name, report in sheet.reports.items()} if graded else {}))
    if errors:
        raise ExportRefused(f"nothing was exported; these have no grade through no fault of theirs:\n  {as_lines(errors)}")
    if not lines:
        raise ExportRefused(f"nothing was exported: nobody handed in {lesson}; look below {course.hand_ins}")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["student", "status", "points", "max_points", *names])
    table.writerows([*first, *(points.get(name, "") for name in names)] for first, points in lines)
    write_atomically(target, text.getvalue(), PRIVATE)
    return target


def as_lines(errors: dict[str, str]) -> str:
    """Reasons by student, a line each; what is the same for many, as when nobody was graded yet, is one line."""
    students: dict[str, list[str]] = {}
    for student, why in errors.items():
        students.setdefault(why, []).append(student)
    lines = []
    for why, names in students.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        lines.append(f"{', '.join(map(for_terminal, names[:_NAMED]))}{more}: {for_terminal(why)}")
    return "\n  ".join(lines)
