"""What was entered last time and is still as it was then, so that a rerun enters nobody whose grade is in the gradebook already.

Theory of operation. After entering, a stamp of each student is kept in work/entered/: of the files that the grade was made of and became
(hand-in, verdict, receipt, autograded folder: inode, size, time of the last change, which no program can set back) and of the student's rows in
the gradebook. All stamps belong to one state of what the students share: the lesson's cells, the settings, the due date, this code. What
differs in anything is entered anew, which changes nothing that is right; a lost or damaged file costs time and no grade.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import SETTINGS, Course
from ..files.names import for_file
from ..files.settings import PRIVATE
from ..judge import verdicts
from .master import Master
from .stored import stored

_PACKAGE = Path(__file__).resolve().parents[1]
_MOST = 2000  # files of one student that are looked at
_FOLDER = "folder"
_MAKES = ("files", "engine", "gradebook")  # the rooms that make an autograded notebook and its rows out of a verdict


class LastTime:
    """The stamps of a lesson. `gradebook` is open and has the lesson, with the cells of `master`."""

    def __init__(self, course: Course, lesson: str, gradebook, master: Master):
        self.course, self.lesson, self.gradebook = course, lesson, gradebook
        assignment = gradebook.find_assignment(lesson)
        self.assignment = assignment.id
        self.shared = _digest([repr(master), str(assignment.duedate), *_shared_files(course, lesson)])
        self.path = course.work / "entered" / f"{for_file(lesson)}.json"
        self.stamps: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if kept["shared"] == self.shared:
                self.stamps = dict(kept["students"])

    def unchanged(self, students: Iterable[str]) -> set[str]:
        """Those of the `students` for whom all is as it was."""
        asked = {student for student in students if student in self.stamps}
        return {student for student, stamp in self._now(asked) if stamp == self.stamps[student]} if asked else set()

    def remember(self, entered: Iterable[str], others: Iterable[str]) -> None:
        """Keep the stamps of those `entered` and forget those of the `others`. What cannot be written is not kept."""
        for student in others:
            self.stamps.pop(student, None)
        self.stamps |= dict(self._now(set(entered)))
        with contextlib.suppress(OSError):
            write_atomically(self.path, json.dumps({"shared": self.shared, "students": self.stamps}), PRIVATE)

    def _now(self, students: set[str]) -> Iterator[tuple[str, str]]:
        if not students:
            return
        comments = self._comments()
        for one in stored(self.gradebook, self.assignment):
            if one.student in students:
                rows = (one.timestamp, one.extension, one.penalty, sorted(one.scores.items()), comments.get(one.student, 0))
                with contextlib.suppress(OSError):  # without a stamp it is entered each time
                    yield one.student, _digest([repr(rows), *self._files(one.student)])

    def _comments(self) -> dict[str, int]:
        """How many comments of the judge each student has."""
        from nbgrader.api import Comment, SubmittedAssignment, SubmittedNotebook
        from sqlalchemy import func, select

        query = (
            select(SubmittedAssignment.student_id, func.count(Comment.auto_comment))
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
            .where(SubmittedAssignment.assignment_id == self.assignment)
            .group_by(SubmittedAssignment.student_id)
        )
        return dict(map(tuple, self.gradebook.db.execute(query)))

    def _files(self, student: str) -> Iterator[str]:
        course = self.course
        for kind in ("verdicts", "receipts"):
            yield _state(verdicts.path_of(course.root, self.lesson, student, kind))
        for path in (course.submitted(self.lesson, student), course.autograded(self.lesson, student)):
            yield from _below(path.parent)


def _shared_files(course: Course, lesson: str) -> Iterator[str]:
    """What an autograded notebook and a penalty depend on besides the student, by content."""
    yield metadata.version("nbgrader")
    ours = [path for room in _MAKES for path in sorted((_PACKAGE / room).glob("*.py"))]
    theirs = sorted(path for path in course.source(lesson).parent.rglob("*") if path.is_file())
    for path in (*ours, *theirs, course.root / SETTINGS):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _below(folder: Path) -> Iterator[str]:
    """The state of everything below a folder; nothing is followed. Raises `OSError` for a folder that holds more than can be looked at each time."""
    waiting, seen = [str(folder)], 0
    while waiting:
        path = waiting.pop()
        yield (state := _state(path))
        if (seen := seen + 1) > _MOST:
            raise OSError(f"{folder} holds more than {_MOST} files")
        if state.endswith(_FOLDER):
            with contextlib.suppress(OSError):
                waiting += sorted((entry.path for entry in os.scandir(path)), reverse=True)


def _state(path: str | Path) -> str:
    try:
        found = os.lstat(path)
    except OSError:
        return f"{path} is not there"
    kind = _FOLDER if stat.S_ISDIR(found.st_mode) else "file"
    return f"{path} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {kind}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
