"""How long a learner's function may run in a kernel: by the clock of grading, which counts processor time, on one thread as there."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
import time

from ..shared.answer import Died, LocalAnswer, OutOfTime
from .watch import can_watch, watched

_WALL = 60.0  # seconds until a function that sleeps is ended


class ClockedAnswer(LocalAnswer):
    """An answer whose calls may take `seconds` of processor time together; ours, between them, is not counted.

    It ends what takes too long where the system has a timer: not on Windows, not in a page, and not outside the main thread. There a Python of
    3.12 or newer ends loops (watch.py).
    """

    def __init__(self, function, names: dict, seconds: float):
        super().__init__(function, names)
        self.seconds = self.left = seconds
        self._can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def call(self, args, program="", counted=False):
        """As `LocalAnswer.call`; raises `Died` when the time is up."""
        if not self._can:
            return self._watched(args, program, counted) if can_watch() else super().call(args, program, counted)
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGPROF, signal.SIGALRM)}
        signal.setitimer(signal.ITIMER_PROF, self.left, 0.05)  # again and again: a bare except may swallow one
        signal.setitimer(signal.ITIMER_REAL, _WALL, 0.05)
        try:
            return super().call(args, program, counted)
        except OutOfTime as limit:  # the moment came while the outcome was written down
            raise Died("timeout", str(limit)) from None
        finally:
            with contextlib.suppress(OutOfTime):
                self.left = max(0.001, signal.setitimer(signal.ITIMER_PROF, 0)[0])
                signal.setitimer(signal.ITIMER_REAL, 0)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watched(self, args, program, counted):
        begun = time.process_time()
        try:
            with watched(self.left, lambda: self._stop(None, None)):
                return super().call(args, program, counted)
        except OutOfTime as limit:
            raise Died("timeout", str(limit)) from None
        finally:
            self.left = max(0.001, self.left - (time.process_time() - begun))

    def _stop(self, number, frame):
        if number != getattr(signal, "SIGALRM", ...):
            raise OutOfTime(f"It used more than {self.seconds:g} s of processor time and was stopped.")
        raise OutOfTime(f"It waited for more than {_WALL:g} s and was stopped.")


@functools.cache
def _controller():
    from threadpoolctl import ThreadpoolController  # its look at what is loaded takes a moment, once

    return ThreadpoolController()


def one_thread():
    """A context in which matrix products use one thread, as in grading: on a shared machine many of them make each other slow."""
    return _controller().limit(limits=1, user_api="blas")
