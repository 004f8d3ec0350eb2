"""Finds a teacher's own test cells in a lesson, and hands them to the judge as they were released, hidden tests included."""

from __future__ import annotations

import functools
import json

from ..files.course import Course
from ..files.notebooks import read_notebook
from ..judge.submission import TeacherTests
from .master import Master, has_teacher_tests, read_master, restore


def teacher_tests(course: Course, lesson: str) -> TeacherTests | None:
    """The lesson's own test cells as the gradebook holds them, None where it has none; then nothing but the source is read.

    Raises `RegistrationError` when the assignment cannot be brought into the gradebook.
    """
    try:
        if not has_teacher_tests(json.loads(course.source(lesson).read_text(encoding="utf-8"))):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # the judge says what is wrong with it: it is the reference as well
    from .registration import open_gradebook, register

    with open_gradebook(course) as gradebook:
        register(course, lesson, gradebook)
        return of_master(read_master(gradebook, lesson, lesson))


def of_master(master: Master) -> TeacherTests | None:
    """The own test cells of a master, None where it has none."""
    if not master.foreign:
        return None
    return TeacherTests(tuple(master.foreign), master.tests, functools.partial(_restored, master))


def _restored(master: Master, data: bytes) -> bytes:
    notebook, _ = read_notebook(data)
    restore(notebook, master)
    return json.dumps(notebook).encode()
