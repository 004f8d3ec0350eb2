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
from collections.abc import Callable
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.notebooks import MAX_FILE
from ..files.plain_files import read_plain
from ..files.settings import PRIVATE
from .archive import Entry, NotAnArchive, entries
from .attempts import HERE, Attempt, Attempts, counted
from .looking import Found, Listed, TakenIn, is_beside, look, mark_spares, problem_of, read_beside
from .platforms import parse_time
from .recognise import lesson_cells
from .roster import Roster

Deadline = Callable[[str], datetime.datetime | None]  # of a student, in UTC; None where there is none


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
        found: list[Found] = []
        beside: list[Entry] = []
        try:
            for entry in entries(source):
                if is_beside(entry):
                    beside.append(entry)
                elif one := look(entry, lesson, lessons, roster, source.name, staging, result):
                    found.append(one)
        except NotAnArchive as problem:
            if not found and not result.listed:
                raise
            result.stopped = str(problem)
        read_beside(beside, found, lessons, result)
        mark_spares(found)
        students: dict[str, list[Found]] = {}
        for one in found:
            students.setdefault(one.student, []).append(one)
        try:
            for student, mine in sorted(students.items()):
                _of_one(course, lesson, student, mine, attempts, due(student), result)
        finally:
            attempts.save()
    return result


def _of_one(
    course: Course, lesson: str, student: str, mine: list[Found], attempts: Attempts, due: datetime.datetime | None, result: TakenIn
) -> None:
    """Keep one student's attempts, and write the one that counts to work/submitted/."""
    target = course.submitted(lesson, student)
    where = f"work/submitted/{student}/{lesson}"
    if any(path.is_symlink() for path in (target, target.parent, target.parent.parent)) or target.is_dir():
        result.listed += [Listed(one.attempt.path, f"{where} is a link or no file; remove it and take in again") for one in mine]
        return
    before, time_before = _there(course, target)
    for one in mine:
        known = attempts.add(student, one.attempt, one.file)
        if (known.source, known.path) != (one.attempt.source, one.attempt.path):
            result.listed.append(Listed(one.attempt.path, f"the same notebook as {known.path} of {known.source}", waits=False))
    if before is not None:
        attempts.keep(student, before, time_before, f"{where}/{lesson}.ipynb")
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
        write_atomically(target, kept.read_bytes(), PRIVATE)
        changed = kept.stat().st_mtime
        os.utime(target, (changed, changed))
        if counts.time:
            write_atomically(stamp, _stamp(counts.time), PRIVATE)
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
    if not counts.exact and counts.source != HERE:
        notes.append(f"the notebook has another name ({counts.path}); its cells are those of {lesson}, and it was taken")
    if not counts.readable:
        notes.append(f"the notebook is broken ({problem_of(kept.read_bytes())}); it was taken as it is")
    if len(others := {one.sha for one in attempts} - {counts.sha}):
        notes.append(f"{len(others)} other attempt{'s' if len(others) > 1 else ''} kept; {counts.path} counts")
    if counts.late and not counts.time:
        notes.append("late, says the platform, and not when; nbgrader takes nothing off, do so by hand")
    elif not counts.on_time(due):
        notes.append("late: no attempt came before the deadline")
    return notes
