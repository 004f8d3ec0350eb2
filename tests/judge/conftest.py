"""The judge's tests: which levels of isolation they run at."""

import sys

import pytest

from autograder.judge.sandbox import levels
from autograder.judge.sandbox.process import SandboxError


def safe_levels() -> list[str]:
    """The safe levels that this machine has, strongest first; none outside Linux."""
    if sys.platform != "linux":
        return []
    try:
        return ["full", "standard"] if levels.best() == "full" else ["standard"]
    except SandboxError:
        return []


SAFE = safe_levels()


@pytest.fixture(scope="session", params=["full", "standard"])
def level(request) -> str:
    """Each safe level; one that this machine lacks is skipped by name, with what it takes."""
    if request.param not in SAFE:
        pytest.skip(levels.ADVICE[request.param])
    return request.param
