"""Finds the known mistake that explains a wrong answer. It speaks only on evidence, and never decides the points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite

import numpy as np

from ..shared.answer import Answer, LocalAnswer, Outcome
from ..shared.values import same
from ..writing.compare import SAME_NUMBERS, Tolerance, equal_values
from ..writing.exercise import Exercise, Mistake
from .record import Call, Compared
from .relations import distance
from .trial import Trial

_SILENT = ("", "")
_MANY = 1000  # numbers among a call's arguments, from which on it is made after the others
_EXPLAINED = 0.1  # a mistake that explains a deviation leaves less than this share of it
Evidence = Callable[[Answer, list[str]], Trial]


def known(exercise: Exercise, trial: Trial, failing: list[Call], judged: list[str], evidence: Evidence) -> tuple[str, str]:
    """Name and message of the mistake that explains the answer, or two empty texts.

    It must have done on every call of the `trial` what the answer did (values, exceptions, mutations, cost), and fail the
    `judged` checks that the answer failed and no other, by as much. On the checks that were skipped no number of its may differ
    either; and where little speaks for it, because all that came back was truth values, whole numbers or exceptions,
    it must agree with everything there. ``evidence(answer, names)`` is a trial of an answer with the checks of these names, none skipped.
    An exception that the answer forgets besides takes nothing from the name: it has a check, and a sentence, of its own.
    """
    calls = [*failing, *trial.calls]
    found = _explanation(exercise, trial, calls, failing, judged, evidence)
    let_through = {id(call.args) for call in calls if call.let_through}
    if found[0] or not let_through:
        return found
    failed = [tried for tried in trial.tried if tried.held is False]
    others = {tried.check for tried in failed if not tried.calls or id(tried.calls[-1]) not in let_through}
    calls, failing = ([call for call in some if not call.let_through] for some in (calls, failing))
    forgotten = {tried.check for tried in failed} - others  # nothing else is wrong there
    judged = [name for name in judged if name not in forgotten]
    return _explanation(exercise, trial, calls, failing, judged, evidence) if failing else _SILENT


def _explanation(
    exercise: Exercise, trial: Trial, calls: list[Call], failing: list[Call], judged: list[str], evidence: Evidence
) -> tuple[str, str]:
    fits = _tightest_first(exercise, calls)
    skipped = [check.name for check in exercise.checks if check.name not in judged]
    more, strict = None, not says_much(failing)
    for digits, mistake, answer in fits:
        theirs = evidence(answer, judged + skipped if mistake.by_size == "calls" else judged)
        if mistake.by_size == "calls":
            agrees = _left_out(trial) <= _left_out(theirs)
        else:
            agrees = verdicts_of(trial, judged) == verdicts_of(theirs, judged)
        if not agrees or not mistake.by_size and not all(explained(*pair) for pair in side_by_side(trial, theirs)):
            continue
        # an answer behind a pipe is not called beyond what its points need
        if skipped and (strict or digits) and not trial.answer.remote:
            more = more or evidence(trial.answer, skipped)
            beyond = evidence(answer, skipped)
            if strict and verdicts_of(more, skipped) != verdicts_of(beyond, skipped) or not _agree(more, beyond, mistake.tolerance, strict):
                continue
        return mistake.name, mistake.message
    return _SILENT


class StandIn:
    """A known mistake in the answer's place. It keeps nothing between its calls, so each is made once, and asked again it gives what it gave."""

    remote = False

    def __init__(self, exercise: Exercise, mistake: Mistake):
        self._answer = LocalAnswer(mistake.function, exercise.stand_ins)
        self._made: dict[tuple, tuple[tuple, Outcome]] = {}  # with the arguments, which must live as long as their identities are known by

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """What the mistake does with these very objects."""
        key = (program, *map(id, args))
        if key not in self._made:
            self._made[key] = args, self._answer.call(args, program, counted)
        return self._made[key][1]

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Nothing: the mistakes are in this process."""


def _tightest_first(exercise: Exercise, calls: list[Call]) -> list[tuple[bool, Mistake, StandIn]]:
    """The mistakes that reproduce all `calls`, each with whether it does so to the digits of the same formula; these come first, after those that return an array where the answer does, a list where it does."""
    ranked = []
    scale = max((size_of(call.outcome.value) for call in calls), default=1.0)
    tight = SAME_NUMBERS.at(scale)
    calls = sorted(calls, key=lambda call: _numbers_in(call.args) > _MANY)  # most mistakes are refuted before the dear ones
    for mistake in exercise.mistakes:
        answer, made, tolerance = StandIn(exercise, mistake), [], mistake.tolerance.at(scale)
        for call in calls:
            made.append((call, answer.call(call.args, exercise.program)))
            if not same_call(*made[-1], tolerance, exercise.counts_calls):
                break
        else:
            digits = all(same_call(*pair, tight, exercise.counts_calls) for pair in made)
            lists = all(isinstance(call.outcome.value, np.ndarray) == isinstance(ours.value, np.ndarray) for call, ours in made)
            ranked.append((lists, digits, mistake, answer))
    ranked.sort(key=lambda item: (not item[0], not item[1], 0.0 if item[1] else item[2].tolerance.rtol))
    return [found[1:] for found in ranked]


def _numbers_in(value) -> int:
    """How many numbers a value holds, about."""
    if isinstance(value, (list, tuple)):
        return sum(map(_numbers_in, value))
    return value.size if isinstance(value, np.ndarray) else 1


def size_of(value) -> float:
    """The largest finite number in a value."""
    if type(value) is float:
        return abs(value) if isfinite(value) else 0.0
    if isinstance(value, dict):
        return max(map(size_of, value.values()), default=0.0)
    if isinstance(value, (list, tuple)):
        return max(map(size_of, value), default=0.0)
    if not isinstance(value, (int, float, complex, np.ndarray, np.generic)):
        return 0.0
    numbers = np.asarray(value)
    if numbers.dtype.kind not in "biufc":  # whole numbers that no float can hold have no size to speak of
        return 0.0
    sizes = np.abs(numbers.astype(complex))
    return float(np.max(sizes[np.isfinite(sizes)], initial=0.0))


def same_call(call: Call, ours: Outcome, tolerance: Tolerance, counts: bool) -> bool:
    """Whether a mistake did in a call what the answer did."""
    theirs = call.outcome
    if theirs.raised != ours.raised or theirs.mutated != ours.mutated:
        return False
    if call.stumbled and theirs.message and ours.message and theirs.message != ours.message:
        return False  # another exception of the same kind: it came from somewhere else (behind a pipe there are no texts)
    given, made = _as_array(theirs.value, ours.value), _as_array(ours.value, theirs.value)
    if not theirs.raised and not (
        same(given, made)  # as a right guess is almost always, and quickly seen
        or _kind(given) == _kind(made)
        and equal_values(given, made, tolerance, nan_agrees=True)
    ):
        return False
    # a mistake that only costs too much is told by its cost: the factor, not the exact number of calls
    few, many = sorted((ours.evaluations, theirs.evaluations))
    return not counts or few == many or 2 * few > many


def _as_array(value, other):
    """A list of numbers, or of arrays, as the array that it is taken for where the `other` is one; anything else as it is."""
    if isinstance(other, np.ndarray) and isinstance(value, (list, tuple)):
        try:
            array = np.asarray(value)
        except (ValueError, TypeError):  # no table: its parts differ in shape
            return value
        return array if array.dtype.kind in "biufc" else value
    return value


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
    tolerance = tolerance.at(max((size_of(call.outcome.value) for call in mine.calls), default=1.0))
    if strict:
        pairs = zip(mine.calls, theirs.calls)
        return len(mine.calls) == len(theirs.calls) and all(same_call(a, b.outcome, tolerance, exercise.counts_calls) for a, b in pairs)
    others = {tuple(map(id, call.args)): call.outcome for call in theirs.calls}
    for call in mine.calls:
        other = others.get(tuple(map(id, call.args)))
        if other is None or call.outcome.raised or other.raised:
            continue
        given, made = _as_array(call.outcome.value, other.value), _as_array(other.value, call.outcome.value)
        off = distance(given, made)
        if off is not None and np.isfinite(off) and not equal_values(given, made, tolerance, nan_agrees=True):
            return False
    return True


def says_much(failing: list[Call]) -> bool:
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


def verdicts_of(trial: Trial, names: list[str]) -> dict[str, bool]:
    """Of each check of these names whether it held on all its cases."""
    verdicts = {check.name: True for check in trial.exercise.checks if check.name in names}
    for case in trial.tried:
        if case.check in verdicts and not case.held:
            verdicts[case.check] = False
    return verdicts


def _left_out(trial: Trial) -> set[tuple[bool, ...]]:
    """Of the calls of cases that failed, which arguments each was given."""
    return {tuple(arg is not None for arg in call) for case in trial.tried if not case.held for call in case.calls}


def side_by_side(mine: Trial, theirs: Trial) -> Iterator[tuple[Compared, Compared]]:
    """What a check compared of the answer and found wanting, and what it compared of the mistake in the same place."""
    for name in dict.fromkeys(pair.check for pair in mine.pairs):
        ours, others = ([pair for pair in trial.pairs if pair.check == name] for trial in (mine, theirs))
        yield from ((a, b) for a, b in zip(ours, others) if not a.held)


def explained(answer: Compared, mistake: Compared) -> bool:
    """Whether a mistake is wrong where the answer is, and by as much."""
    off = distance(answer.given, answer.wanted)
    left = distance(answer.given, mistake.given)  # a NaN at the same place is no difference, and an infinite one beside any other number
    return not mistake.held and (off is None or left is None or left == 0 or left <= _EXPLAINED * off)
