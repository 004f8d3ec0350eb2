"""The teacher's command report: a lesson's class, or the whole term, as text, page and table."""

from __future__ import annotations

import argparse
import sys

from ..files.course import Course
from .outcome import CODES, OURS, one_sentence


def add_commands(commands) -> None:
    """Add report to the command line."""
    parser = commands.add_parser(
        "report",
        help="the class at a glance: who handed in, points, and who made which mistake; without a lesson, the whole term",
        epilog="exit codes: " + CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", nargs="?", help="for example 01_derivative; without it, all lessons of the term")
    parser.set_defaults(run=report)


@one_sentence("There is no report: ")
def report(arguments) -> int:
    """Print the class report and write it as a page and a table."""
    from ..exercises import find_lesson
    from ..gradebook.reports import write_report, write_term_report

    course = Course.at(arguments.course)
    lesson = find_lesson(arguments.lesson).name if arguments.lesson else ""
    made = write_report(lesson, course.root) if lesson else write_term_report(course.root)
    print(made.text)
    for path in made.files:
        print(f"Written: {path}")
    for problem in made.problems:
        print(f"! {problem}", file=sys.stderr)
    if made.empty:
        print(f"Nobody has handed in {lesson or 'anything'}; look below {course.hand_ins}", file=sys.stderr)
    if made.errors:
        print("An error of ours stands, or somebody was not graded: run  python -m autograder grade  again.", file=sys.stderr)
    return OURS if made.empty or made.errors or made.problems else 0
