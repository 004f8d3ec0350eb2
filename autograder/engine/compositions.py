"""Names two slips in one answer: two known mistakes, each in its outputs, or one with a sign or a factor besides. On the evidence of all calls."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np

from ..shared.answer import Outcome
from ..shared.values import Seeded
from ..writing.compare import RELATED, SAME_NUMBERS, close, equal_values
from ..writing.contracts import Items, Mapping
from ..writing.exercise import Exercise, Mistake
from .diagnose import Evidence, StandIn, explained, same_call, says_much, side_by_side, size_of, verdicts_of
from .record import Call
from .relations import distance, numeric, related
from .show import apart
from .trial import Trial

_SILENT = ("", "")
_NEEDED = 0.1  # of what is left without the mistake, less than this share is left with it
_SMALLEST = 1e-9  # a factor that is further from 1 is none that anybody writes
_NUMBERS = 3  # different numbers of a mistake's, before a factor says anything


def known(exercise: Exercise, trial: Trial, failing: list[Call], judged: list[str], evidence: Evidence) -> tuple[str, str]:
    """Names and message of two slips that explain the answer together, or two empty texts; arguments as in `diagnose.known`."""
    calls = [*failing, *trial.calls]
    found = _together(exercise, trial, calls, judged, evidence)
    return found if found[0] else _with_a_factor(exercise, trial, calls, judged, evidence)


class _Composed:
    """An answer whose outputs are those of several mistakes, one for each."""

    remote = False

    def __init__(self, exercise: Exercise, parts: dict[object, Mistake]):
        self.parts = [(key, StandIn(exercise, mistake)) for key, mistake in parts.items()]

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
    made = {m.name: [StandIn(exercise, m).call(call.args, exercise.program) for call in calls] for m in exercise.mistakes}
    by_key = {key: [m for m in exercise.mistakes if _same_part(calls, made[m.name], key, m)] for key in keys}
    if not all(by_key.values()):
        return _SILENT
    wrong = {name for name, held in verdicts_of(trial, judged).items() if not held}
    failed: dict[str, set[str]] = {}
    for mistake in {m.name: m for fits in by_key.values() for m in fits}.values():
        verdicts = verdicts_of(evidence(StandIn(exercise, mistake), judged), judged)
        failed[mistake.name] = {name for name, held in verdicts.items() if not held}
    candidates = [m for m in exercise.mistakes if failed.get(m.name) and failed[m.name] < wrong]
    for one, other in itertools.combinations(candidates, 2):
        if failed[one.name] | failed[other.name] != wrong:
            continue
        parts = {key: one if one in by_key[key] else other for key in keys if one in by_key[key] or other in by_key[key]}
        if len(parts) < len(keys) or not {one.name, other.name} <= {m.name for m in parts.values()}:
            continue
        theirs = evidence(_Composed(exercise, parts), judged)
        if verdicts_of(theirs, judged) == verdicts_of(trial, judged) and all(explained(*pair) for pair in side_by_side(trial, theirs)):
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


class _Scaled:
    """An answer whose numbers are those of a mistake, times a factor; one for each output where there are several."""

    remote = False

    def __init__(self, exercise: Exercise, mistake: Mistake, factors: dict):
        self.answer, self.factors = StandIn(exercise, mistake), factors

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        outcome = self.answer.call(args, program)
        return outcome if outcome.raised else replace(outcome, value=_times(outcome.value, self.factors))

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Nothing: the mistakes are in this process."""


def _times(value, factors: dict):
    """The value with each output times its factor; the key of a value that is one output is None."""
    if None in factors:
        return value * factors[None] if _is_number(value) else value
    if not isinstance(value, (dict, list, tuple)):
        return value
    if isinstance(value, dict):
        return {key: _times(part, {None: factors.get(key, 1.0)}) for key, part in value.items()}
    return type(value)(_times(part, {None: factors.get(key, 1.0)}) for key, part in enumerate(value))


def _is_number(value) -> bool:
    numbers = np.asarray(value) if isinstance(value, (float, complex, np.ndarray, np.generic)) else None
    return numbers is not None and numbers.dtype.kind in "fc"


def _with_a_factor(exercise: Exercise, trial: Trial, calls: list[Call], judged: list[str], evidence: Evidence) -> tuple[str, str]:
    """A known mistake whose numbers come out with the sign flipped or with one factor, all of them or those of some outputs."""
    if any(isinstance(arg, Seeded) for call in calls for arg in call.args):
        return _SILENT  # random numbers have no sign that is wrong
    if not says_much(calls) or related([pair for pair in trial.pairs if not pair.held])[0]:
        return _SILENT  # a factor alone explains it
    keys = _outputs(calls) if isinstance(exercise.returns, (Items, Mapping)) else []
    scale = max((size_of(call.outcome.value) for call in calls), default=1.0)
    wrong = verdicts_of(trial, judged)
    for mistake in exercise.mistakes:
        factors = {} if mistake.by_size else _factors_of(exercise, mistake, calls, keys or [None])
        others = {factor for factor in factors.values() if factor != 1}
        if len(others) != 1 or any(factor < 0 and factor != -1 for factor in others):
            continue  # a sign and a factor besides a mistake are two guesses too many
        both, tolerance = _Scaled(exercise, mistake, factors), mistake.tolerance.at(scale)
        if not all(same_call(call, both.call(call.args, exercise.program), tolerance, exercise.counts_calls) for call in calls):
            continue
        theirs = evidence(both, judged)
        pairs = list(side_by_side(trial, theirs))
        if verdicts_of(theirs, judged) != wrong or not all(explained(*pair) for pair in pairs):
            continue
        alone = verdicts_of(evidence(StandIn(exercise, mistake), judged), judged)
        where_it_fails = not wrong or bool(_failed(alone)) and _failed(alone) <= _failed(wrong)  # where no check was judged, at the gate
        if wrong and not any(map(_has_numbers, pairs)):  # the checks that failed compare no numbers: those that were skipped may
            if trial.answer.remote:
                continue
            every = [check.name for check in exercise.checks]
            pairs = list(side_by_side(evidence(trial.answer, every), evidence(both, every)))
        if not _is_needed(pairs, others) and (any(map(_has_numbers, pairs)) or not where_it_fails):
            continue
        factor = others.pop()
        how = "with the sign flipped" if factor == -1 else f"times {apart(factor, 1.0)[0]}"
        scaled = [f"`{key}`" if isinstance(key, str) else f"output {key + 1}" for key, by in factors.items() if key is not None and by != 1]
        what = "what you return" if len(scaled) in (0, len(keys)) else " and ".join(scaled)
        return (
            f"{mistake.name}+{'sign' if factor == -1 else 'factor'}",
            f"Two things at once. {mistake.message} And {what} comes out {how}.",
        )
    return _SILENT


def _factors_of(exercise: Exercise, mistake: Mistake, calls: list[Call], keys: list) -> dict:
    """For each output the factor between the answer's numbers and the mistake's where these are largest; 1 where all are 0. Empty where there is none."""
    answer, factors = StandIn(exercise, mistake), dict.fromkeys(keys, 1.0)
    largest, seen = dict.fromkeys(keys, 0.0), set()
    for call in calls:
        ours = answer.call(call.args, exercise.program)
        if call.outcome.raised or ours.raised:
            continue
        for key in keys:
            mine, theirs = (_part(outcome.value, key) for outcome in (call.outcome, ours))
            if not (_is_number(mine) and _is_number(theirs)) or np.shape(mine) != np.shape(theirs) or not np.size(mine):
                return {}
            sizes = np.abs(np.where(np.isfinite(theirs) & np.isfinite(mine), theirs, 0.0))
            at = np.unravel_index(np.argmax(sizes), np.shape(sizes))
            seen |= set(np.ravel(sizes[sizes > 0])[:5].tolist())
            if sizes[at] > largest[key]:
                ratio = complex(np.asarray(mine)[at] / np.asarray(theirs)[at])
                if not _SMALLEST < abs(ratio) < 1 / _SMALLEST or abs(ratio.imag) > 1e-9 * abs(ratio):
                    return {}
                largest[key], factors[key] = sizes[at], _plain(ratio.real)
    return factors if len(seen) >= _NUMBERS and all(factors.values()) else {}


def _part(value, key):
    """One of the outputs, None where the value is of another form."""
    if key is None:
        return value
    try:
        return value[key]
    except (LookupError, TypeError):
        return None


def _plain(factor: float) -> float:
    """The factor without the rounding of the numbers that it comes from: 2 for 1.9999999999999."""
    near = [round(factor, 6)]
    if abs(factor) < 1000:  # a third is no short decimal, and neither is a seventh
        near.append(1 / (round(1 / factor, 6) or 1.0))
    return next((plain for plain in near if abs(plain - factor) < 1e-9 * abs(factor)), factor)


def _failed(verdicts: dict[str, bool]) -> set[str]:
    return {name for name, held in verdicts.items() if not held}


def _has_numbers(pair: tuple) -> bool:
    return numeric(pair[0].given) and numeric(pair[0].wanted)


def _is_needed(pairs: list, factors: set[float]) -> bool:
    """Whether a comparison that failed is not explained as well by the wanted numbers, with or without one of the factors, or with one of their own."""
    answers = [mine for mine, _ in pairs]
    if _only_a_factor(answers) and _only_a_factor([theirs for _, theirs in pairs]):
        return False  # up to the errors of a numerical method both are one factor: the mistake adds nothing to it
    tried = (1.0, *factors, *_own_factor(answers))
    for mine, theirs in pairs:
        left = distance(mine.given, theirs.given)
        rounding = SAME_NUMBERS.rtol * size_of(mine.given)
        without = [distance(mine.given, by * np.asarray(mine.wanted)) for by in tried if numeric(mine.wanted)]
        if left is not None and without and all(off is None or max(rounding, left) < _NEEDED * off for off in without):
            return True
    return False


def _only_a_factor(pairs: list) -> bool:
    """Whether one factor makes the given numbers of the wanted ones, as far as a numerical method can tell."""
    own = _own_factor(pairs)
    return bool(own) and all(close(pair.given, own[0] * np.asarray(pair.wanted), RELATED) for pair in pairs if _has_numbers((pair,)))


def _own_factor(pairs: list) -> list[float]:
    """The factor between given and wanted numbers where these are largest, if there is one: the mistake may itself be no more than a factor."""
    largest, own = 0.0, []
    for given, wanted in ((np.asarray(pair.given), np.asarray(pair.wanted)) for pair in pairs if _has_numbers((pair,))):
        if given.shape != wanted.shape or not wanted.size or np.iscomplexobj(given) or np.iscomplexobj(wanted):
            continue
        at = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
        if largest < abs(wanted[at]) < np.inf and np.isfinite(given[at]):
            largest, own = abs(wanted[at]), [float(given[at] / wanted[at])]
    return own
