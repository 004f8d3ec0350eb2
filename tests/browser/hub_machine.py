"""A hub of deploy/jupyterhub/ on this machine, for the time of a test: an environment, accounts, the running hub; all of it goes afterwards."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from lab import free_port, missing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course.npm import GET_NPM
from autograder.course.wheel import build_wheel
from autograder.files.course import Course

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "deploy" / "jupyterhub" / "hub.py"
PROXY = ROOT / "build" / "hub-proxy"  # `make hub-test` fetches it
MAKE = "run  make hub-test,  which fetches it."
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}


def why_not() -> str | None:
    """Why no hub can be made here, with the remedy; None where one can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "a hub makes accounts and becomes them: run  make hub-test  as root on Linux, in a machine or container where test accounts do no harm."
    if not shutil.which("useradd"):
        return "useradd is missing, with which accounts are made (Debian, Ubuntu: apt-get install passwd)."
    if importlib.util.find_spec("jupyterhub") is None:
        return f"JupyterHub is not installed: {MAKE}"
    if not shutil.which("npm"):
        return GET_NPM
    if not (PROXY / "fetched.json").exists():
        return f"JupyterHub's proxy is not there: {MAKE}"
    if _python_for_all() is None:
        return f"{sys.executable} cannot be run by other accounts, and the system has no Python {sys.version_info.major}.{sys.version_info.minor}: put one where everybody may read."
    return None


def _link(source, target) -> None:
    """The same file at another place; a copy where that is another disk."""
    try:
        os.link(os.path.realpath(source), target)
    except OSError:
        shutil.copy2(source, target)


def _python_for_all() -> str | None:
    """An interpreter like this one that other accounts may run: this one, or where it lies below a closed home, the system's."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return next(
        (place for place in (os.path.realpath(sys.executable), f"/usr/bin/{version}", f"/usr/local/bin/{version}") if _runs(place)), None
    )


def _runs(python) -> bool:
    try:
        return subprocess.run([python, "-c", "import ctypes, sqlite3, ssl"], env={}, capture_output=True, **NOBODY).returncode == 0
    except OSError:
        return False


def _needed() -> dict[str, importlib.metadata.Distribution]:
    """The distributions that pip would install for the course with its extra `hub`, by name."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["hub"]
    asked += [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and not line.startswith("#")]
    found, wanted = {}, [(Requirement(line), "") for line in asked]
    while wanted:
        one, extra = wanted.pop()
        name = canonicalize_name(one.name)
        if one.marker and not one.marker.evaluate({"extra": extra}) or (name, *one.extras) in found:
            continue
        found[name, *one.extras] = distribution = importlib.metadata.distribution(name)
        wanted += [(Requirement(line), extra) for line in distribution.requires or () for extra in ("", *one.extras)]
    return {name: distribution for (name, *_), distribution in found.items()}


def make_environment(folder: Path) -> None:
    """What hub.py makes with pip from the network, made without one: this course's wheel and, as links, what pip would install for it and its extra `hub`."""
    subprocess.run([_python_for_all(), "-m", "venv", "--without-pip", folder], check=True)
    python, home = folder / "bin" / "python", folder / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    for one in _needed().values():
        for file in one.files or ():
            target = Path(os.path.normpath(home / file))
            if target.is_relative_to(folder) and not target.is_relative_to(folder / "bin") and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(one.locate_file(file), target)
        for program in (one for one in one.entry_points if one.group == "console_scripts"):
            start = f"import sys\nfrom {program.module} import {program.attr.split('.')[0]}\nsys.exit({program.attr}())\n"
            (folder / "bin" / program.name).write_text(f"#!{python}\n{start}")
            (folder / "bin" / program.name).chmod(0o755)
    name, data = build_wheel(Course.at(ROOT))
    (folder / name).write_bytes(data)
    options = ("--no-index", "--no-deps", "--ignore-installed", "--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *options, folder / name], check=True)


class Machine:
    """A made hub: where its things are, who is there with which password, and ways to act as somebody."""

    def __init__(self, folder: Path):
        self.folder, self.environment = folder, folder / "environment"
        mark = secrets.token_hex(2)
        self.name = f"eta-{mark}"
        self.amy, self.ben, self.tina = (f"{name}-{mark}" for name in ("amy", "ben", "tina"))
        self.grader, self.port = f"grader-{self.name}", self._four_ports()
        self.course, self.exchange = folder / "srv" / self.name / "course", folder / "srv" / f"{self.name}-exchange"
        self.url, self.passwords = f"http://127.0.0.1:{self.port}", {}

    def _four_ports(self) -> int:
        import socket

        while True:
            first = free_port()
            try:
                for port in range(first, first + 4):
                    with socket.socket() as one:
                        one.bind(("127.0.0.1", port))
                return first
            except OSError:
                continue

    def script(self, *words, code=0) -> str:
        """What hub.py says to these words; its exit code must be `code`."""
        start = [sys.executable, SCRIPT, "--name", self.name, "--under", self.folder]
        done = subprocess.run([*map(str, (*start, *words))], capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def make(self, *words, code=0) -> str:
        said = self.script(
            "make", "--environment", self.environment, "--proxy", PROXY, "--port", self.port, *words, code=code
        )  # fmt: skip
        for line in said.splitlines():
            name, _, password = line.partition("  ")
            if name in (self.amy, self.ben, self.tina) and " " not in password:
                self.passwords[name] = password
        return said

    def local_config(self, text: str) -> None:
        """What an administrator may add to the hub's settings."""
        settings = self.folder / "etc" / self.name
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "local_config.py").write_text(text)

    def as_(self, who: str, *command) -> subprocess.CompletedProcess:
        """A command as this account, with its own rights and nothing else."""
        account = pwd.getpwnam(who)
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": os.getgrouplist(who, account.pw_gid)}
        return subprocess.run([*map(str, command)], capture_output=True, text=True, cwd="/", env={"PATH": "/usr/bin:/bin"}, **identity)

    @contextmanager
    def running(self):
        """The hub, started by the line that hub.py told, until the block ends."""
        state = self.folder / "var" / "lib" / self.name
        command = [
            self.environment / "bin" / "python",
            "-m",
            "jupyterhub",
            "--config",
            self.folder / "etc" / self.name / "jupyterhub_config.py",
        ]
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "JUPYTER", "IPYTHON"))}
        path = f"{self.environment / 'bin'}:{Path(shutil.which('node')).parent}:/usr/local/bin:/usr/bin:/bin"
        with open(self.folder / "hub.log", "w") as log:
            process = subprocess.Popen(command, cwd=state, env={**kept, "PATH": path}, stdout=log, stderr=log)
            try:
                self._wait(process)
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(60)
                except subprocess.TimeoutExpired:
                    process.kill()

    def _wait(self, process) -> None:
        deadline = time.monotonic() + 120
        for place in ("/hub/api/", "/services/from-h-to-eta/api"):
            while True:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "hub.log").read_text()[-4000:])
                try:
                    urllib.request.urlopen(self.url + place, timeout=2).close()
                    break
                except urllib.error.HTTPError as answer:
                    if answer.code not in (404, 502, 503):
                        break
                except OSError:
                    pass
                time.sleep(0.5)

    def clean(self) -> None:
        """End what runs as the accounts of this test, which it made, and remove them."""
        for who in (self.amy, self.ben, self.tina, self.grader):
            try:
                account = pwd.getpwnam(who)
            except KeyError:
                continue
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    if process.stat().st_uid == account.pw_uid:
                        os.kill(int(process.name), signal.SIGKILL)
                except OSError:
                    continue
            subprocess.run(["userdel", who], capture_output=True)
        for kind in ("students", "teachers"):
            subprocess.run(["groupdel", f"{self.name}-{kind}"], capture_output=True)


@pytest.fixture(scope="module")
def machine():
    """A machine without a hub yet, whose folder everybody may enter."""
    if reason := why_not():
        missing(reason)
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)
    one = Machine(folder)
    try:
        make_environment(one.environment)
        yield one
    finally:
        one.clean()
        shutil.rmtree(folder, ignore_errors=True)
