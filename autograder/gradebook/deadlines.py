"""When a lesson is due, for whom, and who was late: nbgrader's due date and extensions."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from ..files.course import Course
from ..files.settings import SettingsError, gradebook_url, sqlite_url
from ..intake.attempts import Attempts
from .registration import GradebookError, open_gradebook


def deadlines(course: Course, lesson: str) -> Callable[[str], datetime.datetime | None]:
    """A student's deadline in UTC, None where the gradebook has none or there is no gradebook yet, which is not made."""
    if not _has_gradebook(course):
        return lambda student: None
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            return lambda student: None
        due = assignment.duedate and assignment.duedate.replace(tzinfo=datetime.UTC)
        longer = _of_submissions(gradebook, assignment, "extension")
    return lambda student: due + longer.get(student, datetime.timedelta()) if due else None


def lateness(course: Course, lesson: str) -> tuple[Callable[[str, str], str], str]:
    """How late a student's hand-in with a SHA-256 is, in words, "" for in time or unknown; and why nothing is known of times, "" where it is.

    By the gradebook's times, else by what a platform said.
    """
    due, stamps, note = (lambda student: None), dict[str, datetime.datetime](), ""
    try:
        due, stamps = deadlines(course, lesson), _timestamps(course, lesson)
    except (GradebookError, SettingsError) as problem:
        note = f"who was late is not known: {problem}"
    try:
        attempts = Attempts(course, lesson).by_student
        marked = {(student, one.sha) for student, mine in attempts.items() for one in mine if one.late and not one.time}
    except ValueError:
        marked = set()  # take-in says that its list is damaged

    def late(student: str, sha: str) -> str:
        until, stamp = due(student), stamps.get(student)
        if until and stamp and stamp > until:
            minutes = int((stamp - until).total_seconds() // 60)
            days, hours = divmod(minutes // 60, 24)
            return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
        return "by an unknown time" if (student, sha) in marked else ""

    return late, note


def _timestamps(course: Course, lesson: str) -> dict[str, datetime.datetime]:
    """When each student's hand-in was handed in, as the gradebook has it."""
    if not _has_gradebook(course):
        return {}
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            return {}
        found = _of_submissions(gradebook, assignment, "timestamp")
        return {student: time.replace(tzinfo=datetime.UTC) for student, time in found.items()}


def _of_submissions(gradebook, assignment, column: str) -> dict:
    """A column of the assignment's submissions by student, where it says something; as objects of nbgrader's each would come with its scores."""
    from nbgrader.api import SubmittedAssignment
    from sqlalchemy import select

    table = SubmittedAssignment.__table__.c
    query = select(table.student_id, table[column]).where(table.assignment_id == assignment.id, table[column].is_not(None))
    return {student: value for student, value in map(tuple, gradebook.db.execute(query)) if value}


def _has_gradebook(course: Course) -> bool:
    """Whether there is a gradebook to read; none is made."""
    if not (course.root / "nbgrader_config.py").exists():
        return False
    file = course.work / "gradebook.db"
    return gradebook_url(course) != sqlite_url(file) or file.exists() and file.stat().st_size > 0
