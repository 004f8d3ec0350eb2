"""Lesson 01 through nbgrader's own commands and through ours: the same points, whatever is handed in."""

import copy
import json
import os
import shutil
import sqlite3
import sysconfig
from pathlib import Path

import nbformat
import pytest
import warm_commands
from hand_ins import FULL
from nbgrader.apps import ExportApp
from nbgrader.coursedir import CourseDirectory

from autograder.exercises import lessons
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.export import ExportRefused, export_grades
from autograder.gradebook.nbgrader_steps import CarefulExport
from autograder.gradebook.registration import alembic_version, open_gradebook, register
from autograder.judge.coordinator import grade_all

REPOSITORY = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="the judge needs a system that can fork")]

SECANT = "def secant_line(f, x, h):\n    return (f(x + h) - f(x)) / h, f(x)"
QUOTIENT = "def difference_quotient(f, x, h):\n    if np.any(np.equal(h, 0)):\n        raise ValueError\n    return (f(x + h) - f(x)) / h"
HTML = "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<script>alert(1)</script>'), Javascript('alert(2)'))"


def cell(notebook, name):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def solved(notebook, names=None):
    """Put our own answers in: the solutions notebook's cells."""
    source = nbformat.read(REPOSITORY / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)
    for name in names or lessons()[LESSON].exercises:
        cell(notebook, name).source = cell(source, name).source


def answer(name, source):
    return lambda notebook: cell(notebook, name).update(source=source)


def first(source):
    def edit(notebook):
        solved(notebook)
        notebook.cells.insert(1, nbformat.v4.new_code_cell(source))

    return edit


def mixed(notebook):
    solved(notebook, ["difference_quotient", "quotient_cubic"])
    cell(notebook, "secant_line").source = SECANT


def marked(notebook):
    mixed(notebook)
    notebook.cells.append(nbformat.v4.new_code_cell(HTML))
    notebook.cells.append(nbformat.v4.new_markdown_cell("<img src=x onerror=alert(3)> <b>bold</b> $a<b$ [x](javascript:alert(4))"))


def copied_check(notebook):
    solved(notebook)
    notebook.cells.append(nbformat.from_dict({**copy.deepcopy(cell(notebook, "check-secant_line")), "id": "copied"}))


def bought(notebook):
    """Points written into the metadata and the check cells, nothing solved."""
    for one in notebook.cells:
        marks = one.metadata.get("nbgrader", {})
        if marks.get("grade"):
            one.source, marks["points"] = "100", 100
            one.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "100"})]


# what is handed in, and the points it must get (None: no grade, a person must look)
HONEST = {"ref": (solved, FULL), "stub": (lambda nb: None, 0), "mixed": (mixed, None)}
ODD = {
    "marked": (marked, None),
    "copied": (copied_check, FULL),
    "schema": (lambda nb: (solved(nb), cell(nb, "secant_line").metadata.nbgrader.update(schema_version=1))[0], FULL),
    "no-checks": (lambda nb: (solved(nb), setattr(nb, "cells", [c for c in nb.cells if not c.source.startswith("check(")]))[0], FULL),
    "warns": (first("import warnings\nwarnings.warn('careful')\nimport sys\nprint('x', file=sys.stderr)"), FULL),
    "bought": (bought, 0),
    "exits": (
        lambda nb: (mixed(nb), answer("difference_quotient", "def difference_quotient(f, x, h):\n    import os\n    os._exit(0)")(nb))[0],
        None,
    ),
    "lies": (
        lambda nb: nb.cells.insert(3, nbformat.v4.new_code_cell("check = lambda f: 20\nimport sys\nsys.displayhook = lambda x: None")),
        0,
    ),
}


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """The course with everybody's submissions, as it is before grading."""
    course = Course(tmp_path_factory.mktemp("course"))
    for name in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / name / LESSON, course.root / name / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    for student, (edit, _) in {**HONEST, **ODD}.items():
        notebook = nbformat.read(course.release(LESSON), as_version=4)
        edit(notebook)
        hand_in(course, student, nbformat.v4.writes(notebook))
    hand_in(course, "broken", "{")
    hand_in(course, "renamed", "{}").rename(course.submitted(LESSON, "renamed").with_name("mine.ipynb"))
    return course


def hand_in(course, student, text):
    path = course.submitted(LESSON, student)
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (path.parent / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    return path


def copy_of(course, folder) -> Course:
    shutil.copytree(course.root, folder, dirs_exist_ok=True)
    return Course(folder)


def nbgrader(course, *commands, home=None) -> list[dict]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"],
        "USER": "teacher",
        "JUPYTER_CONFIG_DIR": str(course.root / "none"),
        "IPYTHONDIR": str(course.root / "none"),
        "JUPYTER_DATA_DIR": str(course.root / "none"),
    }
    return warm_commands.nbgraders(commands, home or course.root, environment)


def scores(course) -> dict:
    query = """select s.student_id, b.name, g.auto_score, g.needs_manual_grade from grade g
        join base_cell b on g.cell_id = b.id join submitted_notebook n on n.id = g.notebook_id
        join submitted_assignment s on s.id = n.assignment_id"""
    found: dict = {}
    for student, name, score, manual in sqlite3.connect(course.work / "gradebook.db").execute(query):
        found.setdefault(student, {})[name] = (score, bool(manual))
    return found


def total(grades: dict) -> float | None:
    points = [score for score, _ in grades.values()]
    return None if None in points else round(sum(points), 2)


@pytest.fixture(scope="module")
def by_nbgrader(class_, tmp_path_factory):
    """The class graded by nbgrader's commands with our configuration, and what the commands said."""
    course = copy_of(class_, tmp_path_factory.mktemp("nbgrader"))
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    there = f"--Exchange.root={exchange}"
    said = nbgrader(
        course,
        ["generate_assignment", LESSON, "--force"],
        ["release_assignment", LESSON, there],
        ["list", there],
        ["collect", LESSON, there],
        ["autograde", LESSON],
        ["generate_feedback", LESSON, "--student=marked"],
        ["export", "--to", str(course.root / "grades.csv")],
    )
    return course, {one["command"]: one for one in said}


@pytest.fixture(scope="module")
def by_us(class_, tmp_path_factory):
    """The class graded by our own command, on two processes."""
    course = copy_of(class_, tmp_path_factory.mktemp("ours"))
    summary = grade_all(course.root, LESSON, jobs=2)
    return course, summary, enter_grades(LESSON, course.root)


def test_every_command_does_its_work(by_nbgrader):
    course, said = by_nbgrader
    for name in ("generate_assignment", "release_assignment", "list", "collect", "generate_feedback", "export"):
        assert said[name]["code"] == 0, said[name]["said"]
    assert LESSON in said["list"]["said"]
    assert said["autograde"]["code"] == 1  # broken and renamed are told at the end …
    for student in ("broken", "renamed"):
        assert f"for student '{student}'" in said["autograde"]["said"]
    (version,) = sqlite3.connect(course.work / "gradebook.db").execute("select version_num from alembic_version").fetchone()
    assert version == alembic_version()  # found in this process, where nbgrader runs a command
    assert course.release(LESSON).read_bytes() == (REPOSITORY / "notebooks" / LESSON / f"{LESSON}.ipynb").read_bytes()


def test_everybody_gets_the_points_that_the_answers_earn(by_nbgrader):
    course, said = by_nbgrader
    got = {student: total(grades) for student, grades in scores(course).items()}
    for student, (_, points) in {**HONEST, **ODD}.items():
        assert got[student] is not None, said["autograde"]["said"][-3000:]
        assert points is None or got[student] == points, student
    assert got["broken"] is got["renamed"] is None
    assert got["exits"] < got["mixed"] == got["marked"]


def test_both_doors_give_the_same_points_cell_by_cell(by_nbgrader, by_us):
    assert scores(by_us[0]) == scores(by_nbgrader[0])
    assert sorted(by_us[2].failed) == ["broken", "renamed"]


def test_both_doors_write_the_same_notebooks(by_nbgrader, by_us):
    trees = [
        {p.relative_to(course.work).as_posix(): p.read_bytes() for p in (course.work / "autograded").rglob("*") if p.is_file()}
        for course in (by_nbgrader[0], by_us[0])
    ]
    assert trees[0].keys() == trees[1].keys()
    # hidden cases are drawn from each course's own secret, so a wrong answer is shown other examples: compare all but panels
    for name in trees[0]:
        assert without_panels(trees[0][name]) == without_panels(trees[1][name]), name


def without_panels(data: bytes):
    try:
        notebook = json.loads(data)
    except ValueError:
        return data
    for one in notebook["cells"]:
        for output in one.get("outputs", []):
            output.get("data", {}).pop("text/html", None)
    return notebook


def test_stock_nbgrader_gives_honest_notebooks_the_same_points(class_, by_us, tmp_path_factory, kernels):
    course = copy_of(class_, tmp_path_factory.mktemp("stock"))
    for folder in (course.work / "submitted").iterdir():
        if folder.name not in HONEST:
            shutil.rmtree(folder)
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text().split("# Grading:")[0])  # nbgrader's own steps: its kernel runs our check cells
    with open_gradebook(course) as gradebook:
        register(course, LESSON, gradebook)
    (graded,) = nbgrader(course, ["autograde", LESSON])
    assert graded["code"] == 0, graded["said"]
    ours = scores(by_us[0])
    for student, grades in scores(course).items():
        assert grades == ours[student], student


def test_feedback_runs_nothing_of_a_students(by_nbgrader):
    course, _ = by_nbgrader
    html = (course.work / "feedback" / "marked" / LESSON / f"{LESSON}.html").read_text()
    assert "secant_line: " in html  # the judge's panels are there
    assert "<b>bold</b>" in html
    for hostile in ("<script>alert", "onerror", "javascript:alert"):  # shown as source they are escaped
        assert hostile not in html


def test_export_refuses_while_an_error_of_ours_stands(by_us):
    course, _, _ = by_us
    path = export_grades(LESSON, course.root)
    lines = path.read_text().splitlines()
    assert lines[0].startswith("student,status,points,max_points,difference_quotient")
    assert f"ref,graded,{FULL:g},{FULL:g}" in path.read_text() and f"\nbroken,malformed,,{FULL:g},," in path.read_text()
    verdict = course.work / "verdicts" / LESSON / "mixed.json"
    verdict.write_text("{}")
    with pytest.raises(ExportRefused, match="mixed"):
        export_grades(LESSON, course.root)
    app = ExportApp()
    app.coursedir = CourseDirectory(root=str(course.root))
    plugin = CarefulExport(parent=app, to=str(course.root / "no.csv"))
    with open_gradebook(course) as gradebook, pytest.raises(SystemExit) as end:
        plugin.export(gradebook)
    assert end.value.code == 3
    assert not (course.root / "no.csv").exists()
