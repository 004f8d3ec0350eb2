"""Reads a notebook that nobody vouches for: an .ipynb file as a list of code cells and what each of them is."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

MAX_BYTES = 16 << 20
MAX_CELLS = 2000
MAX_SOURCE = 1 << 20
# no link is followed; opening a pipe that somebody put there would wait for ever; Windows would change line ends (only it has O_BINARY)
_AS_IT_IS = sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_DRAWS = re.compile("matplotlib|pylab|seaborn|pandas")


class BadNotebook(Exception):
    """The file is no notebook that can be graded; the text says what is wrong and what to do."""


class MissingNotebook(BadNotebook):
    """There is no file."""


class Role(StrEnum):
    """What a code cell is to the judge."""

    FREE = "free"  # story, scratch, whatever the learner added
    ANSWER = "answer"  # the cell of an exercise
    CHECK = "check"  # the locked cell check(<exercise>): here the exercise is judged, its source is never run


@dataclass(frozen=True)
class Cell:
    """One code cell. `index` is its place among all cells of the notebook, `exercise` the name it belongs to or ""."""

    index: int
    source: str
    role: Role = Role.FREE
    exercise: str = ""


@dataclass
class Submission:
    """A notebook as the judge sees it. `remarks` say what is odd about it, for the teacher; they cost nothing."""

    cells: list[Cell]
    sha256: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def draws(self) -> bool:
        """Whether a cell speaks of what loads matplotlib; one that loads it in another way only waits longer."""
        return any(_DRAWS.search(cell.source) for cell in self.cells)


@dataclass(frozen=True)
class TeacherTests:
    """A teacher's own test cells, called `names`, in one lesson; `digest` changes with their text.

    ``restore(data)`` makes, of the bytes of a submission, the bytes of the notebook to run: the released test cells, hidden tests
    included, in place of what the student left of them. It may raise anything on bytes that are no sound notebook.
    """

    names: tuple[str, ...]
    digest: str
    restore: Callable[[bytes], bytes]


def read(path: str | Path, exercises: set[str] | frozenset[str] = frozenset()) -> Submission:
    """Read the file at `path`; `exercises` are the names that the lesson has.

    Raises `MissingNotebook` when there is no file and `BadNotebook` for anything that is no notebook in format 4.
    """
    data = read_bytes(path)
    submission = parse(data, exercises)
    submission.sha256 = hashlib.sha256(data).hexdigest()
    return submission


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a regular file of bounded size; links, pipes and devices are refused, not followed."""
    try:
        handle = os.open(path, os.O_RDONLY | _AS_IT_IS)
    except FileNotFoundError:
        raise MissingNotebook(f"there is no {Path(path).name}; was it renamed? it must keep its name") from None
    except OSError as error:
        raise BadNotebook(f"{Path(path).name} cannot be opened ({error.strerror}); hand in a plain file") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadNotebook(f"{Path(path).name} is no plain file; hand in the notebook itself, no link and no folder")
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadNotebook(f"the notebook is larger than {MAX_BYTES >> 20} MiB; clear its outputs and hand it in again")
    return data


def fingerprint(path: str | Path) -> str:
    """The SHA-256 of a file's bytes, "" for what cannot be read."""
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except BadNotebook:
        return ""


def parse(data: bytes, exercises: set[str] | frozenset[str] = frozenset()) -> Submission:
    """The notebook in `data`. Raises `BadNotebook` and nothing else, whatever the bytes are."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
        raise BadNotebook(f"this is no notebook (it is not JSON: {what}); save it again in Jupyter") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise BadNotebook("this is JSON, but no notebook in format 4; open it in Jupyter and save it again")
    if notebook.get("nbformat", 4) != 4:
        raise BadNotebook("this is a notebook in another format than 4; open it in Jupyter and save it again")
    if len(notebook["cells"]) > MAX_CELLS:
        raise BadNotebook(f"the notebook has {len(notebook['cells'])} cells; {MAX_CELLS} is the most")
    remarks: list[str] = []
    cells = [cell for index, raw in enumerate(notebook["cells"]) if (cell := _cell(index, raw, exercises, remarks))]
    return Submission(_last_check_only(cells, remarks), hashlib.sha256(data).hexdigest(), remarks)


def _cell(index: int, raw, exercises, remarks: list[str]) -> Cell | None:
    if not isinstance(raw, dict) or raw.get("cell_type") != "code":
        return None
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        remarks.append(f"cell {index} has no readable source and was passed over")
        return None
    if len(source) > MAX_SOURCE:
        remarks.append(f"cell {index} is longer than {MAX_SOURCE >> 20} MiB and was passed over")
        return None
    grade_id = _grade_id(raw)
    if grade_id.startswith("check-") and grade_id[6:] in exercises:
        name = grade_id[6:]
        if source.strip() != f"check({name})":
            remarks.append(f"the locked cell of {name} was edited; the judge does not run it, so that changes nothing")
        return Cell(index, source, Role.CHECK, name)
    if grade_id in exercises:
        return Cell(index, source, Role.ANSWER, grade_id)
    return Cell(index, source)


def _grade_id(raw: dict) -> str:
    metadata = raw.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _last_check_only(cells: list[Cell], remarks: list[str]) -> list[Cell]:
    """Of several check cells of one exercise the last one counts, as in nbgrader; the others are dropped."""
    last = {cell.exercise: cell.index for cell in cells if cell.role is Role.CHECK}
    kept = []
    for cell in cells:
        if cell.role is Role.CHECK and last[cell.exercise] != cell.index:
            remarks.append(f"the check of {cell.exercise} is there more than once; the last one counts")
            continue
        kept.append(cell)
    return kept
