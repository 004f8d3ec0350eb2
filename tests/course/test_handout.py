"""The archives for students: an allow-list, the same bytes each time, and nothing at all when something is not right."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder import __main__ as cli
from autograder import __version__
from autograder.course.handout import FOLDER, NotSound, archives, hand_out
from autograder.course.links import relative_links
from autograder.course.wheel import NoWheel, build_wheel
from autograder.exercises import lessons
from autograder.files.course import Course

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
WHEEL = f"from_h_to_eta-{__version__}-py3-none-any.whl"
ALWAYS = {"LICENSE.txt", "README.txt", "start.py", WHEEL}
DATA = {f"data/{name}" for name in ("README.md", "SHA256SUMS", "make.py", "digits.csv.gz", "longley.csv", "penguins.csv")}
FIRST = "01_derivative"


@pytest.fixture(scope="module")
def made():
    return archives(Course.at(), lessons())


@pytest.fixture
def course(tmp_path):
    """A copy of all that goes into an archive, and of the solutions that it is held against."""
    for name in ("autograder", "explorers", "data", "solutions", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE", "pyproject.toml", "requirements.txt", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path)
    return Course(tmp_path)


def in_wheel(data: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(data)).namelist())


def test_an_archive_holds_what_is_allowed_and_nothing_else(made):
    whole, *single = made
    notebooks = {f"notebooks/{name}/{name}.ipynb" for name in lessons()} | {"notebooks/00_start_here/notation.md"}
    assert set(whole.files) == ALWAYS | DATA | notebooks
    assert [archive.name for archive in made] == [f"{FOLDER}.zip", *(f"{FOLDER}-{name}.zip" for name in lessons())]
    for name, archive in zip(lessons(), single):
        assert set(archive.files) == ALWAYS | DATA | {f"notebooks/{name}/{name}.ipynb", "notebooks/00_start_here/notation.md"}, name
    for path in notebooks:
        assert whole.files[path] == (ROOT / path).read_bytes()


def test_the_wheel_holds_the_package_the_notebooks_and_the_data(made):
    info = f"from_h_to_eta-{__version__}.dist-info/"
    ours = {path.relative_to(ROOT).as_posix() for room in ("autograder", "explorers") for path in (ROOT / room).rglob("*.py")}
    ours |= {f"autograder/exercises/{name}" for name in ("lessons.toml", "docstrings.json")}
    settings = {f"autograder/course/jupyter/labconfig/{name}.json" for name in ("default_setting_overrides", "page_config")}
    ours |= {"autograder/course/pack/README.txt", *settings}
    ours |= {f"explorers/widgets/{name}" for name in ("explorer.js", "explorer.css", "marker.js", "still.js")}
    ours |= {f"autograder/learner/{name}" for name in ("ask.css", "ask.js", "today.js", "predictions.json")}
    ours |= {f"autograder/handout/{path}" for path in made[0].files if path.startswith("notebooks/")}
    ours |= {f"autograder/handout/data/{name}" for name in ("README.md", "digits.csv.gz", "longley.csv", "penguins.csv")}
    ours |= {info + name for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert in_wheel(made[0].files[WHEEL]) == ours
    metadata = zipfile.ZipFile(io.BytesIO(made[0].files[WHEEL])).read(info + "METADATA").decode()
    wanted = {re.split("[<>]", line)[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if line[:1] != "#"}
    assert {re.split("[<>]", line)[0] for line in re.findall(r"^Requires-Dist: ([^;\n]+)$", metadata, re.M)} == wanted


STRAYS = {
    "autograder/answers.txt": "mine",
    "autograder/tests/test_it.py": "assert True",
    "autograder/exercises/derivative/answers.json": "{}",
    "autograder/engine/__pycache__/old.cpython-311.pyc": "old",
    "explorers/gallery/notes.md": "mine",
    "data/grades.csv": "ada,20",
    "notebooks/01_derivative/.secret": "mine",
    "notebooks/01_derivative/.ipynb_checkpoints/01_derivative-checkpoint.ipynb": "{}",
    "tests/answers/a01_derivative.py": "ANSWERS = {}",
    "work/course.json": "{}",
    "build/lib/autograder/answers.py": "old = 1",
    ".git/config": "",
}


def test_what_lies_about_gets_into_no_archive_and_changes_none(course, made):
    """And so do dates and rights of this machine."""
    for name, text in STRAYS.items():
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).write_text(text)
    for path in course.root.rglob("*.py"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    assert [archive.packed() for archive in archives(course, lessons())] == [archive.packed() for archive in made]


def test_a_file_that_no_lesson_releases_is_refused_with_its_name(course):
    (course.notebooks / FIRST / "old.ipynb").write_text("{}")
    with pytest.raises(NotSound, match=f"notebooks/{FIRST}/old.ipynb belongs to no lesson"):
        archives(course, lessons())


def test_a_picture_beside_a_lesson_goes_out_with_it_and_one_that_the_wheel_lacks_is_refused(course):
    for tree in (course.solutions, course.notebooks):
        (tree / FIRST / "curve.png").write_bytes(b"a picture")
    whole, lesson, other = (archives(course, lessons())[i] for i in (0, 2, 3))
    assert f"notebooks/{FIRST}/curve.png" in lesson.files and f"notebooks/{FIRST}/curve.png" not in other.files
    assert f"autograder/handout/notebooks/{FIRST}/curve.png" in in_wheel(whole.files[WHEEL])
    for tree in (course.solutions, course.notebooks):
        (tree / FIRST / "film.mov").write_bytes(b"a film")
    with pytest.raises(NotSound, match=f"notebooks/{FIRST}/film.mov is not in the wheel"):
        archives(course, lessons())


def test_notebooks_go_out_without_outputs_and_every_page_they_show_goes_with_them(made, tmp_path):
    for archive in made:
        for name, data in archive.files.items():
            if not name.endswith(".ipynb"):
                continue
            assert not any(cell.get("outputs") or cell.get("execution_count") for cell in json.loads(data)["cells"])
            (tmp_path / "page.ipynb").write_bytes(data)
            for _, target in relative_links(tmp_path / "page.ipynb"):
                there = os.path.normpath(os.path.join(os.path.dirname(name), target)).replace(os.sep, "/")
                assert there in archive.files or there.endswith(".ipynb"), f"{archive.name}: {name} links to {target}"
    whole = made[0]
    pages = [name for name in whole.files if name.endswith(".ipynb")]
    assert len(pages) == len(lessons())


def test_what_is_new_is_said_and_what_is_not_is_left_alone(made, tmp_path):
    one, two = made[1], made[2]
    assert list(hand_out([one], tmp_path))[0].endswith(f"MB, new, with {len(one.files)} files")
    before = (tmp_path / one.name).stat().st_ino
    assert list(hand_out([one], tmp_path))[0].endswith("MB, as it was") and (tmp_path / one.name).stat().st_ino == before
    changed = type(one)(one.name, {**one.files, "README.txt": b"Read me.", "extra.txt": b""})
    del changed.files["data/make.py"]
    wheel = io.BytesIO(one.files[WHEEL])
    with zipfile.ZipFile(wheel, "a") as inside:
        inside.writestr("autograder/new.py", "")
    changed.files[WHEEL] = wheel.getvalue()
    said = list(hand_out([changed, two], tmp_path))
    assert said[0].endswith(f"MB, changed: README.txt, {WHEEL}; added: extra.txt; gone: data/make.py")
    assert "new, with" in said[1] and said[2] == "What is new in the wheel: added: autograder/new.py"
    (tmp_path / one.name).write_bytes(b"no archive")
    assert list(hand_out([one], tmp_path))[0].endswith("in place of a file that was no archive")


def test_an_archive_unpacks_into_one_folder_and_names_are_plain(made):
    names = zipfile.ZipFile(io.BytesIO(made[0].packed())).namelist()
    assert names == sorted(names) and all(re.fullmatch(rf"{FOLDER}/[\w./-]+", name) for name in names)


def test_the_command_writes_nothing_while_something_is_stale_or_leaks(course, capsys):
    def said(*arguments) -> tuple[int, str]:
        code = cli.main(["--course", str(course.root), "handout", "--to", str(course.root / "out"), *arguments])
        return code, capsys.readouterr().err

    assert said("01_derivativ")[0] == 2
    page = course.release(FIRST)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("# 1 · The derivative is a limit", "# 1 · The derivative"), encoding="utf-8")
    assert said(FIRST) == (1, f"Nothing was handed out: notebooks/{FIRST}/{FIRST}.ipynb is stale; run  make build  and commit it\n")
    page.write_text(text, encoding="utf-8")
    leak = course.root / "explorers" / "gallery" / "leak.py"
    leak.write_text('"""A plant."""\n# slope = (f(x + h) - f(x)) / h\n# return slope, f(x) - slope * x\n', encoding="utf-8")
    code, complaint = said(FIRST)
    assert code == 1 and f"the answer to secant_line can be read in {FOLDER}-{FIRST}.zip/{WHEEL}/explorers/gallery/leak.py" in complaint
    assert not (course.root / "out").exists()
    leak.unlink()
    assert said(FIRST) == (0, "")
    assert [path.name for path in (course.root / "out").iterdir()] == [f"{FOLDER}-{FIRST}.zip"]


def test_without_a_package_or_what_builds_it_the_reason_is_said(tmp_path, monkeypatch):
    with pytest.raises(NoWheel, match="no pyproject.toml"):
        build_wheel(Course(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NoWheel, match=r"hatchling and hatch_requirements_txt.*pip install -e '.\[handout\]'"):
        build_wheel(Course.at())


def test_building_the_wheel_leaves_nothing_behind(course):
    before = sorted(course.root.rglob("*"))
    build_wheel(course)
    assert sorted(course.root.rglob("*")) == before


def test_the_starter_can_be_read_by_an_old_python_and_refuses_it(made, tmp_path):
    starter = tmp_path / "start.py"
    starter.write_bytes(made[0].files["start.py"])
    text = starter.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 4))
    assert not re.search(r"\bf[\"']", text), "Python 2 knows no f-strings"
    as_old = (
        f"import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['start.py']; runpy.run_path({str(starter)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", as_old], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("This is Python 3.9, and the course needs 3.11 or newer")
    done = subprocess.run([sys.executable, starter], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith(f"{WHEEL} is not beside this file")


def test_the_readme_says_the_line_for_every_system_and_how_to_do_without_it(made):
    for archive in made:
        text = archive.files["README.txt"].decode()
        assert "python3 start.py\n" in text and "py start.py\n" in text and f"pip install {WHEEL}" in text and "{" not in text
