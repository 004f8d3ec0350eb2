"""Hand-ins from platforms' archives: each file in its place, kept, or listed; nobody guessed, nothing lost."""

import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
import seeds
from classroom import LESSON, OTHER, empty_course, notebook, utc, zipped
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from autograder.__main__ import main
from autograder.files.course import Course
from autograder.intake import archive, bounds
from autograder.intake.archive import NotAnArchive
from autograder.intake.attempts import Attempts
from autograder.intake.roster import Person, Roster
from autograder.intake.take_in import take_in

pytestmark = pytest.mark.slow

JANE = Person("jdoe", "Jane Doe", "jane.doe@uni.example", "s123", "jdoe", "12345", "2345602")
JOERG = Person("jmueller", "Jörg Müller", "joerg@uni.example", "s124", "jm7", "12346", "2345603")
TWINS = (Person("lee1", "Kim Lee", "k1@uni.example", "s125", "", "12347", "2345604"), Person("lee2", "Kim Lee", "k2@uni.example"))
CLASS = Roster([JANE, JOERG, *TWINS])
MOODLE = "Jane Doe_2345602_assignsubmission_file_"


def handed_in(course, student, lesson=LESSON):
    path = course.submitted(lesson, student)
    return path.read_bytes() if path.exists() else None


def why(result):
    return {one.path: one.why for one in result.listed}


@pytest.mark.parametrize(
    "name",
    [
        f"{MOODLE}/{LESSON}.ipynb",
        f"{MOODLE}{LESSON}.ipynb",
        f"{MOODLE}/deeper/{LESSON}.ipynb",
        f"Group B-{MOODLE}/{LESSON}.ipynb",
        f"doejane_12345_678901_{LESSON}.ipynb",
        f"doejane_LATE_12345_678901_{LESSON}-1.ipynb",
        f"married_12345_678901_{LESSON}.ipynb",
        f"Jane Doe - {LESSON}.ipynb",
        f"Jane Doe - Copy of {LESSON}.ipynb",
        f"Copy of {LESSON} - Jane Doe.ipynb",
        f"Doe, Jane/{LESSON}.ipynb",
        f"jdoe+{LESSON}+2026-01-12 18:30:00.123456 UTC+abcDEF/{LESSON}.ipynb",
        f"jdoe/{LESSON}/{LESSON}.ipynb",
        f"submissions/jdoe/{LESSON}.ipynb",
        f"{LESSON}/jdoe/{LESSON}.ipynb",
        f"{LESSON}/jdoe.ipynb",
        "jdoe.ipynb",
        "s123.ipynb",
        "jane.doe@uni.example.ipynb",
        "jane.doe.ipynb",
        f"jdoe_{LESSON}.ipynb",
        f"{LESSON}_jdoe.ipynb",
        "jdoe/my derivative.ipynb",
        "jdoe/Lesson 1/work.ipynb",
        f"jdoe/{LESSON}.ipynb.txt",
        f"ps1_jdoe_attempt_2016-01-30-20-30-10_{LESSON}.ipynb",
    ],
)
def test_whoever_a_platform_names_gets_the_notebook(course, tmp_path, name):
    result = take_in(course, LESSON, zipped([(name, notebook())], tmp_path / "a.zip"), CLASS)
    assert result.placed == ["jdoe"] and not result.listed
    assert handed_in(course, "jdoe") == notebook()


@pytest.mark.parametrize(
    "name",
    [
        f"Joerg Mueller_9_assignsubmission_file_/{LESSON}.ipynb",
        "mullerjorg_9_9_x.ipynb",
        "müllerjörg_12346_9_x.ipynb",
        "Jo\u0308rg Mu\u0308ller/a.ipynb",
    ],
)
def test_umlauts_however_they_are_written(course, tmp_path, name):
    assert take_in(course, LESSON, zipped([(name, notebook())], tmp_path / "a.zip"), CLASS).placed == ["jmueller"]


def test_names_without_the_utf8_flag(course, tmp_path):
    """macOS writes UTF-8 without saying so, Windows the code page of DOS."""
    for day, encoding in enumerate(("utf-8", "cp437"), 1):
        name = f"Jörg Müller_2345603_assignsubmission_file_/{LESSON}.ipynb"
        stand_in = "".join(c if c.isascii() else "#" * len(c.encode(encoding)) for c in name)
        data = zipped([(stand_in, notebook(said=encoding), (2026, 1, day, 0, 0, 0))]).replace(stand_in.encode(), name.encode(encoding))
        (tmp_path / "a.zip").write_bytes(data)
        assert take_in(course, LESSON, tmp_path / "a.zip", CLASS).listed == []
        assert handed_in(course, "jmueller") == notebook(said=encoding)


def test_namesakes_are_told_apart_by_number_or_listed(course, tmp_path):
    files = [("Kim Lee_2345604_assignsubmission_file_/a.ipynb", notebook()), ("Kim Lee/b.ipynb", notebook(said="b"))]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert result.placed == ["lee1"]
    assert "Kim Lee (lee1) or Kim Lee (lee2)" in why(result)["Kim Lee/b.ipynb"]


def test_a_participants_number_alone_is_believed_of_nobody_with_another_name(course, tmp_path):
    """Moodle numbers participants anew in each assignment: yesterday's worksheet must not give Jane's work to Jörg."""
    files = [(f"Jörg Müller_2345602_assignsubmission_file_/{LESSON}.ipynb", notebook())]
    assert take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS).placed == ["jmueller"]


def test_two_students_in_one_path_are_none(course, tmp_path):
    result = take_in(course, LESSON, zipped([("jdoe/jmueller.ipynb", notebook())], tmp_path / "a.zip"), CLASS)
    assert not result.placed and "Jane Doe (jdoe) or Jörg Müller (jmueller)" in why(result)["jdoe/jmueller.ipynb"]


def test_what_is_not_understood_is_listed_with_what_to_do(course, tmp_path):
    files = [
        (f"Jane Do_1_assignsubmission_file_/{LESSON}.ipynb", notebook()),
        (f"LATE_anon_ab12_99_{LESSON}.ipynb", notebook()),
        (f"{LESSON}.ipynb", notebook()),
        (f"jdoe/{LESSON}.ipynb", notebook(OTHER)),
        ("jmueller/mine.ipynb", b'{"cells": [], "nbformat": 4}'),
        ("lee1/answer.pdf", b"%PDF"),
        ("__MACOSX/._x.ipynb", b"junk"),
    ]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    told = why(result)
    assert result.placed == [] and set(told) == {name for name, _ in files}
    assert "is it Jane Doe (jdoe)?" in told[files[0][0]]
    assert "anonymous grading" in told[files[1][0]]
    assert "nothing in its path says whose it is" in told[files[2][0]]
    assert OTHER in told[files[3][0]]
    assert f"call it {LESSON}.ipynb" in told[files[4][0]]
    assert {one.path for one in result.listed if not one.waits} == {"__MACOSX/._x.ipynb"}


def test_a_folder_of_all_lessons_waits_for_nobody(course, tmp_path):
    files = [(f"jdoe/{lesson}/{lesson}.ipynb", notebook(lesson)) for lesson in (LESSON, OTHER)]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert result.placed == ["jdoe"] and [one.path for one in result.listed] == [files[1][0]] and not result.waiting
    mistaken = [(f"jdoe/{LESSON}/{LESSON}.ipynb", notebook(OTHER)), (f"{MOODLE}/{OTHER}.ipynb", notebook(OTHER))]
    assert len(take_in(course, LESSON, zipped(mistaken, tmp_path / "b.zip"), CLASS).waiting) == 2


def test_the_newest_attempt_before_the_deadline_counts_and_the_others_stay(course, tmp_path):
    def attempt(time, said):
        return f"jdoe+{LESSON}+{time} UTC/{LESSON}.ipynb", notebook(said=said)

    files = [attempt("2026-01-10 09:00:00", "first"), attempt("2026-01-12 17:00:00", "second"), attempt("2026-01-13 08:00:00", "late")]
    take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS, lambda student: utc("2026-01-12T18:00:00"))
    assert handed_in(course, "jdoe") == notebook(said="second")
    assert (course.submitted(LESSON, "jdoe").parent / "timestamp.txt").read_text() == "2026-01-12 17:00:00.000000 UTC"
    kept = {path.read_bytes() for path in (course.taken_in(LESSON) / "jdoe").iterdir()}
    assert kept == {notebook(said=word) for word in ("first", "second", "late")}
    result = take_in(course, LESSON, tmp_path / "a.zip", CLASS)  # without a deadline the newest counts
    assert result.placed == ["jdoe"] and handed_in(course, "jdoe") == notebook(said="late")


def test_canvas_attempts_are_ordered_by_their_numbers_and_late_is_said(course, tmp_path):
    first = zipped([(f"doejane_12345_1000_{LESSON}.ipynb", notebook(said="first"))], tmp_path / "one.zip")
    second = zipped(
        [(f"doejane_LATE_12345_2000_{LESSON}-1.ipynb", notebook(said="second"))], tmp_path / "two.zip", date=(2020, 1, 1, 0, 0, 0)
    )
    take_in(course, LESSON, second, CLASS)
    result = take_in(course, LESSON, first, CLASS)
    assert handed_in(course, "jdoe") == notebook(said="first"), "the one that is not late counts"
    assert not (course.submitted(LESSON, "jdoe").parent / "timestamp.txt").exists(), "Canvas does not say when"
    third = zipped([(f"doejane_12345_1500_{LESSON}.ipynb", notebook(said="third"))], tmp_path / "three.zip")
    result = take_in(course, LESSON, third, CLASS)
    assert handed_in(course, "jdoe") == notebook(said="third") and "2 other attempts kept" in result.notes["jdoe"][0]


def test_late_without_a_time_is_told_and_not_dated(course, tmp_path):
    result = take_in(course, LESSON, zipped([(f"doejane_LATE_12345_1_{LESSON}.ipynb", notebook())], tmp_path / "a.zip"), CLASS)
    assert "late, says the platform" in result.notes["jdoe"][0]


def test_taking_in_twice_changes_nothing(course, tmp_path):
    source = zipped(
        [(f"{MOODLE}/{LESSON}.ipynb", notebook()), ("jmueller.ipynb", notebook()), ("who.ipynb", notebook())], tmp_path / "a.zip"
    )
    take_in(course, LESSON, source, CLASS)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in course.work.rglob("*.ipynb")}
    state = (course.taken_in(LESSON) / "attempts.json").read_bytes()
    result = take_in(course, LESSON, source, CLASS)
    assert result.placed == [] and result.unchanged == ["jdoe", "jmueller"]
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in course.work.rglob("*.ipynb")} == before
    assert (course.taken_in(LESSON) / "attempts.json").read_bytes() == state


def test_what_somebody_else_put_there_is_kept_before_it_is_replaced(course, tmp_path):
    path = course.submitted(LESSON, "jdoe")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"by hand")
    (path.parent / "timestamp.txt").write_text("2026-01-12 18:30:00 UTC")
    result = take_in(course, LESSON, zipped([(f"doejane_12345_1_{LESSON}.ipynb", notebook())], tmp_path / "a.zip"), CLASS)
    assert result.placed == [] and handed_in(course, "jdoe") == b"by hand", "what has a time is newer than what has none"
    later = zipped([(f"jdoe+{LESSON}+2026-01-13 18:30:00 UTC/{LESSON}.ipynb", notebook(said="new"))], tmp_path / "b.zip")
    take_in(course, LESSON, later, CLASS)
    assert handed_in(course, "jdoe") == notebook(said="new")
    assert b"by hand" in {kept.read_bytes() for kept in (course.taken_in(LESSON) / "jdoe").iterdir()}


def test_the_lessons_name_decides_within_one_submission(course, tmp_path):
    files = [("jdoe/scratch.ipynb", notebook(said="scratch"), (2026, 1, 13, 0, 0, 0)), (f"jdoe/{LESSON}.ipynb", notebook(said="real"))]
    take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert handed_in(course, "jdoe") == notebook(said="real")


def test_of_a_browsers_downloads_the_last_counts_and_a_kept_copy_does_not(course, tmp_path):
    files = [(f"jdoe/{LESSON}{mark}.ipynb", notebook(said=mark)) for mark in ("", " (1)", " (2)", "-Copy1")]
    take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert handed_in(course, "jdoe") == notebook(said=" (2)")


def test_a_notebook_that_comes_back_after_another_one_counts_again(course, tmp_path):
    for day, said in ((1, "old"), (2, "new"), (3, "old")):
        take_in(course, LESSON, zipped([("jdoe.ipynb", notebook(said=said), (2026, 1, day, 0, 0, 0))], tmp_path / f"{day}.zip"), CLASS)
        assert handed_in(course, "jdoe") == notebook(said=said)


def test_a_files_date_makes_nobody_late(course, tmp_path):
    """The dates in Canvas's and Moodle's archives may be those of the download, long after the deadline."""
    for day, said in ((1, "first"), (20, "second")):
        source = zipped([(f"{MOODLE}/{LESSON}.ipynb", notebook(said=said), (2026, 1, day, 0, 0, 0))], tmp_path / f"{day}.zip")
        result = take_in(course, LESSON, source, CLASS, lambda student: utc("2026-01-12T18:00:00"))
        assert handed_in(course, "jdoe") == notebook(said=said) and "late" not in str(result.notes)


def test_two_that_nothing_tells_apart_are_listed_and_kept(course, tmp_path):
    files = [(f"jdoe/{name}.ipynb", notebook(said=name)) for name in ("a", "b")]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert result.placed == [] and handed_in(course, "jdoe") is None
    assert "nothing says which counts" in why(result)["jdoe"]
    assert len(list((course.taken_in(LESSON) / "jdoe").iterdir())) == 2


def test_a_broken_notebook_is_taken_in_and_a_readable_one_is_preferred(course, tmp_path):
    result = take_in(course, LESSON, zipped([(f"jdoe/{LESSON}.ipynb", b"{")], tmp_path / "a.zip"), CLASS)
    assert handed_in(course, "jdoe") == b"{" and "broken" in result.notes["jdoe"][0]
    take_in(course, LESSON, zipped([(f"jdoe/{LESSON}.ipynb", notebook(), (2020, 1, 1, 0, 0, 0))], tmp_path / "b.zip"), CLASS)
    assert handed_in(course, "jdoe") == notebook()


def test_folders_tars_single_notebooks_and_an_archive_in_an_archive(course, tmp_path):
    folder = tmp_path / "folder"
    (folder / "jdoe").mkdir(parents=True)
    (folder / "jdoe" / "n.ipynb").write_bytes(notebook(said="folder"))
    assert take_in(course, LESSON, folder, CLASS).placed == ["jdoe"]
    for mode, name in (("w:gz", "a.tar.gz"), ("w", "a.tar"), ("w:gz", "a.tgz")):
        with tarfile.open(tmp_path / name, mode) as tar:
            tar.add(folder / "jdoe" / "n.ipynb", "jmueller/n.ipynb")
        result = take_in(course, LESSON, tmp_path / name, CLASS)
        assert result.placed + result.unchanged == ["jmueller"]
    inner = zipped([("whatever/n.ipynb", notebook(said="inner"))])
    result = take_in(course, LESSON, zipped([("leekim_12347_5_hw.zip", inner), ("lee2.zip", inner)], tmp_path / "a.zip"), CLASS)
    assert result.placed == ["lee1", "lee2"]
    (tmp_path / "jdoe.ipynb").write_bytes(notebook(said="one"))
    assert take_in(course, OTHER, zipped([("jdoe/x.ipynb", notebook(OTHER))], tmp_path / "o.zip"), CLASS).placed == ["jdoe"]
    assert take_in(course, LESSON, tmp_path / "jdoe.ipynb", CLASS).placed == ["jdoe"]


def test_the_files_own_date_stays(course, tmp_path):
    take_in(course, LESSON, zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip"), CLASS)
    assert abs(course.submitted(LESSON, "jdoe").stat().st_mtime - utc("2026-01-12T18:30:00").timestamp()) <= 24 * 3600


def test_without_a_roster_ids_are_the_platforms_names(course, tmp_path):
    files = [
        (f"Ann Onym_1_assignsubmission_file_/{LESSON}.ipynb", notebook()),
        (f"onymann_77_1_{LESSON}.ipynb", notebook()),
        (f"zoe/{LESSON}/{LESSON}.ipynb", notebook()),
        ("x/y.ipynb", notebook()),
    ]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"))
    assert result.placed == ["Ann Onym", "onymann_77", "zoe"]
    assert "give --roster FILE" in why(result)["x/y.ipynb"]


# ---- archives that mean harm


@pytest.mark.parametrize("name", ["../../jdoe.ipynb", "/etc/jdoe.ipynb", "C:/jdoe.ipynb", "..\\..\\jdoe.ipynb", "jdoe/../../x.ipynb"])
def test_paths_that_lead_out(course, tmp_path, name):
    result = take_in(course, LESSON, zipped([(name, notebook())], tmp_path / "a.zip"), CLASS)
    assert [one.why for one in result.listed] == ["its path leads out of the archive"]
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "course"} and not course.hand_ins.exists()


def test_links_devices_and_passwords(course, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        link = zipfile.ZipInfo("jdoe.ipynb")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("jmueller.ipynb", notebook())
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, struct.unpack_from("<H", data, at + 8)[0] | 1)  # the flag of an encrypted file
    (tmp_path / "a.zip").write_bytes(data)
    told = why(take_in(course, LESSON, tmp_path / "a.zip", CLASS))
    assert "link" in told["jdoe.ipynb"] and "encrypted" in told["jmueller.ipynb"]
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for name, kind in (("jdoe.ipynb", tarfile.SYMTYPE), ("lee1.ipynb", tarfile.FIFOTYPE), ("lee2.ipynb", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    result = take_in(course, LESSON, tmp_path / "a.tar", CLASS)
    assert not result.placed and all("link or a device" in one.why for one in result.listed) and len(result.listed) == 3
    if hasattr(os, "mkfifo"):
        (tmp_path / "f").mkdir()
        os.mkfifo(tmp_path / "f" / "jdoe.ipynb")
        (tmp_path / "f" / "lee1.ipynb").symlink_to("/etc/passwd")
        assert len(take_in(course, LESSON, tmp_path / "f", CLASS).waiting) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "jdoe.ipynb"])
def test_what_is_to_be_taken_in_is_not_waited_for(course, tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(NotAnArchive, match="no plain file"):
        take_in(course, LESSON, tmp_path / name, CLASS)


def test_bombs_are_bounded_and_said(course, tmp_path, monkeypatch):
    bomb = zipped([("jdoe.ipynb", b"0" * 3_000_000), ("jmueller.ipynb", notebook())], tmp_path / "a.zip")
    monkeypatch.setattr(bounds, "MAX_FILE", 1_000_000)
    result = take_in(course, LESSON, bomb, CLASS)
    assert result.placed == ["jmueller"] and "larger than" in why(result)["jdoe.ipynb"]
    monkeypatch.setattr(bounds, "MAX_TOTAL", 100)
    assert "holds more than" in why(take_in(course, LESSON, bomb, CLASS))["jmueller.ipynb"]
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 1)
    assert "more than 1 files" in take_in(course, LESSON, bomb, CLASS).stopped


def test_names_that_are_made_to_keep_us_busy(course, tmp_path):
    names = [f"{word * (60_000 // len(word))}.ipynb" for word in ("-", " (1)", "_1", "Copy of ", "a_LATE_1")]
    result = take_in(course, LESSON, zipped([(name, notebook()) for name in names], tmp_path / "a.zip"), CLASS)
    assert {one.why for one in result.listed} == {"its name is longer than that of any file"} and len(result.listed) == 5
    assert max(len(one.path) for one in result.listed) < 200


def test_a_tars_headers_are_not_believed(course, tmp_path, monkeypatch):
    """tarfile reads a long name of as many bytes as its header says."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 3 << 30
    with gzip.open(tmp_path / "a.tar.gz", "wb") as made:
        made.write(info.tobuf() + b"x" * 5000)
    with pytest.raises(NotAnArchive, match="a header in it says"):
        take_in(course, LESSON, tmp_path / "a.tar.gz", CLASS)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        for name, size in (("jdoe/film.bin", 5_000_000), ("jmueller.ipynb", 10)):
            info = tarfile.TarInfo(name)
            info.size = size
            tar.addfile(info, io.BytesIO(b"0" * size))
    monkeypatch.setattr(bounds, "MAX_TOTAL", 1_000_000)
    assert any("holds more than" in one.why for one in take_in(course, LESSON, tmp_path / "b.tar.gz", CLASS).waiting)


def test_moodles_online_text_beside_a_notebook_is_no_trouble(course, tmp_path):
    files = [(f"{MOODLE}/{LESSON}.ipynb", notebook()), ("Jane Doe_2345602_assignsubmission_onlinetext_/onlinetext.html", b"<p>")]
    files += [("Jörg Müller_2345603_assignsubmission_onlinetext_/onlinetext.html", b"<p>")]
    result = take_in(course, LESSON, zipped(files, tmp_path / "a.zip"), CLASS)
    assert result.placed == ["jdoe"] and [one.path for one in result.waiting] == [files[2][0]]


def test_archives_in_archives_in_archives_are_not_opened(course, tmp_path):
    deep = zipped([("b.zip", zipped([("jdoe.ipynb", notebook())]))])
    result = take_in(
        course, LESSON, zipped([("jdoe/a.zip", deep), ("lee1/x.rar", b"Rar!"), ("lee2.zip", b"no zip")], tmp_path / "a.zip"), CLASS
    )
    told = why(result)
    assert not result.placed and set(told) == {"jdoe/a.zip/b.zip", "lee1/x.rar", "lee2.zip"}
    assert "not opened here" in told["lee1/x.rar"] and "cannot be opened" in told["lee2.zip"]


def test_damaged_archives(course, tmp_path):
    whole = zipped([("jdoe.ipynb", notebook()), ("jmueller.ipynb", notebook(said="x" * 5000))])
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotAnArchive, match="download it again"):
        take_in(course, LESSON, tmp_path / "half.zip", CLASS)
    spoiled = bytearray(whole)
    spoiled[60] ^= 0xFF
    (tmp_path / "spoiled.zip").write_bytes(spoiled)
    result = take_in(course, LESSON, tmp_path / "spoiled.zip", CLASS)
    assert result.placed == ["jmueller"] and "cannot be read" in why(result)["jdoe.ipynb"]
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "half.zip", "jdoe/notes.bin")
    (tmp_path / "a.tar.gz").write_bytes((tmp_path / "a.tar.gz").read_bytes()[:-40])
    assert take_in(course, LESSON, tmp_path / "a.tar.gz", CLASS).waiting


def test_duplicate_names_and_capitals(course, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
            for said in ("one", "two"):
                made.writestr(zipfile.ZipInfo("jdoe.ipynb", (2026, 1, 1, 0, 0, 0 if said == "one" else 2)), notebook(said=said))
            made.writestr("JMUELLER.ipynb", notebook())
    result = take_in(course, LESSON, tmp_path / "a.zip", CLASS)
    assert result.placed == ["jdoe", "jmueller"] and handed_in(course, "jdoe") == notebook(said="two")


def test_a_link_where_a_students_folder_belongs_is_not_followed(course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    course.hand_ins.mkdir(parents=True)
    (course.hand_ins / "jdoe").symlink_to(tmp_path / "elsewhere")
    result = take_in(course, LESSON, zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip"), CLASS)
    assert "is a link" in why(result)["jdoe.ipynb"] and not list((tmp_path / "elsewhere").iterdir())


def test_a_failure_in_the_middle_leaves_whole_files_and_the_next_run_does_the_rest(course, tmp_path, monkeypatch):
    from autograder.intake import take_in as module

    source, calls = zipped([("jdoe.ipynb", notebook()), ("jmueller.ipynb", notebook())], tmp_path / "a.zip"), []

    def full(path, data, *more):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        write(path, data, *more)

    write = module.write_atomically
    monkeypatch.setattr(module, "write_atomically", full)
    with pytest.raises(OSError, match="No space"):
        take_in(course, LESSON, source, CLASS)
    assert not list(course.work.rglob(".new-*")) and not list(course.work.rglob("*.tmp"))
    monkeypatch.undo()
    result = take_in(course, LESSON, source, CLASS)
    assert (result.placed, result.unchanged) == (["jmueller"], ["jdoe"])


# ---- nothing is lost, whatever is in the archive

PEOPLE = st.sampled_from(
    ["jdoe", "Jane Doe", "doejane_12345_7", "Jörg Müller", "Kim Lee", "nobody", "", ".hidden", "..", "\u202ex", "=1+1", "lee1"]
)
NAMES = st.sampled_from(
    [
        f"{LESSON}.ipynb",
        f"{LESSON} (1).ipynb",
        "a.ipynb",
        f"_{LESSON}.ipynb",
        "timestamp.txt",
        "x.pdf",
        "in.zip",
        ".DS_Store",
        f"{MOODLE}b.ipynb",
    ]
)
DATA = st.sampled_from(
    [
        notebook(),
        notebook(said="2"),
        notebook(said="3"),
        notebook(OTHER),
        b"{",
        b"",
        b"2026-01-12 18:30:00 UTC",
        zipped([("jdoe.ipynb", notebook())]),
    ]
)
DATES = st.sampled_from([(2026, 1, 12, 18, 30, 0), (2026, 1, 13, 0, 0, 0), (1980, 1, 1, 0, 0, 0)])
FILES = st.lists(st.tuples(st.builds(lambda *parts: "/".join(filter(None, parts)) or "x", PEOPLE, PEOPLE, NAMES), DATA, DATES), max_size=8)


QUICK = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a thousand courses are made and removed


@pytest.mark.slow
@seed(seeds.one())
@settings(max_examples=1000 if seeds.MANY else 250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(first=FILES, with_roster=st.booleans(), deadline=st.sampled_from([None, utc("2026-01-12T20:00:00")]))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_file_is_placed_kept_or_listed(first, with_roster, deadline):
    """On 250 archives, others with each seed; on 1,000 in `make thorough`."""
    with tempfile.TemporaryDirectory(dir=QUICK) as folder:
        course = empty_course(Path(folder) / "course")
        source = zipped(first, Path(folder) / "a.zip")
        roster = CLASS if with_roster else None
        result = take_in(course, LESSON, source, roster, lambda student: deadline)
        attempts = json.loads((course.taken_in(LESSON) / "attempts.json").read_text())
        kept = {one["path"]: one for mine in attempts.values() for one in mine}
        told = {one.path for one in result.listed}
        for entry in archive.entries(source):
            if entry.parts[-1] == "timestamp.txt" and any(path.rpartition("/")[0] == entry.path.rpartition("/")[0] for path in kept):
                continue  # it was read
            assert entry.path in kept or entry.path in told, entry.path
            if entry.path in kept and list(kept).count(entry.path) == [name for name, *_ in first].count(entry.path) == 1:
                assert hashlib.sha256(entry.data).hexdigest() == kept[entry.path]["sha"]
        for student, mine in attempts.items():
            for one in mine:
                path = course.taken_in(LESSON) / student / f"{one['sha'][:32]}.ipynb"
                assert hashlib.sha256(path.read_bytes()).hexdigest() == one["sha"]
            data = handed_in(course, student)
            assert data is None or hashlib.sha256(data).hexdigest() in {one["sha"] for one in mine}
            assert data is not None or student in told
        assert not list(course.work.rglob(".new-*")) and {path.name for path in Path(folder).iterdir()} == {"a.zip", "course"}
        again = take_in(course, LESSON, source, roster, lambda student: deadline)
        assert again.placed == [] and again.unchanged == sorted(result.placed)


# ---- the command


def command(course: Course, *arguments) -> int:
    return main(["--course", str(course.root), "take-in", *map(str, arguments)])


def test_the_command_says_what_became_of_everything(course, tmp_path, capsys):
    roster = tmp_path / "class.csv"
    roster.write_text("id;name;email\njdoe;Jane Doe;j@x\nzoe;Zoe Q;z@x\n")
    good = zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip")
    assert command(course, LESSON, good, "--roster", roster) == 0
    assert "1 students' notebooks taken in" in (said := capsys.readouterr().out) and "missing, 1 of the roster: Zoe Q (zoe)" in said
    assert course.roster.exists()
    assert command(course, LESSON, good) == 0, "the roster is kept, and what is there already is well"
    assert command(course, LESSON, zipped([("jdoe.ipynb", notebook()), ("\x1b[2Jwho.ipynb", notebook())], tmp_path / "b.zip")) == 1
    assert "\\x1b[2Jwho.ipynb" in (said := capsys.readouterr().out) and "\x1b" not in said
    assert command(course, LESSON, zipped([("who.ipynb", notebook())], tmp_path / "c.zip")) == 3, "nobody is not well"
    assert "NOT taken in  who.ipynb" in (course.taken_in(LESSON) / "log.txt").read_text()


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("01_derivativ", "a.zip"), "no lesson '01_derivativ'"),
        ((LESSON, "missing.zip"), "missing.zip"),
        ((LESSON, "a.txt"), "pack it as .zip"),
        ((LESSON, "a.zip", "--roster", "a.txt"), "headings such as id, name"),
        ((LESSON, "a.zip", "--deadline", "tomorrow"), "is no time"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_written(course, tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip")
    (tmp_path / "a.txt").write_text("hello")
    assert command(course, *arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.count("\n") == 1
    assert not course.work.exists() or not list(course.work.rglob("*.ipynb")) and not course.roster.exists()


def test_a_full_disk_is_a_sentence(course, tmp_path, monkeypatch, capsys):
    from autograder.intake import take_in as module

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_atomically", full)
    assert command(course, LESSON, zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip"), "--deadline", "2026-01-12 18:30") == 3
    assert "No space left" in (said := capsys.readouterr().err) and said.count("\n") == 1


def test_two_runs_at_once(course, tmp_path, capsys):
    source = zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip")
    with Attempts(course, LESSON).staging():
        assert command(course, LESSON, source) == 4
    assert "already" in capsys.readouterr().err


def test_what_was_unpacked_into_work_submitted_is_taken_to_its_place(course):
    path = course.hand_ins / MOODLE / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(notebook())
    result = take_in(course, LESSON, course.hand_ins, CLASS)
    assert result.placed == ["jdoe"] and path.exists(), "nothing is moved away"
    assert take_in(course, LESSON, course.hand_ins, CLASS).unchanged == ["jdoe"]
