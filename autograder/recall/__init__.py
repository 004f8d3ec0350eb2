"""Questions for another day: a module for each lesson, fresh numbers each day, answers computed from formulas, and slips known by name.

A question asks for a number or one of a few options, never for code; no answer to an exercise stands here. `kinds` finds all of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from .question import Kind, Question, Slip, registered

__all__ = ["Kind", "Question", "Slip", "kinds", "kinds_of"]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of question by name, in the order of the modules' names."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return registered()


@cache
def kinds_of(mistake: str) -> tuple[str, ...]:
    """The kinds that bring back a known mistake, "exercise.mistake": those with a slip of that name, else those that revisit its exercise."""
    slips = tuple(kind.name for kind in kinds().values() if mistake in kind.slips)
    return slips or tuple(kind.name for kind in kinds().values() if mistake.partition(".")[0] in kind.revisits)
