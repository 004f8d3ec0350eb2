"""Where a learner's function stops with an exception: the line of their own code, on an input that fails."""

from __future__ import annotations

import ast
import functools

from ..engine.places import Code, Place, Search
from ..writing.exercise import Exercise
from .rehearsal import COPY, Rehearsal


def stop(exercise: Exercise, rehearsal: Rehearsal, failing: dict[str, list[tuple]], tried: Search) -> Search:
    """The search with the line at which the first failing call stops, or `tried` as it is, where that call returns."""
    calls = next(iter(failing.values()), [])
    if not calls:
        return tried
    answer, frames = rehearsal.as_it_is(), []
    answer.function = _watched(answer.function, frames)
    outcome = answer.call(calls[0], exercise.program)
    for name, line in reversed(frames) if outcome.raised else ():
        if place := _place(rehearsal.code, name, line):
            return Search(((place,),), tried.tried, tried.complete, outcome.raised)
    return tried


def _watched(function, frames: list[tuple[str, int]]):
    """The function; `frames` is filled with where the learner's code was when it raised, the innermost last."""

    @functools.wraps(function)
    def watched(*args, **named):
        try:
            return function(*args, **named)
        except Exception as error:
            frames.clear()
            trace = error.__traceback__
            while trace is not None:
                if trace.tb_frame.f_code.co_filename == COPY:
                    frames.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
                trace = trace.tb_next
            raise

    return watched


def _place(code: Code, name: str, line: int) -> Place | None:
    """The whole line, in that one of the functions that has it in a function of this name."""
    for number, text in enumerate(code.functions):
        inside = [
            n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.Lambda)) and n.lineno <= line <= (n.end_lineno or 0)
        ]
        if any(getattr(node, "name", "<lambda>") == name for node in inside) or name.startswith("<") and inside:
            row = text.splitlines()[line - 1]
            return Place(number, line, len(row) - len(row.lstrip()), line, len(row.rstrip()))
    return None
