"""Plain facts about a wrong answer that has no name: where it fails and how it differs. Each sentence stands beside its test."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import numpy as np

from ..shared.answer import Outcome
from ..shared.values import same
from ..writing.exercise import Exercise
from .relations import numbers, numeric, related
from .trial import Call, Compared, Trial

_LARGE = 1e3
_OF_VALUES = re.compile("negative|positive|larger than|is 0|are 0|equal")
_MANY = 8  # inputs that hold, beside a single one that does not, before its properties say anything


def told(exercise: Exercise, trial: Trial, sentences: dict[str, str], calls: list[Call]) -> tuple[str, str]:
    """A name and what is plain to see, or two empty texts. `sentences` are those of the checks that failed, by name.

    `calls` are all that were made, in their order.

    A relation to the wanted numbers has a name ("sign", "factor"); everything else is a fact without one.
    """
    failing = [pair for pair in trial.pairs if not pair.held and pair.check in sentences]
    signature = "" if exercise.program else exercise.signature
    name, relation = related(failing, signature)
    relation = relation and _where_wrong(trial, relation)
    if not relation:
        name, relation = _one_for_each(trial, failing, sentences, signature)
    relation = relation or _where_wrong(trial, next(_differences(failing), ""))
    return name, " ".join(filter(None, (relation, next(_where(exercise, trial, calls), ""))))


def _where_wrong(trial: Trial, sentence: str) -> str:
    """The sentence, said of the inputs that fail alone when others hold."""
    if not sentence or not any(pair.held for pair in trial.pairs) and not any(case.held and case.calls for case in trial.tried):
        return sentence
    return f"Where it goes wrong, {sentence[0].lower()}{sentence[1:]}"


def _one_for_each(trial: Trial, failing: list[Compared], sentences: dict[str, str], signature: str) -> tuple[str, str]:
    """The relations of those checks that have one: an answer of several outputs may be wrong in several ways."""
    found = {}
    for check, sentence in sentences.items():
        name, relation = related([pair for pair in failing if pair.check == check], signature)
        if relation:
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
        yield "Everything that came back is NaN." if everything else "Some of the numbers are NaN."
    elif all(np.any(np.isinf(g)) for g, _ in pairs):
        yield "A number that came back is infinite."
    if not numbers(failing):
        return
    if all(not np.any(g) and np.any(w) for g, w in pairs):
        yield "All that came back is 0."
    if all(np.size(g) == 1 for g, _ in pairs) and len({g.tobytes() for g, _ in pairs}) == 1 and len({w.tobytes() for _, w in pairs}) > 1:
        yield "The same number comes back each time."
    wrong = [~np.isclose(g, w, rtol=1e-9, atol=1e-12) for g, w in pairs]
    # in one shape alone, or one comparison, a place may be what the case made of it
    if all(w.ndim for w in wrong) and all(np.any(w) and not np.all(w) for w in wrong) and len(wrong) > 1:
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
    """What the inputs that fail have in common, and none of those that hold."""
    yield from _memory(calls)
    yield from _verdicts(trial)
    if exercise.program:
        return
    names = [part.split("=")[0].strip() for part in exercise.signature.split(",")]
    cases = [case for case in trial.tried if case.held is not None and case.calls]
    bad = [case for case in cases if not case.held]
    # an input that holds refutes, whichever check asked it: "exactly" is said of the answer, not of a check
    good = [case for case in cases if case.held]
    if bad and len(good) >= 2 and (len(bad) >= 2 or len(good) >= _MANY):
        told: dict[str, str] = {}  # by the argument: its first property implies the later ones
        for name, words, test in _properties(names):
            if all(all(map(test, case.calls)) for case in bad) and not any(any(map(test, case.calls)) for case in good):
                told.setdefault(name, words)
        if len(bad) == 1 and any(_OF_VALUES.search(words) for words in told.values()):
            return  # one input has many values by chance, and few kinds and shapes
        if 0 < len(told) <= 2:  # where more arguments tell the two apart, it is by chance
            yield f"It goes wrong exactly where {' and '.join(told.values())}: {len(bad)} of {len(bad) + len(good)} inputs that were tried."


def _properties(names: list[str]) -> Iterator[tuple[str, str, Callable[[tuple], bool]]]:
    """Properties of an input: the argument, the words, and a test of the arguments of a call."""
    for i, name in enumerate(names):

        def of(test, i=i):
            return lambda args: i < len(args) and args[i] is not None and test(args[i])

        def left_out(args: tuple, i: int = i) -> bool:
            return i >= len(args) or args[i] is None

        yield name, f"{name} is not given", left_out
        yield name, f"{name} is given", of(lambda v: True)
        yield name, f"{name} is a plain number", of(_plain)
        yield name, f"{name} is 0", of(lambda v: _plain(v) and v == 0)
        yield name, f"{name} is negative", of(lambda v: _plain(v) and v < 0)
        yield name, f"{name} is positive", of(lambda v: _plain(v) and v > 0)
        yield name, f"{name} is larger than {_LARGE:g} in size", of(lambda v: _plain(v) and abs(v) > _LARGE)
        yield name, f"{name} is an array", of(lambda v: isinstance(v, np.ndarray) and v.ndim > 0)
        for ndim, axes in ((1, "one axis"), (2, "two axes"), (3, "three axes")):
            yield name, f"{name} has {axes}", of(lambda v, ndim=ndim: isinstance(v, np.ndarray) and v.ndim == ndim)
        yield name, f"{name} has one entry only", of(lambda v: _array(v) and v.size == 1)
        yield name, f"{name} is empty", of(lambda v: _array(v) and v.size == 0)
        yield name, f"{name} is an array of whole numbers", of(lambda v: _array(v) and v.dtype.kind in "iu")
        yield name, f"{name} may not be written into", of(lambda v: isinstance(v, np.ndarray) and not v.flags.writeable)
        yield name, f"all entries of {name} are 0", of(lambda v: _array(v) and v.size > 0 and not np.any(v))
        yield name, f"all entries of {name} are equal", of(lambda v: _array(v) and v.size > 1 and bool(np.all(v == v.flat[0])))
        yield name, f"an entry of {name} is 0", of(lambda v: _array(v) and bool(np.any(v == 0)))
        yield name, f"an entry of {name} is negative", of(lambda v: _array(v) and v.dtype.kind in "if" and bool(np.any(v < 0)))
        yield name, f"an entry of {name} is larger than {_LARGE:g} in size", of(lambda v: _array(v) and bool(np.any(np.abs(v) > _LARGE)))
    for j, i in itertools.combinations(range(len(names)), 2):

        def equal(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _alike(args[i], args[j])

        def reshaped(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _array(args[i]) and _array(args[j]) and args[i].shape != args[j].shape

        yield "", f"{names[j]} and {names[i]} are equal", equal
        yield "", f"{names[j]} and {names[i]} have different shapes", reshaped


def _plain(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _array(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iufc"


def _alike(a, b) -> bool:
    return _plain(a) and _plain(b) and a == b or isinstance(a, np.ndarray) and same(a, b)


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
