"""A log for programs: one JSON object a line, on stderr or at the end of a file, with the fields that docs/deploying.md lists."""

from __future__ import annotations

import datetime
import json
import os
import socket
import sys
from typing import Any


class JsonLog:
    """Call it with an event's name and its fields. Without a place nothing is written; "-" is stderr, anything else a file that lines are added to.

    Several runs may write one file: a line is written in one piece. Raises `OSError` where the file cannot be opened; once it is, a line that
    cannot be written (a full disk) is lost, and no grade with it.
    """

    def __init__(self, place: str = "", command: str = ""):
        self._command, self._file = command, -1
        if place == "-":
            self._file = os.dup(sys.stderr.fileno())
        elif place:
            self._file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)

    def __call__(self, event: str, **fields: Any) -> None:
        """Write one line: `event` and `fields` beside the time, the command, the machine and the process."""
        if self._file < 0:
            return
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "event": event, "command": self._command, "host": socket.gethostname(), "process": os.getpid(), **fields}
        try:
            os.write(self._file, json.dumps(line).encode() + b"\n")
        except OSError as problem:
            print(f"the log cannot be written any more ({problem.strerror}); what follows is not in it", file=sys.stderr)
            self.close()

    def close(self) -> None:
        """No more lines."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def outcome_of(result) -> str:
    """A result of a class (`judge.workers.Result`) in the words of a verdict."""
    if result.is_error:
        return "error"
    return "pass" if result.status == "graded" and result.points == result.max_points else "fail"


def fields_of(result) -> dict[str, Any]:
    """A result of a class as the fields of the event "verdict"."""
    return {
        "student": result.student,
        "verdict": outcome_of(result),
        "status": result.status,
        "points": result.points,
        "max_points": result.max_points,
        "fresh": result.fresh,
        "detail": result.detail,
    }
