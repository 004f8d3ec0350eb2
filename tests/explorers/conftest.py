"""A thread as a script has it: no event loop is running, whatever ran on this worker before."""

from __future__ import annotations

from asyncio.events import _get_running_loop, _set_running_loop

import pytest


@pytest.fixture(autouse=True)
def no_loop():
    """Playwright keeps its loop running in the thread of the browser tests, and an explorer would take it for a kernel's."""
    before = _get_running_loop()
    _set_running_loop(None)
    yield
    _set_running_loop(before)
