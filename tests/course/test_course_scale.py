"""What grows with the class grows in proportion: rows are found by an index, a rerun enters nobody, and outputs are counted once."""

import os
import sqlite3
import time

import pytest
from judged import ANSWERS, fake_grade, files, grade_class, hand_in, rows, write_verdict
from sqlalchemy import event

from autograder.course.release import build
from autograder.engine.report import Sheet
from autograder.files.course import Course
from autograder.files.settings import gradebook_url
from autograder.gradebook import enter
from autograder.gradebook.class_report import class_report
from autograder.gradebook.csv_export import CarefulExport
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.export import export_grades
from autograder.gradebook.final_scores import final_scores
from autograder.gradebook.grades import ClassVerdicts
from autograder.gradebook.registration import open_gradebook
from autograder.gradebook.verification import verify_grades
from autograder.judge.submission import Cell
from autograder.judge.told import Told

pytestmark = pytest.mark.slow

LESSON = "01_small"
STUDENTS = [f"s{number}" for number in range(12)]


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    for number, student in enumerate(STUDENTS):
        hand_in(course, student, ANSWERS if number % 2 else {"double": ANSWERS["double"]})
    grade_class(course, lesson)
    enter_grades(LESSON, course.root)
    return course


@pytest.fixture
def made(monkeypatch):
    """The students whose autograded notebook is made."""
    names = []
    real = enter._make

    def make(verdicts, master, student):
        names.append(student)
        return real(verdicts, master, student)

    monkeypatch.setattr(enter, "_make", make)
    return names


def plan(course: Course, query: str) -> str:
    with sqlite3.connect(course.work / "gradebook.db") as book:
        return " ".join(str(row[-1]) for row in book.execute(f"explain query plan {query}"))


LOOKED_UP = [
    "grade where notebook_id",
    "comment where notebook_id",
    "submitted_notebook where assignment_id",
    "submitted_assignment where student_id",
]


@pytest.mark.parametrize("where", LOOKED_UP)
def test_rows_are_found_by_an_index(course, where):
    assert "USING INDEX" in plan(course, f"select * from {where} in ('a', 'b')")


def test_a_gradebook_that_nbgrader_made_gets_the_indexes(course):
    with sqlite3.connect(course.work / "gradebook.db") as book:
        for (name,) in book.execute("select name from sqlite_master where name like 'ix_%'").fetchall():
            book.execute(f"drop index {name}")
    assert "SCAN" in plan(course, f"select * from {LOOKED_UP[0]} in ('a')")
    before = rows(course)
    with open_gradebook(course):
        pass
    assert "USING INDEX" in plan(course, f"select * from {LOOKED_UP[0]} in ('a')") and rows(course) == before


def test_a_rerun_enters_nobody(course, made):
    before = rows(course), files(course)
    entered = enter_grades(LESSON, course.root)
    assert (entered.entered, entered.unchanged, made) == ([], sorted(STUDENTS), [])
    assert (rows(course), files(course)) == before


def _edit_row(sql):
    def change(course):
        with sqlite3.connect(course.work / "gradebook.db") as book:
            book.execute(sql)

    return change


def _rewrite(path, data: bytes) -> None:
    """Other bytes of the same length, and the time of the old ones."""
    found = path.stat()
    time.sleep(0.02)  # a file system counts in ticks
    path.write_bytes(data[: found.st_size].ljust(found.st_size))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


ONE = "(select n.id from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id where s.student_id = 's3')"
CHANGES = {
    "the autograded notebook was edited": lambda c: _rewrite(c.autograded(LESSON, "s3"), b"{}"),
    "the autograded notebook is gone": lambda c: c.autograded(LESSON, "s3").unlink(),
    "something lies beside it": lambda c: (c.autograded(LESSON, "s3").parent / "x").write_text("x"),
    "a file was added to the hand-in": lambda c: (c.submitted(LESSON, "s3").parent / "notes.txt").write_text("mine"),
    "another time of handing in": lambda c: (c.submitted(LESSON, "s3").parent / "timestamp.txt").write_text("2026-11-21 10:00:00 UTC"),
    "a score in the gradebook": _edit_row(f"update grade set auto_score = 0.25 where notebook_id = {ONE}"),
    "a comment in the gradebook": _edit_row(f"update comment set auto_comment = 'x' where notebook_id = {ONE}"),
    "a person's score": _edit_row(f"update grade set manual_score = 1 where notebook_id = {ONE}"),
    "an extension": _edit_row("update submitted_assignment set extension = '1970-01-02 00:00:00' where student_id = 's3'"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changed_is_entered_anew_and_nothing_else(course, made, name):
    before = rows(course), files(course)
    CHANGES[name](course)
    enter_grades(LESSON, course.root)
    assert made == ["s3"]
    if "person" not in name and "hand-in" not in name and "time" not in name and "extension" not in name:
        assert (rows(course), files(course)) == before, "it is as it was"
    made.clear()
    enter_grades(LESSON, course.root)
    assert made == []


def test_another_verdict_is_entered_and_one_without_a_grade_each_time(course, lesson, made):
    hand_in(course, "s4", ANSWERS)
    hand_in(course, "s5").write_text("{")
    for student in ("s4", "s5"):
        write_verdict(course, fake_grade(course, lesson, student))
    first = enter_grades(LESSON, course.root)
    assert sorted(made) == ["s4", "s5"] and first.entered == ["s4"] and list(first.failed) == ["s5"]
    made.clear()
    assert list(enter_grades(LESSON, course.root).failed) == ["s5"] and made == ["s5"], "its reason is told each time"


@pytest.mark.parametrize("spoil", ["gone", "{", "[1]", '{"shared": 1}'])
def test_what_is_known_of_last_time_may_be_lost(course, made, spoil):
    [kept] = (course.work / "entered").iterdir()
    kept.unlink() if spoil == "gone" else kept.write_text(spoil)
    entered = enter_grades(LESSON, course.root)
    assert sorted(made) == sorted(STUDENTS) == entered.unchanged
    made.clear()
    enter_grades(LESSON, course.root)
    assert made == []


def test_what_all_share_is_a_part_of_it(course, made):
    with open(course.root / "nbgrader_config.py", "a") as stream:
        stream.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    enter_grades(LESSON, course.root)
    assert sorted(made) == sorted(STUDENTS)


class Queries:
    """Counts what a database is asked."""

    def __init__(self, gradebook):
        self.count = 0
        event.listen(gradebook.engine, "before_cursor_execute", lambda *_: setattr(self, "count", self.count + 1))


def test_nbgraders_export_asks_as_often_for_many_as_for_few(course, lesson, tmp_path, monkeypatch):
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory

    def asked() -> int:
        application = NbGrader()
        application.coursedir = CourseDirectory(root=str(course.root), db_url=gradebook_url(course), course_id="from-h-to-eta")
        exporter = CarefulExport(parent=application)
        exporter.to = str(tmp_path / "grades.csv")
        with Gradebook(gradebook_url(course), "from-h-to-eta") as gradebook:
            queries = Queries(gradebook)
            exporter.export(gradebook)
        return queries.count

    few = asked()
    for student in ("t1", "t2", "t3", "t4"):
        hand_in(course, student, ANSWERS)
        write_verdict(course, fake_grade(course, lesson, student))
    enter_grades(LESSON, course.root)
    assert asked() == few
    lines = (tmp_path / "grades.csv").read_text().splitlines()
    assert len(lines) == 1 + len(STUDENTS) + 4 and any(",t4,,,,3.5,0.0,3.5,3.5" in line for line in lines)


def test_no_command_holds_a_class_of_sheets(course, monkeypatch):
    """Each sheet can be forgotten before the next is read."""
    import gc
    import weakref

    gc.collect()
    gc.freeze()  # what other tests left need not be looked through again for each sheet
    alive, most = weakref.WeakSet(), [0]

    class Watched(Sheet):
        __hash__ = object.__hash__

    real = ClassVerdicts.read

    def read(self, student):
        sheet = real(self, student)
        sheet.__class__ = Watched
        alive.add(sheet)
        gc.collect()
        most[0] = max(most[0], len(alive))
        return sheet

    monkeypatch.setattr(ClassVerdicts, "read", read)
    for command in (class_report, export_grades):
        command(LESSON, course.root)
    final_scores(course, LESSON)
    assert 0 < most[0] <= 3
    assert next(verify_grades(course, LESSON, ["s1"])).holds


def test_outputs_are_counted_in_proportion():
    """Outputs take room until none is left; a cell that speaks again gives its room back first."""
    told = Told(render=False)
    text = [{"output_type": "stream", "name": "stdout", "text": "x" * 200_000}]
    for index in range(3):
        told.keep(Cell(index, ""), text)
    said = [sum(len(str(output)) for output in told.outputs[str(index)]) for index in range(3)]
    assert said[0] > 200_000 and sum(said) < 300_000
    for _ in range(5):
        told.keep(Cell(0, ""), text)
    assert 190_000 < sum(len(str(output)) for output in told.outputs["0"]) <= said[0]
    told.begin_anew(set())
    told.keep(Cell(2, ""), text)
    assert sum(len(str(output)) for output in told.outputs["2"]) == said[0]
