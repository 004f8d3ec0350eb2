"""A learner's function at the other end of a pipe: implements `answer.Answer` over a child that nobody trusts."""

from __future__ import annotations

import builtins
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..shared.answer import Died, Outcome
from ..shared.channel import Channel, Closed, Late
from ..shared.functions import Function
from ..shared.values import fresh
from ..shared.wire import Malformed, Parts, Ref, TooLarge, encode, pack

_EXCEPTIONS = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}
_EXCEPTIONS |= {"LinAlgError", "NotDefined", "NotAFunction", "WrongKind"}
_WARNINGS = {name for name in _EXCEPTIONS if name.endswith("Warning")} | {"ComplexWarning", "VisibleDeprecationWarning", "RankWarning"}
_LARGE = 1 << 20  # bytes of calls that are made in one go; with more, a round trip each is no cost
_ORACLE_ITEMS = 8192  # numbers in the arguments of a function argument, unless the case itself has more
_ORACLE_INT = 1 << 20  # an int this large becomes a float: 2**x must not cost the judge a gigabyte


@dataclass(frozen=True)
class Times:
    """Seconds. CPU and wall limits of a cell and a call end what runs; wall limits of the whole cannot be evaded."""

    cell_cpu: float = 30.0
    cell_wall: float = 60.0
    call_cpu: float = 5.0
    call_wall: float = 15.0
    exercise: float = 60.0
    submission: float = 300.0
    grace: float = 1.0  # what a child gets to stop by itself before it is killed


class RemoteAnswer:
    """The function `name` of the notebook behind `channel`. `died(kind, detail)` is told when it can answer no more.

    No text of the learner's crosses: exceptions and warnings come back as names from a white list, so that a hidden
    input cannot leave in them.
    """

    far = True

    def __init__(self, channel: Channel, name: str, times: Times, deadline: float, died: Callable[[Exception], Died]):
        self.channel, self.name, self.times, self.deadline, self._died = channel, name, times, deadline, died
        self._ahead: dict[tuple[int, ...], list[tuple[tuple, Outcome | None]]] = {}  # by the identities of the arguments, which are kept

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """See `Answer.call`: when `counted`, the functions among `args` stay here; else their texts, but no derivatives, go over.

        Raises `Died`, and `SandboxError` when the sandbox itself broke.
        """
        try:
            if counted:
                outcome = self._counted(args, program)
            else:
                known = self._ahead.get(tuple(map(id, args)))
                outcome = known.pop(0)[1] if known else self._told(args, program)
            if outcome is None:
                raise Late
        except (Closed, Late, Malformed) as error:
            raise self._died(error) from None
        if outcome.raised == "MemoryError":
            raise self._died(MemoryError()) from None
        return outcome

    def foresee(self, calls: list[tuple], program: str = "") -> bool:
        """See `Answer.foresee`: one round trip for all `calls`, unless they are large; each is made once. Raises as `call` does."""
        keys = [tuple(map(id, args)) for args in calls]
        distinct = dict(zip(keys, calls))
        columns = len(set(map(len, calls))) == 1 and calls[0] != ()  # by argument, of one kind each: less to write and to read
        frame = encode(
            {**self._order("calls", program), "columns": columns}, tuple(zip(*distinct.values())) if columns else tuple(distinct.values())
        )
        if len(frame) > _LARGE or len(calls) < 2:
            return False
        try:
            self.channel.write(frame, self._deadline)
            known = self._outcomes(distinct)
        except (Closed, Late, Malformed) as error:
            raise self._died(error) from None
        for key, args in zip(keys, calls):
            if key in known:  # the others were not tried
                outcome, waiting = known[key], self._ahead.setdefault(key, [])
                if waiting and outcome and type(outcome.value) is not float:  # what one check does to it must not reach another
                    outcome = replace(outcome, value=fresh(outcome.value))
                waiting.append((args, outcome))
        return True

    def _outcomes(self, calls: dict[tuple, tuple]) -> dict[tuple, Outcome | None]:
        """What comes back of `calls`, up to one that ran out of time."""
        known: dict[tuple, Outcome | None] = {}
        todo = iter(calls.items())
        while len(known) < len(calls):
            message, values = self.channel.receive(self._deadline)
            told = message.get("outcomes") if type(message) is dict else None
            if type(told) is not list or not 0 < len(told) == len(values) <= len(calls) - len(known):
                raise Malformed("no outcomes")
            for reply, value in zip(told, values):
                key, args = next(todo)
                known[key] = _outcome(reply, [value], len(args))
                if known[key] is None:
                    return known
        return known

    @property
    def _deadline(self) -> float:
        return min(self.deadline, time.monotonic() + self.times.call_wall + self.times.grace)

    def _order(self, op: str, program: str) -> dict:
        return {"op": op, "name": self.name, "program": program, "cpu": self.times.call_cpu, "wall": self.times.call_wall}

    def _told(self, args: tuple, program: str) -> Outcome | None:
        deadline = self._deadline
        self.channel.send(self._order("call", program), (args,), deadline)
        message, values = self.channel.receive(deadline)
        return _outcome(message, values, len(args))

    def _counted(self, args: tuple, program: str) -> Outcome | None:
        """One call whose questions about its function arguments are answered here."""
        deadline, oracle = self._deadline, _Oracle(args)
        # what a function argument warns of, it warns of here
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            self.channel.send(self._order("call", program), (oracle.sent,), deadline)
            while True:
                message, values = self.channel.receive(deadline)
                if type(message) is int:
                    reply, value = oracle.answer(message, tuple(values))
                elif "ask" in message:
                    reply, value = oracle.answer(message["ask"], values[0] if len(values) == 1 else None)
                else:
                    break
                if reply or not self.channel.send_floats(0, (value,), deadline):
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
    if not isinstance(raised, str) or not all(isinstance(told, list) for told in (seen, kinds, mutated, shared)):
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
