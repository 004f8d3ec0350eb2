"""What the tests cost: processor seconds by file, of the tests and of all processes that they started. ``COST=1 make test`` prints them at the end."""

from __future__ import annotations

import os
import resource
from collections import Counter
from pathlib import Path

import pytest

WANTED = bool(os.environ.get("COST"))
_KEY = "processor seconds"


def _spent() -> float:
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime + _going_on(os.getpid())


def _going_on(process: int | str) -> float:
    """What the processes that this one started took until now: a browser, kernels, a server that a fixture keeps for many files."""
    spent = 0.0
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _text(thread).split():
            if line := _text(Path(f"/proc/{child}/stat")):
                spent += sum(map(int, line.rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")
            spent += _going_on(child)
    return spent


def _text(path: Path) -> str:
    """Empty where a thread or a process has just ended."""
    try:
        return path.read_text()
    except OSError:
        return ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    """What a test took, its fixtures included, and what a process that goes on took meanwhile."""
    before = _spent() if WANTED else 0.0
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
    """The table, dearest first."""
    costs = terminalreporter.config.stash.get(_COSTS, Counter())
    if WANTED and costs:
        terminalreporter.section(f"{_KEY}: {sum(costs.values()):.0f}", sep="-")
        for file, seconds in costs.most_common():
            if seconds >= 1:
                terminalreporter.write_line(f"{seconds:7.1f}  {file}")
