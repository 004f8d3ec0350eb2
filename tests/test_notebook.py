"""The learner's API: two faces of a panel, did you mean, hints one at a time, progress, our answer afterwards."""

from __future__ import annotations

import contextlib
import json
import linecache
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

import autograder
from autograder import __main__ as cli
from autograder import check, hint, progress, solution
from autograder.course import lab
from autograder.exercises import exercises, lessons
from autograder.learner import best_points as memory
from autograder.learner import meant, notebook
from autograder.learner import where as where_module


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_session", {})
    monkeypatch.setattr(notebook, "_hints_given", {})
    monkeypatch.setenv(memory.FOLDER, str(tmp_path))
    return tmp_path


def secant_line(f, x, h):
    slope = (f(x + h) - f(x)) / h
    return slope, f(x) - slope * x


def wrong(f, x, h):
    return (f(x + h) - f(x)) / h, f(x)


wrong.__name__ = "secant_line"


def test_a_panel_has_two_faces():
    panel = check(secant_line)
    assert repr(panel) == "2" and float(repr(panel)) == exercises()["secant_line"].points
    ElementTree.fromstring(panel._repr_html_())  # well-formed
    assert "✓ secant_line: 2 of 2 points" in str(panel)


def test_a_wrong_answer_is_explained():
    panel = check(wrong)
    assert 0 < float(repr(panel)) < exercises()["secant_line"].points  # its slope is right
    html = panel._repr_html_()
    ElementTree.fromstring(html.replace("<details ", "<details open='' "))
    assert "height at t = 0" in html and "you gave" in html and "wanted" in html


def test_html_from_outside_is_escaped():
    def secant_line(f, x, h):
        raise ValueError("<script>alert(1)</script>")

    assert "<script>" not in check(secant_line)._repr_html_()


def test_a_stub_is_told_politely():
    def secant_line(f, x, h):
        raise NotImplementedError

    panel = check(secant_line)
    assert repr(panel) == "0" and "Not written yet" in str(panel)


def test_a_helper_that_was_not_imported_is_named(capsys):
    assert {*meant.HELPERS} == {*autograder.__all__} - {"Panel"}
    tellers, told = [], []
    shell = SimpleNamespace(
        user_ns={"check": check}, set_custom_exc=lambda kinds, tell: tellers.append(tell), showtraceback=lambda *a, **k: told.append(a)
    )
    meant.install_did_you_mean(shell)
    tellers[0](shell, NameError, NameError(name="solution"), None)
    assert capsys.readouterr().out == "solution is not imported here. Run  from autograder import solution  first.\n" and len(told) == 1


def test_did_you_mean():
    def secant_lin(f, x, h):
        return 0

    assert "Did you mean secant_line?" in str(check(secant_lin))
    assert "without quotes" in str(check("secant_line"))
    assert "needs a function" in str(check(3))
    assert "Did you mean 01_derivative?" in str(progress("01_derivativ"))
    assert "progress() lists their names" in str(progress("zebra")) and "exercise" not in str(progress("zebra"))

    def zebra():
        return 0

    assert "asked no more" in str(check(zebra)) and check(zebra).points == 0


@pytest.mark.slow
def test_a_cell_that_runs_before_the_first_one_is_told_which_comes_first():
    """In a kernel as `study` starts it, before anything was imported; afterwards an exercise's name is told as such."""
    code = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell(open(r"STARTUP", encoding="utf-8").read())
for cell in ("secant_explorer()", "from autograder import check", "secant_line(1)", "nobody_knows"):
    print("CELL", cell)
    shell.run_cell(cell)
"""
    done = subprocess.run([sys.executable, "-c", code.replace("STARTUP", str(lab.DEFAULTS / "startup.py"))], capture_output=True, text=True)
    early, importing, stub, unknown = done.stdout.split("CELL ")[1:]
    assert (
        "secant_explorer is not defined: the notebook's first cell has not run since its kernel started" in early and "NameError" in early
    )
    assert importing.strip() == "from autograder import check"
    assert "secant_line is not defined. Run the cell that defines it first." in stub
    assert "first cell" not in unknown and "NameError" in unknown


def test_another_name_for_the_same_function_is_fine():
    secant = lambda f, x, h: globals()["_inner"](f, x, h)
    globals()["_inner"] = secant_line
    secant.__globals__["quotient_cubic"] = lambda x, h: 6 * x * x + 6 * x * h + 2 * h * h
    try:
        assert repr(check(globals()["quotient_cubic"])) == "3"
    finally:
        del globals()["quotient_cubic"], globals()["_inner"]


def test_hints_come_one_at_a_time():
    first, second = str(hint(secant_line)), str(hint(secant_line))
    assert first.count("\n") == 1 and second.count("\n") == 2 and second.startswith(first.splitlines()[0])
    for _ in range(5):
        last = str(hint(secant_line))
    assert "last hint" in last


def test_progress_is_kept_and_only_grows(fresh):
    check(wrong), check(secant_line), check(wrong)
    assert json.loads((fresh / ".progress.json").read_text())["points"] == {"secant_line": 2.0}
    assert float(repr(progress("01_derivative"))) == 2
    (fresh / ".progress.json").write_text("{broken")
    assert float(repr(progress("01_derivative"))) == 2, "the session still knows"


def test_progress_says_what_comes_next_and_how_long_the_rest_takes(fresh):
    check(secant_line)
    lesson = lessons()["01_derivative"]
    lines = str(progress("01_derivative")).splitlines()
    parts = [line for line in lines if line.startswith("Part ")]
    assert len(parts) == len(lesson.parts) == 2 and len(lines) == len(lesson.exercises) + 3 + len(parts)
    assert "2 of " in parts[0] and parts[1].endswith(f"{len(lesson.parts[1].exercises)} exercises, about {lesson.parts[1].minutes} minutes")
    for line, exercise in zip((line for line in lines if line not in parts), lesson.exercises.values()):
        rest = "done" if exercise.name == "secant_line" else f"about {exercise.minutes} minutes"
        assert line.startswith(exercise.name) and line.endswith(rest)
    assert lines[-2] == f"Together 2 of {lesson.points:g} points."
    first = next(iter(lesson.exercises.values()))
    assert lines[-1] == f"Next: {first.name}, in lesson 01_derivative: {first.asks}."
    whole = str(progress())
    [bonus] = [one for one in lessons().values() if one.bonus]
    most = sum(one.points for one in lessons().values()) - bonus.points
    assert f"Together 2 of {most:g} points, and 0 of {bonus.points:g} on top in {bonus.name}." in whole, "as in the table of lessons"
    others = sum(exercise.minutes for exercise in lesson.exercises.values())
    left = round(lesson.minutes * (others - lesson.exercises["secant_line"].minutes) / others)
    assert f"{len(lesson.exercises) - 1} of {len(lesson.exercises)} exercises, about {left} minutes" in whole
    memory._session.update({exercise.name: exercise.points for exercise in lesson.exercises.values()})
    assert str(progress("01_derivative")).endswith("All have full marks.")
    assert "01_derivative" in str(progress()) and "done" in str(progress())


def test_the_command_shows_the_same(fresh, capsys):
    check(secant_line)
    assert cli.main(["progress", "01_derivative"]) == 0
    assert capsys.readouterr().out.strip() == str(progress("01_derivative"))
    assert cli.main(["progress", "01"]) == 2 and "there are 00_start_here" in capsys.readouterr().err


def test_our_answer_comes_after_full_marks():
    assert "First get full marks" in str(solution(secant_line))
    check(secant_line)
    ours = str(solution(secant_line))
    assert ours.startswith("def secant_line(f, x, h):") and "SOLUTION" not in ours and "return slope" in ours


def test_an_endless_loop_is_stopped(monkeypatch):
    monkeypatch.setattr(notebook, "PATIENCE", 0.2)

    def secant_line(f, x, h):
        while True:
            try:
                1 + 1  # noqa: B018
            except Exception:
                pass

    assert "did not finish" in str(check(secant_line))


def test_import_without_ipython_leaves_ipython_alone():
    code = (
        "import autograder, sys; assert 'IPython' not in sys.modules and 'matplotlib' not in sys.modules and 'nbgrader' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


STUB = "def secant_line(f, x, h):\n    raise NotImplementedError\n"
RIGHT = "def secant_line(f, x, h):\n    slope = (f(x + h) - f(x)) / h\n    return slope, f(x) - slope * x\n"


@pytest.fixture
def cells(monkeypatch):
    """Runs cells as IPython does: the text of each stays in `In`, also of one that is no Python."""
    shell = SimpleNamespace(user_ns={"In": [""], "__name__": "__main__"})
    for module in (notebook, where_module):
        monkeypatch.setattr(module, "running_shell", lambda: shell)

    def ran(*sources):
        for source in sources:
            shell.user_ns["In"].append(source)
            label = f"<cell {len(shell.user_ns['In'])} of {id(shell)}>"
            linecache.cache[label] = (len(source), None, source.splitlines(True), label)
            with contextlib.suppress(Exception):
                exec(compile(source, label, "exec"), shell.user_ns)
        return shell.user_ns["secant_line"]

    return ran


def test_a_cell_that_is_no_python_is_not_called_not_written(cells):
    told = str(check(cells(STUB, RIGHT.replace("f(x)) / h", "f(x) / h"))))
    assert (
        "Not written yet" not in told
        and "The cell with your `secant_line` did not run: it is no Python yet (SyntaxError in line 2:" in told
    )
    assert "did not run" in str(autograder.where(cells()))
    assert "did not run" not in str(check(cells(RIGHT)))


def test_a_verdict_on_an_older_function_says_so(cells):
    told = str(check(cells(RIGHT, "def secant_line(f, x, h)\n    return 3\n")))
    assert "✓ secant_line" in told and "What is judged is what stood there before." in told
    told = str(check(cells("nothing_of_that_name\n\n" + RIGHT.replace("slope * x", "slope"))))
    assert "stopped before it came to `def secant_line`. What is judged" in told


@pytest.mark.parametrize(
    "after",
    [
        "secant_line(lambda x: x, 0.0, 1.0)\n",
        "# a remark\n\n\n" + RIGHT + "\nsecant_line(abs, 1.0, 1.0)\nnothing_of_that_name\n",
        "def other(:\n    pass\n",
        RIGHT + "\n\nsecant_line = secant_line\n",
        "text = 'def secant_line('\n",
        "if True:\n    " + RIGHT.replace("\n    ", "\n        "),
        RIGHT.replace("def secant_line", "async def helper") + "\n" + RIGHT,
        "import functools\n\n@functools.lru_cache\n" + RIGHT,
    ],
)
def test_a_cell_that_ran_is_not_said_to_have_stopped(cells, after):
    told = str(check(cells(RIGHT, after)))
    assert "did not run" not in told and "stopped before" not in told


def test_a_name_that_a_broken_cell_should_have_defined(capsys):
    shell = SimpleNamespace(
        user_ns={"check": check, "In": ["", "def secant_line(f, x, h:\n    return 1\n"]}, showtraceback=lambda *a, **k: None
    )
    shell.set_custom_exc = lambda kinds, tell: setattr(shell, "tell", tell)
    meant.install_did_you_mean(shell)
    shell.tell(shell, NameError, NameError(name="secant_line"), None)
    assert (
        "secant_line is not defined. The cell with your secant_line did not run: it is no Python yet (SyntaxError in line 1"
        in capsys.readouterr().out
    )
