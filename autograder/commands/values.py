"""The kinds of values that options take; a value that is none is refused in one sentence."""

from __future__ import annotations

import argparse
from pathlib import Path


def jobs(text: str) -> int:
    """How many processes: 1 or more."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; write 1 or more, or leave it out for one for each processor")
    return int(text)


def shard(text: str) -> tuple[int, int]:
    """Which part of how many, as in 2/8."""
    try:
        index, count = map(int, text.split("/"))
        if not 1 <= index <= count:
            raise ValueError(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no part; write for example 2/8") from None
    return index, count


def seed(text: str) -> int:
    """The seed of hidden cases."""
    if not text.isdecimal() or int(text) >= 1 << 48:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; write a whole number from 0 to 2**48-1")
    return int(text)


def given(text: str) -> str:
    """Any text but none: what an unset variable of a shell leaves is no name."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty; is a variable of the shell unset?")
    return text


def named(text: str) -> Path:
    """A file or a folder, by a name that is not empty."""
    return Path(given(text))


def new_file(text: str) -> Path:
    """Where a file is to be written: a name in a folder that is there."""
    path = Path(text)
    if not path.name or path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is no place for a file; name a file in a folder that is there")
    return path


def add_log_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--log-json``, see `doors.log`."""
    parser.add_argument(
        "--log-json",
        nargs="?",
        type=given,
        const="-",
        default=None,
        metavar="FILE",
        help="a JSON object a line of what happens, at the end of FILE, or on standard error (docs/deploying.md lists the fields)",
    )


def positive(kind: type):
    """A number above 0 of a kind, such as float."""

    def number(text: str):
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 0 < value < 1e6:
            raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
        return value

    return number
