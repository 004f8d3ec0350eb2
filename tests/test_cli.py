"""The command line: what it prepares, what it refuses, and its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder import __main__ as cli
from autograder import exercises

ROOT = Path(__file__).resolve().parents[1]


def test_study_hands_out_the_notebooks_and_keeps_what_was_written(tmp_path, capsys):
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    assert cli.main(["--course", str(tmp_path), "study", "--no-open"]) == 0
    mine = tmp_path / "study" / "01_derivative" / "01_derivative.ipynb"
    assert mine.read_bytes() == (ROOT / "notebooks" / "01_derivative" / "01_derivative.ipynb").read_bytes()
    assert (tmp_path / "study" / "00_start_here" / "notation.md").exists()
    mine.write_text(mine.read_text().replace("raise NotImplementedError", "return 7", 1))
    assert cli.main(["--course", str(tmp_path), "study", "--no-open"]) == 0
    assert "return 7" in mine.read_text()
    assert "up to date" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["grade"], ["grade", "01_derivative", "--shard", "2"]])
def test_wrong_use_is_exit_code_2(arguments):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2


def test_help_needs_no_nbgrader():
    """Importing nbgrader takes seconds; nobody should wait for a help text."""
    code = "import sys; from autograder.__main__ import main\ntry: main(['--help'])\nexcept SystemExit: pass\nassert 'nbgrader' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)


def test_a_reader_who_leaves_early_gets_no_traceback():
    """As in ``report 01_derivative | head -1``."""
    code = "import sys; from autograder import __main__ as cli; cli.main = lambda: print('a line\\n' * 9999) or 0; sys.exit(cli.start())"
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.close()
    assert (run.communicate()[1], run.returncode) == (b"", 141)


def test_build_tells_a_line_for_each_problem_of_all_texts(tmp_path, capsys, monkeypatch):
    for lesson in exercises.lessons().values():  # a build tells the registry of the process the minutes that it reads
        monkeypatch.setattr(lesson, "minutes", lesson.minutes)
        monkeypatch.setattr(lesson, "parts", lesson.parts)
    (tmp_path / "solutions").mkdir()
    for name, old, new in (
        ("01_derivative", 'exercise="secant_line"', 'exercise="secant_lin"'),
        ("03_partial_derivative", "# %%\nimport", '# %% tags="wide"\nimport'),
    ):
        text = (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "solutions" / f"{name}.py").write_text(text.replace(old, new), encoding="utf-8")
    assert cli.main(["--course", str(tmp_path), "build"]) == 1
    told = capsys.readouterr()
    assert told.out == "" and not (tmp_path / "notebooks").exists()
    first, second, third = told.err.splitlines()
    lines = (ROOT / "solutions" / "01_derivative.py").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if 'exercise="secant_line"' in line)
    assert first == f"solutions/01_derivative.py:{at}: no exercise is called 'secant_lin'; did you mean secant_line?"
    assert second.startswith("solutions/01_derivative.py:") and "no cell for the exercise secant_line" in second
    assert third.startswith("solutions/03_partial_derivative.py:") and third.endswith("mend its marker")


@pytest.mark.slow
def test_the_doctor_examines_one_lesson(capsys):
    assert cli.main(["doctor", "11_review"]) == 0
    assert capsys.readouterr().out.endswith("all is well\n")
    assert cli.main(["doctor", "03_partial"]) == 2
    assert "no lesson is called '03_partial'; there are 00_start_here, 01_derivative" in capsys.readouterr().err
