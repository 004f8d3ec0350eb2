"""Calls one after another, as in a notebook: what was called before must change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..shared.answer import Outcome
from ..shared.programs import PROGRAMS, WrongKind
from ..shared.values import same
from ..writing.compare import RELATED, equal_values
from ..writing.exercise import Miss
from .record import Call

_MOST = 3  # calls that are made again


def repeats(t):
    """The same call gives the same answer again"""
    for args in _in_a_row(t.calls):
        t.outcome(*args)
    spoilt = next((later for later in t.calls if later.outcome.spoilt), None)
    if spoilt is not None:
        raise _about(
            spoilt,
            "an earlier result changed",
            "results that stay",
            "This call changed what the call before had returned. Return a new array each time.",
        )
    firsts = _chosen(t.calls)
    for call in reversed(firsts):
        _agrees(call, t.outcome(*call.args), "When the same call is made again after others, another answer comes back.")
    for call in [call for call in t.calls if any(_shapes(call.outcome.value))][:1]:
        t.outcome(*call.args)
        if t.outcome(*call.args).again:
            raise _about(
                call,
                "the same array twice",
                "an array for each call",
                "Whoever writes into the first result finds it changed when the same call is made again. Return a new array each time.",
            )
    together = f"{t.exercise.program}_together"
    if together in PROGRAMS and len(firsts) > 1:
        outcome = t.drive(together, [call.args for call in firsts])
        values = outcome.value if isinstance(outcome.value, list) else []
        for k, call in enumerate(firsts):
            now = Outcome(values[k]) if k < len(values) else outcome
            _agrees(
                call,
                now,
                "Several results were made before the first was used; each must stay what it was. What does yours keep outside itself?",
            )


def _chosen(calls: list[Call]) -> list[Call]:
    """The first call, the last, and one between that returned, each with arguments of its own."""
    returned = list({tuple(map(id, call.args)): call for call in reversed(calls) if not call.outcome.raised}.values())[::-1]
    return returned if len(returned) <= _MOST else [returned[0], returned[len(returned) // 2], returned[-1]]


def _in_a_row(calls: list[Call]) -> list[tuple]:
    """The arguments of two calls that returned different arrays of the same shapes, to be made one right after the other."""
    first: dict[tuple, Call] = {}
    for call in calls:
        shapes = tuple(_shapes(call.outcome.value))
        if shapes and not call.outcome.raised:
            before = first.setdefault(shapes, call)
            if not same(before.outcome.value, call.outcome.value):
                return [before.args, call.args]
    return []


def _shapes(value) -> Iterator[tuple]:
    if isinstance(value, np.ndarray):
        yield value.shape
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _shapes(part)
    elif isinstance(value, dict):
        yield from _shapes(list(value.values()))


def _agrees(call: Call, now: Outcome, why: str) -> None:
    if now.raised:
        raise _about(call, now.message if now.raised == WrongKind.__name__ else now.raised, "the same as before", why)
    if not equal_values(now.value, call.outcome.value, RELATED, nan_agrees=True):
        raise _about(call, now.value, call.outcome.value, why)


def _about(call: Call, given, wanted, why: str) -> Miss:
    miss = Miss(given, wanted, why)
    miss.call = call.args
    return miss
