"""What the end of a child means for the learner, decided by who ended it."""

from __future__ import annotations

import signal

from ..shared.answer import Died
from ..shared.channel import Late
from ..shared.wire import Malformed
from .allowance import Exhausted, Meter
from .sandbox.child import End
from .sandbox.process import Zygote


def meaning(error: Exception, end: End, zygote: Zygote, last: bool, clock: Meter | None, innocent: bool) -> Died | None:
    """What to tell when `error` ended the talk with a child that then ended so; None when somebody else killed it. `last` is as in `Session`, `clock` that of what ran.

    No number that the child chose is told of one that is not `innocent`: it could be a hidden input.
    """
    if isinstance(error, Exhausted):
        return Died(error.kind, error.detail)
    if isinstance(error, Late):
        if clock is not None and end.cpu - clock.start > 0.9 * clock.seconds:
            return Died("timeout", f"It used more than {clock.seconds:.2g} s of processor time and was stopped.")
        return Died("timeout", "It waited for too long and was stopped.")
    if isinstance(error, MemoryError):
        return Died("memory", "It asked for more memory than it may have.")
    if isinstance(error, Malformed):
        return Died("malformed", "It wrote into the judge's channel.")
    died = why(end, zygote, innocent)
    if died is None and last and not end.machine_short:  # whoever kills from outside does not hit the same notebook every time
        return Died("exited", "Its process was killed, each time it was tried.")
    return died


def why(end: End, zygote: Zygote, innocent: bool) -> Died | None:
    """What a child's end means for the learner, decided by who ended it; None when somebody else killed it. `innocent` is as in `meaning`."""
    if end.by_judge:
        return Died("exited", "It closed the judge's channel and went on.")
    if end.starved:
        return Died("memory", "It asked for more memory than it may have.")
    if end.overflow:
        return Died("memory", f"It wrote more than {zygote.limits.files_total >> 20} MiB of files, or started hundreds of threads.")
    if end.signal == signal.SIGXCPU or (end.signal == signal.SIGKILL and end.cpu >= zygote.limits.cpu - 1):
        return Died("timeout", "The notebook used up its processor time.")
    if end.signal == signal.SIGSYS:
        return Died("forbidden", "It asked the system for something that no exercise needs.")
    if end.signal == signal.SIGKILL and zygote.level != "weak":
        return None
    if end.signal:
        return Died("exited", f"Its process crashed ({_signal_name(end.signal)})." if innocent else "Its process crashed.")
    return Died("exited", f"It ended its own process (exit code {end.code})." if innocent else "It ended its own process.")


def _signal_name(number: int) -> str:
    """SIGSEGV for 11; Python has no names for real-time signals."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
