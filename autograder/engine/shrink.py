"""Makes a failing input smaller: rounder numbers, one argument at a time, as long as it still fails."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function

_ROUND = (0.0, 1.0, 2.0, -1.0, 0.5)


def size(value) -> float:
    """How long an input is to read: the measure by which the smallest failing input is chosen."""
    if isinstance(value, Function):
        return len(value.expr)
    if isinstance(value, np.ndarray):
        return 5 * value.size + sum(len(repr(float(abs(v)))) for v in np.ravel(value)[:50] if value.dtype.kind in "iuf")
    if isinstance(value, (list, tuple)):
        return 2 + sum(map(size, value))
    if isinstance(value, dict):
        return 2 + sum(map(size, value.values()))
    return len(repr(value))


def simpler(value):
    """Simpler values of the same kind, simplest first. Shapes stay, so that arguments keep fitting together."""
    if isinstance(value, float):
        candidates = [*_ROUND, *(round(value, digits) for digits in (0, 1, 2))]
        yield from (c for c in dict.fromkeys(map(float, candidates)) if size(c) < size(value))
    elif isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
        for digits in (0, 1, 2):
            rounded = np.round(value, digits) + 0.0  # + 0.0 turns -0.0 into 0.0
            rounded.setflags(write=value.flags.writeable)
            if size(rounded) < size(value):
                yield rounded


def shrink(case: tuple, fails, budget: int = 40) -> tuple:
    """The smallest case found for which ``fails(case)`` is true, starting from `case`, with at most `budget` trials."""
    for position in range(len(case)):
        for candidate in simpler(case[position]):
            if budget == 0:
                return case
            budget -= 1
            smaller = (*case[:position], candidate, *case[position + 1 :])
            if fails(smaller):
                case = smaller
                break
    return case
