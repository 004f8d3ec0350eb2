"""The fixtures of the browser tests: Chromium, and one JupyterLab (lab.py) for all of them.

Where Chromium is not found, these tests are skipped and say how to get it; with CI set that is a failure.
"""

from __future__ import annotations

import functools
import http.server
import os
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # `import lab`, whichever folder the tests are started from

from lab import CHROMIUM_FLAGS, GET_CHROMIUM, chromium_path, missing, running_lab


@pytest.fixture(scope="session")
def browser():
    """Chromium, driven by Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is missing: `pip install playwright`.")
    if not chromium_path():
        missing(GET_CHROMIUM)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """One JupyterLab for all browser tests."""
    with running_lab(browser, tmp_path_factory.mktemp("lab")) as server:
        yield server


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory, warm):
    """The pages of lessons 01, 02 and 09 (`make thorough`: of all), built into a folder of their own; SITE names one that was built already."""
    import seeds

    from autograder.course.npm import NoWeb
    from autograder.course.site import build_site

    if built := os.environ.get("SITE"):
        return Path(built)
    root, repository = tmp_path_factory.mktemp("course"), Path(__file__).resolve().parents[2]
    for path in repository.iterdir():
        if path.name not in ("site", "work", "study", ".git"):
            (root / path.name).symlink_to(path)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in warm.items():
            patch.setenv(name, value)
        try:
            assert [wrong for only in (("",) if seeds.MANY else ("01_", "02_", "09_")) for wrong in build_site(root, only=only)] == []
        except NoWeb as problem:
            missing(str(problem))
    return root / "site"


@pytest.fixture(scope="session")
def served(site):
    """The address of the pages on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
