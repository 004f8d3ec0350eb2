"""Gives back the cell of an exercise as it was handed out, and keeps what a learner had in a file beside the notebook."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ..engine.messages import number
from ..files.course import PACKAGED, Course
from ..files.notebooks import BadNotebook, read_notebook
from ..writing.exercise import Exercise
from . import best_points
from .counterexample import running_shell, somebody_is_there
from .kept import FOLDER

KEPT = "before_reset"  # the folder beside the notebook


def reset(exercise: Exercise) -> list[str]:
    """Offer the released cell of `exercise` as the next input, and say what became of everything.

    Called in the exercise's own cell, it takes that cell's place; from any other, it comes as a new cell below, and the own one stays as it is.
    Nothing of the learner's is taken away before it is in a file.
    """
    shell = running_shell()
    if not somebody_is_there():
        return ["Nothing was reset: this notebook runs by itself. Call reset again where you work on it."]
    if hasattr(shell, "reset_cell"):  # a page holds what was handed out, and keeps what was there
        shell.reset_cell(exercise.name)
        return [
            f"On the page of lesson {exercise.lesson} the cell of `{exercise.name}` is as it was handed out, and Bring back gives you what you had. Any other page stays as it is.",
            *_points(exercise),
        ]
    stub = released(exercise)
    if stub is None:
        return [
            f"The notebook {exercise.lesson}.ipynb as it was handed out is not on this machine, so there is nothing to give back. Take it from where you got the course."
        ]
    saved = _saved_notebook(exercise, shell)
    mine = dict(_mine(exercise, shell, saved, stub))
    told, safe = _keep(exercise, mine, _folder(exercise, saved))
    own = safe and _cell_that_runs(shell) == exercise.name
    if shell is None:
        return [f"`{exercise.name}` as it was handed out:", *stub.splitlines(), told, *_points(exercise)]
    shell.set_next_input(stub, replace=own)
    below = (
        f"The new cell below holds `{exercise.name}` as it was handed out. Your own cell stays as it is, and it is the one that is graded: copy the new text over yours."
        if getattr(shell, "kernel", None)
        else f"Your next input is `{exercise.name}` as it was handed out."
    )
    return [f"This cell holds `{exercise.name}` as it was handed out." if own else below, told, *_points(exercise)]


def released(exercise: Exercise) -> str | None:
    """The source of the cell as it was handed out: by the course that is studied here, or by the package; None where neither has it."""
    places = [Course(Path(os.environ[FOLDER]).parent).handed_out] if FOLDER in os.environ else []
    places.append(PACKAGED / "notebooks" if PACKAGED.is_dir() else Course(Path(__file__).resolve().parents[2]).notebooks)
    for place in places:
        cells = _cells(place / exercise.lesson / f"{exercise.lesson}.ipynb")
        if found := next((cell["source"] for cell in cells if _grade_id(cell) == exercise.name), None):
            return found
    return None


def _mine(exercise: Exercise, shell, saved: Path | None, stub: str) -> Iterator[tuple[str, str]]:
    """What a learner has of the exercise beside the `stub`, each with where it was found: as it ran last, and as it was saved."""
    defines = re.compile(rf"^(?:(?:async )?(?:def|class) {exercise.name}\b|{exercise.name}\s*=)", re.MULTILINE)
    ran_cells = reversed(getattr(shell, "user_ns", {}).get("In", ()))
    ran = next((cell for cell in ran_cells if defines.search(cell) and cell.strip() != stub.strip()), "")
    if ran:
        yield "As it ran last", ran
    cells = _cells(saved) if saved else []
    found = [
        cell["source"]
        for cell in cells
        if _grade_id(cell) == exercise.name or cell["cell_type"] == "code" and defines.search(cell["source"])
    ]
    for place, source in enumerate(found, 1):
        if source.strip() not in (ran.strip(), stub.strip()):
            yield f"As it was saved in {saved.name}" + (f", cell {place} of {len(found)} that define it" if len(found) > 1 else ""), source


def _keep(exercise: Exercise, mine: dict[str, str], folder: Path) -> tuple[str, bool]:
    """Write `mine` into a new file of `folder`; what to say of it, and whether all of it is safe."""
    if not mine:
        return "Nothing of yours was found, neither in a saved notebook nor among the cells that ran, so nothing had to be kept.", True
    body = "".join(f"\n# {where}:\n\n{source.rstrip()}\n" for where, source in mine.items())
    try:
        folder.mkdir(exist_ok=True)
        place = 1
        while (path := folder / f"{exercise.name}-{place}.py").exists():
            if path.read_text(encoding="utf-8", errors="replace").partition("\n")[2] == body:
                return f"What you had is kept in `{_shown(path)}`, as before.", True
            place += 1
        with open(path, "x", encoding="utf-8", newline="\n") as file:  # never over an older one
            file.write(f"# {exercise.name} of lesson {exercise.lesson}, kept by reset on {datetime.now():%Y-%m-%d at %H:%M}\n{body}")
    except OSError as problem:
        return (
            f"What you had could not be kept in a file ({problem.strerror}: {_shown(folder)}). Copy your own cell before you change it.",
            False,
        )
    return f"What you had is kept in `{_shown(path)}`.", True


def _points(exercise: Exercise) -> list[str]:
    best = best_points.best().get(exercise.name)
    return [] if best is None else [f"Your best points stay: {number(best)} of {number(exercise.points)}."]


def _saved_notebook(exercise: Exercise, shell) -> Path | None:
    """The file of the notebook that is open, as far as its program tells: VS Code by a name, Jupyter's server by its environment; else by the lesson's name."""
    names = getattr(shell, "user_ns", {})
    own, study = f"{exercise.lesson}.ipynb", os.environ.get(FOLDER)
    places = [names.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME"), own, study and Path(study, exercise.lesson, own)]
    for place in filter(None, places):
        path = Path(place)
        if path.suffix == ".ipynb" and any(_grade_id(cell) == exercise.name for cell in _cells(path)):
            return path
    return None


def _folder(exercise: Exercise, saved: Path | None) -> Path:
    """Where to keep things: beside the notebook; where none is found, in the study folder, or else in the working folder."""
    study = os.environ.get(FOLDER)
    lesson = Path(study, exercise.lesson) if study else Path()
    beside = saved.parent if saved else lesson if lesson.is_dir() else Path(study or "")
    return beside / KEPT


def _cells(path: Path) -> list[dict]:
    """The cells of a notebook; none where there is none that can be read."""
    try:
        return read_notebook(path.read_bytes())[0]["cells"]
    except (OSError, BadNotebook):
        return []


def _grade_id(cell: dict) -> str:
    marks = cell["metadata"].get("nbgrader")
    return marks.get("grade_id", "") if isinstance(marks, dict) else ""


def _cell_that_runs(shell) -> str:
    """The id of the notebook's cell that runs now, as JupyterLab and Notebook 7 tell it; "" where nobody does."""
    header = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str((header.get("metadata") or {}).get("cellId", ""))


def _shown(path: Path) -> str:
    """A path as a learner finds it: from the working folder, which is the notebook's, where it lies below it."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole)
