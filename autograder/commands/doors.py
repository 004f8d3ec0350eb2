"""The commands for other programs: judge, for one notebook, and merge, for several machines."""

from __future__ import annotations

import sys

from ..files.course import Course
from ..files.names import for_terminal
from ..judge.options import ENGINES, LEVELS, LINUX_ONLY, WEAK_MEANS
from .outcome import FALSE, OURS, WRONG_USE, fail, one_sentence
from .values import add_log_option, named, new_file, positive, seed

_NOTHING = "Nothing was judged: "
_TRUST = "--i-trust-these-notebooks"
_FORMS = ("text", "json", "gradescope", "junit", "markdown")
CODES = """\
0 pass: all points · 1 fail: points are missing, or the notebook could not be read · 2 wrong use · 3 error: ours, there is no grade, and no points are written."""

MERGE_CODES = (
    "0 all is here · 1 something was not taken, and is listed · 2 wrong use · 3 nothing was taken, or one is signed with another key."
)


def add_commands(commands) -> None:
    """Add these commands to the command line."""
    parser = commands.add_parser("judge", help="the verdict on one notebook, for other programs; Linux only", epilog="exit codes: " + CODES)
    parser.add_argument("notebook", type=named, help="a notebook, or a folder with one in it")
    parser.add_argument("--format", choices=_FORMS, default="text", help="what is written (default: text, for people)")
    parser.add_argument("--output", type=new_file, metavar="FILE", help="default: standard output")
    parser.add_argument(
        "--lesson", default="", help="which lesson it should be of (default: the one that its cells, or else its name, are of)"
    )
    parser.add_argument("--student", default="", help="whose it is, as it stands in the verdict")
    parser.add_argument(
        "--seed",
        type=seed,
        metavar="NUMBER",
        help="that of the hidden cases, 0 to 2**48-1 (default: the class's, where the course has a key; else another one each time)",
    )
    parser.add_argument("--level", choices=("auto", *LEVELS), default="auto", help="as for grade")
    parser.add_argument("--engine", choices=ENGINES, default="child", help="as for grade")
    parser.add_argument("--time", type=positive(float), default=0.0, metavar="SECONDS", help="as for grade")
    parser.add_argument("--memory", type=positive(int), default=0, metavar="MIB", help="as for grade")
    parser.add_argument(_TRUST, action="store_true", dest="trust", help="needed for --level weak, which confines nothing")
    parser.add_argument("--no-places", action="store_false", dest="places", help="as for grade")
    add_log_option(parser)
    parser.set_defaults(run=judge)

    merge_parser = commands.add_parser(
        "merge",
        help="the verdicts that other machines judged, into this course; then grade enters them",
        epilog="exit codes: " + MERGE_CODES,
    )
    merge_parser.add_argument("lesson", help="for example 01_derivative")
    merge_parser.add_argument("folder", nargs="+", type=named, help="the work folder of a machine that graded a part")
    merge_parser.set_defaults(run=merge)


@one_sentence("Nothing was merged: ")
def merge(arguments) -> int:
    """Take other machines' verdicts, and say who judged what and what was not taken."""
    from ..doors.merge import as_text, merge
    from ..exercises import find_lesson

    try:
        result = merge(Course.at(arguments.course), find_lesson(arguments.lesson).name, arguments.folder)
    except FileNotFoundError as problem:
        return fail(problem, WRONG_USE, "Nothing was merged: ")
    print(as_text(result))
    for place, why in result.listed.items():
        print(f"not taken: {for_terminal(place)}: {for_terminal(why)}")
    if not (result.taken or result.here):
        return OURS
    return FALSE if result.listed else 0


@one_sentence(_NOTHING)
def judge(arguments, log) -> int:
    """Judge one notebook and write its verdict in the form that was asked for; nothing else is written anywhere."""
    if arguments.level == "weak" and not arguments.trust:
        return fail(f"{WEAK_MEANS}\nIf that is what you want, add {_TRUST}.", WRONG_USE, "")
    if sys.platform != "linux":
        return fail(LINUX_ONLY, WRONG_USE, "")
    from ..doors.forms import FORMS, NoForm
    from ..doors.one import judge
    from ..files.atomic import write_atomically

    try:
        verdict = judge(
            arguments.notebook,
            arguments.course,
            lesson=arguments.lesson,
            student=arguments.student,
            seed=arguments.seed,
            level=arguments.level,
            engine=arguments.engine,
            seconds=arguments.time,
            memory=arguments.memory,
            places=arguments.places,
        )
    except FileNotFoundError as problem:
        return fail(problem, WRONG_USE, _NOTHING)
    fields = verdict.to_json()
    log(
        "verdict",
        **{name: fields[name] for name in ("lesson", "student", "verdict", "status", "points", "max_points", "detail", "seconds", "level")},
    )
    try:
        text = FORMS[arguments.format](verdict)
    except NoForm as problem:
        return fail(problem, OURS, "")
    if arguments.output:
        write_atomically(arguments.output, text)
    else:
        if arguments.format != "text" and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # other programs read it: UTF-8, whatever the terminal's is
        sys.stdout.write(text)
    if verdict.verdict == "error":
        return fail("there is no grade, and it is our fault; the verdict says what failed", OURS, "")
    return 0 if verdict.verdict == "pass" else FALSE
