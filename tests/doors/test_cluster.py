"""A class on a cluster: a scheduler and workers on loopback, over TLS. Workers are killed, all of them, and one hand-in ends every judge: each result is there, once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from judge.conftest import SAFE

from autograder.course.release import _generate as generate
from autograder.files.course import Course
from autograder.judge import verdicts
from doors.test_machines import LESSON, ROOT, new_course

pytest.importorskip("distributed", reason='pip install "from-h-to-eta[cluster]"')
pytestmark = [
    pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="apt-get install openssl: it makes the certificates"),
    pytest.mark.slow,
]
POISON = """
import os, signal, threading
from autograder.doors import station
judge = getattr(station, "unpoisoned", station.judge_batch)  # dask loads a preload twice
station.unpoisoned = judge
def judge_batch(order, batch):
    if any(b"POISON" in data for _, data in batch):  # whoever judges it is killed while the notebook sleeps
        judge(order, [])
        threading.Timer(0.3, os.kill, (station._running[0].pid, signal.SIGKILL)).start()
    return judge(order, batch)
station.judge_batch = judge_batch
"""


class Cluster:
    """A scheduler, and workers by name. All have one certificate, which is its own authority."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, {}
        folder.mkdir()
        made = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=cluster",
            "-keyout",
            "key",
            "-out",
            "pem",
        ]
        subprocess.run(made, cwd=folder, check=True, capture_output=True)
        self.tls = ["--tls-ca-file", folder / "pem", "--tls-cert", folder / "pem", "--tls-key", folder / "key"]
        (folder / "poison.py").write_text(POISON)
        self._start("scheduler", ["scheduler", "--protocol", "tls", "--port", "0", "--no-dashboard", "--scheduler-file", folder / "file"])
        while not (folder / "file").exists():
            time.sleep(0.1)
        self.address = json.loads((folder / "file").read_text())["address"]

    def worker(self, name: str, course: Path) -> None:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", "--local-directory", self.folder / name]
        command = ["worker", self.address, "--name", name, "--preload", self.folder / "poison.py", *options]
        self._start(name, command, AUTOGRADER_COURSE=str(course))

    def registered(self, *names: str) -> None:
        """Wait until the scheduler knows these workers."""
        while not all("Registered to" in (self.folder / f"{name}.log").read_text() for name in names):
            time.sleep(0.1)

    def _start(self, name: str, command: list, **more: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__USE_FILE_LOCKING": "False", **more}
        with open(self.folder / f"{name}.log", "w") as log:
            whole = [sys.executable, "-m", "dask", *command, "--host", "127.0.0.1", *self.tls]
            self.processes[name] = subprocess.Popen([*map(str, whole)], env=environment, stdout=log, stderr=log, cwd=self.folder)

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def configure(self, root: Path) -> None:
        (root / "local.toml").write_text(f'[cluster]\nca = "{self.folder}/pem"\ncert = "{self.folder}/pem"\nkey = "{self.folder}/key"\n')


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path / "cluster")
    try:
        yield made
    finally:
        for name in [*made.processes]:
            made.kill(name)


def hand_in(root: Path, student: str, code: str) -> None:
    """The right notebook with a cell before all others."""
    notebook = json.loads((ROOT / "solutions" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    notebook["cells"].insert(
        1, {"cell_type": "code", "id": "first", "metadata": {}, "outputs": [], "execution_count": None, "source": code}
    )
    path = Course(root).submitted(LESSON, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def begun(root: Path, cluster: Cluster, *more) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "autograder",
        "--course",
        root,
        "grade",
        LESSON,
        "--cluster",
        cluster.address,
        "--no-gradebook",
        "--level",
        SAFE[-1],
        *more,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*map(str, command)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def with_a_test_of_the_teachers(first: Path, *others: Path) -> None:
    """A locked test cell with a hidden test, in the lesson of all these folders."""
    course = Course(first)
    notebook = nbformat.read(course.source(LESSON), as_version=4)
    marks = {"grade_id": "own", "grade": True, "solution": False, "locked": True, "task": False, "points": 1, "schema_version": 3}
    code = "assert difference_quotient\n### BEGIN HIDDEN TESTS\nassert mine != 3, 'the teacher says so'\n### END HIDDEN TESTS"
    notebook.cells.append(nbformat.v4.new_code_cell(code, id="own", metadata={"nbgrader": marks}))
    nbformat.write(notebook, course.source(LESSON))
    generate([LESSON], course, course)
    for other in others:
        for kind in ("solutions", "notebooks"):
            shutil.copytree(first / kind, other / kind, dirs_exist_ok=True)


def wait_for(count: int, log: Path, run: subprocess.Popen) -> None:
    """Wait until so many are judged, or the run is over."""
    while run.poll() is None and (not log.exists() or log.read_text().count('"verdict", "command"') < count):
        time.sleep(0.05)


def test_every_result_is_there_once_whoever_dies(cluster, tmp_path):
    root, away, other = (new_course(tmp_path / name) for name in ("here", "away", "other"))
    cluster.configure(root)
    with_a_test_of_the_teachers(root, away, other)
    shutil.rmtree(away / "work"), shutil.rmtree(other / "work")  # workers have neither hand-ins nor a key
    source = other / "solutions" / LESSON / f"{LESSON}.ipynb"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    slow = [f"s{number:02}" for number in range(14)]
    for number, student in enumerate(slow):
        hand_in(root, student, f"import time; time.sleep(0.4); mine = {number}")
    hand_in(root, "poison", "import time; time.sleep(2)  # POISON")
    (root / "work" / "submitted" / "half" / LESSON).mkdir(parents=True)
    (root / "work" / "submitted" / "half" / LESSON / f"{LESSON}.ipynb").write_text("{")
    (root / "work" / "submitted" / "link" / LESSON).mkdir(parents=True)
    (root / "work" / "submitted" / "link" / LESSON / f"{LESSON}.ipynb").symlink_to("/etc/passwd")
    for name, course in (("one", away), ("two", away), ("odd", other)):
        cluster.worker(name, course)
    cluster.registered("one", "two", "odd")
    log = tmp_path / "log"
    run = begun(root, cluster, "--log-json", log)
    wait_for(3, log, run)
    cluster.kill("one")
    wait_for(7, log, run)
    cluster.kill("two")
    time.sleep(1)
    cluster.worker("three", away)
    out, err = run.communicate(timeout=400)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    told = {line["student"]: line for line in lines if line["event"] == "verdict"}
    assert sorted(told) == sorted([*slow, "poison", "half", "link", "ada", "bob", "cleo", "dora"]), err
    assert len([line for line in lines if line["event"] == "verdict"]) == len(told), "each once"
    assert {told[student]["verdict"] for student in (*slow, "ada", "cleo")} == {"pass"}, err
    assert {told[student]["status"] for student in ("half", "link")} == {"malformed"}
    assert told["poison"]["verdict"] == "error" and told["poison"]["points"] is None and "3 workers" in told["poison"]["detail"]
    assert run.returncode == 3 and lines[-1]["code"] == 3
    assert "worker odd" in err and "is refused: reference is" in err and "worker one" in err and "is gone" in err
    by = {verdicts.read_receipt(root, LESSON, student)["by"] for student in slow}
    assert "three" in {one.rpartition(" ")[2] for one in by} <= {"one", "two", "three"}
    assert not (away / "work").exists(), "no key was made where there is none"
    sheets = {student: verdicts.read(root, LESSON, student)[0] for student in slow}
    assert len({sheet.versions["tests"] for sheet in sheets.values()}) == 1
    failed = {student for student, sheet in sheets.items() if "teacher" in json.dumps(sheet.outputs)}
    assert failed == {"s03"}, "the teacher's hidden test ran on the workers, in every notebook"


def test_what_is_no_cluster_is_a_sentence(tmp_path):
    root = new_course(tmp_path / "here")
    for address, local, word in (
        ("tcp://127.0.0.1:1", "", "tls://"),
        ("tls://127.0.0.1:1", "", "needs certificates"),
        ("tls://127.0.0.1:1", '[cluster]\nca = "no"\ncert = "no"\nkey = "no"\n', "cannot be reached"),
    ):
        (root / "local.toml").write_text(local)
        command = [sys.executable, "-m", "autograder", "--course", root, "grade", LESSON, "--cluster", address, "--no-gradebook"]
        done = subprocess.run(
            [*map(str, command)], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 3 and word in done.stderr and "Traceback" not in done.stderr, done.stderr
