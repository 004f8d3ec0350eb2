"""One check on one case, and the smallest case on which it fails."""

from __future__ import annotations

from ..shared.answer import Died
from ..writing.case import arguments
from ..writing.exercise import Check, Miss
from .cases import values
from .record import Tried
from .shrink import shrink
from .trial import NotWritten, Trial, Unfit


def ask(trial: Trial, check: Check, case: tuple) -> None:
    """Run one check on one case; a miss remembers the call that it is about, which may differ from the case."""
    if trial.settles(check, case):
        return
    before, trial.counted, trial.check = len(trial.calls), check.counts, check.name
    held: bool | None = None
    try:
        check.function(trial, *values(case))
        held = True
        trial.keep(check, case, before)
    except Unfit:
        trial.keep(check, case, before, fits=False)
        raise
    except Miss as miss:
        held = False
        if miss.call is None:
            miss.call = miss.calls[0] if miss.calls else trial.calls[-1].args if len(trial.calls) > before else arguments(case)
        miss.returned = [call.outcome.value for call in trial.calls[before:]]
        raise
    finally:
        trial.counted = False
        trial.tried.append(Tried(check.name, tuple([call.args for call in trial.calls[before:]]), held))


def smallest(trial: Trial, check: Check, case: tuple, miss: Miss) -> tuple[tuple, Miss]:
    if len(arguments(case)) < len(case):
        return case, miss  # what the check was told may not hold for another input
    found = {"miss": miss}

    def fails(candidate: tuple) -> bool:
        try:
            ask(trial, check, candidate)
        except Miss as smaller:
            if type(smaller) is not type(miss):
                return False
            found["miss"] = smaller
            return True
        except (Died, NotWritten):
            raise
        except Exception:  # a simpler input may lie outside what the check can handle; then it is no candidate
            return False
        return False

    case = shrink(case, fails)
    return case, found["miss"]
