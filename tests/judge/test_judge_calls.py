"""Prefetched calls: the same outcomes as one by one, nothing held against an answer that it was never asked, no trust in replies."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest
import seeds

from autograder.engine.report import Status
from autograder.engine.runner import run
from autograder.exercises import lessons
from autograder.judge.inside.confine import Limits
from autograder.judge.remote import RemoteAnswer, Times
from autograder.judge.sandbox.child import End
from autograder.judge.sandbox.process import Zygote
from autograder.judge.session import Session
from autograder.judge.submission import parse
from autograder.shared.answer import Died, LocalAnswer
from autograder.shared.channel import Channel, Closed
from autograder.shared.values import Opaque
from autograder.writing.bank import CUBIC, EXPSIN
from judge import tiny

SOURCE = """
calls = []
def slope(f, x, h):
    calls.append(x)
    if x > 8:
        while True:
            pass
    if x > 5:
        raise ValueError(x)
    return (f(x + h) - f(x)) / h
def asked():
    return len(calls)

def waits(seconds):
    import time
    time.sleep(seconds)
    return seconds

def zeros(n):
    import numpy as np
    return np.zeros(n)

def listed(items, count=[0]):
    count[0] += 1
    return [*items, count[0]]

def seen(*args):
    def shown(value):
        if callable(value):
            return [value.__name__, float(value(1.5))]
        if isinstance(value, (list, tuple)):
            return [type(value).__name__, *map(shown, value)]
        return {key: shown(item) for key, item in value.items()} if isinstance(value, dict) else repr(value)
    return shown(args)
"""
CALLS = [(CUBIC, 1.0, 0.5), (EXPSIN, 2.0, 0.25), (CUBIC, 6.0, 0.5), (CUBIC, 3, 0.5)]


@pytest.fixture(scope="module")
def channel(level):
    """The judge's end of a channel to a child in which SOURCE ran."""
    with Zygote(level, Limits()) as zygote:
        child = zygote.spawn()
        child.channel.send({"op": "cell", "source": SOURCE, "cpu": 5, "wall": 20})
        child.channel.receive()
        yield child.channel
        child.kill()


def remote(channel, name="slope", times=None):
    return RemoteAnswer(channel, name, times or Times(), time.monotonic() + 60, lambda error: Died("malformed", type(error).__name__))


def seen_of(outcome):
    return outcome.value, outcome.raised, outcome.mutated, outcome.warnings, outcome.evaluations, outcome.printed


def test_prefetched_calls_have_the_outcomes_of_calls_made_one_by_one(channel):
    singly = [seen_of(remote(channel).call(args)) for args in CALLS]
    together = remote(channel)
    before = remote(channel, "asked").call(()).value
    together.prefetch(CALLS)
    assert [seen_of(together.call(args)) for args in CALLS] == singly
    assert remote(channel, "asked").call(()).value == before + len(CALLS), "each was made once"
    assert singly[2][1] == "ValueError" and singly[0][4] == 2


def test_only_the_very_arguments_are_prefetched_and_answer_once(channel):
    answer = remote(channel)
    answer.prefetch(CALLS)
    before = remote(channel, "asked").call(()).value
    answer.call((CUBIC, 1.5, 0.5))
    answer.call(CALLS[0])
    answer.call(CALLS[0])
    answer.call(CALLS[1], counted=True)
    assert remote(channel, "asked").call(()).value == before + 3, "another point, the second time, and where it is counted"


def test_a_loop_without_end_stops_what_was_prefetched_and_nothing_else(channel):
    answer = remote(channel, times=Times(call_cpu=0.2))
    answer.prefetch([CALLS[0], (CUBIC, 9.0, 0.5), CALLS[1]])
    assert [answer.call(args).raised for args in (CALLS[1], CALLS[0])] == ["", ""], "what was not reached is asked for again"
    with pytest.raises(Died):
        answer.call((CUBIC, 9.0, 0.5))


def test_equal_calls_are_made_once_and_no_check_sees_what_another_does_to_the_value(channel):
    answer, args, other = remote(channel, "listed"), ([1.0, 2.0],), ([3.0],)
    answer.prefetch([args, other, args])
    first, second = answer.call(args).value, answer.call(args).value
    assert first == second == [1.0, 2.0, 1], "the call was made once"
    first.append("spoilt")
    assert second == [1.0, 2.0, 1] and answer.call(other).value == [3.0, 2]
    assert answer.call(args).value == [1.0, 2.0, 3], "a third one was not planned"


@pytest.mark.parametrize("calls", [[(0.0,), (1.01,)], [(1.01,), (0.0,)], [(1.01,), (1.02,)]], ids=["the last", "the first", "each"])
def test_what_slow_calls_leave_out_is_asked_for_and_what_follows_keeps_its_place(channel, calls):
    """After a second the child begins no other planned call. A frame too many or too few would shift all that come after it."""
    answer = remote(channel, "waits")
    answer.prefetch(calls)
    assert [answer.call(args).value for args in calls] == [seconds for (seconds,) in calls]
    channel.send({"op": "has", "name": "waits"})
    assert channel.receive_message() == {"has": True}


def test_values_that_are_too_large_together_are_asked_for_one_by_one(channel):
    answer, calls = remote(channel, "zeros"), [(300_000,), (10,), (300_001,), (900_000,)]
    answer.prefetch(calls)
    values = [answer.call(args).value for args in calls]
    assert [value.shape for value in values[:3]] == [(300_000,), (10,), (300_001,)]
    assert values[3] == Opaque("a value too large to judge")


@pytest.mark.parametrize("calls", [
    [(1.0,), (1.0, 2.0)],
    [(), ()],
    [((CUBIC, EXPSIN),), ((EXPSIN, EXPSIN),)],
    [([CUBIC], [EXPSIN, 1.0]), ([], [CUBIC])],
    [(np.arange(3.0), {"f": CUBIC}), (np.float32(2), None)],
], ids=["of several lengths", "without arguments", "tuples of functions", "lists of functions", "arrays and dicts"])  # fmt: skip
def test_arguments_arrive_as_they_were_sent(channel, calls):
    singly = [seen_of(remote(channel, "seen").call(args)) for args in calls]
    together = remote(channel, "seen")
    together.prefetch(calls)
    assert [seen_of(together.call(args)) for args in calls] == singly
    assert not any(raised for _, raised, *_ in singly), "every call came back"
    assert calls[0] == () or singly[0][0] != singly[-1][0], "and the values tell the arguments apart"


def test_large_calls_are_not_prefetched(channel):
    calls = [(CUBIC, "x" * (1 << 20), 0.5)] * 2
    before = remote(channel, "asked").call(()).value
    remote(channel).prefetch(calls)
    assert remote(channel, "asked").call(()).value == before


@pytest.fixture
def reply():
    """``reply(answers)``: a child that answers the first order with the given frames."""
    with contextlib.ExitStack() as at_the_end:

        def reply(answers):
            ours, theirs = socket.socketpair()
            other = Channel(theirs)

            def serve():
                with contextlib.suppress(Closed):
                    other.receive(refs=lambda ref: ref)
                    for message, values in answers:
                        other.send(message, values)

            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            for end in (theirs.close, thread.join, ours.close):  # the last is done first: the thread then reads that nobody is there
                at_the_end.callback(end)
            return Channel(ours), theirs

        yield reply


GOOD = {"raised": "", "mutated": [], "warnings": [], "evaluations": 2, "printed": False}


@pytest.mark.parametrize("answer", [
    ({"outcomes": [GOOD] * 9}, (1.0,) * 9),
    ({"outcomes": [GOOD]}, ()),
    ({"outcomes": [GOOD]}, (1.0, 2.0)),
    ({"outcomes": [7]}, (1.0,)),
    ({"outcomes": "many"}, (1.0,)),
    ({"outcomes": [{**GOOD, "evaluations": -1}]}, (1.0,)),
    ({"outcomes": [GOOD, {**GOOD, "evaluations": "two"}]}, (1.0, 1.0)),
    ({"outcomes": [{**GOOD, "mutated": 1}]}, (1.0,)),
    ({"outcomes": [{"points": 10.0}]}, (1.0,)),
    ({"ask": 0}, ((1.0,),)),
    ({}, ()),
], ids=["too many", "no value", "a value more", "no outcome", "no list", "negative count", "count in words", "no positions", "points", "a question", "nothing"])  # fmt: skip
def test_a_reply_that_is_no_list_of_outcomes_ends_the_child(reply, answer):
    channel, _ = reply([answer])
    with pytest.raises(Died) as end:
        remote(channel).prefetch(CALLS)
    assert end.value.kind == "malformed"


@pytest.mark.parametrize(
    "answer", [({"ask": 1}, ((1.0,),)), ({"points": 10.0}, (1.0,)), ({"has": True}, ())], ids=["a question", "points", "has"]
)
def test_a_reply_that_is_no_outcome_ends_the_child(reply, answer):
    channel, _ = reply([answer])
    with pytest.raises(Died) as end:
        remote(channel).call(CALLS[0])
    assert end.value.kind == "malformed"


@pytest.mark.parametrize(
    "first", [{"outcomes": []}, {"has": True}, {"has": 1}, {}], ids=["empty outcomes", "another question", "a number", "nothing"]
)
def test_the_reply_to_something_else_is_malformed_and_not_taken_for_a_missing_function(reply, first):
    """Nobody may lose points for a frame in the wrong place without being told so."""

    def spawn():
        channel, other = reply([(first, ()), ({"outputs": []}, ())])
        return SimpleNamespace(channel=channel, other=other, kill=lambda: End(signal=9), cpu=lambda: 0.0)

    lesson = tiny.lesson()
    session = Session(
        SimpleNamespace(spawn=spawn, render=False),
        parse(tiny.notebook(), set(lesson.exercises)),
        lesson,
        {},
        0,
        Times(exercise=5, submission=20),
    )
    session.judge()
    assert {report.status for report in session.reports.values()} == {Status.MALFORMED}


def test_a_call_that_took_too_long_counts_only_when_it_is_asked_for(reply):
    channel, _ = reply([({"outcomes": [GOOD, {"died": "timeout"}]}, (1.0, None))])
    answer = remote(channel)
    answer.prefetch(CALLS)
    assert answer.call(CALLS[0]).value == 1.0
    with pytest.raises(Died) as end:
        answer.call(CALLS[1])
    assert end.value.detail == "Overtime"


class Prefetching(LocalAnswer):
    """An answer that makes planned calls beforehand, as the one behind a pipe does."""

    remote = True

    def prefetch(self, calls, program=""):
        self.known = {tuple(map(id, args)): (args, super(Prefetching, self).call(args, program)) for args in calls}

    def call(self, args, program="", counted=False):
        known = getattr(self, "known", {}).pop(tuple(map(id, args)), None)
        return known[1] if known and not counted else super().call(args, program, counted)


@pytest.mark.parametrize("lesson", ["01_derivative", "04_gradient", "06_generalized_jacobian"])
def test_a_report_does_not_depend_on_when_calls_were_made(lesson):
    for exercise in lessons()[lesson].exercises.values():
        for mistake in exercise.mistakes if seeds.MANY else exercise.mistakes[seeds.one() % 3 :: 3]:
            reports = [run(exercise, kind(mistake.function, exercise.stand_ins), seed=3) for kind in (LocalAnswer, Prefetching)]
            assert reports[0].status is not Status.ERROR
            assert reports[0].to_json() == reports[1].to_json(), mistake.name
