"""Exercises in which the learner catches a mistake: an input on which wrong functions fail and a right one does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .compare import EXACT, Tolerance, close
from .contracts import Array, Items
from .domains import Domain
from .exercise import Exercise, Miss
from .outside import outside


def catch(
    name: str,
    points: float,
    asks: str,
    *,
    domains: dict[str, Domain],
    truth: Callable,
    wrong: dict[str, Callable],
    alike: dict[str, tuple[tuple, str]],
    shown: str = "",
    helpers: tuple[Callable, ...] = (),
    tolerance: Tolerance = EXACT,
    **settings,
) -> Exercise:
    """The learner's function returns one input, its arguments in the order of `domains`, that catches each of the `wrong` functions.

    `make build` puts their code into a cell above the exercise's, after that of the `helpers` that they call. `domains` is what the input may be. `truth(*input)` is the mathematics that a right
    function gives there, within `tolerance`; it is no answer, which is an input. It raises `ValueError` with the reason where an input is none. `alike` are inputs that people try and on which a wrong function gets
    away, by a name, each with its message. `shown` says what is compared, "The slope" for example.
    """
    settings = {"minutes": 6, "difficulty": 2, "clauses": {"": " ".join(["it_is_an_input", *map(caught, wrong)])}, **settings}
    contract = Items(*(Array(None) for _ in domains)) if len(domains) > 1 else Array(None)
    exercise = Exercise(name, points, asks, returns=contract, signature="", tolerance=None, given=(*helpers, *wrong.values()), **settings)
    exercise.cases(_once)

    def given(t) -> tuple:
        value = t()
        return tuple(np.asarray(part, float) for part in (value if len(domains) > 1 else (value,)))

    @exercise.check()
    def it_is_an_input(t):
        """Your input is allowed, and a right function has a value there"""
        found = given(t)
        problem = outside(domains, found)
        if problem:
            raise Miss(found if len(found) > 1 else found[0], "an input from the domain", f"Not in the domain: {problem}.")
        right, why = _value(truth, found)
        if right is None or not np.all(np.isfinite(right)):
            raise Miss(found, "an input with a value", f"Not in the domain: {why or 'nobody has a value there, and nobody can be right'}.")

    for wrong_name, function in wrong.items():

        def fails(t, wrong_name=wrong_name, function=function):
            found = given(t)
            right, other = _value(truth, found)[0], _value(function, found)[0]
            if other is not None and close(other, right, tolerance):
                raise Miss(
                    other, "another value", f"Both give the same there: {shown or 'the value'} of {wrong_name} is right for your input."
                )

        fails.__name__, fails.__doc__ = caught(wrong_name), f"{wrong_name} fails on it"
        exercise.check(weight=2, needs=("it_is_an_input",))(fails)

    for alike_name, (value, message) in alike.items():
        exercise.mistake(message, name=alike_name)(lambda value=value: value if len(domains) > 1 else value[0])
    return exercise


def caught(wrong_name: str) -> str:
    """The name of the check that a wrong function fails on the input."""
    return f"catches_{wrong_name}"


def _value(function: Callable, found: tuple) -> tuple:
    """(value, "") of `function` on copies of an input, or (None, what it said) where it raises: that is no value at all."""
    arguments = [part.copy() if part.ndim else float(part) for part in found]
    try:
        with np.errstate(all="ignore"):
            return np.asarray(function(*arguments), float), ""
    except (ArithmeticError, ValueError, IndexError, TypeError, np.linalg.LinAlgError) as error:
        return None, str(error)


def _once(rng):
    yield ()
