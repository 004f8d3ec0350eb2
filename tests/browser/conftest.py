"""The fixtures of the browser tests: Chromium, and one JupyterLab (lab.py) for all of them.

Where Chromium is not found, these tests are skipped and say how to get it; with CI set that is a failure.
"""

from __future__ import annotations

import sys
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
