"""A cgroup for each sandbox where the system delegates one: one limit on the memory, swap and processes of all it runs.

Theory of operation. A child cannot fork, so its own limits bind it; but they count address space, not memory, and leave out files on
the scratch memory disk. A cgroup (version 2) counts what is really used, by zygote and child together. It needs a subtree that
may be written, which is never assumed: `delegated` makes a group below this process's own, sets the limits and puts a
child in; only if all that works each zygote gets a group, and it is in it before its first instruction. A group that hands
limits on must hold no process itself, so this process first moves to a group below, if it is alone there (as in
`systemd-run --user --scope -p Delegate=yes`); a group that is shared with others is left as it is. Each group is locked
while its judge lives; those that killed judges left behind are emptied and removed by the next one. Where nothing is delegated,
everything is as without this module, and the doctor says why.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from ..inside.confine import Limits

_OURS, _SELF = "course-judge-", "course-judge-self"
_WARM = 512 << 20  # bytes for a zygote and what its children share
_PROCESSES = 256  # processes and threads
_REMEDY = "start it with  systemd-run --user --scope -p Delegate=yes  to have one"


class NotDelegated(Exception):
    """No cgroup can be had here; the text says why."""


def limits_for(limits: Limits) -> dict[str, str]:
    """The files of a group and what is written to them."""
    return {"memory.max": str(limits.memory + limits.files_total + _WARM), "memory.swap.max": "0", "pids.max": str(_PROCESSES)}


@dataclass
class Group:
    """One group, made by `make`, with one sandbox in it. `holds` names what is limited."""

    path: Path
    holds: tuple[str, ...] = ()
    _lock: int = -1
    _procs: int = field(default=-1)

    def enter(self) -> None:
        """Put the calling process into the group; for a fork that has not yet become another program."""
        os.write(self._procs, str(os.getpid()).encode())

    def processes(self) -> list[int]:
        """Who is in the group."""
        return [int(line) for line in _read(self.path / "cgroup.procs").split()]

    def starved(self) -> int:
        """How many processes of the group were killed because its memory was used up."""
        counts = dict(line.split() for line in _read(self.path / "memory.events").splitlines() if line.count(" ") == 1)
        return int(counts.get("oom_kill", 0))

    def remove(self) -> None:
        """Kill whoever is left in the group and remove it."""
        _empty(self.path)
        for handle in (self._lock, self._procs):
            with contextlib.suppress(OSError):
                os.close(handle)
        self._lock = self._procs = -1


def make(parent: Path, limits: dict[str, str]) -> Group:
    """A new group below `parent`. Raises `NotDelegated` when it cannot be made or a limit cannot be set."""
    path = parent / f"{_OURS}{os.getpid()}-{time.monotonic_ns()}"
    group = Group(path)
    try:
        _make(path)
        group._lock = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(group._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for name, value in limits.items():
            if name == "memory.swap.max" and not (path / name).exists():
                continue  # a system that does not count swap
            (path / name).write_text(value)
            group.holds += ({"memory.max": "memory", "memory.swap.max": "swap", "pids.max": "processes"}[name],)
        group._procs = os.open(path / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC)
    except OSError as problem:
        group.remove()
        raise NotDelegated(f"a cgroup below {parent} was refused: {problem.strerror}; {_REMEDY}") from None
    return group


@functools.cache
def delegated() -> tuple[Path | None, str]:
    """Where groups can be made, tried out; or None, and why not. A run's first process asks before it forks others."""
    try:
        parent = _prepared(own_group())
        _try_out(parent)
    except (NotDelegated, OSError) as problem:
        return None, str(problem)
    sweep(parent)
    return parent, ""


def own_group(proc: str = "/proc/self") -> Path:
    """The folder of this process's group. Raises `NotDelegated` where there is no cgroup version 2."""
    own = next((line[3:] for line in _read(Path(proc, "cgroup")).splitlines() if line.startswith("0::")), None)
    for line in _read(Path(proc, "mountinfo")).splitlines():
        fields, _, kind = line.partition(" - ")
        root, mounted = fields.split()[3:5]
        if own is not None and kind.startswith("cgroup2 ") and (own + "/").startswith(root.rstrip("/") + "/"):
            return Path(mounted, own[len(root.rstrip("/")) :].lstrip("/"))
    raise NotDelegated("there is no cgroup version 2 here")


def _prepared(group: Path) -> Path:
    """The group, or the one above if this process has moved already, ready to hand limits on to groups below."""
    if group.name == _SELF:
        group = group.parent
    missing = {"memory", "pids"} - set(_read(group / "cgroup.controllers").split())
    if missing:
        raise NotDelegated(f"the cgroup {group} may not limit {' and '.join(sorted(missing))}; {_REMEDY}")
    if not os.access(group, os.W_OK) or not os.access(group / "cgroup.subtree_control", os.W_OK):
        raise NotDelegated(f"the cgroup {group} may not be written; {_REMEDY}")
    if {"memory", "pids"} <= set(_read(group / "cgroup.subtree_control").split()):
        return group
    inside = {int(line) for line in _read(group / "cgroup.procs").split()}
    if inside and (group / "cgroup.type").exists():  # the root of all has none, and is free of this rule
        if inside != {os.getpid()}:
            raise NotDelegated(f"the cgroup {group} is shared with other processes; {_REMEDY}")
        with contextlib.suppress(FileExistsError):
            _make(group / _SELF)
        (group / _SELF / "cgroup.procs").write_text(str(os.getpid()))
    (group / "cgroup.subtree_control").write_text("+memory +pids")
    return group


def _try_out(parent: Path) -> None:
    """Make a group with limits and put a child into it. Raises `NotDelegated` when it does not get there."""
    group = make(parent, limits_for(Limits()))
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(write)
            group.enter()
            os.read(read, 1)  # until it has been seen there
        finally:
            os._exit(0)
    os.close(read)
    try:
        end = time.monotonic() + 5
        while child not in group.processes():
            if time.monotonic() > end:
                raise NotDelegated(f"a child did not get into a cgroup below {parent}; {_REMEDY}")
            time.sleep(0.01)
    finally:
        os.close(write)
        os.waitpid(child, 0)
        group.remove()


def sweep(parent: Path) -> None:
    """Remove the groups of judges that were killed: nobody holds their lock."""
    for path in parent.glob(f"{_OURS}*"):
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.name != _SELF:
                    _empty(path)
            finally:
                os.close(handle)


def _empty(path: Path) -> None:
    """Kill everybody in the group and remove it, as soon as they are gone."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            if _read(path / "cgroup.procs").strip():
                (path / "cgroup.kill").write_text("1")
        try:
            return _remove(path)
        except FileNotFoundError:
            return None
        except OSError:
            time.sleep(0.02)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


_make, _remove = os.mkdir, os.rmdir  # the system fills and clears a group's folder itself; a test's tree has to be helped
