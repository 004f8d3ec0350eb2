"""Every attempt that came in, kept below work/taken-in/, and which of a student's attempts counts."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_file

HERE = "work/submitted"  # the source of what `take-in` found there and did not bring


@dataclass
class Attempt:
    """One notebook that somebody handed in. Times are ISO texts in UTC, "" where unknown: `time` when it was handed in, `date` the file's own.

    `spare` lay beside a better one in the same submission; `readable` is whether it is a notebook at all.
    """

    sha: str
    source: str
    path: str
    time: str = ""
    date: str = ""
    sequence: int = 0
    copy: int = 0
    late: bool = False
    exact: bool = True
    readable: bool = True
    spare: bool = False

    @property
    def same(self) -> tuple:
        """What two records of one attempt share: taking an archive in again adds nothing."""
        return self.sha, self.time, self.sequence

    def on_time(self, due: datetime.datetime | None) -> bool:
        """Whether it came before the deadline; by what a platform says, never by the file's date, which may be that of its download."""
        if due is None or not self.time:
            return not self.late
        return datetime.datetime.fromisoformat(self.time) <= due

    def rank(self, due: datetime.datetime | None) -> tuple:
        """Larger counts more."""
        return self.readable, not self.spare, self.on_time(due), self.time or self.date, self.sequence, self.exact, self.copy


class Attempts:
    """The attempts at one lesson, by student. Files are named by their content, so nothing lies there twice and nothing is overwritten."""

    def __init__(self, course: Course, lesson: str):
        self.folder = course.taken_in(lesson)
        self.by_student: dict[str, list[Attempt]] = defaultdict(list)
        self._state = self.folder / "attempts.json"
        known = {one.name for one in fields(Attempt)}
        try:
            for student, rows in json.loads(self._state.read_text(encoding="utf-8")).items():
                self.by_student[student] = [Attempt(**{name: row[name] for name in row.keys() & known}) for row in rows]
        except FileNotFoundError:
            pass
        except (ValueError, TypeError, AttributeError) as problem:
            raise ValueError(f"{self._state} is damaged ({problem}); move it away, and take all archives of the lesson in again") from None

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder for files on their way, on the same file system; it is gone afterwards, and so are those of runs that died."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _only_one(self.folder):
            for left in self.folder.glob(".new-*"):
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=".new-") as made:
                yield Path(made)

    def path_of(self, student: str, sha: str) -> Path:
        """Where an attempt is kept."""
        return self.folder / for_file(student) / f"{sha[:32]}.ipynb"

    def add(self, student: str, attempt: Attempt, file: Path) -> Attempt:
        """Keep the attempt in `file`, which is moved; returns the record of it, an earlier one where it is there already."""
        kept = self.path_of(student, attempt.sha)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, kept)
        mine = self.by_student[student]
        for known in mine:
            if known.same == attempt.same:
                known.spare = known.spare and attempt.spare
                known.date = max(known.date, attempt.date)  # handed in once more
                return known
        mine.append(attempt)
        return attempt

    def keep(self, student: str, data: bytes, time: str, where: str) -> None:
        """Keep what somebody else put into work/submitted/, before it is replaced."""
        sha = hashlib.sha256(data).hexdigest()
        if not any(one.sha == sha for one in self.by_student[student]):
            write_atomically(self.path_of(student, sha), data, mode=0o600)
            self.by_student[student].append(Attempt(sha, HERE, where, time=time))

    def save(self) -> None:
        """Write the list. Raises `OSError`."""
        rows = {student: [asdict(one) for one in attempts] for student, attempts in sorted(self.by_student.items())}
        write_atomically(self._state, json.dumps(rows, indent=1, ensure_ascii=True), mode=0o600)


def counted(attempts: Iterable[Attempt], due: datetime.datetime | None) -> list[Attempt]:
    """The attempt that counts: the newest readable one before the deadline, else the newest. Several where nothing says which of them is newer."""
    ranked = sorted(attempts, key=lambda one: one.rank(due), reverse=True)
    best = [one for one in ranked if one.rank(due) == ranked[0].rank(due)]
    return best[:1] if len({one.sha for one in best}) == 1 else best


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One run at a time on a lesson, where the system can tell. Raises `BlockingIOError`."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with open(folder / ".lock", "a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
