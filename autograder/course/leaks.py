"""No answer where learners can read it: the answers that are known, looked for in every file that a student may get.

Known are the lessons' own and those of tests/answers/, which are written in other ways. Layout, comments, docstrings and the names of
arguments make no difference.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ..files.course import Course
from ..writing.exercise import Lesson
from .bodies import Body, bodies, squeeze
from .lesson import BEGIN, END, solution_regions

_SHORT = 16  # characters: a shorter answer (2*x) is found in any text and says nothing
_LONG = 40  # characters of one statement: what is shorter two people write alike, such as a sum of squares
_FENCE = re.compile(r"^```(?:python)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class _File:
    """A file that students may get: its text without layout, and the functions in it."""

    name: str
    code: bool
    text: str
    bodies: list[Body]


def leaks(course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every place that holds an answer."""
    files = [file for path in course.handout() if (file := _read(path, path.relative_to(course.root).as_posix()))]
    for file in files:
        if file.name.endswith(".ipynb") and squeeze(BEGIN) in file.text:
            yield f"{file.name} holds solution markers; run  make build"
    for name in lessons:
        if not course.source(name).exists():
            continue
        told = set()
        for cell in nbformat.read(course.source(name), as_version=4).cells:
            exercise = cell.metadata.get("exercise")
            for region in solution_regions(cell.source) if exercise else ():
                told |= {(exercise, where) for where in _text_found(region, files)}
            if exercise:
                given = set(bodies(re.sub(rf"{BEGIN}.*?{END}", "raise NotImplementedError", cell.source, flags=re.DOTALL)))
                answers = [body for body in bodies(cell.source, outer=True) if body not in given]
                told |= {(exercise, where) for where in _body_found(exercise, answers, files)}
        for exercise, answers in _other_answers(course, name).items():
            told |= {(exercise, where) for where in _body_found(exercise, answers, files)}
        yield from (f"the answer to {exercise} can be read in {where}; take it out" for exercise, where in sorted(told))


def _text_found(region: str, files: Iterable[_File]) -> Iterator[str]:
    """Files with the text of a solution region."""
    needle, several = squeeze(region), len(region.strip().splitlines()) > 1
    word = re.fullmatch(r"return'(\w{5,})'", needle)  # the letters of an ordering task
    needle = needle if several else needle.removeprefix("return")
    for file in files:
        # code of one line may stand in a mistake of another exercise; several lines do not by chance
        found = needle in file.text and len(needle) >= _SHORT and (several or not file.code)
        if found or word and f"'{word[1]}'" in file.text:
            yield file.name


def _body_found(exercise: str, answers: Iterable[Body], files: Iterable[_File]) -> Iterator[str]:
    """Files with a function that does what one of the answers does, statement by statement; a short one must bear the answer's name as well."""
    wanted = {answer.code: answer.several or len(answer.code) >= _LONG for answer in answers}
    for file in files:
        if any(body.code in wanted and (wanted[body.code] or body.name == exercise) for body in file.bodies):
            yield file.name


def _other_answers(course: Course, lesson: str) -> dict[str, list[Body]]:
    """The answers in tests/answers/ by exercise, read off its table ANSWERS; none where there are no tests."""
    path = course.root / "tests" / "answers" / f"a{lesson}.py"
    if not path.exists():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    found: dict[str, list[Body]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and ast.unparse(node.targets[0]) == "ANSWERS":
            for key, values in zip(node.value.keys, node.value.values):
                sources = [_source(answer, defined) for answer in getattr(values, "elts", ())]
                found[ast.literal_eval(key)] = [body for source in sources for body in bodies(source, outer=True)]
    return found


def _source(answer: ast.expr, defined: dict[str, ast.FunctionDef | ast.ClassDef]) -> str:
    """The code of an answer: a name of a function or class, a call of a function that makes one, or a lambda on the spot."""
    if isinstance(answer, ast.Call) and ast.unparse(answer.func) in defined:
        return "\n".join(map(ast.unparse, defined[ast.unparse(answer.func)].body))
    return ast.unparse(defined.get(ast.unparse(answer), answer))


def _read(path: Path, name: str) -> _File | None:
    """A file, read; None for what is no text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        sources = [source for cell in cells for source in ([cell.source] if cell.cell_type == "code" else _FENCE.findall(cell.source))]
        text = "\n".join(cell.source for cell in cells)
    elif path.suffix == ".py":
        sources = [text]
    else:
        sources = _FENCE.findall(text) if path.suffix == ".md" else []
    return _File(name, path.suffix == ".py", squeeze(text), [body for source in sources for body in bodies(source)])
