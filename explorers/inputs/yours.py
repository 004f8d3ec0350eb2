"""What a picture asks of a learner's answer: a function of theirs, and a value that can be drawn, or a sentence why not."""

from __future__ import annotations

from importlib import import_module

import numpy as np

from ..drawing.yours import NothingToDraw

WHO_ASKS = "autograder.learner.drawn"


def asked(yours):
    """`yours`, a learner's function, as what a picture asks, or None for None. Raises `TypeError` for what cannot be called.

    Who asks has the limits of a check. Explorers know nothing of checks: they reach it by its name, as checks reach explorers by theirs.
    """
    if yours is None or hasattr(yours, "ask"):
        return yours
    return import_module(WHO_ASKS).Asked(yours)


def numbers(value, shape: tuple, name: str) -> np.ndarray:
    """`value` as finite numbers of this shape; raises `NothingToDraw` with what came instead."""
    wanted = "one finite number" if shape == () else f"finite numbers of shape {shape}"
    try:
        array = np.asarray(value)
        array = array.astype(float) if array.dtype.kind in "biuf" else None
    except (TypeError, ValueError):
        array = None
    if value is None:
        came = "None: is its return missing?"
    elif array is None:
        came = f"{_short(value)}."
    elif array.shape != shape:
        came = f"an array of shape {array.shape}." if array.ndim else f"one number, {array:g}."
    elif not np.isfinite(array).all():
        came = f"{_short(value)}."
    else:
        return array
    raise NothingToDraw(f"{name} returns {came} Here {wanted} can be drawn.")


def _short(value) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"
