"""Named programs that run beside the learner's code and return plain data.

An answer that is a class, returns a function, or needs another of the learner's functions is driven by a program. A
program holds no expected value: it may lie next to untrusted code. Modules in this package import NumPy and nothing else
of the course, because they are all that the sandboxed child sees of `autograder`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import partial
from typing import Protocol

import numpy as np


class Program(Protocol):
    """What `program` has registered: a function of the learner's names and plain arguments."""

    promise: str

    def __call__(self, names: Names, *args): ...


PROGRAMS: dict[str, Program] = {}


class NotDefined(NameError):
    """The program needs a function that the notebook does not define."""


class NotAFunction(TypeError):
    """The answer should have returned a function."""


class WrongKind(TypeError):
    """The answer should have returned another kind of thing; the text says which."""


class Names:
    """The learner's names as attributes; `answer` is the function that the exercise is about."""

    def __init__(self, answer, names: dict):
        self._names = names
        self.answer = answer

    def all(self) -> dict:
        """A copy of all of them."""
        return dict(self._names)

    def __getattr__(self, name):
        try:
            return self._names[name]
        except KeyError:
            raise NotDefined(f"This exercise also needs your {name}. Write it, or run its cell, first.") from None


def program(function=None, *, promise: str = ""):
    """Register a program ``name(names, *args)`` under its name. Raises `ValueError` for a name in use.

    `promise` says what the learner's function does, where the program brings back something else: ``returns a Value``.
    """
    if function is None:
        return partial(program, promise=promise)
    if function.__name__ in PROGRAMS:
        raise ValueError(f"two programs are called {function.__name__}; rename one")
    function.promise = promise
    PROGRAMS[function.__name__] = function
    return function


@program(promise="returns a function")
def evaluate_result(names, args, points):
    """The answer returns a function: call the answer with `args`, then its result at each of `points`."""
    result = names.answer(*args)
    if not callable(result):
        raise NotAFunction(f"a value of type {type(result).__name__}")
    return [result(point) for point in points]


@program
def evaluate_result_together(names, calls):
    """The same for several calls, all of whose functions are made before the first is used."""
    results = [names.answer(*args) for args, _ in calls]
    if not all(map(callable, results)):
        raise NotAFunction("the answer is a function")
    return [[result(point) for point in points] for result, (_, points) in zip(results, calls)]


@program
def run_examples(names, name, sources):
    """Run lines of code with the learner's names: of each its value, and how that prints itself."""
    try:
        return _run_lines(names, name, sources, (list,))
    except (AttributeError, TypeError):  # a line may ask the value for what only an array has, and a tuple counts as one, too
        return _run_lines(names, name, sources, (list, tuple))


def _run_lines(names, name, sources, kinds):
    def answer(*args, **named):
        value = names.answer(*args, **named)
        return _as_array(value) if isinstance(value, kinds) else value  # it is taken for an array, also by what follows in the line

    space = {**names.all(), "np": np, name: answer}
    shown = []
    for source in sources:
        try:
            code = compile(source, "<example>", "eval")
        except SyntaxError:
            exec(compile(source, "<example>", "exec"), space)
            shown.append((None, ""))
        else:
            value = eval(code, space)
            shown.append((value, repr(value)[:2000]))
    return shown


def _as_array(value: list | tuple):
    try:
        array = np.array(value)
    except ValueError:  # rows of different lengths
        return value
    return array if array.dtype.kind in "iufc" else value


def load_all() -> None:
    """Import every module of this package, so that all programs are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


load_all()
