"""What a wrong answer did besides its numbers: it raised, it changed what it was given. Each sentence stands beside its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from ..writing.contracts import Items
from ..writing.exercise import Exercise, Miss
from .inputs import known_names
from .metamorphic import HANDED
from .record import Call
from .trial import Trial

_COUNTS = {2: "two", 3: "three"}
_ALONE = {"leaves_arguments_alone", "repeats"}  # the promises that a changed argument breaks


def told(exercise: Exercise, trial: Trial, failed: set[str], calls: list[Call]) -> Iterator[str]:
    """A sentence about exceptions or changed arguments. `failed` are the names of the checks that failed, `trial` made all of them."""
    yield from _raised(trial)
    yield from _exchanged(exercise, calls)
    if failed == {"hands_back"}:
        yield from _handed_back(exercise, calls)
    if failed <= _ALONE and "leaves_arguments_alone" in failed:
        changed = {place for call in calls for place in call.outcome.mutated}
        names = known_names(exercise, calls[0].args)
        words = [names[place] for place in sorted(changed) if place < len(names) and names[place] not in exercise.changes]
        if changed:
            what = " and ".join(words) if words else "what it was given"
            yield f"All that it returns is right, but it changes {what}: whoever passed it in finds other numbers in it afterwards."


def _exchanged(exercise: Exercise, calls: list[Call]) -> Iterator[str]:
    """Whether the values of all calls, each refused by the contract as they stand, are accepted in one other order."""
    kind = exercise.returns
    returned = [(call.outcome.value, call) for call in calls if isinstance(call.outcome.value, (tuple, list))]
    if not isinstance(kind, Items) or not 1 < len(kind.parts) < 4 or not returned or len(returned) < len(calls):
        return
    orders = [
        order
        for order in permutations(range(len(kind.parts)))
        if all(len(values) == len(order) and _accepts(kind, [values[k] for k in order], call) for values, call in returned)
    ]
    if len(orders) == 1 and orders[0] != tuple(range(len(kind.parts))):
        told = "the other order" if len(orders[0]) == 2 else f"the order {', '.join(str(k + 1) for k in orders[0])}"
        yield f"In {told} the {_COUNTS[len(orders[0])]} values that you return would have the kinds and shapes that are asked for."


def _accepts(kind: Items, values: list, call: Call) -> bool:
    try:
        kind.accept(tuple(values), call.args)
    except Miss:
        return False
    return True


def _handed_back(exercise: Exercise, calls: list[Call]) -> Iterator[str]:
    """Which argument changes, with a function that returns what it was given, and is one of this call."""
    for call in calls:
        given = [name for name, arg in zip(exercise.parameters, call.args) if arg is HANDED]
        changed = [name for k, name in enumerate(exercise.parameters) if k in call.outcome.mutated]
        if given and changed and not exercise.program:
            yield f"It changes {changed[0]} where {given[0]} returns the very array that it was given: it writes into what {given[0]} gives back."
            return


def _raised(trial: Trial) -> Iterator[str]:
    """Whether all cases that fail do so by the same exception, where a value was wanted."""
    outcomes = {tuple(map(id, call.args)): call for call in trial.calls}
    bad = [case for case in trial.tried if case.held is False]
    good = any(case.held for case in trial.tried)
    lasts = [outcomes.get(tuple(map(id, case.calls[-1]))) for case in bad if case.calls]
    if len(lasts) != len(bad) or not bad or not all(call is not None and call.stumbled for call in lasts):
        return
    kinds = {call.outcome.raised for call in lasts if call is not None}
    if len(kinds) == 1 and not kinds & {"WrongKind", "NotAFunction"}:
        yield f"Where it goes wrong, it raises {kinds.pop()}." if good else f"It raises {kinds.pop()} each time."
