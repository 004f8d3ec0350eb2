"""No answer where learners can read it: solution regions looked for in the notebooks and in the package that checks them."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import nbformat

from ..files.course import Course
from ..writing.exercise import Lesson
from .lesson import BEGIN, solution_regions

_SHORT = 16  # characters: a shorter answer (2*x) is found in any text and says nothing


def leaks(course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every place that holds an answer. Formatting, comments and docstrings make no difference."""
    readable = [(path, _squeeze(_text(path))) for path in _readable(course)]
    functions = [(path, *function) for path, _ in readable if path.suffix == ".py" for function in _functions(path)]
    for path, text in readable:
        if path.suffix == ".ipynb" and _squeeze(BEGIN) in text:
            yield f"{path.relative_to(course.root)} holds solution markers; run  make build"
    for name in lessons:
        if not course.source(name).exists():
            continue
        for cell in nbformat.read(course.source(name), as_version=4).cells:
            exercise = cell.metadata.get("exercise")
            for region in solution_regions(cell.source) if exercise else ():
                yield from _of(course, exercise, cell.source, region, readable, functions)


def _of(course: Course, exercise: str, source: str, region: str, readable: list, functions: list) -> Iterator[str]:
    needle, several = _squeeze(region), len(region.strip().splitlines()) > 1
    word = re.fullmatch(r"return'(\w{5,})'", needle)  # the letters of an ordering task
    needle = needle if several else needle.removeprefix("return")
    for path, text in readable:
        # code of one line may stand in a mistake of another exercise; several lines do not by chance
        found = needle in text and len(needle) >= _SHORT and (several or path.suffix == ".ipynb")
        if found or word and f"'{word[1]}'" in text:
            yield f"the answer to {exercise} can be read in {path.relative_to(course.root)}; take it out"
    bodies = {body for name, body in _parse(source) if name == exercise}
    for path, name, body in functions:
        if name == exercise and body in bodies:
            yield f"{path.relative_to(course.root)} defines {exercise} as the answer does; take it out, the package holds no answer"


def _readable(course: Course) -> list[Path]:
    found = [*course.notebooks.rglob("*"), *(course.root / "autograder").rglob("*.py"), *(course.root / "explorers").rglob("*.py")]
    return sorted(path for path in found if path.is_file() and path.suffix in (".ipynb", ".py", ".md", ".txt"))


def _text(path: Path) -> str:
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def _squeeze(code: str) -> str:
    """Code without spaces, quotes of one kind, and without comments: what is left when somebody reformats it."""
    lines = (line.split(" #")[0] if not line.lstrip().startswith("#") or BEGIN in line else "" for line in code.splitlines())
    return "".join("".join(lines).split()).replace('"', "'")


def _functions(path: Path) -> list[tuple[str, str]]:
    return _parse(path.read_text(encoding="utf-8"))


def _parse(source: str) -> list[tuple[str, str]]:
    """Name and body of every function, as code that has lost its docstring and its layout."""
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError:
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            found.append((node.name, "\n".join(ast.unparse(statement) for statement in body)))
    return found
