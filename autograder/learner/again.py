"""Says something new when a check fails again as it did before: the same function, or other code with the same result."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.report import Report, Status

PATIENCE = 3  # so many equal failures with different code, and the next piece of advice is another one


@dataclass
class _Last:
    """The last failure of an exercise: what failed and how, the code, and how often in a row with other code."""

    failure: tuple
    code: object
    times: int = 1


_last: dict[str, _Last] = {}


def advice(report: Report, function) -> str:
    """A sentence for a failure that is the one before once more, with `code` in backticks; "" for a new one, and for what is right."""
    if report.status in (Status.RIGHT, Status.ERROR, Status.NOT_ATTEMPTED):
        _last.pop(report.exercise, None)
        return ""
    first = report.first_miss
    failure = (report.status, report.points, report.diagnosis, *((first.check, first.input, first.given) if first else ()))
    code = getattr(function, "__code__", function)
    code = getattr(code, "co_code", code), getattr(code, "co_consts", ()), getattr(code, "co_names", ())
    last = _last.get(report.exercise)
    if last is None or last.failure != failure:
        _last[report.exercise] = _Last(failure, code)
        return ""
    if last.code == code:
        return "This is the same function as at the last check. If you have changed it since, run its cell first, then this one."
    last.code, last.times = code, last.times + 1
    if last.times < PATIENCE:
        return ""
    call = first.input.splitlines()[-1] if first and first.input else ""
    by_hand = f" Work out `{call}` by hand, line by line: which line is the first to give another number than yours?" if call else ""
    return f"{last.times} times the same result with different code: what you change is not what decides it.{by_hand}"
