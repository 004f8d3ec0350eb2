"""A worker of a cluster: judges batches of notebooks with worker processes and sandboxes of its own. It has a course's folder, and no key.

Theory of operation. `judge_batch` runs in a dask worker, which has threads; judging forks. So the dask worker keeps one more process, the station, started on the
first order and warm from then on. The station compares what it is with what is asked for, has our own answers judged first, and answers each notebook as it is
ready. When the dask worker ends, the station hears it from its pipe and ends too. Sheets go back as JSON: nothing that a station says is unpickled where the key is.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from ..engine.report import Sheet
from ..exercises import find_lesson
from ..files.course import Course
from ..judge.plan import HandIn
from ..judge.versions import versions, with_limits, with_tests
from ..judge.workers import WorkerPool

COURSE = "AUTOGRADER_COURSE"  # in a worker's environment: the course's folder, where it is not the one that this package lies in
_LOCK = threading.Lock()  # one batch at a time, whatever the number of threads
_running: tuple[subprocess.Popen, Connection] | None = None


@dataclass(frozen=True)
class Order:
    """What a cluster's workers are asked for; the fields are those of `judge.plan.Plan`, and `settings` go to `Judge`. `jobs` notebooks are judged at the same time."""

    lesson: str
    seed: int
    level: str
    versions: dict[str, str]
    settings: dict[str, Any] = field(default_factory=dict)
    jobs: int = 1

    @property
    def judge(self) -> tuple:
        """What two orders share that the same warm judge can obey; the teacher's tests are known by their digest in `versions`."""
        return self.lesson, self.seed, self.level, self.versions, {**self.settings, "tests": None}, self.jobs


@dataclass
class _Sent(HandIn):
    """A notebook that came over the network."""

    data: bytes = b""

    def read(self) -> bytes:
        return self.data


def judge_batch(order: Order, batch: list[tuple[str, bytes]]) -> str:
    """Judge a batch of (student, bytes) in this machine's station, and answer as JSON: `host`, `problem` (why this machine must not judge, or ""), and `answers`, a list of
    (student, sheet or null, why there is none). Who is not in it was not judged, because the station died over it; an empty batch only asks whether all is well."""
    global _running
    with _LOCK:
        said: dict[str, Any] = {"host": socket.gethostname(), "problem": "", "answers": []}
        if _running is None or _running[0].poll() is not None:
            _running = _start()
        link = _running[1]
        try:
            link.send((order, batch))
            said["problem"] = link.recv()
            while (answer := link.recv()) is not None:
                said["answers"].append(answer)
        except (EOFError, OSError):
            dismiss()
        return json.dumps(said)


def dismiss() -> None:
    """End this machine's station, if there is one."""
    global _running
    if _running is not None:
        process, link = _running
        _running = None
        link.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _start() -> tuple[subprocess.Popen, Connection]:
    ours, theirs = Pipe()
    command = [sys.executable, "-m", "autograder.doors.station", str(theirs.fileno())]
    folder = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH", "")]))}
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL)
    theirs.close()
    return process, ours


def _serve(link) -> None:
    """The station's process: obey orders until nobody is left who gives any."""
    course = Course.at(os.environ.get(COURSE))
    last: tuple | None = None
    pool: WorkerPool | None = None
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            order, batch = link.recv()
            problem = ""
            if order.judge != last:
                if pool is not None:
                    pool.close()
                pool, last = None, None
                try:
                    problem = _difference(course, order)
                    if not problem:
                        pool = WorkerPool(course.root, order.lesson, order.level, order.settings, order.jobs)
                        pool.check_reference(find_lesson(order.lesson), order.seed)
                        last = order.judge
                except Exception as error:
                    problem = f"{type(error).__name__}: {error}"
            link.send(problem)
            if pool is not None and not problem:
                for answer in _judged(pool, order, batch):
                    link.send(answer)
            link.send(None)
    if pool is not None:
        pool.close()


def _judged(pool: WorkerPool, order: Order, batch: list[tuple[str, bytes]]) -> Iterator[tuple[str, dict | None, str]]:
    hand_ins: list[HandIn] = [_Sent(student, Path(), Path(), data=data) for student, data in batch]
    for answer in pool.work(hand_ins, order.seed):
        sheet = answer.found.to_json() if isinstance(answer.found, Sheet) else None
        yield answer.hand_in.student, sheet, "" if sheet else str(answer.found)


def _difference(course: Course, order: Order) -> str:
    """In what this machine differs from what is asked for; "" where it does not. Whether the level holds is tried when the sandbox starts."""
    lesson = find_lesson(order.lesson)
    mine = with_limits(versions(course, lesson, order.settings.get("engine", "child")), order.versions.get("limits", ""))
    mine = with_tests(mine, order.settings.get("tests"))
    differs = [
        f"{kind} is {mine.get(kind, 'none')} and not {wanted}" for kind, wanted in order.versions.items() if mine.get(kind) != wanted
    ]
    return "; ".join(differs)


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
