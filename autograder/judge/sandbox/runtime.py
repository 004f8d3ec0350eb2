"""What a zygote finds when it starts: its folder, the modules it needs and no others, what it may read, its namespaces."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from ...files.course import LOCAL, work_of

_PACKAGE = Path(__file__).resolve().parents[2]
_INSIDE = ("shared", "judge/inside")  # all that of this package lies beside student code: the trust boundary


class SandboxError(Exception):
    """The sandbox could not be set up or broke: our fault, never a learner's zero. The text says what to do."""


def hidden_places(root: Path) -> tuple[str, ...]:
    """What no child may read, wherever it lies: this package, and of the course in `root` all but data and notebooks."""
    return tuple(
        map(str, (_PACKAGE, work_of(root), *(root / name for name in ("solutions", "work", "tests", "autograder", ".git", LOCAL))))
    )


def plain_path(path: str) -> str:
    """An absolute path without links or `..` on the way; what it leads to is left as it is: a virtual environment's Python is a link."""
    folder, name = os.path.split(os.path.join(os.getcwd(), path))
    return os.path.join(os.path.realpath(folder), name)


def readable_places(more: list[str], hidden: tuple[str, ...]) -> list[str]:
    """What a child may read: Python and its libraries, fonts, time zones, and `more`; nothing that is `hidden`."""
    own, base = os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix)  # either may have been called by a path with .. in it
    places = [own, base] if base != "/usr" else [own]
    places += [f"{prefix}/lib/python{sys.version_info[0]}.{sys.version_info[1]}" for prefix in (own, base)]
    places += [
        "/usr/lib",
        "/lib",
        "/lib64",
        "/usr/lib64",
        "/usr/bin",
        "/usr/share/fonts",
        "/etc/fonts",
        "/usr/share/zoneinfo",
        "/etc/localtime",
        "/etc/ld.so.cache",
        *(p for p in glob.glob("/usr/local/lib/python3*")),
        *more,
    ]
    hidden = tuple(os.path.realpath(place) for place in hidden)
    return sorted({spot for place in places if place not in ("/", "/usr") and os.path.exists(place) for spot in _without(place, hidden)})


def _without(place: str, hidden: tuple[str, ...]) -> list[str]:
    """`place`, or, when something hidden lies in it, the parts of it that are not hidden."""
    real = os.path.realpath(place)
    if any(real == spot or real.startswith(spot + "/") for spot in hidden):
        return []
    if not any(spot.startswith(real + "/") for spot in hidden):
        return [place]
    return [part for name in sorted(os.listdir(place)) for part in _without(f"{place}/{name}", hidden)]


def own_folder():
    """A temporary folder, and the lock that says it is in use. Folders of ours whose owner was killed are removed on the way."""
    for left in glob.glob(os.path.join(glob.escape(tempfile.gettempdir()), "course-judge-*")):
        with contextlib.suppress(OSError):
            found = os.lstat(left)  # a look first: whoever else writes here may have planted anything under such a name
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
                continue
            handle = os.open(os.path.join(left, "lock"), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle) as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="course-judge-"))
    held = open(folder / "lock", "w")
    fcntl.flock(held, fcntl.LOCK_EX)
    return folder, held


def copy_runtime(runtime: Path) -> None:
    """Copy the two folders that a zygote needs, and matplotlib's list of fonts, into `runtime`."""
    course = runtime / "_course"
    for folder in (course, course / "judge"):
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    for name in _INSIDE:
        shutil.copytree(_PACKAGE / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
    fonts = runtime / "matplotlib"
    fonts.mkdir()
    cache = os.environ.get("MPLCONFIGDIR") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "matplotlib")
    for found in glob.glob(f"{cache}/fontlist-*.json"):  # making this list anew takes seconds
        shutil.copy(found, fonts)


def bubblewrap(readable: list[str], files_total: int) -> list[str]:
    """The start of a command that runs in namespaces of its own. Raises `SandboxError` where bubblewrap is missing."""
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxError("level full needs bubblewrap: apt-get install bubblewrap, dnf install bubblewrap; or choose level standard")
    command = [
        program,
        "--unshare-user",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--die-with-parent",
        "--cap-drop",
        "ALL",
        "--hostname",
        "course",
        "--dev",
        "/dev",
    ]
    # less than the watched total, so that here a full disk is an error that the notebook meets, at the same write each time
    command += ["--size", str(files_total * 3 // 4), "--tmpfs", "/tmp", "--dir", "/tmp/scratch"]
    for place in readable:
        if os.path.islink(place) and os.path.dirname(place) == "/":
            command += ["--symlink", os.readlink(place), place]
        else:
            command += ["--ro-bind", place, place]
    return [*command, "--remount-ro", "/", "--chdir", "/tmp/scratch", "--"]
