"""lessons.toml: the order and the minutes of the exercises, read off the lessons' texts, for a registry that has no texts."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ..exercises import LESSONS_FILE
from ..files.atomic import write_atomically
from ..files.course import Course
from ..writing.exercise import Lesson
from .percent import read_cells, read_text
from .reading_time import timed

_HEAD = "# Made by `make build` from the lessons' texts: how long each takes, its exercises in their order, and its parts.\n"


def refresh(lessons: dict[str, Lesson], root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring autograder/exercises/lessons.toml up to date; the file, if it was not. With `check` nothing is changed there.

    The `lessons` are told their minutes in any case: they may have been read from an older file.
    """
    course, new = Course.at(root), _HEAD
    for path in sorted(course.solutions.glob("[0-9][0-9]*_*.py")):
        lesson = lessons.get(path.stem)
        if lesson is None:
            continue  # a page without exercises
        told = path.relative_to(course.root).as_posix()
        cells = [cell for _, cell in read_cells(read_text(path, told), told)]
        lesson.parts = timed(cells, lesson)
        lesson.minutes = sum(part.minutes for part in lesson.parts)
        order = "".join(f'    "{cell.metadata["exercise"]}",\n' for cell in cells if "exercise" in cell.metadata)
        new += f"\n[{lesson.name}]\nminutes = {lesson.minutes}\nexercises = [\n{order}]\n" + _parts(lesson)
    target = _path(course)
    # a course in another folder has no registry of its own
    if not target.parent.is_dir() or target.exists() and target.read_text(encoding="utf-8") == new:
        return []
    if not check:
        write_atomically(target, new)
    return [target]


def too_short(lessons: dict[str, Lesson], root: Path | None = None) -> Iterator[str]:
    """Lessons whose stated minutes are less than their exercises alone take."""
    target = _path(Course.at(root))
    try:
        stated = tomllib.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    except tomllib.TOMLDecodeError as error:
        yield f"autograder/exercises/{target.name} is no TOML: {error}; run  make build"
        return
    for name, lesson in lessons.items():
        least = sum(exercise.minutes for exercise in lesson.exercises.values())
        given = stated.get(name, {}).get("minutes", least)
        if not isinstance(given, int) or given < least:
            yield f"autograder/exercises/{target.name} gives {name} {given} minutes, its exercises alone take {least}; run  make build"


def _parts(lesson: Lesson) -> str:
    """The parts of a lesson that has several: each with its minutes, and how many of the exercises are its own."""
    rows = "".join(
        f"    {{ title = {json.dumps(part.title, ensure_ascii=False)}, minutes = {part.minutes}, exercises = {len(part.exercises)} }},\n"
        for part in lesson.parts
    )
    return f"parts = [\n{rows}]\n" if len(lesson.parts) > 1 else ""


def _path(course: Course) -> Path:
    return course.root / "autograder" / "exercises" / LESSONS_FILE.name
