"""What a notebook may use: derived from our own answers, in two rounds, told to the learner, and counted by the kernel."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.commands.terminal import Progress
from autograder.exercises import exercises, lessons
from autograder.judge import allowance, verdicts
from autograder.judge.allowance import Meter, NeedsMore, Times, Used, chosen
from autograder.judge.coordinator import grade_all
from autograder.judge.grade import Judge
from autograder.judge.inside.confine import Limits
from autograder.judge.sandbox import levels
from autograder.judge.sandbox.process import SandboxError, Zygote
from autograder.learner import notebook as kernel
from autograder.shared.channel import Late
from judge import tiny

TIMES = Times(cell_cpu=0.4, cell_wall=4, call_cpu=0.25, call_wall=4, exercise=30, submission=120, grace=0.2)
LESSON = {tiny.NAME: tiny.lesson()}
LOOP = "def scaled(v, c):\n    while True: pass"


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    with Judge(tiny.course(tmp_path_factory.mktemp("limits")), "standard", times=TIMES, lessons=LESSON) as judge:
        yield judge


def test_an_exercise_may_take_a_thousand_times_our_own_call_and_never_less_than_two_seconds():
    ours = Used(cells=0.1, exercises={"quick": (0.01, 10), "slow": (0.06, 20), "slowest": (10.0, 10)}).allows()
    assert ours == {"quick": pytest.approx(1.0), "slow": pytest.approx(3.0), "slowest": pytest.approx(1000.0), "": pytest.approx(3.0)}
    times = Times()
    assert [times.seconds(ours[name], times.call_cpu) for name in ("quick", "slow", "slowest")] == [2.0, pytest.approx(3.0), 10.0]
    first = times.first()
    assert [first.seconds(ours[name], first.call_cpu) for name in ("quick", "slow", "slowest")] == pytest.approx([0.2, 0.3, 1.0])
    assert times.notebook_cpu == 20.0


def test_exercises_that_have_more_time_than_usual_are_those_that_train_or_follow_long_chains():
    for lesson in lessons().values():
        for exercise in lesson.exercises.values():
            assert exercise.seconds == 0 or exercise.seconds > kernel.PATIENCE, exercise.name
    assert {name for name, exercise in exercises().items() if exercise.seconds} == {
        "recursive_generalized_jacobian", "backward", "eta_sweep", "penguin_classifier", "digit_classifier", "sanity_checks",
    }  # fmt: skip


def test_who_needs_more_is_judged_again_with_all_of_it(judge, tmp_path):
    path = tiny.submit(judge.course.root, "loop", tiny.notebook(tiny.cells(scaled=LOOP)))
    with pytest.raises(NeedsMore):
        judge.grade(path, tiny.NAME, "loop", first=True)
    sheet = judge.grade(path, tiny.NAME, "loop")
    assert (sheet.points, sheet.reports["scaled"].status) == (8.0, "timeout")
    assert "of processor time" in sheet.reports["scaled"].detail
    path = tiny.submit(judge.course.root, "honest", tiny.notebook())
    assert judge.grade(path, tiny.NAME, "honest", first=True).points == 10.0


def test_a_clock_that_rang_and_was_swallowed_is_no_answer(judge):
    """What an answer does after its time is not what it would have done with more: the first round may decide nothing by it."""
    slow = "def scaled(v, c):\n    import time\n    try:\n        while time.process_time() < 1e9: pass\n    except BaseException: pass\n    return c*v"
    path = tiny.submit(judge.course.root, "swallows", tiny.notebook(tiny.cells(scaled=slow)))
    with pytest.raises(NeedsMore):
        judge.grade(path, tiny.NAME, "swallows", first=True)
    assert judge.grade(path, tiny.NAME, "swallows").reports["scaled"].status == "timeout"


def test_loops_wait_until_everybody_else_is_graded(tmp_path):
    root = tiny.course(tmp_path / "course")
    names = [f"s{i}" for i in range(6)]
    for name in names:
        tiny.submit(root, name, tiny.notebook(tiny.cells(scaled=LOOP) if name in ("s0", "s3") else tiny.cells()))
    order: list[str] = []
    held: list[dict] = []
    summary = grade_all(
        root, tiny.NAME, jobs=1, level="standard", lessons=LESSON, times=TIMES,
        progress=lambda done, total, result, left: order.append(result.student), held=held.append,
    )  # fmt: skip
    assert set(order[-2:]) == {"s0", "s3"} and sorted(order) == names
    assert [result.points for result in summary.results] == [8.0, 10.0, 10.0, 8.0, 10.0, 10.0]


def test_a_cell_that_looped_does_not_run_again(judge):
    """After the loop the next answer ends its process: the fresh child passes the looping cell over."""
    ends = "def tangent_line(f, df, a):\n    import os; os._exit(0)"
    path = tiny.submit(judge.course.root, "twice", tiny.notebook(tiny.cells(before="while True: pass", tangent_line=ends)))
    sheet = judge.grade(path, tiny.NAME, "twice")
    assert sheet.points == 7.0 and sheet.outputs["2"][0]["ename"] == "OutOfTime"
    assert judge._used.cells < 3 * TIMES.cell_cpu  # by the kernel's count; once for each child would be more


def test_the_kernel_counts_a_childs_time_and_threads():
    with Zygote("standard") as zygote:
        child = zygote.spawn()
        try:
            source = "import threading, time\nfor _ in range(5): threading.Thread(target=time.sleep, args=(100,), daemon=True).start()\nsum(range(10**7))"
            child.channel.send({"op": "cell", "source": source, "cpu": 30, "wall": 60})
            child.channel.receive_message(time.monotonic() + 60)
            assert child.cpu() > 0.02 and child.threads() == 6
            meter = Meter(child, child.cpu(), 0.0)
            assert 0 <= meter.used() < 1
            meter.seconds = -1.0
            with pytest.raises(Late):
                meter.look()
        finally:
            child.kill()
        assert child.cpu() == child.end.cpu


def test_limits_that_a_teacher_asks_for_stand_in_the_verdict(tmp_path):
    times, limits = chosen(5.0, 2048)
    assert (times.call_cpu, times.cell_cpu, times.notebook_cpu, times.asked) == (5.0, 5.0, 50.0, "5 s, 2048 MiB")
    assert limits.memory == 2 << 30 and limits.cpu > times.notebook_cpu
    assert chosen() == (Times(), Limits())
    root = tiny.course(tmp_path / "course")
    tiny.submit(root, "ada", tiny.notebook())
    for expected, more in (
        (True, {}),
        (False, {}),
        (True, {"times": times, "limits": limits}),
        (False, {"times": times, "limits": limits}),
    ):
        summary = grade_all(root, tiny.NAME, jobs=1, level="standard", lessons=LESSON, **more)
        assert summary.results[0].fresh is expected
    assert verdicts.read(root, tiny.NAME, "ada")[0].versions["limits"] == "5 s, 2048 MiB"


def test_the_progress_line_says_who_holds_a_worker():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    out = Terminal()
    progress = Progress(out)
    progress.held({"slow\nada": 7.04})
    assert "at work on slow" in out.getvalue() and "(7.0 s)" in out.getvalue() and "\n" not in out.getvalue()
    progress.held({})
    assert progress.holding == ""


def test_check_in_a_kernel_stops_by_the_same_clock(monkeypatch):
    monkeypatch.setattr(kernel, "PATIENCE", 0.1)

    def secant_line(f, x, h):
        while True:
            pass

    assert "It used more than 0.1 s of processor time" in str(kernel.check(secant_line))


def test_check_in_a_kernel_computes_on_one_thread():
    threadpoolctl = pytest.importorskip("threadpoolctl")
    from autograder.learner.clock import one_thread

    np.ones((2, 2)) @ np.ones((2, 2))
    with one_thread():
        assert {pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"} <= {1}


def test_a_sandbox_that_is_killed_while_it_comes_up_is_started_again(tmp_path, monkeypatch):
    root = tiny.course(tmp_path / "course")
    tiny.submit(root, "ada", tiny.notebook())
    marker = tmp_path / "killed"
    real = Judge.__enter__

    def enter(self):
        if not marker.exists():
            marker.touch()
            raise SandboxError("bubblewrap was killed")
        return real(self)

    monkeypatch.setattr(Judge, "__enter__", enter)
    assert grade_all(root, tiny.NAME, jobs=1, level="standard", lessons=LESSON).results[0].points == 10.0


def test_a_relative_root_is_a_root(tmp_path, monkeypatch, level):
    root = tiny.course(tmp_path / "course")
    path = tiny.submit(root, "ada", tiny.notebook())
    monkeypatch.chdir(root)
    with Judge(".", level, lessons=LESSON) as judge:
        assert judge.grade(path.relative_to(root), tiny.NAME, "ada").points == 10.0


def test_python_may_be_called_by_a_path_with_links_and_dots(tmp_path, level):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "python").symlink_to(sys.prefix)
    code = (
        "from autograder.judge.sandbox import levels\nfrom autograder.judge.sandbox.process import Zygote\n"
        f"with Zygote({level!r}) as zygote:\n    levels.verify(zygote)\nprint('holds')"
    )
    done = subprocess.run(
        ["../../python/bin/python", "-c", code],
        cwd=tmp_path / "a" / "b",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "holds", done.stderr


@pytest.mark.parametrize("version", [1, 3, 5])
def test_an_older_landlock_is_made_up_for(monkeypatch, version, tmp_path):
    """Without the scopes of version 6 no signal gets out all the same: the attempts are made for real."""
    copied = levels.Zygote._launch
    made = {}

    def launch(self, runtime, theirs):
        source = runtime / "_course" / "judge" / "inside" / "confine.py"
        text = source.read_text()
        old = "return max(0, _LIBC.syscall(444, None, ctypes.c_size_t(0), 1))"
        assert text.count(old) == 1
        source.write_text(text.replace(old, f"return min({version}, _LIBC.syscall(444, None, ctypes.c_size_t(0), 1))"))
        made["done"] = True
        return copied(self, runtime, theirs)

    monkeypatch.setattr(levels.Zygote, "_launch", launch)
    with Zygote("standard") as zygote:
        rows = levels.verify(zygote, str(tmp_path))
    assert made and [row.what for row in rows if not row.holds] == []
    assert sum("F_SET" in row.what for row in rows) == 4


def test_hidden_cases_are_not_in_a_report_that_counts(judge):
    """What a failing check shows comes from public cases; the same answer on other hidden cases shows the same."""
    path = tiny.submit(judge.course.root, "wrong", tiny.notebook(tiny.cells(scaled="def scaled(v, c):\n    return v + c")))
    one, other = (judge.grade(path, tiny.NAME, "wrong", seed=seed).reports["scaled"] for seed in (3, 4))
    assert one.first_miss.input and one.first_miss.wanted
    assert json.dumps({**one.to_json(), "seed": 0}) == json.dumps({**other.to_json(), "seed": 0})


_BY_WHAT_IT_SEES = {
    "an exit code": ("import os; os._exit(int(abs(x)*200))", ""),
    "a later cell's exit code": ("seen.append(x)", "import os; os._exit(int(abs(seen[0])*200))"),
    "a later cell that loops": ("seen.append(x)", "print(seen)\nwhile True: pass"),
    "a signal": ("import ctypes, os; os.abort() if x > 0.2 else ctypes.string_at(0)", ""),
    "kinds of warnings, of a right answer": (
        "import warnings; warnings.warn('', (UserWarning, RuntimeWarning, FutureWarning)[int(abs(9*x)) % 3])",
        "",
    ),
    "kinds of warnings, and then an end": ("warn(x); import os; os._exit(0)", ""),
}


@pytest.mark.parametrize("way", _BY_WHAT_IT_SEES)
def test_a_hidden_input_does_not_leave(judge, way):
    """Whatever an answer makes of its inputs, on other hidden cases the verdict has the same words."""
    first, after = _BY_WHAT_IT_SEES[way]
    start = "seen = []\ndef warn(x):\n    import warnings\n    warnings.warn('', (UserWarning, RuntimeWarning, FutureWarning)[int(abs(9*x)) % 3])"
    source = f"def difference_quotient(f, x, h):\n    {first}\n    return (f(x + h) - f(x))/h"
    parts = tiny.cells(before=start, after=after, difference_quotient=source, colour='def colour():\n    return "a"')
    path = tiny.submit(judge.course.root, "teller", tiny.notebook(parts))
    told = set()
    for seed in range(4):
        sheet = judge.grade(path, tiny.NAME, "teller", seed=seed).to_json()
        told.add(json.dumps([sheet["outputs"], [{**report, "seed": 0} for report in sheet["reports"].values()]]))
    assert len(told) == 1, told


def test_patience_grows_with_the_machines_load(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for load, factor in ((0.0, 1.0), (6.0, 3.0), (1000.0, 8.0)):
        monkeypatch.setattr(os, "getloadavg", lambda load=load: (load, 0, 0))
        assert allowance.patience() == factor
