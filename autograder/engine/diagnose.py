"""Finds the known mistake that explains a wrong answer. It speaks only on evidence, and never decides the points."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..shared.answer import Answer, LocalAnswer, Outcome
from ..writing.compare import SAME_NUMBERS, Tolerance, equal_values
from ..writing.contracts import Items, Mapping
from ..writing.exercise import Exercise, Mistake
from .relations import distance
from .trial import Call, Compared, Trial

_SILENT = ("", "")
_EXPLAINED = 0.1  # a mistake that explains a deviation leaves less than this share of it
Evidence = Callable[[Answer, list[str]], Trial]


def known(exercise: Exercise, trial: Trial, failing: list[Call], judged: list[str], evidence: Evidence) -> tuple[str, str]:
    """Name and message of the mistake that explains the answer, or two empty texts.

    It must have done on every call of the `trial` what the answer did (values, exceptions, mutations, cost), and fail the
    `judged` checks that the answer failed and no other, by as much. On the checks that were skipped no number of its may differ
    either; and where little speaks for it, because all that came back was truth values, whole numbers or exceptions,
    it must agree with everything there.
    ``evidence(answer, names)`` is a trial of an answer with the checks of these names, none skipped. When no mistake explains
    an answer of several outputs, two may explain it together, each its own.
    """
    calls = [*failing, *trial.calls]
    fits = _tightest_first(exercise, calls)
    skipped = [check.name for check in exercise.checks if check.name not in judged]
    more, strict = None, not _says_much(failing)
    for digits, mistake in fits:
        theirs = evidence(_stand_in(exercise, mistake), judged + skipped if mistake.by_size == "calls" else judged)
        if mistake.by_size == "calls":
            agrees = _left_out(trial) <= _left_out(theirs)
        else:
            agrees = _verdicts(trial, judged) == _verdicts(theirs, judged)
        if not agrees or not mistake.by_size and not all(_explained(*pair) for pair in _side_by_side(trial, theirs)):
            continue
        # an answer behind a pipe is not called beyond what its points need
        if skipped and (strict or digits) and not trial.answer.remote:
            more = more or evidence(trial.answer, skipped)
            beyond = evidence(_stand_in(exercise, mistake), skipped)
            if strict and _verdicts(more, skipped) != _verdicts(beyond, skipped) or not _agree(more, beyond, mistake.tolerance, strict):
                continue
        return mistake.name, mistake.message
    return _together(exercise, trial, calls, judged, evidence)


def _stand_in(exercise: Exercise, mistake: Mistake) -> LocalAnswer:
    return LocalAnswer(mistake.function, exercise.stand_ins)


def _tightest_first(exercise: Exercise, calls: list[Call]) -> list[tuple[bool, Mistake]]:
    """The mistakes that reproduce all `calls`, each with whether it does so to the digits of the same formula; these come first."""
    ranked = []
    scale = max((_size(call.outcome.value) for call in calls), default=1.0)
    tight = SAME_NUMBERS.at(scale)
    for mistake in exercise.mistakes:
        answer, made, tolerance = _stand_in(exercise, mistake), [], mistake.tolerance.at(scale)
        for call in calls:
            made.append((call, answer.call(call.args, exercise.program)))
            if not _same(*made[-1], tolerance, exercise.counts_calls):
                break
        else:
            digits = all(_same(*pair, tight, exercise.counts_calls) for pair in made)
            ranked.append((digits, mistake))
    return sorted(ranked, key=lambda item: (not item[0], 0.0 if item[0] else item[1].tolerance.rtol))


def _size(value) -> float:
    """The largest finite number in a value."""
    if isinstance(value, dict):
        return max(map(_size, value.values()), default=0.0)
    if isinstance(value, (list, tuple)):
        return max(map(_size, value), default=0.0)
    if not isinstance(value, (int, float, complex, np.ndarray, np.generic)):
        return 0.0
    numbers = np.asarray(value)
    if numbers.dtype.kind not in "biufc":  # whole numbers that no float can hold have no size to speak of
        return 0.0
    sizes = np.abs(numbers.astype(complex))
    return float(np.max(sizes[np.isfinite(sizes)], initial=0.0))


def _same(call: Call, ours: Outcome, tolerance: Tolerance, counts: bool) -> bool:
    """Whether a mistake did in a call what the answer did."""
    theirs = call.outcome
    if theirs.raised != ours.raised or theirs.mutated != ours.mutated:
        return False
    if call.stumbled and theirs.message and ours.message and theirs.message != ours.message:
        return False  # another exception of the same kind: it came from somewhere else (behind a pipe there are no texts)
    if not theirs.raised and not (
        _kind(theirs.value) == _kind(ours.value) and equal_values(theirs.value, ours.value, tolerance, nan_agrees=True)
    ):
        return False
    # a mistake that only costs too much is told by its cost: the factor, not the exact number of calls
    few, many = sorted((ours.evaluations, theirs.evaluations))
    return not counts or few == many or 2 * few > many


def _kind(value) -> str:
    """What kind of numbers a value is: complex, of less than double precision, an array of whole numbers, or the usual."""
    if isinstance(value, complex):
        return "c"
    if not isinstance(value, (np.ndarray, np.generic)):
        return ""
    return value.dtype.name if value.dtype in (np.float32, np.float16) else value.dtype.kind.replace("f", "").replace("u", "i")


def _agree(mine: Trial, theirs: Trial, tolerance: Tolerance, strict: bool) -> bool:
    """Whether answer and mistake did the same in all calls of two trials; when not `strict`, whether no finite value differs.

    An answer may have a slip of another kind besides, such as an exception that it forgets: that takes nothing from the name.
    """
    exercise = mine.exercise
    tolerance = tolerance.at(max((_size(call.outcome.value) for call in mine.calls), default=1.0))
    if strict:
        pairs = zip(mine.calls, theirs.calls)
        return len(mine.calls) == len(theirs.calls) and all(_same(a, b.outcome, tolerance, exercise.counts_calls) for a, b in pairs)
    others = {tuple(map(id, call.args)): call.outcome for call in theirs.calls}
    for call in mine.calls:
        other = others.get(tuple(map(id, call.args)))
        if other is None or call.outcome.raised or other.raised:
            continue
        off = distance(call.outcome.value, other.value)
        if off is not None and np.isfinite(off) and not equal_values(call.outcome.value, other.value, tolerance, nan_agrees=True):
            return False
    return True


def _says_much(failing: list[Call]) -> bool:
    """Whether a number came back that hardly two mistakes have in common."""
    return any(_telling(call.outcome.value) for call in failing if not call.outcome.raised)


def _telling(value) -> bool:
    if isinstance(value, dict):
        return any(map(_telling, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_telling, value))
    if isinstance(value, (float, complex, np.ndarray, np.generic)):
        numbers = np.asarray(value)
        if numbers.dtype.kind not in "fc":
            return False
        numbers = numbers[np.isfinite(numbers)]
        return bool(np.any((np.abs(numbers) > SAME_NUMBERS.atol) & (numbers != np.round(numbers))))
    return False


def _verdicts(trial: Trial, names: list[str]) -> dict[str, bool]:
    """Of each check of these names whether it held on all its cases."""
    verdicts = {check.name: True for check in trial.exercise.checks if check.name in names}
    for case in trial.tried:
        if case.check in verdicts and not case.held:
            verdicts[case.check] = False
    return verdicts


def _left_out(trial: Trial) -> set[tuple[bool, ...]]:
    """Of the calls of cases that failed, which arguments each was given."""
    return {tuple(arg is not None for arg in call) for case in trial.tried if not case.held for call in case.calls}


def _side_by_side(mine: Trial, theirs: Trial) -> Iterator[tuple[Compared, Compared]]:
    """What a check compared of the answer and found wanting, and what it compared of the mistake in the same place."""
    for name in dict.fromkeys(pair.check for pair in mine.pairs):
        ours, others = ([pair for pair in trial.pairs if pair.check == name] for trial in (mine, theirs))
        yield from ((a, b) for a, b in zip(ours, others) if not a.held)


def _explained(answer: Compared, mistake: Compared) -> bool:
    """Whether a mistake is wrong where the answer is, and by as much."""
    off = distance(answer.given, answer.wanted)
    left = distance(answer.given, mistake.given)  # a NaN at the same place is no difference, and an infinite one beside any other number
    return not mistake.held and (off is None or left is None or left == 0 or left <= _EXPLAINED * off)


class _Composed:
    """An answer whose outputs are those of several mistakes, one for each."""

    remote = False

    def __init__(self, exercise: Exercise, parts: dict[object, Mistake]):
        self.parts = [(key, _stand_in(exercise, mistake)) for key, mistake in parts.items()]

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        made = [answer.call(args, program) for _, answer in self.parts]
        for outcome in made:
            if outcome.raised or not isinstance(outcome.value, (tuple, list, dict)):
                return outcome
        wholes: list[Any] = [outcome.value for outcome in made]  # each a tuple, a list or a dict
        values = {key: whole[key] for (key, _), whole in zip(self.parts, wholes)}
        return replace(made[0], value=values if isinstance(wholes[0], dict) else tuple(values.values()))

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Nothing: the mistakes are in this process."""


def _together(exercise: Exercise, trial: Trial, calls: list[Call], judged: list[str], evidence: Evidence) -> tuple[str, str]:
    """Two mistakes in one answer: each makes some of its outputs, and each fails checks that the other does not."""
    keys = _outputs(calls) if isinstance(exercise.returns, (Items, Mapping)) else []
    if len(keys) < 2:
        return _SILENT
    made = {m.name: [_stand_in(exercise, m).call(call.args, exercise.program) for call in calls] for m in exercise.mistakes}
    by_key = {key: [m for m in exercise.mistakes if _same_part(calls, made[m.name], key, m)] for key in keys}
    if not all(by_key.values()):
        return _SILENT
    wrong = {name for name, held in _verdicts(trial, judged).items() if not held}
    failed: dict[str, set[str]] = {}
    for mistake in {m.name: m for fits in by_key.values() for m in fits}.values():
        verdicts = _verdicts(evidence(_stand_in(exercise, mistake), judged), judged)
        failed[mistake.name] = {name for name, held in verdicts.items() if not held}
    candidates = [m for m in exercise.mistakes if failed.get(m.name) and failed[m.name] < wrong]
    for one, other in itertools.combinations(candidates, 2):
        if failed[one.name] | failed[other.name] != wrong:
            continue
        parts = {key: one if one in by_key[key] else other for key in keys if one in by_key[key] or other in by_key[key]}
        if len(parts) < len(keys) or not {one.name, other.name} <= {m.name for m in parts.values()}:
            continue
        theirs = evidence(_Composed(exercise, parts), judged)
        if _verdicts(theirs, judged) == _verdicts(trial, judged) and all(_explained(*pair) for pair in _side_by_side(trial, theirs)):
            return f"{one.name}+{other.name}", f"Two things at once. {one.message} And: {other.message}"
    return _SILENT


def _outputs(calls: list[Call]) -> list:
    """The keys of the outputs that every call gave, or none."""
    values: list[Any] = [call.outcome.value for call in calls]
    if not values or any(call.outcome.raised for call in calls):
        return []
    if all(isinstance(value, dict) and value.keys() == values[0].keys() for value in values):
        return list(values[0])
    if all(isinstance(value, (tuple, list)) and len(value) == len(values[0]) for value in values):
        return list(range(len(values[0])))
    return []


def _same_part(calls: list[Call], made: list[Outcome], key, mistake: Mistake) -> bool:
    for call, outcome in zip(calls, made):
        value: Any = outcome.value
        whole: Any = call.outcome.value  # `_outputs` has found its keys
        if outcome.raised or not isinstance(value, (dict, tuple, list)) or len(value) != len(whole):
            return False
        if isinstance(value, dict) != isinstance(whole, dict) or isinstance(value, dict) and key not in value:
            return False
        if not equal_values(value[key], whole[key], mistake.tolerance, nan_agrees=True):
            return False
    return True
