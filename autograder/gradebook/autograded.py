"""The autograded form of one submission: its notebook with the judge's outputs, its other files, and its scores."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ..engine.report import Sheet
from ..files import ipynb
from ..files.course import Course
from ..files.notebooks import read_notebook
from ..judge.submission import read_bytes
from .filling import NoVerdict, fill, refuse
from .master import Master, restore

_IGNORED = {".ipynb_checkpoints", "__pycache__", "feedback"}  # as nbgrader ignores them
_MODE = 0o444  # nobody edits an autograded notebook by accident; nbgrader does the same


@dataclass
class Autograded:
    """What nbgrader keeps of a submission. `scores` by grade cell (None: a person must), `unanswered` are the untouched answers."""

    text: str
    name: str
    files: dict[str, Path]
    scores: dict[str, float | None]
    unanswered: set[str]

    def is_at(self, folder: Path) -> bool:
        """Whether `folder` holds exactly this already."""
        try:
            found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
            if found.keys() != {self.name, *self.files}:
                return False
            if found[self.name].read_text(encoding="utf-8") != self.text:
                return False
            return all(found[name].read_bytes() == path.read_bytes() for name, path in self.files.items())
        except (OSError, UnicodeDecodeError):
            return False

    def write(self, folder: Path) -> None:
        """Put everything into `folder`, in place of what is there; a crash leaves the old folder, the new one, or none."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
        try:
            os.chmod(fresh, 0o755)
            (fresh / self.name).write_text(self.text, encoding="utf-8")
            for name, path in self.files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, fresh / name)
            for path in fresh.rglob("*"):
                if path.is_file():
                    path.chmod(_MODE)
            if folder.exists():
                shutil.rmtree(folder)
            fresh.rename(folder)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def autograded(course: Course, sheet: Sheet, master: Master) -> Autograded:
    """The autograded form of the submission that `sheet` judges.

    Raises `NoVerdict` when the sheet is no grade, leaves a grade cell open, or is on a notebook that nbformat cannot hold;
    nothing is written.
    """
    refuse(sheet)
    path = course.submitted(sheet.lesson, sheet.student)
    try:
        notebook = read_notebook(read_bytes(path, course.hand_ins))[0]
        restore(notebook, master)
        fill(notebook, sheet, master)
        scores, unanswered = _scores(notebook, master)
        text = ipynb.dumps(notebook)
    except NoVerdict:
        raise
    except Exception as error:  # a notebook nobody vouches for
        raise NoVerdict(f"the notebook cannot be put into nbgrader ({type(error).__name__}: {error}); look at it by hand") from error
    return Autograded(text, path.name, _other_files(course, sheet), scores, unanswered)


def _scores(notebook, master: Master) -> tuple[dict[str, float | None], set[str]]:
    """What nbgrader's SaveAutoGrades would store; its own function decides."""
    from nbgrader.utils import determine_grade

    scores, unanswered = {}, set()
    for cell in notebook["cells"]:
        known = master.cells.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if known is None:
            continue
        if known.grade:
            scores[known.name] = determine_grade(nbformat.from_dict(cell))[0]
        # equal checksums mean equal sources, for the rest of a checksum comes from the master
        if known.solution and cell["source"] == known.source:
            unanswered.add(known.name)
    return scores, unanswered


def _other_files(course: Course, sheet: Sheet) -> dict[str, Path]:
    """Files beside the notebook, as nbgrader copies them: the student's, replaced by those of the source. Links are left out."""
    found: dict[str, Path] = {}
    for base in (course.submitted(sheet.lesson, sheet.student).parent, course.source(sheet.lesson).parent):
        for folder, folders, names in os.walk(base):
            folders[:] = [name for name in folders if name not in _IGNORED]
            for name in names:
                path = Path(folder) / name
                if path.suffix not in (".ipynb", ".pyc") and name not in _IGNORED and stat.S_ISREG(path.lstat().st_mode):
                    found[path.relative_to(base).as_posix()] = path
    return found
