"""The autograded form of one submission: its notebook with the judge's outputs, its other files, and its scores."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import nbformat

from ..engine.report import Sheet
from ..files import ipynb
from ..files.course import Course
from ..files.notebooks import read_notebook
from ..files.plain_files import read_plain
from ..files.settings import PRIVATE
from ..judge.submission import read_bytes
from .filling import NoVerdict, fill, refuse
from .master import Master, restore

_IGNORED = {".ipynb_checkpoints", "__pycache__", "feedback"}  # as nbgrader ignores them
_MOST_OF_ONE, _MOST_BYTES, _MOST_FILES = 16 << 20, 64 << 20, 500  # of a student's other files: bytes of one, of all, how many
NO_NAME = "the folder's name is not UTF-8, which no gradebook can hold; rename it to the student's id and grade again"


def fits(student: str) -> bool:
    """Whether a gradebook can hold the name."""
    try:
        student.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass
class Autograded:
    """What nbgrader keeps of a submission. `scores` by grade cell (None: a person must), `unanswered` are the untouched answers,
    `left_out` the files beside the notebook that were not taken, with the reason."""

    text: str
    name: str
    files: dict[str, bytes]
    scores: dict[str, float | None]
    unanswered: set[str]
    left_out: list[str]

    def is_at(self, folder: Path) -> bool:
        """Whether `folder` holds exactly this already."""
        try:
            found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
            if found.keys() != {self.name, *self.files}:
                return False
            if found[self.name].read_text(encoding="utf-8") != self.text:
                return False
            return all(found[name].read_bytes() == data for name, data in self.files.items())
        except (OSError, UnicodeDecodeError):
            return False

    def write(self, folder: Path) -> None:
        """Put everything into `folder`, in place of what is there; a crash leaves the old folder, the new one, or none."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
        try:
            os.chmod(fresh, 0o750)
            (fresh / self.name).write_text(self.text, encoding="utf-8")
            for name, data in self.files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(data)
            for path in fresh.rglob("*"):
                if path.is_file():
                    path.chmod(PRIVATE)
            remove(folder)
            fresh.rename(folder)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def remove(folder: Path) -> None:
    """Remove what lies at `folder`, whatever it is; nothing where there is nothing. Raises `OSError`."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


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
    files, left_out = other_files(course, sheet.lesson, sheet.student)
    return Autograded(text, path.name, files, scores, unanswered, left_out)


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


def other_files(course: Course, lesson: str, student: str) -> tuple[dict[str, bytes], list[str]]:
    """Files beside the notebook, as nbgrader copies them: the student's, replaced by those of the source; and what was left out, with the reason.

    Of the student's only plain files of bounded size are taken; nothing is followed and nothing waited for.
    """
    ours = dict(_found(course.source(lesson).parent))
    files = {name: path.read_bytes() for name, path in ours.items()}
    folders = {parent.as_posix() for name in ours for parent in PurePosixPath(name).parents}
    left_out, room = [], _MOST_BYTES
    for name, path in _found(course.submitted(lesson, student).parent):
        parents = {parent.as_posix() for parent in PurePosixPath(name).parents}
        if name in ours:
            continue
        if name in folders or parents & ours.keys():
            left_out.append(f"{name} (the lesson has something else of that name)")
        elif len(files) >= _MOST_FILES:
            left_out.append(f"{name} and what comes after it (more than {_MOST_FILES} files)")
            break
        else:
            try:
                name.encode()
                files[name] = read_plain(path, course.hand_ins, min(room, _MOST_OF_ONE))
                room -= len(files[name])
            except (OSError, UnicodeEncodeError) as problem:
                left_out.append(f"{name} ({problem})")
    return files, left_out


def _found(base: Path) -> Iterator[tuple[str, Path]]:
    """Everything below `base` but notebooks and what nbgrader ignores, in order, with its name relative to it."""
    for folder, folders, names in os.walk(base):
        folders[:] = sorted(name for name in folders if name not in _IGNORED)
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix not in (".ipynb", ".pyc") and name not in _IGNORED:
                yield path.relative_to(base).as_posix(), path
