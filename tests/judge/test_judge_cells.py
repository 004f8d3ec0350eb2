"""Cells are ordered several at a time: who ended the process is known all the same, and nobody waits for a reader."""

from __future__ import annotations

import json

import pytest

from autograder.engine.report import Status
from autograder.judge.grade import Judge
from autograder.judge.sandbox.process import Zygote
from autograder.shared.channel import Channel
from judge import tiny


@pytest.fixture(scope="module")
def grade(level, tmp_path_factory):
    """Judges a notebook whose first cells, before those of the lesson, are the given sources."""
    root = tiny.course(tmp_path_factory.mktemp("cells"))
    with Judge(root, level, lessons={tiny.NAME: tiny.lesson()}) as judge:

        def grade(*sources):
            parts = [*map(tiny.code, sources), *tiny.cells()]
            return judge.grade(tiny.submit(root, "ada", tiny.notebook(parts)), tiny.NAME, "ada")

        grade.judge = judge
        yield grade


@pytest.fixture
def writes(monkeypatch):
    """What the judge writes to children, write by write."""
    seen, write = [], Channel.write
    monkeypatch.setattr(Channel, "write", lambda self, data, deadline: seen.append(data) or write(self, data, deadline))
    return seen


def text(sheet, index: int) -> str:
    return "".join(output.get("text", output.get("ename", "")) for output in sheet.outputs[str(index)])


@pytest.mark.parametrize("source, ename", [
    ("import os; os._exit(3)", "exited"),
    ("x = bytearray(1 << 40)", "MemoryError"),
    ("import ctypes; ctypes.string_at(0)", "exited"),
    ("import socket; s = socket.socket(fileno=3); s.send(b'\\xff'*64)", "malformed"),
], ids=["exits", "runs out of memory", "crashes", "writes into the channel"])  # fmt: skip
def test_what_a_cell_does_is_told_of_that_cell_and_of_no_other(grade, source, ename):
    sheet = grade("print('first')", source, "print('third')", "print('fourth')")
    assert [text(sheet, i) for i in range(4)] == ["first\n", ename, "third\n", "fourth\n"]
    assert sheet.points == tiny.TOTAL and all(report.status is Status.RIGHT for report in sheet.reports.values())


def test_long_cells_that_say_much_block_nothing(grade, writes):
    long, much = "#" * 300_000, "print('x' * 60_000)\n"
    sheet = grade(*[f"{much}{long} {i}" for i in range(9)])
    assert sheet.points == tiny.TOTAL
    assert len(text(sheet, 0)) == 60_001
    orders = [data.count(long.encode()) for data in writes]
    assert sum(orders) == 9 and max(orders) == 4, "no frame is much longer than a MiB"


def test_short_cells_and_the_question_for_the_answer_go_in_one_write(grade, writes):
    assert grade(*["a = 1"] * 7).points == tiny.TOTAL
    first = next(data for data in writes if b'"op":"cells"' in data)
    sources = json.loads(first[8 : 8 + int.from_bytes(first[:4], "big")])["m"]["sources"]
    assert len(sources) == 7 + 2 and first.count(b'"op":"has"') == 1
    assert sum(b'"op":"has"' in data for data in writes) == 4


LOADED = "import sys; print('mat' 'plotlib' in sys.modules)"  # without the word by which the judge knows


def test_what_draws_is_loaded_with_the_first_notebook_that_speaks_of_it(grade):
    """No lesson draws by itself; but who does, finds matplotlib as it is in Jupyter, and those who come after find it loaded."""
    grade.judge._start()
    assert text(grade(LOADED), 0) == "False\n"
    sheet = grade("import importlib\nplt = importlib.import_module('mat' 'plotlib.pyplot')", "plt.plot([1, 2])\nplt.show()")
    (picture,) = sheet.outputs["1"]
    assert picture["data"]["text/plain"].startswith("<Figure") and sheet.points == tiny.TOTAL, "by another name it takes longer, and works"
    assert text(grade(LOADED), 0) == "False\n"
    sheet = grade("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('$x$')\nplt.show()", LOADED)
    assert sheet.outputs["0"] == [picture] and text(sheet, 1) == "True\n" and sheet.points == tiny.TOTAL
    assert text(grade(LOADED), 0) == "True\n"


def test_a_sandbox_that_breaks_while_it_loads_what_draws_costs_nobody(grade):
    grade.judge._start()
    grade.judge._zygote._process.kill()
    sheet = grade("%matplotlib inline")
    assert not sheet.is_error and sheet.points == tiny.TOTAL


def test_what_draws_and_cannot_be_loaded_is_our_error(grade, monkeypatch):
    grade.judge._start()
    monkeypatch.setattr(Zygote, "_hear", lambda self, deadline: {"failed": "ImportError: matplotlib"})
    sheet = grade("%matplotlib inline")
    assert sheet.is_error and "ImportError: matplotlib" in sheet.detail and sheet.points == 0
    assert {report.status for report in sheet.reports.values()} == {Status.ERROR}
