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
        given.setflags(write=True)  # an answer that has locked it is told so, and has not raised
        given += change
    return [cut(t) for t in points]


@program
def evaluate_slice_together(names, calls):
    """Several slices, all made before the first is used; what was given changes between the two."""
    given = [x.copy() for _, x, *_ in calls]
    cuts = [names.answer(f, x, i) for (f, _, i, *_), x in zip(calls, given)]
    if not all(map(callable, cuts)):
        raise NotAFunction("the answer is a function")
    return [[cut(t) for t in points] for cut, (_, _, _, points, _) in zip(cuts, calls)]
