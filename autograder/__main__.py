"""The command line: python -m autograder study | build | site | doctor | take-in | grade | report | export | verify."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import __version__
from .commands import intake, learner, teacher
from .commands.terminal import accept_any_terminal


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 something does not hold, 2 wrong use, 3 an error of ours."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    parser.add_argument("--version", action="version", version=f"From h to η {__version__}")
    parser.add_argument("--course", type=Path, metavar="DIR", help="the course's folder (default: the one that this program lies in)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    learner.add_commands(commands)
    teacher.add_commands(commands)
    intake.add_commands(commands)
    accept_any_terminal()
    arguments = parser.parse_args(argv)
    return arguments.run(arguments)


def start() -> int:
    """`main`; when the reader leaves early, as in ``report 01_derivative | head``, 141 and no complaint: what any program says that a pipe ended."""
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would try once more at its end
        return 141


if __name__ == "__main__":
    sys.exit(start())
