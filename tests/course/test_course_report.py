"""The class report and the export: our errors on top, who did what, everything escaped, no wrong zero."""

import csv
import datetime
import io
import json
import re
from xml.dom import minidom

import pytest
from judged import ANSWERS, fake_grade, grade_class, hand_in, write_verdict

from autograder.course.release import build
from autograder.engine.report import Marked, Status
from autograder.files.course import Course
from autograder.gradebook import plots, term_report
from autograder.gradebook.class_report import class_report
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.export import ExportRefused, export_grades
from autograder.gradebook.grades import standing_errors
from autograder.gradebook.registration import open_gradebook
from autograder.gradebook.reports import write_report
from autograder.intake.roster import Person, Roster

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    hand_in(course, "ada", ANSWERS)
    for student in ("bob", "eve"):
        hand_in(course, student, {"double": f"def double(x):\n    return x * x  # {student}"})
    hand_in(course, "cyd")
    hand_in(course, "dan").write_text("{")
    grade_class(course, lesson)
    return course


def written(course):
    """The report's text, page and table."""
    made = write_report("01_small", course.root)
    page, table = made.files
    return made.text, page.read_text(), list(csv.DictReader(io.StringIO(table.read_text(), newline="")))


def test_the_numbers_of_a_class(course):
    report = class_report("01_small", course.root)
    double, halve = report.lines
    assert (double.attempts, double.right, double.points) == (3, 1, 2.0)
    [squares] = double.mistakes
    assert (squares.name, squares.message, squares.students) == ("squares", "You multiply x with itself.", ["bob", "eve"])
    assert (halve.attempts, halve.right) == (1, 1)
    assert list(report.odd) == ["dan"] and not report.errors


def test_text_page_and_table_say_the_same(course):
    text, html, table = written(course)
    for both in (text, html):
        assert "You multiply x with itself." in both and "ada" in both
    assert "2 × squares: You multiply x with itself. (bob; eve)" in text
    assert text.index("no grade") < text.index("double")
    # dan's notebook could not be graded: he has no points, and that is no zero
    assert text.startswith("01_small: 4 graded")
    assert next(line for line in text.splitlines() if line.startswith("dan")).split() == ["dan", "–", "malformed"]
    assert "dan</th><td>– <small>malformed</small></td>" in html
    assert {row["student"] for row in table if row["mistake"] == "squares"} == {"bob", "eve"}
    assert [row["points"] for row in table if row["student"] == "dan"] == [""]
    assert len(table) == 4 * 2 + 1, "a line for each exercise of each who was graded, and one for dan"


def test_our_errors_stand_on_top_and_stop_the_export(course, lesson):
    sheet = fake_grade(course, lesson, "ada")
    sheet.reports["halve"].status = Status.ERROR
    write_verdict(course, sheet)
    assert write_report("01_small", course.root).errors
    text, html, table = written(course)
    assert text.splitlines()[1].startswith("! no grade yet, not their fault   ada")
    first = re.search(r"<h2[^>]*>", html)
    assert "id='ours'" in first[0] and "the judge itself failed on ada in halve" in html
    assert next(row for row in table if row["student"] == "ada")["status"] == "no grade yet"
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
    double = sheet.reports["double"]
    double.status, double.mistake, double.diagnosis = Status.WRONG, EVIL, "\x1b[2J" + EVIL
    sheet.reports["halve"].status, sheet.reports["halve"].place = Status.WRONG, Marked("there", [(3, EVIL)])
    write_verdict(course, sheet)
    text, html, table = written(course)
    assert EVIL not in html and "&lt;b&gt;" in html and html.count("=1+1 <b>") == 0
    assert "\x1b" not in text and "'=1+1 <b>" in {row["student"] for row in table}
    assert "\n'=1+1 <b>,graded" in export_grades("01_small", course.root).read_text()
    assert not re.search(r"<script|<link|src=|url\(", html), "it loads and runs nothing"


def test_what_nobody_grades_is_in_text_and_page(course):
    """A notebook at the wrong depth, and a hidden folder under a name that would be markup."""
    (course.hand_ins / "fay").mkdir()
    (course.hand_ins / "fay" / "01_small.ipynb").write_text("{}")
    (course.hand_ins / ".<b>gil").mkdir()
    text, html, _ = written(course)
    assert "not graded" in text and "fay" in text and "gil is hidden" in text
    assert "fay" in html and "&lt;b&gt;gil is hidden" in html and "<b>gil" not in html


def test_what_the_judge_ended_and_the_lines_of_mistakes_without_a_name(course, lesson):
    sheet = fake_grade(course, lesson, "bob")
    sheet.reports["double"].status, sheet.reports["double"].mistake, sheet.reports["double"].detail = Status.TIMEOUT, "", "It used 2 s."
    sheet.reports["halve"].status, sheet.reports["halve"].place = Status.WRONG, Marked("there", [(2, "    return x // 2")])
    write_verdict(course, sheet)
    text, html, table = written(course)
    assert "! ended by the judge   bob: double: timeout" in text and "bob    halve, line 2:     return x // 2" not in text
    assert "halve, line 2:     return x // 2" in text
    assert html.index("id='ended'") < html.index("id='points'") and "It used 2 s." in html
    assert "<code>line 2: return x // 2</code>" in html and "would make every check pass" in html
    rows = {row["exercise"]: row for row in table if row["student"] == "bob"}
    assert rows["double"]["outcome"] == "timeout" and rows["halve"]["lines"] == "2: return x // 2"


def test_who_was_late_by_the_gradebook_and_by_the_platform(course):
    enter_grades("01_small", course.root)
    with open_gradebook(course) as gradebook:
        gradebook.find_assignment("01_small").duedate = datetime.datetime(2026, 11, 20, 8, 30)
        gradebook.db.commit()
    course.taken_in("01_small").mkdir(parents=True)
    report = class_report("01_small", course.root)
    assert {student: line.late for student, line in report.students.items()}["ada"] == "1 h 30 min"
    (course.work / "gradebook.db").unlink()
    sha = "0" * 64
    mine = {"sha": sha, "source": "a.zip", "path": "x", "late": True}
    (course.taken_in("01_small") / "attempts.json").write_text(json.dumps({"bob": [mine], "ada": [mine]}))
    assert not any(line.late for line in class_report("01_small", course.root).students.values()), "it speaks of another file"
    import hashlib

    mine["sha"] = hashlib.sha256(course.submitted("01_small", "bob").read_bytes()).hexdigest()
    (course.taken_in("01_small") / "attempts.json").write_text(json.dumps({"bob": [mine]}))
    text, html, _ = written(course)
    assert "late, 1: bob" in text and "late by an unknown time" in html


def test_names_of_the_roster_and_who_is_missing(course):
    Roster([Person("ada", "Ada Byron"), Person("bob", "Bob Ross"), Person("zoe", "Zoe Q")]).save(course)
    text, html, table = written(course)
    assert "missing, 1 of the roster: Zoe Q (zoe)" in text and "(Bob Ross (bob); eve)" in text
    assert "Ada Byron <span class='quiet'>ada</span>" in html and "id='missing'" in html
    assert [row["status"] for row in table if row["student"] == "Zoe Q (zoe)"] == ["missing"]


def test_plots_are_pictures_with_words(course):
    _, html, _ = written(course)
    pictures = re.findall(r"<svg.*?</svg>", html, re.S)
    assert len(pictures) == 3, "a distribution, and a bar for each exercise"
    for one in pictures:
        minidom.parseString(one.replace("&nbsp;", " "))
        assert 'role="img"' in one and "<desc>" in one or 'aria-hidden="true"' in one
    assert "0 to 0.2 points: 3" in pictures[0] and "3.4 to 3.5 points: 1" in pictures[0]


@pytest.mark.parametrize(
    "points, most, wanted",
    [
        ([0, 20, 19.9, 10], 20, {(0, 1): 1, (19, 20): 2, (10, 11): 1}),
        ([2.5], 2.5, {(2.4, 2.5): 1}),
        ([30, -1], 25, {(24, 25): 1, (0, 2): 1}),
        ([], 10, {}),
        ([1], 0, {}),
    ],
)
def test_bins_hold_everybody_once(points, most, wanted):
    found = {(round(low, 6), round(high, 6)): many for low, high, many in plots.bins(points, most) if many}
    assert found == wanted and len(plots.bins(points, most)) <= 20


def test_the_term(course, lesson, monkeypatch):
    Roster([Person("ada", "Ada Byron"), Person("zoe", "Zoe Q")]).save(course)
    monkeypatch.setattr(term_report, "lessons", lambda: {"01_small": lesson, "02_other": lesson})
    report = term_report.term_report(course.root)
    assert [one.lesson for one in report.lessons] == ["01_small"], "nobody handed in the other"
    head, *rows = term_report.as_table(report)
    cells = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert cells["ada"]["total"] == 3.5 and cells["zoe"]["total"] == "" and cells["zoe"]["01_small status"] == "no hand-in"
    assert cells["dan"]["01_small"] == "" and cells["dan"]["01_small status"] == "malformed"
    html, text = term_report.as_html(report), term_report.as_text(report)
    assert "missing    1" in text and "href='01_small.html'" in html and "Ada Byron" in html
