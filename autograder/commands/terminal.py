"""What the commands print: names that a terminal can show, durations, a line of progress."""

from __future__ import annotations

import sys
import time

from ..files.names import for_terminal
from ..files.spelling import SPELLED


def accept_any_terminal() -> None:
    """Spell out what a terminal's encoding lacks (✓ under cp1252), where Python would stop."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a test's or a notebook's stand-in has no encoding to speak of
            stream.reconfigure(errors=SPELLED)


def duration(seconds: float) -> str:
    """Seconds as people say them: ``7.2 s``, ``3 min 20 s``."""
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


class Progress:
    """A line that is rewritten on a terminal; nothing but the problems elsewhere."""

    def __init__(self, out):
        self.out, self.shown, self.width = out, 0.0, 0
        self.line, self.holding = "nobody graded yet", ""

    def __call__(self, done: int, total: int, result, left: float) -> None:
        """Tell that `done` of `total` are graded, the last with `result` (a `judge.workers.Result`), `left` seconds before the end."""
        if result.is_error:
            print(f"\r{for_terminal(result.student)}: no grade, our fault: {for_terminal(result.detail)}", file=self.out)
        if self.out.isatty() and (time.monotonic() - self.shown > 0.1 or done == total):
            self.shown = time.monotonic()
            self._rewrite(f"{done} of {total} graded, {duration(left)} left", done == total)

    def held(self, seconds: dict[str, float]) -> None:
        """Tell who holds a worker, and for how long already; until nobody does, the line says so."""
        names = ", ".join(f"{for_terminal(name)[:40]} ({duration(spent)})" for name, spent in sorted(seconds.items()))
        self.holding = f"; at work on {names}" if names else ""
        if names and self.out.isatty():
            self._rewrite(self.line, False)

    def _rewrite(self, line: str, last: bool) -> None:
        self.line = line
        line += "" if last else self.holding
        print(f"\r{line:<{self.width}}", end="\n" if last else "", file=self.out, flush=True)
        self.width = len(line)
