"""Which level of isolation holds on this machine: chooses one, proves it in a child, and tells the teacher."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ...shared.channel import Closed
from ..inside import confine
from ..options import LEVELS, WEAK_MEANS
from .process import Zygote
from .runtime import SandboxError, bubblewrap

_TRIES = 3
_WEAK_HOLDS = {"keep a descriptor of the judge"}  # all that limits and a clean start promise
ADVICE = {
    "full": "level full needs bubblewrap and user namespaces: apt-get install bubblewrap; inside a container they are often off",
    "standard": "level standard needs Linux 5.13 or newer with landlock, and libseccomp: apt-get install libseccomp2",
    "weak": "level weak needs a system that can fork; on Windows use WSL 2",
}


@dataclass(frozen=True)
class Row:
    """One line of the doctor's table."""

    what: str
    holds: bool
    detail: str = ""


def best() -> str:
    """The strongest level that seems to work here, by a quick look; `verify` then proves it.

    Raises `SandboxError` when neither full nor standard does: level weak is never chosen by itself.
    """
    try:
        if sys.platform != "linux" or not confine.landlock_version():
            raise confine.Unavailable("this system has no landlock (it needs Linux 5.13 or newer)")
        confine.seccomp_filter()
    except confine.Unavailable as problem:
        raise SandboxError(f"no safe sandbox on this machine: {problem}. {WEAK_MEANS} It must be asked for: --level weak") from None
    # asked again: one that was killed while it was tried must not mean a lower level
    return "full" if any(_bubblewrap_works() for _ in range(_TRIES)) else "standard"


def _bubblewrap_works() -> bool:
    if shutil.which("bwrap") is None:
        return False
    places = [place for place in ("/usr", "/lib", "/lib64", "/bin") if os.path.exists(place)]
    try:
        return subprocess.run([*bubblewrap(places, 1 << 20), "/usr/bin/env", "true"], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def verify(zygote: Zygote, folder: str = "/") -> list[Row]:
    """Try every attack of `probes` in a child of `zygote`. Raises `SandboxError` when one succeeds that the level excludes."""
    canary = zygote.folder / "canary"
    canary.write_text("secret")
    child = zygote.spawn()
    try:
        child.channel.send({"op": "probe", "canary": str(canary), "folder": folder, "outsider": os.getpid()})
        message = child.channel.receive_message(time.monotonic() + 30)
    except Exception as error:
        raise SandboxError(f"the sandbox could not be tried out: {type(error).__name__}; it ended by {child.kill()}") from None
    finally:
        child.kill()
    rows = [Row(what, bool(held)) for what, held in message["probe"].items()]
    if zygote.level != "weak":
        rows.append(Row("make a namespace (ends the process)", _fatal(zygote)))
    must = [row for row in rows if zygote.level != "weak" or row.what in _WEAK_HOLDS or row.what.startswith("needed")]
    broken = [row.what for row in must if not row.holds]
    if needed := [what.removeprefix("needed: ") for what in broken if what.startswith("needed: ")]:
        raise SandboxError(
            f"a notebook has no {', no '.join(needed)} at level {zygote.level} here, and needs it; is the memory that it may use (--memory) enough?"
        )
    if broken:
        raise SandboxError(f"level {zygote.level} does not hold here: a child could {', '.join(broken)}. {ADVICE[zygote.level]}")
    return rows


def kernel(root: str | Path = "/") -> tuple[str, list[Row] | str]:
    """For the doctor: the level at which ``--engine kernel`` was tried, with its rows or the text that says why it does not work."""
    try:
        level = best()
        with Zygote(level, engine="kernel") as zygote:
            return level, verify(zygote, str(root))
    except SandboxError as problem:
        return "", f"{problem} (it needs ipykernel, which comes with requirements.txt)"


def _fatal(zygote: Zygote) -> bool:
    """Whether what only an attacker asks for ends the process."""
    child = zygote.spawn()
    try:
        child.channel.send({"op": "cell", "source": "import ctypes; ctypes.CDLL(None).unshare(0x10000000)", "cpu": 5, "wall": 5})
        child.channel.receive(time.monotonic() + 10)
    except Closed:
        return child.wait(5).signal == signal.SIGSYS
    finally:
        child.kill()
    return False


def table(root: str | Path = "/") -> list[tuple[str, list[Row] | str]]:
    """For the doctor: each level with its rows, or with the text that says why it does not hold and what to do."""
    found: list[tuple[str, list[Row] | str]] = []
    for level in LEVELS:
        try:
            with Zygote(level) as zygote:
                found.append((level, verify(zygote, str(root))))
        except SandboxError as problem:
            found.append((level, f"{problem} ({ADVICE[level]})"))
    return found
