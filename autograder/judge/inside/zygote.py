"""The zygote: a clean, warm Python that holds nothing and forks one confined child a submission. Runs inside the sandbox.

Theory of operation. It is started by `sandbox` with an empty environment and one control socket, warms up what notebooks use,
says "ready", and then obeys: "spawn" (with a socket for the child) forks a child that confines itself and serves that
socket, "kill" ends it, "pictures" loads what draws for all children to come. How a child ended is always reported by "end". One child lives at a time. When the control
socket closes, because the judge is gone, the zygote ends, and the kernel ends the child with it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import select
import shutil
import signal
import socket
import stat
import sys

import numpy as np

from ...shared.channel import Bounds, Channel
from . import confine
from .executor import Executor

_BLOCK = 31 << 20  # bytes; glibc learns up to 32 MiB. Without, each large array in a child is new memory, page by page
_LOOK = 0.05  # seconds between two looks at a child's files and threads


def main(number: int) -> None:
    """Serve until the control socket closes. `number` is its descriptor; the first message says folders, limits, level, engine."""
    control = socket.socket(fileno=number)
    setup = json.loads(control.recv(1 << 20) or b"{}")
    if not setup:
        os._exit(0)  # the judge is gone
    sys.argv, sys.orig_argv = [""], []  # a child need not know how it was started
    scratch, limits = setup["scratch"], confine.Limits(**setup["limits"])
    if setup["parent"]:
        confine.die_with_parent(setup["parent"])
    gc.disable()  # until all is loaded
    try:
        worker = _worker(setup["engine"])(setup["data"], setup["render"])
        confinement = confine.Confinement.prepare(setup["readable"], scratch) if setup["level"] != "weak" else None
        base = _settle(worker, setup)
    except Exception as error:  # told to the judge, which knows what to do about it
        control.send(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
        return
    control.send(json.dumps({"ready": True, "python": sys.version.split()[0], "numpy": np.__version__}).encode())
    child, watch = 0, -1
    while True:
        ready = {handle for handle, _ in _poll([control.fileno(), watch], _LOOK if child else None)}
        if child and (watch in ready or _size(scratch, child) > limits.files_total or _threads(child) > confine.MOST_THREADS):
            _end(control, child, watch, scratch, overflow=watch not in ready)
            child, watch = 0, -1
        if control.fileno() not in ready:
            continue
        data, handles, _, _ = socket.recv_fds(control, 4096, 1)
        if not data:
            os._exit(0)  # children die with us
        order = json.loads(data)["op"]
        if order == "spawn" and not child:
            child = os.fork()
            if not child:
                _child(handles[0], control, scratch, limits, base, confinement, worker, setup["level"] == "full")
            watch = os.pidfd_open(child)
            socket.send_fds(control, [b'{"child": true}'], [watch])  # the judge reads the child's clock itself
        elif order == "kill" and child:
            _end(control, child, watch, scratch, by_judge=True)
            child, watch = 0, -1
        elif order == "pictures" and not child:
            try:
                base = _load_pictures(worker, setup)
                control.send(b'{"ready": true}')
            except Exception as error:
                control.send(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
        for handle in handles:
            os.close(handle)


def _worker(engine: str) -> type[Executor]:
    """What runs the cells: the warm shell, or a kernel."""
    if engine == "kernel":
        from .kernel_executor import KernelExecutor

        return KernelExecutor
    return Executor


def _settle(worker: Executor, setup: dict) -> int:
    """Make ready to fork; how much address space a child has mapped before it runs anything."""
    bytearray(_BLOCK)  # freed at once, which the C library takes as a sign to keep blocks of this size for the next array
    gc.collect()
    gc.freeze()  # children share these pages; a collection in a child would copy them all
    gc.enable()
    return worker.base() if setup["level"] != "weak" else 0


def _load_pictures(worker: Executor, setup: dict) -> int:
    # matplotlib believes its list of fonts only in a folder that it could write to; making the list takes half a second
    with contextlib.suppress(FileNotFoundError):
        shutil.copytree(setup["fonts"], os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    worker.load_pictures()
    _empty(setup["scratch"])
    return _settle(worker, setup)


def _empty(scratch: str) -> None:
    for entry in list(os.scandir(scratch)):
        with contextlib.suppress(OSError):
            shutil.rmtree(entry.path) if entry.is_dir(follow_symlinks=False) else os.unlink(entry.path)


def _poll(handles: list[int], seconds: float | None):
    poll = select.poll()
    for handle in handles:
        if handle >= 0:
            poll.register(handle, select.POLLIN)
    return poll.poll(None if seconds is None else seconds * 1000)


def _size(folder: str, child: int) -> int:
    """Bytes of all files in the scratch folder, which is flat, and of those that the child has open and unlinked.

    A file counts a page at least, so many empty ones count too.
    """
    total = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                total += max(4096, entry.stat(follow_symlinks=False).st_size)
    with contextlib.suppress(OSError):
        for number in os.listdir(f"/proc/{child}/fd"):
            with contextlib.suppress(OSError):
                found = os.stat(f"/proc/{child}/fd/{number}")
                total += max(4096, found.st_size) if stat.S_ISREG(found.st_mode) and not found.st_nlink else 0
    return total


def _threads(child: int) -> int:
    """How many threads the child has; 1 where the system does not say."""
    try:
        return len(os.listdir(f"/proc/{child}/task"))
    except OSError:
        return 1


def _end(control, child: int, watch: int, scratch: str, overflow: bool = False, by_judge: bool = False) -> None:
    """Kill the child unless it is dead already, clean up after it, and report how it ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    os.close(watch)
    _empty(scratch)
    end = {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "overflow": overflow,
        "by_judge": by_judge,
        "cpu": round(usage.ru_utime + usage.ru_stime, 4),
        "memory": usage.ru_maxrss * 1024,
    }
    control.send(json.dumps({"end": end}).encode())


def _child(handle: int, control, scratch: str, limits, base: int, confinement, worker: Executor, own_users: bool) -> None:
    """Become the confined child: never returns. The first frame says that every layer holds, or which one does not."""
    parent = os.getppid()
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        confine.die_with_parent(parent)
        control.close()  # by itself: it has the number that it had in the judge, which may have hundreds of files open; all others here are low
        sock = socket.socket(fileno=os.dup2(handle, 3, inheritable=False)) if handle != 3 else socket.socket(fileno=3)
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        kept = confinement.ruleset if confinement else 3
        os.closerange(4, kept)
        os.closerange(kept + 1, 64)
        channel = Channel(sock, Bounds(header=64 << 20, body=256 << 20))
        channel.most = Bounds()  # what the judge accepts; more is told as "too large", not as an attack
        os.chdir(scratch)
        # forks share the state of both generators; without this every student would draw the same numbers
        random.seed()
        np.random.seed(int.from_bytes(os.urandom(4), "little"))  # its own way to a seed takes a millisecond
        try:
            confine.limit(limits, base, own_users)
            if confinement:
                confinement.apply()
            worker.begin()
        except Exception as error:
            channel.send({"failed": f"{type(error).__name__}: {error}"})
            os._exit(1)
        channel.send({"ready": True})
        worker.serve(channel)
    finally:
        os._exit(0)
