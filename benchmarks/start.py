"""How long until a lesson is open: `study` from the command to the lesson's heading in a browser, and JupyterLab alone on the same notebook.

    python benchmarks/start.py                 # as often as the machine is used: the next starts; median of five, in turn
    python benchmarks/start.py --first         # besides, once: an environment made and filled as on a fresh machine, and the first start in it

The first start fetches packages: its time is the network's as much as ours. Needs Chromium, as the browser tests do.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from lab import CHROMIUM_FLAGS, chromium_path, free_port, wait_for_server  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

LESSON = "00_start_here"
HEADING = ".jp-Notebook .jp-MarkdownOutput h1"


def started(browser, course: Path, python: str, ours: bool) -> tuple[float, float]:
    """Seconds from the command until the server answers, and until the lesson's heading is on the screen."""
    port, token = free_port(), secrets.token_hex(16)
    options = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command = [python, "-m", "autograder", "study", "--", *options]
    if not ours:
        root = ["--allow-root", f"--ServerApp.root_dir={course / 'study'}", f"--LabApp.default_url=/lab/tree/{LESSON}/{LESSON}.ipynb"]
        command = [python, "-m", "jupyterlab", *options, *root]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "PYTHONDONTWRITE"))}
    log = course.parent / "log"
    began = time.perf_counter()
    with open(log, "w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, cwd=course, env={**kept, "HOME": str(course.parent / "home"), "PYTHONPATH": str(course)}, stdout=stream, stderr=stream
        )
    page = browser.new_page()
    try:
        wait_for_server(f"http://127.0.0.1:{port}/api/status?token={token}", process, log)
        answered = time.perf_counter() - began
        page.goto(f"http://127.0.0.1:{port}/?token={token}")
        page.wait_for_selector(HEADING, timeout=120_000)
        return answered, time.perf_counter() - began
    finally:
        page.close()
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def processor() -> float:
    """Seconds of processor time of what was started here and has ended; a busy machine makes a start longer, and this not."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(folder: Path) -> tuple[str, float]:
    """An environment as `make study` makes it, nothing taken from pip's cache: its Python, and the seconds it took."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    subprocess.run([*install, "-r", ROOT / "requirements.txt"], check=True)
    return python, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", action="store_true", help="measure the first start on a fresh machine too; fetches packages")
    parser.add_argument("--times", type=int, default=5, help="how many next starts of each kind (default 5)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="start ") as place, sync_playwright() as driver:
        course = Path(place) / "course"
        for name in ("autograder", "explorers", "notebooks", "data"):
            shutil.copytree(ROOT / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
        (course.parent / "home").mkdir()
        browser = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        python = sys.executable
        if arguments.first:
            before = processor()
            python, seconds = environment(Path(place) / "environment")
            made = processor() - before
            _, opened = started(browser, course, python, ours=True)
            print(
                f"first start: environment {seconds:.0f} s ({made:.0f} s of processor time), then to the opened lesson {opened:.1f} s, together {seconds + opened:.0f} s"
            )
        else:
            started(browser, course, python, ours=True)  # what the first one compiles and copies is not the next ones'
        found = {True: [], False: []}
        for _ in range(arguments.times):
            for ours in found:
                before = processor()
                found[ours].append((*started(browser, course, python, ours), processor() - before))
        for ours, name in ((True, "study"), (False, "JupyterLab alone")):
            answered, opened, used = (statistics.median(column) for column in zip(*found[ours]))
            print(
                f"{name}: the server answers after {answered:.1f} s, the lesson is open after {opened:.1f} s (median of {arguments.times}); "
                f"the server's processor time {used:.1f} s"
            )
        browser.close()


if __name__ == "__main__":
    main()
