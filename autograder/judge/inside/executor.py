"""Runs a notebook's cells and answers calls, inside the confined child. Whatever it sends is believed by nobody.

The judge sends one order a frame: "cell" (run this source), "cells" (one after another), "has" (is there such a name), "call" (call the function of that
name, alone or by a named program), "calls" (many of these, one after another); a call may name a change, and then it is of a changed copy. A function argument arrives as its text, or, where its calls are counted, as a proxy:
each call of one is a frame to the judge and back.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import signal
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType

import numpy as np

from ...shared.answer import ARITHMETIC, BATCH, Died, LocalAnswer, OutOfTime
from ...shared.channel import Channel, Closed
from ...shared.functions import Function
from ...shared.rehearsal import rehearsed, used
from ...shared.values import Opaque, plain
from ...shared.wire import Ref, TooLarge
from . import confine, probes
from .no_programs import replace_programs
from .shell import Shell

_LARGEST = 4 << 20  # bytes of an array that f is asked about
_PRACTICE = "def practice(f, x):\n    return (f(x + 1) - f(x)) / 2 if callable(f) else x"
_TICK = 0.1  # seconds between two looks at the clock, and until a swallowed OutOfTime is raised again


class Clock:
    """Raises `OutOfTime` when CPU or wall time is used up; again and again, because a bare `except` may swallow it."""

    def __init__(self):
        self.armed = self.in_frame = False
        self.rang = False  # since it was started

    def wind(self) -> None:
        """Let it tick: from the child's start, and anew before each exercise; the judge has harder clocks for whoever stops this one."""
        for number, timer in ((signal.SIGPROF, signal.ITIMER_PROF), (signal.SIGALRM, signal.ITIMER_REAL)):
            signal.signal(number, self._tick)
            signal.setitimer(timer, _TICK, _TICK)

    def start(self, cpu: float, wall: float) -> None:
        """From now on: so many seconds."""
        self._cpu, self._wall = time.process_time() + cpu, time.monotonic() + wall
        self.armed, self.rang = True, False

    def stop(self) -> None:
        """It may take as long as it likes."""
        self.armed = False

    def _tick(self, *_):
        if self.is_over():
            self.rang = True
            raise OutOfTime("no time left")

    def is_over(self) -> bool:
        """Whether time is up and it may be said: not within a frame, half of one would make nonsense of the next."""
        return self.armed and not self.in_frame and (time.process_time() > self._cpu or time.monotonic() > self._wall)


@dataclass(frozen=True)
class _Asked(Function):
    """A function that stays with the judge, where its calls are counted."""

    ask: Callable | None = None

    def __call__(self, *args):
        return self.ask(args)


class Executor:
    """One warm shell; made in the zygote, used in a child. `data` is the folder of the course's data sets."""

    _last: LocalAnswer | None = None
    _rehearsed: tuple[int, Mapping] = (0, {})  # the number of a change, and the names that the changed copy sees

    def __init__(self, data: str = "", render: bool = False):
        self.shell, self.clock = Shell(data, render), Clock()
        self.shell.warm_up(self._practise)

    def _practise(self) -> None:
        """Obey once what a judge orders, in the zygote: Python is quick with what it has run a few times, and no child pays for first uses."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            judge, f = Channel(ours), Function("0.5*x**2")
            judge.send({"op": "cells", "sources": [_PRACTICE], "cpu": 9, "wall": 9})
            calls = ((f, 1.5), (f, np.ones(2)), ((1, [2.5]), {"a": np.eye(2)}), (np.float64(2), True)) * 8
            judge.send({"op": "calls", "name": "practice", "program": "", "cpu": 9, "wall": 9}, calls)
            ours.shutdown(socket.SHUT_WR)
            self.serve(Channel(theirs))
        self._last = None

    def base(self) -> int:
        """How much address space a child has mapped before it runs anything."""
        return confine.mapped()

    def load_pictures(self) -> None:
        """Load what draws, in the zygote, before the first notebook that draws."""
        self.shell.load_pictures()

    def begin(self) -> None:
        """Make ready in the child, after it is confined and before the judge is told so."""
        replace_programs()
        self.clock.wind()

    def serve(self, channel: Channel) -> None:
        """Obey orders until the judge closes the channel."""
        self.channel = channel
        with contextlib.suppress(Closed):
            while True:
                message, values = channel.receive(refs=self._proxy)
                found = getattr(self, "_" + message["op"])(message, values)
                if found is not None:  # of many cells or calls each has been told by itself
                    self._send(*found)

    def _send(self, reply: dict, results: tuple) -> None:
        try:
            self.channel.send(reply, results)
        except (TypeError, TooLarge, MemoryError):
            self.channel.send(reply, (Opaque("a value too large to judge"),))

    def _cells(self, message: dict, values: list) -> None:
        """Run many cells; after each it is told, so that it is known which one ended the process."""
        for source in message["sources"]:
            self._send(*self._cell({**message, "source": source}, values))

    def _cell(self, message: dict, values: list) -> tuple[dict, tuple]:
        late = self._timed(message, lambda: self.shell.run(message["source"]))
        return {"outputs": self.shell.outputs(late), "late": late}, ()

    def _has(self, message: dict, values: list) -> tuple[dict, tuple]:
        self.clock.wind()  # what the notebook did to it is forgotten, once an exercise
        names = self.shell.names
        if not isinstance(names, dict) or not dict.__contains__(names, message["name"]):
            return {"has": False}, ()
        return ({"has": True, "stub": True} if _is_stub(names[message["name"]]) else {"has": True}), ()

    @np.errstate(**ARITHMETIC)
    def _calls(self, message: dict, values: list) -> None:
        """Make many calls, until one runs out of time or `BATCH` seconds are over; the judge asks again for what is left out."""
        replies, results, start = [], [], time.monotonic()
        programs = message.get("programs") or [message["program"]] * len(values)
        for args, program in zip(values, programs):
            reply, result = self._made(message, program, args)
            replies.append(reply)
            results.append(result)
            if "died" in reply or time.monotonic() > start + BATCH:
                break
        try:
            self.channel.send({"outcomes": replies}, tuple(results))
        except (TypeError, TooLarge, MemoryError):  # of calls made one by one only what is too large is lost
            self.channel.send({"outcomes": []})

    @np.errstate(**ARITHMETIC)
    def _call(self, message: dict, values: list) -> tuple[dict, tuple]:
        reply, result = self._made(message, message["program"], *values)
        return reply, (result,)

    def _made(self, message: dict, program: str, args: tuple) -> tuple[dict, object]:
        """One call against the clock: what to say of it, nothing where nothing happened, and its value."""
        try:
            self.clock.start(message["cpu"], message["wall"])
            try:
                outcome = self._answer(message).call(args, program)
            finally:
                self.clock.stop()
        except (Died, OutOfTime):  # LocalAnswer catches our clock
            self.clock.stop()
            return {"died": "timeout"}, None
        except BaseException as error:
            return {"raised": type(error).__name__[:60]}, None
        if self.clock.rang:  # and was swallowed: what it did is not what it would have done
            return {"died": "timeout"}, None
        reply: dict = {"evaluations": outcome.evaluations} if outcome.evaluations else {}
        if outcome.raised:
            reply["raised"], reply["kinds"] = outcome.raised[:60], list(outcome.kinds)
        for place in ("mutated", "shared"):
            if getattr(outcome, place):
                reply[place] = list(getattr(outcome, place))
        for fact in ("entangled", "spoilt", "again"):
            if getattr(outcome, fact):
                reply[fact] = True
        if outcome.warnings:
            reply["warnings"] = [text.partition(":")[0][:60] for text in outcome.warnings][:20]
        if outcome.printed:
            reply["printed"] = True
        return reply, outcome.value

    def _answer(self, message: dict) -> LocalAnswer:
        """What answers: the same one for call after call, because it remembers what the last one returned."""
        names = self._names(message)
        function, last = names.get(message["name"]), self._last
        if last is None or last.function is not function or last.names is not names:
            self._last = LocalAnswer(function, names)
        return self._last

    def _names(self, message: dict) -> Mapping:
        """The notebook's names; where the call is of a changed copy (`places.py`), those that it sees: one set for each change."""
        names, change = self.shell.names, message.get("change")
        if change is None:
            return names
        if change["number"] != self._rehearsed[0]:
            roots = [names[word] for word in (message["name"], *change["needs"]) if word in names]
            code = compile(change["source"], "<a copy of your function>", "exec")
            self._rehearsed = change["number"], rehearsed(code, used(roots, names), names)
        return self._rehearsed[1]

    def _probe(self, message: dict, values: list) -> tuple[dict, tuple]:
        return {"probe": probes.attempts(message["canary"], message["folder"], message["outsider"])}, ()

    def _timed(self, message: dict, action) -> bool:
        """Run `action` against the clock; whether time ran out."""
        try:
            self.clock.start(message["cpu"], message["wall"])
            try:
                action()
            finally:
                self.clock.stop()
        except OutOfTime:
            self.clock.stop()
        return self.clock.rang

    def _proxy(self, ref: Ref) -> Function:
        return _Asked("", name=ref.name, ask=lambda args: self._ask(ref, args))

    def _ask(self, ref: Ref, args: tuple):
        """The value of the judge's function number `ref` at `args`; its exceptions arrive as their type."""
        self.clock.in_frame = True
        try:
            try:
                self.channel.send({"ask": ref.number}, (tuple(_exact(arg) for arg in args),))
            except (TypeError, TooLarge) as error:
                raise TypeError(f"f takes numbers and arrays of numbers: {error}") from None
            message, values = self.channel.receive()
        finally:
            self.clock.in_frame = False
        if message["raised"]:
            raise getattr(builtins, message["raised"], RuntimeError)("f is not defined there")
        return values[0]


def _is_stub(value) -> bool:
    """Whether a function does nothing but raise `NotImplementedError`: then no case need be sent."""
    code = value.__code__ if type(value) is FunctionType else None
    return code is not None and code.co_names == ("NotImplementedError",) and dis.opmap["RAISE_VARARGS"] in code.co_code[::2]


def _exact(value):
    """A function's argument as plain data, NumPy scalars as they are: 1/x at 0 depends on them. Raises `TooLarge`."""
    if isinstance(value, np.ndarray) and value.nbytes > _LARGEST:
        raise TooLarge(f"an array of {value.nbytes >> 20} MiB")
    return value if type(value) is np.ndarray or isinstance(value, np.generic) else plain(value)
