"""What a verdict depends on besides the notebook: the hashes of everything that judges."""

from __future__ import annotations

import hashlib
import inspect
import platform
from importlib import metadata
from pathlib import Path

import numpy as np

import autograder

from ..files.course import Course
from ..writing.exercise import Lesson
from .submission import TeacherTests

_PACKAGE = Path(__file__).resolve().parents[1]
_CORE = ("shared", "writing", "engine", "judge")


def versions(course: Course, lesson: Lesson, engine: str = "child") -> dict[str, str]:
    """The course's version, and the hashes of what judges: the lesson's exercises, the core they share, the reference, the environment, and what ran the cells."""
    core = sorted(path for folder in _CORE for path in (_PACKAGE / folder).rglob("*.py"))
    functions = [check.function for exercise in lesson.exercises.values() for check in exercise.checks]
    functions += [exercise.make_cases for exercise in lesson.exercises.values() if exercise.make_cases]
    own = sorted({inspect.getsourcefile(function) for function in functions} - {None})
    return {
        "course": autograder.__version__,
        "exercises": _hash(own),
        "core": _hash(core),
        "reference": _hash([course.source(lesson.name)]),
        "environment": f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}",
        "engine": "warm child" if engine == "child" else engine_version(),
    }


def engine_version() -> str:
    """The kernel that is installed here, as it stands in verdicts."""
    try:
        return f"ipykernel {metadata.version('ipykernel')}"
    except metadata.PackageNotFoundError:
        return "ipykernel"


def with_tests(known: dict[str, str], tests: TeacherTests | None) -> dict[str, str]:
    """`versions` with that of the teacher's own test cells, where there are any."""
    return known if tests is None else {**known, "tests": tests.digest}


def with_limits(known: dict[str, str], limits: str) -> dict[str, str]:
    """`versions` with limits that are not the usual ones, in words."""
    return {**known, "limits": limits} if limits else known


def _hash(paths) -> str:
    total = hashlib.sha256()
    for path in paths:
        try:
            total.update(hashlib.sha256(Path(path).read_bytes()).digest())
        except OSError:
            total.update(b"-")
    return total.hexdigest()[:16]
