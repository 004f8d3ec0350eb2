"""Helpers: a class of students on the small course, and verdicts made by the runner in this process instead of the judge."""

import hashlib
import json
import sqlite3

import nbformat

from autograder.engine.report import Report, Sheet, Status
from autograder.engine.runner import run
from autograder.files.course import Course
from autograder.gradebook.teacher_tests import teacher_tests
from autograder.judge import verdicts
from autograder.judge.signing import CourseKey
from autograder.shared.answer import LocalAnswer

ANSWERS = {"double": "def double(x):\n    return 2 * x", "halve": "def halve(x):\n    return x / 2"}


def hand_in(course: Course, student: str, answers=None, edit=None, stamp: str = "2026-11-20 10:00:00 UTC", lesson: str = "01_small"):
    """Put a submission made from the release into work/submitted/; `edit(notebook)` may spoil it."""
    notebook = nbformat.read(course.release(lesson), as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in (answers or {}):
            cell.source = answers[name]
        if cell.cell_type == "code":  # as a student saves it
            cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": "<script>alert(1)</script>"})]
            cell.execution_count = 7
    if edit:
        edit(notebook)
    path = course.submitted(lesson, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook) + "\n")
    (path.parent / "timestamp.txt").write_text(stamp)
    return path


def fake_grade(course: Course, lesson, student: str, tests=None) -> Sheet:
    """A sheet as the judge would make it, from running the notebook here: for honest notebooks in tests only."""
    path = course.submitted(lesson.name, student)
    data = path.read_bytes() if path.exists() else b""
    sheet = Sheet(lesson.name, student, submission=hashlib.sha256(data).hexdigest() if data else "", seed=1, level="test")
    try:
        json.loads(data)
        cells = json.loads(tests.restore(data) if tests else data)["cells"]
    except (ValueError, KeyError):
        sheet.status, sheet.detail = ("malformed", "not JSON") if data else ("missing", "no file")
        return sheet
    if tests:
        sheet.versions = {"tests": tests.digest}
    names: dict = {}
    for index, cell in enumerate(cells):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or source.startswith("check(") or "autograder" in source:
            continue
        sheet.outputs[str(index)] = []
        try:
            exec(source, names)
        except Exception as error:
            sheet.outputs[str(index)] = [{"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": []}]
    for name, exercise in lesson.exercises.items():
        if name in names:
            sheet.reports[name] = run(exercise, LocalAnswer(names[name], names), seed=1)
        else:
            sheet.reports[name] = Report(name, exercise.points, status=Status.MISSING)
    return sheet


def grade_class(course: Course, lesson, students=None) -> None:
    """Write a verdict file for every submission."""
    tests = teacher_tests(course, lesson.name)
    for student in students or sorted(path.parent.name for path in (course.work / "submitted").glob(f"*/{lesson.name}")):
        write_verdict(course, fake_grade(course, lesson, student, tests))


def write_verdict(course: Course, sheet: Sheet) -> None:
    verdicts.save(course.root, sheet, CourseKey.load(course.root))


def rows(course: Course) -> dict[str, list]:
    """Every table of the gradebook, with names in place of random ids, sorted."""
    connection = sqlite3.connect(course.work / "gradebook.db")
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    tables = {name: [dict(row) for row in connection.execute(f"select * from {name}")] for name in names}
    label = {}
    for table in ("assignment", "notebook", "base_cell", "source_cell"):
        label |= {row["id"]: f"{table}:{row['name']}:{row.get('type', '')}" for row in tables[table]}
    label |= {row["id"]: f"submission:{row['student_id']}" for row in tables["submitted_assignment"]}
    label |= {row["id"]: label[row["assignment_id"]] + ":book" for row in tables["submitted_notebook"]}
    for table in ("grade", "comment"):
        label |= {row["id"]: "" for row in tables[table]}
    return {
        name: sorted(json.dumps({key: label.get(value, value) for key, value in row.items()}, sort_keys=True, default=str) for row in found)
        for name, found in tables.items()
    }


def files(course: Course, step: str = "autograded") -> dict[str, bytes]:
    """Every file of a step of nbgrader's, by its path."""
    return {path.relative_to(course.work).as_posix(): path.read_bytes() for path in (course.work / step).rglob("*") if path.is_file()}


def autograde(course: Course, lesson, monkeypatch) -> dict:
    """nbgrader's own converter with our configuration, the judge replaced."""
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    from autograder.files.settings import nbgrader_config
    from autograder.gradebook import nbgrader_steps

    monkeypatch.setattr(
        nbgrader_steps,
        "verdict_for",
        lambda root, name, student, level="", tests=None, *settings: fake_grade(course, lesson, student, tests),
    )
    monkeypatch.chdir(course.root)
    config = nbgrader_config(course)
    config.CourseDirectory.assignment_id = lesson.name
    converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
    converter.force = True
    return capture_log(converter)  # some of the class fail, which nbgrader tells at the end
