"""Turns a failing case into code that can be pasted, and a value into a few words."""

from __future__ import annotations

import textwrap

import numpy as np

from ..shared.functions import Function
from ..writing.case import View
from ..writing.compare import EXACT, Tolerance, equal_values, near
from ..writing.contracts import describe
from ..writing.exercise import Exercise
from ..writing.literal import literal
from .trial import promise_of


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
            lines.append(_folded(names[i], value))
            given.append(names[i])
        else:
            given.append(literal(value))
    call = f"{exercise.name}({', '.join(given)})"
    if points is not None:
        call += f"({literal(points[0])})" if len(points) == 1 else ""
        if len(points) > 1:
            call = f"[{call}(t) for t in {literal(points)}]"
    return "\n".join([*lines, call])


def calls_text(exercise: Exercise, calls: list[tuple]) -> str:
    """Several calls as code, each line of it once."""
    return "\n".join(dict.fromkeys("\n".join(call_text(exercise, call) for call in calls).splitlines()))


_WIDTH = 110


def _folded(name: str, value) -> str:
    """An assignment without empty lines; a long function is in brackets, on several lines."""
    line = f"{name} = {literal(value)}"
    if isinstance(value, Function) and len(line) > _WIDTH:
        line = textwrap.fill(f"{name} = ({value.source})", _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(filter(str.strip, line.splitlines()))


def view_text(view: View, yours: str = "") -> str:
    """The line that opens the explorer: ``secant_explorer(lambda x: 2*x**3 + 5, x=1.0, h=0.5)``; with the learner's function of the name `yours`, if the view draws it."""
    given = [literal(value) if name == "f" else f"{name}={literal(value)}" for name, value in view.arguments.items()]
    given += [f"yours={yours}"] if view.yours and yours else []
    return f"{view.explorer}({', '.join(' '.join(text.split()) for text in given)})"


_ROOM = 12  # as many numbers as one looks at
_LOOKED_THROUGH = 1000  # entries of an array among which a value is looked for


def first_promise(exercise: Exercise) -> str:
    """The first thing that is asked of an answer: that it returns what its contract says, in words that fit it."""
    return promise_of(exercise) or (exercise.returns.sentence if exercise.returns else "returns a value")


def apart(a, b, start: int = 9) -> tuple[str, str]:
    """Two numbers with as many digits as it takes for them to differ, at least `start`."""
    if isinstance(a, float | complex) or isinstance(b, float | complex):
        for digits in range(start, 18):
            texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
            if texts[0] != texts[1]:
                return texts
    return value_text(a), value_text(b)


def contrast(given, wanted, tolerance: Tolerance | None = None) -> tuple[str, str, str]:
    """What was given and what was wanted, as texts that differ if the two do, and where they differ, by more than the `tolerance`, if that takes a look.

    Text stands for itself.
    """
    texts = _in_words(given), _in_words(wanted)
    place = None if isinstance(given, str) or isinstance(wanted, str) else _first_difference(given, wanted, tolerance)
    if place is None:
        return *texts, ""
    where, a, b, count, size = place
    if not where:
        return *(apart(a, b) if _number(a) and _number(b) else texts), ""
    one, other = apart(a, b) if _number(a) and _number(b) else (value_text(a), value_text(b))
    many = f"{count} of {size} entries differ; " if count > 1 else ""
    if texts[0] == texts[1]:
        return f"{texts[0]}, with {one} at {where}", f"{texts[1]}, with {other} there", many.removesuffix("; ")
    return *texts, f"{many}at {where}: {one}, wanted {other}"


def _in_words(value) -> str:
    return value if isinstance(value, str) else value_text(value)


def is_part(value, whole) -> bool:
    """Whether a value stands in `whole`: as itself, as a part of a part, or gathered from several of them."""
    if value is None or isinstance(value, bool) or _alike(value, whole):
        return True
    if isinstance(whole, dict):
        return any(is_part(value, part) for part in whole.values())
    if isinstance(whole, (list, tuple)) or isinstance(whole, np.ndarray) and whole.ndim and whole.size <= _LOOKED_THROUGH:
        if any(is_part(value, part) for part in whole):
            return True
    gathered = isinstance(value, (list, tuple)) or isinstance(value, np.ndarray) and value.ndim and value.size <= _ROOM
    return bool(gathered and len(value) and not isinstance(whole, np.ndarray) and all(is_part(item, whole) for item in value))


def _alike(a, b) -> bool:
    numbers = all(isinstance(v, (int, float, complex, np.generic, np.ndarray)) for v in (a, b))
    return equal_values(np.asarray(a), np.asarray(b), EXACT, nan_agrees=True) if numbers else equal_values(a, b, EXACT, nan_agrees=True)


def _number(value) -> bool:
    return isinstance(value, (bool, int, float, complex))


def _first_difference(a, b, tolerance: Tolerance | None = None) -> tuple | None:
    """Of two values of one form: the place of the largest difference, what stands there, how many places differ of how many."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return _first_part({f"[{key!r}]": (a[key], b[key]) for key in a}, tolerance)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)) and len(a) == len(b):
        if not all(_number(x) for x in (*a, *b)):
            return _first_part({f"[{k}]": pair for k, pair in enumerate(zip(a, b))}, tolerance)
    if not all(isinstance(v, (bool, int, float, complex, list, tuple, np.ndarray, np.generic)) for v in (a, b)):
        return None
    try:
        x, y = np.asarray(a), np.asarray(b)
    except ValueError:  # rows of different lengths
        return None
    if x.shape != y.shape or x.dtype.kind not in "biufc" or y.dtype.kind not in "biufc":
        return None
    unequal = (x != y) & ~np.isclose(x, y, rtol=1e-14, atol=0)  # a last digit is not what is meant
    if tolerance is not None and np.shape(tolerance.atol) in ((), x.shape):
        unequal &= ~near(x, y, tolerance)
    if not np.any(unequal):
        unequal = x != y
    if not np.any(unequal):
        return None
    with np.errstate(all="ignore"):
        size = np.abs(x.astype(complex) - y.astype(complex))
    at = np.unravel_index(np.argmax(np.where(unequal, np.where(np.isnan(size), np.inf, size), -1)), x.shape)
    where = f"[{', '.join(map(str, at))}]" if x.ndim else ""
    return where, x[at].item(), y[at].item(), int(np.sum(unequal)), x.size


def _first_part(parts: dict[str, tuple], tolerance: Tolerance | None) -> tuple | None:
    for name, (a, b) in parts.items():
        if (found := _first_difference(a, b, tolerance)) is not None:
            return name + found[0], *found[1:]
    return None


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
        if array.size > _ROOM:
            return describe(array)
        with np.printoptions(precision=6, suppress=False):
            return np.array2string(array, separator=", ", max_line_width=80)
    if isinstance(value, (list, tuple)) and len(value) <= _ROOM:
        items = ", ".join(map(value_text, value))
        text = f"[{items}]" if isinstance(value, list) else f"({items}{',' * (len(value) == 1)})"
        return text if len(text) <= 160 else describe(value)
    if isinstance(value, dict) and len(value) <= _ROOM:
        text = "{" + ", ".join(f"{key!r}: {value_text(item)}" for key, item in value.items()) + "}"
        return text if len(text) <= 160 else describe(value)
    return describe(value)
