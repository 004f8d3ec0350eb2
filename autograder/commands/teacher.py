"""The teacher's commands: grade, report, export, verify. Each prints what it did and returns an exit code.

0 all is well · 1 a grade is not to be believed, or a notebook is stale · 2 wrong use · 3 an error of ours stands: somebody has no
grade through no fault of theirs, or nothing could be graded · 4 another run grades this lesson already.
"""

from __future__ import annotations

import argparse
import sys

from ..files.course import repository


def add_commands(commands) -> None:
    """Add the teacher's commands to the command line."""
    from ..judge import command

    codes = __doc__.split("\n\n", 1)[1]
    grade = commands.add_parser(
        "grade",
        help="judge every submission of a lesson in a sandbox and enter the grades",
        epilog="exit codes: " + codes,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_grade_arguments(grade)
    grade.add_argument("--no-gradebook", action="store_true", help="write verdicts only, leave nbgrader's gradebook alone")
    grade.set_defaults(run=_grade)

    report = commands.add_parser("report", help="the class at a glance: points, and which mistakes how often")
    report.add_argument("lesson", help="for example 01_derivative")
    report.set_defaults(run=_report)

    export = commands.add_parser("export", help="points as CSV; refuses while an error of ours stands")
    export.add_argument("lesson", help="for example 01_derivative")
    export.add_argument("--to", metavar="FILE", help="default: work/reports/<lesson>.csv")
    export.set_defaults(run=_export)

    verify = commands.add_parser("verify", help="are the grades the ones that were signed, on the notebooks that lie there?")
    command.add_verify_arguments(verify)
    verify.set_defaults(run=lambda arguments: command.verify(arguments, repository().root))


def _grade(arguments) -> int:
    """Judge, then enter the grades."""
    from ..gradebook.teacher_tests import own_tests
    from ..judge import command

    try:
        own = own_tests(repository(), arguments.lesson)
    except RuntimeError as problem:  # nbgrader does not take the lesson
        print(f"Nothing was graded: {problem}", file=sys.stderr)
        return 3
    if arguments.no_gradebook:
        return command.grade(arguments, repository().root, own=own)
    from ..gradebook.clerk import Clerk

    with Clerk() as clerk:
        return command.grade(
            arguments,
            repository().root,
            lambda summary: clerk.enter(arguments.lesson, only=[result.student for result in summary.results]),
            own=own,
        )


def _report(arguments) -> int:
    from ..gradebook.class_report import write_report

    text, page = write_report(arguments.lesson)
    print(text)
    print(f"As a page: {page}")
    return 0


def _export(arguments) -> int:
    from ..gradebook.grades import ExportRefused, export_grades

    try:
        print(export_grades(arguments.lesson, to=arguments.to))
    except ExportRefused as refused:
        print(refused, file=sys.stderr)
        return 3
    return 0
