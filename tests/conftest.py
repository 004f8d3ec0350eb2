"""Makes the tests' own helper modules importable from every folder of tests."""

import sys
from pathlib import Path

from hypothesis import settings

# before nbformat: it spares every worker the grammar of international addresses, three seconds of its start
import autograder.files  # noqa: F401

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "exercises")]

# the same examples in every run: what fails here fails everywhere, and today's failure is there tomorrow
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
