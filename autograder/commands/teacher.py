"""The teacher's commands: grade, export, verify. Each prints what it did and returns an exit code (`outcome.CODES`)."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from ..files.course import Course
from ..files.names import for_terminal
from ..judge.options import ENGINES, LEVELS, LINUX_ONLY, WEAK_MEANS
from . import grade_files
from .log import fields_of
from .outcome import BUSY, CODES, FALSE, OURS, WRONG_USE, WrongUse, fail, one_sentence
from .terminal import Progress, duration
from .values import add_log_option, jobs, positive, shard

_NOTHING = "Nothing was graded: "
_TRUST = "--i-trust-these-notebooks"
_OWN_KEY = "a key is made. Parts in this folder share it; a machine with a folder of its own needs a copy of the course's course.json there before it begins, else merge refuses what it judges."


def add_commands(commands) -> None:
    """Add the teacher's commands to the command line."""
    grade_parser = commands.add_parser(
        "grade",
        help="judge every submission of a lesson in a sandbox and enter the grades; Linux only",
        epilog="exit codes: " + CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_grade_arguments(grade_parser)
    grade_parser.set_defaults(run=grade)

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
    parser.add_argument("--jobs", type=jobs, default=None, metavar="N", help="how many at the same time (default: one for each processor)")
    parser.add_argument("--shard", type=shard, default=(1, 1), metavar="I/N", help="only part I of N, for several machines on one folder")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="judge on the workers of a dask scheduler at tls://HOST:PORT (docs/deploying.md)"
    )
    parser.add_argument("--only", action="append", default=[], metavar="STUDENT", help="only this student; may be given again")
    parser.add_argument("--again", action="store_true", help="also those whose verdict still fits")
    parser.add_argument(
        "--level", choices=("auto", *LEVELS), default="auto", help="how strongly notebooks are confined (default: the strongest that works)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="child", help="what runs the cells: a warm child (default), or a real kernel (slower)"
    )
    parser.add_argument(
        "--time",
        type=positive(float),
        default=0.0,
        metavar="SECONDS",
        help="processor seconds that an exercise or a cell may take at least (default: 2, or 1000 times what our own answer takes for a call)",
    )
    parser.add_argument("--memory", type=positive(int), default=0, metavar="MIB", help="memory that a notebook may use (default: 1024)")
    parser.add_argument(_TRUST, action="store_true", dest="trust", help="needed for --level weak, which confines nothing")
    parser.add_argument("--pictures", action="store_true", help="keep the pictures that the notebooks draw (slower)")
    parser.add_argument(
        "--no-places",
        action="store_false",
        dest="places",
        help="do not look for the lines of mistakes that have no name (quicker where many are wrong)",
    )
    parser.add_argument("--json", action="store_true", help="the results as JSON, one object, on standard output")
    add_log_option(parser)
    parser.add_argument("--no-gradebook", action="store_true", help="write verdicts only, leave nbgrader's gradebook alone")


@one_sentence(_NOTHING)
def grade(arguments, log) -> int:
    """A class from its files to its grades: judge every hand-in, enter the grades, tell what came of it. What people read goes to stderr with --json."""
    out = sys.stderr if arguments.json else sys.stdout
    if arguments.level == "weak" and not arguments.trust:
        print(f"{WEAK_MEANS}\nIf that is what you want, add {_TRUST}.", file=sys.stderr)
        return WRONG_USE
    if sys.platform != "linux":
        print(LINUX_ONLY, file=sys.stderr)
        return WRONG_USE
    from ..doors.cluster import cluster_pool
    from ..exercises import find_lesson
    from ..files.hand_ins import close_to_others, passed_over
    from ..files.settings import SettingsError, private_work
    from ..gradebook.clerk import Clerk
    from ..gradebook.elsewhere import of_other_lessons
    from ..gradebook.registration import GradebookError
    from ..gradebook.teacher_tests import teacher_tests
    from ..intake.against_roster import against_roster, as_lines
    from ..judge.allowance import chosen
    from ..judge.coordinator import grade_all
    from ..judge.locks import Busy
    from ..judge.reference import NoReference, ReferenceFailed
    from ..judge.sandbox.process import SandboxError
    from ..judge.signing import no_key

    course, entered, trouble, progress = Course.at(arguments.course), None, "", Progress(out)
    times, limits = chosen(arguments.time, arguments.memory)
    lesson = find_lesson(arguments.lesson).name
    private_work(course.root)
    mended = close_to_others(course, lesson)
    log("begin", lesson=lesson, course=str(course.root), shard="/".join(map(str, arguments.shard)))
    if arguments.shard[1] > 1 and (missing := no_key(course.root)):
        print(f"{missing}: {_OWN_KEY}", file=sys.stderr)

    told: set[str] = set()

    def judged(done, total, result, left) -> None:
        told.add(result.student)
        log("verdict", lesson=lesson, **fields_of(result))
        progress(done, total, result, left)

    with ExitStack() as stack:
        try:
            tests = teacher_tests(course, lesson)
            clerk = None if arguments.no_gradebook else stack.enter_context(Clerk())  # before any thread: it forks
            summary = grade_all(
                course.root,
                lesson,
                jobs=arguments.jobs or 0,
                shard=arguments.shard,
                only=arguments.only,
                again=arguments.again,
                level=arguments.level,
                progress=judged,
                held=progress.held,
                times=times,
                limits=limits,
                render=arguments.pictures,
                engine=arguments.engine,
                tests=tests,
                places=arguments.places,
                pool=cluster_pool(course, arguments.cluster) if arguments.cluster else None,
            )
        except Busy as problem:
            return fail(problem, BUSY, "")
        except (ReferenceFailed, NoReference, SandboxError, RuntimeError) as problem:
            return fail(problem, OURS, _NOTHING)
        for result in summary.results:
            if result.student not in told:
                log("verdict", lesson=lesson, **fields_of(result))
        if clerk and summary.results:
            try:
                entered = clerk.enter(lesson, course.root, only=[result.student for result in summary.results])
            except (GradebookError, SettingsError, OSError) as problem:
                trouble = f"The verdicts are written, but no grade was entered: {problem}"
    aside = [*passed_over(course, lesson), *of_other_lessons(course, lesson, summary.results)]
    if arguments.json:
        more = {"gradebook": asdict(entered)} if entered else {}
        more |= {"gradebook_error": trouble} if trouble else {}
        found = {**asdict(summary), "errors": [result.student for result in summary.errors], "passed_over": aside, **more}
        print(json.dumps(found))
    _print_summary(summary, course, out)
    for sentence in aside:
        print(f"not graded: {for_terminal(sentence)}", file=out)
    if mended:
        print(mended, file=out)
    if entered:
        told = {result.student for result in summary.results if result.status != "graded"}
        print(f"gradebook: {entered.beside(told)}", file=out)
    for line in as_lines(against_roster(course, lesson)):
        print(line, file=out)
    if trouble:
        print(trouble, file=sys.stderr)
    graded = any(result.status == "graded" for result in summary.results)
    empty_part = not summary.results and bool(course.students(lesson))  # of a small class in many shards
    return OURS if trouble or not (graded or empty_part) or summary.errors or entered and entered.errors else 0


@one_sentence("Nothing was exported: ")
def export(arguments) -> int:
    """Write the points as CSV and print where."""
    if arguments.form:
        return grade_files.write_grade_file(arguments)
    if not arguments.lesson or arguments.into or arguments.column or arguments.by_exercise:
        raise WrongUse("name a lesson for the judge's points, or say --for what: canvas, moodle, nbgrader or csv")
    from ..exercises import find_lesson
    from ..gradebook.export import ExportRefused, export_grades

    lesson = find_lesson(arguments.lesson).name
    if arguments.to is not None and (not Path(arguments.to).parent.is_dir() or Path(arguments.to).is_dir() or not Path(arguments.to).name):
        raise WrongUse(f"{arguments.to!r} is no place for a file; name a file in a folder that is there")
    try:
        print(export_grades(lesson, arguments.course, to=arguments.to))
    except ExportRefused as refused:
        print(refused, file=sys.stderr)
        return OURS
    return 0


@one_sentence("Nothing was verified: ")
def verify(arguments) -> int:
    """Say of each grade whether its receipt is genuine, the notebook unchanged, and the gradebook of the same opinion."""
    from ..gradebook.verification import verify_grades

    course = Course.at(arguments.course)
    names = arguments.student or course.students(arguments.lesson)
    if not names:  # a misspelt lesson must not look as if all were well
        raise WrongUse(f"nobody handed in {arguments.lesson}; look below {course.hand_ins}")
    holds = True
    for one in verify_grades(course, arguments.lesson, names):
        print(f"{for_terminal(one.student)}: {for_terminal(_opinion(one))}")
        holds = holds and one.holds
    return 0 if holds else FALSE


def _opinion(found) -> str:
    """What a `gradebook.verification.Verification` says, in one line."""
    if found.forged:
        return f"not to be believed: {'; '.join(found.forged)}"
    if found.changed:
        return f"signed by this course, but {'; '.join(found.changed)}"
    sheet = found.sheet
    parts = (
        "genuine",
        f"{sheet.points:g} points" if sheet.status == "graded" and not sheet.is_error else f"no grade ({sheet.status})",
        f"level {sheet.level}{f' with cgroup ({sheet.cgroup})' if sheet.cgroup else ''}",
        sheet.versions.get("engine", "warm child"),
        *([f"judged by {found.receipt['by']}"] if found.receipt.get("by") else []),
        f"submission {found.receipt['submission'][:12] or 'none'}",
    )
    return ", ".join(parts)


def _print_summary(summary, course: Course, out) -> None:
    """A run (`judge.coordinator.RunSummary`) in a few lines."""
    if not summary.results and not course.students(summary.lesson):
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
