"""What is up to whoever writes an answer costs nothing: tuple or list, array or list of numbers, memory of its own or of an argument's."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import pytest
from reference import ROOT, namespace

from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer

FUNCTIONS = [one for name, one in exercises().items() if not isinstance(namespace(one.lesson)[name], type)]


def exchanged(value, _):
    """A list for each tuple, a tuple for each list."""
    if type(value) in (tuple, list):
        return (list if type(value) is tuple else tuple)(exchanged(item, _) for item in value)
    return {key: exchanged(item, _) for key, item in value.items()} if type(value) is dict else value


def as_lists(value, _):
    """Lists of numbers for arrays."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if type(value) in (tuple, list):
        return type(value)(as_lists(item, _) for item in value)
    return {key: as_lists(item, _) for key, item in value.items()} if type(value) is dict else value


def as_tuples(value, _):
    """Tuples of numbers for an array."""
    deep = lambda item: tuple(map(deep, item)) if isinstance(item, list) else item
    return deep(value.tolist()) if isinstance(value, np.ndarray) else value


def as_rows(value, _):
    """Arrays for tuples of numbers."""
    if type(value) is tuple and value and all(isinstance(item, (int, float, np.number)) for item in value):
        return np.array(value)
    return tuple(as_rows(item, _) for item in value) if type(value) is tuple else value


def arrays_in(value) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from arrays_in(item)


def the_same_object(value, args):
    """An argument itself wherever the value is one."""
    if isinstance(value, np.ndarray):
        alike = (given for given in arrays_in(args) if given.dtype == value.dtype and np.array_equal(given, value))
        return next(alike, value)
    if type(value) in (tuple, list):
        return type(value)(the_same_object(item, args) for item in value)
    return {key: the_same_object(item, args) for key, item in value.items()} if type(value) is dict else value


FORMS = (exchanged, as_lists, as_tuples, as_rows, the_same_object)
# an output and a cache are no row: a cache may be anything, and an array of two rows may be an output alone
PAIRS = [(one, form) for one in FUNCTIONS for form in FORMS if not (form is as_rows and one.program.endswith("_output"))]


@pytest.mark.parametrize("one, form", PAIRS, ids=lambda it: getattr(it, "__name__", "") or it.name)
def test_the_form_is_up_to_the_answer(one, form):
    names = namespace(one.lesson)
    ours = names[one.name]

    @functools.wraps(ours)
    def theirs(*args, **keywords):
        return form(ours(*args, **keywords), args)

    report = run(one, LocalAnswer(theirs, {**names, one.name: theirs}), LocalAnswer(ours, names))
    assert report.points == report.max_points, report


def test_lesson_0_says_so():
    text = (ROOT / "solutions" / "00_start_here.py").read_text(encoding="utf-8")
    assert "as a tuple, a list or a row of numbers" in text and "share its memory" in text
