"""A term of three lessons with the commands that a teacher types: hand-ins as every platform gives them, people's marks, grades to Canvas and Moodle.

The judge runs once for each lesson, on a class of five; students' notebooks are what `handout` packs.
"""

import csv
import datetime
import io
import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from classroom import zipped

from autograder.__main__ import main
from autograder.course.handout import archives
from autograder.exercises import lessons
from autograder.files.course import Course
from autograder.gradebook.registration import open_gradebook, register

REPOSITORY = Path(__file__).resolve().parents[2]
MOODLES, CANVAS, SHARED = "00_start_here", "01_derivative", "11_review"
ROSTER = """id,name,email,number
jdoe,Jane Doe,jane@uni.example,s1
jmueller,Jörg Müller,joerg@uni.example,s2
kim,Kim Lee,kim@uni.example,s3
apoe,Ann Poe,ann@uni.example,s4
zoe,Zoe Absent,zoe@uni.example,s5
"""
# as lib/gradebook_exporter.rb in instructure/canvas-lms writes it: a line on hidden columns first, sortable names, names with ids
GRADES_OF_CANVAS = """Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,01_derivative (4711),Essay (4712),Final Score
,,,,,,Manual Posting,,
    Points Possible,,,,,,{most},10.00,(read only)
"Doe, Jane",12345,s1,jd1,,A,,9.00,90.00
"Lee, Kim",12347,s3,kl3,,A,,8.00,80.00
"Müller, Jörg",12346,s2,jm2,,A and B,,7.00,70.00
"Poe, Ann",12348,s4,ap4,,A,1.00,6.00,60.00
"Absent, Zoe",12350,s5,za5,,A,N/A,,
"Student, Test",12399,,bbbc67,,A,,,
"""
# as mod/assign/gradingtable.php in moodle/moodle exports it
WORKSHEET_OF_MOODLE = """Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 501","Jane Doe",jane@uni.example,"Submitted for grading - ",,{most},Yes,"Monday, 12 January 2026, 6:30 PM",-,""
"Participant 502","Jörg Müller",joerg@uni.example,"Submitted for grading - ",,{most},Yes,"Monday, 12 January 2026, 6:31 PM",-,""
"Participant 503","Kim Lee",kim@uni.example,"Submitted for grading - ",,{most},Yes,"Monday, 12 January 2026, 6:32 PM",-,""
"Participant 504","Ann Poe",ann@uni.example,"Submitted for grading - ",3.00,{most},Yes,"Monday, 12 January 2026, 6:33 PM",-,""
"Participant 505","Zoe Absent",zoe@uni.example,"No submission - ",,{most},Yes,-,-,""
"""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the judge runs on Linux")]


def released(lesson: str) -> str:
    return (REPOSITORY / "notebooks" / lesson / f"{lesson}.ipynb").read_text()


def solved(lesson: str) -> str:
    """The released notebook with our own answers in it."""
    source = json.loads((REPOSITORY / "solutions" / lesson / f"{lesson}.ipynb").read_text())
    notebook = json.loads(released(lesson))
    answers = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"] for cell in source["cells"]}
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name and name in answers and not name.startswith("check-"):
            cell["source"] = answers[name]
    return json.dumps(notebook)


def most_of(lesson: str) -> float:
    return sum(cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in json.loads(released(lesson))["cells"])


class Teacher:
    """Somebody at a terminal, in a course's folder."""

    def __init__(self, root: Path, capsys):
        self.course, self.capsys = Course(root), capsys
        self.desk = root.parent

    def types(self, *words, code: int = 0) -> str:
        """What a command says; it ends with `code`."""
        ended = main(["--course", str(self.course.root), *map(str, words)])
        told = self.capsys.readouterr()
        assert ended == code, (words, told.out, told.err)
        assert "Traceback" not in told.err
        return told.out + told.err

    def downloads(self, name: str, files) -> Path:
        return zipped(files, self.desk / name)

    def due(self, lesson: str, when: datetime.datetime) -> None:
        """Sets the due date, as Formgrader does."""
        with open_gradebook(self.course) as gradebook:
            register(self.course, lesson, gradebook)
            gradebook.find_assignment(lesson).duedate = when
            gradebook.db.commit()

    def marks(self, lesson: str, student: str, cell: str, score: float) -> None:
        """Gives points by hand, as Formgrader does."""
        with open_gradebook(self.course) as gradebook:
            grade = gradebook.find_grade(f"check-{cell}", lesson, lesson, student)
            grade.manual_score, grade.needs_manual_grade = score, False
            gradebook.db.commit()

    def hands_out(self, lesson: str) -> str:
        """The notebook in the archive that `handout` packs of the repository; what it examines before is in tests/course/test_handout.py."""
        (archive,) = archives(Course(REPOSITORY), lessons(), [lesson])
        return archive.files[f"notebooks/{lesson}/{lesson}.ipynb"].decode()

    def feedback(self, lesson: str, form: str) -> dict[str, str]:
        """The pages in the ZIP for a platform, by name."""
        with zipfile.ZipFile(self.course.reports / f"{lesson}.feedback.{form}.zip") as packed:
            return {name: packed.read(name).decode() for name in packed.namelist()}

    def table(self, name: str) -> list[dict]:
        return list(csv.DictReader(io.StringIO((self.course.reports / name).read_text(encoding="utf-8"))))


@pytest.fixture
def teacher(tmp_path, capsys):
    root = tmp_path / "course"
    for lesson in (MOODLES, CANVAS, SHARED):
        for name in ("solutions", "notebooks"):
            shutil.copytree(REPOSITORY / name / lesson, root / name / lesson)
    config = (REPOSITORY / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    return Teacher(root, capsys)


def test_a_term(teacher):
    course = teacher.course
    assert "Nobody has handed in anything" in teacher.types("report", code=3), "an empty folder"
    (teacher.desk / "class.csv").write_text(ROSTER, encoding="utf-8")
    assert teacher.hands_out(MOODLES) == released(MOODLES), "what students solve below is what was handed out"
    _with_moodle(teacher)
    _with_canvas(teacher)
    _with_folders_and_exchange(teacher)

    said = teacher.types("report")
    assert [line.split()[0] for line in said.splitlines() if "graded" in line] == [MOODLES, CANVAS, SHARED]
    teacher.types("export", "--for", "csv")
    term = {row["student"]: row for row in teacher.table("term.final.csv")}
    assert list(term) == ["apoe", "jdoe", "jmueller", "kim", "zoe"]
    assert float(term["jdoe"]["total"]) == most_of(MOODLES) + most_of(CANVAS) + most_of(SHARED)
    assert (term["apoe"][MOODLES], term["apoe"][f"{MOODLES} status"]) == ("", "malformed")
    assert term["zoe"]["total"] == "" and term["zoe"][f"{CANVAS} status"] == "no hand-in"
    assert float(term["kim"][SHARED]) == 0 and float(term["kim"][f"{SHARED} late penalty"]) == most_of(SHARED), "late"
    points = {row["student"]: row for row in teacher.table("term.report.csv")}
    assert points["kim"][f"{SHARED} late"] == "1 d 0 h" and float(points["kim"][SHARED]) == most_of(SHARED), "the judge's"
    for lesson in (MOODLES, CANVAS, SHARED):
        teacher.types("verify", lesson)
    page = (course.reports / "term.html").read_text()
    assert "Zoe Absent" in page and f"href='{SHARED}.html'" in page


def _with_moodle(teacher):
    """Folders and flat names in one archive each; a renamed notebook, a broken one, and the worksheet filled in."""
    broken = "Ann Poe_504_assignsubmission_file_"
    folders = teacher.downloads(
        "folders.zip",
        [
            (f"Jane Doe_501_assignsubmission_file_/{MOODLES}.ipynb", solved(MOODLES)),
            ("Jörg Müller_502_assignsubmission_file_/my homework (1).ipynb", released(MOODLES)),
            (f"{broken}/{MOODLES}.ipynb", "{"),
            ("Ann Poe_504_assignsubmission_onlinetext_/onlinetext.html", "<p>sorry"),
        ],
    )
    said = teacher.types("take-in", MOODLES, folders, "--roster", teacher.desk / "class.csv")
    assert "3 students' notebooks taken in" in said and "the notebook has another name" in said and "the notebook is broken" in said
    flat = teacher.downloads("flat.zip", [(f"Kim Lee_503_assignsubmission_file_{MOODLES}.ipynb", solved(MOODLES))])
    assert "missing, 1 of the roster: Zoe Absent (zoe)" in teacher.types("take-in", MOODLES, flat)
    said = teacher.types("grade", MOODLES, "--jobs", "1")
    assert "4 submissions, 4 judged" in said and "apoe: malformed" in said
    worksheet = teacher.desk / "worksheet.csv"
    worksheet.write_text(WORKSHEET_OF_MOODLE.format(most=f"{most_of(MOODLES):.2f}"), encoding="utf-8")
    said = teacher.types("export", MOODLES, "--for", "moodle", "--into", worksheet)
    assert "3 scores" in said and "malformed: apoe" in said
    filled, before = teacher.table(f"{MOODLES}.moodle.csv"), list(csv.DictReader(io.StringIO(worksheet.read_text(encoding="utf-8"))))
    assert [float(row["Grade"] or "nan") for row in filled[:4]] == [most_of(MOODLES), 0, most_of(MOODLES), 3], (
        "who has no score keeps the old one"
    )
    assert filled[4]["Grade"] == "" and f"{most_of(MOODLES):g} of" in filled[0]["Feedback comments"]
    for row, old in zip(filled, before, strict=True):
        kept = set(row) - {"Grade", "Feedback comments"}
        assert {name: row[name] for name in kept} == {name: old[name] for name in kept}, "nothing else is touched"
    teacher.types("feedback", MOODLES, "--for", "moodle")
    pages = teacher.feedback(MOODLES, "moodle")
    assert f"Jane Doe_501_assignsubmission_file_/{MOODLES}.html" in pages
    assert "hand in" in pages[f"{broken}/{MOODLES}.html"], "who has no grade is told why and what to do"


def _with_canvas(teacher):
    """Attempts and LATE, a person's marks that outlive grading again, and the gradebook's file."""
    first = teacher.downloads(
        "first.zip",
        [
            (f"doejane_12345_901_{CANVAS}.ipynb", released(CANVAS)),
            (f"müllerjörg_LATE_12346_902_{CANVAS}-1.ipynb", solved(CANVAS)),
            (f"leekim_12347_903_{CANVAS}.ipynb", released(CANVAS)),
            (f"poeann_12348_904_{CANVAS}.ipynb", released(MOODLES)),
        ],
    )
    grades = teacher.desk / "grades.csv"
    grades.write_text(GRADES_OF_CANVAS.format(most=f"{most_of(CANVAS):.2f}"), encoding="utf-8")
    said = teacher.types("take-in", CANVAS, first, "--roster", grades, code=1)
    assert f"it is a notebook of {MOODLES}" in said and "late, says the platform, and not when" in said
    assert teacher.course.submitted(CANVAS, "jdoe").exists(), "who is known keeps the id"
    second = teacher.downloads("second.zip", [(f"doejane_12345_950_{CANVAS}.ipynb", solved(CANVAS))])
    assert "other attempt" in teacher.types("take-in", CANVAS, second)
    said = teacher.types("grade", CANVAS, "--jobs", "1")
    assert "3 grades entered" in said and "missing, 2 of the roster" in said, "Canvas's test student is nobody"
    teacher.marks(CANVAS, "kim", "secant_line", 1.5)
    said = teacher.types("grade", CANVAS, "--again", "--jobs", "1", "--only", "kim")
    assert "1 submissions, 1 judged" in said
    assert "0 judged, 3 unchanged" in (said := teacher.types("grade", CANVAS)) and "0 grades entered, 3 unchanged" in said
    assert "late, 1: Jörg Müller (jmueller)" in teacher.types("report", CANVAS)
    assert "3 scores" in teacher.types("export", CANVAS, "--for", "canvas", "--into", grades)
    rows = {row["ID"]: row for row in teacher.table(f"{CANVAS}.canvas.csv")}
    assert list(rows["12345"]) == [*"Student,ID,SIS User ID,SIS Login ID,Integration ID,Section".split(","), "01_derivative (4711)"]
    assert {ident: row["01_derivative (4711)"] for ident, row in rows.items() if ident} == {
        "12345": f"{most_of(CANVAS):g}",
        "12347": "1.5",
        "12346": f"{most_of(CANVAS):g}",
        "12348": "1.00",
        "12350": "N/A",
        "12399": "",
    }
    teacher.types("feedback", CANVAS, "--for", "canvas")
    assert len(teacher.feedback(CANVAS, "canvas")) == 3
    lines = (teacher.course.reports / f"{CANVAS}.canvas.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("    Points Possible,") for line in lines)


def _with_folders_and_exchange(teacher):
    """Google's names, flat files, folders, and nbgrader's exchange, whose times make somebody late."""
    teacher.due(SHARED, datetime.datetime(2026, 2, 1, 12, 0))
    drive = teacher.downloads("drive-20260201.zip", [(f"Homework/Jane Doe - Copy of {SHARED}.ipynb", solved(SHARED))])
    teacher.types("take-in", SHARED, drive)
    teacher.types("take-in", SHARED, teacher.downloads("flat.zip", [("joerg@uni.example.ipynb", released(SHARED))]))
    folder = teacher.desk / "collected"
    (folder / "apoe" / SHARED).mkdir(parents=True)
    (folder / "apoe" / SHARED / f"{SHARED}.ipynb").write_text(released(SHARED))
    teacher.types("take-in", SHARED, folder)
    inbound = teacher.desk / "inbound"
    (inbound / f"kim+{SHARED}+2026-02-02 12:00:00 UTC+x1").mkdir(parents=True)
    (inbound / f"kim+{SHARED}+2026-02-02 12:00:00 UTC+x1" / f"{SHARED}.ipynb").write_text(solved(SHARED))
    assert "late: no attempt came before the deadline" in teacher.types("take-in", SHARED, inbound)
    said = teacher.types("grade", SHARED, "--jobs", "1")
    assert "4 submissions, 4 judged" in said and "4 grades entered" in said
    assert "late, 1: Kim Lee (kim)" in teacher.types("report", SHARED)
    teacher.types("export", SHARED, "--for", "moodle")
    rows = {row["Email address"]: row for row in teacher.table(f"{SHARED}.moodle.csv")}
    assert list(rows["kim@uni.example"])[:4] == ["Email address", "ID number", SHARED, f"{SHARED} (Feedback)"]
    assert float(rows["kim@uni.example"][SHARED]) == 0 and "late" in rows["kim@uni.example"][f"{SHARED} (Feedback)"]
    teacher.types("feedback", SHARED)
    page = teacher.course.work / "feedback" / "kim" / SHARED / f"{SHARED}.html"
    assert "late" in page.read_text(encoding="utf-8")
    teacher.types("export", SHARED, "--for", "nbgrader")
    assert len(teacher.table(f"{SHARED}.nbgrader.csv")) == 4
