"""Tries, inside a confined child, what an attacker would try: a layer that is not seen to hold does not count.

`attempts` runs in the child and only reports; `levels` compares that with what a level promises.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
import socket
import sys
import threading

DESCRIPTORS = "keep a descriptor of the judge"


def attempts(canary: str, folder: str, outsider: int) -> dict[str, bool]:
    """For each promise, whether the attempt was refused; and whether what notebooks need still works. `outsider` is the judge's own number."""
    libc = ctypes.CDLL(None, use_errno=True)

    def fork():
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)

    def link():
        with open("probe", "w") as stream:
            stream.write("x")
        os.symlink("probe", "probe-link")

    def memfd():
        made = libc.memfd_create(b"x", 0)
        if made < 0:
            raise OSError
        os.close(made)

    def mode():
        with open("probe", "w"):
            pass
        os.chmod("probe", 0o777)

    empty = sys.modules[__package__.partition(".")[0]].__file__  # emptied, it stays what it is
    family = lambda name, kind=socket.SOCK_STREAM: lambda: socket.socket(getattr(socket, name), kind).close()
    tried = {
        "read a file of the teacher": lambda: open(canary).read(),
        "list the course's folder": lambda: os.listdir(folder),
        "write outside the scratch folder": lambda: open(os.path.join(os.path.dirname(canary), "written"), "w").close(),
        "empty a file of the teacher": lambda: os.truncate(canary, 0),
        "empty a file that it may read (O_TRUNC)": lambda: os.close(os.open(empty, os.O_RDONLY | os.O_TRUNC)),
        "read another process's environment": lambda: open(f"/proc/{os.getppid() or 1}/environ", "rb").read(),
        "open a TCP socket": family("AF_INET"),
        "open a UDP socket": family("AF_INET", socket.SOCK_DGRAM),
        "open a unix socket": family("AF_UNIX"),
        "open a vsock": family("AF_VSOCK"),
        "open a netlink socket": family("AF_NETLINK", socket.SOCK_RAW),
        "fork a process": fork,
        "signal the parent": lambda: os.kill(os.getppid() or 1, 0),
        "signal itself": lambda: os.kill(os.getpid(), 0),
        "have a signal sent to itself (F_SETSIG)": lambda: _aim_signal(os.getpid()),
        "have a signal sent to the parent (F_SETOWN)": lambda: _aim_signal(os.getppid() or 1),
        "have a signal sent to a group (F_SETOWN)": lambda: _aim_signal(-os.getpgrp()),
        "have a signal sent to an outsider (F_SETOWN)": lambda: _aim_signal(outsider),
        "learn who is at the other end (SO_PEERCRED)": lambda: socket.socket(fileno=os.dup(3)).getsockopt(socket.SOL_SOCKET, 17),
        "learn who sends (SO_PASSCRED)": lambda: socket.socket(fileno=os.dup(3)).setsockopt(socket.SOL_SOCKET, 16, 1),
        "make an anonymous file (memfd)": memfd,
        "change a file's mode": mode,
        "make a folder": lambda: os.mkdir("probe-folder"),
        "make a link": link,
        "raise its limits": lambda: resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6)),
        "take 64 GiB of memory": lambda: bytearray(64 << 30),
    }
    return {**{name: _refused(action) for name, action in tried.items()}, DESCRIPTORS: not descriptors(), **_needs()}


def _aim_signal(process: int) -> None:
    """Have the kernel send SIGURG, which is ignored, to `process` when a pipe can be read. Raises `OSError` unless every step was let through."""
    read, write = os.pipe()
    try:
        done = 0
        for command, value in ((10, signal.SIGURG), (8, process), (fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)):
            with contextlib.suppress(OSError):  # any one of them is a step too far
                fcntl.fcntl(read, command, value)
                done += 1
        os.write(write, b"x")
        if not done:
            raise OSError
    finally:
        os.close(read)
        os.close(write)


def descriptors() -> list[int]:
    """Descriptors that are open beside the standard ones and the channel."""
    return [number for number in range(4, 256) if _is_open(number)]


def _needs() -> dict[str, bool]:
    """What honest notebooks do must work: a file in the scratch folder, a thread, an event loop's pair of sockets."""

    def file():
        with open("probe", "w") as stream:
            stream.write("x")
        os.unlink("probe")

    def thread():
        one = threading.Thread(target=int)
        one.start()
        one.join()

    def pair():
        for end in socket.socketpair():
            end.close()

    return {f"needed: {action.__name__}": not _refused(action) for action in (file, thread, pair)}


def _refused(action) -> bool:
    try:
        action()
    except (OSError, MemoryError, ValueError, AttributeError, RuntimeError):
        return True
    return False


def _is_open(number: int) -> bool:
    with contextlib.suppress(OSError):
        os.fstat(number)
        return True
    return False
