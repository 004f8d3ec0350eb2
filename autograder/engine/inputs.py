"""What the inputs on which an answer fails have in common, and none of those on which it holds. Each sentence stands beside its test."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import numpy as np

from ..shared.answer import Outcome
from ..shared.values import same
from ..writing.compare import EXACT, equal_values
from ..writing.exercise import Exercise
from .record import Tried
from .relations import numeric
from .show import call_text
from .trial import Trial

_LARGE = 1e3
_MANY = 8  # inputs that hold, beside a single one that does not, before its properties say anything
_MORE = 15  # the same, before its number of axes does: where few were tried, one with other axes is other in much else as well
_OF_VALUES = re.compile(r"negative|positive|larger than|is \d|are 0|equal")
_OF_AXES = re.compile(r"has \w+ ax[ie]s")
_SOME = 3  # inputs of each sort, before what stands in them, and not only of what kind they are, says anything
Property = tuple[str, str, Callable[[tuple], bool]]


def known_names(exercise: Exercise, args: tuple) -> list[str]:
    """What a learner calls the arguments of a call, or nothing: with a program in between, only what the shown call names is known."""
    names = [part.split("=")[0].strip() for part in exercise.signature.split(",")]
    if not exercise.program:
        return names
    shown = call_text(exercise, args) if len(names) == len(args) else ""
    return names if shown and all(re.search(rf"\b{re.escape(name)}\b", shown) for name in names) else []


def where(exercise: Exercise, trial: Trial) -> Iterator[str]:
    """The sentence, if there is one. An input that holds refutes it, whichever check asked it: "exactly" is said of the answer."""
    cases = [case for case in trial.tried if case.held is not None and case.calls]
    bad = [case for case in cases if not case.held]
    names = known_names(exercise, bad[0].calls[0]) if bad else []
    good = [case for case in cases if case.held]
    if not bad or len(good) < 2 or len(bad) < 2 and len(good) < _MANY:
        return
    told: dict[str, str] = {}  # by the argument: its first property implies the later ones
    several = len(bad) >= _SOME and len(good) >= _SOME
    properties = [*_properties(names, several or len(good) >= _MANY), *(_negations(names) if several else ()), *_choices(names, cases)]
    telling = [
        (name, words) for name, words, test in properties if _tells(test, bad, good) and _asked_of_others(name, words, names, bad, good)
    ]
    for name, words in telling:
        told.setdefault(name, words)
    if len(bad) == 1 and any(_of_its_own(name, words) for name, words in telling if told[name] != words):
        return  # one input has too many properties to say which of them matters
    if len(bad) == 1 and any(_OF_VALUES.search(words) for words in told.values()):
        return  # one input has many values by chance, and few kinds and shapes
    if len(bad) == 1 and len(good) < _MORE and any(_OF_AXES.search(words) for words in told.values()):
        return
    for name, words in told.items():  # zeros are equal to one another: are they to blame, where no other equal ones were tried?
        if words.endswith("are 0") and (name, f"all entries of {name} are equal") in telling:
            if not _zeros_matter(exercise, trial, bad, names.index(name)):
                return
    if any(words.endswith("whole numbers") for words in told.values()) and not _whole_numbers_matter(exercise, trial, bad):
        return
    if len(told) == 1:  # where more arguments tell the two apart, one of them does so by chance
        yield f"It goes wrong exactly where {next(iter(told.values()))}: {len(bad)} of {len(bad) + len(good)} inputs that were tried."


def _whole_numbers_matter(exercise: Exercise, trial: Trial, bad: list[Tried]) -> bool:
    """Whether the same numbers as floats make the answer do something else on an input that fails."""
    if trial.answer.remote:
        return True
    args = bad[0].calls[-1]
    floats = tuple([arg.astype(float) if _array(arg) and arg.dtype.kind in "iu" else arg for arg in args])
    whole, other = (trial.answer.call(call, exercise.program) for call in (args, floats))
    return whole.raised != other.raised or not equal_values(whole.value, other.value, EXACT, nan_agrees=True)


def _zeros_matter(exercise: Exercise, trial: Trial, bad: list[Tried], place: int) -> bool:
    """Whether an answer that raises, or finds no number, where all entries are 0 does neither where all of them are 1; or should have raised."""
    args = bad[0].calls[-1]
    if any(call.let_through and call.args is args for call in trial.calls):
        return True
    if trial.answer.remote:
        return False
    ones = (*args[:place], np.ones_like(args[place]), *args[place + 1 :])
    zeros, other = (trial.answer.call(call, exercise.program) for call in (args, ones))
    return _fails(zeros) and not _fails(other)


def _fails(outcome: Outcome) -> bool:
    return bool(outcome.raised) or numeric(outcome.value) and not bool(np.all(np.isfinite(np.asarray(outcome.value))))


def _tells(test: Callable[[tuple], bool], bad: list[Tried], good: list[Tried]) -> bool:
    """Whether a property holds for all that fail, and for none of the others."""
    return all(all(map(test, case.calls)) for case in bad) and not any(any(map(test, case.calls)) for case in good)


def _asked_of_others(name: str, words: str, names: list[str], bad: list[Tried], good: list[Tried]) -> bool:
    """Whether, where the words are about entries, inputs with as many axes and more than one entry hold as well: else it may be the array."""
    if not words.startswith(("an entry of", "all entries of")):
        return True
    place = names.index(name)

    def kinds(cases: list[Tried]) -> set[tuple[int, bool]]:
        values = [args[place] for case in cases for args in case.calls if place < len(args)]
        return {(np.ndim(value), np.size(value) > 1) for value in values if _array(value)}

    failing = kinds(bad)
    return ({kind for kind in failing if kind[1]} or failing) <= kinds(good)


def _of_its_own(name: str, words: str) -> bool:
    """Whether a property follows from no other one of the same argument."""
    return words.startswith((f"all entries of {name}", "an entry of")) or words.endswith("whole numbers")


def _properties(names: list[str], enough: bool) -> Iterator[Property]:
    """Properties of an input: the argument, the words, and a test of the arguments of a call; where there are `enough` inputs, of what stands in it, too."""
    for i, name in enumerate(names):

        def of(test, i=i):
            return lambda args: i < len(args) and args[i] is not None and test(args[i])

        def left_out(args: tuple, i: int = i) -> bool:
            return i >= len(args) or args[i] is None

        yield name, f"{name} is not given", left_out
        yield name, f"{name} is given", of(lambda v: True)
        yield name, f"{name} is a plain number", of(_plain)
        yield name, f"{name} is an array", of(lambda v: isinstance(v, np.ndarray) and v.ndim > 0)
        yield name, f"{name} is empty", of(lambda v: _array(v) and v.size == 0)
        yield name, f"{name} is an array of whole numbers", of(lambda v: _array(v) and v.dtype.kind in "iu")
        yield name, f"{name} may not be written into", of(lambda v: isinstance(v, np.ndarray) and not v.flags.writeable)
        if not enough:
            continue
        for ndim, axes in ((1, "one axis"), (2, "two axes"), (3, "three axes")):
            yield name, f"{name} has {axes}", of(lambda v, ndim=ndim: isinstance(v, np.ndarray) and v.ndim == ndim)
        yield name, f"{name} is 0", of(lambda v: _plain(v) and v == 0)
        yield name, f"{name} is negative", of(lambda v: _plain(v) and v < 0)
        yield name, f"{name} is positive", of(lambda v: _plain(v) and v > 0)
        yield name, f"{name} is larger than {_LARGE:g} in size", of(lambda v: _plain(v) and abs(v) > _LARGE)
        yield name, f"{name} has one entry only", of(lambda v: _array(v) and v.size == 1)
        yield name, f"all entries of {name} are 0", of(lambda v: _array(v) and v.size > 0 and not np.any(v))
        yield name, f"all entries of {name} are equal", of(lambda v: _array(v) and v.size > 1 and bool(np.all(v == v.flat[0])))
        yield name, f"an entry of {name} is 0", of(lambda v: _array(v) and bool(np.any(v == 0)))
        yield name, f"an entry of {name} is negative", of(lambda v: _array(v) and v.dtype.kind in "if" and bool(np.any(v < 0)))
        yield name, f"an entry of {name} is larger than {_LARGE:g} in size", of(lambda v: _array(v) and bool(np.any(np.abs(v) > _LARGE)))
        for number in (1, 2, 3):
            yield name, f"{name} is {number}", of(lambda v, number=number: _plain(v) and v == number)
        yield name, f"{name} has one row only", of(lambda v: _array(v) and v.ndim > 1 and len(v) == 1)
        yield name, f"{name} has as many rows as columns", of(lambda v: _array(v) and v.ndim == 2 and v.shape[0] == v.shape[1])
    for j, i in itertools.combinations(range(len(names)), 2):

        def equal(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _alike(args[i], args[j])

        def reshaped(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _array(args[i]) and _array(args[j]) and args[i].shape != args[j].shape

        def below(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _whole(args[i]) and _whole(args[j]) and args[j] < args[i]

        def above(args: tuple, i: int = i, j: int = j) -> bool:
            return max(i, j) < len(args) and _whole(args[i]) and _whole(args[j]) and args[j] > args[i]

        yield "", f"{names[j]} and {names[i]} are equal", equal
        yield "", f"{names[j]} is smaller than {names[i]}", below
        yield "", f"{names[j]} is larger than {names[i]}", above
        yield "", f"{names[j]} and {names[i]} have different shapes", reshaped


def _choices(names: list[str], cases: list[Tried]) -> Iterator[Property]:
    """Which of the words, or of the truth values, that an argument may be it is: of cases of checks that hold on some and fail on others.

    A check has words of its own, such as the name of an array in all its cases, and others may look at another part of the answer.
    """
    both = {case.check for case in cases if case.held} & {case.check for case in cases if not case.held}
    calls = [args for case in cases if case.check in both for args in case.calls]
    keys = {key for args in calls for arg in args if isinstance(arg, dict) for key in arg}  # names of arrays: any other would do as well
    for i, name in enumerate(names):
        for value in sorted({args[i] for args in calls if i < len(args) and isinstance(args[i], (str, bool))} - keys, key=str):

            def chosen(args: tuple, i: int = i, value=value) -> bool:
                return i < len(args) and type(args[i]) is type(value) and args[i] == value

            yield name, f"{name} is {value!r}".replace("'", '"'), chosen


def _negations(names: list[str]) -> Iterator[Property]:
    """What an input is not; these say less, so they ask for more."""
    for i, name in enumerate(names):

        def of(test, i=i):
            return lambda args: i < len(args) and args[i] is not None and test(args[i])

        for ndim, axes in ((1, "one axis"), (2, "two axes")):
            words = f"{name} has another number of axes than {axes.split()[0]}"
            yield name, words, of(lambda v, ndim=ndim: (isinstance(v, np.ndarray) or _plain(v)) and np.ndim(v) != ndim)
        for number in (0, 1, 2):
            yield name, f"{name} is not {number}", of(lambda v, number=number: _plain(v) and v != number)
        yield name, f"{name} has more than one entry", of(lambda v: _array(v) and v.size > 1)
        yield name, f"{name} has more than one row", of(lambda v: _array(v) and v.ndim > 1 and len(v) > 1)
        yield name, f"{name} has not as many rows as columns", of(lambda v: _array(v) and v.ndim == 2 and v.shape[0] != v.shape[1])


def _plain(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _array(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iufc"


def _alike(a, b) -> bool:
    return _plain(a) and _plain(b) and a == b or isinstance(a, np.ndarray) and same(a, b)
