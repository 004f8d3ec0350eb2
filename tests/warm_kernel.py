"""Real Jupyter kernels that start in a moment: forks of a process that has imported what every notebook imports.

Each notebook has a process, namespace and connection of its own, as always; only the imports are paid once. A kernel spec
called python3 stands before the installed one on JUPYTER_PATH; its command asks the process that has it all for a fork, hands
on its folder and environment, and ends with the kernel.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def warm_kernels():
    """While the block runs, kernels started with the environment variables that it yields are forks; without `fork` there are none."""
    if not hasattr(os, "fork"):
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="kernels-") as folder:  # a short name: a socket's has a limit
        address, log = Path(folder, "socket"), Path(folder, "log")
        spec = Path(folder, "kernels", "python3", "kernel.json")
        spec.parent.mkdir(parents=True)
        command = [sys.executable, "-I", "-S", __file__, "ask", str(address), "-f", "{connection_file}"]
        spec.write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}))
        with open(log, "wb") as stream:
            server = subprocess.Popen(
                [sys.executable, __file__, "serve", str(address)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
        try:
            assert server.stdout.readline() == b"ready\n", log.read_text()
            yield {"JUPYTER_PATH": folder}
        finally:
            server.stdin.close()
            server.wait(60)


def serve(address: str) -> None:
    """Fork a kernel for everyone who asks, until stdin ends. All are waited for: their processor time is the run's."""
    import ipykernel.kernelapp  # noqa: F401
    import ipywidgets  # noqa: F401
    import matplotlib_inline.backend_inline  # noqa: F401

    import explorers
    from autograder.exercises import exercises

    [getattr(explorers, name) for name in explorers.__all__]
    exercises()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    print("ready", flush=True)
    os.dup2(2, 1)
    alive = set()
    while 0 not in (ready := select.select([listener, 0], [], [], 1)[0]):
        alive -= {pid for pid in alive if os.waitpid(pid, os.WNOHANG)[0]}
        if ready:
            link, _ = listener.accept()
            pid = os.fork()
            if pid == 0:
                listener.close()
                _be_a_kernel(json.loads(link.makefile().readline()))
            link.close()
            alive.add(pid)
    for pid in alive:
        os.waitpid(pid, 0)


def _be_a_kernel(order: dict) -> None:
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(order["environment"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())  # it ends with the process that it was forked from
    os.chdir(order["folder"])
    try:
        IPKernelApp.launch_instance(order["arguments"])
    finally:
        os._exit(0)


def ask(address: str, *arguments: str) -> None:
    """What the kernel spec runs: ask for a kernel, stay as long as it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ends a kernel interrupts it first, and then asks it over its channel
    link = socket.socket(socket.AF_UNIX)
    link.connect(address)
    link.sendall(json.dumps({"folder": os.getcwd(), "environment": dict(os.environ), "arguments": arguments}).encode() + b"\n")
    link.recv(1)


if __name__ == "__main__":
    {"serve": serve, "ask": ask}[sys.argv[1]](*sys.argv[2:])
