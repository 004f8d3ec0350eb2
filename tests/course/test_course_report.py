"""The class report and the export: our errors on top, everything escaped, no wrong zero."""

import pytest
from judged import ANSWERS, fake_grade, grade_class, hand_in, write_verdict

from autograder.course.release import build
from autograder.engine.report import Status
from autograder.files.course import Course
from autograder.gradebook.class_report import class_report, write_report
from autograder.gradebook.export import ExportRefused, export_grades
from autograder.gradebook.grades import standing_errors

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    hand_in(course, "ada", ANSWERS)
    for student in ("bob", "eve"):
        hand_in(course, student, {"double": "def double(x):\n    return x * x"})
    hand_in(course, "cyd")
    hand_in(course, "dan").write_text("{")
    grade_class(course, lesson)
    return course


def test_the_numbers_of_a_class(course):
    report = class_report("01_small", course.root)
    double, halve = report.lines
    assert (double.attempts, double.right, double.points) == (3, 1, 2.0)
    assert double.mistakes == [(2, "squares", "You multiply x with itself.")]
    assert (halve.attempts, halve.right) == (1, 1)
    assert list(report.odd) == ["dan"] and not report.errors


def test_text_and_page_say_the_same(course):
    text, page = write_report("01_small", course.root)
    html = page.read_text()
    for both in (text, html):
        assert "You multiply x with itself." in both and "ada" in both
    assert "2 × squares" in text
    assert text.index("no grade") < text.index("double")
    # dan's notebook could not be graded: he has no points, and that is no zero
    assert text.startswith("01_small: 4 graded") and "<p>4 graded.</p>" in html
    assert next(line for line in text.splitlines() if line.startswith("dan")).split() == ["dan", "–", "malformed"]
    assert "<td>dan</td><td>–</td><td>malformed</td>" in html


def test_our_errors_stand_on_top_and_stop_the_export(course, lesson):
    sheet = fake_grade(course, lesson, "ada")
    sheet.reports["halve"].status = Status.ERROR
    write_verdict(course, sheet)
    text, page = write_report("01_small", course.root)
    assert text.splitlines()[1].startswith("! no grade, our fault   ada")
    html = page.read_text()
    assert html.index("through an error of ours") < html.index("<h2>Exercises")
    assert list(standing_errors(course, "01_small")) == ["ada"]
    with pytest.raises(ExportRefused, match="ada: the judge itself failed on ada in halve"):
        export_grades("01_small", course.root)
    assert not (course.work / "reports" / "01_small.csv").exists()


def test_who_was_not_graded_stops_the_export(course):
    hand_in(course, "new", ANSWERS)
    with pytest.raises(ExportRefused, match="new: not graded yet"):
        export_grades("01_small", course.root)


def test_the_export(course):
    path = export_grades("01_small", course.root)
    assert path.read_text().splitlines() == [
        "student,status,points,max_points,double,halve",
        "ada,graded,3.5,3.5,2,1.5",
        "bob,graded,0,3.5,0,0",
        "cyd,graded,0,3.5,0,0",
        "dan,malformed,,0,,",
        "eve,graded,0,3.5,0,0",
    ]


def test_no_name_and_no_message_gets_out_of_its_place(course, lesson):
    hand_in(course, "=1+1 <b>", ANSWERS)
    sheet = fake_grade(course, lesson, "=1+1 <b>")
    sheet.reports["double"].status, sheet.reports["double"].mistake, sheet.reports["double"].diagnosis = (
        Status.WRONG,
        EVIL,
        "\x1b[2J" + EVIL,
    )
    write_verdict(course, sheet)
    text, page = write_report("01_small", course.root)
    assert EVIL not in page.read_text() and "<b>" not in page.read_text().replace("<b>0", "").replace("<b>3.5", "").replace(
        "<b>squares", ""
    ).replace("<b>&lt;", "")
    assert "\x1b" not in text
    assert "\n'=1+1 <b>,graded" in export_grades("01_small", course.root).read_text()


def test_what_nobody_grades_is_in_text_and_page(course):
    """A notebook at the wrong depth, and a hidden folder under a name that would be markup."""
    (course.hand_ins / "fay").mkdir()
    (course.hand_ins / "fay" / "01_small.ipynb").write_text("{}")
    (course.hand_ins / ".<b>gil").mkdir()
    text, page = write_report("01_small", course.root)
    html = page.read_text()
    assert "not graded" in text and "fay" in text and "gil is hidden" in text
    assert "fay" in html and "&lt;b&gt;gil is hidden" in html and "<b>gil" not in html
