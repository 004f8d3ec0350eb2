"""The learner's door, as the command opens it on a machine that never saw JupyterLab: the first lesson, and nothing over it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys

import pytest
from lab import ROOT, free_port, wait_for_server

pytestmark = pytest.mark.browser


def test_the_command_opens_the_first_lesson_and_asks_nothing(browser, tmp_path):
    course, home = tmp_path / "course", tmp_path / "home"
    for name in ("autograder", "explorers", "notebooks", "data"):
        shutil.copytree(ROOT / name, course / name)
    home.mkdir()
    port, token = free_port(), secrets.token_hex(16)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "XDG_"))}
    command = [
        sys.executable,
        "-m",
        "autograder",
        "study",
        "--",
        "--no-browser",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
    ]
    log = tmp_path / "log"
    with open(log, "w") as stream:
        process = subprocess.Popen(
            command, cwd=course, env={**kept, "HOME": str(home), "PYTHONPATH": str(course)}, stdout=stream, stderr=stream
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_server(f"{url}/api/status?token={token}", process, log)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/?token={token}")
        page.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1", timeout=60_000)
        assert page.url.split("?")[0].endswith("/lab/tree/00_start_here/00_start_here.ipynb")
        page.wait_for_function("document.querySelector('.jp-Notebook-ExecutionIndicator, .jp-Toolbar-kernelStatus')", timeout=60_000)
        page.wait_for_timeout(4000)  # JupyterLab asks a moment after its start
        assert page.locator(".Toastify__toast, .jp-Dialog").all_inner_texts() == []
        assert page.locator(".jp-TableOfContents").is_visible(), "the way through the lesson is open beside it"
        assert "nbgrader" not in page.locator("#jp-MainMenu, .lm-MenuBar").first.inner_text().lower()
        assert page.get_by_text("Create Assignment").count() == page.get_by_text("Validate", exact=True).count() == 0
        code = page.locator(".jp-Notebook .jp-CodeCell .cm-content")
        assert code.count() > 3 and page.locator(".jp-Notebook .jp-CodeCell .cm-content.cm-lineWrapping").count() == code.count(), (
            "a contract is read without scrolling sideways"
        )
        assert not [address for address in asked if not address.startswith((url, f"ws://127.0.0.1:{port}", "data:", "blob:"))]
        page.close()
    finally:
        process.terminate()
        process.wait(20)
