"""A right answer agrees with the truth in the picture that its exercise opens, whatever was the failing input."""

from __future__ import annotations

import inspect

import numpy as np
from reference import namespace

from autograder.exercises import exercises
from autograder.learner.counterexample import explorer_of

LOOKED_AT = 2  # inputs of an exercise
OWN_TEXT = ("secant_explorer", "microscope")  # their plain text is a table; tests/explorers/test_yours.py asks them


def views(one, seed: int = 0) -> list:
    """The first pictures that draw the learner's answer, among the exercise's own inputs."""
    found = []
    takes = inspect.signature(one.make_view).parameters.values()
    most = None if any(p.kind is p.VAR_POSITIONAL for p in takes) else len(takes)
    for call in one.make_cases(one.rng(seed)):
        view = one.make_view(*call[:most])  # what follows belongs to a check
        if view is not None and view.yours and view.explorer not in OWN_TEXT:
            found.append(view)
        if len(found) == LOOKED_AT:
            break
    return found


def test_a_right_answer_agrees_in_the_picture_of_its_exercise():
    asked = set()
    for name, one in exercises().items():
        if getattr(one, "make_view", None) and getattr(one, "make_cases", None):
            for view in views(one):
                words = repr(explorer_of(view, namespace(one.lesson)[name]))
                assert f"{name} agrees" in words and f"{name} gives" not in words, (view, words)
                asked.add(name)
    assert len(asked) >= 26, asked


def test_a_right_value_beside_a_changed_argument_is_not_said_to_agree():
    """The arrays that it is given are moved in place and not put back: every check of a value may hold, and a picture of it would hide the fault."""

    def spoils(right):
        def answer(*args, **keywords):
            value = right(*args, **keywords)
            for given in args:
                if isinstance(given, np.ndarray) and given.dtype.kind == "f":
                    given += 1.0
            return value

        return answer

    asked = set()
    for name, one in exercises().items():
        if getattr(one, "make_view", None) and getattr(one, "make_cases", None):
            for view in views(one):
                if any(isinstance(value, np.ndarray) for value in view.arguments.values()) or name in ("freeze", "jacobian"):
                    answer = spoils(namespace(one.lesson)[name])
                    answer.__name__ = name
                    words = repr(explorer_of(view, answer))
                    assert f"{name} changes " in words and "agrees" not in words and "gives" not in words, (view, words)
                    asked.add(name)
    assert len(asked) >= 5 and {"freeze", "jacobian"} <= asked, asked
