"""The lessons' exercises, one module a notebook, found by name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ..writing.exercise import Exercise, Lesson


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by name, in reading order."""
    found = [importlib.import_module(f"{__name__}.{module.name}").lesson for module in pkgutil.iter_modules(__path__)]
    return {lesson.name: lesson for lesson in sorted(found, key=lambda lesson: lesson.name)}


@cache
def lesson(name: str) -> Lesson:
    """The lesson called `name`; the others are not loaded, which is most of a second. Raises `LookupError` naming the lessons there are."""
    if any(module.name == name[3:] for module in pkgutil.iter_modules(__path__)):
        found = importlib.import_module(f"{__name__}.{name[3:]}").lesson
        if found.name == name:
            return found
    raise LookupError(f"no lesson is called {name!r}; there are {', '.join(lessons())}")


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
