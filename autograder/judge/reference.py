"""The reference answers of a lesson: loaded from its solutions notebook, trusted code that runs in the judge without IPython, and held to full marks."""

from __future__ import annotations

import builtins
import contextlib
import io
import types
from pathlib import Path

from ..engine.report import Sheet, Status
from ..shared.answer import LocalAnswer
from ..shared.datasets import dataset
from ..writing.exercise import Lesson
from . import submission
from .submission import Role


class NoReference(Exception):
    """The solutions notebook is missing, broken, or lacks an answer: our fault; nothing is graded."""


class ReferenceFailed(Exception):
    """The reference did not get full marks, so nothing was graded: the exercise or the machine is at fault."""


class _Silent:
    """Stands for everything that the course's packages offer to a notebook, none of which an answer needs."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __iter__(self):
        return iter(())


def load(path: str | Path, lesson: Lesson) -> dict[str, LocalAnswer]:
    """The answers by exercise. Raises `NoReference` naming what is missing and what to do."""
    try:
        notebook = submission.read(path, set(lesson.exercises))
    except submission.BadNotebook as problem:
        raise NoReference(f"no reference for {lesson.name}: {problem}; run make build") from None
    names: dict = {"__name__": f"solutions_{lesson.name}", "__builtins__": {**vars(builtins), "__import__": _import}}
    for cell in notebook.cells:
        if cell.role is Role.CHECK:
            continue
        source = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in cell.source.splitlines())
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, f"<{lesson.name}, cell {cell.index}>", "exec"), names)
        except Exception as error:
            if cell.role is Role.ANSWER:
                raise NoReference(f"the answer to {cell.exercise} in {path} raised {type(error).__name__}: {error}") from error
            # a story cell may draw or need a widget; what an answer needs is missed when the answer is judged
    missing = [name for name in lesson.exercises if name not in names]
    if missing:
        raise NoReference(f"{path} defines no {', '.join(missing)}; write the answer into solutions/{lesson.name}.py and run make build")
    return {name: LocalAnswer(names[name], names) for name in lesson.exercises}


def require_full_marks(sheet: Sheet, lesson: Lesson) -> None:
    """Raise `ReferenceFailed`, saying what was lost, unless `sheet`, that of our own answers, has all points."""
    if not sheet.is_error and sheet.points == lesson.points:
        return
    lost = [
        f"{r.exercise}: {r.points} of {r.max_points} ({r.status}) {r.detail}".strip()
        for r in sheet.reports.values()
        if r.status is not Status.RIGHT or r.points != r.max_points
    ]
    raise ReferenceFailed(
        f"the reference got {sheet.points} of {lesson.points} points, so nothing was graded. " + "; ".join(lost or [sheet.detail])
    )


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    """`import` for the notebook: what draws or checks is silent, everything else is as it is."""
    if name.split(".")[0] in ("autograder", "explorers", "matplotlib", "ipywidgets"):
        module = types.ModuleType(name)
        module.__getattr__ = _silent
        if name == "autograder":
            module.dataset = dataset  # data an answer may need
        return module
    return builtins.__import__(name, globals, locals, fromlist, level)


def _silent(attribute: str):
    if attribute.startswith("__"):
        raise AttributeError(attribute)
    return _Silent()
