"""All that `make build` makes: of the lessons' texts, lessons.toml, docstrings.json, predictions.json, the tables and notebooks; of types, the verdicts' schema."""

from __future__ import annotations

import json
from pathlib import Path

from ..doors.verdict import schema
from ..files.atomic import write_atomically
from ..files.course import Course
from ..writing.exercise import Lesson
from . import docstrings, lesson_table, lessons_file, predictions
from .problems import LessonError
from .release import build


def refresh(course: Course, lessons: dict[str, Lesson], *, check: bool = False, only: str = "") -> list[Path]:
    """Bring everything up to date and return the files that were not. With `check` nothing is changed.

    With `only` the notebooks of that lesson and the predictions, alone. Raises `LessonError` for texts that break a rule and `BuildError` when
    nbgrader refuses.
    """
    if only:
        return [*predictions.refresh(course.root, check=check), *build(course.root, check=check, only=only, lessons=lessons)]
    try:
        # in this order: a table holds the minutes, and a notebook holds the table
        changed = [*docstrings.refresh(course.root, check=check), *lessons_file.refresh(lessons, course.root, check=check)]
        changed += predictions.refresh(course.root, check=check)
        changed += lesson_table.refresh(lessons, course.root, check=check)
    except LessonError:
        build(course.root, check=True, lessons=lessons)  # raises as well, and tells the problems of all texts
        raise
    changed += _refresh_schema(course.root, check)
    return changed + build(course.root, check=check, lessons=lessons)


def _refresh_schema(root: Path, check: bool) -> list[Path]:
    """Bring docs/verdict.schema.json up to date, in a course that has docs/."""
    path, text = root / "docs" / "verdict.schema.json", json.dumps(schema(), indent=1) + "\n"
    if not path.parent.is_dir() or (path.exists() and path.read_text(encoding="utf-8") == text):
        return []
    if not check:
        write_atomically(path, text)
    return [path]
