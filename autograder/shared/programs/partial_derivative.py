"""Drives answers that return the slice of a function."""

from __future__ import annotations

from . import NotAFunction, program


@program(promise="returns a function")
def evaluate_slice(names, f, x, i, points, change):
    """Call the answer for the slice, add `change` to the x it was given, then evaluate the slice at each of `points`."""
    given = x.copy() if change else x
    cut = names.answer(f, given, i)
    if not callable(cut):
        raise NotAFunction(f"a value of type {type(cut).__name__}")
    if change:
        given += change
    return [cut(t) for t in points]
