"""No answer where learners can read it: the answers that are known, looked for in every file that a student may get.

Known are the lessons' own and those of tests/answers/, which are written in other ways. Layout, comments, docstrings and the names of
arguments make no difference.
"""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat

from ..files.course import Course
from ..writing.exercise import Lesson
from .bodies import Body, bodies, squeeze
from .lesson import BEGIN, END, solution_regions
from .pieces import pieces
from .zipped import unzipped

_SHORT = 16  # characters: a shorter answer (2*x) is found in any text and says nothing
_LONG = 40  # characters of one statement: what is shorter two people write alike, such as a sum of squares


@dataclass(frozen=True)
class _File:
    """A file that students may get: its text without layout, and the functions in it."""

    name: str
    code: bool
    text: str
    bodies: list[Body]
    marked: bool  # whether solution markers stand in it


def leaks(course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every place in what anybody may read of the repository that holds an answer."""
    files = ((path.relative_to(course.root).as_posix(), path.read_bytes()) for path in course.public())
    yield from leaks_in(files, course, lessons)


def leaks_in(contents: Iterable[tuple[str, bytes]], course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every place in files, given by their names and bytes, that holds an answer to one of the `lessons`; archives are looked into."""
    files = [_read(name, data) for outer, content in contents for name, data in unpacked(outer, content)]
    read: dict[str, set[tuple[str, str]]] = {}  # functions, by what they do: their names, and the files that they stand in
    for file in files:
        for body in file.bodies:
            read.setdefault(body.code, set()).add((body.name, file.name))
        if file.name.endswith(".ipynb") and file.marked:
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
                told |= {(exercise, where) for where in _body_found(exercise, answers, read)}
        for exercise, answers in _other_answers(course, name).items():
            told |= {(exercise, where) for where in _body_found(exercise, answers, read)}
        yield from (f"the answer to {exercise} can be read in {where}; take it out" for exercise, where in sorted(told))


def _text_found(region: str, files: Iterable[_File]) -> Iterator[str]:
    """Files with the text of a solution region."""
    needle, several = squeeze(region), len(region.strip().splitlines()) > 1
    word = re.fullmatch(r"return'(\w{5,})'", needle)  # the letters of an ordering task
    needle = needle if several else needle.removeprefix("return")
    for file in files:
        # code of one line may stand in a mistake of another exercise; several lines do not by chance
        found = len(needle) >= _SHORT and (several or not file.code) and needle in file.text
        if found or word and f"'{word[1]}'" in file.text:
            yield file.name


def _body_found(exercise: str, answers: Iterable[Body], read: dict[str, set[tuple[str, str]]]) -> Iterator[str]:
    """Files with a function that does what one of the answers does, statement by statement; a short one must bear the answer's name as well."""
    for answer in answers:
        for name, where in read.get(answer.code, ()):
            if answer.several or len(answer.code) >= _LONG or name == exercise:
                yield where


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


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in a file: those of an archive or a wheel, named ``outer/inner``; what was compressed; else the file itself."""
    if name.endswith((".zip", ".whl")):
        for inner, part in unzipped(data).items():
            yield from unpacked(f"{name}/{inner}", part)
    else:
        yield name, gzip.decompress(data) if name.endswith(".gz") else data


def _read(name: str, data: bytes) -> _File:
    return _File(name, name.endswith(".py"), *_read_once(Path(name).suffix, data))


@lru_cache(maxsize=4096)  # most files of an archive are files of the repository
def _read_once(ending: str, data: bytes) -> tuple[str, list[Body], bool]:
    """The text of a file without layout, and the functions in it and in whatever part of it may be code (`pieces`)."""
    text = data.decode("utf-8", "replace")  # a picture, too, may have words in it
    found = list(pieces(ending, text))
    return "\n".join(map(squeeze, [text, *found])), [body for piece in found for body in bodies(piece)], BEGIN in text
