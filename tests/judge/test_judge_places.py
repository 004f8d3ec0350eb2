"""The judge looks for the place of a mistake without a name: after the points, in the child, and it tells the learner's own line."""

from __future__ import annotations

import argparse
import json
import re
import time

import numpy as np
import pytest

from autograder.commands import teacher
from autograder.engine import messages
from autograder.engine.locate import locate
from autograder.engine.report import Report, Status
from autograder.engine.runner import run
from autograder.gradebook import class_report
from autograder.gradebook.report_page import as_html
from autograder.gradebook.report_text import as_text
from autograder.judge import places
from autograder.judge.allowance import Times
from autograder.judge.grade import Judge
from autograder.judge.submission import Cell, Role
from autograder.shared.answer import LocalAnswer
from judge import tiny

WRONG = "def difference_quotient(f, x, h):\n    rise = f(x + h) - f(x)\n    return rise / h + 0.3 * h\n"
SLIP = "def difference_quotient(f, x, h):\n    low = f(x)\n    high = f(x - h)\n    return (high - low)/h\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, level):
    """Grades notebooks, each a list of cells, in one sandbox."""
    root = tiny.course(tmp_path_factory.mktemp("course"))
    patient = Times(places=600.0)  # a busy machine must not change what is found
    with pytest.MonkeyPatch.context() as patch, Judge(root, level, times=patient, lessons={tiny.NAME: tiny.lesson()}) as judge:
        patch.setattr(places, "_SECONDS", 600.0)

        def grade(parts, student="ada"):
            return judge.grade(tiny.submit(root, student, tiny.notebook(parts)), tiny.NAME, student)

        grade.judge = judge
        yield grade


def test_the_line_is_told_and_costs_no_point(graded):
    sheet = graded(tiny.cells(difference_quotient=SLIP))
    report = sheet.reports["difference_quotient"]
    assert sheet.status == "graded" and sheet.points == tiny.TOTAL - 2
    assert report.place.lines == [(3, "high = f(x - h)")] and "Look at line 3." in report.place.sentence
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report
    assert all(other.place is None for name, other in sheet.reports.items() if name != "difference_quotient")
    for told in (messages.to_text(report), messages.to_html(report)):
        assert "Look at line 3." in told and "high = f(x - h)" in told and "x + h" not in told.replace("f(x + h) - f(x)", "")


def test_helpers_and_data_are_copied_and_the_last_definition_counts(graded):
    before = "seen = []\ndef rise(f, x, h):\n    seen.append(x)\n    return f(x + h) + f(x)\n"
    answer = "def difference_quotient(f, x, h):\n    return rise(f, x, h) / h if len(seen) < 400 else 0.0\n"
    report = graded(tiny.cells(before=before, difference_quotient="def difference_quotient(f, x, h):\n    return x\n" + answer)).reports[
        "difference_quotient"
    ]
    assert report.place.lines == [(3, "return f(x + h) + f(x)")] and "line 3 of rise" in report.place.sentence


def test_it_can_be_left_out(graded, monkeypatch):
    monkeypatch.setattr(graded.judge, "places", False)
    assert graded(tiny.cells(difference_quotient=SLIP)).reports["difference_quotient"].place is None


def test_the_command_has_a_switch():
    commands = argparse.ArgumentParser().add_subparsers()
    teacher.add_commands(commands)
    asked = [commands.choices["grade"].parse_args(["01_derivative", *more]).places for more in ([], ["--no-places"])]
    assert asked == [True, False]


@pytest.mark.parametrize(
    "hostile",
    [
        "import os\ndef difference_quotient(f, x, h):\n    if count.append(1) or len(count) > 60:\n        os._exit(0)\n    return (f(x - h) - f(x))/h\ncount = []\n",
        "def difference_quotient(f, x, h):\n    while h < -1e9:\n        x = x\n    return (f(x - h) - f(x))/h\n",
        "def difference_quotient(f, x, h, a=" + "-" * 3000 + "1):\n    return 0.0\n",
        "def difference_quotient(f, x, h):\n    return (f(x - h) - f(x))/h + 0 * (" + "+".join(["x"] * 900) + ")\n",
        "def difference_quotient(f, x, h):\n    return " + "(" * 90 + "x" + ")" * 90 + "\n",
        "def difference_quotient(f, x, h):\n    return f(x) if '\\ud800' else 1j ** 10 ** 9\n",
        "import builtins\nreal = compile\nbuiltins.compile = lambda *a, **k: 1 / 0\ndef difference_quotient(f, x, h):\n    return (f(x - h) - f(x))/h\n",
        "def difference_quotient(f, x, h):\n\x0c    return (f(x - h) - f(x))/h\n",
    ],
    ids=["dies later", "loops when changed", "deep", "wide", "brackets", "odd text", "patched", "form feed"],
)
def test_what_a_notebook_does_meanwhile_changes_no_grade(graded, hostile):
    """The points with a search are those without."""
    parts = tiny.cells(difference_quotient=hostile)
    sheet = graded(parts)
    graded.judge.places, without = False, None
    try:
        without = graded(parts)
    finally:
        graded.judge.places = True
    assert sheet.status == without.status == "graded"
    assert {n: (r.points, r.status) for n, r in sheet.reports.items()} == {n: (r.points, r.status) for n, r in without.reports.items()}


def test_an_error_of_ours_in_the_search_costs_nobody_a_grade(graded, monkeypatch):
    monkeypatch.setattr(places, "search", lambda *_: 1 / 0)
    sheet = graded(tiny.cells(difference_quotient=SLIP))
    assert sheet.status == "graded" and not sheet.is_error and sheet.points == tiny.TOTAL - 2


def test_only_the_learners_own_text_reaches_the_child(graded, monkeypatch):
    """No frame of a search holds a word that neither the learner nor the list of common changes has: our answer is not asked."""
    sent = []
    order = places._Changed._order
    monkeypatch.setattr(places._Changed, "_order", lambda self, *a: sent.append(order(self, *a)) or sent[-1])
    monkeypatch.setattr(
        places, "locate", lambda *a, **k: locate(*a, **k) if "right" not in k and len(a) < 6 else pytest.fail("our answer is lent")
    )
    graded(tiny.cells(difference_quotient=WRONG))
    words = {word for message in sent for word in re.findall(r"[A-Za-z_]\w+", message["change"]["source"])}
    assert len(sent) > 40 and "rise" in words
    assert not words & {"high", "low", "CUBIC", "ANSWERS"}


def test_the_time_for_a_hand_in_is_bounded(graded, monkeypatch):
    asked = []
    monkeypatch.setattr(places, "search", lambda *a: asked.append(a[4] - time.monotonic()))
    graded(tiny.cells(difference_quotient=WRONG))
    assert len(asked) == 1 and 0 < asked[0] <= graded.judge.times.places


def test_named_mistakes_and_answers_that_ended_are_not_searched():
    assert places.is_wanted(Report("x", 1, status=Status.WRONG))
    assert not any(
        places.is_wanted(Report("x", 1, **told))
        for told in (
            {"status": Status.WRONG, "mistake": "m"},
            {"status": Status.RIGHT},
            {"status": Status.TIMEOUT},
            {"status": Status.ERROR},
        )
    )


def test_a_buffer_that_is_handed_out_twice_costs_in_the_judge_what_it_costs_in_a_notebook(graded):
    """The judge asks one answer call after call, so that it sees a result which a later call changes."""
    answer = "kept = {}\ndef scaled(v, c):\n    out = kept.setdefault(len(v), np.zeros(len(v)))\n    out[:] = c * np.asarray(v)\n    return out\n"
    report = graded(tiny.cells(scaled=answer)).reports["scaled"]
    names = {"np": np}
    exec(answer, names)
    assert report.points == run(tiny.lesson().exercises["scaled"], LocalAnswer(names["scaled"], names)).points < 2


def test_text_is_read_within_bounds():
    def read(*sources):
        return places.read("f", [Cell(i, source, Role.FREE) for i, source in enumerate(sources)])

    code, names = read("import numpy as n\nscale = 3\n", "%magic\ndef f(x): pass\n", "def g(x):\n    return x\n\n\nf = lambda x: g(x)\n")
    assert code.functions == ("f = lambda x: g(x)", "def g(x):\n    return x") and names["scale"] == 3 and "n" in names
    for source in ("def f(x): return " + "-" * 15_000 + "x", "def f(x):\n    return 1\n" + "#" * 30_000, "f = (", "f = \0"):
        assert read(source)[0] is None


def test_the_class_report_shows_the_line(graded, tmp_path, monkeypatch):
    sheet = graded(tiny.cells(difference_quotient=SLIP), student="<b>eve</b>")
    monkeypatch.setattr(class_report.ClassVerdicts, "each", lambda self: iter([("<b>eve</b>", sheet, "")]))
    report = class_report.class_report(tiny.NAME, tmp_path)
    assert "difference_quotient, line 3: high = f(x - h)" in as_text(report)
    assert "<code>line 3: high = f(x - h)</code>" in (page := as_html(report)) and "<b>eve" not in page
