"""Every submission of the corpus gets the verdict it must get, in one class with all the others, at the strongest level.

The attacks among them are judged again at the other level, and as an ordinary user, in `test_judge_sandbox`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from pathlib import Path

import pytest
from submissions import broken, exhausting, hostile, telling
from submissions.case import Case

from autograder.engine.cases import HIDDEN
from autograder.judge import verdicts
from autograder.judge.coordinator import grade_all
from autograder.judge.inside.confine import Limits
from autograder.judge.remote import Times
from judge import tiny
from judge.conftest import safe_levels

CASES: list[Case] = [
    *broken.HONEST,
    *broken.WRONG,
    *broken.BROKEN,
    *broken.NAMES,
    *hostile.FORGING,
    *hostile.READING,
    *hostile.ESCAPING,
    *exhausting.EXHAUSTING,
    *exhausting.SURVIVING,
    *exhausting.CONFUSING,
    *telling.SAYING,
    *telling.LEAKING,
    *telling.FLOODING,
    *telling.STOPPING,
]
# Seconds of a processor bound what burns it, so a busy machine changes no verdict; the wall is for what waits, and far away.
TIMES = Times(cell_cpu=0.4, cell_wall=4, call_cpu=0.25, call_wall=4, exercise=30, submission=120, grace=0.2)
LIMITS = Limits(memory=512 << 20, cpu=4, file=16 << 20, files_total=24 << 20)
SECRETS = ("SECRET-SOLUTION", "SECRET-CLASSMATE", "SECRET-GRADEBOOK", "SECRET-ENVIRONMENT", "SECRET-FILE", "SECRET-VERDICT")


def student_of(number: int, case: Case) -> str:
    return case.student or f"s{number:03}"


class Class:
    """The whole corpus handed in, graded once at one level."""

    def __init__(self, root: Path, level: str, cases: list[Case] = CASES):
        self.root, self.cases, self.level = root, cases, level
        place = root / "solutions" / tiny.NAME
        place.mkdir(parents=True)
        (place / f"{tiny.NAME}.ipynb").write_bytes(tiny.notebook(tiny.cells(before="# SECRET-SOLUTION")))
        (root / "data").mkdir()
        (root / "data" / "points.csv").write_text("1,2\n")
        (root / "secret.py").write_text("# SECRET-FILE")
        (root / "work").mkdir()
        import sqlite3

        with sqlite3.connect(root / "work" / "gradebook.db") as base:
            base.execute("create table secrets (text)")
            base.execute("insert into secrets values ('SECRET-GRADEBOOK')")
        tiny.submit(root, "classmate", tiny.notebook(tiny.cells(before="# SECRET-CLASSMATE")))
        self.students = {}
        for number, case in enumerate(cases):
            name = self.students[case.name] = student_of(number, case)
            data = case.data.replace(b"@ROOT@", str(root).encode()).replace(b"@TEMP@", tempfile.gettempdir().encode())
            path = tiny.submit(root, name, data)
            if case.place:
                path.unlink()
                case.place(path)
        os.environ["SECRET_OF_THE_JUDGE"] = "SECRET-ENVIRONMENT"
        self.before = fingerprints(root)
        self.summary = grade_all(root, tiny.NAME, jobs=2, level=level, lessons={tiny.NAME: tiny.lesson()}, times=TIMES, limits=LIMITS)
        self.after = fingerprints(root)
        self.alive = alive()

    def sheet(self, case: Case):
        return verdicts.read(self.root, tiny.NAME, self.students[case.name])[0]


def hidden_numbers(seed: int) -> list[str]:
    """The first digits of every number in the hidden cases of the first exercise."""
    exercise = tiny.lesson().exercises["difference_quotient"]
    drawn = [case for stream in (seed, seed + HIDDEN) for case in exercise.draw(stream)]
    return [f"{abs(number):.12f}"[:9] for _, *numbers in drawn for number in numbers]


def fingerprints(root: Path) -> dict[str, str]:
    """All files but the verdicts, with their content, mode and owner."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if not re.search(r"/work/(verdicts|receipts|course\.json)", str(path)):
                state = path.lstat()
                text = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
                found[str(path)] = f"{state.st_mode:o} {state.st_uid} {text}"
    return found


def alive() -> list[str]:
    """Processes that belong to a sandbox of this test: its temporary folder is in their command line."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) != os.getpid():
            try:
                line = Path("/proc", entry, "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if f"{tempfile.gettempdir()}/course-judge-" in line:
                found.append(line)
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    level = (safe_levels() or [pytest.skip("no safe sandbox on this machine; python -m autograder doctor says what is missing")])[0]
    home = tmp_path_factory.mktemp(f"class-{level}")
    (home / "tmp").mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(home / "tmp")
    try:
        yield Class(home / "course", level)
    finally:
        tempfile.tempdir = before


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=[f"{case.group}: {case.name}" for case in CASES])
def test_verdict(graded, case):
    sheet = graded.sheet(case)
    assert not sheet.is_error, sheet.detail or [r.detail for r in sheet.reports.values() if r.status == "error"]
    assert sheet.status == case.sheet
    points = {name: (str(report.status), report.points) for name, report in sheet.reports.items()}
    if case.points is None:
        assert sheet.points <= tiny.TOTAL
    else:
        assert sheet.points == case.points, points
    for name, status in case.status.items():
        assert sheet.reports[name].status == status, points
    assert list(sheet.reports) == list(tiny.ANSWERS)
    assert sheet.level == graded.level
    if case.says:
        assert case.says in str(sheet.to_json()), sheet.to_json()
    if case.leaks:
        text = json.dumps(sheet.to_json())
        assert not [number for number in hidden_numbers(sheet.seed) if number in text]


@pytest.mark.slow
def test_everybody_is_graded_and_nothing_else_happened(graded):
    assert len(graded.summary.results) == len(CASES) + 1
    assert [r.student for r in graded.summary.results if r.is_error] == []
    assert graded.after == graded.before
    assert graded.alive == []
    assert (
        not list(graded.root.rglob("escaped*"))
        and not Path("/tmp/escaped-by-course").exists()
        and not Path("/dev/shm/SECRET-left").exists()
    )
    assert not list(Path(tempfile.gettempdir()).iterdir()), "the judge cleans up after itself"


@pytest.mark.slow
def test_no_secret_is_in_any_verdict(graded):
    key = json.loads((graded.root / "work" / "course.json").read_text())
    for case in CASES:
        text = json.dumps(graded.sheet(case).to_json())
        for secret in (*SECRETS, key["key"], key["seed"]):
            assert secret not in text, (case.name, secret)


@pytest.mark.slow
def test_no_markup_and_no_control_characters_in_outputs(graded):
    for case in CASES:
        for outputs in graded.sheet(case).outputs.values():
            for output in outputs:
                assert set(output.get("data", {})) <= {"text/plain", "image/png"}
                assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", json.dumps(output, ensure_ascii=False).replace("\\n", ""))
                assert len(json.dumps(output)) < 1 << 20
