"""The command line: python -m autograder study | check | build | site | doctor | handout | take-in | grade | report | feedback | export | verify | judge | merge."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import __version__
from .commands import doors, feedback, handout, intake, learner, report, teacher
from .commands.terminal import accept_any_terminal
from .files.course import NoCourse


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 something does not hold, 2 wrong use, 3 an error of ours."""
    parser = argparse.ArgumentParser(prog=_called(), description=__doc__)
    parser.add_argument("--version", action="version", version=f"From h to η {__version__}")
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the course's folder (default: the one that this program lies in; once installed, the one that you are in)",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    learner.add_commands(commands)
    handout.add_commands(commands)
    teacher.add_commands(commands)
    report.add_commands(commands)
    feedback.add_commands(commands)
    intake.add_commands(commands)
    doors.add_commands(commands)
    accept_any_terminal()
    arguments = parser.parse_args(argv)
    try:
        return arguments.run(arguments)
    except NoCourse as problem:
        print(problem, file=sys.stderr)
        return 2


def _called() -> str:
    """The command as it was typed: an installed package has a program of its own."""
    return "from-h-to-eta" if Path(sys.argv[0]).stem == "from-h-to-eta" else "python -m autograder"


def start() -> int:
    """`main`; when the reader leaves early, as in ``report 01_derivative | head``, 141 and no complaint: what any program says that a pipe ended. 130 after Ctrl-C."""
    if sys.stdout is None:  # closed by whoever started us; nobody reads, and that is no error
        sys.stdout = open(os.devnull, "w")
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would try once more at its end
        return 141


if __name__ == "__main__":
    sys.exit(start())
