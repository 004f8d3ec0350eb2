"""The examples in a function's description, run on the answer: what comes back must be the value that is printed there."""

from __future__ import annotations

import doctest
from functools import cache

import numpy as np

from ..writing.compare import PRINTED, equal_values
from ..writing.exercise import Miss

_NAMES = {"np": np, "array": np.array, "nan": np.nan, "inf": np.inf}
_NOT_HERE = ("NameError", "NotImplementedError", "NotDefined")  # another function that the example needs is not written yet


def hold(t):
    """The examples of its description hold"""
    examples = of(t.exercise.docstring)
    if not examples:
        return
    outcome = t.drive("run_examples", t.exercise.name, [source for source, _ in examples])
    if outcome.raised in _NOT_HERE:
        return
    if outcome.raised:
        raise _about(examples, examples[-1][0], outcome.raised, examples[-1][1] or "a value")
    for (source, want), (value, text) in zip(examples, outcome.value):
        if want and not _agrees(value, text, want):
            raise _about(examples, source, text, want)


@cache
def of(docstring: str) -> tuple[tuple[str, str], ...]:
    """The examples of a docstring as pairs of source and printed value, "" where nothing is printed."""
    found = doctest.DocTestParser().get_examples(docstring)
    return tuple((one.source.strip(), one.want.replace("<BLANKLINE>", "").strip()) for one in found)


def _agrees(value, text: str, want: str) -> bool:
    try:
        wanted = eval(want, dict(_NAMES))  # our own text
    except (NameError, SyntaxError):  # an object that prints itself in a way of its own
        return text.split() == want.split()
    return equal_values(_alike(value), _alike(wanted), PRINTED)


def _alike(value):
    """Arrays as lists, text in small letters: what the contracts accept, the examples do."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [_alike(item) for item in value]
    if isinstance(value, dict):
        return {key: _alike(item) for key, item in value.items()}
    return value.lower() if isinstance(value, str) else value


def _about(examples: tuple, source: str, given: str, wanted: str) -> Miss:
    miss = Miss(given, wanted, "This is an example of the function's description.")
    miss.input = "\n".join([before for before, _ in examples[: [s for s, _ in examples].index(source)]] + [source])
    return miss
