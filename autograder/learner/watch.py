"""Ends loops where the system has no timer: looks at the clock whenever a learner's code jumps back or begins a function.

It needs Python 3.12 (`sys.monitoring`). It ends no single call that takes for ever, such as the power of two huge numbers.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

_TOOL = 3  # one of the numbers that Python leaves to whoever comes first
_OURS = (str(Path(__file__).resolve().parents[2]), str(Path(os.__file__).parent), str(Path(np.__file__).parents[1]), "<frozen")


def can_watch() -> bool:
    """Whether this Python can; 3.11 cannot."""
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and monitoring.get_tool(_TOOL) is None


class watched:  # a context; a generator would be Python's own code, in which `stop` must not strike
    """Within, `stop` is called, in the midst of a loop, once `seconds` of processor time are over; what it raises ends the loop."""

    def __init__(self, seconds: float, stop: Callable[[], None]):
        self.seconds, self.stop = seconds, stop

    def __enter__(self) -> None:
        monitoring, end = sys.monitoring, time.process_time() + self.seconds

        def look(code, *_):
            if code.co_filename.startswith(_OURS):
                return monitoring.DISABLE
            if time.process_time() > end:  # again and again: a bare except may swallow one
                self.stop()

        monitoring.use_tool_id(_TOOL, "from h to eta")
        for event in (monitoring.events.JUMP, monitoring.events.PY_START):
            monitoring.register_callback(_TOOL, event, look)
        monitoring.set_events(_TOOL, monitoring.events.JUMP | monitoring.events.PY_START)

    def __exit__(self, *_) -> None:
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)
