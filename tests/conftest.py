"""Makes the tests' own helper modules importable, and keeps tests that share something expensive on one worker."""

import sys
from pathlib import Path

import pytest

# before nbformat: it spares every worker the grammar of international addresses, three seconds of its start
import autograder.course  # noqa: F401

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "exercises")]
SPREAD = {"exercises", "notebooks"}  # each test stands alone; elsewhere a file's tests share a server, a course, a sandbox


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the marks
def pytest_collection_modifyitems(items):
    """With `pytest -n 2 --dist loadgroup`, the tests of one file stay together, and all browser tests do."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder == "browser":
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif folder not in SPREAD:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
