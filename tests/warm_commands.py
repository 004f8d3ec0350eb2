"""Commands in processes of their own that start in a moment: forks of a process that has imported what ours and nbgrader's import.

Each has its folder, environment, umask, output and exit code, as always; only the interpreter's start and the imports are paid once.
That a command starts by itself is shown where its real program is run: tests/doors, test_from_the_archive, test_windows, test_terminal.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CAN = hasattr(os, "fork") and hasattr(os, "pidfd_open")


class Done(NamedTuple):
    """How a command ended; where both streams are one, all is in `out`."""

    code: int
    out: bytes
    err: bytes


def run(program: str, arguments: list[str], *, folder: Path, environment: dict[str, str], umask: int = -1, one: bool = True) -> Done:
    """Run "autograder" or "nbgrader" with arguments in a folder, its streams in `one` or apart; after ten minutes it is killed."""
    with tempfile.TemporaryDirectory(prefix="command-") as place:
        out = Path(place, "out")
        err = out if one else Path(place, "err")
        order = {"program": program, "arguments": [*map(str, arguments)], "folder": str(folder), "environment": environment}
        server = _server()
        server.stdin.write(json.dumps({**order, "umask": umask, "out": str(out), "err": str(err)}).encode() + b"\n")
        server.stdin.flush()
        code = json.loads(server.stdout.readline())
        return Done(code, out.read_bytes(), b"" if one else err.read_bytes())


def nbgraders(commands: Iterable[list[str]], folder: Path, environment: dict[str, str]) -> list[dict]:
    """Run commands of nbgrader one after the other; of each its name, exit code and what it said."""
    done = [(words[0], run("nbgrader", words, folder=folder, environment=environment)) for words in commands]
    return [{"command": name, "code": one.code, "said": one.out.decode(errors="replace")} for name, one in done]


@cache
def _server() -> subprocess.Popen:
    """The process that forks, one for all tests of a worker."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    atexit.register(_end, server)
    assert server.stdout.readline() == b"ready\n"
    return server


def _end(server: subprocess.Popen) -> None:
    server.stdin.close()
    server.wait(60)
    server.stdout.close()


def _serve() -> None:
    import autograder.files  # before nbgrader: it knows a quicker way to import nbformat

    # isort: split
    import nbgrader.apps  # noqa: F401

    import autograder.__main__
    import autograder.course.doctor
    import autograder.course.generated
    import autograder.gradebook.clerk
    import autograder.gradebook.export
    import autograder.judge.coordinator  # noqa: F401
    from autograder.exercises import exercises

    exercises()
    gc.collect()
    gc.freeze()
    replies = os.fdopen(os.dup(1), "w")
    print("ready", file=replies, flush=True)
    for line in sys.stdin.buffer:
        pid = os.fork()
        if pid == 0:
            replies.close()
            _be(json.loads(line))
        watch = os.pidfd_open(pid)
        if not select.select([watch], [], [], 600)[0]:
            os.kill(pid, signal.SIGKILL)
        os.close(watch)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=replies, flush=True)


def _be(order: dict) -> None:
    """Be the command that was ordered, to its end."""
    environment = order["environment"]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(order["folder"])
    if order["umask"] >= 0:
        os.umask(order["umask"])
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    for number, path in ((1, order["out"]), (2, order["err"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    encoding = environment.get("PYTHONIOENCODING")
    strict = {"encoding": encoding or "utf-8", "errors": "strict" if encoding else sys.stdout.errors}
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), **strict)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)), strict["encoding"], "backslashreplace", line_buffering=True
    )
    code: object = 1
    try:
        code = _ours(order["arguments"]) if order["program"] == "autograder" else _nbgraders(order["arguments"])
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(Exception):
            atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(bool(code)))


def _ours(arguments: list[str]) -> int:
    from autograder.__main__ import start

    sys.argv = [str(ROOT / "autograder" / "__main__.py"), *arguments]
    sys.path[0] = os.getcwd()
    return start()


def _nbgraders(arguments: list[str]) -> int:
    from nbgrader.apps import NbGraderApp

    sys.argv = ["nbgrader", *arguments]
    NbGraderApp.launch_instance()
    return 0


if __name__ == "__main__":
    _serve()
