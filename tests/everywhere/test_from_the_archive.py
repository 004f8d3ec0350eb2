"""A student's machine: an archive and nothing else of ours, in a folder with a trying name, and no network."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
import seeds
from elsewhere import LESSON, ROOT, asked

from autograder.course.fresh_environment import environment, failures, unpack
from autograder.course.handout import Archive, archives
from autograder.exercises import lesson, lessons
from autograder.files.course import Course

pytestmark = pytest.mark.slow
NAME = f"{LESSON}.ipynb"


@pytest.fixture(scope="module")
def archive() -> Archive:
    return archives(Course.at(), lessons(), [LESSON])[0]


@pytest.fixture(scope="module")
def folder(archive, tmp_path_factory) -> Path:
    """What comes out of the lesson's archive."""
    return unpack(archive, tmp_path_factory.mktemp("Ada's course (1) ü"))


@pytest.fixture(scope="module")
def libraries(tmp_path_factory) -> Path:
    """What the course needs, without the course: where pip would have put it, if the tests had a network."""
    place = tmp_path_factory.mktemp("libraries")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("from_h_to_eta", "_from_h", "__editable__", "autograder", "explorers")) and path.suffix != ".pth":
            (place / path.name).symlink_to(path)
    return place


@pytest.fixture(scope="module")
def student(folder, libraries):
    """Runs a line in the student's folder, as `start.py` was told to install it; its exit code and all it said."""
    home = folder.parent / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    (Path(python_of(folder)).parents[1] / "lib" / f"python3.{sys.version_info[1]}" / "site-packages" / "libraries.pth").write_text(
        f"{libraries}\n"
    )

    def run(*line, cwd: Path = folder, **more: str) -> tuple[int, str]:
        environment = {"PATH": os.defpath, "HOME": str(home), "PIP_NO_INDEX": "1", "PYTHONIOENCODING": "utf-8", **more}
        done = subprocess.run([*map(str, line)], cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        return done.returncode, done.stdout.decode()

    code, said = run(sys.executable, "start.py", "study", "--no-open")
    assert code == 0 and said.splitlines()[-1] == f"1 new: {LESSON}/{NAME}", said
    assert said.startswith(f"Installing the course into {folder / '.venv'}, once.")
    return run


def python_of(folder: Path) -> str:
    return str(folder / ".venv" / "bin" / "python")


def program_of(folder: Path) -> str:
    return str(folder / ".venv" / "bin" / "from-h-to-eta")


def test_the_one_line_installs_once_and_then_only_opens(student, folder):
    assert student(sys.executable, "start.py", "study", "--no-open") == (0, "study/ is up to date\n")
    elsewhere = student(sys.executable, folder / "start.py", "study", "--no-open", cwd=folder.parent)
    assert elsewhere == (0, "study/ is up to date\n")
    code, said = student(python_of(folder), "-c", "import autograder, explorers; print(autograder.__file__, explorers.__file__)")
    assert code == 0 and said.count(str(folder / ".venv")) == 2
    assert student(python_of(folder), "-c", "import autograder as a; print(len(a.dataset('penguins')['year']))")[1] == "333\n"


def test_the_one_line_opens_the_lesson_in_jupyterlab(student, folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    options = ("--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}")
    # a real installation has JupyterLab's own files in its environment
    lab = {"JUPYTERLAB_DIR": str(Path(sys.prefix) / "share" / "jupyter" / "lab")}
    log = folder.parent / "log"
    with open(log, "wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "start.py", "study", "--", *options],
            cwd=folder,
            env={"PATH": os.defpath, "HOME": str(folder.parent / "home"), **lab},
            stdout=stream,
            stderr=stream,
        )
    try:
        with asked(f"http://127.0.0.1:{port}/?token={token}", server, log) as page:
            assert page.url.split("?")[0].endswith(f"/lab/tree/{LESSON}/{NAME}")
    finally:
        server.terminate()  # the starter has become the server: nothing stays behind
        server.wait(30)
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/")


def test_check_of_the_stub_and_of_a_right_answer(student, folder, tmp_path):
    code, said = student(sys.executable, "start.py", "check", folder / "study" / LESSON / NAME)
    assert code == 0 and f"✓ all {len(lesson(LESSON).exercises)} functions and their checks are there, in order" in said, said
    assert "together                  0 of 21" in said and said.count("   not written yet") == len(lesson(LESSON).exercises)
    mine = tmp_path / "my answers" / NAME
    mine.parent.mkdir()
    shutil.copy(ROOT / "solutions" / LESSON / NAME, mine)
    code, said = student(program_of(folder), "check", mine, cwd=tmp_path)
    assert code == 0 and "secant_line               2 of 2\n" in said and "together                 21 of 21" in said, said
    assert mine.read_bytes() == (ROOT / "solutions" / LESSON / NAME).read_bytes(), "it is read, not written"


def test_a_later_archive_adds_lessons_and_leaves_work_alone(student, folder):
    page = folder / "study" / LESSON / NAME
    released = page.read_bytes()
    written = json.loads(released)
    written["cells"][1]["source"] = ["my words"]
    page.write_text(json.dumps(written), encoding="utf-8")
    later = archives(Course.at(), lessons(), ["02_numerical_derivative"])[0]
    changed = json.loads(released)
    changed["cells"][2]["source"] = ["a better text"]
    newer = Archive(later.name, {**later.files, f"notebooks/{LESSON}/{NAME}": json.dumps(changed).encode()})
    unpack(newer, folder.parent)
    code, said = student(sys.executable, "start.py", "study", "--no-open")
    assert code == 0 and said.splitlines() == [
        "1 new: 02_numerical_derivative/02_numerical_derivative.ipynb",
        f"study/{LESSON}/01_derivative.new.ipynb is the new version of a notebook you wrote in; yours is as you left it",
    ]
    assert "my words" in page.read_text(encoding="utf-8")
    page.write_bytes(released)
    page.with_suffix(".new.ipynb").unlink()


def test_another_wheel_is_installed_over_the_old_one_and_tried_again_where_that_fails(student, folder):
    (folder / ".venv" / "installed").write_text("an older one")
    wheel = next(folder.glob("*.whl"))
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:1000])
    code, said = student(sys.executable, "start.py", "study", "--no-open")
    assert code == 1 and said.startswith("Installing the course into") and said.splitlines()[-1].startswith("The installation stopped")
    assert (folder / ".venv" / "installed").read_text() == "an older one", "what is installed is written last"
    wheel.write_bytes(whole)
    code, said = student(sys.executable, "start.py", "study", "--no-open")
    assert code == 0 and said.startswith("Installing the course into")
    assert student(sys.executable, "start.py", "study", "--no-open") == (0, "study/ is up to date\n")


TEACHERS = [
    ["grade", LESSON],
    ["report", LESSON],
    ["export", LESSON],
    ["verify", LESSON],
    ["take-in", LESSON, "class.zip"],
    ["build"],
    ["doctor"],
    ["handout"],
]


@pytest.mark.parametrize("command", TEACHERS, ids=" ".join)
def test_a_teachers_command_is_refused_outside_a_course_and_writes_nothing(student, folder, command):
    before = everything(folder)
    code, said = student(program_of(folder), *command)
    assert code == 2 and said.startswith(f"{folder} is in no course folder") and "--course DIR" in said and "Traceback" not in said
    if command in TEACHERS[seeds.one() % 4 :: 4]:  # the starter hands on whatever it is given
        code, said = student(sys.executable, "start.py", *command)
        assert code == 2 and said.startswith(f"{folder} is no course folder"), said
    assert everything(folder) == before


def everything(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts]


def test_study_begins_in_an_empty_folder_goes_on_there_and_refuses_others(student, folder, tmp_path):
    installed = everything(folder / ".venv")
    (tmp_path / "new" / ".venv").mkdir(parents=True)
    code, said = student(program_of(folder), "study", "--no-open", cwd=tmp_path / "new")
    assert code == 0 and said.startswith(f"{len(lessons())} new: 00_start_here/00_start_here.ipynb")
    mine = tmp_path / "new" / "study" / LESSON
    assert (mine / NAME).read_bytes() == Course.at().release(LESSON).read_bytes()
    assert student(program_of(folder), "study", "--no-open", cwd=mine) == (0, "study/ is up to date\n"), "from anywhere in it"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear")
    for line in (("study", "--no-open"), ("--course", tmp_path / "other", "study", "--no-open")):
        code, said = student(program_of(folder), *line, cwd=tmp_path / "other")
        assert code == 2 and said.startswith(f"{tmp_path / 'other'} holds no course, and other files.")
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["letter.txt"]
    code, said = student(program_of(folder), "--course", tmp_path / "named", "study", "--no-open", cwd=tmp_path / "other")
    assert code == 0 and (tmp_path / "named" / "study" / LESSON / NAME).exists()
    assert everything(folder / ".venv") == installed, "nothing is written into the package"


def test_an_installed_package_finds_the_course_folder_that_it_is_used_in(student, folder, tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    deep = tmp_path / "notes" / "of mine"
    deep.mkdir(parents=True)
    for line in (("verify", LESSON), ("--course", tmp_path, "verify", LESSON)):
        code, said = student(program_of(folder), *line, cwd=deep)
        assert code == 2 and said.endswith(f"nobody handed in {LESSON}; look below {tmp_path / 'work' / 'submitted'}\n"), said


def test_the_doctor_tries_every_lesson(archive):
    assert list(failures(archive, Course.at(), {LESSON: lesson(LESSON)})) == []


def test_the_doctor_tells_what_an_archive_lacks(archive, tmp_path):
    """A wheel without a lesson's exercises, a notebook whose stub is no stub, and no wheel that can be installed."""
    page = nbformat.reads(archive.files[f"notebooks/{LESSON}/{NAME}"].decode(), as_version=4)
    first = next(iter(lesson(LESSON).exercises))
    cell = next(cell for cell in page.cells if cell.metadata.get("exercise") == first and not cell.source.startswith("check("))
    ours = nbformat.read(Course.at().source(LESSON), as_version=4)
    cell.source = next(c.source for c in ours.cells if c.metadata.get("exercise") == first and not c.source.startswith("check("))
    solved = Archive("solved.zip", {**archive.files, f"notebooks/{LESSON}/{NAME}": nbformat.writes(page).encode()})
    assert [line.split(";")[0] for line in failures(solved, Course.at(), {LESSON: lesson(LESSON)})] == [
        f"solved.zip: there check({first}) gives 2 for the stub and 2 of 2 for our answer"
    ]
    wheel = next(name for name in archive.files if name.endswith(".whl"))
    broken = Archive("broken.zip", {**archive.files, wheel: b"PK"})
    said = list(failures(broken, Course.at(), {LESSON: lesson(LESSON)}))
    assert len(said) == 1 and said[0].startswith("broken.zip does not work in a fresh environment: ")


def test_such_an_environment_sees_nothing_of_this_repository(archive, tmp_path):
    folder = unpack(archive, tmp_path / "a b")
    python = environment(folder / "env", next(folder.glob("*.whl")))
    said = subprocess.run(
        [python, "-I", "-c", "import autograder, numpy; print(autograder.__file__)"], capture_output=True, text=True, cwd=tmp_path
    )
    assert said.stdout.startswith(str(folder / "env")), said.stderr
