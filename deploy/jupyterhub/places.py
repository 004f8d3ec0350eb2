"""Where a hub has its things, and the few ways in which its script touches the system."""

from __future__ import annotations

import grp
import json
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
COURSE_ID = "from-h-to-eta"  # as nbgrader_config.py has it
_ACCOUNT = re.compile(r"[a-z_][a-z0-9_-]{0,31}")


class Refused(Exception):
    """The text says what cannot be done here, and what to do about it."""


@dataclass(frozen=True)
class Hub:
    """One hub: its name (of folders, groups, the unit), the folder below which all of it lies, its first port, and what it runs with."""

    name: str = COURSE_ID
    under: str = "/"
    port: int = 8000
    environment: str = ""  # a Python environment that is there already; else hub.py makes one
    proxy: str = ""  # the same of the proxy
    memory_mib: int = 4096  # of address space, for each process of a person
    processes: int = 512  # and threads, for each person

    @property
    def root(self) -> Path:
        return Path(self.under)

    @property
    def settings(self) -> Path:
        return self.root / "etc" / self.name

    @property
    def programs(self) -> Path:
        return self.root / "opt" / self.name

    @property
    def state(self) -> Path:
        """The hub's database and secrets: root's alone."""
        return self.root / "var" / "lib" / self.name

    @property
    def course(self) -> Path:
        """The course with its answers, gradebook and key: the course account's alone."""
        return self.root / "srv" / self.name / "course"

    @property
    def exchange(self) -> Path:
        return self.root / "srv" / f"{self.name}-exchange"

    @property
    def homes(self) -> Path:
        return self.root / "home"

    @property
    def unit(self) -> Path:
        return self.root / "etc" / "systemd" / "system" / f"{self.name}-hub.service"

    @property
    def grader(self) -> str:
        return f"grader-{self.name}"

    @property
    def groups(self) -> dict[str, str]:
        return {"students": f"{self.name}-students", "teachers": f"{self.name}-teachers"}

    def python(self) -> Path:
        return Path(self.environment or self.programs / "env") / "bin" / "python"

    def described(self) -> dict:
        """What jupyterhub_config.py reads, and this script the next time."""
        places = {"state": str(self.state), "course": str(self.course), "exchange": str(self.exchange)}
        made = {"environment": str(self.python().parents[1]), "proxy": self.proxy or str(self.programs / "proxy")}
        return {**places, **made, **self.groups, "course_id": COURSE_ID, "grader": self.grader, "given": asdict(self)} | {
            "port": self.port,
            "memory_mib": self.memory_mib,
            "processes": self.processes,
        }

    @classmethod
    def of(cls, name: str, under: str, **given) -> Hub:
        """The hub of this name as it was made last, with what is `given` now. Raises `Refused` for a name that is none."""
        if not _ACCOUNT.fullmatch(name) or len(name) > 22:
            raise Refused(
                f"{name!r} cannot be a hub's name: small letters, digits and hyphens, at most 22, as accounts and groups are called after it"
            )
        hub = cls(name, str(Path(under).resolve()))
        kept = hub.settings / "hub.json"
        before = json.loads(kept.read_text(encoding="utf-8"))["given"] if kept.exists() else {}
        return cls(**{**before, "name": name, "under": hub.under, **{key: value for key, value in given.items() if value is not None}})

    def must_be_there(self) -> None:
        """Raises `Refused` where no hub of this name was made."""
        if not (self.settings / "hub.json").exists():
            raise Refused(f"no hub was made here ({self.settings} has no hub.json): run  hub.py make  first")


def run(*command, told: str = "", cwd: Path | None = None, **environment: str) -> str:
    """What a command prints. Raises `Refused` with what it complained of."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, input=told, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment})
    except OSError as error:
        raise Refused(f"{words[0]} cannot be run: {error}") from None
    if done.returncode:
        raise Refused(f"{' '.join(words)} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


def folder(path: Path, mode: int, owner: str = "root") -> None:
    """Make the folder, and give it its owner and mode whether it was there or not."""
    path.mkdir(parents=True, exist_ok=True)
    shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)
    path.chmod(mode)


def group(name: str) -> None:
    try:
        grp.getgrnam(name)
    except KeyError:
        run("groupadd", name)
        print(f"group {name}: made")


def account_of(name: str) -> pwd.struct_passwd | None:
    """The account of this name, if there is one. Raises `Refused` for a name that no student can have."""
    if not _ACCOUNT.fullmatch(name):
        raise Refused(
            f"{name!r} cannot be an account: small letters, digits, _ and -, a letter first, at most 32. It becomes the student's id"
        )
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def put(path: Path, text: str, mode: int = 0o644) -> bool:
    """Write the file unless it says just that already; whether it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.chmod(mode)
    part.replace(path)
    return True
