"""The judge on the command line: arguments, progress and exit codes of `grade` and `verify`, and the doctor's lines.

Exit codes: 0 everybody has a grade (or every grade is genuine); 1 a grade is not to be believed; 2 wrong use; 3 something of ours
failed, so somebody or everybody has no grade; 4 another run grades this lesson already.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from . import verdicts
from .coordinator import Busy, ReferenceFailed, Result, Summary, grade_all, students
from .grade import submission_path
from .reference import NoReference
from .sandbox import levels
from .sandbox.process import ENGINES, LEVELS, SandboxError

_TRUST = "--i-trust-these-notebooks"


def add_grade_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``python -m autograder grade``."""
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


def grade(arguments: argparse.Namespace, root: Path, then: Callable[[Summary], object] | None = None, **settings) -> int:
    """Grade as the arguments say and return the exit code. What people read goes to standard error with --json.

    `then` goes on with the summary, for example into a gradebook; what it returns is a dataclass with `errors`, and its text
    is printed.
    """
    out = sys.stderr if arguments.json else sys.stdout
    if arguments.level == "weak" and not arguments.trust:
        print(f"{levels.WEAK_MEANS}\nIf that is what you want, add {_TRUST}.", file=sys.stderr)
        return 2
    try:
        summary = grade_all(
            root,
            arguments.lesson,
            jobs=arguments.jobs,
            shard=arguments.shard,
            only=arguments.only,
            again=arguments.again,
            level=arguments.level,
            progress=_Progress(out),
            render=arguments.pictures,
            engine=arguments.engine,
            **settings,
        )
    except Busy as problem:
        return _fail(problem, 4)
    except (LookupError, ValueError) as problem:
        return _fail(problem, 2)
    except (ReferenceFailed, NoReference, SandboxError, OSError) as problem:
        return _fail(problem, 3)
    entered = then(summary) if then is not None and summary.results else None
    if arguments.json:
        more = {"gradebook": asdict(entered)} if entered is not None else {}
        print(json.dumps({**asdict(summary), "errors": [result.student for result in summary.errors], **more}))
    _tell(summary, out)
    if entered is not None:
        print(f"gradebook: {entered}", file=out)
    return 3 if summary.errors or getattr(entered, "errors", None) else 0


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``python -m autograder verify``."""
    parser.add_argument("lesson", help="for example 01_derivative")
    parser.add_argument("student", nargs="*", help="whose grade (default: everybody's)")


def verify(arguments: argparse.Namespace, root: Path) -> int:
    """Say of each grade whether its receipt is genuine and the notebook unchanged; the exit code."""
    try:
        course = verdicts.Course.load(root)
    except (OSError, ValueError) as problem:
        return _fail(problem, 3)
    names = arguments.student or students(root, arguments.lesson)
    if not names:  # a misspelt lesson must not look as if all were well
        print(f"Nothing was verified: nobody handed in {arguments.lesson}; look below {root / 'work' / 'submitted'}", file=sys.stderr)
        return 2
    bad = False
    for student in names:
        found = verdicts.problems(root, arguments.lesson, student, course, submission_path(root, arguments.lesson, student))
        bad = bad or bool(found)
        if found:
            print(f"{plain_name(student)}: not to be believed: {'; '.join(found)}")
        else:
            sheet, receipt = verdicts.read(root, arguments.lesson, student)
            print(
                f"{plain_name(student)}: genuine, {f'{sheet.points:g} points' if sheet.status == 'graded' else f'no grade ({sheet.status})'}, level {sheet.level}{f' with cgroup ({sheet.cgroup})' if sheet.cgroup else ''}, {sheet.versions.get('engine', 'warm child')}, submission {receipt['submission'][:12]}"
            )
    return int(bad)


def doctor_lines() -> list[str]:
    """What of the sandbox holds on this machine, a line for each promise; it takes some seconds."""
    lines = []
    for level, rows in levels.table():
        if isinstance(rows, str):
            lines.append(f"level {level}: not here. {rows}")
            continue
        refused = sum(row.holds for row in rows)
        lines.append(f"level {level}: works; {refused} of {len(rows)} probes hold")
        lines += [f"    open: {row.what}" for row in rows if not row.holds]
    return lines


def plain_name(name: str) -> str:
    """A student's name as a terminal can show it: a name may hold anything a file's name may."""
    return name if name.isprintable() else ascii(name)


class _Progress:
    """A line that is rewritten on a terminal; nothing but the problems elsewhere."""

    def __init__(self, out):
        self.out, self.shown = out, 0.0

    def __call__(self, done: int, total: int, result: Result, left: float) -> None:
        if result.is_error:
            print(f"\r{plain_name(result.student)}: no grade, our fault: {result.detail}", file=self.out)
        if self.out.isatty() and (time.monotonic() - self.shown > 0.1 or done == total):
            self.shown = time.monotonic()
            print(f"\r{done} of {total} graded, {_duration(left)} left   ", end="\n" if done == total else "", file=self.out, flush=True)


def _tell(summary: Summary, out) -> None:
    if not summary.results:
        print(f"Nobody has handed in {summary.lesson}: there is nothing in work/submitted/<student>/{summary.lesson}/.", file=out)
        return
    fresh = sum(result.fresh for result in summary.results)
    print(
        f"{summary.lesson}: {len(summary.results)} submissions, {fresh} judged, {len(summary.results) - fresh} unchanged, "
        f"in {_duration(summary.seconds)} at level {summary.level}{', in cgroups' if summary.cgroup else ''}{', in real kernels' if summary.engine == 'kernel' else ''}",
        file=out,
    )
    for result in summary.results:
        if result.status != "graded":
            print(f"  {plain_name(result.student)}: {result.status}: {result.detail}", file=out)
    graded = [result.points for result in summary.results if result.status == "graded"]
    if graded:
        print(
            f"  points: {min(graded):g} to {max(graded):g} of {summary.results[0].max_points:g}, mean {sum(graded) / len(graded):.1f}",
            file=out,
        )
    if summary.errors:
        print(f"  {len(summary.errors)} without a grade because something of ours failed; run the command again", file=out)


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def _shard(text: str) -> tuple[int, int]:
    try:
        index, count = map(int, text.split("/"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no part; write for example 2/8") from None
    return index, count


def _fail(problem: Exception, code: int) -> int:
    print(f"Nothing was graded: {problem}" if code != 4 else str(problem), file=sys.stderr)
    return code
