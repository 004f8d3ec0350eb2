"""A learner's function at the other end of a pipe: implements `answer.Answer` over a child that nobody trusts."""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..shared.answer import BATCH, Died, Outcome, Script
from ..shared.channel import Channel, Closed, Late
from ..shared.frames import encode, prepack
from ..shared.values import fresh
from ..shared.wire import Malformed
from .allowance import Judging, Meter, Times
from .oracle import EXCEPTIONS, Oracle

_WARNINGS = {name for name in EXCEPTIONS if name.endswith("Warning")} | {"ComplexWarning", "VisibleDeprecationWarning", "RankWarning"}
_OUTCOME = {
    "raised",
    "kinds",
    "mutated",
    "shared",
    "entangled",
    "spoilt",
    "again",
    "warnings",
    "evaluations",
    "printed",
}  # what a child may say of a call beside its value
_LARGE = 1 << 20  # bytes of calls in one frame, which a child holds in its memory all at once; with more, a round trip each is no cost


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
        self._prefetched: dict[tuple, _Prefetched] = {}
        self.outcomes: list[Outcome | None] = []  # by the place in the script
        self._played: list[_Prefetched] = []  # the same

    def call(self, args: tuple, program: str = "", counted: bool = False) -> Outcome:
        """See `Answer.call`: when `counted`, the functions among `args` stay here; else their texts, but no derivatives, go over.

        Raises `Died`, and `SandboxError` when the sandbox itself broke.
        """
        known = self._prefetched.get(_identity(args, program))
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
        planned = Counter(_identity(args, program) for args in calls)
        distinct = {_identity(args, program): args for args in calls}
        frame = encode(self._order("calls", program), tuple(distinct.values()))
        for (key, args), outcome in zip(distinct.items(), self._make(frame, list(distinct.values()))):
            self._prefetched[key] = _Prefetched(args, outcome, planned[key])

    def play(self, script: Script) -> None:
        """See `Scripted.play`. Raises as `call` does."""
        script.packed = script.packed or prepack(tuple(script.calls))
        frame = encode({**self._order("calls", ""), "programs": script.programs}, script.packed)
        for place, outcome in enumerate(self._make(frame, script.calls)):
            args, program, uses = script.calls[place], script.programs[place], script.uses[place]
            self.outcomes.append(outcome)
            self._played.append(_Prefetched(args, outcome, uses))
            if uses:
                self._prefetched[_identity(args, program)] = self._played[-1]

    def use(self, places: list[int]) -> None:
        """See `Scripted.use`."""
        for place in places:
            self._played[place].left -= 1

    def _make(self, frame: bytes, calls: list[tuple]) -> list[Outcome | None]:
        """What came of the calls in a frame, in their order; some may be left out at the end. Raises as `call` does."""
        self.calls += len(calls)
        if len(frame) > _LARGE:
            return []
        try:
            self._judging.look()
            self.channel.write(frame, self._deadline)
            message, values = self.channel.receive(self._deadline + BATCH)
            replies = message.get("outcomes")
            if type(replies) is not list or not len(replies) == len(values) <= len(calls):
                raise Malformed("no outcomes")
            return [_outcome(reply, [value], len(args)) for args, reply, value in zip(calls, replies, values)]
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
        deadline, oracle = self._deadline, Oracle(args)
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
            outcome.evaluations, outcome.each = sum(oracle.counts), tuple(oracle.counts)
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
        raised=raised and (raised if raised in EXCEPTIONS else "Exception"),
        kinds=tuple(name for name in kinds[:20] if isinstance(name, str) and name in EXCEPTIONS),
        mutated=tuple(i for i in range(arguments) if i in mutated),
        shared=tuple(i for i in range(arguments) if i in shared),
        entangled=message.get("entangled") is True,
        spoilt=message.get("spoilt") is True,
        again=message.get("again") is True,
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


def _identity(args: tuple, program: str) -> tuple:
    return (program, *map(id, args))
