"""Relations that need no truth: the same numbers in another form must give the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..shared.values import laid_out
from ..writing.case import CheckOnly, arguments
from ..writing.compare import RELATED, equal_values
from ..writing.exercise import Exercise, Miss

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
    if not equal_values(first.value, second.value, tolerance, nan_agrees=True):
        raise Miss(second.value, first.value, f"The same numbers give another answer when they are stored {_WORDS[kind]}.")


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
