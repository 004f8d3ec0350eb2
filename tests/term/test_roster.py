"""Rosters from whatever wrote them, and whom a name means."""

import pytest
from classroom import LESSON, OTHER, notebook

from autograder.gradebook.class_report import class_report
from autograder.gradebook.report_page import as_html
from autograder.gradebook.report_text import as_text
from autograder.intake.against_roster import against_roster
from autograder.intake.platforms import parse_time, read_path, stem_of
from autograder.intake.roster import Person, Roster, RosterError, load_roster, read_roster

JANE = {"name": "Jane Doe", "email": "jane@x.example"}


def read(tmp_path, text, encoding="utf-8", before=None):
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path, before)


def seen(person):
    return {name: value for name, value in vars(person).items() if value}


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("id,name,email,number\njd,Jane Doe,jane@x.example,7\n", {"id": "jd", **JANE, "number": "7"}),
        ("number;email;name;id\r\n7;jane@x.example;Jane Doe;jd\r\n", {"id": "jd", **JANE, "number": "7"}),
        ("name\temail\tid\nJane Doe\tjane@x.example\tjd\n", {"id": "jd", **JANE}),
        ("\n\nID,Name\njd,Jane Doe\n", {"id": "jd", "name": "Jane Doe"}),
        (  # Canvas, Grades, Export
            'Student,ID,SIS User ID,SIS Login ID,Section,01 Derivative (4711)\n    Points Possible,,,,,20\n"Doe, Jane",12,s7,jd,A,\n',
            {"id": "jd", "name": "Jane Doe", "lms_id": "12", "number": "s7", "login": "jd", "section": "A"},
        ),
        (
            'Student,ID,SIS Login ID,Section\n"Doe, Jane",12,jd,A\n',
            {"id": "jd", "name": "Jane Doe", "lms_id": "12", "login": "jd", "section": "A"},
        ),
        (  # Canvas with the names apart
            "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nDoe,Jane,12,s7,jd,A\n",
            {"id": "jd", "name": "Jane Doe", "lms_id": "12", "number": "s7", "login": "jd", "section": "A"},
        ),
        (  # Moodle, the grading worksheet
            'Identifier,"Full name","Email address",Status,Grade\n"Participant 77","Jane Doe",jane@x.example,-,\n',
            {"id": "jane@x.example", **JANE, "participant": "77"},
        ),
        (  # the same in German
            'ID;"Vollständiger Name";E-Mail-Adresse;Status;Bewertung\nTeilnehmer/in77;Jane Doe;jane@x.example;-;\n',
            {"id": "jane@x.example", **JANE, "participant": "77"},
        ),
        ("First name,Last name,ID number,Email address\nJane,Doe,7,jane@x.example\n", {"id": "7", **JANE, "number": "7"}),
        ("Vorname;Name;Matrikelnummer;E-Mail\nJane;Doe;7;jane@x.example\n", {"id": "7", **JANE, "number": "7"}),
        ("id,first_name,last_name,email,lms_user_id\njd,Jane,Doe,jane@x.example,12\n", {"id": "jd", **JANE, "lms_id": "12"}),  # nbgrader
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_heading_that_a_platform_writes(tmp_path, text, wanted, encoding):
    [person] = read(tmp_path, text, encoding).people
    assert seen(person) == wanted


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "headings"),
        ("a,b\n1,2\n", "headings such as id, name, email, number; found a, b"),
        ("id,name\n", "it names nobody"),
        ("id,name\n../x,Jane\n", "line 2: '../x' cannot name a folder"),
        ("id,name\n.x,Jane\n", "cannot name a folder"),
        ("id,name\njd,Jane\nJD,John\n", "'jd' is the id of several people"),
        ("name\nKim Lee\nKim Lee\n", "give each an id of their own"),
        ('id,name\njd,"Jane\n' + "x" * 200_000, "this is no table"),
    ],
)
def test_what_is_no_roster_is_said(tmp_path, text, words):
    with pytest.raises(RosterError, match=words.replace("(", r"\(").replace(".", r"\.")):
        read(tmp_path, text)


def test_ids_stay_when_another_table_of_the_class_comes(tmp_path):
    before = Roster([Person("jd", "Jane Doe", "jane@x.example")])
    worksheet = 'Identifier,"Full name","Email address"\nParticipant 9,Jane Doe,jane@x.example\nParticipant 8,New One,new@x.example\n'
    assert [person.id for person in read(tmp_path, worksheet, before=before).people] == ["jd", "new@x.example"]


def test_what_another_table_has_no_column_for_is_kept(tmp_path):
    """Beside Moodle and Canvas at once: each names people by what the other does not have."""
    before = Roster([Person("jd", "Jane Doe", "jane@x.example", "s7", participant="77"), Person("zq", "Zoe Q", "zoe@x.example", "s8")])
    canvas = 'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",12,s7,jd1,A\n'
    [person] = read(tmp_path, canvas, before=before).people
    assert seen(person) == {"id": "jd", **JANE, "number": "s7", "login": "jd1", "lms_id": "12", "section": "A"}
    [person] = read(tmp_path, "id,name,email\njd,Jane Doe,\n", before=before).people
    assert seen(person) == {"id": "jd", "name": "Jane Doe", "number": "s7"}, "a cell that is empty is meant so"


def test_a_roster_is_kept_as_it_is(course):
    roster = Roster([Person("jd", "=Jane\\Doe; Jörg", "j@x", "7", "l", "12", "9", "A")])
    roster.save(course)
    assert load_roster(course).people == roster.people
    course.roster.write_text("[1]")
    with pytest.raises(RosterError, match="give the class again"):
        load_roster(course)


@pytest.mark.parametrize(
    "name",
    ["Jörg Müller", "MÜLLER, Jörg", "Mueller Joerg", "muller jorg", "müllerjörg", "Jo\u0308rg_Mu\u0308ller", "jm@x.example", "jm", "124"],
)
def test_one_person_in_many_spellings(name):
    person = Person("j1", "Jörg Müller", "jm@x.example", "124")
    assert Roster([person, Person("x", "Jane Doe")]).find(name) == {person}


def test_exact_spelling_comes_before_loose_spelling():
    first, second = Person("a", "Jorg Muller"), Person("b", "Jörg Müller")
    roster = Roster([first, second])
    assert roster.find("Jörg Müller") == {second} and roster.find("Jorg Muller") == {first}
    assert roster.find("") == roster.find("- _ .") == set()


@pytest.mark.parametrize(
    "name, stem, copy",
    [
        ("a.ipynb", "a", 0),
        ("a (2).ipynb", "a", 2),
        ("a-1.ipynb", "a", 1),
        ("a-Copy1.ipynb", "a", -1),
        ("a - Kopie (3).ipynb", "a", -1),
        ("Copy of a.ipynb", "a", 0),
        ("Kopie von a.ipynb.txt", "a", 0),
        ("Copy of Copy of a (1).ipynb", "a", 1),
        ("(1).ipynb", "(1)", 0),
        (".ipynb", ".ipynb", 0),
    ],
)
def test_marks_of_a_copy(name, stem, copy):
    assert stem_of(name) == (stem, copy)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("2026-01-12 18:30:00.5 UTC", "2026-01-12 18:30:00.500000+00:00"),
        ("2026-01-12 18:30", "2026-01-12 18:30:00+00:00"),
        ("2026-07-12 18:30:00 Europe/Berlin", "2026-07-12 16:30:00+00:00"),
        ("2026-01-12T18:30:00+01:00", "2026-01-12 17:30:00+00:00"),
        ("2016-01-30-20-30-10", "2016-01-30 20:30:10+00:00"),
        ("12.01.2026 18:30", "None"),
        ("2026-13-12 18:30", "None"),
        ("2026-01-12 18:30 Nowhere/City", "None"),
        ("2026-01-12 18:30 ../../etc/passwd", "None"),
    ],
)
def test_times(text, wanted):
    assert str(parse_time(text)) == wanted


def test_a_clue_never_takes_a_lesson_for_a_student():
    assert read_path((OTHER, LESSON, f"{LESSON}.ipynb"), [LESSON, OTHER]).names == []


def hand_in(course, student):
    path = course.submitted(LESSON, student)
    path.parent.mkdir(parents=True)
    path.write_bytes(notebook())


def test_the_class_is_held_against_its_roster(course):
    for student in ("jd", "Jane Do", "Zoe Q", "JD"):
        hand_in(course, student)
    assert [one.path for one in against_roster(course, LESSON)] == ["jd"], "without a roster folders are compared with each other"
    Roster([Person("jd", "Jane Doe"), Person("zq", "Zoe Q"), Person("no", "Never There")]).save(course)
    told = {one.path: (one.why, one.waits) for one in against_roster(course, LESSON)}
    assert "rename the folder to zq" in told["Zoe Q"][0] and "add the student" in told["Jane Do"][0]
    assert told["Never There (no)"] == (f"no hand-in for {LESSON} in work/submitted", False)
    assert told["Zoe Q (zq)"][1] is False and "JD" in told
    report = class_report(LESSON, course.root)
    assert (
        "missing, 2 of the roster: " in as_text(report) and "Never There (no)" in as_text(report) and "Never There (no)" in as_html(report)
    )
