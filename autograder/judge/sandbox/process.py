"""Starts the zygote in its sandbox and asks it for children; knows the levels of isolation.

Theory of operation. A zygote runs in a runtime folder: copies of the two folders that it needs (`shared` and
`judge/inside`) under the private name `_course`, and a scratch folder. The levels are
- full: the zygote runs in bubblewrap (own user, mount, pid, network, ipc and host name spaces; a root of its own with read-only
  places and a small scratch memory disk), and each child is confined by `confine` on top;
- standard: no name spaces, each child confined by `confine`; this needs no privilege and works inside containers;
- weak: resource limits only. Student code can then read what the teacher can read: for one's own notebooks only.
Whether a level holds is never assumed: `probes` tries it out in a child. A level that fails is an error, not a lower level.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from ...shared.channel import Bounds, Channel, Closed, Late
from ...shared.threads import ONE_THREAD
from ...shared.wire import Malformed
from ..inside.confine import Limits
from . import cgroups
from .child import Child, End
from .runtime import SandboxError, bubblewrap, copy_runtime, own_folder, plain_path, readable_places

_GONE = "the zygote is gone; was it killed?"


@dataclass
class Zygote:
    """A running zygote. Use as a context manager. `level` is one of `options.LEVELS`, `engine` of `options.ENGINES`; `hidden` are places no child may read.

    Raises `SandboxError` on entering when the level cannot be set up.
    """

    level: str = "standard"
    limits: Limits = Limits()
    data: str = ""
    hidden: tuple[str, ...] = ()
    render: bool = False
    engine: str = "child"
    about: dict = field(default_factory=dict)
    _process: subprocess.Popen | None = None
    _control: socket.socket | None = None
    _held: object = None
    group: cgroups.Group | None = None
    _starved: int = 0
    _memory_kills: int = 0
    _draws: bool = False

    def __enter__(self) -> Zygote:
        self.folder, self._held = own_folder()
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _start(self) -> None:
        runtime = self.folder / "runtime"
        copy_runtime(runtime)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            setup = self._launch(runtime, theirs)
        with contextlib.suppress(OSError):  # a zygote that is gone already is noticed at once
            ours.send(json.dumps(setup).encode())
        self.about = self._hear(time.monotonic() + 120)
        if "failed" in self.about:
            raise SandboxError(f"level {self.level} cannot be set up: {self.about['failed']}")

    def _launch(self, runtime: Path, theirs: socket.socket) -> dict:
        """Begin the zygote's process in its sandbox and cgroup; what it is to be told. `theirs` is its end of the control socket."""
        full = self.level == "full"
        scratch = "/tmp/scratch" if full else str(self.folder / "scratch")
        readable = readable_places([str(runtime), *([self.data] if self.data else [])], self.hidden)
        setup = {
            "scratch": scratch,
            "readable": readable,
            "limits": asdict(self.limits),
            "data": self.data,
            "render": self.render,
            "level": self.level,
            "engine": self.engine,
            "fonts": str(runtime / "matplotlib"),
            "parent": 0 if full or sys.platform != "linux" else os.getpid(),
        }
        # what it is told comes through the socket: a child would find it among the arguments
        start = f"import sys; sys.path.insert(0, {str(runtime)!r}); from _course.judge.inside.zygote import main; main({theirs.fileno()})"
        command = [plain_path(sys.executable), "-I", "-B", "-c", start]
        if full:
            command = bubblewrap(readable, self.limits.files_total) + command
        else:
            os.mkdir(scratch)
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": scratch,
            "TMPDIR": scratch,
            "LANG": "C.UTF-8",
            "MPLCONFIGDIR": scratch,
            "IPYTHONDIR": scratch,
            "PYTHONHASHSEED": "0",
            **ONE_THREAD,
            "MALLOC_ARENA_MAX": "2",  # a kernel's threads would each reserve address space, which is limited
        }
        parent, _ = cgroups.delegated()
        try:
            self.group = parent and cgroups.make(parent, cgroups.limits_for(self.limits))
        except cgroups.NotDelegated as problem:  # it was there a moment ago: not to be passed over in silence
            raise SandboxError(str(problem)) from None
        with open(self.folder / "log", "wb") as log:
            try:
                self._process = subprocess.Popen(
                    command,
                    env=environment,
                    cwd=self.folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                    preexec_fn=self._before_start,
                )
            except OSError as error:
                raise SandboxError(f"the sandbox did not start: {error}; run python -m autograder doctor") from None
        return setup

    def _before_start(self) -> None:
        """In the new process, before the zygote: its own limits are none of the judge's, and its cgroup comes before its first instruction."""
        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
        if self.group:
            self.group.enter()

    def load_pictures(self) -> None:
        """Have what draws loaded once for all children to come; while none lives. Raises `SandboxError` when that fails."""
        if self._draws:
            return
        try:
            self._control.send(b'{"op":"pictures"}')
        except OSError:
            raise SandboxError(_GONE) from None
        told = self._hear(time.monotonic() + 120)
        if "failed" in told:
            raise SandboxError(f"matplotlib could not be loaded: {told['failed']}")
        self._draws = True

    def _hear(self, deadline: float) -> dict:
        """The zygote's next message."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        data = b""
        if poll.poll(max(0, deadline - time.monotonic()) * 1000):
            with contextlib.suppress(OSError):
                data = self._control.recv(65536)
        if not data:
            log = (self.folder / "log").read_text(errors="replace")[-800:].strip()
            raise SandboxError(f"the sandbox ({self.level}) is gone or silent. {log or 'It said nothing; was it killed?'}")
        return json.loads(data)

    def _hear_pid(self, deadline: float) -> int:
        """The number of a child that was just forked, which in its own namespace has another; 0 where the system does not say."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        handles: list[int] = []
        if poll.poll(max(0, deadline - time.monotonic()) * 1000):
            with contextlib.suppress(OSError):
                _, handles, _, _ = socket.recv_fds(self._control, 4096, 1)
        if not handles:
            raise SandboxError(_GONE)
        try:
            with open(f"/proc/self/fdinfo/{handles[0]}", encoding="ascii") as lines:
                return max(0, next((int(line[4:]) for line in lines if line.startswith("Pid:")), 0))
        except (OSError, ValueError):
            return 0
        finally:
            os.close(handles[0])

    def ended(self, seconds: float) -> End:
        """How the child ended, as the zygote tells it within `seconds`, and whether memory was the reason."""
        end = End(**self._hear(time.monotonic() + seconds)["end"])
        if end.signal == signal.SIGKILL and not end.by_judge:
            end = replace(end, machine_short=_memory_kills() > self._memory_kills)
        if self.group is None or end.signal != signal.SIGKILL:
            return end
        before, self._starved = self._starved, self.group.starved()
        starved = self._starved > before
        return replace(end, starved=starved, machine_short=end.machine_short and not starved)

    def spawn(self) -> Child:
        """A fresh confined child. Raises `SandboxError` when one of its layers does not hold."""
        self._memory_kills = _memory_kills()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b'{"op":"spawn"}'], [theirs.fileno()])
            except OSError:
                ours.close()
                raise SandboxError(_GONE) from None
        child = Child(Channel(ours, Bounds()), self._control, self.ended, self._hear_pid(time.monotonic() + 30))
        try:
            message = child.channel.receive_message(time.monotonic() + 30)
        except (Closed, Late, Malformed) as error:
            end = child.kill()
            raise SandboxError(f"a child died while its sandbox was set up ({type(error).__name__}, {end})") from None
        if "failed" in message:
            child.kill()
            raise SandboxError(f"a layer of level {self.level} was refused: {message['failed']}")
        return child

    def close(self) -> None:
        """End the zygote and all it started, and remove the runtime folder."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.2)  # it ends with its socket; who is reaped in order is counted in the run's processor time
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self.group is not None:
            self.group.remove()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._held.close()


def _memory_kills() -> int:
    """How many processes the kernel has ended since it started because the machine's memory was used up; 0 where it does not say."""
    with contextlib.suppress(OSError, ValueError), open("/proc/vmstat", encoding="ascii") as lines:
        return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
    return 0
