"""The lessons' exercises: a package for each lesson, whose modules are found by walking it; none needs to be entered anywhere.

Their order and the lesson's minutes are those of its text, which `make build` writes into lessons.toml, and the descriptions of the functions
into docstrings.json.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import tomllib
from functools import cache
from itertools import islice
from pathlib import Path

from ..writing.exercise import Exercise, Lesson
from ..writing.part import Part

LESSONS_FILE = Path(__file__).with_name("lessons.toml")
DOCSTRINGS = Path(__file__).with_name("docstrings.json")


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by name, in reading order."""
    found = [_load(package.name) for package in pkgutil.iter_modules(__path__)]
    return {lesson.name: lesson for lesson in sorted(found, key=lambda lesson: lesson.name)}


@cache
def lesson(name: str) -> Lesson:
    """The lesson called `name`; the others are not loaded, which is most of a second. Raises `LookupError` naming the lessons there are."""
    topic = name.partition("_")[2]
    if any(package.name == topic for package in pkgutil.iter_modules(__path__)):
        found = _load(topic)
        if found.name == name:
            return found
    raise LookupError(f"no lesson is called {name!r}; there are {', '.join(lessons())}")


def find_lesson(name: str, known: dict[str, Lesson] | None = None) -> Lesson:
    """The lesson called `name`, of the course unless `known` are given. Raises `LookupError` naming the lessons there are."""
    if known is None:
        return lesson(name)
    if name not in known:
        raise LookupError(f"no lesson is called {name!r}; there are {', '.join(known)}")
    return known[name]


@cache
def exercises() -> dict[str, Exercise]:
    """All exercises by name. Raises `ValueError` when two lessons use the same name."""
    found: dict[str, Exercise] = {}
    for lesson in lessons().values():
        for name, exercise in lesson.exercises.items():
            if name in found:
                raise ValueError(f"{lesson.name} and {found[name].lesson} both have an exercise {name}; rename one")
            found[name] = exercise
    return found


@cache
def _load(package: str) -> Lesson:
    """The lesson of a package, with the exercises of all its modules."""
    path = importlib.import_module(f"{__name__}.{package}").__path__
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{__name__}.{package}.{module.name}")
    lesson = importlib.import_module(f"{__name__}.{package}._lesson").lesson
    facts = _facts().get(lesson.name, {})
    lesson.sort(facts.get("exercises", []))
    lesson.minutes, lesson.parts = facts.get("minutes", 0), _parts(facts)
    for exercise in lesson.exercises.values():
        exercise.docstring = _docstrings().get(exercise.name, "")
    return lesson


@cache
def _facts() -> dict[str, dict]:
    """What lessons.toml says of each lesson; nothing of what is not written yet."""
    try:
        return tomllib.loads(LESSONS_FILE.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError):
        return {}  # `make build` writes it anew, and needs the exercises for that; `build --check` and the doctor complain


def _parts(facts: dict) -> list[Part]:
    """The parts that lessons.toml tells of a lesson; the whole, where it tells none."""
    names = iter(facts.get("exercises", []))
    told = facts.get("parts", [{"title": "", "minutes": facts.get("minutes", 0), "exercises": len(facts.get("exercises", []))}])
    return [Part(one["title"], one["minutes"], tuple(islice(names, one["exercises"]))) for one in told]


@cache
def _docstrings() -> dict[str, str]:
    """The descriptions by exercise; nothing of what is not written yet."""
    return json.loads(DOCSTRINGS.read_text(encoding="utf-8")) if DOCSTRINGS.exists() else {}
