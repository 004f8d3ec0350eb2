"""`reset`: the cell as it was handed out, what was there in a file beside the notebook, and points that stay."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import reset
from autograder.exercises import exercises
from autograder.files.course import Course
from autograder.learner import best_points, counterexample
from autograder.learner import reset as module

LESSON, NAME = "01_derivative", "secant_line"
MINE = f"def helper(h):\n    return h\n\n\ndef {NAME}(f, x, h):\n    return 'münchen', 1\n"
STUB = module.released(exercises()[NAME])


class Shell:
    """A notebook's kernel, as far as `reset` asks it."""

    def __init__(self, *ran, cell="somewhere", live=True):
        self.user_ns, self.cell, self.next = {"In": ["", *ran]}, cell, []
        self.kernel = type("Kernel", (), {"_allow_stdin": live})()

    def get_parent(self):
        return {"metadata": {"cellId": self.cell}}

    def set_next_input(self, text, replace=False):
        self.next.append((text, replace))


@pytest.fixture(autouse=True)
def study(tmp_path, monkeypatch):
    """A study folder with the lesson's notebook in it, and the lesson's folder as the kernel's."""
    folder = tmp_path / "study" / LESSON
    folder.mkdir(parents=True)
    save(folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FROM_H_TO_ETA_STUDY", str(folder.parent))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(best_points, "_session", {})
    return folder


def save(folder: Path, source: str | None = None) -> None:
    """Save the notebook in `folder`, with `source` in the cell of the exercise."""
    notebook = json.loads(Course.at().release(LESSON).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == NAME and source is not None:
            cell["source"] = source
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def save_release(study: Path, source: str) -> None:
    """Let the course that is studied have `source` in the cell as it hands it out."""
    folder = study.parents[1] / "notebooks" / LESSON
    folder.mkdir(parents=True)
    save(folder, source)


def ask(monkeypatch, shell, exercise=NAME) -> str:
    monkeypatch.setattr(counterexample, "running_shell", lambda: shell)
    monkeypatch.setattr(module, "running_shell", lambda: shell)
    return str(reset(exercise))


def kept(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "before_reset").glob("*")}


def test_the_released_cell_is_the_next_input_and_what_was_there_is_in_a_file(monkeypatch, study):
    save(study, "def secant_line(f, x, h):\n    return 'saved'\n")
    best_points.remember(NAME, 2.0)
    before = (study.parent / ".progress.json").read_bytes()
    shell = Shell(MINE, f"check({NAME})")
    said = ask(monkeypatch, shell)
    assert shell.next == [(STUB, False)] and "raise NotImplementedError" in STUB
    assert "`before_reset/secant_line-1.py`" in said and "Your own cell stays as it is" in said
    assert "Your best points stay: 2 of 2." in said and (study.parent / ".progress.json").read_bytes() == before
    (text,) = kept(study).values()
    assert MINE.rstrip() in text and "return 'saved'" in text and text.startswith(f"# {NAME} of lesson {LESSON}, kept by reset on ")
    compile(text, "it is Python", "exec")


def test_no_reset_overwrites_what_an_earlier_one_kept(monkeypatch, study):
    ask(monkeypatch, Shell(MINE))
    ask(monkeypatch, Shell(MINE))
    assert list(kept(study)) == ["secant_line-1.py"], "the same is kept once"
    first = kept(study)["secant_line-1.py"]
    said = ask(monkeypatch, Shell(MINE, MINE.replace("1", "2"), STUB))
    assert "secant_line-2.py" in said and kept(study)["secant_line-1.py"] == first and "'münchen', 2" in kept(study)["secant_line-2.py"]


def test_in_its_own_cell_the_exercise_takes_the_cells_place(monkeypatch, study):
    shell = Shell(f'reset("{NAME}")\n{MINE}', cell=NAME)
    assert "This cell holds" in ask(monkeypatch, shell)
    assert shell.next == [(STUB, True)] and MINE.rstrip() in kept(study)["secant_line-1.py"]


def test_what_cannot_be_kept_is_not_taken_away(monkeypatch, study):
    (study / "before_reset").write_text("a file where the folder should be")
    shell = Shell(MINE, cell=NAME)
    said = ask(monkeypatch, shell)
    assert "could not be kept in a file" in said and shell.next == [(STUB, False)]


def test_nothing_to_keep_and_no_notebook(monkeypatch, study):
    assert "Nothing of yours was found" in ask(monkeypatch, Shell())
    (study / f"{LESSON}.ipynb").unlink()
    ask(monkeypatch, Shell(MINE))
    assert MINE.rstrip() in kept(study)["secant_line-1.py"], "what ran is kept without a saved notebook"


def test_the_notebook_is_found_under_another_name(monkeypatch, study):
    save(study, MINE)
    (study / f"{LESSON}.ipynb").rename(study / "mine.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(study / "mine.ipynb"))
    ask(monkeypatch, Shell())
    assert "As it was saved in mine.ipynb" in kept(study)["secant_line-1.py"]


def test_where_the_released_notebook_is_nowhere_that_is_said(monkeypatch, study):
    monkeypatch.setattr(module, "released", lambda exercise: None)
    shell = Shell(MINE)
    assert "is not on this machine" in ask(monkeypatch, shell) and not shell.next


def test_the_release_that_is_studied_comes_before_the_packages(study):
    save_release(study, "# of today\n")
    assert module.released(exercises()[NAME]) == "# of today\n"


def test_every_exercise_has_a_released_cell():
    for name, exercise in exercises().items():
        source = module.released(exercise)
        assert name in source and "NotImplementedError" in source, name


def test_a_cell_of_several_definitions_comes_back_and_is_kept_whole(monkeypatch, study):
    save_release(study, "class Helper:\n    pass\n\n\n" + STUB)
    shell = Shell(MINE)
    ask(monkeypatch, shell)
    assert shell.next == [("class Helper:\n    pass\n\n\n" + STUB, False)] and "def helper(h):" in kept(study)["secant_line-1.py"]


def test_names_are_told_apart(monkeypatch):
    shell = Shell()
    assert "No exercise is called 'secant_lin'. Did you mean secant_line or tangent_line?" in ask(monkeypatch, shell, "secant_lin")
    assert "this is int" in ask(monkeypatch, shell, 3)
    function = lambda f, x, h: 0
    function.__name__ = NAME
    assert "Did you mean" not in ask(monkeypatch, shell, function) and shell.next == [(STUB, False)]


def test_where_nobody_works_nothing_happens(monkeypatch, study):
    shell = Shell(MINE, live=False)
    assert "Nothing was reset" in ask(monkeypatch, shell) and not shell.next and not kept(study)


def test_outside_of_a_notebook_the_text_is_shown(monkeypatch):
    assert STUB.splitlines()[0] in ask(monkeypatch, None)


def test_a_page_gives_back_its_own_cell(monkeypatch, study):
    shell, asked = Shell(MINE), []
    shell.reset_cell = asked.append
    assert "Bring back gives you what you had" in ask(monkeypatch, shell) and asked == [NAME] and not shell.next and not kept(study)


@pytest.mark.slow
def test_in_a_terminal(tmp_path):
    """IPython itself: the next input is there, and what is said can be read."""
    code = f"""
from IPython.terminal.interactiveshell import TerminalInteractiveShell
shell = TerminalInteractiveShell.instance()
for cell in ("from autograder import reset", {MINE!r}, 'reset("{NAME}")'):
    shell.run_cell(cell, store_history=True)
print("NEXT", shell.rl_next_input)
"""
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", env=environment, cwd=tmp_path)
    said, _, following = done.stdout.partition("NEXT ")
    assert "Your next input is" in said and following.strip() == STUB.strip(), done.stdout + done.stderr
