"""A class from the platform's archive to the platform's grades, with the commands that a teacher types."""

import csv
import io
import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.files.course import Course

REPOSITORY = Path(__file__).resolve().parents[2]
LESSON = "00_start_here"
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,00_start_here (4711)
    Points Possible,,,,,{most}
"Doe, Jane",12345,s1,jdoe,A,
"Müller, Jörg",12346,s2,jm,A,
"Poe, Ann",12348,s4,apoe,A,1
"Absent, Al",12350,s6,aabsent,A,
"""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the judge runs on Linux")]


def solved() -> dict:
    """The released notebook with our own answers in it."""
    source = json.loads((REPOSITORY / "solutions" / LESSON / f"{LESSON}.ipynb").read_text())
    release = json.loads((REPOSITORY / "notebooks" / LESSON / f"{LESSON}.ipynb").read_text())
    answers = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"] for cell in source["cells"]}
    for cell in release["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name and name in answers and not name.startswith("check-"):
            cell["source"] = answers[name]
    return release


def test_from_canvas_to_canvas(tmp_path, capsys):
    course = Course(tmp_path / "course")
    for name in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / name / LESSON, course.root / name / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    release = json.loads(course.release(LESSON).read_text())
    most = sum(cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in release["cells"])
    with zipfile.ZipFile(tmp_path / "hand-ins.zip", "w") as archive:
        archive.writestr(f"doejane_12345_1_{LESSON}.ipynb", json.dumps(solved()))
        archive.writestr(f"müllerjörg_LATE_12346_2_{LESSON}-1.ipynb", json.dumps(release))
        archive.writestr(f"poeann_12348_3_{LESSON}.ipynb", "{")
    grades = tmp_path / "grades.csv"
    grades.write_text(CANVAS.format(most=most))

    def command(*arguments) -> tuple[int, str]:
        code = main(["--course", str(course.root), *map(str, arguments)])
        return code, capsys.readouterr().out

    code, said = command("take-in", LESSON, tmp_path / "hand-ins.zip", "--roster", grades)
    assert code == 0 and "3 students' notebooks taken in" in said and "Al Absent (aabsent)" in said
    code, said = command("grade", LESSON)
    assert code == 0 and "missing, 1 of the roster: Al Absent (aabsent)" in said
    code, said = command("export", LESSON, "--for", "canvas", "--into", grades)
    assert code == 0 and "2 scores" in said and "malformed: apoe" in said
    rows = list(csv.DictReader(io.StringIO((course.work / "reports" / f"{LESSON}.canvas.csv").read_text())))
    assert {row["ID"]: row["00_start_here (4711)"] for row in rows if row["ID"]} == {
        "12345": f"{most:g}",
        "12346": "0",
        "12348": "1",
        "12350": "",
    }
    assert "Al Absent" in command("report", LESSON)[1]
