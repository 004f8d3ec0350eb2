"""The descriptions of the functions that learners write, read off the lessons' texts: the checks run their examples and hold their promises."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from ..exercises import DOCSTRINGS
from ..files.atomic import write_atomically
from ..files.course import Course

_CELL = re.compile(r'^# %%.*\bexercise="(\w+)".*\n((?:(?!# %%).*\n?)*)', re.MULTILINE)


def refresh(root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring autograder/exercises/docstrings.json up to date; the file, if it was not. With `check` nothing is changed."""
    course = Course.at(root)
    target = course.root / "autograder" / "exercises" / DOCSTRINGS.name
    found: dict[str, str] = {}
    for text in sorted(course.solutions.glob("[0-9][0-9]*_*.py")):
        for name, cell in _CELL.findall(text.read_text(encoding="utf-8")):
            found[name] = docstring_of(cell, name)
    new = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if not target.parent.is_dir() or target.exists() and target.read_text(encoding="utf-8") == new:
        return []
    if not check:
        write_atomically(target, new)
    return [target]


def docstring_of(cell: str, name: str) -> str:
    """The docstring of the function or class called `name` in a cell, "" where there is none, or no Python."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:  # told by the build, with its line
        return ""
    nodes = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name)
    return next((ast.get_docstring(node) or "" for node in nodes), "")
