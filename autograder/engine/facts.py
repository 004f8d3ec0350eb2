"""Plain facts about a wrong answer that has no name: where it fails and how it differs. Each sentence stands beside its test."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..shared.answer import Outcome
from ..shared.values import same
from ..writing.compare import Tolerance, near
from ..writing.exercise import Exercise
from . import conduct, inputs
from .record import Call, Compared
from .relations import numbers, numeric, related
from .trial import Trial

_CLOSE = Tolerance(1e-9, 1e-12, "entries that a check compared in its own way")
_SEVERAL = 3  # comparisons that differ in the same entries, before this is no chance


def told(exercise: Exercise, trial: Trial, sentences: dict[str, str], calls: list[Call]) -> tuple[str, str]:
    """A name and what is plain to see, or two empty texts. `sentences` are those of the checks that failed, by name.

    `calls` are all that were made, in their order.

    A relation to the wanted numbers has a name ("sign", "factor"); everything else is a fact without one.
    """
    failing = [pair for pair in trial.pairs if not pair.held and pair.check in sentences]
    signature = ", ".join(inputs.known_names(exercise, failing[0].args)) if failing else ""
    name, relation = related(failing, signature)
    relation = relation and _where_wrong(trial, relation)
    if not relation:
        name, relation = _one_for_each(trial, failing, sentences, signature)
    relation = relation or _where_wrong(trial, next(_differences(failing), ""))
    relation = relation or next(conduct.told(exercise, trial, set(sentences), calls), "")
    return name, " ".join(filter(None, (relation, next(_where(exercise, trial, calls), ""))))


def _where_wrong(trial: Trial, sentence: str, check: str = "") -> str:
    """The sentence, said of the inputs that fail alone when others hold; of one `check`, or of all."""
    held = [pair.held for pair in trial.pairs if check in ("", pair.check)]
    held += [bool(case.held and case.calls) for case in trial.tried if check in ("", case.check)]
    if not sentence or not any(held):
        return sentence
    return f"Where it goes wrong, {sentence[0].lower()}{sentence[1:]}"


def _one_for_each(trial: Trial, failing: list[Compared], sentences: dict[str, str], signature: str) -> tuple[str, str]:
    """The relations of those checks that have one: an answer of several outputs may be wrong in several ways."""
    found = {}
    for check, sentence in sentences.items():
        name, relation = related([pair for pair in failing if pair.check == check], signature)
        if relation:
            relation = _where_wrong(trial, relation, check)
            found[name] = f"“{sentence}”: {relation[0].lower()}{relation[1:]}"
    return "+".join(found), " ".join(list(found.values())[:2])


def _differences(failing: list[Compared]) -> Iterator[str]:
    """How the numbers differ where no relation holds."""
    if not failing or not all(numeric(pair.given) and numeric(pair.wanted) for pair in failing):
        return
    pairs = [(np.asarray(pair.given), np.asarray(pair.wanted)) for pair in failing]
    if any(g.shape != w.shape for g, w in pairs):
        return
    if all(np.any(np.isnan(g)) for g, _ in pairs):
        everything = all(np.all(np.isnan(g)) for g, _ in pairs)
        yield "All numbers in question are NaN." if everything else "Some of the numbers are NaN."
    elif all(np.any(np.isinf(g)) for g, _ in pairs):
        yield "A number that came back is infinite."
    if not numbers(failing):
        return
    if all(not np.any(g) and np.any(w) for g, w in pairs):
        yield "All numbers in question are 0."
    if all(np.size(g) == 1 for g, _ in pairs) and len({g.tobytes() for g, _ in pairs}) == 1 and len({w.tobytes() for _, w in pairs}) > 1:
        yield "The number in question is the same each time."
    wrong = [~near(g, w, pair.tolerance or _CLOSE) for (g, w), pair in zip(pairs, failing)]
    if len({w.tobytes() for _, w in pairs}) >= _SEVERAL and all(w.ndim and np.any(w) and not np.all(w) for w in wrong):
        yield from _entries(wrong)
    scale = max(float(np.max(np.abs(g - w)) / np.max(np.abs(w))) if np.any(w) else np.inf for g, w in pairs)
    if 1e-15 < scale < 1e-3:
        yield f"Your numbers agree with the wanted ones to about {int(-np.log10(scale))} digits, not more."


def _entries(wrong: list[np.ndarray]) -> Iterator[str]:
    """Which entries are wrong, the same in all comparisons."""
    if all(w.ndim == 2 and min(w.shape) > 1 for w in wrong):
        diagonals = [(w, np.eye(w.shape[0], w.shape[1], dtype=bool)) for w in wrong]
        if all(np.array_equal(w, diagonal) for w, diagonal in diagonals):
            yield "Exactly the entries on the diagonal are wrong."
        if all(np.array_equal(w, ~diagonal) for w, diagonal in diagonals):
            yield "Exactly the entries off the diagonal are wrong."
        for axis, word in ((0, "row"), (1, "column")) if len({w.shape for w in wrong}) > 1 else ():
            for place, which in ((0, "first"), (-1, "last")):
                if all(_only(np.moveaxis(w, axis, 0), place) for w in wrong):
                    yield f"Only the {which} {word} is wrong."
    if all(w.ndim == 1 and len(w) > 1 for w in wrong) and len({w.shape for w in wrong}) > 1:
        for place, which in ((0, "first"), (-1, "last")):
            if all(_only(w, place) for w in wrong):
                yield f"Only the {which} entry is wrong."
            if all(len(w) > 2 and _only(~w, place) for w in wrong):
                yield f"Only the {which} entry is right."


def _only(wrong: np.ndarray, place: int) -> bool:
    rest = np.delete(wrong, place, axis=0)
    return bool(np.any(wrong[place])) and not np.any(rest)


def _where(exercise: Exercise, trial: Trial, calls: list[Call]) -> Iterator[str]:
    """What else is plain to see: in calls, in truth values, in the inputs that fail."""
    yield from _memory(calls)
    yield from _verdicts(trial)
    yield from inputs.where(exercise, trial)


def _memory(calls: list[Call]) -> Iterator[str]:
    """Whether the same call gave two different results."""
    first: dict[tuple[int, ...], Outcome] = {}
    for call in calls:
        before = first.setdefault(tuple(map(id, call.args)), call.outcome)
        if before.raised == call.outcome.raised and not same(before.value, call.outcome.value):
            yield "The same call gives one result now and another one later."
            return


def _verdicts(trial: Trial) -> Iterator[str]:
    """What truth values have in common."""
    values = [call.outcome.value for call in trial.calls]
    if any(call.outcome.raised for call in trial.calls) or len(values) < 3 or not all(isinstance(value, bool) for value in values):
        return
    if len(set(values)) == 1:
        yield f"It said {values[0]} for all {len(values)} inputs that were tried."
    elif all(not case.held and len(case.calls) == 1 for case in trial.tried if case.held is not None):
        yield "It says the opposite of what is wanted each time."
