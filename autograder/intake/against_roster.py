"""The hand-ins for a lesson held against the roster: who is missing, and which folder is nobody's."""

from __future__ import annotations

from collections.abc import Iterator

from ..files.course import Course
from ..files.names import for_terminal
from .looking import Listed
from .roster import Roster, RosterError, load_roster


def against_roster(course: Course, lesson: str) -> list[Listed]:
    """Folders in work/submitted/ that are nobody's on the roster or differ in capitals only, then everybody on the roster without a hand-in.

    Only the latter do not wait for somebody. Without a roster only folders are compared with each other.
    """
    students = course.students(lesson)
    found = list(_namesakes(students))
    try:
        roster = load_roster(course)
    except RosterError as problem:
        return [*found, Listed("the roster", str(problem))]
    return [*found, *_strangers(roster, students), *missing(roster, students, lesson)] if roster else found


def as_lines(found: list[Listed], most: int = 1000) -> list[str]:
    """What `against_roster` found, for a terminal: a line each, and one for all who are missing, of whom so many are named."""
    absent = [one.path for one in found if not one.waits]
    more = f" and {len(absent) - most} more" if len(absent) > most else ""
    lines = [f"roster: {one}" for one in found if one.waits]
    return [*lines, f"missing, {len(absent)} of the roster: {', '.join(map(for_terminal, absent[:most]))}{more}"] if absent else lines


def missing(roster: Roster, students: list[str], lesson: str) -> list[Listed]:
    """Everybody on the roster who is not among `students`."""
    have = set(students)
    return [
        Listed(str(person), f"no hand-in for {lesson} in work/submitted", waits=False) for person in roster.people if person.id not in have
    ]


def _namesakes(students: list[str]) -> Iterator[Listed]:
    seen: dict[str, str] = {}
    for name in students:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield Listed(name, f"the folder {other} differs in capitals only; if that is one student, keep one of the two")


def _strangers(roster: Roster, students: list[str]) -> Iterator[Listed]:
    for name in students:
        if name not in roster.by_id:
            means = roster.find(name)
            hint = (
                f"rename the folder to {next(iter(means)).id}"
                if len(means) == 1
                else "rename the folder to an id on it, or add the student"
            )
            yield Listed(name, f"nobody on the roster has this id; {hint}")
