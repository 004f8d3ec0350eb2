"""Reads a notebook that nobody vouches for: an .ipynb file as a list of code cells and what each of them is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ..exercises import lessons
from ..files.notebooks import MAX_FILE, BadNotebook, MissingNotebook, read_notebook
from ..files.plain_files import NotPlain, read_plain

_DRAWS = re.compile("matplotlib|pylab|seaborn|pandas")


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
    """A notebook as the judge sees it. `remarks` say what is odd about it, for the teacher; they cost nothing.

    `texts` are exercises whose cell holds text instead of code, with that cell's place; `other` is the lesson that this is a copy of, where it
    has no exercise of the one that it was handed in for.
    """

    cells: list[Cell]
    sha256: str = ""
    remarks: list[str] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    other: str = ""

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


def read_bytes(path: Path, below: Path | None = None) -> bytes:
    """The bytes of a notebook's file. From the folder `below` (by default the file's own) on, links, pipes and devices are refused, not followed.

    Raises `MissingNotebook` when there is no file and `BadNotebook` for what is no plain file of bounded size.
    """
    path = Path(path)
    try:
        return read_plain(path, below or path.parent, MAX_FILE)
    except FileNotFoundError:
        raise MissingNotebook(f"there is no {path.name}; was it renamed? it must keep its name") from None
    except NotPlain as problem:
        too_large = "is larger" in str(problem)
        raise BadNotebook(
            f"{problem}; {'clear its outputs and hand it in again' if too_large else 'hand in the notebook itself'}"
        ) from None
    except PermissionError as error:
        raise BadNotebook(
            f"{path.name} may not be read by whoever grades ({error.strerror}): mend the permissions of the student's folder and grade again"
        ) from None
    except OSError as error:
        raise BadNotebook(f"{path.name} cannot be opened ({error.strerror}); hand in a plain file") from None


def fingerprint(path: Path, below: Path | None = None) -> str:
    """The SHA-256 of a file's bytes, "" for what `read_bytes` refuses."""
    try:
        return hashlib.sha256(read_bytes(path, below)).hexdigest()
    except BadNotebook:
        return ""


def parse(data: bytes, exercises: set[str] | frozenset[str] = frozenset()) -> Submission:
    """The notebook in `data`. Raises `BadNotebook` and nothing else, whatever the bytes are."""
    notebook, remarks = read_notebook(data)
    cells = [_cell(index, raw, exercises, remarks) for index, raw in enumerate(notebook["cells"]) if raw["cell_type"] == "code"]
    marks = [(index, raw["cell_type"], _grade_id(raw)) for index, raw in enumerate(notebook["cells"])]
    texts = {mark: index for index, kind, mark in marks if kind != "code" and mark in exercises}
    for name, index in texts.items():
        remarks.append(f"the cell of {name}, cell {index + 1}, holds text instead of code")
    other = _copy_of({mark.removeprefix("check-") for _, _, mark in marks}, exercises)
    if other:
        remarks.append(f"it looks like a copy of {other}")
    return Submission(_last_check_only(cells, remarks), hashlib.sha256(data).hexdigest(), remarks, texts, other)


def _copy_of(marks: set[str], known: set[str] | frozenset[str]) -> str:
    """The lesson whose exercises a notebook has, when it has none of those it should have."""
    if not known or marks & known or not any(marks):
        return ""
    return next((lesson.name for lesson in lessons().values() if len(marks & lesson.exercises.keys()) > 1), "")


def _cell(index: int, raw: dict, exercises, remarks: list[str]) -> Cell:
    source, grade_id = raw["source"], _grade_id(raw)
    if grade_id.startswith("check-") and grade_id[6:] in exercises:
        name = grade_id[6:]
        if source.strip() != f"check({name})":
            remarks.append(f"the locked cell of {name} was edited; the judge does not run it, so that changes nothing")
        return Cell(index, source, Role.CHECK, name)
    return Cell(index, source, Role.ANSWER if grade_id in exercises else Role.FREE, grade_id if grade_id in exercises else "")


def _grade_id(raw: dict) -> str:
    marks = raw["metadata"].get("nbgrader")
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
