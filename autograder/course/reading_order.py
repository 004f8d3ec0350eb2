"""The order of the exercises, read off the lessons' texts: the registry finds modules by walking, which knows none."""

from __future__ import annotations

import re
from pathlib import Path

from ..exercises import READING_ORDER
from ..files.atomic import write_atomically
from ..files.course import Course

_CELL = re.compile(r'^# %%.*\bexercise="(\w+)"', re.MULTILINE)


def refresh(root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring autograder/exercises/reading_order.txt up to date; the file, if it was not. With `check` nothing is changed."""
    course = Course.at(root)
    target = course.root / "autograder" / "exercises" / READING_ORDER.name
    texts = sorted(course.solutions.glob("[0-9][0-9]_*.py"))
    lines = [" ".join([f"{text.stem}:", *_CELL.findall(text.read_text(encoding="utf-8"))]) for text in texts]
    new = "\n".join(lines) + "\n"
    if not target.parent.is_dir() or target.exists() and target.read_text(encoding="utf-8") == new:
        return []
    if not check:
        write_atomically(target, new)
    return [target]
