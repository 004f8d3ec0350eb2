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


@pytest.fixture(scope="session", params=safe_levels() or ["none"])
def level(request) -> str:
    if request.param == "none":
        pytest.skip("no safe sandbox on this machine; python -m autograder doctor says what is missing")
    return request.param
