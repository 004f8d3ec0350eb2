"""Makes the tests' own helper modules importable from every folder of tests, and says which seed the run looks at."""

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# before nbformat: it spares every worker the grammar of international addresses, three seconds of its start
import autograder.files  # noqa: F401

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "exercises")]

import cost  # noqa: E402 - these lie in the folder that was just made known
import skips  # noqa: E402

# no test fetches from a registry: what npm and pip do not have by them is missing
os.environ |= {"npm_config_offline": "true", "PIP_NO_INDEX": "1"}

# the same examples in every run: what fails here fails everywhere, and today's failure is there tomorrow
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

import seeds  # noqa: E402 - they lie in the folder that was just made known
from warm_kernel import warm_kernels  # noqa: E402


def pytest_configure(config):
    """One seed for all workers, which are started with this environment; at the end what was skipped and why, and what the run cost."""
    os.environ["SEED"] = str(seeds.one())
    for plugin in (skips, cost):
        config.pluginmanager.register(plugin)


def pytest_sessionstart(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not hasattr(session.config, "workerinput"):
        many = f"seeds 0 to {seeds.MANY - 1}" if seeds.MANY else f"seed {seeds.one()}; SEED={seeds.one()} repeats this run"
        reporter.write_line(f"hidden cases: {many}")


def pytest_collection_finish(session):
    """What is loaded by now stays: the collector need not look through it again, nor often at what tests make. It took a tenth of a run's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(optionalhook=True)  # xdist's
def pytest_xdist_make_scheduler(config, log):
    """Who shares a worker with ``--dist loadfile``: the tests of a file, all that use the browser, all that use one graded class, the gate's."""
    if config.getvalue("dist") == "loadfile":
        from xdist.scheduler import LoadFileScheduling

        class Together(LoadFileScheduling):
            def _split_scope(self, nodeid):
                file = super()._split_scope(nodeid)
                folder = file.rpartition("/")[0]
                return folder if folder in ("tests/browser", "tests/everywhere", "tests/gate") else file

        return Together(config, log)


@pytest.fixture(scope="session")
def warm():
    """Kernels that start in a moment; one process for all tests of a worker that run notebooks."""
    with warm_kernels() as variables:
        yield variables


@pytest.fixture(scope="module")
def kernels(warm):
    """For a module of tests: whatever it runs in a kernel called python3 runs in such a one."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in warm.items():
            patch.setenv(name, value)
        yield
