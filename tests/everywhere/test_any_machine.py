"""`study` on machines that are not like the author's: it opens, or says in one sentence what to do. Each course lies in a folder with a trying name."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from elsewhere import ROOT

from autograder.course import lab

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="tests/everywhere/test_windows.py is for the others")]
ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1):(\d+)/\S*token=\w+")
WALLED = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is missing: `apt-get install bubblewrap`")


@contextmanager
def study(course, *arguments, wall=(), **environment):
    """`study` with these arguments of JupyterLab, as (what it has printed once there is an address in it or it has ended, its process, the file that it prints to)."""
    home = course.root / "home"
    log = home.parent / f"log-{time.monotonic_ns()}"
    told = {"PATH": os.defpath, "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    command = [*wall, sys.executable, "-m", "autograder", "--course", ".", "study", "--", *arguments]
    with open(log, "wb") as stream:
        process = subprocess.Popen(command, cwd=course.root, env=told, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 120
        while process.poll() is None and not ADDRESS.search(log.read_text(encoding="utf-8")) and time.monotonic() < deadline:
            time.sleep(0.2)
        yield log.read_text(encoding="utf-8"), process, log
    finally:
        process.terminate()
        process.wait(30)
        log.unlink()


def opens(said: str) -> str:
    """The port at which the page answers."""
    address = ADDRESS.search(said)
    assert address, said
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(address[0]) as answer:
                assert answer.status == 200
                return address[1]
        except URLError:  # it is printed a moment before somebody listens there
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_over_ssh_it_says_how_to_reach_it(course):
    with study(course, SSH_CONNECTION="10.0.0.7 51234 10.0.0.9 22", USER="mia") as (said, _, _):
        sentence = next(line for line in said.splitlines() if "SSH" in line)
        assert "ssh -N -L PORT:localhost:PORT mia@10.0.0.9" in sentence and sentence.count("\n") == 0
        opens(said)


def test_without_a_browser_on_a_port_that_is_taken(course):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with study(course, f"--port={port}") as (said, _, _):
            assert "No browser was found here. Open the address that JupyterLab prints below in one that you have." in said
            assert opens(said) != str(port) and "already in use" in said


@WALLED
def test_on_a_home_that_cannot_be_written(course):
    wall = ("bwrap", "--dev-bind", "/", "/", "--bind", str(course.root), str(course.root))
    wall += ("--ro-bind", str(course.root / "home"), str(course.root / "home"), "--")
    with study(course, "--no-browser", wall=wall) as (said, _, _):
        assert f"{course.root / 'home'} cannot be written; what Jupyter keeps for you lies in {course.study / '.home'}." in said
        opens(said)
        assert "Traceback" not in said


@WALLED
def test_without_a_network(course):
    """Nothing is fetched: behind a wall with nothing but its own loopback it opens, and its page answers there."""
    inside = """
import re, subprocess, sys, time, urllib.error, urllib.request
lab = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE, text=True)
try:
    address = next(found[0] for line in lab.stderr if (found := re.search(r"http://127\\S*token=\\w+", line)))
    for _ in range(300):
        try:
            print(urllib.request.urlopen(address).status, flush=True)
            break
        except urllib.error.URLError:
            time.sleep(0.2)
finally:
    lab.terminate()
"""
    wall = ("bwrap", "--dev-bind", "/", "/", "--unshare-net", "--", sys.executable, "-c", inside)
    with study(course, "--no-browser", "--ip=127.0.0.1", wall=wall) as (_, process, log):
        assert process.wait(120) == 0
        assert log.read_text(encoding="utf-8").splitlines()[-1] == "200"


@WALLED
def test_where_the_course_itself_cannot_be_written(course):
    shutil.rmtree(course.study, ignore_errors=True)
    wall = ("bwrap", "--dev-bind", "/", "/", "--ro-bind", str(course.root), str(course.root), "--")
    with study(course, "--no-browser", wall=wall) as (said, process, _):
        assert process.wait(30) == 1
    (sentence,) = said.splitlines()
    assert sentence.startswith("Your notebooks could not be put into ") and "start there" in sentence


def test_root_may_start_it(monkeypatch, tmp_path):
    for user, allowed in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert ("--allow-root" in lab.options(tmp_path, None)) is allowed


def test_a_browser_is_looked_for_where_there_is_a_screen(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(lab.webbrowser, "get", lambda: "firefox")
    assert lab.without_a_browser().startswith("No browser was found"), "what is found without a screen shows text alone"
    monkeypatch.setenv("DISPLAY", ":0")
    assert lab.without_a_browser() == ""
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.7 51234 10.0.0.9 22")
    assert lab.without_a_browser() == "", "windows come through this connection"
