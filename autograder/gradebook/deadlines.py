"""When a lesson is due, for whom: nbgrader's due date and extensions."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from ..files.course import Course
from ..files.settings import gradebook_url, sqlite_url
from .registration import open_gradebook


def deadlines(course: Course, lesson: str) -> Callable[[str], datetime.datetime | None]:
    """A student's deadline in UTC, None where the gradebook has none or there is no gradebook yet, which is not made."""
    if not (course.root / "nbgrader_config.py").exists():
        return lambda student: None
    file = course.work / "gradebook.db"
    if gradebook_url(course) == sqlite_url(file) and not (file.exists() and file.stat().st_size):
        return lambda student: None
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            return lambda student: None
        due = assignment.duedate and assignment.duedate.replace(tzinfo=datetime.UTC)
        longer = {one.student_id: one.extension for one in assignment.submissions if one.extension}
    return lambda student: due + longer.get(student, datetime.timedelta()) if due else None
