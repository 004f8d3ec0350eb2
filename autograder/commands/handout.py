"""The command handout: archives for students, without an answer in them, or a refusal that says where one is."""

from __future__ import annotations

import sys
from pathlib import Path

from ..files.course import Course


def add_commands(commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("handout", help="ZIP archives for students: a lesson, or all and the course; no answer is in them")
    parser.add_argument("lesson", nargs="*", help="for example 01_derivative (default: every lesson, and the whole course)")
    parser.add_argument("--to", type=Path, metavar="DIR", help="where to (default: work/handout)")
    parser.set_defaults(run=handout)


def handout(arguments) -> int:
    """Write the archives, or nothing: 1 when something is stale or an answer can be read, 2 for a lesson that is none or no place to write to."""
    from ..course.doctor import fresh
    from ..course.handout import NotSound, answers_in, archives, hand_out
    from ..course.wheel import NoWheel, can_build
    from ..exercises import find_lesson, lessons

    course = Course.at(arguments.course)
    try:
        can_build(course)
        only = [find_lesson(name).name for name in arguments.lesson]
        problems = list(fresh(course, lessons()))
        made = [] if problems else archives(course, lessons(), only)
        problems += answers_in(made, course, lessons())
    except LookupError as problem:
        return _refuse(problem, 2)
    except (NotSound, NoWheel, OSError) as problem:
        return _refuse(problem, 1)
    if problems:
        return _refuse("\n".join(problems), 1)
    try:
        for told in hand_out(made, arguments.to or course.work / "handout"):
            print(told)
    except OSError as problem:
        return _refuse(problem, 2)
    print("No known answer can be read in them. Students unpack an archive and follow its README.txt: one line installs and opens it.")
    return 0


def _refuse(problem, code: int) -> int:
    print(f"Nothing was handed out: {problem}", file=sys.stderr)
    return code
