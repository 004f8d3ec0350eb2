"""The teacher's `feedback`: a page for each student, where nbgrader gives it out, in a folder, or in a ZIP that Moodle or Canvas takes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..files.course import Course
from ..files.names import for_terminal
from .outcome import FALSE, OURS, WrongUse, fail, one_sentence
from .values import jobs

PLATFORMS = ("moodle", "canvas")
_SHOWN = 30  # students of a kind that are named
CODES = """\
0 everybody has a page · 1 a page has no place in the ZIP · 2 wrong use · 3 nobody handed in, or somebody has no grade yet through no
fault of theirs: the pages say so, and no ZIP is made · 130 it was stopped by Ctrl-C."""


def add_commands(commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "feedback",
        help="a page for each student: points, mistakes by name, what to do next, the notebook with panels",
        epilog="exit codes: " + CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", help="for example 01_derivative")
    parser.add_argument("--to", type=Path, metavar="PLACE", help="a folder for pages called STUDENT.html; with --for the ZIP's name")
    parser.add_argument("--for", dest="form", choices=PLATFORMS, help="a ZIP of the pages, under the names that `take-in` saw")
    parser.add_argument("--only", action="append", default=[], metavar="STUDENT", help="only this student; may be given again")
    parser.add_argument("--jobs", type=jobs, default=None, metavar="N", help="how many at the same time (default: one for each processor)")
    parser.set_defaults(run=feedback)


@one_sentence("No feedback was written: ")
def feedback(arguments) -> int:
    """Write the pages, say how many tell what, and put them into a ZIP where one was asked for."""
    from ..gradebook.feedback import counted, write_feedback
    from ..gradebook.feedback_archive import write_archive

    course, lesson, target = Course.at(arguments.course), arguments.lesson, arguments.to
    pages = None if arguments.form else target
    if target and not target.parent.is_dir():
        raise WrongUse(f"there is no folder {target.parent}")
    if pages and pages.exists() and not pages.is_dir():
        raise WrongUse(f"{pages} is a file; name a folder, or say --for moodle or --for canvas")
    written = write_feedback(course, lesson, to=pages, only=arguments.only, jobs=arguments.jobs or 0)
    print(f"{lesson}: {written.pages} pages in {pages or course.work / 'feedback'}: {counted(written)}")
    for student, why in sorted(written.why.items()):
        print(f"no grade {for_terminal(student)}: {for_terminal(why)}")
    _tell("no hand-in", written.absent)
    for student, why in sorted(written.ours.items()):
        print(f"no grade, our fault {for_terminal(student)}: {for_terminal(why)}", file=sys.stderr)
    if written.ours:
        return fail(f"{len(written.ours)} have no grade yet; run  python -m autograder grade {lesson}", OURS, "")
    if written.pages == len(written.absent):
        return fail(f"Nobody has handed in {lesson}; look below {course.hand_ins}", OURS, "")
    if not arguments.form:
        return 0
    archive = target or course.reports / f"{lesson}.feedback.{arguments.form}.zip"
    students = arguments.only or course.students(lesson)
    packed = write_archive(course, lesson, arguments.form, students, archive)
    print(f"{archive}: {packed.pages} pages for {arguments.form.capitalize()}" if packed.pages else "There is no ZIP: it would be empty")
    _tell("NOT in the ZIP, take-in saw no name of that platform", packed.nameless)
    return OURS if not packed.pages else FALSE if packed.nameless else 0


def _tell(what: str, students: list[str]) -> None:
    named = [for_terminal(student) for student in students[:_SHOWN]]
    more = f" and {len(students) - _SHOWN} more" if len(students) > _SHOWN else ""
    if named:
        print(f"{what}, {len(students)}: {', '.join(named)}{more}")
