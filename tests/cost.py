"""What the tests cost: processor seconds by file, of the tests and of all processes that they started. ``COST=1 make test`` prints them at the end."""

from __future__ import annotations

import os
import resource
from collections import Counter

import pytest

WANTED = bool(os.environ.get("COST"))
_KEY = "processor seconds"


def _spent() -> float:
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    """What a test took, its fixtures included; a process that goes on is counted where it ends."""
    before = _spent()
    yield
    if WANTED:
        item.config.stash.setdefault(_COSTS, Counter())[item.nodeid.partition("::")[0]] += _spent() - before


_COSTS: pytest.StashKey[Counter] = pytest.StashKey()


def pytest_sessionfinish(session):
    """A worker of xdist tells the one that prints."""
    if WANTED and hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_KEY] = dict(session.config.stash.get(_COSTS, Counter()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """The one that prints hears of a worker."""
    node.config.stash.setdefault(_COSTS, Counter()).update(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_terminal_summary(terminalreporter):
    """The table, dearest first. A process that a fixture keeps is counted with the test at which it ends."""
    costs = terminalreporter.config.stash.get(_COSTS, Counter())
    if WANTED and costs:
        terminalreporter.section(f"{_KEY}: {sum(costs.values()):.0f}", sep="-")
        for file, seconds in costs.most_common():
            if seconds >= 1:
                terminalreporter.write_line(f"{seconds:7.1f}  {file}")
