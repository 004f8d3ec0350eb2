"""The teacher's commands: grade, report, export, verify. Each prints what it did and returns an exit code.

0 all is well · 1 a grade is not to be believed, or a notebook is stale · 2 wrong use · 3 an error of ours stands: somebody has no
grade through no fault of theirs, or nothing could be graded · 4 another run grades this lesson already.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict

from ..files.course import Course
from ..files.names import for_terminal
from ..judge.options import ENGINES, LEVELS, LINUX_ONLY, WEAK_MEANS
from . import grade_files
from .terminal import Progress, duration

_TRUST = "--i-trust-these-notebooks"


def add_commands(commands) -> None:
    """Add the teacher's commands to the command line."""
    codes = __doc__.split("\n\n", 1)[1]
    grade_parser = commands.add_parser(
        "grade",
        help="judge every submission of a lesson in a sandbox and enter the grades; Linux only",
        epilog="exit codes: " + codes,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_grade_arguments(grade_parser)
    grade_parser.set_defaults(run=grade)

    report_parser = commands.add_parser("report", help="the class at a glance: points, and which mistakes how often")
    report_parser.add_argument("lesson", help="for example 01_derivative")
    report_parser.set_defaults(run=report)

    export_parser = commands.add_parser("export", help="points as CSV; refuses while an error of ours stands")
    export_parser.add_argument("lesson", nargs="?", help="for example 01_derivative")
    export_parser.add_argument("--to", metavar="FILE", help="default: work/reports/<lesson>.csv")
    grade_files.add_options(export_parser)
    export_parser.set_defaults(run=export)

    verify_parser = commands.add_parser("verify", help="are the grades the ones that were signed, on the notebooks that lie there?")
    verify_parser.add_argument("lesson", help="for example 01_derivative")
    verify_parser.add_argument("student", nargs="*", help="whose grade (default: everybody's)")
    verify_parser.set_defaults(run=verify)


def _add_grade_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", help="for example 01_derivative")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="how many at the same time (default: one for each processor)")
    parser.add_argument("--shard", type=_shard, default=(1, 1), metavar="I/N", help="only part I of N, for several machines on one folder")
    parser.add_argument("--only", action="append", default=[], metavar="STUDENT", help="only this student; may be given again")
    parser.add_argument("--again", action="store_true", help="also those whose verdict still fits")
    parser.add_argument(
        "--level", choices=("auto", *LEVELS), default="auto", help="how strongly notebooks are confined (default: the strongest that works)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="child", help="what runs the cells: a warm child (default), or a real kernel (slower)"
    )
    parser.add_argument(_TRUST, action="store_true", dest="trust", help="needed for --level weak, which confines nothing")
    parser.add_argument("--pictures", action="store_true", help="keep the pictures that the notebooks draw (slower)")
    parser.add_argument("--json", action="store_true", help="the results as JSON, one object, on standard output")
    parser.add_argument("--no-gradebook", action="store_true", help="write verdicts only, leave nbgrader's gradebook alone")


def grade(arguments) -> int:
    """A class from its files to its grades: judge every hand-in, enter the grades, tell what came of it. What people read goes to stderr with --json."""
    out = sys.stderr if arguments.json else sys.stdout
    if arguments.level == "weak" and not arguments.trust:
        print(f"{WEAK_MEANS}\nIf that is what you want, add {_TRUST}.", file=sys.stderr)
        return 2
    if sys.platform != "linux":
        print(LINUX_ONLY, file=sys.stderr)
        return 2
    from ..gradebook.clerk import Clerk
    from ..gradebook.teacher_tests import teacher_tests
    from ..intake.against_roster import against_roster, as_lines
    from ..judge.coordinator import Busy, grade_all
    from ..judge.reference import NoReference
    from ..judge.sandbox.process import SandboxError
    from ..judge.workers import ReferenceFailed

    course, entered = Course.at(arguments.course), None
    with ExitStack() as stack:
        try:
            tests = teacher_tests(course, arguments.lesson)
            clerk = None if arguments.no_gradebook else stack.enter_context(Clerk())  # before any thread: it forks
            summary = grade_all(
                course.root,
                arguments.lesson,
                jobs=arguments.jobs,
                shard=arguments.shard,
                only=arguments.only,
                again=arguments.again,
                level=arguments.level,
                progress=Progress(out),
                render=arguments.pictures,
                engine=arguments.engine,
                tests=tests,
            )
        except Busy as problem:
            return _fail(problem, 4, what="")
        except (LookupError, ValueError) as problem:
            return _fail(problem, 2)
        except (ReferenceFailed, NoReference, SandboxError, OSError, RuntimeError) as problem:
            return _fail(problem, 3)
        if clerk and summary.results:
            entered = clerk.enter(arguments.lesson, course.root, only=[result.student for result in summary.results])
    if arguments.json:
        more = {"gradebook": asdict(entered)} if entered else {}
        print(json.dumps({**asdict(summary), "errors": [result.student for result in summary.errors], **more}))
    _print_summary(summary, out)
    if entered:
        print(f"gradebook: {entered}", file=out)
    for line in as_lines(against_roster(course, arguments.lesson)):
        print(line, file=out)
    return 3 if summary.errors or entered and entered.errors else 0


def report(arguments) -> int:
    """Print the class report and write it as a page."""
    from ..gradebook.class_report import write_report

    text, page = write_report(arguments.lesson, arguments.course)
    print(text)
    print(f"As a page: {page}")
    return 0


def export(arguments) -> int:
    """Write the points as CSV and print where."""
    if arguments.form:
        return grade_files.write_grade_file(arguments)
    if not arguments.lesson or arguments.into or arguments.column or arguments.by_exercise:
        print(
            "Nothing was exported: name a lesson for the judge's points, or say --for what: canvas, moodle, nbgrader or csv",
            file=sys.stderr,
        )
        return 2
    from ..gradebook.export import ExportRefused, export_grades

    try:
        print(export_grades(arguments.lesson, arguments.course, to=arguments.to))
    except ExportRefused as refused:
        print(refused, file=sys.stderr)
        return 3
    return 0


def verify(arguments) -> int:
    """Say of each grade whether its receipt is genuine and the notebook unchanged."""
    from ..judge import verdicts
    from ..judge.signing import CourseKey

    course = Course.at(arguments.course)
    try:
        key = CourseKey.load(course.root)
    except (OSError, ValueError) as problem:
        return _fail(problem, 3, what="Nothing was verified: ")
    names = arguments.student or course.students(arguments.lesson)
    if not names:  # a misspelt lesson must not look as if all were well
        print(f"Nothing was verified: nobody handed in {arguments.lesson}; look below {course.work / 'submitted'}", file=sys.stderr)
        return 2
    bad = False
    for student in names:
        found = verdicts.problems(course.root, arguments.lesson, student, key, course.submitted(arguments.lesson, student))
        bad = bad or bool(found)
        if found:
            print(f"{for_terminal(student)}: not to be believed: {for_terminal('; '.join(found))}")
            continue
        sheet, receipt = verdicts.read(course.root, arguments.lesson, student)
        parts = (
            "genuine",
            f"{sheet.points:g} points" if sheet.status == "graded" else f"no grade ({sheet.status})",
            f"level {sheet.level}{f' with cgroup ({sheet.cgroup})' if sheet.cgroup else ''}",
            sheet.versions.get("engine", "warm child"),
            f"submission {receipt['submission'][:12]}",
        )
        print(f"{for_terminal(student)}: {', '.join(parts)}")
    return int(bad)


def _print_summary(summary, out) -> None:
    """A run (`judge.coordinator.RunSummary`) in a few lines."""
    if not summary.results:
        print(f"Nobody has handed in {summary.lesson}: there is nothing in work/submitted/<student>/{summary.lesson}/.", file=out)
        return
    fresh = sum(result.fresh for result in summary.results)
    print(
        f"{summary.lesson}: {len(summary.results)} submissions, {fresh} judged, {len(summary.results) - fresh} unchanged, "
        f"in {duration(summary.seconds)} at level {summary.level}{', in cgroups' if summary.cgroup else ''}"
        f"{', in real kernels' if summary.engine == 'kernel' else ''}",
        file=out,
    )
    for result in summary.results:
        if result.status != "graded":
            print(f"  {for_terminal(result.student)}: {result.status}: {for_terminal(result.detail)}", file=out)
    graded = [result.points for result in summary.results if result.status == "graded"]
    if graded:
        low, high, most = min(graded), max(graded), summary.results[0].max_points
        print(f"  points: {low:g} to {high:g} of {most:g}, mean {sum(graded) / len(graded):.1f}", file=out)
    if summary.errors:
        print(f"  {len(summary.errors)} without a grade because something of ours failed; run the command again", file=out)


def _shard(text: str) -> tuple[int, int]:
    try:
        index, count = map(int, text.split("/"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no part; write for example 2/8") from None
    return index, count


def _fail(problem: Exception, code: int, what: str = "Nothing was graded: ") -> int:
    print(f"{what}{problem}", file=sys.stderr)
    return code
