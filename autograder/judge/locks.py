"""Who grades a lesson right now: one run for all of it, or several runs for the parts of one division. The kernel frees a lock however the run ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ..files.course import Course, lesson_name

_FORGOTTEN = 3600  # seconds after which a file that a killed run was writing is nobody's


class Busy(Exception):
    """Another run grades this lesson right now."""


@contextlib.contextmanager
def running(course: Course, lesson: str, part: tuple[int, int]) -> Iterator[None]:
    """Be the only run for `part` (index, count) of a lesson; with (1, 1) for the whole. Raises `Busy`.

    Parts of one division run side by side; a run for the whole, or of another division, would judge the same hand-ins twice.
    """
    folder = course.work / "verdicts" / lesson_name(lesson)
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(".new-*"):
        with contextlib.suppress(OSError):
            leftover.unlink() if time.time() - leftover.stat().st_mtime > _FORGOTTEN else None
    index, count = part
    with contextlib.ExitStack() as stack:
        whole, mine = (stack.enter_context(_opened(folder / name)) for name in (".lock", f".lock-{index}-of-{count}"))
        with _opened(folder / ".lock-door") as door:  # who looks at the two locks, looks alone
            fcntl.flock(door, fcntl.LOCK_EX)
            alone = _try(whole, fcntl.LOCK_EX)
            if alone:
                _write(whole, f"{os.getpid()} {count}")
                if count > 1:
                    _try(whole, fcntl.LOCK_SH)
            process, other = _read(whole)
            if not alone and (count == 1 or other != str(count) or not _try(whole, fcntl.LOCK_SH)):
                parts = f", in {other} parts" if other not in ("1", "") else ""
                raise Busy(f"another run (process {process}) grades {lesson} already{parts}; wait for it or stop it")
            if not _try(mine, fcntl.LOCK_EX):
                raise Busy(
                    f"another run (process {_read(mine)[0]}) grades part {index} of {count} of {lesson} already; wait for it or stop it"
                )
            _write(mine, str(os.getpid()))
        yield


def _opened(path: Path) -> TextIO:
    return open(path, "a+", opener=lambda path, flags: os.open(path, flags, 0o600))


def _try(stream: TextIO, kind: int) -> bool:
    try:
        fcntl.flock(stream, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(stream: TextIO) -> tuple[str, str]:
    stream.seek(0)
    process, _, count = stream.read(40).strip().partition(" ")
    return process, count


def _write(stream: TextIO, text: str) -> None:
    stream.truncate(0)
    stream.write(text)
    stream.flush()
