"""The sandbox: what the levels promise holds, as root and as an ordinary user, and what breaks is our error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from autograder.engine.report import Status
from autograder.judge.grade import Judge
from autograder.judge.inside.confine import Limits
from autograder.judge.remote import RemoteAnswer, Times
from autograder.judge.sandbox import levels, runtime
from autograder.judge.sandbox.process import SandboxError, Zygote
from autograder.shared.answer import LocalAnswer
from autograder.shared.functions import Function
from autograder.shared.values import Seeded
from autograder.writing.bank import CUBIC
from judge import as_user, tiny
from judge.conftest import safe_levels

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def zygote(level):
    with Zygote(level, Limits()) as made:
        yield made


def test_everything_a_level_promises_holds(zygote):
    rows = levels.verify(zygote, str(HERE))
    assert len(rows) > 20 and all(row.holds for row in rows)


def test_a_level_that_does_not_hold_is_an_error():
    with Zygote("weak") as weak:
        weak.level = "standard"
        with pytest.raises(SandboxError, match="does not hold here"):
            levels.verify(weak, str(HERE))


def test_a_zygote_that_cannot_start_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(runtime, "_INSIDE", ("shared",))
    with pytest.raises(SandboxError, match="gone or silent"):
        Zygote("standard").__enter__()


def test_our_errors_are_no_zeros(tmp_path, monkeypatch):
    root = tiny.course(tmp_path)
    path = tiny.submit(root, "ada", tiny.notebook())
    with Judge(root, "standard", lessons={tiny.NAME: tiny.lesson()}) as judge:
        monkeypatch.setattr(Zygote, "spawn", lambda self: (_ for _ in ()).throw(SandboxError("no more children")))
        sheet = judge.grade(path, tiny.NAME, "ada")
    assert sheet.is_error and "no more children" in sheet.detail
    assert {report.status for report in sheet.reports.values()} == {Status.ERROR}


SOURCE = """
import warnings
import numpy as np
def give_back(*args): return args if len(args) != 1 else args[0]
def spoil(v):
    v[0] = 7.0
    return v
def warn(x):
    warnings.warn("careful", DeprecationWarning); return np.log(-1.0)
def talk(x): print(x); return x
def add(f, x): return f(x) + f(np.array(x)) + f(np.float64(x)) + f([x][0])
def div(f): return f(0.0), f(np.float64(0.0))
def both(f, g, x): return f(x, 2.0)*g(x)
def fail(x): raise ZeroDivisionError("text")
def draw(rng): return rng.normal(size=3)
def changing(f, v):
    w = f(v); w[:] = 0; v[:] = 5
    return f(np.ones(2))
"""
CALLS = [
    ("give_back", (1, 2.0, "x", None, True, 1j, [1, (2,)], {"a": np.arange(3)})),
    ("give_back", (np.float32(1.5),)),
    ("give_back", (10**400,)),
    ("give_back", (float("nan"),)),
    ("give_back", (np.zeros((0, 3)),)),
    ("spoil", (np.ones(2),)),
    ("warn", (1.0,)),
    ("talk", (1.0,)),
    ("add", (CUBIC, 0.5)),
    ("both", (Function("x**y", args="x, y"), CUBIC, 1.5)),
    ("fail", (1,)),
    ("draw", (Seeded(3),)),
    ("draw", (Seeded(3),)),
    ("changing", (Function("x*2"), np.ones(2))),
    ("add", (Function("np.log(x)"), -1.0)),
    ("add", (Function("x.nothing"), 1.0)),
    ("add", (Function("1/0*x"), 1.0)),
]


def read_only():
    array = np.ones(2)
    array.setflags(write=False)
    return array


@pytest.mark.parametrize("counted", (False, True), ids=("as text", "counted"))
@pytest.mark.parametrize("name, args", [*CALLS, ("spoil", (read_only(),))], ids=lambda v: v if isinstance(v, str) else "")
def test_an_answer_in_the_child_does_what_one_here_does(zygote, name, args, counted):
    names: dict = {}
    exec(SOURCE, names)
    here = LocalAnswer(names[name], names).call(args)
    child = zygote.spawn()
    try:
        child.channel.send({"op": "cell", "source": SOURCE, "cpu": 5, "wall": 20})
        child.channel.receive()
        there = RemoteAnswer(child.channel, name, Times(), 1e12, lambda error: error).call(args, counted=counted)
    finally:
        child.kill()
    assert repr(there.value) == repr(here.value) or (isinstance(here.value, np.ndarray) and np.array_equal(here.value, there.value))
    assert (there.raised, there.mutated, there.evaluations, there.printed) == (here.raised, here.mutated, here.evaluations, here.printed)
    assert [w.partition(":")[0] for w in there.warnings] == [w.partition(":")[0] for w in here.warnings] and there.message == ""


def test_what_is_hidden_is_not_readable_wherever_it_lies(tmp_path):
    (tmp_path / "lib" / "course").mkdir(parents=True)
    (tmp_path / "lib" / "numpy").mkdir()
    found = runtime._without(str(tmp_path / "lib"), (str(tmp_path / "lib" / "course"),))
    assert found == [str(tmp_path / "lib" / "numpy")]
    assert runtime._without(str(tmp_path / "lib" / "course"), (str(tmp_path / "lib"),)) == []


@pytest.mark.slow
@pytest.mark.parametrize("level", safe_levels()[1:])
def test_attacks_fail_at_the_other_level(level, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    as_user.main(str(tmp_path), level)


USER = """
import sys
sys.path[:0] = [{top!r}, {tests!r}]
import os
assert os.getuid() == 65534
from judge.as_user import main
main(sys.argv[1], sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0 or sys.platform != "linux", reason="only root can become another user")
def test_an_ordinary_user_gets_the_same_verdicts(level, request):
    """The attacks that root's powers might have helped, or hindered, judged by a user without any."""
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv (util-linux) is missing")
    base = Path(tempfile.mkdtemp(prefix="ordinary-"))  # not below pytest's folder, which every other pytest closes again
    request.addfinalizer(lambda: shutil.rmtree(base, ignore_errors=True))
    place = base / "home"
    place.mkdir()
    os.chmod(base, 0o755)
    os.chown(place, 65534, 65534)
    # the interpreter may lie below a home that the user cannot enter: in a mount space of our own that home is open
    opened = ""
    if sys.base_prefix.startswith("/root/"):
        kept = base / "kept"
        opened = f"mkdir {kept} && mount --bind {sys.base_prefix} {kept} && mount -t tmpfs -o mode=755 t /root && mkdir -p {sys.base_prefix} && mount --move {kept} {sys.base_prefix} && "
    source = USER.format(top=str(HERE.parents[1]), tests=str(HERE.parent))
    script = (
        opened + 'exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs env HOME="$2" TMPDIR="$2" "$0" -c "$1" "$2" "$3"'
    )
    run = subprocess.run(
        ["unshare", "--mount", "sh", "-ec", script, sys.executable, source, str(place), level], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    assert "all as they must be" in run.stdout
