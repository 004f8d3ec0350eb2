"""Final scores as files: what Canvas and Moodle would read from them is what the class has, and nobody ungraded has a zero."""

import csv
import io
import re

import pytest
from judged import ANSWERS, grade_class, hand_in

from autograder.__main__ import main
from autograder.course.release import build
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.final_scores import FinalScore
from autograder.gradebook.grade_files import as_csv, as_text
from autograder.gradebook.platform_files import as_canvas, into_canvas, into_moodle
from autograder.gradebook.registration import open_gradebook, register
from autograder.intake.roster import Person, Roster

pytestmark = pytest.mark.slow
LESSON = "01_small"
WRONG = {**ANSWERS, "double": "def double(x):\n    return x * x"}
PEOPLE = Roster(
    [
        Person("ada", "Ada Adams", "ada@x.example", "s1", "aadams", "1001", "501", "A"),
        Person("bob", "Bob Müller", "bob@x.example", "s2", "bmueller", "1002", "502", "B"),
        Person("dan", "Dan =SUM(1)", "dan@x.example", "s3", "dan", "1003", "503", "B"),
        Person("zoe", "Zoe Absent", "zoe@x.example", "s9", "zoe", "1009", "509", "B"),
    ]
)
CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (7),01_small (4711),Current Score,Final Score
,,,,,,Manual Posting,,
    Points Possible,,,,,10,3.5,(read only),(read only)
"Adams, Ada",1001,s1,aadams,A,9,,90,80
"Müller, Bob",1002,s2,bmueller,B,8,1,90,80
"=SUM(1), Dan",1003,s3,dan,B,7,2.5,90,80
"Absent, Zoe",1009,s9,zoe,B,7,N/A,90,80
"Student, Test",1010,,,B,,,,
"""
MOODLE = """Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 501","Ada Adams",ada@x.example,"Submitted for grading",,3.50,Yes,"Monday, 12 January 2026, 6:30 PM",-,
"Participant 502","Bob Müller",bob@x.example,"Submitted for grading",1.00,3.50,Yes,"Monday, 12 January 2026, 6:30 PM",-,old
"Participant 503","Dan =SUM(1)",dan@x.example,"Submitted for grading",,3.50,Yes,"Monday, 12 January 2026, 6:30 PM",-,
"Participant 509","Zoe Absent",zoe@x.example,"No submission",,3.50,Yes,-,-,
"""


@pytest.fixture
def course(course_root, lesson):
    """ada is right, bob late and scored by a person as well, dan's notebook is broken, zoe handed nothing in."""
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with open_gradebook(course) as gradebook:
        register(course, lesson.name, gradebook)
        gradebook.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", WRONG)
    hand_in(course, "dan").write_text("{")
    grade_class(course, lesson)
    enter_grades(LESSON, course.root)
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("check-double", LESSON, LESSON, "bob")
        grade.manual_score, grade.needs_manual_grade = 0.75, False
        gradebook.find_submission_notebook(LESSON, LESSON, "bob").late_submission_penalty = 0.5
        gradebook.db.commit()
    PEOPLE.save(course)
    return course


def export(course, *arguments) -> int:
    return main(["--course", str(course.root), "export", *map(str, arguments)])


def table(course, name) -> list[dict]:
    return list(csv.DictReader(io.StringIO((course.work / "reports" / name).read_text(encoding="utf-8"))))


def canvas_reads(text: str) -> tuple[dict[str, float], dict[int, dict[str, str]]]:
    """What lib/gradebook_importer.rb finds: points possible by assignment, and the grades by the student's number and assignment."""
    rows = [row for row in csv.reader(io.StringIO(text)) if row and not re.fullmatch(r"[;, ]*", ",".join(row))]
    head = rows.pop(0)
    assert len(head) > 3 and "Student" in head[0] and "ID" in head[1]
    about = 3 + (2 if re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3]) else 0)
    assert "Section" in head[about - 1]
    possible, grades = {}, {}
    for row in rows:
        if "Points Possible" in row[0]:
            possible = {name: float(cell) for name, cell in zip(head[about:], row[about:])}
        elif all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row if cell):
            continue
        else:
            grades[int(row[1])] = dict(zip(head[about:], row[about:]))
    return possible, grades


def test_our_table_has_final_scores_and_everybody(course, capsys):
    assert export(course, LESSON, "--for", "csv", "--by-exercise") == 0
    found = {row["student"]: row for row in table(course, f"{LESSON}.final.csv")}
    assert found["ada"][LESSON] == found["ada"]["total"] == "3.5" and found["ada"]["max_total"] == "3.5"
    assert found["bob"][LESSON] == "1.75" and found["bob"][f"{LESSON} late penalty"] == "0.5"
    assert (found["bob"][f"{LESSON} double"], found["bob"][f"{LESSON} halve"]) == ("0.75", "1.5")
    assert found["dan"][LESSON] == found["zoe"][LESSON] == found["dan"]["total"] == found["zoe"]["total"] == ""
    assert (found["dan"][f"{LESSON} status"], found["zoe"][f"{LESSON} status"]) == ("malformed", "no hand-in")
    said = capsys.readouterr().out
    assert "2 scores" in said and f"{LESSON}: malformed: dan" in said and f"no hand-in for {LESSON}: zoe" in said


def test_without_a_lesson_it_is_the_whole_term(course):
    assert export(course, "--for", "csv") == 0
    assert [row["student"] for row in table(course, "term.final.csv")] == ["ada", "bob", "dan", "zoe"]


def test_canvas_reads_what_the_class_has_and_no_grade_is_taken_away(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    assert export(course, LESSON, "--for", "canvas", "--into", tmp_path / "canvas.csv") == 0
    text = (course.work / "reports" / f"{LESSON}.canvas.csv").read_text(encoding="utf-8")
    possible, grades = canvas_reads(text)
    assert possible == {"01_small (4711)": 3.5}
    assert {student: grade["01_small (4711)"] for student, grade in grades.items()} == {
        1001: "3.5",
        1002: "1.75",
        1003: "2.5",
        1009: "N/A",
        1010: "",
    }
    assert "'=SUM(1), Dan" in text, "no spreadsheet computes a name"


def test_canvas_without_its_file(course):
    assert export(course, LESSON, "--for", "canvas") == 0
    possible, grades = canvas_reads((course.work / "reports" / f"{LESSON}.canvas.csv").read_text())
    assert possible == {LESSON: 3.5} and grades == {1001: {LESSON: "3.5"}, 1002: {LESSON: "1.75"}}


def test_moodles_worksheet_is_filled_in_and_nothing_else_changes(course, tmp_path):
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    assert export(course, LESSON, "--for", "moodle", "--into", tmp_path / "moodle.csv") == 0
    after, before = table(course, f"{LESSON}.moodle.csv"), list(csv.DictReader(io.StringIO(MOODLE)))
    assert [row["Grade"] for row in after] == ["3.5", "1.75", "", ""]
    assert after[1]["Feedback comments"] == "1.75 of 3.5 points; late: -0.5; double: 0.75 of 2; halve: 1.5 of 1.5"
    for old, new in zip(before, after):
        same = set(old) - {"Grade", "Feedback comments"}
        assert {name: old[name] for name in same} == {name: new[name].removeprefix("'") for name in same}


def test_moodles_gradebook_takes_address_number_grade_and_feedback(course):
    assert export(course, LESSON, "--for", "moodle") == 0
    rows = table(course, f"{LESSON}.moodle.csv")
    assert [(row["Email address"], row["ID number"], row[LESSON]) for row in rows] == [
        ("ada@x.example", "s1", "3.5"),
        ("bob@x.example", "s2", "1.75"),
    ]
    assert rows[0][f"{LESSON} (Feedback)"].startswith("3.5 of 3.5 points")


def test_nbgraders_columns(course):
    assert export(course, LESSON, "--for", "nbgrader") == 0
    found = {row["student_id"]: row for row in table(course, f"{LESSON}.nbgrader.csv")}
    assert [found["bob"][name] for name in ("raw_score", "late_submission_penalty", "score", "max_score")] == ["2.25", "0.5", "1.75", "3.5"]
    assert found["dan"]["score"] == "" and found["bob"]["last_name"] == "Müller" and found["bob"]["duedate"] == "2026-11-20 12:00:00"


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda text: text.replace(",3.5,(read", ",10,(read"), "has 10 points at most, the lesson 3.5"),
        (lambda text: text.replace("01_small (4711)", "Numbers (4711)"), "no column for 01_small"),
        (lambda text: text.replace("Section", "Part"), "not the file that Canvas exports"),
        (lambda text: "hello", "needs a first line with headings"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(course, tmp_path, capsys, change, words):
    (tmp_path / "canvas.csv").write_text(change(CANVAS), encoding="utf-8")
    assert export(course, LESSON, "--for", "canvas", "--into", tmp_path / "canvas.csv") == 2
    assert words in capsys.readouterr().err and not (course.work / "reports").exists()


def test_a_column_can_be_named(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS.replace("01_small (4711)", "Numbers (4711)"), encoding="utf-8")
    for column in ("Numbers (4711)", f"{LESSON}=Numbers (4711)"):
        assert export(course, LESSON, "--for", "canvas", "--into", tmp_path / "canvas.csv", "--column", column) == 0


def test_whoever_is_not_in_the_file_is_named(course, tmp_path, capsys):
    (tmp_path / "canvas.csv").write_text("\n".join(line for line in CANVAS.split("\n") if "Ada" not in line), encoding="utf-8")
    assert export(course, LESSON, "--for", "canvas", "--into", tmp_path / "canvas.csv") == 1
    assert "NOT in the file, the file has no line for the student: ada" in capsys.readouterr().out


def test_nothing_is_exported_while_the_gradebook_is_behind(course, lesson, capsys):
    hand_in(course, "bob", ANSWERS)
    assert export(course, LESSON, "--for", "csv") == 3
    assert "bob: " in capsys.readouterr().err
    grade_class(course, lesson)  # judged, not entered
    assert export(course, LESSON, "--for", "csv") == 3
    assert "bob: judged, but the gradebook does not have it" in capsys.readouterr().err
    enter_grades(LESSON, course.root)
    assert export(course, LESSON, "--for", "csv") == 0


def test_nobody_is_not_well(course_root, lesson, capsys):
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    assert export(course, LESSON, "--for", "csv") == 3
    assert export(course, "01_smal", "--for", "csv") == 2
    hand_in(course, "dan").write_text("{")
    grade_class(course, lesson)
    enter_grades(LESSON, course.root)
    assert export(course, LESSON, "--for", "csv") == 3, "no score at all"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--for", "csv", "--into", "x"),
        ("--for", "canvas", "--column", "x"),
        ("--for", "moodle", "--by-exercise"),
        ("--into", "x"),
        ("--for", "csv", "--to", "no/x.csv"),
    ],
)
def test_options_that_do_not_go_together(course, arguments):
    assert export(course, LESSON, *arguments) == 2


# ---- without a course


def one(student, score=1.0):
    return FinalScore(student, "graded", 2.0, raw=score, by_cell={"f": score}, max_by_cell={"f": 2.0})


def test_namesakes_are_not_guessed():
    term = {LESSON: {"k1": one("k1"), "k2": one("k2")}}
    roster = Roster([Person("k1", "Kim Lee"), Person("k2", "Kim Lee", participant="9")])
    worksheet = "Identifier,Full name,Grade\nParticipant 9,Kim Lee,\nParticipant 8,Kim Lee,\n"
    made = into_moodle(term, roster, worksheet, {})
    assert made.scores == 1 and [row["Grade"] for row in csv.DictReader(io.StringIO(made.text))] == ["1", ""]
    assert list(made.misplaced.values()) == [["k1"]]
    one_line = into_moodle(term, roster, worksheet.replace("Participant 8,Kim Lee,\n", ""), {})
    assert one_line.scores == 0 and list(one_line.misplaced.values()) == [["k1", "k2"]], "two students, one line"
    assert list(as_canvas(term, roster).misplaced.values()) == [["k1", "k2"]]


def test_a_worksheet_without_names_is_filled_in_by_the_participants_numbers():
    roster = Roster([Person("k1", "Kim Lee", participant="8")])
    made = into_moodle({LESSON: {"k1": one("k1")}}, roster, "Identifier,Status,Grade\nParticipant 8,Submitted,\n", {})
    assert made.scores == 1


def test_semicolons_stay_and_german_headings_are_known():
    text = 'ID;Vollständiger Name;"E-Mail-Adresse";Bewertung;Bestwertung;Feedback als Kommentar\n"Teilnehmer/in7";Jörg Müller;j@x;;2,00;\n'
    made = into_moodle({LESSON: {"j": one("j", 1.5)}}, Roster([Person("j", "Joerg Mueller")]), text, {})
    assert made.scores == 1 and ";1.5;2,00;" in made.text


def test_formulas_are_text_and_numbers_are_numbers():
    roster = Roster([Person("=1+1", "@cmd", "-x@y")])
    cells = next(csv.reader(io.StringIO(as_csv({LESSON: {"=1+1": one("=1+1")}}, roster).text.split("\n")[1])))
    assert cells[:4] == ["'=1+1", "'@cmd", "'-x@y", "1"]
    assert as_text([["-3", -0.5, "007", "+49 1", "1,5"]]) == '-3,-0.5,007,\'+49 1,"1,5"\n'


def test_canvas_file_of_a_term_and_of_two_columns():
    text = 'Student,ID,SIS Login ID,Section,01_small (1),02_more (2)\n    Points Possible,,,,2,2\n"B, A",5,ab,X,,\n'
    made = into_canvas({LESSON: {"ab": one("ab")}, "02_more": {"ab": one("ab", 2.0)}}, None, text, {})
    assert made.text.split("\n")[2] == '"B, A",5,ab,X,1,2'
