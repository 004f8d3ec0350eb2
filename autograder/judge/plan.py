"""What is asked of whoever judges a class, and what of it is accepted: the only way from a judge's answer to a signed verdict.

The coordinator reads what was handed in and holds the key. A worker, in a process beside it or on another machine, gets bytes and a seed, and
answers with a sheet. A sheet is signed only when it is on those bytes, on those hidden cases, by this judge at this level.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from ..engine.report import Sheet
from ..files.course import Course
from ..writing.exercise import Lesson
from .grade import refused
from .submission import BadNotebook, read_bytes


class NotAccepted(ValueError):
    """An answer is not what was asked for; the text says in what, and there is no grade."""


@dataclass
class HandIn:
    """One student's notebook. `submission` is the SHA-256 of what was read of it last."""

    student: str
    path: Path
    below: Path
    submission: str = ""

    def read(self) -> bytes:
        """Its bytes, as they are now. Raises `BadNotebook`; nothing is followed or waited for."""
        self.submission = ""
        data = read_bytes(self.path, self.below)
        self.submission = hashlib.sha256(data).hexdigest()
        return data


class Answer(NamedTuple):
    """What came of a hand-in: a sheet, or why there is none. `by` is who judged it, "" for this machine."""

    hand_in: HandIn
    found: Sheet | BadNotebook | str
    by: str = ""


class Pool(Protocol):
    """Who judges: worker processes of this machine (`workers.WorkerPool`), or other machines (`doors.cluster.ClusterPool`)."""

    def check_reference(self, lesson: Lesson, seed: int) -> None:
        """Raise `ReferenceFailed` unless our own answers get full marks on the cases of `seed`."""

    def work(self, hand_ins: list[HandIn], seed: int, held: Callable[[dict[str, float]], None] | None = None) -> Iterator[Answer]:
        """Judge them all, in whatever order they are ready; one answer each. ``held(seconds)`` is told now and then who holds a worker for how long."""

    def close(self) -> None:
        """End what was started."""


@dataclass(frozen=True)
class Plan:
    """What is asked: `lesson` on the hidden cases of `seed`, by the judge of these `versions`, at `level`."""

    lesson: Lesson
    seed: int
    level: str
    versions: dict[str, str]

    def hand_in(self, course: Course, student: str) -> HandIn:
        """What a student handed in."""
        return HandIn(student, course.submitted(self.lesson.name, student), course.hand_ins)

    def accept(self, answer: Answer) -> Sheet:
        """The sheet of an answer that is what was asked for. Raises `NotAccepted`."""
        student, found = answer.hand_in.student, answer.found
        if isinstance(found, BadNotebook):
            return refused(
                Sheet(self.lesson.name, student, level=self.level, seed=self.seed, versions=dict(self.versions)), self.lesson, found
            )
        if not isinstance(found, Sheet):
            raise NotAccepted(found)
        without_tests = {kind: version for kind, version in self.versions.items() if kind != "tests"}
        exercises = {name: exercise.points for name, exercise in self.lesson.exercises.items()}
        for what, wanted, given in (
            ("student", (student,), found.student),
            ("lesson", (self.lesson.name,), found.lesson),
            ("notebook", (answer.hand_in.submission,), found.submission),
            ("hidden cases", (self.seed,), found.seed),
            ("level", (self.level,), found.level),
            ("versions", (self.versions, without_tests), found.versions),  # without: where a notebook has no place for the teacher's tests
            ("exercises", (exercises,), {name: report.max_points for name, report in found.reports.items()}),
        ):
            if given not in wanted:
                raise NotAccepted(f"its sheet is of another {what} than was asked for; grade again")
        if not all(0 <= report.points <= report.max_points for report in found.reports.values()):
            raise NotAccepted("its sheet has points that an exercise cannot have; grade again")
        return found
