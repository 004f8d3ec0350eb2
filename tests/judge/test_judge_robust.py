"""Kill anything at any moment, fill the disk, start twice: run again, and the result is as if nothing had happened."""

from __future__ import annotations

import contextlib
import json
import mmap
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.exercises import find_lesson
from autograder.judge import verdicts
from autograder.judge.coordinator import grade_all
from autograder.judge.grade import Judge
from autograder.judge.locks import Busy
from autograder.judge.reference import ReferenceFailed
from autograder.judge.signing import CourseKey
from judge import tiny

STUDENTS = [f"s{i:02}" for i in range(12)]


@pytest.fixture
def course(tmp_path):
    root = tiny.course(tmp_path / "course")
    for i, student in enumerate(STUDENTS):
        answers = {} if i % 3 else {"scaled": "def scaled(v, c):\n    return v"}
        tiny.submit(root, student, tiny.notebook(tiny.cells(before="import time; time.sleep(0.05)", **answers)))
    return root


def settings(**more):
    return {"lessons": {tiny.NAME: tiny.lesson()}, "level": "standard", "jobs": 2, **more}


def points(root: Path) -> dict[str, float]:
    return {name: verdicts.read(root, tiny.NAME, name)[0].points for name in STUDENTS}


EXPECTED = {name: 10.0 if i % 3 else 8.0 for i, name in enumerate(STUDENTS)}


def children(pid: int) -> list[int]:
    """All descendants of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                    found += [int(entry.name), *children(int(entry.name))]
    return found


class Run:
    """A run in a process of its own, which tells of each verdict."""

    def __init__(self, root: Path):
        context = multiprocessing.get_context("fork")
        self.told, there = context.Pipe(duplex=False)
        self.process = context.Process(target=self._run, args=(root, there))
        self.process.start()
        there.close()
        self.pid = self.process.pid

    @staticmethod
    def _run(root: Path, there) -> None:
        grade_all(root, tiny.NAME, **settings(progress=lambda done, *_: there.send(done)))

    def hear(self) -> None:
        """Wait for the next verdict."""
        self.told.recv()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def end(self) -> int:
        """Its exit code, when it is through."""
        self.process.join(120)
        return self.process.exitcode


def wait_gone(pids, seconds=10) -> list[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        left = []
        for pid in pids:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                    left.append(pid)
        if not left:
            return []
        time.sleep(0.05)
    return left


@pytest.mark.slow
def test_rerun_does_only_what_is_missing(level, course):
    assert all(r.fresh for r in grade_all(course, tiny.NAME, **settings(level=level)).results)
    assert points(course) == EXPECTED
    assert not any(r.fresh for r in grade_all(course, tiny.NAME, **settings(level=level)).results)
    one_job = settings(level=level, jobs=1)
    tiny.submit(course, "s01", tiny.notebook(tiny.cells(colour='def colour(): return "a"')))
    verdicts.path_of(course, tiny.NAME, "s02").unlink()
    verdicts.path_of(course, tiny.NAME, "s03", "receipts").write_text("{}")
    verdicts.path_of(course, tiny.NAME, "s04").write_text("half a ver")
    data = json.loads(verdicts.path_of(course, tiny.NAME, "s05").read_text())
    data["reports"]["scaled"]["points"] = 1000
    verdicts.path_of(course, tiny.NAME, "s05").write_text(json.dumps(data))
    again = grade_all(course, tiny.NAME, **one_job)
    assert [r.student for r in again.results if r.fresh] == ["s01", "s02", "s03", "s04", "s05"]
    assert points(course) == {**EXPECTED, "s01": 9.0}
    only = grade_all(course, tiny.NAME, **one_job, only=["s07"], again=True)
    assert [(r.student, r.fresh) for r in only.results] == [("s07", True)]
    assert len({verdicts.read(course, tiny.NAME, s)[0].seed for s in STUDENTS}) == 1, (
        "everybody is asked the same: equal answers get equal points"
    )


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 5], ids=["while its sandboxes start", "after one verdict", "after five"])
def test_kill_the_judge_at_any_moment(course, after):
    run = Run(course)
    for _ in range(after):
        run.hear()
    while len(below := children(run.pid)) < 3:  # the two workers and a first sandbox
        assert run.process.is_alive(), "it ended before it had started anything"
        time.sleep(0.01)
    run.kill()
    assert wait_gone(below) == [], "nothing outlives the judge"
    for path in (course / "work").rglob("*.json"):
        json.loads(path.read_text())
    grade_all(course, tiny.NAME, **settings(jobs=1))
    assert points(course) == EXPECTED
    assert not list((course / "work").rglob(".new-*")) or after


@pytest.mark.slow
def test_kill_workers_and_zygotes_while_they_work(course):
    run = Run(course)
    run.hear()
    victims = children(run.pid)
    for pid in victims[::2]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert run.end() == 0
    assert points(course) == EXPECTED


@pytest.mark.slow
def test_a_program_that_has_mapped_much_grades_as_well(course):
    """A WebAssembly machine, say, reserves gigabytes of addresses and uses none of them; the workers are forks of whoever grades."""
    with mmap.mmap(-1, 6 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ):
        summary = grade_all(course, tiny.NAME, **settings())
    assert not summary.errors and points(course) == EXPECTED


@pytest.mark.parametrize("level", ["standard", "full"])
def test_a_program_that_holds_many_files_grades_as_well(course, level):
    """The sockets of its sandboxes have numbers of three digits there, and none of them is left open in a child."""
    with contextlib.ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(open(os.devnull))
        summary = grade_all(course, tiny.NAME, **settings(level=level))
    assert not summary.errors and points(course) == EXPECTED


def test_kill_a_child_from_outside_costs_nobody(course):
    with Judge(course, "standard", lessons={tiny.NAME: tiny.lesson()}) as judge:
        spawned = []
        spawn = judge._zygote.spawn

        def killing():
            child = spawn()
            if not spawned:
                spawned.append(child)
                for pid in children(judge._zygote._process.pid):
                    if Path(f"/proc/{pid}/comm").read_text().startswith("python"):
                        os.kill(pid, signal.SIGKILL)
            return child

        judge._zygote.spawn = killing
        sheet = judge.grade(course / "work" / "submitted" / "s01" / tiny.NAME / f"{tiny.NAME}.ipynb", tiny.NAME, "s01")
        assert (sheet.status, sheet.points, len(spawned)) == ("graded", 10.0, 1)


@pytest.mark.slow
def test_a_second_run_waits_for_nobody_and_breaks_nothing(course):
    run = Run(course)
    run.hear()
    with pytest.raises(Busy, match="another run"):
        grade_all(course, tiny.NAME, **settings())
    assert run.end() == 0
    assert points(course) == EXPECTED


@pytest.mark.slow
def test_shards_together_are_the_class(course):
    seen = []
    for part in (1, 2, 3):
        seen += [r.student for r in grade_all(course, tiny.NAME, **settings(shard=(part, 3), jobs=1)).results]
    assert sorted(seen) == STUDENTS and points(course) == EXPECTED
    with pytest.raises(ValueError, match="no part 4 of 3"):
        grade_all(course, tiny.NAME, **settings(shard=(4, 3)))


@pytest.mark.slow
def test_full_disk(course, monkeypatch):
    """The worker processes are forks of this one, so they inherit a disk that is full for one student."""
    grade_all(course, tiny.NAME, **settings(only=["s01"], jobs=1))
    tiny.submit(course, "s01", tiny.notebook(tiny.cells(colour="")))
    write = verdicts.write

    def full(path, data):
        if "s01" in path.name and path.parent.parent.name == "verdicts":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(verdicts, "write", full)
    summary = grade_all(course, tiny.NAME, **settings())
    assert [r.student for r in summary.errors] == ["s01"] and "No space left" in summary.errors[0].detail
    assert not verdicts.path_of(course, tiny.NAME, "s01").exists(), "the old grade does not stand"
    monkeypatch.undo()
    assert [(r.student, r.points) for r in grade_all(course, tiny.NAME, **settings()).results if r.fresh] == [("s01", 9.0)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "source, kind, words",
    [
        ("def scaled(v, c):\n    return v", ReferenceFailed, r"got 8\.0 of 10.*nothing was graded.*scaled"),
        ("raise ValueError('x')", ReferenceFailed, "the answer to scaled.*ValueError"),
        ("pass", ReferenceFailed, "defines no scaled.*make build"),
    ],
)
def test_a_wrong_reference_stops_everything(course, source, kind, words):
    (course / "solutions" / tiny.NAME / f"{tiny.NAME}.ipynb").write_bytes(tiny.notebook(tiny.cells(scaled=source)))
    with pytest.raises(kind, match=words):
        grade_all(course, tiny.NAME, **settings(jobs=1))
    assert not list((course / "work" / "verdicts").rglob("s*.json"))


@pytest.mark.slow
def test_command_and_receipts(course, capsys, monkeypatch):
    monkeypatch.setattr("autograder.exercises.lesson", lambda name: find_lesson(name, {tiny.NAME: tiny.lesson()}))

    def command(*arguments):
        return main(["--course", str(course), *arguments])

    assert command("grade", tiny.NAME, "--level", "standard", "--json", "--no-gradebook") == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["results"]) == len(STUDENTS) and told["errors"] == [] and told["level"] == "standard"
    assert command("grade", tiny.NAME, "--level", "weak", "--no-gradebook") == 2
    assert "solutions and other grades" in capsys.readouterr().err
    assert command("grade", "99_nothing", "--no-gradebook") == 2
    assert command("grade", tiny.NAME, "--only", "nobody", "--no-gradebook") == 2
    (course / "solutions" / tiny.NAME / f"{tiny.NAME}.ipynb").write_bytes(b"{}")
    assert command("grade", tiny.NAME, "--no-gradebook") == 3
    capsys.readouterr()

    told = grade_all(tiny.course(course), tiny.NAME, **settings())
    assert command("verify", tiny.NAME) == 0
    assert capsys.readouterr().out.count("genuine") == len(STUDENTS)
    receipt = verdicts.path_of(course, tiny.NAME, "s03", "receipts")
    receipt.write_text(receipt.read_text().replace('"points":8.0', '"points":10.0'))
    tiny.submit(course, "s04", tiny.notebook([]))
    verdicts.path_of(course, tiny.NAME, "s05").write_bytes(verdicts.path_of(course, tiny.NAME, "s01").read_bytes())
    assert command("verify", tiny.NAME, "s03", "s04", "s05", "s06") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [
        "signature" in lines[0],
        "not the one that was graded" in lines[1],
        "not the one that was signed" in lines[2],
        "genuine" in lines[3],
    ] == [True] * 4
    assert command("verify", "99_nothing") == 2
    assert "nobody handed in 99_nothing" in capsys.readouterr().err
    assert command("verify", "s01", tiny.NAME) == 1  # the names the wrong way round
    assert "no verdict" in (said := capsys.readouterr().out) and "Errno" not in said and "lesson comes before" in said


def test_a_seed_is_recorded_and_kept(tmp_path):
    first = CourseKey.load(tmp_path)
    assert CourseKey.load(tmp_path) == first
    assert first.lesson_seed("01_x") == first.lesson_seed("01_x") != first.lesson_seed("02_y")
    assert (tmp_path / "work" / "course.json").stat().st_mode & 0o077 == 0
    (tmp_path / "work" / "course.json").write_text("{}")
    with pytest.raises(ValueError, match="restore it from a backup"):
        CourseKey.load(tmp_path)


def test_levels_are_never_lowered_silently(course, monkeypatch):
    from autograder.judge.sandbox import levels, runtime

    monkeypatch.setattr(runtime.shutil, "which", lambda name: None)
    with pytest.raises(runtime.SandboxError, match="bubblewrap"):
        Judge(course, "full", lessons={}).__enter__()
    monkeypatch.setattr(levels.confine, "landlock_version", lambda: 0)
    with pytest.raises(runtime.SandboxError, match="landlock.*--level weak"):
        levels.best()


def test_a_sandbox_that_does_not_start_leaves_nothing_open(monkeypatch):
    from autograder.judge.sandbox import process, runtime

    monkeypatch.setattr(runtime.shutil, "which", lambda name: None)
    before = set(os.listdir("/proc/self/fd"))
    with pytest.raises(runtime.SandboxError, match="bubblewrap") as told:
        process.Zygote("full").__enter__()
    # while `told` holds the frames, nothing is closed for want of a reader
    assert set(os.listdir("/proc/self/fd")) <= before, told
