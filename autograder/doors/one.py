"""Judges one notebook, from a file to its verdict: which lesson it is of, on which hidden cases, in a sandbox of its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..engine.report import Sheet
from ..exercises import find_lesson
from ..files.course import Course
from ..files.names import for_terminal
from ..files.notebooks import read_notebook
from ..intake.platforms import is_junk, named_lesson, read_path
from ..intake.recognise import lesson_cells, lesson_of
from ..judge.allowance import chosen
from ..judge.grade import Judge, failed, refused
from ..judge.options import ENGINES, LEVELS
from ..judge.reference import NoReference, ReferenceFailed, require_full_marks
from ..judge.sandbox.process import SandboxError
from ..judge.signing import CourseKey
from ..judge.submission import BadNotebook, MissingNotebook, read_bytes
from ..writing.exercise import Lesson
from .verdict import Verdict, verdict_of

_MOST_FILES = 1000  # notebooks in a folder that are looked at


class Grader:
    """Judges notebooks one after the other, in one sandbox that stays warm. Use it in a ``with`` statement, in one thread.

    `course` is the course's folder (default: see `Course.at`), `seed` that of the hidden cases; by default it is the one that ``grade`` judges the
    class with, where the course has a key, and else drawn afresh. `level`, `engine` and `places` are those of `Judge`, `seconds` and `memory` (MiB) those of
    `allowance.chosen`. Nothing is written anywhere. Raises `ValueError` for settings that there are not; entering raises `NoCourse`, `KeyProblem` or `OSError` for a course that is none or has a broken key.
    """

    def __init__(
        self,
        course: str | Path | None = None,
        *,
        seed: int | None = None,
        level: str = "auto",
        engine: str = "child",
        seconds: float = 0.0,
        memory: int = 0,
        places: bool = True,
    ):
        for name, value, known in (("level", level, ("auto", *LEVELS)), ("engine", engine, ENGINES)):
            if value not in known:
                raise ValueError(f"there is no {name} {value!r}; there are {', '.join(known)}")
        if seed is not None and not (isinstance(seed, int) and 0 <= seed < 1 << 48):
            raise ValueError(f"{seed!r} is no seed; give a whole number from 0 to 2**48-1")
        if not (0 <= seconds < 1e6 and 0 <= memory < 1e6):
            raise ValueError(f"seconds={seconds!r} and memory={memory!r} must be numbers above 0, or 0 for the usual")
        self.course = Course.at(course)
        times, limits = chosen(seconds, memory)
        self._settings: dict[str, Any] = {"level": level, "engine": engine, "times": times, "limits": limits, "places": places}
        self._seed, self._drawn = seed, secrets.randbits(48)
        self._judge: Judge | None = None
        self._key: CourseKey | None = None
        self._sound: set[str] = set()  # the lessons whose own answers got full marks
        self._entered = False

    def __enter__(self) -> Grader:
        if self._seed is None and os.path.lexists(self.course.work / "course.json"):
            self._key = CourseKey.load(self.course.root)
        self._entered = True
        return self

    def __exit__(self, *_) -> None:
        self._entered = False
        if self._judge is not None:
            self._judge.__exit__()
            self._judge = None

    def judge(self, file: str | Path, *, lesson: str = "", student: str = "") -> Verdict:
        """The verdict on the notebook at `file`, which is of `lesson`; without one, of the lesson that its cells, or else its name, are of.

        A folder stands for the one notebook of the lesson in it. Links, pipes and devices are no notebook ("malformed"); a folder with no notebook, or
        several, is "missing". What fails on our side is a verdict, too: "error", without points.
        Raises `LookupError` where no lesson is known, `FileNotFoundError` where there is neither file nor folder, `RuntimeError` outside the ``with`` statement.
        """
        if not self._entered:  # the seed of the class is known inside only, and a sandbox would stay behind
            raise RuntimeError("a Grader judges inside its with statement: with Grader() as grader: grader.judge(file)")
        file = Path(file).absolute()
        data, problem = b"", None
        try:
            if file.is_dir():
                file = self._only_notebook(file, lesson)
            data = read_bytes(file)
        except BadNotebook as found:
            if isinstance(found, MissingNotebook) and not os.path.lexists(file):
                raise FileNotFoundError(f"there is no file {file}; name a notebook") from None
            problem = found
        one = find_lesson(lesson or self._lesson_of(data, file.name, problem))
        seed = self.seed_of(one)
        sheet = Sheet(one.name, student, seed=seed)
        if problem is not None:
            return verdict_of(refused(sheet, one, problem), one)
        try:
            sheet = self._ready(one, seed).grade_bytes(data, one, student, seed)
        except (SandboxError, NoReference, ReferenceFailed) as error:
            failed(sheet, one, str(error))
        return verdict_of(sheet, one)

    def _only_notebook(self, folder: Path, lesson: str) -> Path:
        """The notebook in `folder` that is meant: the only one, or the only one of the lesson by its cells, or by its name. Raises `MissingNotebook`."""
        found = list(islice(_notebooks(folder), _MOST_FILES))
        if len(found) > 1:
            cells = lesson_cells(self.course)
            of = {path: _lesson_in(path, cells) for path in found}
            found = [path for path in found if of[path] == lesson or not lesson and of[path]] or found
            found = [path for path in found if lesson and path.name == f"{lesson}.ipynb"] or found
        if len(found) == 1:
            return found[0]
        wanted = f"{lesson}.ipynb" if lesson else "one notebook"
        if not found:
            raise MissingNotebook(f"no notebook was handed in; hand in {wanted}")
        names = ", ".join(for_terminal(str(path.relative_to(folder))) for path in found[:5])
        raise MissingNotebook(f"several notebooks were handed in ({names}), and nothing says which one counts; hand in {wanted} alone")

    def _ready(self, lesson: Lesson, seed: int) -> Judge:
        """A judge whose sandbox is up and whose own answers to `lesson` got full marks. Raises `SandboxError`, `NoReference` or `ReferenceFailed`."""
        if self._judge is None:
            self._judge = Judge(self.course.root, **self._settings).__enter__()
        if lesson.name not in self._sound:
            self._judge.references(lesson)
            require_full_marks(self._judge.learn_times(lesson, seed), lesson)
            self._sound.add(lesson.name)
        return self._judge

    def seed_of(self, lesson: Lesson) -> int:
        """The seed of the hidden cases of `lesson`."""
        if self._seed is not None:
            return self._seed
        return self._key.lesson_seed(lesson.name) if self._key else self._drawn

    def _lesson_of(self, data: bytes, name: str, problem: BadNotebook | None) -> str:
        cells = lesson_cells(self.course)
        if not cells:
            raise LookupError(f"{self.course.root} holds no released lesson: name the course's folder before the command, --course DIR")
        clue = read_path((name,), cells)
        if found := lesson_of(data, cells) or clue.lesson or named_lesson(clue, cells):
            return found
        try:
            problem or read_notebook(data)
        except BadNotebook as found_in_it:
            problem = found_in_it
        why = f"{problem}, and its name is of none either" if problem else "none of its cells is, nor is its name"
        raise LookupError(f"{name} is of no lesson of this course: {why}; say which it should be, for example --lesson 01_derivative")


def _notebooks(folder: Path) -> Iterator[Path]:
    """The notebooks below a folder, in order; what is hidden and what an operating system put there are none, and no link is followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_junk((name,)))
        yield from (
            Path(place, name) for name in sorted(files) if name.endswith(".ipynb") and not name.startswith(".") and not is_junk((name,))
        )


def _lesson_in(path: Path, cells: dict[str, frozenset[bytes]]) -> str:
    try:
        return lesson_of(read_bytes(path), cells)
    except BadNotebook:
        return ""


def judge(file: str | Path, course: str | Path | None = None, *, lesson: str = "", student: str = "", **settings) -> Verdict:
    """The verdict on one notebook, in about a second: `Grader.judge` with a sandbox for this notebook alone. `settings` go to `Grader`."""
    with Grader(course, **settings) as grader:
        return grader.judge(file, lesson=lesson, student=student)
