"""Looks at one handed-in file after the other: a notebook of the lesson that goes on its way, or something that is listed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..files.names import for_file, for_terminal
from ..files.notebooks import BadNotebook, read_notebook
from .archive import Entry
from .attempts import Attempt, counted
from .platforms import Clue, is_junk, named_lesson, parse_time, read_path
from .recognise import lesson_of
from .roster import Roster
from .whose import whose


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
class Found:
    """One notebook on its way."""

    student: str
    clue: Clue
    attempt: Attempt
    file: Path
    folder: str


def is_beside(entry: Entry) -> bool:
    """Whether the file is no notebook, and nothing is wrong with it."""
    return not entry.refused and not is_junk(entry.parts) and (entry.data is None or entry.parts[-1] == "timestamp.txt")


def read_beside(beside: list[Entry], found: list[Found], lessons: Iterable[str], result: TakenIn) -> None:
    """What lies beside notebooks: timestamps are read; the rest is listed, and waits for somebody where it is all that was handed in."""
    folders: dict[str, list[Found]] = {}
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


def look(
    entry: Entry, lesson: str, lessons: dict[str, frozenset[bytes]], roster: Roster | None, source: str, staging: Path, result: TakenIn
) -> Found | None:
    """One file of the archive: on its way, or listed."""
    listed = result.listed.append
    if is_junk(entry.parts):
        listed(Listed(entry.path, "an operating system or Jupyter put it there; passed over", waits=False))
        return None
    if entry.refused:
        listed(Listed(entry.path, entry.refused))
        return None
    clue, data = read_path(entry.parts, lessons), entry.data or b""
    of = lesson_of(data, lessons)
    named = named_lesson(clue, lessons)
    if of not in ("", lesson) or (not of and (clue.lesson or named) not in ("", lesson)):
        other = of or clue.lesson or named
        # in a folder of its own lesson it waits for that lesson; anywhere else a student may have mistaken one for the other
        listed(
            Listed(
                entry.path,
                f"{'it is a notebook of' if of else 'it is called like'} {other}; take that lesson in as well",
                waits=clue.lesson != other,
            )
        )
        return None
    if not of and named != lesson and clue.lesson != lesson:
        listed(Listed(entry.path, f"no cell in it is one of {lesson}; if it is a hand-in, call it {lesson}.ipynb and take it in again"))
        return None
    owner = whose(clue, roster)
    if not owner.id:
        listed(Listed(entry.path, owner.why))
        return None
    sha = hashlib.sha256(data).hexdigest()
    file = staging / f"{sha[:32]}-{for_file(owner.id)}"  # two students may hand in the same
    file.write_bytes(data)
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
        readable=problem_of(data) == "",
    )
    return Found(owner.id, clue, attempt, file, "/".join(entry.parts[:-1]))


def problem_of(data: bytes) -> str:
    try:
        read_notebook(data)
    except BadNotebook as problem:
        return str(problem)
    return ""


def mark_spares(found: list[Found]) -> None:
    """Of several notebooks in one submission the one with the lesson's name is meant, of several of those the newest; the others are spare."""
    units: dict[tuple, list[Found]] = {}
    for one in found:
        units.setdefault((one.student, one.clue.unit, one.attempt.time), []).append(one)
    for together in units.values():
        best = counted((one.attempt for one in together), None)
        exact = [one for one in together if one.attempt.exact and one.attempt.readable]
        if exact:
            best = counted((one.attempt for one in exact), None)
        for one in together:
            one.attempt.spare = one.attempt not in best
