"""Finds hand-ins that are the notebook of another lesson: they get no points, and nobody would know why."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..exercises import lessons
from ..files.course import Course
from ..files.notebooks import BadNotebook, read_notebook
from ..judge.submission import read_bytes


def of_other_lessons(course: Course, lesson: str, results) -> list[str]:
    """A sentence for each of `results` (`judge.workers.Result`) without a point whose notebook has no cell of `lesson`, and some of another."""
    suspects = [result.student for result in results if result.points == 0]
    return list(_found(course, lesson, suspects)) if suspects else []


def _found(course: Course, lesson: str, students: list[str]) -> Iterator[str]:
    for student in students:
        if others := other_lessons(course, lesson, student):
            yield f"{student}/{lesson}/{lesson}.ipynb has no exercise of {lesson}; it is the notebook of {' or '.join(others)}"


def other_lessons(course: Course, lesson: str, student: str) -> list[str]:
    """The lessons whose notebook a student handed in for `lesson`, where it has no cell of that one; none for the right notebook."""
    released = {name: set(one.exercises) for name, one in lessons().items()}
    own = released.pop(lesson, set())
    names = _names(course.submitted(lesson, student), course.hand_ins)
    return [other for other, theirs in released.items() if names & theirs] if not names & own else []


def _names(path: Path, below: Path) -> set[str]:
    """The names that nbgrader gave to the cells of a notebook; none for what is no notebook."""
    found = set()
    with contextlib.suppress(BadNotebook):
        for cell in read_notebook(read_bytes(path, below))[0]["cells"]:
            marks = cell["metadata"].get("nbgrader")
            name = marks.get("grade_id") if isinstance(marks, dict) else None
            found |= {name} if isinstance(name, str) else set()
    return found
