"""`mine`: what a learner wrote in other lessons comes as text, with what it uses, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from autograder import mine  # noqa: F401 - the cells of these tests call it
from autograder.files.course import Course
from autograder.learner import best_points, counterexample
from autograder.learner import mine as module

LESSON = "07_backpropagation"
FORWARD = "def linear_forward(X, W, b):\n    return times(X, W) + b, (X, W)"
TANH = "import math\nROUNDS = 3\n\ndef tanh_backward(Z):\n    # by hand\n    return np.tanh(Z), ROUNDS"
HELPERS = "def plus(a, b):\n    return a + b\n\n\ndef times(a, b):\n    return plus(a @ b, ZERO)\n\n\nZERO = 0\nX = plus(1, 2)"
WRITTEN = {"linear_forward": FORWARD, "tanh_backward": TANH}


class Shell:
    """A notebook's kernel, as far as `mine` asks it."""

    def __init__(self, running, live=True):
        self.user_ns, self.next = {"In": ["", running]}, []
        self.kernel = type("Kernel", (), {"_allow_stdin": live})()

    def set_next_input(self, text, replace=False):
        self.next.append((text, replace))


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study folder with lesson 7 in it, partly written, and the folder of lesson 10 as the kernel's."""
    for lesson in (LESSON, "10_training"):
        (tmp_path / lesson).mkdir()
    save(tmp_path, WRITTEN, HELPERS)
    monkeypatch.chdir(tmp_path / "10_training")
    monkeypatch.delenv("FROM_H_TO_ETA_STUDY", raising=False)
    monkeypatch.setattr(best_points, "_session", {})
    return tmp_path


def save(study: Path, answers: dict[str, str], helpers: str = "") -> None:
    """Save lesson 7 as it was handed out, with `answers` in their cells and `helpers` in a cell at the end."""
    notebook = json.loads(Course.at().release(LESSON).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    notebook["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "source": helpers, "outputs": [], "execution_count": None})
    (study / LESSON / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def run(monkeypatch, cell: str, live=True, shell=None) -> tuple[Shell, str]:
    """Run `cell`, a call of `mine`; the shell, and what was said."""
    shell = shell or Shell(cell, live)
    monkeypatch.setattr(module, "running_shell", lambda: shell)
    monkeypatch.setattr(counterexample, "running_shell", lambda: shell)
    panel = eval(cell.splitlines()[-1])
    return shell, str(panel) if panel else ""


def test_what_was_written_comes_with_what_it_uses_and_works_alone(study, monkeypatch):
    shell, said = run(monkeypatch, '# my tools\nmine("linear_forward", "tanh_backward", "linear_forward")')
    ((text, replaced),) = shell.next
    assert replaced and "This cell holds `linear_forward` and `tanh_backward` now: run it." in said
    assert text.startswith("# Yours, from other lessons") and 'mine("linear_forward", "tanh_backward")' in text.splitlines()[0]
    assert FORWARD in text and TANH in text and text.count("def linear_forward") == 1
    assert "X = plus" not in text and "import numpy" not in text
    names = {"np": np}
    exec(text, names)  # what is graded alone has all that it needs
    assert names["linear_forward"](np.eye(2), np.ones((2, 2)), 1)[0].tolist() == [[2, 2], [2, 2]] and names["tanh_backward"](0.0) == (
        0.0,
        3,
    )


def test_a_cell_with_more_in_it_stays_and_the_text_comes_below(study, monkeypatch):
    shell, said = run(monkeypatch, 'x = 1\nmine("linear_forward")')
    assert [replaced for _, replaced in shell.next] == [False] and "The new cell below holds" in said


@pytest.mark.parametrize(
    "answers, told",
    [
        ({}, "Not written yet: `linear_forward`."),
        ({"linear_forward": "def linear_forward(X, W, b:"}, "Python cannot read the cell of `linear_forward` as it was saved"),
        ({"linear_forward": ""}, "Not written yet"),
        ({"linear_forward": "linear_forward = 3"}, "holds `linear_forward` now"),
    ],
)
def test_what_cannot_come_is_told(study, monkeypatch, answers, told):
    save(study, answers)
    shell, said = run(monkeypatch, 'mine("linear_forward")')
    assert told in said and bool(shell.next) == ("holds" in told)


def test_a_lesson_that_is_not_there_is_told_and_the_others_come(study, monkeypatch):
    shell, said = run(monkeypatch, 'mine("minibatches", "tanh_backward")')
    assert "No notebook of yours of lesson 9 was found here" in said and "def tanh_backward" in shell.next[0][0]
    (study / LESSON / f"{LESSON}.ipynb").write_text("no notebook", encoding="utf-8")
    shell, said = run(monkeypatch, 'mine("minibatches", "tanh_backward")')
    assert "lesson 7 and lesson 9" in said.replace("lesson 9 and lesson 7", "lesson 7 and lesson 9") and not shell.next


def test_what_is_not_right_yet_comes_and_is_told(study, monkeypatch):
    monkeypatch.setattr(best_points, "_session", {"linear_forward": 0.5})
    shell, said = run(monkeypatch, 'mine("linear_forward")')
    assert shell.next and "Not right everywhere yet: `linear_forward` (0.5 of" in said


def test_the_study_folder_is_found_from_elsewhere(study, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert not run(monkeypatch, 'mine("tanh_backward")')[0].next
    monkeypatch.setenv("FROM_H_TO_ETA_STUDY", str(study))
    assert run(monkeypatch, 'mine("tanh_backward")')[0].next


@pytest.mark.parametrize(
    "cell, told", [('mine("liner_forward")', "linear_forward"), ("mine()", "needs names"), ("mine(3)", "No exercise is called 3")]
)
def test_a_name_that_is_none_is_told(study, monkeypatch, cell, told):
    shell, said = run(monkeypatch, cell)
    assert told in said and not shell.next


def test_a_notebook_that_runs_by_itself_is_left_alone(study, monkeypatch):
    shell, said = run(monkeypatch, 'mine("linear_forward")', live=False)
    assert not shell.next and "runs by itself" in said


def test_a_page_asks_for_what_is_kept_and_gets_a_cell():
    CALL = 'mine("linear_forward", "minibatches")'
    answer = module.on_a_page(
        ["linear_forward", "minibatches"], {LESSON: [["own", HELPERS], ["linear_forward", FORWARD]], "09_gradient_descent": None}, CALL
    )
    assert FORWARD in answer["text"] and "def times" in answer["text"] and answer["text"].index("def plus") < answer["text"].index(FORWARD)
    assert "lesson 9 was found" in answer["told"] and "This cell holds linear_forward now" in answer["told"]
    assert module.on_a_page(["linear_forward"], {LESSON: [["linear_forward", FORWARD]]}, "x = 1\n" + CALL)["text"] == ""
