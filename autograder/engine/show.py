"""Turns a failing case into code that can be pasted, and a value into a few words."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function
from ..writing.contracts import describe
from ..writing.exercise import Exercise, View
from ..writing.literal import literal


def call_text(exercise: Exercise, case: tuple) -> str:
    """The failing call as code: functions and arrays on lines of their own, then the call itself."""
    if exercise.show is not None:
        return exercise.show(*case)
    lines, given = [], []
    names = [name.split("=")[0].strip() for name in exercise.signature.split(",")]
    if exercise.program == "evaluate_result":
        arguments, points = case
    else:
        arguments, points = case, None
    for i, value in enumerate(arguments):
        if isinstance(value, (Function, np.ndarray, dict)) and i < len(names):
            lines.append(f"{names[i]} = {literal(value)}")
            given.append(names[i])
        else:
            given.append(literal(value))
    call = f"{exercise.name}({', '.join(given)})"
    if points is not None:
        call += f"({literal(points[0])})" if len(points) == 1 else ""
        if len(points) > 1:
            call = f"[{call}(t) for t in {literal(points)}]"
    return "\n".join([*lines, call])


def view_text(view: View) -> str:
    """The line that opens the explorer: ``secant_explorer(lambda x: 2*x**3 + 5, x=1.0, h=0.5)``."""
    given = [literal(value) if name == "f" else f"{name}={literal(value)}" for name, value in view.arguments.items()]
    return f"{view.explorer}({', '.join(' '.join(text.split()) for text in given)})"


def value_text(value) -> str:
    """A value for a message: numbers with nine digits, small arrays in full, the rest in words."""
    if value is None:
        return "None"
    if isinstance(value, (bool, int, str)):
        return repr(value)
    if isinstance(value, (float, complex)):
        return f"{value:.9g}"
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.size > 40:
            return describe(array)
        with np.printoptions(precision=6, suppress=False):
            return np.array2string(array, separator=", ", max_line_width=80)
    if isinstance(value, (list, tuple)) and len(value) <= 12:
        items = ", ".join(map(value_text, value))
        return f"[{items}]" if isinstance(value, list) else f"({items})"
    if isinstance(value, dict) and len(value) <= 12:
        return "{" + ", ".join(f"{key}: {value_text(item)}" for key, item in value.items()) + "}"
    return describe(value)
