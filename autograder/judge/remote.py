"""A learner's function at the other end of a pipe: implements `answer.Answer` over a child that nobody trusts."""

from __future__ import annotations

import builtins
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..shared.answer import BATCH, Died, Outcome
from ..shared.channel import Channel, Closed, Late
from ..shared.functions import Function
from ..shared.values import fresh
from ..shared.wire import Malformed, Parts, Ref, TooLarge, encode, pack
from .allowance import Judging, Meter, Times

_EXCEPTIONS = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}
_EXCEPTIONS |= {"LinAlgError", "NotDefined", "NotAFunction", "WrongKind"}
_WARNINGS = {name for name in _EXCEPTIONS if name.endswith("Warning")} | {"ComplexWarning", "VisibleDeprecationWarning", "RankWarning"}
_OUTCOME = {
    "raised",
    "kinds",
    "mutated",
    "shared",
    "spoilt",
    "warnings",
    "evaluations",
    "printed",
}  # what a child may say of a call beside its value
_LARGE = 1 << 20  # bytes of calls in one frame, which a child holds in its memory all at once; with more, a round trip each is no cost
_ORACLE_ITEMS = 8192  # numbers in the arguments of a function argument, unless the case itself has more
_ORACLE_INT = 1 << 20  # an int this large becomes a float: 2**x must not cost the judge a gigabyte


class Overtime(Late):
    """The child stopped a call whose time was up, and waits for the next order."""


class RemoteAnswer:
    """The function `name` of the notebook behind `channel`. `died(error)` is told when it can answer no more; `meter` holds its time.

    No text of the learner's crosses: exceptions and warnings come back as names from a white list, so that a hidden
    input cannot leave in them.
    """

    remote = True

    def __init__(
        self, channel: Channel, name: str, times: Times, deadline: float, died: Callable[[Exception], Died], meter: Meter | None = None
    ):
        self.channel, self.name, self.times, self.deadline, self._died = channel, name, times, deadline, died
        self._meter, self._judging = meter, Judging(channel)
        self.calls = 0  # that were made so far
        self._dead: Died | None = None
        self._prefetched: dict[tuple[int, ...], _Prefetched] = {}

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """See `Answer.call`: when `counted`, the functions among `args` stay here; else their texts, but no derivatives, go over.

        Raises `Died`, and `SandboxError` when the sandbox itself broke.
        """
        known = self._prefetched.get(_identity(args))
        if self._dead:
            raise self._dead
        try:
            self._judging.look()
            if counted:
                outcome = self._call_counted(args, program)
            elif known is not None and known.left:
                outcome = known.take()
            else:
                self.calls += 1
                self.channel.send(self._order("call", program), (args,), self._deadline)
                outcome = self._receive(args)
            if outcome is None:
                raise Overtime
        except (Closed, Late, Malformed) as error:
            raise self._ended(error) from None
        if outcome.raised == "MemoryError":
            raise self._ended(MemoryError()) from None
        return outcome

    def prefetch(self, calls: list[tuple], program: str = "") -> None:
        """See `Answer.prefetch`: each distinct call goes once, all in one frame, unless they are large. Raises as `call` does.

        The child may leave out some at the end; `call` then makes them.
        """
        planned = Counter(map(_identity, calls))
        distinct = {_identity(args): args for args in calls}
        self.calls += len(distinct)
        frame = encode(self._order("calls", program), tuple(distinct.values()))
        if len(frame) > _LARGE:
            return
        try:
            self._judging.look()
            self.channel.write(frame, self._deadline)
            message, values = self.channel.receive(self._deadline + BATCH)
            replies = message.get("outcomes")
            if type(replies) is not list or not len(replies) == len(values) <= len(distinct):
                raise Malformed("no outcomes")
            for (key, args), reply, value in zip(distinct.items(), replies, values):
                self._prefetched[key] = _Prefetched(args, _outcome(reply, [value], len(args)), planned[key])
        except (Closed, Late, Malformed) as error:
            raise self._ended(error) from None

    def _ended(self, error: Exception) -> Died:
        self._dead = self._died(error)
        return self._dead

    @property
    def _deadline(self) -> float:
        return min(self.deadline, time.monotonic() + self.times.call_wall + self.times.grace)

    def _order(self, op: str, program: str) -> dict:
        seconds = self._meter.left() if self._meter else self.times.call_cpu
        return {"op": op, "name": self.name, "program": program, "cpu": seconds, "wall": self.times.call_wall}

    def _receive(self, args: tuple) -> Outcome | None:
        """The outcome of a call that was ordered, None where it ran out of time."""
        message, values = self.channel.receive(self._deadline)
        return _outcome(message, values, len(args))

    def _call_counted(self, args: tuple, program: str) -> Outcome | None:
        """One call whose questions about its function arguments are answered here."""
        deadline, oracle = self._deadline, _Oracle(args)
        self.calls += 1
        # what a function argument warns of, it warns of here
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            self.channel.send(self._order("call", program), (oracle.sent,), deadline)
            while True:
                message, values = self.channel.receive(deadline)
                self._judging.look()
                if "ask" not in message:
                    break
                reply, value = oracle.answer(message["ask"], values[0] if len(values) == 1 else None)
                self.channel.send({"raised": reply}, (value,), deadline)
                del seen[20:]
        outcome = _outcome(message, values, len(args))
        if outcome:
            outcome.evaluations = oracle.count
            outcome.warnings = tuple(dict.fromkeys((*outcome.warnings, *(f"{w.category.__name__}: {w.message}" for w in seen))))
        return outcome


def _outcome(message, values: list, arguments: int) -> Outcome | None:
    """The outcome in a reply, None for a call that ran out of time. Raises `Malformed`."""
    if type(message) is not dict or len(values) != 1:
        raise Malformed("no reply with its value")
    if message.get("died") == "timeout":
        return None
    count = message.get("evaluations", 0)  # believed where no point hangs on it
    if type(count) is not int or count < 0:
        raise Malformed("a count that is none")
    if len(message) == ("evaluations" in message):  # nothing else happened, as in most calls
        return Outcome(values[0], evaluations=count)
    raised, seen = message.get("raised", ""), message.get("warnings", [])
    kinds, mutated, shared = (message.get(name, []) for name in ("kinds", "mutated", "shared"))
    lists = all(isinstance(told, list) for told in (seen, kinds, mutated, shared))
    if not message.keys() <= _OUTCOME or not isinstance(raised, str) or not lists:
        raise Malformed("a reply that says nonsense")
    return Outcome(
        value=None if raised else values[0],
        raised=raised and (raised if raised in _EXCEPTIONS else "Exception"),
        kinds=tuple(name for name in kinds[:20] if isinstance(name, str) and name in _EXCEPTIONS),
        mutated=tuple(i for i in range(arguments) if i in mutated),
        shared=tuple(i for i in range(arguments) if i in shared),
        spoilt=message.get("spoilt") is True,
        warnings=tuple(dict.fromkeys(name if name in _WARNINGS else "Warning" for name in seen[:20] if isinstance(name, str))),
        evaluations=count,
        printed=message.get("printed") is True,
    )


@dataclass
class _Prefetched:
    """What came of a call that was made beforehand. It answers as many calls as were planned with these arguments."""

    args: tuple  # kept, so that their identities stay theirs
    outcome: Outcome | None
    left: int

    def take(self) -> Outcome | None:
        """The outcome for one call, a copy as long as others wait for it: what one check does to the value must not reach another."""
        self.left -= 1
        if self.left and self.outcome:
            return replace(self.outcome, value=fresh(self.outcome.value))
        return self.outcome


def _identity(args: tuple) -> tuple[int, ...]:
    return tuple(map(id, args))


class _Oracle:
    """The function arguments of one call: they stay here, the child asks for their values, the asking is counted."""

    def __init__(self, args: tuple):
        self.functions: list[Function] = []
        self.count, self.items = 0, _ORACLE_ITEMS
        self.sent = self._replace(args)

    def _replace(self, value):
        if isinstance(value, Function):
            self.functions.append(value)
            return Ref(len(self.functions) - 1, str(value.__name__))
        if isinstance(value, (list, tuple)):
            return type(value)(self._replace(item) for item in value)
        if isinstance(value, dict):
            return {key: self._replace(item) for key, item in value.items()}
        if isinstance(value, np.ndarray):
            self.items = max(self.items, 4 * value.size)
        return value

    def answer(self, number, args) -> tuple[str, object]:
        """The type's name of what the function raised, or "" and its value. Raises `Malformed`."""
        if type(number) is not int or not 0 <= number < len(self.functions) or type(args) is not tuple:
            raise Malformed("a question about no function of this call")
        self.count += 1
        try:
            value = self.functions[number](*[arg if type(arg) is float else self._bounded(arg) for arg in args])
            if isinstance(value, np.ndarray) and value.size > 64 * self.items:
                raise MemoryError
            if type(value) not in (float, np.float64):
                pack(value, Parts())  # what cannot be sent is told as an error, too
            return "", value
        except TooLarge:
            return "OverflowError", None
        except Exception as error:  # the learner's arguments did not suit the function: told as it would be in a notebook
            name = type(error).__name__
            return name if name in _EXCEPTIONS else "ValueError", None

    def _bounded(self, value):
        """The argument, if its size and kind are such that evaluating a function on it is cheap."""
        if isinstance(value, np.ndarray):
            if value.size > self.items:
                raise MemoryError
            return value
        if type(value) is int and abs(value) > _ORACLE_INT:
            return float(value)
        if isinstance(value, (list, tuple)):
            if len(value) > self.items:
                raise MemoryError
            return type(value)(self._bounded(item) for item in value)
        if isinstance(value, dict):  # parameters by name
            return {key: self._bounded(item) for key, item in value.items()}
        if value is None or isinstance(value, (bool, int, float, complex, np.generic)):
            return value
        raise TypeError(f"f takes numbers and arrays, not {type(value).__name__}")
