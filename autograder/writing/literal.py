"""A plain value as Python text that gives it back when it is pasted."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function
from ..shared.values import Seeded


def literal(value) -> str:
    """Python text for a plain value: what a learner can paste to get it back (functions become lambdas)."""
    if isinstance(value, Function):
        return value.source
    if isinstance(value, Seeded):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, np.ndarray):
        if value.size == 0:
            return f"np.zeros({value.shape})"
        text = np.array2string(value, separator=", ", threshold=100, floatmode="unique", max_line_width=100)
        dtype = "" if value.dtype in (np.float64, np.int64, np.bool_, np.complex128) else f", dtype=np.{value.dtype}"
        return f"np.array({text}{dtype})"
    if isinstance(value, (list, tuple)):
        items = ", ".join(map(literal, value))
        return f"[{items}]" if isinstance(value, list) else f"({items}{',' * (len(value) == 1)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {literal(item)}" for key, item in value.items()) + "}"
    return repr(value)
