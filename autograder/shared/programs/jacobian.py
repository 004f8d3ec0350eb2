"""Programs for lesson 05: what a call returns, and whether it built something of the size of a whole matrix."""

from __future__ import annotations

import tracemalloc

from . import program

_WORTH_MEASURING = 500


@program
def value_and_matrix(names, z, u):
    """The answer's value for (z, u), and whether more memory was held at once than half an n by n matrix takes."""
    n = len(z)
    if n < _WORTH_MEASURING:
        return names.answer(z, u), False
    ours = not tracemalloc.is_tracing()
    if ours:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        value = names.answer(z, u)
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        if ours:
            tracemalloc.stop()
    return value, peak > 4 * n * n
