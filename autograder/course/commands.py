"""The teacher's commands: grade, report, export, verify. Each prints what it did and returns a documented exit code.

0 all is well · 1 something does not hold (a receipt, a stale notebook) · 2 wrong use · 3 an error of ours stands: at least one
student has no grade through no fault of theirs · 4 nothing was graded: the reference or the sandbox failed · 5 another run is
at work.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from ..messages import number
from .files import repository

GOOD, DOES_NOT_HOLD, WRONG_USE, OUR_ERROR, NOTHING_GRADED, BUSY = range(6)


def add_commands(commands) -> None:
    """Add the teacher's commands to the command line."""
    grade = commands.add_parser("grade", help="judge every submission of a lesson in a sandbox and enter the grades",
                                epilog=__doc__.split("\n\n", 1)[1], formatter_class=argparse.RawDescriptionHelpFormatter)
    grade.add_argument("lesson", help="for example 01_derivative")
    grade.add_argument("--jobs", type=int, default=0, metavar="N", help="judges at a time (default: one a core)")
    grade.add_argument("--shard", type=_shard, default=(1, 1), metavar="I/N", help="only part I of N, for many machines")
    grade.add_argument("--only", action="append", default=[], metavar="STUDENT", help="only this student (may be repeated)")
    grade.add_argument("--again", action="store_true", help="also what has not changed since it was graded")
    grade.add_argument("--level", choices=("auto", "full", "standard", "weak"), default="auto",
                       help="sandbox level; weak means that a hostile notebook can read and change your files: only for notebooks you trust")
    grade.add_argument("--no-gradebook", action="store_true", help="write verdicts only, leave nbgrader's gradebook alone")
    grade.add_argument("--json", action="store_true", help="one JSON object on standard output instead of text")
    grade.set_defaults(run=_grade)

    report = commands.add_parser("report", help="the class at a glance: points, and which mistakes how often")
    report.add_argument("lesson")
    report.set_defaults(run=_report)

    export = commands.add_parser("export", help="points as CSV; refuses while an error of ours stands")
    export.add_argument("lesson")
    export.add_argument("--to", metavar="FILE", help="default: work/reports/<lesson>.csv")
    export.set_defaults(run=_export)

    verify = commands.add_parser("verify", help="is a student's grade the one that was signed, on the notebook that lies there?")
    verify.add_argument("lesson")
    verify.add_argument("student")
    verify.set_defaults(run=_verify)


def _shard(text: str) -> tuple[int, int]:
    try:
        index, count = map(int, text.split("/"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a part as 2/5, not {text!r}") from None
    return index, count


def _grade(arguments) -> int:
    from ..judge.crowd import Busy, ReferenceFailed, grade_all
    from ..judge.sandbox import SandboxError

    try:
        summary = grade_all(repository().root, arguments.lesson, jobs=arguments.jobs, shard=arguments.shard, only=arguments.only,
                            again=arguments.again, level=arguments.level, progress=_progress)
    except (LookupError, ValueError) as error:
        return _stop(error, WRONG_USE)
    except (ReferenceFailed, SandboxError) as error:
        return _stop(error, NOTHING_GRADED)
    except Busy as error:
        return _stop(error, BUSY)
    entered = None
    if not arguments.no_gradebook and summary.results:
        from .gradebook import enter_grades

        entered = enter_grades(arguments.lesson, only=[result.student for result in summary.results])
    errors = bool(summary.errors) or bool(entered and entered.errors)
    if arguments.json:
        print(json.dumps({**asdict(summary), "gradebook": asdict(entered) if entered else None, "errors": errors}))
    else:
        _tell(summary, entered)
    return OUR_ERROR if errors else GOOD


def _progress(done: int, total: int, result, seconds_left: float) -> None:
    if sys.stderr.isatty():
        width = 30
        bar = "█" * (width * done // total) + "·" * (width - width * done // total)
        print(f"\r{bar} {done}/{total}, {seconds_left:.0f} s left ", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _tell(summary, entered) -> None:
    if not summary.results:
        print(f"Nobody has handed in {summary.lesson}: there is nothing in work/submitted/<student>/{summary.lesson}/.")
        return
    wide = max(len(result.student) for result in summary.results)
    for result in summary.results:
        points = "no grade" if result.is_error else f"{number(result.points):>5} of {number(result.max_points)}"
        note = "" if result.status == "graded" else f"  {result.status}: {result.detail}"
        print(f"{result.student.ljust(wide)}  {points}{'' if result.fresh else '  (unchanged)'}{note}")
    fresh = sum(result.fresh for result in summary.results)
    print(f"{len(summary.results)} submissions, {fresh} judged now in {summary.seconds:.1f} s at sandbox level {summary.level}")
    if entered is not None:
        print(f"gradebook: {entered}")
    if summary.errors:
        print(f"{len(summary.errors)} without a grade through an error of ours: run the command again; if it stays, see docs/grading.md")


def _report(arguments) -> int:
    from .report import write_report

    text, page = write_report(arguments.lesson)
    print(text)
    print(f"As a page: {page}")
    return GOOD


def _export(arguments) -> int:
    from .grades import ExportRefused, export_grades

    try:
        print(export_grades(arguments.lesson, to=arguments.to))
    except ExportRefused as refused:
        return _stop(refused, OUR_ERROR)
    return GOOD


def _verify(arguments) -> int:
    from ..judge.grade import submission_path
    from ..judge.verdicts import Course, problems, read

    root = repository().root
    found = problems(root, arguments.lesson, arguments.student, Course.load(root), submission_path(root, arguments.lesson, arguments.student))
    if found:
        print("\n".join(found))
        return DOES_NOT_HOLD
    _, receipt = read(root, arguments.lesson, arguments.student)
    print(f"{arguments.student}: {number(receipt['points'])} points in {arguments.lesson}, sandbox level {receipt['level']}; "
          f"signature, verdict and notebook agree (submission {receipt['submission'][:16]}…)")
    return GOOD


def _stop(error: Exception, code: int) -> int:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
    return code
