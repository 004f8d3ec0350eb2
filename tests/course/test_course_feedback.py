"""Feedback: everybody has a page, and it says what the gradebook and the judge say, in safe HTML of bounded size."""

import json
import re
import zipfile

import pytest
from judged import ANSWERS, grade_class, hand_in, write_verdict
from nbformat.v4 import new_code_cell, new_markdown_cell
from pages import Elements, page, words

from autograder.__main__ import main
from autograder.course.release import build
from autograder.engine.report import Marked, Sheet
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.feedback_page import LIMIT
from autograder.gradebook.registration import open_gradebook
from autograder.intake.attempts import Attempt, Attempts
from autograder.intake.roster import Person, Roster
from autograder.judge import verdicts

pytestmark = pytest.mark.slow
LESSON = "01_small"
SQUARES = {**ANSWERS, "double": "def double(x):\n    return x * x"}
EVIL = "<img src=x onerror='alert(1)'><script>alert(1)</script>"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def spoil(notebook):
    notebook.cells.insert(1, new_markdown_cell(f"{EVIL} [x](javascript:alert(1)) <p class=score>20 of 20</p>"))
    notebook.cells.insert(1, new_code_cell(f"raise ValueError({EVIL!r})"))


@pytest.fixture
def course(course_root, lesson, monkeypatch):
    """ada is right; bob made a known mistake; eve is hostile, in name and notebook; dan's file is broken; ned's is called otherwise; zoe is absent."""
    monkeypatch.setattr("autograder.gradebook.feedback.lesson_called", lambda name: lesson)
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", SQUARES)
    hand_in(course, "<b>eve", {"double": f"def double(x):\n    raise ValueError({EVIL!r})"}, spoil)
    hand_in(course, "dan").write_text("{")
    hand_in(course, "ned").rename(course.submitted(LESSON, "ned").with_name("01_small (1).ipynb"))
    grade_class(course, lesson)
    enter_grades(LESSON, course.root)
    Roster([Person("ada", "Ada Adams"), Person("zoe", "Zoe <i>Absent")]).save(course)
    return course


def feedback(course, *arguments) -> int:
    return main(["--course", str(course.root), "feedback", LESSON, *map(str, arguments)])


def test_everybody_has_a_page_and_it_says_why(course, capsys):
    assert feedback(course) == 0
    said = capsys.readouterr().out
    assert "6 pages" in said and "3 graded, 2 that could not be graded, 1 without a hand-in" in said and "no hand-in, 1: zoe" in said
    assert "3.5 of 3.5 points" in words(page(course, "ada")) and "Every exercise is right." in words(page(course, "ada"))
    assert "Feedback for Ada Adams (ada)" in words(page(course, "ada"))
    assert "could not be graded" in words(page(course, "dan")) and "How to hand in again" in words(page(course, "dan"))
    assert "what came is 01_small (1).ipynb" in words(page(course, "ned"))
    assert "Nothing was handed in" in words(page(course, "zoe"))
    for student in ("dan", "ned", "zoe"):
        assert "This is no zero" in words(page(course, student)) and "of 3.5" not in words(page(course, student))


def test_an_exercise_has_its_name_points_mistake_and_what_to_do_next(course):
    assert feedback(course) == 0
    html = page(course, "bob")
    top = words(html.split("<h2>Your notebook")[0])
    assert "1.5 of 3.5 points" in top and "double : wrong 0 of 2" in top and "halve : right 1.5 of 1.5" in top
    assert "You multiply x with itself." in top and "we know this mistake" in top
    assert 'href="#check-double"' in html and 'id="check-double"' in html, "the list leads to the panel"
    assert "double: 0 of 2 points" in words(html.split("<h2>Your notebook")[1]), "the panel"
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in html, "a formula that needs no script"


@pytest.mark.parametrize("most, said", [(1.0, "(1 point to gain)"), (1.5, "(1.5 points to gain)")])
def test_one_point_is_one(course, most, said):
    sheet, _ = verdicts.read(course.root, LESSON, "bob")
    sheet.reports["double"].max_points = most
    write_verdict(course, sheet)
    assert feedback(course, "--only", "bob") == 0
    assert said in words(page(course, "bob").split("<h2>Your notebook")[0])


def test_a_plain_fact_is_not_called_a_known_mistake(course, lesson):
    """That it raises each time is seen; what it comes from is not known."""
    sheet, _ = verdicts.read(course.root, LESSON, "bob")
    report = sheet.reports["double"]
    report.mistake, report.diagnosis = "", "It raises ValueError each time."
    write_verdict(course, sheet)
    assert feedback(course, "--only", "bob") == 0
    top = words(page(course, "bob").split("<h2>Your notebook")[0])
    assert "It raises ValueError each time." in top and "read below what it does" in top and "we know this mistake" not in top


def test_the_place_of_a_mistake_without_a_name_is_marked(course, lesson):
    sheet, _ = verdicts.read(course.root, LESSON, "bob")
    report = sheet.reports["double"]
    report.mistake = report.diagnosis = ""
    report.place = Marked("Look at line 2. With a change there, every check passes.", [(2, "    return x * x")])
    write_verdict(course, sheet)
    assert feedback(course, "--only", "bob") == 0
    assert "Look at line 2." in words(page(course, "bob")) and "<pre>  2      return x * x</pre>" in page(course, "bob")


def test_peoples_scores_comments_and_late_penalties_are_there(course):
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("check-double", LESSON, LESSON, "bob")
        grade.manual_score, grade.needs_manual_grade = 0.75, False
        gradebook.find_comment("double", LESSON, LESSON, "bob").manual_comment = f"Nearly.\n{EVIL}"
        gradebook.find_submission_notebook(LESSON, LESSON, "bob").late_submission_penalty = 0.5
        for name, points in (("double", 1), ("halve", 1)):  # read by a person, though no machine can
            gradebook.find_grade(f"check-{name}", LESSON, LESSON, "dan").manual_score = points
        gradebook.db.commit()
    assert feedback(course) == 0
    said = words(page(course, "bob"))
    assert "1.75 of 3.5 points" in said and "2.25 points, less 0.5 for handing in late." in said
    assert "double : partly right 0.75 of 2" in said and "A person changed this score; the judge gave 0." in said
    assert "Your teacher writes: Nearly." in said and "<script>" not in page(course, "bob")
    assert "2 of 3.5 points" in words(page(course, "dan")) and "could not be graded" in words(page(course, "dan"))


def test_who_has_no_grade_by_our_fault_is_told_that_it_costs_nothing(course, capsys):
    write_verdict(
        course,
        Sheet(LESSON, "ada", "error", detail="the sandbox broke", submission=verdicts.read(course.root, LESSON, "ada")[1]["submission"]),
    )
    hand_in(course, "bob", ANSWERS)  # since it was graded
    hand_in(course, "new", ANSWERS)
    assert feedback(course, "--for", "moodle") == 3
    said = capsys.readouterr()
    for student in ("ada", "bob", "new"):
        assert f"no grade, our fault {student}" in said.err
        told = words(page(course, student))
        assert "not your fault and costs you nothing" in told and "sandbox" not in told and "0 of" not in told
    assert not list(course.reports.glob("*.zip"))


def test_nothing_of_a_students_acts(course):
    assert feedback(course) == 0
    for student in ("<b>eve", "zoe"):
        found = Elements(page(course, student)).found
        assert {tag for tag, _ in found}.isdisjoint({"script", "iframe", "i", "link", "object", "svg", "form"})
        for _, attributes in found:
            assert not any(name.startswith("on") for name in attributes)
            assert "src" not in attributes
            assert not attributes.get("href") or attributes["href"].startswith("#")
        assert [attributes for _, attributes in found if attributes.get("class") == "score"] in ([], [{"class": "score"}])
    assert "&lt;script&gt;alert(1)" in page(course, "<b>eve"), "what was tried is shown as text"
    assert "Feedback for &lt;b&gt;eve" in page(course, "<b>eve")


def test_an_autograded_notebook_is_not_believed(course):
    """Panels come from the verdict: one that somebody put into the file is not shown."""
    path = course.autograded(LESSON, "bob")
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": "<p class=score>9 of 9</p>", "image/svg+xml": "<svg/>", "image/png": PNG},
                }
            ]
    path.write_text(json.dumps(notebook))
    assert feedback(course) == 0
    assert "9 of 9" not in page(course, "bob") and "svg" not in page(course, "bob")
    assert f"data:image/png;base64,{PNG}" in page(course, "bob") and "double: 0 of 2 points" in page(course, "bob")


def test_a_page_has_200_kilobytes_at_most_and_says_what_it_left_out(course, lesson):
    def swell(notebook):
        notebook.cells.insert(1, new_markdown_cell("word " * 100_000))
        notebook.cells += [new_code_cell(f"x{i} = {'1' * 9000}") for i in range(60)]
        notebook.cells += [new_markdown_cell(f"{i} $a$" * 1000) for i in range(60)]

    hand_in(course, "max", ANSWERS, swell)
    grade_class(course, lesson, ["max"])
    enter_grades(LESSON, course.root, only=["max"])
    assert feedback(course) == 0
    html = page(course, "max")
    assert len(html.encode()) <= LIMIT
    assert re.search(r"Left out, to keep this page small: \d+ of the other cells that you wrote", words(html))
    assert "halve: 1.5 of 1.5 points" in words(html) and "def double" in words(html), "answers and panels come first"


def test_pages_go_into_a_folder_and_several_processes_write_the_same(course, tmp_path):
    assert feedback(course, "--to", tmp_path / "one", "--jobs", "1") == feedback(course, "--to", tmp_path / "two", "--jobs", "2") == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two and len(one) == 6 and "ada.html" in one


def test_wrong_use_is_a_sentence(course, tmp_path, capsys):
    assert feedback(course, "--only", "nobody") == 2 and "'nobody' neither handed in" in capsys.readouterr().err
    assert feedback(course, "--to", tmp_path / "no" / "where") == 2
    assert main(["--course", str(course.root), "feedback", "99_none"]) == 2 and "no lesson '99_none'" in capsys.readouterr().err


def took_in(course, student, path):
    attempts = Attempts(course, LESSON)
    attempts.by_student[student].append(Attempt("0" * 64, "class.zip", path))
    attempts.folder.mkdir(parents=True, exist_ok=True)
    attempts.save()


@pytest.mark.parametrize(
    "platform, came, name",
    [
        ("moodle", "Ada Adams_501_assignsubmission_file_/01_small.ipynb", "Ada Adams_501_assignsubmission_file_/01_small.html"),
        ("moodle", "G1-Ada Adams_501_assignsubmission_file/work/01_small.ipynb", "G1-Ada Adams_501_assignsubmission_file/01_small.html"),
        ("moodle", "Ada Adams_501_assignsubmission_file_01_small (1).ipynb", "Ada Adams_501_assignsubmission_file_01_small.html"),
        ("canvas", "adamsada_1001_77_01_small-1.ipynb", "adamsada_1001_77_01_small.html"),
        ("canvas", "adamsada_LATE_1001_77_work.zip/01_small.ipynb", "adamsada_LATE_1001_77_01_small.html"),
    ],
)
def test_a_platform_gets_its_own_names_back(course, platform, came, name, capsys):
    took_in(course, "ada", came)
    assert feedback(course, "--for", platform) == 1
    assert "NOT in the ZIP" in capsys.readouterr().out
    with zipfile.ZipFile(course.reports / f"{LESSON}.feedback.{platform}.zip") as archive:
        assert archive.namelist() == [name]
        assert archive.read(name).decode() == page(course, "ada")


def test_a_zip_without_a_page_is_not_made(course, capsys):
    assert feedback(course, "--for", "canvas") == 3
    assert not list(course.reports.glob("*.zip")) and "There is no ZIP" in capsys.readouterr().out
