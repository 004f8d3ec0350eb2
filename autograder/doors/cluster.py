"""A pool of judges on other machines, by dask.distributed: TLS always, batches, and every hand-in is answered once, whichever worker dies.

Theory of operation. Each batch goes to one worker by name, and each worker has one batch at a time, so that it is known who was at work on what. A worker is greeted
first: one that differs in versions or level is refused, and told by name. When a worker goes, its batch is judged by others, one hand-in at a time: so the hand-in
that ends workers is known, and is given up as an error of ours, when it was alone with three of them. Workers may come and go at any time.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ..engine.report import Sheet
from ..files.course import Course, local_settings
from ..files.names import for_terminal
from ..judge.plan import Answer, HandIn, Plan
from ..judge.submission import BadNotebook
from ..writing.exercise import Lesson
from . import station
from .station import Order

_TRIES = 3  # workers that may die over a hand-in which is alone with them
_BATCH = 10  # hand-ins for each notebook that a worker judges at the same time
_LOOK = 0.5  # seconds between two looks at who is there
_TELL = 2.0  # seconds after which it is told who is at work
_CERTIFICATES = {"ca": "tls_ca_file", "cert": "tls_client_cert", "key": "tls_client_key"}


class ClusterProblem(RuntimeError):
    """The cluster cannot be used; the text says why and what to do."""


class ClusterPool:
    """Judges on the workers of a dask scheduler at `address` (tls://HOST:PORT). See `judge.plan.Pool`.

    `told(sentence)` hears who is refused, who came and who went. After `patience` seconds without any worker what is left is given up, as errors of ours.
    Raises `ClusterProblem`.
    """

    def __init__(self, course: Course, address: str, plan: Plan, settings: dict, told: Callable[[str], None], patience: float = 600.0):
        self._client = _connected(course, address)
        self._order = Order(plan.lesson.name, plan.seed, plan.level, plan.versions, settings)
        self._told, self._patience = told, patience
        self._fit: dict[str, int] = {}  # workers that were greeted and may judge, by address, with how many notebooks each takes at a time
        self._refused: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._greetings: dict = {}  # futures, by address
        self._silent: dict[str, int] = {}  # greetings that were not answered

    def close(self) -> None:
        """Let the workers' stations end, and leave the cluster."""
        with contextlib.suppress(Exception):
            self._client.run(station.dismiss, workers=[*self._fit], on_error="ignore")
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def check_reference(self, lesson: Lesson, seed: int) -> None:
        """Greet everybody who is there. Raises `ClusterProblem`, with each worker's reason, where nobody can judge."""
        until = time.monotonic() + min(self._patience, 60.0)
        while True:
            self._look()
            if self._fit and not self._greetings:
                return
            if not self._greetings and (self._refused or time.monotonic() > until):
                why = "; ".join(self._refused.values()) or "it has no worker"
                raise ClusterProblem(f"the cluster cannot judge {lesson.name}: {why}")
            time.sleep(_LOOK / 5)

    def work(self, hand_ins: list[HandIn], seed: int, held: Callable[[dict[str, float]], None] | None = None) -> Iterator[Answer]:
        """Judge them all, see `judge.plan.Pool.work`."""
        waiting: deque[HandIn] = deque(hand_ins)
        alone: deque[HandIn] = deque()  # whose worker went: judged one at a time, when everybody else is
        tries = dict.fromkeys((one.student for one in hand_ins), 0)
        running: dict = {}  # futures, each with its worker, its batch, and since when
        seen = time.monotonic()  # when there was a worker last
        while waiting or alone or running:
            self._look()
            seen = time.monotonic() if self._fit or self._greetings else seen
            if time.monotonic() - seen > self._patience:
                for one in (*waiting, *alone):
                    yield Answer(one, f"the cluster had no worker for {self._patience:g} s")
                return
            busy = {address for address, _, _ in running.values()}
            for address in [address for address in self._fit if address not in busy]:
                batch, unread = self._next(waiting, alone, address)
                yield from unread
                if batch:
                    running[self._send(address, batch, self._fit[address])] = address, [one for one, _ in batch], time.monotonic()
            if held is not None:
                spent = {self._name(address): time.monotonic() - since for address, _, since in running.values()}
                held({name: seconds for name, seconds in spent.items() if seconds > _TELL})
            _wait([*running])
            for future in [future for future, (address, _, _) in running.items() if future.done() or address not in self._fit]:
                address, batch, _ = running.pop(future)
                answers = self._answers(future, address, batch)
                yield from answers
                answered = {answer.hand_in.student for answer in answers}
                left = [one for one in batch if one.student not in answered]
                for one in left:
                    tries[one.student] += len(batch) == 1
                    if tries[one.student] >= _TRIES:
                        yield Answer(
                            one, f"{_TRIES} workers of the cluster ended while they judged it, and nothing else", self._name(address)
                        )
                    else:
                        alone.append(one)

    def _next(self, waiting: deque[HandIn], alone: deque[HandIn], address: str) -> tuple[list[tuple[HandIn, bytes]], list[Answer]]:
        """What a worker gets next, and the answers to what cannot be read."""
        fair = -(-len(waiting) // (2 * max(1, len(self._fit))))
        source, most = (waiting, min(_BATCH * self._fit[address], fair)) if waiting else (alone, 1)
        batch: list[tuple[HandIn, bytes]] = []
        unread: list[Answer] = []
        while source and len(batch) < most:
            one = source.popleft()
            try:
                batch.append((one, one.read()))
            except BadNotebook as problem:
                unread.append(Answer(one, problem))
        return batch, unread

    def _send(self, address: str, batch: list[tuple[HandIn, bytes]], jobs: int):
        order = replace(self._order, jobs=jobs)
        bytes_of = [(one.student, data) for one, data in batch]
        return self._client.submit(station.judge_batch, order, bytes_of, workers=[address], allow_other_workers=False, pure=False)

    def _answers(self, future, address: str, batch: list[HandIn]) -> list[Answer]:
        """What came of a batch, as far as anything did: each hand-in of it once at most. A worker that must not judge any more is refused."""
        said = self._said(future)
        by_student = {one.student: one for one in batch}
        by = f"{said['host']}, worker {self._names.get(address, address)}"
        if said["problem"]:
            self._refuse(address, said["problem"])
        found = []
        for student, sheet, why in said["answers"]:
            one = by_student.pop(student, None)
            if one is not None:
                found.append(Answer(one, Sheet.from_json(sheet) if sheet else str(why), by))
        return found

    def _said(self, future) -> dict:
        """What `station.judge_batch` said; that of nobody where its worker went, or broke."""
        nothing = {"host": "", "problem": "", "answers": []}
        try:
            if future.status == "finished":
                return json.loads(future.result(timeout=30))
            return (
                {**nothing, "problem": f"{future.exception(timeout=30)!r:.300}"} if future.status == "error" and _own(future) else nothing
            )
        except Exception:
            return nothing
        finally:
            with contextlib.suppress(Exception):
                future.cancel(force=True)

    def _look(self) -> None:
        """Who came, who went, and what those who were greeted said. Raises `ClusterProblem` when the scheduler is gone."""
        try:
            there = self._client.nthreads()
        except Exception as problem:
            raise ClusterProblem(
                f"the cluster's scheduler does not answer ({type(problem).__name__}): run the command again; what was judged is kept"
            ) from None
        for address in [*self._fit]:
            if address not in there:
                self._told(f"{self._name(address)} is gone; what it had is judged by others")
                del self._fit[address]
        for address in [address for address in self._greetings if address not in there]:
            self._said(self._greetings.pop(address))
        for address in there:
            if address not in self._fit and address not in self._greetings and address not in self._refused:
                info = self._client.scheduler_info(n_workers=-1)["workers"].get(address, {})
                self._names[address] = str(info.get("name", address))
                self._greetings[address] = self._send(address, [], there[address])
        for address in [address for address, future in self._greetings.items() if future.done()]:
            said = self._said(self._greetings.pop(address))
            if said["problem"]:
                self._refuse(address, said["problem"])
            elif said["host"]:
                self._fit[address] = there[address]
            else:
                self._silent[address] = self._silent.get(address, 0) + 1
                if self._silent[address] >= _TRIES:
                    self._refuse(address, "it does not answer; its own log says why")

    def _refuse(self, address: str, why: str) -> None:
        self._fit.pop(address, None)
        self._refused[address] = f"{self._name(address)} is refused: {why}"
        self._told(self._refused[address])

    def _name(self, address: str) -> str:
        name = self._names.get(address, address)
        return f"worker {name}" if name == address else f"worker {name} ({address})"


def _wait(futures: list) -> None:
    """Wait until one of them is done, and not for long: somebody may have come or gone."""
    until = time.monotonic() + _LOOK
    while time.monotonic() < until and not any(future.done() for future in futures):
        time.sleep(_LOOK / 25)


def cluster_pool(course: Course, address: str) -> Callable[[Plan, dict], ClusterPool]:
    """What makes the pool of `coordinator.grade_all` on the workers of the scheduler at `address`; who comes, goes and is refused is told on stderr."""
    return lambda plan, settings: ClusterPool(course, address, plan, settings, lambda said: print(for_terminal(said), file=sys.stderr))


def _own(future) -> bool:
    """Whether a task failed by itself, and not because its worker died."""
    from distributed.scheduler import KilledWorker

    return not isinstance(future.exception(timeout=30), KilledWorker)


def _connected(course: Course, address: str):
    """A client of the scheduler, over TLS with a certificate on both sides. Raises `ClusterProblem`."""
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise ClusterProblem('--cluster needs dask.distributed: pip install "from-h-to-eta[cluster]"') from None
    if not address.startswith("tls://"):
        raise ClusterProblem(
            f"{address!r} is no tls:// address: hand-ins and the seed of the hidden cases go to the workers, so TLS is always on"
        )
    given = local_settings(course.root).get("cluster", {})
    files = {_CERTIFICATES[name]: str(course.root / Path(path).expanduser()) for name, path in given.items() if name in _CERTIFICATES}
    try:
        security = Security(require_encryption=True, **files)
        if not all(getattr(security, name) for name in _CERTIFICATES.values()):
            raise ClusterProblem(
                "--cluster needs certificates: ca, cert and key under [cluster] in local.toml (docs/deploying.md says how to make them)"
            )
        return Client(address, security=security, set_as_default=False, timeout=20)
    except (OSError, ValueError, TypeError, RuntimeError) as problem:
        if isinstance(problem, ClusterProblem):
            raise
        raise ClusterProblem(
            f"the scheduler at {address} cannot be reached ({type(problem).__name__}: {problem}): is it there, and are the certificates its own?"
        ) from None
