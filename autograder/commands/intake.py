"""The teacher's command take-in: a class's hand-ins from an archive or a folder to work/submitted/.

0 everything was taken in, or was there already · 1 something is listed that somebody must look at · 2 wrong use: no such lesson, archive or
roster · 3 nobody's hand-in was taken in, or the disk, the settings or the gradebook refused · 4 another run takes this lesson in already ·
130 it was stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from pathlib import Path

from ..files.course import Course
from ..files.names import for_terminal
from .outcome import BUSY, FALSE, OURS, WRONG_USE, fail, one_sentence

_NOTHING = "Nothing was taken in: "
_SHOWN = 30  # of a kind, on the terminal; all are in the log


def add_commands(commands) -> None:
    """Add take-in to the command line."""
    parser = commands.add_parser(
        "take-in",
        help="hand-ins from a learning platform's archive, or a folder, to work/submitted/",
        epilog="exit codes: " + __doc__.split("\n\n", 1)[1],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", help="for example 01_derivative")
    parser.add_argument("source", type=Path, metavar="ARCHIVE_OR_FOLDER", help=".zip, .tar, .tar.gz, a folder, or one notebook")
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="who is in the class: a table with id, name, email, number, or Canvas's or Moodle's own; kept",
    )
    parser.add_argument(
        "--deadline", metavar="TIME", help="which attempt counts, for example '2026-01-12 18:30 UTC' (default: nbgrader's due date)"
    )
    parser.set_defaults(run=take_in)


@one_sentence(_NOTHING)
def take_in(arguments) -> int:
    """Take a class in, and say of every file and student what became of it."""
    from ..files.settings import SettingsError
    from ..intake.archive import NotAnArchive
    from ..intake.roster import RosterError
    from ..intake.take_in import take_in as take

    course = Course.at(arguments.course)
    try:
        roster = _roster(course, arguments.roster)
        result = take(course, arguments.lesson, arguments.source, roster, _due(course, arguments))
        if arguments.roster and roster:
            roster.save(course)
    except BlockingIOError:
        return fail(f"Another run takes {arguments.lesson} in already; wait for it.", BUSY, "")
    except SettingsError:
        raise
    except (NotAnArchive, RosterError, ValueError, FileNotFoundError) as problem:
        return fail(problem, WRONG_USE, _NOTHING)
    except OSError as problem:
        return fail(f"{problem}. What was taken in by then is whole; put that right and take in again.", OURS, "Stopped: ")
    lines = [*([] if roster is None else roster.notes), *_told(result, course, roster, None)]
    log = course.taken_in(result.lesson) / "log.txt"
    with open(log, "a", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write("\n".join([f"== {for_terminal(str(arguments.source))}", *lines, "", ""]))
    shown = _told(result, course, roster, _SHOWN)
    print("\n".join([*([] if roster is None else roster.notes), *shown]))
    if len(shown) < len(lines):
        print(f"All of it: {log}")
    if not result.placed and not result.unchanged:
        return OURS
    return FALSE if result.waiting or result.stopped else 0


def _roster(course: Course, path: Path | None):
    """The roster that was given, else the one that is kept. Raises `RosterError`, `OSError`."""
    from ..intake.roster import RosterError, load_roster, read_roster

    if path is None:
        return load_roster(course)
    try:
        before = load_roster(course)
    except RosterError:
        before = None  # it is damaged, and replaced now
    return read_roster(path, before)


def _due(course: Course, arguments) -> Callable[[str], datetime.datetime | None]:
    from ..intake.platforms import parse_time

    if arguments.deadline:
        time = parse_time(arguments.deadline)
        if time is None:
            raise ValueError(
                f"{arguments.deadline!r} is no time; write for example '2026-01-12 18:30 UTC' or '2026-01-12 18:30 Europe/Berlin'"
            )
        return lambda student: time
    from ..gradebook.deadlines import deadlines

    return deadlines(course, arguments.lesson)


def _told(result, course: Course, roster, most: int | None) -> list[str]:
    """What came of it (`intake.take_in.TakenIn`) in lines; at most so many of each kind."""
    from ..intake.against_roster import as_lines, missing

    lines = [
        f"{result.lesson}: {len(result.placed)} students' notebooks taken in, {len(result.unchanged)} there already, "
        f"{len(result.kept)} other attempts kept in {course.taken_in(result.lesson)}"
    ]
    lines += [f"! {result.stopped}"] if result.stopped else []
    notes = [f"note on {for_terminal(student)}: {for_terminal(note)}" for student, some in sorted(result.notes.items()) for note in some]
    lines += _first(notes, most)
    lines += _first([f"NOT taken in  {one}" for one in result.waiting], most)
    lines += _first([f"left out      {one}" for one in result.listed if not one.waits], most)
    absent = missing(roster, course.students(result.lesson), result.lesson) if roster else []
    return lines + as_lines(absent, len(absent) if most is None else most)


def _first(lines: list[str], most: int | None) -> list[str]:
    return lines if most is None or len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more of these"]
