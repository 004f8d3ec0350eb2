"""Calls a learner's function and tells what happened: the value, what was raised, what was spoilt, what it cost."""

from __future__ import annotations

import io
import sys
import warnings
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from .functions import Function
from .memory import NUMBERS, arrays_in, entangled, share
from .oracles import prepare
from .programs import PROGRAMS, Names
from .values import Seeded, plain, same


@dataclass
class Outcome:
    """What one call did.

    `value` is plain data (see `values.plain`); `raised` the name of the exception's type, or "" when it returned, `kinds` the
    names of Python's own exceptions that it is one of; `message` its text, only where the inputs are public; `mutated` the
    positions of the arguments that were changed, `shared` of those whose memory the value shares; `entangled` whether arrays in the value
    share theirs with each other; `spoilt` whether the call changed what the call before had returned, `again` whether it returned an array of the
    same memory, which a caller may write into; `evaluations` how often the function arguments were called in all, `each` how often each.
    """

    value: object = None
    raised: str = ""
    kinds: tuple[str, ...] = ()
    message: str = ""
    mutated: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    entangled: bool = False
    spoilt: bool = False
    again: bool = False
    warnings: tuple[str, ...] = ()
    evaluations: int = 0
    each: tuple[int, ...] = ()
    printed: bool = False


class Died(Exception):
    """The answer's process ended or was ended; `kind` is timeout, memory, exited, forbidden or malformed."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(detail or kind)
        self.kind = kind
        self.detail = detail


class OutOfTime(BaseException):
    """Raised inside the answer by whoever keeps the time; no `except Exception` of the learner's can swallow it."""


class Answer(Protocol):
    """What the runner calls. `LocalAnswer` is in this process, the judge has one at the end of a pipe.

    `remote` is whether each call is a round trip to another process; then the runner plans calls ahead (`prefetch`).
    """

    remote: bool

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """Call the exercise's function, or the named program around it. Raises `Died` when nothing can come back.

        With `counted` points hang on `Outcome.evaluations`; without, an answer may be believed what it says of them.
        """

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Make these uncounted calls in one round trip where that saves time; `call` then answers from what came back.

        `calls` are tuples of arguments. A call is recognised by the identity of its arguments, each planned call answers one.
        """


@dataclass
class Script:
    """Calls that many answers are asked, always in this order: arguments, the program of each, and how often its outcome will be asked for by its arguments
    (0: it is a repetition, asked for by its place only). `packed` is for whoever sends it."""

    calls: list[tuple] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)
    packed: object = None

    def add(self, args: tuple, program: str, shared: bool) -> int:
        """Add a call; its place."""
        self.calls.append(args)
        self.programs.append(program)
        self.uses.append(int(shared))
        return len(self.calls) - 1


@runtime_checkable
class Scripted(Answer, Protocol):
    """A remote answer that makes all calls of a script in one round trip. `outcomes` is what came of them, by their place; some may be left out at the end."""

    outcomes: list[Outcome | None]

    def play(self, script: Script) -> None:
        """Make the calls, as `prefetch` does."""

    def use(self, places: list[int]) -> None:
        """Count these outcomes as asked for."""


# as NumPy comes, for whoever makes calls: what a notebook, or another answer, has set for itself decides nothing
ARITHMETIC: dict = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
BATCH = 1.0  # seconds after which a remote answer begins none of the prefetched calls any more


class LocalAnswer:
    """An answer in this process: the learner's own function in a kernel, a mistake, or the reference.

    `names` are the other functions that a program may need (the learner's namespace).
    """

    remote = False

    def __init__(self, function, names: dict | None = None):
        self.function = function
        self.names = names or {}
        self._known: dict = {}  # the functions that it was given, each with the object that it got
        self._last: list[tuple[np.ndarray, bytes]] = []  # the arrays that the last call returned, and what was in them

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """Nothing: a call is no round trip here, and a learner should not wait for one that is skipped."""

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        counts: list[int] = []
        given = tuple([prepare(arg, counts, self._known) for arg in args])
        text, out, err = io.StringIO(), sys.stdout, sys.stderr
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            sys.stdout = sys.stderr = text
            try:
                if program:
                    value = PROGRAMS[program](Names(self.function, self.names), *given)
                else:
                    value = self.function(*given)
                outcome = Outcome(plain(value))
                arrays = [] if type(value) in NUMBERS else list(arrays_in(value))
            except OutOfTime as limit:
                raise Died("timeout", str(limit)) from None
            except (Exception, SystemExit) as error:
                kinds = tuple([kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"])
                outcome = Outcome(raised=type(error).__name__, kinds=kinds, message=_stub_of_another(error, self.function) or str(error))
                arrays = []
            finally:
                sys.stdout, sys.stderr = out, err
        outcome.evaluations, outcome.each = sum(counts), tuple(counts)
        outcome.spoilt = any([np.ndarray.tobytes(array) != was for array, was in self._last])
        outcome.again = bool(args) and any([array.flags.writeable and share([array], was) for array in arrays for was, _ in self._last])
        self._last = [(array, np.ndarray.tobytes(array)) for array in arrays]
        if arrays:
            outcome.shared = tuple([i for i, arg in enumerate(given) if share(arrays, arg)])
            outcome.entangled = entangled(arrays)
        outcome.mutated = tuple([i for i, was in enumerate(args) if type(was) not in NUMBERS and changed(was, given[i])])
        if seen:  # a ResourceWarning tells of whatever the collector finds just now, of anybody's
            outcome.warnings = tuple(
                dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in seen if w.category is not ResourceWarning)
            )
        outcome.printed = text.tell() > 0
        return outcome


def _stub_of_another(error: BaseException, function) -> str:
    """What to tell when the answer called another function of the learner's that is still a stub."""
    if not isinstance(error, NotImplementedError) or error.__traceback__ is None:
        return ""
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    if code is getattr(function, "__code__", None):
        return ""
    return f"This exercise also needs your {code.co_name}. Write it, or run its cell, first."


def changed(was, now) -> bool:
    """Whether data in an argument is no longer what it was. Functions and generators beside it are no data."""
    if isinstance(was, (Function, Seeded)):
        return False
    if isinstance(was, (list, tuple)) and type(now) is type(was):
        return len(was) != len(now) or any(map(changed, was, now))
    if isinstance(was, dict) and isinstance(now, dict):
        return list(was) != list(now) or any(changed(was[key], now[key]) for key in was)
    if isinstance(was, np.ndarray) and isinstance(now, np.ndarray) and was.flags.writeable != now.flags.writeable:
        return True  # whoever passed it in can write into it no more
    return not same(was, now)
