"""What lies in whose memory: the arrays in a value, and which of them share theirs with others."""

from __future__ import annotations

from itertools import islice

import numpy as np

NUMBERS = (float, np.float64)
_MOST = 200  # arrays of one value that are compared with each other
_WORK = 10_000  # what one exact comparison may cost; two views whose strides are a riddle count as apart


def arrays_in(value, depth: int = 0):
    """The arrays in a nest of lists, tuples and dicts."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple, dict)) and depth < 5:
        for item in value.values() if isinstance(value, dict) else value:
            if type(item) not in NUMBERS:
                yield from arrays_in(item, depth + 1)


def share(arrays: list[np.ndarray], arg) -> bool:
    """Whether one of `arrays` has memory in common with an array in `arg`."""
    return any(np.may_share_memory(mine, given) for given in arrays_in(arg) for mine in arrays)


def entangled(arrays: list[np.ndarray]) -> bool:
    """Whether two of `arrays` have a number in common, so that a change of the one is a change of the other.

    Parts of one block that do not overlap have none. From left to right in memory: what begins behind all that came before is apart from it.
    """
    if len(arrays) < 2:
        return False
    placed = sorted(
        ((*np.lib.array_utils.byte_bounds(a), k) for k, a in enumerate(islice(arrays, _MOST)) if a.size), key=lambda one: one[:2]
    )
    near: list[tuple[int, np.ndarray]] = []
    for start, end, k in placed:
        near = [(until, other) for until, other in near if until > start]
        if any(_overlap(arrays[k], other) for _, other in near):
            return True
        near.append((end, arrays[k]))
    return False


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    try:
        return np.shares_memory(one, other, max_work=_WORK)  # type: ignore[arg-type]  # any number is allowed, the stubs know two
    except np.exceptions.TooHardError:
        return False
