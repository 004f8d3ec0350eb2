"""Arguments stay as they were; a result shares no memory with them where it must be the caller's own, and its parts share none with each other."""

from __future__ import annotations

from ..writing.exercise import Exercise, Miss
from .record import Call


def leaves_arguments_alone(t):
    """What it is given stays as it was"""
    for call in t.calls:
        changed = [_name(t.exercise, place) for place in call.outcome.mutated]
        changed = [name for name in changed if name not in t.exercise.changes]
        if changed:
            raise _about(call, f"{changed[0]} changed", f"{changed[0]} unchanged", "Whoever gave it to you still needs it. Work on a copy.")
        if t.exercise.own_memory and call.outcome.shared:
            name = _name(t.exercise, call.outcome.shared[0])
            raise _about(
                call,
                f"a result that shares its numbers with {name}",
                "a new array",
                f"When one of the two is changed later, so is the other. Copy {name}.",
            )


def parts_are_apart(t):
    """The arrays that it returns can be changed one by one"""
    for call in t.calls:
        if call.outcome.entangled:
            raise _about(
                call,
                "two arrays that share their numbers",
                "arrays of their own",
                "When one of them is changed in place later, so is the other.",
            )


def _name(exercise: Exercise, place: int) -> str:
    """What a learner calls the argument; with a program in between, its arguments may be others."""
    names = exercise.parameters
    return names[place] if place < len(names) and not exercise.program else "an argument"


def _about(call: Call, given: str, wanted: str, why: str) -> Miss:
    miss = Miss(given, wanted, why)
    miss.call = call.args
    return miss
