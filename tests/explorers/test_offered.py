"""Every kind of input that an exercise would show in an explorer opens there."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import seeds

from autograder.engine.cases import Cases
from autograder.exercises import exercises
from autograder.learner.counterexample import explorer_of
from autograder.writing.case import arguments

PICTURED = [name for name, exercise in exercises().items() if exercise.make_view is not None]


def _takes(picture, call: tuple) -> bool:
    """Whether the case is a call of the exercise; some checks make their calls themselves."""
    try:
        inspect.signature(picture).bind(*call)
    except TypeError:
        return False
    return True


def _kinds(exercise) -> dict:
    """One view of each kind: alike in the types and the axes of what is shown."""
    cases, found = Cases(exercise, seeds.one()), {}
    for case in [case for check in cases.checks for case in cases.of(check)] + cases.edges():
        call = arguments(case)
        view = exercise.make_view(*call) if _takes(exercise.make_view, call) else None
        if view is not None:
            numbers = {name: value for name, value in view.arguments.items() if isinstance(value, (np.ndarray, np.generic, float, int))}
            found[view.explorer, view.yours, *((name, np.ndim(value)) for name, value in numbers.items())] = view
    return found


@pytest.mark.parametrize("name", PICTURED)
def test_what_is_offered_opens(name):
    views = _kinds(exercises()[name])
    assert views
    for view in views.values():
        explorer_of(view, yours=(lambda *args: np.nan) if view.yours else None)
