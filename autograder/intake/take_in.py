"""Takes a class's hand-ins in: from an archive or a folder to work/submitted/, every file accounted for.

Theory of operation. Files are looked at one by one and notebooks of the lesson go to a staging folder, named by their content; whose they are
is read off their paths and the roster. Then, student by student, they are kept below work/taken-in/, and the attempt that counts is written to
work/submitted/ whole or not at all. Names in an archive become no names of ours: a file's place is made of the student's id and the lesson.
Whatever was not placed or kept is listed with what to do. A crash at any moment leaves whole files only; taking in again does the rest.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_file, for_terminal
from ..files.notebooks import MAX_FILE, BadNotebook, read_notebook
from ..files.plain_files import read_plain
from .archive import Entry, NotAnArchive, entries
from .attempts import Attempt, Attempts, counted
from .platforms import Clue, is_junk, parse_time, read_path
from .recognise import lesson_cells, lesson_of
from .roster import Roster, key
from .whose import whose

Deadline = Callable[[str], datetime.datetime | None]  # of a student, in UTC; None where there is none


@dataclass(frozen=True)
class Listed:
    """A file (or a student) that was not taken in, and what to do. `waits` is whether somebody must look; a picture beside a notebook does not."""

    path: str
    why: str
    waits: bool = True

    def __str__(self) -> str:
        return f"{for_terminal(self.path)}: {for_terminal(self.why)}"


@dataclass
class TakenIn:
    """What came of it. `placed` and `unchanged` are students, `kept` paths of attempts that do not count, `notes` what a teacher should know by student."""

    lesson: str
    placed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    stopped: str = ""  # why the archive was not read to its end

    @property
    def waiting(self) -> list[Listed]:
        """What somebody must look at."""
        return [one for one in self.listed if one.waits]


@dataclass
class _Found:
    """One notebook on its way."""

    student: str
    clue: Clue
    attempt: Attempt
    file: Path
    folder: str


def take_in(course: Course, lesson: str, source: Path, roster: Roster | None = None, due: Deadline = lambda student: None) -> TakenIn:
    """Take the hand-ins for `lesson` in from the archive, folder or notebook at `source`.

    Raises `LookupError` for a lesson that was not released, `NotAnArchive`, `BlockingIOError` while another run is at it, and `OSError`; then
    nothing half-written stays behind.
    """
    lessons = lesson_cells(course)
    if lesson not in lessons:
        raise LookupError(f"there is no lesson {lesson!r} in {course.notebooks}; there are {', '.join(lessons) or 'none'}")
    result, attempts = TakenIn(lesson), Attempts(course, lesson)
    with attempts.staging() as staging:
        found: list[_Found] = []
        beside: list[Entry] = []
        try:
            for entry in entries(source):
                if is_beside(entry):
                    beside.append(entry)
                elif one := _look(entry, lesson, lessons, roster, source.name, staging, result):
                    found.append(one)
        except NotAnArchive as problem:
            if not found and not result.listed:
                raise
            result.stopped = str(problem)
        _read_beside(beside, found, lessons, result)
        _mark_spares(found)
        students: dict[str, list[_Found]] = {}
        for one in found:
            students.setdefault(one.student, []).append(one)
        try:
            for student, mine in sorted(students.items()):
                _of_one(course, lesson, student, mine, attempts, due(student), result)
        finally:
            attempts.save()
    return result


def is_beside(entry: Entry) -> bool:
    """Whether the file is no notebook, and nothing is wrong with it."""
    return not entry.refused and not is_junk(entry.parts) and (entry.data is None or entry.parts[-1] == "timestamp.txt")


def _read_beside(beside: list[Entry], found: list[_Found], lessons: Iterable[str], result: TakenIn) -> None:
    """What lies beside notebooks: timestamps are read; the rest is listed, and waits for somebody where it is all that was handed in."""
    folders: dict[str, list[_Found]] = {}
    for one in found:
        folders.setdefault(one.folder, []).append(one)
    units = {one.clue.unit for one in found}
    for entry in beside:
        mine = folders.get("/".join(entry.parts[:-1]), [])
        if entry.data is None:
            with_notebook = bool(mine) or read_path(entry.parts, lessons).unit in units
            why = "it is no notebook by its name; " + ("left in the archive" if with_notebook else "and no notebook came with it")
            result.listed.append(Listed(entry.path, why, waits=not with_notebook))
        elif time := parse_time(entry.data[:200].decode("utf-8", "replace")):
            for one in mine:
                one.attempt.time = time.isoformat()
            if not mine:
                result.listed.append(Listed(entry.path, "no notebook of the lesson lies beside it", waits=False))
        else:
            result.listed.append(
                Listed(entry.path, "it is no time like 2026-01-12 18:30:00 UTC; nothing is known of when this was handed in")
            )


def _look(
    entry: Entry, lesson: str, lessons: dict[str, frozenset[bytes]], roster: Roster | None, source: str, staging: Path, result: TakenIn
) -> _Found | None:
    """One file of the archive: on its way, or listed."""
    listed = result.listed.append
    if is_junk(entry.parts):
        listed(Listed(entry.path, "an operating system or Jupyter put it there; passed over", waits=False))
        return None
    if entry.refused:
        listed(Listed(entry.path, entry.refused))
        return None
    clue = read_path(entry.parts, lessons)
    of = lesson_of(entry.data, lessons)
    named = clue.stem if clue.stem in lessons else next((name for name in lessons if key(name) == key(clue.stem)), "")
    if of not in ("", lesson) or (not of and (clue.lesson or named) not in ("", lesson)):
        listed(Listed(entry.path, f"it is a notebook of {of or clue.lesson or named}; take that lesson in as well"))
        return None
    if not of and named != lesson and clue.lesson != lesson:
        listed(Listed(entry.path, f"no cell in it is one of {lesson}; if it is a hand-in, call it {lesson}.ipynb and take it in again"))
        return None
    owner = whose(clue, roster)
    if not owner.id:
        listed(Listed(entry.path, owner.why))
        return None
    sha = hashlib.sha256(entry.data).hexdigest()
    file = staging / f"{sha[:32]}-{for_file(owner.id)}"  # two students may hand in the same
    file.write_bytes(entry.data)
    if entry.date:
        os.utime(file, (entry.date.timestamp(), entry.date.timestamp()))
    attempt = Attempt(
        sha,
        source,
        entry.path,
        clue.time.isoformat() if clue.time else "",
        entry.date.isoformat() if entry.date and not clue.sequence else "",
        clue.sequence,
        clue.copy,
        clue.late,
        exact=named == lesson,
        readable=_problem(entry.data) == "",
    )
    return _Found(owner.id, clue, attempt, file, "/".join(entry.parts[:-1]))


def _problem(data: bytes) -> str:
    try:
        read_notebook(data)
    except BadNotebook as problem:
        return str(problem)
    return ""


def _mark_spares(found: list[_Found]) -> None:
    """Of several notebooks in one submission the one with the lesson's name is meant, of several of those the newest; the others are spare."""
    units: dict[tuple, list[_Found]] = {}
    for one in found:
        units.setdefault((one.student, one.clue.unit, one.attempt.time), []).append(one)
    for together in units.values():
        best = counted((one.attempt for one in together), None)
        exact = [one for one in together if one.attempt.exact and one.attempt.readable]
        if exact:
            best = counted((one.attempt for one in exact), None)
        for one in together:
            one.attempt.spare = one.attempt not in best


def _of_one(
    course: Course, lesson: str, student: str, mine: list[_Found], attempts: Attempts, due: datetime.datetime | None, result: TakenIn
) -> None:
    """Keep one student's attempts, and write the one that counts to work/submitted/."""
    target = course.submitted(lesson, student)
    where = f"work/submitted/{student}/{lesson}"
    if any(path.is_symlink() for path in (target, target.parent, target.parent.parent)) or target.is_dir():
        result.listed += [Listed(one.attempt.path, f"{where} is a link or no file; remove it and take in again") for one in mine]
        return
    before, time_before = _there(course, target)
    for one in mine:
        attempts.add(student, one.attempt, one.file)
    if before is not None:
        attempts.keep(student, before, time_before)
    best = counted(attempts.by_student[student], due)
    if len(best) > 1:
        paths = " or ".join(one.path for one in best)
        result.listed.append(Listed(student, f"nothing says which counts: {paths}; copy the right one to {where}/{lesson}.ipynb"))
        return
    counts = best[0]
    result.kept += [one.attempt.path for one in mine if one.attempt.sha != counts.sha]
    kept = attempts.path_of(student, counts.sha)
    stamp = target.parent / "timestamp.txt"
    if before is not None and hashlib.sha256(before).hexdigest() == counts.sha and time_before == counts.time:
        result.unchanged.append(student)
    else:
        write_atomically(target, kept.read_bytes())
        changed = kept.stat().st_mtime
        os.utime(target, (changed, changed))
        if counts.time:
            write_atomically(stamp, _stamp(counts.time))
        else:
            stamp.unlink(missing_ok=True)  # it was of another attempt
        result.placed.append(student)
    if notes := _notes(counts, attempts.by_student[student], lesson, kept, due):
        result.notes[student] = notes


def _there(course: Course, target: Path) -> tuple[bytes | None, str]:
    """What lies in the student's folder now, and when that was handed in, as far as it says."""
    try:
        data = read_plain(target, course.hand_ins, MAX_FILE)
    except OSError:
        return None, ""
    try:
        time = parse_time(read_plain(target.parent / "timestamp.txt", course.hand_ins, 200).decode("utf-8", "replace"))
    except OSError:
        time = None
    return data, time.isoformat() if time else ""


def _stamp(time: str) -> str:
    """A time in the form of nbgrader's timestamp.txt."""
    return f"{datetime.datetime.fromisoformat(time):%Y-%m-%d %H:%M:%S.%f} UTC"


def _notes(counts: Attempt, attempts: list[Attempt], lesson: str, kept: Path, due: datetime.datetime | None) -> list[str]:
    notes = []
    if not counts.exact and counts.source != "work/submitted":
        notes.append(f"the notebook has another name ({counts.path}); its cells are those of {lesson}, and it was taken")
    if not counts.readable:
        notes.append(f"the notebook is broken ({_problem(kept.read_bytes())}); it was taken as it is")
    if len(others := {one.sha for one in attempts} - {counts.sha}):
        notes.append(f"{len(others)} other attempt{'s' if len(others) > 1 else ''} kept; {counts.path or 'what lay there'} counts")
    if counts.late and not counts.time:
        notes.append("late, says the platform, and not when; nbgrader takes nothing off, do so by hand")
    elif not counts.on_time(due):
        notes.append("late: no attempt came before the deadline")
    return notes
