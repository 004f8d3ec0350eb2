"""Relations that need no truth: the same numbers in another form must give the same answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np

from ..shared.functions import Function
from ..shared.values import laid_out
from ..writing.case import CheckOnly, arguments
from ..writing.compare import RELATED, Tolerance, equal_values
from ..writing.exercise import Exercise, Miss
from .rounding import off, spread

_WORDS = {
    "F": "column by column (Fortran order)",
    "S": "with gaps between the numbers, as a slice such as a[:, ::2] does",
    "D": "under the same names in another order",
}


def dressed(exercise: Exercise) -> Callable:
    """The maker of cases for `layouts`: an input with arrays in it, and the same numbers laid out otherwise."""

    def layouts(rng) -> Iterator[tuple]:
        assert exercise.make_cases is not None, "the runner has drawn a first case"
        cases = [arguments(case if isinstance(case, tuple) else (case,)) for case in exercise.make_cases(rng)]
        edges = [arguments(case) for case in exercise.edge_cases(rng)]
        most = max([*cases, *edges], key=_axes, default=())
        kinds = ["F", "S"] if _axes(most) > 1 else ["S"] if _axes(most) else []
        for kind in kinds + ["D"] * any(isinstance(arg, dict) and len(arg) > 1 for arg in most):
            yield CheckOnly(most), CheckOnly(_laid_out(most, kind)), CheckOnly(kind)

    return layouts


def layouts(t, plain: tuple, other: tuple, kind: str):
    """The same numbers give the same answer, however they are stored"""
    first, second = t.outcome(*plain), t.outcome(*other)
    tolerance = max(RELATED, t.exercise.tolerance or RELATED, key=lambda one: one.rtol)
    if first.raised:
        return  # another check's matter
    if second.raised:
        raise Miss(second.raised, "a value", f"The same numbers are stored {_WORDS[kind]} here.")
    if not equal_values(first.value, second.value, tolerance, nan_agrees=True) and not _by_rounding(
        t, plain, first.value, second.value, tolerance
    ):
        raise Miss(second.value, first.value, f"The same numbers give another answer when they are stored {_WORDS[kind]}.")


HANDED = Function("x", name="handed_back")
FRESH = Function("x + 0", name="fresh")


def handing_back(exercise: Exercise) -> Callable:
    """The maker of cases for `hands_back`: an input with two functions of arrays that are the same, of which one returns what it was given."""

    def hands_back(rng) -> Iterator[tuple]:
        assert exercise.make_cases is not None, "the runner has drawn a first case"
        makers = [exercise.make_cases, *dict.fromkeys(check.cases for check in exercise.checks if check.cases), exercise.edge_cases]
        seen: set[int] = set()
        for case in (arguments(case if isinstance(case, tuple) else (case,)) for make in makers for case in make(rng)):
            for place, arg in enumerate(case):
                if place not in seen and isinstance(arg, Function) and arg.args == "x" and any(_keeps_shape(arg, x) for x in case):
                    seen.add(place)
                    fresh, handed = ((*case[:place], function, *case[place + 1 :]) for function in (FRESH, HANDED))
                    yield CheckOnly(fresh), CheckOnly(handed), CheckOnly(place)

    return hands_back


def hands_back(t, fresh: tuple, handed: tuple, place: int):
    """A function that returns the very array that it was given is one like any other"""
    first, second = t.outcome(*fresh), t.outcome(*handed)
    if first.raised:
        return  # another check's matter, or no function for this exercise
    why = "One of the functions returns the very array that it was given here. Whoever writes into what comes back writes into that array."
    wanted = [name for k, name in enumerate(t.exercise.parameters) if k in second.mutated and k not in first.mutated]
    if second.raised:
        raise Miss(second.raised, "a value", why)
    if wanted and not t.exercise.program:
        raise Miss(f"{wanted[0]} changed", f"{wanted[0]} unchanged", why)
    if not equal_values(first.value, second.value, RELATED, nan_agrees=True):
        raise Miss(second.value, first.value, why)


def _keeps_shape(function: Function, x) -> bool:
    """Whether x is an array with axes, and the function makes an array of its shape of it."""
    if not isinstance(x, np.ndarray) or not x.ndim or x.dtype.kind != "f":
        return False
    with np.errstate(all="ignore"), contextlib.suppress(Exception):  # it may be a function of another argument
        value = function(x.copy())
        return isinstance(value, np.ndarray) and value.shape == x.shape
    return False


def _by_rounding(t, args: tuple, one, other, tolerance: Tolerance) -> bool:
    """Whether the answer moves as far when its inputs are off by a few roundings: what adds up in another order is rounded otherwise."""
    wide = max(spread(t.outcome(*off(args, signs)).value, one) for signs in ((1, -1), (1, 1, -1), (-1, 1)))
    return equal_values(one, other, Tolerance(tolerance.rtol, tolerance.atol + wide, "what roundings of its inputs do"), nan_agrees=True)


def _axes(value) -> int:
    """The most axes of an array in a nest; an array of one entry lies in one way only."""
    if isinstance(value, np.ndarray):
        return value.ndim if value.size > 1 else 0
    if isinstance(value, (list, tuple, dict)):
        return max(map(_axes, value.values() if isinstance(value, dict) else value), default=0)
    return 0


def _laid_out(value, kind: str):
    """The same values, with all arrays laid out in another way, or the entries of dicts in another order."""
    if isinstance(value, np.ndarray):
        return value if kind == "D" else laid_out(value, kind, value.flags.writeable)
    if isinstance(value, dict) and kind == "D":
        return dict(reversed(value.items()))
    if isinstance(value, dict):
        return {key: _laid_out(item, kind) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_laid_out(item, kind) for item in value)
    return value
