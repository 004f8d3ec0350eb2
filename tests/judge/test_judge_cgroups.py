"""Cgroups: found only where they are delegated, limits set, nothing left behind. On a tree of plain files, and on the real one if there is any."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.judge import verdicts
from autograder.judge.ends import why
from autograder.judge.grade import Judge
from autograder.judge.inside.confine import Limits
from autograder.judge.sandbox import cgroups
from autograder.judge.sandbox.cgroups import NotDelegated
from autograder.judge.sandbox.child import End
from autograder.judge.sandbox.process import Zygote
from autograder.judge.signing import CourseKey
from judge import tiny
from judge.conftest import safe_levels

FILES = {
    "cgroup.procs": "",
    "cgroup.type": "domain",
    "cgroup.controllers": "cpu memory pids",
    "cgroup.subtree_control": "",
    "cgroup.kill": "",
    "memory.max": "max",
    "memory.swap.max": "max",
    "memory.events": "low 0\noom 0\noom_kill 0\n",
    "pids.max": "max",
}


def fill(path) -> None:
    os.mkdir(path)
    for name, text in FILES.items():
        Path(path, name).write_text(text)


@pytest.fixture
def tree(tmp_path, monkeypatch) -> Path:
    """A group of plain files in which this process seems to be, alone; groups below it are filled and cleared as the system does it."""
    monkeypatch.setattr(cgroups, "_make", fill)
    monkeypatch.setattr(cgroups, "_remove", shutil.rmtree)
    fill(tmp_path / "scope")
    (tmp_path / "scope" / "cgroup.procs").write_text(f"{os.getpid()}\n")
    monkeypatch.setattr(cgroups, "own_group", lambda: tmp_path / "scope")
    return tmp_path / "scope"


def folders(tree: Path) -> list[str]:
    return sorted(path.name for path in tree.iterdir() if path.is_dir())


def ask() -> tuple[Path | None, str]:
    return cgroups.delegated.__wrapped__()


def test_a_delegated_group_is_tried_out_and_left_clean(tree):
    assert ask() == (tree, "")
    assert (tree / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert folders(tree) == ["course-judge-self"]  # this process had to leave: who hands limits on may hold no process
    assert (tree / "course-judge-self" / "cgroup.procs").read_text() == str(os.getpid())


def test_who_has_moved_already_finds_the_same_group(tree, monkeypatch):
    ask()
    (tree / "cgroup.subtree_control").write_text("memory pids")
    monkeypatch.setattr(cgroups, "own_group", lambda: tree / "course-judge-self")
    assert ask() == (tree, "")


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("cgroup.procs", "@ME@\n1\n", "is shared with other processes; start it with  systemd-run"),
        ("cgroup.controllers", "hugetlb", "may not limit memory and pids"),
    ],
)
def test_what_is_not_ours_is_left_alone_and_named(tree, name, text, words):
    (tree / name).write_text(text.replace("@ME@", str(os.getpid())))
    found, said = ask()
    assert found is None and words in said
    assert folders(tree) == [] and (tree / "cgroup.subtree_control").read_text() == ""


def test_what_may_not_be_written_is_named(tree, monkeypatch):
    monkeypatch.setattr(cgroups.os, "access", lambda *args: False)
    assert "may not be written" in ask()[1] and folders(tree) == []


def test_a_limit_that_is_refused_is_no_group(tree, monkeypatch):
    write = Path.write_text

    def refuse(path, text, *args):
        if path.name == "memory.max" and text != "max":
            raise PermissionError(13, "Permission denied")
        return write(path, text, *args)

    monkeypatch.setattr(Path, "write_text", refuse)
    assert "was refused: Permission denied" in ask()[1]
    assert folders(tree) == ["course-judge-self"]


@pytest.mark.parametrize(
    "group, mount, found",
    [
        ("0::/user.slice/run-1.scope", "30 1 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "/sys/fs/cgroup/user.slice/run-1.scope"),
        ("4:memory:/x\n0::/", "30 1 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw", "/sys/fs/cgroup/unified"),
        ("0::/docker/abc/in", "30 1 0:27 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw", "/sys/fs/cgroup/in"),
        ("0::/docker/abcd", "30 1 0:27 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw", None),
        ("4:memory:/x", "30 1 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", None),
    ],
)
def test_where_the_own_group_lies(tmp_path, group, mount, found):
    (tmp_path / "cgroup").write_text(group + "\n")
    (tmp_path / "mountinfo").write_text("1 0 8:1 / / rw - ext4 /dev/sda rw\n" + mount + "\n")
    if found is None:
        with pytest.raises(NotDelegated, match="no cgroup version 2"):
            cgroups.own_group(str(tmp_path))
    else:
        assert cgroups.own_group(str(tmp_path)) == Path(found)


def test_leftovers_of_killed_judges_go_and_those_of_living_ones_stay(tree):
    fill(tree / "course-judge-1-1")
    fill(tree / "course-judge-self")
    fill(tree / "somebody-elses")
    mine = cgroups.make(tree, cgroups.limits_for(Limits()))
    cgroups.sweep(tree)
    assert folders(tree) == sorted([mine.path.name, "course-judge-self", "somebody-elses"])
    mine.remove()
    assert mine.path.name not in folders(tree)


@pytest.mark.slow
def test_each_sandbox_has_a_group_and_the_grade_says_so(tree, tmp_path, monkeypatch):
    if not safe_levels():
        pytest.skip("no safe sandbox on this machine; python -m autograder doctor says what is missing")
    monkeypatch.setattr(cgroups, "delegated", lambda: (tree, ""))
    root = tiny.course(tmp_path / "course")
    path = tiny.submit(root, "ada", tiny.notebook())
    with Judge(root, safe_levels()[-1], lessons={tiny.NAME: tiny.lesson()}, limits=Limits(memory=1 << 30, files_total=1 << 20)) as judge:
        group = judge._zygote.group.path
        assert int((group / "cgroup.procs").read_text()) == judge._zygote._process.pid  # before its first instruction
        assert (group / "memory.max").read_text() == str((1 << 30) + (1 << 20) + (512 << 20))
        assert ((group / "memory.swap.max").read_text(), (group / "pids.max").read_text()) == ("0", "256")
        sheet = judge.grade(path, tiny.NAME, "ada")
        assert (sheet.points, sheet.cgroup) == (10.0, "memory, swap, processes")
        verdicts.save(root, sheet, CourseKey.load(judge.course.root))
        found, receipt = verdicts.read(root, tiny.NAME, "ada")
        assert found.cgroup == receipt["cgroup"] == sheet.cgroup and not verdicts.problems(
            root, tiny.NAME, "ada", CourseKey.load(judge.course.root)
        )
        sheet.cgroup = ""
        assert "cgroup" not in sheet.to_json()  # as signed before there were any
    assert folders(tree) == []


def test_a_child_that_the_memory_limit_killed_is_named(tree, monkeypatch):
    zygote = Zygote("full", group=cgroups.make(tree, {}))
    killed = {"end": {"signal": int(signal.SIGKILL), "code": 0, "overflow": False, "cpu": 0.1, "memory": 1}}
    monkeypatch.setattr(zygote, "_hear", lambda deadline: killed)
    assert not zygote.ended(1).starved and why(zygote.ended(1), zygote, innocent=True) is None  # killed by somebody: no learner's fault
    (zygote.group.path / "memory.events").write_text("oom 1\noom_kill 1\n")
    assert why(zygote.ended(1), zygote, innocent=True).kind == "memory"
    assert zygote.ended(1) == End(signal=9, cpu=0.1, memory=1)  # the next one was not


def test_the_systems_own_groups_do_what_is_asked():
    """Entering, the lock against other judges, killing and removing, on the real tree; it needs no controller."""
    try:
        parent = cgroups.own_group()
        group = cgroups.make(parent.parent if parent.name == cgroups._SELF else parent, {})
    except NotDelegated as problem:
        pytest.skip(str(problem))
    try:
        sleeper = subprocess.Popen(["sleep", "600"], preexec_fn=group.enter)
        assert group.processes() == [sleeper.pid]
        cgroups.sweep(group.path.parent)
        assert group.path.exists()
    finally:
        group.remove()
    assert sleeper.wait(20) == -signal.SIGKILL and not group.path.exists()


def test_the_systems_limit_on_memory_holds():
    parent, said = cgroups.delegated()
    if parent is None:
        pytest.skip(said)
    group = cgroups.make(parent, {"memory.max": str(64 << 20), "memory.swap.max": "0", "pids.max": "8"})
    try:
        hungry = subprocess.run([sys.executable, "-c", "bytearray(1 << 28)"], preexec_fn=group.enter, timeout=60)
        assert hungry.returncode == -signal.SIGKILL and group.starved() == 1
    finally:
        group.remove()
