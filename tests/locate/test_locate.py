"""A wrong answer's place: found where a slip was planted, verified, told in two steps, and nothing in the notebook is touched."""

from __future__ import annotations

import ast
import functools
import linecache
import os
import random
import re
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import seeds

sys.path.insert(0, str(Path(__file__).parent))

from planted import SLIPS, slip
from reference import namespace

from autograder import check, hint, where
from autograder.engine import marking, messages
from autograder.engine.locate import locate
from autograder.engine.places import Budget, Code, Place, Search
from autograder.engine.report import CheckStatus, Finding, Marked, Report, Status
from autograder.engine.runner import run
from autograder.engine.spot_checks import broken
from autograder.exercises import exercises
from autograder.learner import best_points, notebook, rehearsal
from autograder.learner import where as places
from autograder.shared.answer import LocalAnswer

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(best_points, "_session", {})
    monkeypatch.setattr(notebook, "_hints_given", {})
    monkeypatch.setattr(notebook, "_places_given", set())
    monkeypatch.setattr(places, "_looked", {})
    monkeypatch.setattr(places, "SECONDS", 30.0)  # a busy machine must not change what is found
    monkeypatch.setattr(places, "our_answer", lambda exercise: None)
    monkeypatch.setenv(best_points.FOLDER, str(tmp_path))


def searched(exercise_name: str, text: str, changes: int = 6000, right=()) -> tuple[Search, list[str]]:
    """What a search in `text` finds, and the texts of all modules that were tried."""
    exercise, names, tried = exercises()[exercise_name], namespace(exercises()[exercise_name].lesson), []
    patience = rehearsal.Patience()

    def answer_for(module):
        tried.append(ast.unparse(module))
        mine = dict(names)
        exec(compile(module, "changed", "exec"), mine)
        return rehearsal.TimedAnswer(mine[exercise_name], mine, patience)

    with rehearsal.without_a_trace():
        report = run(exercise, answer_for(ast.parse(text)))
        return locate(exercise, report, Code(exercise_name, (text,)), answer_for, names, right, Budget(changes)), tried


def defined(name: str, text: str, names: dict | None = None):
    """A function as a notebook's cell defines it: its text is at hand."""
    names = {"__name__": "__main__", "np": np} if names is None else names
    file = f"<cell of {name} {abs(hash(text))}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    exec(compile(text, file, "exec"), names)
    return names[name]


SOME = list(SLIPS) if seeds.MANY else list(SLIPS)[seeds.one() % 3 :: 3]  # others with each seed


@pytest.mark.parametrize("name", SOME)
def test_the_slip_is_found_where_it_was_planted(name):
    exercise, text, wrong = slip(name)
    search, _ = searched(exercise, text)
    assert wrong in [{place.line for place in repair} for repair in search.repairs]
    assert len(search.repairs) <= 2, "there are few other ways to repair it"
    assert search == searched(exercise, text)[0], "the order of the changes is fixed"


def _full(report) -> bool:
    return report.points == report.max_points


def test_a_place_is_marked_only_where_a_change_makes_every_check_pass(monkeypatch):
    """No search ever says a place without having run all checks, and all of them passed."""
    exercise, text, _ = slip("operator")
    verdicts = []

    def noted(e, answer, seed):
        verdicts.append(run(e, answer, seed=seed))
        return None if _full(verdicts[-1]) else broken(e, answer, seed)

    monkeypatch.setattr("autograder.engine.locate.broken", noted)
    search, _ = searched(exercise, text)
    assert search.found and any(map(_full, verdicts))
    monkeypatch.setattr("autograder.engine.locate.broken", lambda e, answer, seed: broken(e, LocalAnswer(lambda *_: None), seed))
    assert not searched(exercise, text, 500)[0].found


def test_the_budget_ends_the_search_and_is_told():
    exercise, text, _ = slip("two_slips")
    search, tried = searched(exercise, text, changes=20)
    assert (search.found, search.tried, search.complete) == (False, 20, False)
    assert "Then the time was up." in marking.sentence(search, Code(exercise, (text,)))
    assert len(tried) <= 22


def test_pieces_of_a_right_answer_find_what_no_slip_explains():
    text = "def conv1d_valid(x, k):\n    n = len(x)\n    return np.zeros(n - len(k) + 1)\n"
    right = "def conv1d_valid(signal, kernel):\n    return np.convolve(signal, kernel[::-1], mode='valid')\n"
    assert not searched("conv1d_valid", text, 1500)[0].found
    search, _ = searched(
        "softmax",
        "def softmax(z):\n    return np.exp(z) / np.sum(z)\n",
        right=("def softmax(s):\n    e = np.exp(s - s.max())\n    return e / e.sum()\n",),
    )
    assert search.repairs[0][0].line == 2
    # a formula that makes all other lines idle proves nothing of them
    assert not searched("conv1d_valid", text, 1500, (right,))[0].found


def test_places_are_counted_in_characters():
    text = "def chain(J_outer, J_inner):\n    é = 'ß'; return J_outer * J_inner\n"
    place = searched("chain", text)[0].repairs[0][0]
    line = text.splitlines()[1]
    assert line[place.column : place.end_column] == "J_outer * J_inner"


CODE = Code("f", ("def f(x):\n    y = x + 1\n    return y < 2\n", "def g(x):\n    return x\n"))
TOLD = {
    "one line": Search(((Place(0, 2, 8, 2, 13),),), 9),
    "two lines": Search(((Place(0, 2, 8, 2, 13), Place(0, 3, 11, 3, 16)),), 9),
    "one of two": Search(((Place(0, 2, 8, 2, 13),), (Place(0, 3, 11, 3, 16),)), 9),
    "twice in a line": Search(((Place(0, 2, 8, 2, 9), Place(0, 2, 12, 2, 13)),), 9),
    "missing": Search(((Place(0, 2, 4, 2, 13, True),),), 9),
    "missing at the end": Search(((Place(0, 3, 4, 3, 16, True, True),),), 9),
    "in a helper": Search(((Place(1, 2, 11, 2, 12),),), 9),
    "nothing": Search((), 1234),
    "no time": Search((), 1234, False),
}


def test_golden_texts():
    text = "".join(
        f"## {name}\n{marking.to_text(search, CODE)}\n{marking.to_text(search, CODE, closer=True)}\n{marking.to_html(search, CODE, closer=True)}\n\n"
        for name, search in TOLD.items()
    )
    golden = GOLDEN / "told.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_panel_of_graded_work_is_golden_and_says_nothing_twice():
    place = Marked(marking.sentence(TOLD["one of two"], CODE), [(2, "y = x + 1"), (3, "return y < 2")])
    finding = Finding("c", "The value is right", CheckStatus.FAIL, "f(1.0)", "2", "3", "Compare with a sketch.")
    report = Report("f", 2, 0.5, Status.PARTIAL, [finding], diagnosis="Only the first entry is wrong.", place=place)
    text = f"{messages.to_text(report)}\n{messages.to_html(report)}\n"
    golden = GOLDEN / "graded.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    said = re.findall(r"[A-Z][^.<>|]*\.", messages.to_text(report))
    assert len(said) == len(set(said)) > 2


def test_asked_again_it_says_another_sentence():
    for search in TOLD.values():
        first, second = marking.sentence(search, CODE), marking.sentence(search, CODE, closer=True)
        assert not set(re.split(r"(?<=\.) ", first)) & set(re.split(r"(?<=\.) ", second))


def test_html_is_well_formed_and_escaped():
    for search in TOLD.values():
        for closer in (False, True):
            html = marking.to_html(search, CODE, closer)
            ElementTree.fromstring(f"<div>{html}</div>")
            assert "y < 2" not in html


def test_where_comes_closer_and_never_shows_the_change():
    _, text, _ = slip("operator")
    gradient = defined("gradient", text)
    first, second = where(gradient), where(gradient)
    assert "Look at line 11." in str(first) and "^" not in str(first) and "where(gradient)" in str(first)
    assert str(second).splitlines()[-1].count("^") == len("2 + s")
    assert "2 * s" not in str(second) + second._repr_html_()
    assert repr(first) == "0", "no points hang on it"
    other = defined("gradient", text.replace("2 + s", "2 - s"))
    assert "^" not in str(where(other)), "a changed code is looked at anew"


def test_hint_marks_the_line_before_its_last_hint():
    exercise, text, _ = slip("operator")
    gradient = defined("gradient", text)
    hints = exercises()[exercise].hints
    told = [str(hint(gradient)) for _ in range(len(hints) + 2)]
    assert "Look at line 11." not in told[len(hints) - 2]
    assert "Look at line 11." in told[len(hints) - 1] and hints[-1] not in told[len(hints) - 1]
    assert "Call hint again" in told[len(hints) - 1]
    assert hints[-1] in told[len(hints)] and "That was the last hint." in told[len(hints)] == told[len(hints) + 1]


def test_what_cannot_be_searched_is_said():
    assert "there is no place to mark" in str(where(defined("chain", "def chain(J_outer, J_inner):\n    return J_outer @ J_inner\n")))
    assert "Not written yet" in str(where(defined("chain", "def chain(J_outer, J_inner):\n    raise NotImplementedError\n")))
    letter = next(e for e in exercises().values() if not e.signature)
    assert "chosen, not computed" in str(where(defined(letter.name, f"def {letter.name}():\n    return 'a'\n")))
    unseen = {"__name__": "__main__"}
    exec("def chain(J_outer, J_inner):\n    return J_outer * J_inner\n", unseen)
    assert "not at hand" in str(where(unseen["chain"]))
    assert "No exercise is called" in str(where(defined("no_exercise", "def no_exercise():\n    return 1\n")))


@pytest.mark.parametrize(
    "line",
    [
        "open('spoilt', 'w')",
        "import os; os.remove('x')",
        "np.save('x', J_inner)",
        "exec('1')",
        "input()",
        "__import__('os')",
        "helper()",
        "mod.getcwd()",
    ],
)
def test_code_that_reaches_out_is_not_run(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__", "np": np, "mod": sys.modules["os"], "ran": []}
    exec("def helper():\n    open('spoilt', 'w')\n", names)
    chain = defined("chain", f"def chain(J_outer, J_inner):\n    ran.append(1)\n    {line}\n    return J_outer * J_inner\n", names)
    monkeypatch.setattr(notebook, "_names", lambda function: names)
    assert "The place was not looked for." in str(where(chain))
    assert not names["ran"] and not list(tmp_path.iterdir())


def test_an_attribute_is_not_taken_for_the_notebooks_name(monkeypatch):
    """A lesson's first cell imports `where` and `hint`; np.where is another thing, and so is a field of that name."""
    names = {"__name__": "__main__", "np": np, "where": where, "hint": hint}
    text = "def sigmoid_forward(Z):\n    e = np.exp(-np.abs(Z))\n    S = np.where(Z > 0, 1, e) / (1 - e)\n    return S, S\n"
    answer = defined("sigmoid_forward", text, names)
    monkeypatch.setattr(notebook, "_names", lambda function: names)
    assert "Look at line 3." in str(where(answer))


def test_the_notebook_stays_as_it_is(capfd, monkeypatch):
    text = (
        "def chain(J_outer, J_inner):\n    global count\n    count = count + 1\n    seen.append(count)\n    noted()\n    shared[0] += 1\n"
        "    print('spoken')\n    warnings.warn('loud')\n    np.random.seed(3)\n    np.random.random()\n    return J_outer * J_inner\n"
    )
    names = {"__name__": "__main__", "np": np, "count": 0, "seen": [], "shared": np.zeros(2), "store": {}, "warnings": warnings}
    exec("def noted():\n    store[len(store)] = 1\n", names)
    chain = defined("chain", text, names)
    monkeypatch.setattr(notebook, "_names", lambda function: names)
    before, legacy, plain, errors = dict(names), np.random.get_state()[1].copy(), random.getstate(), np.geterr()
    panel = where(chain)
    assert "Look at line 11." in str(panel)
    assert names == before and names["count"] == 0 and names["seen"] == [] and names["store"] == {} and not names["shared"].any()
    assert (np.random.get_state()[1] == legacy).all() and random.getstate() == plain and np.geterr() == errors
    assert capfd.readouterr() == ("", "")


def test_a_stop_is_no_error(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(places, "locate", interrupted)
    assert "Stopped." in str(where(defined("gradient", slip("operator")[1])))


def test_a_change_that_never_ends_or_asks_for_too_much_is_left(monkeypatch):
    text = "def machine_epsilon(dtype):\n    e = np.ones((), dtype)\n    while 1 + e > 1:\n        e = e / 2\n    return float(e)\n"
    search, _ = searched("machine_epsilon", text, 60)  # e = e * 2 never ends
    assert search.tried
    with rehearsal.without_a_trace():
        outcome = rehearsal.TimedAnswer(lambda: np.zeros(1 << 36), {}, rehearsal.Patience(5.0)).call(())
    if sys.platform == "linux":
        assert outcome.raised in ("MemoryError", "_ArrayMemoryError")


def test_a_helper_of_the_learners_is_searched_too(monkeypatch):
    names = {"__name__": "__main__", "np": np}
    defined("rise", "def rise(f, x, h):\n    return f(x + h) + f(x)\n", names)
    forward = defined("forward_difference", "def forward_difference(f, x, h):\n    return rise(f, x, h) / h\n", names)
    monkeypatch.setattr(notebook, "_names", lambda function: names)
    assert "Look at line 2 of rise." in str(where(forward))


def test_the_panel_speaks_of_where():
    gradient = defined("gradient", slip("operator")[1])
    assert "where(gradient)" in check(gradient)._repr_html_()
    assert "where(" not in check(defined("chain", "def chain(J_outer, J_inner):\n    return J_outer @ J_inner\n"))._repr_html_()


def test_the_button_comes_closer_with_each_press():
    gradient = defined("gradient", slip("operator")[1])
    box = places.button_box(exercises()["gradient"], gradient, {"np": np})
    button = box.children[0]
    button.click()
    assert "Look at line 11." in box.children[1].value and button.description == "Which part of it?"
    button.click()
    assert "<mark>2 + s</mark>" in box.children[1].value


def test_code_that_stops_is_marked_where_it_stops(monkeypatch):
    """Where no small change mends it, the line at which a failing call raises is all that is told."""
    names = {"__name__": "__main__", "np": np}
    text = (
        "def per_example(G):\n    places = np.arange(len(G))\n    table = np.full((1, 1), 7.0)\n"
        "    blocks = table[places + 5]\n    return np.tanh(blocks) + 3.25\n"
    )
    per_example = defined("per_example", text, names)
    monkeypatch.setattr(notebook, "_names", lambda function: names)
    told = str(where(per_example))
    assert "your code stops at line 4 with IndexError" in told and "4 |     blocks = table[places + 5]" in told


def test_what_a_definition_needs_is_at_hand():
    """Decorators and defaults are names of the notebook, too: a copy is defined with them, and a wrong line below them is found."""
    names = {"__name__": "__main__", "np": np, "cache": functools.cache, "STEP": 1e-20}
    text = "def complex_step(f, x, h=STEP):\n    return np.imag(f(x + 1j * h)) / (2 * h)\n"
    assert "Look at line 2." in str(where(defined("complex_step", text, names)))
    cached = "@cache\ndef machine_epsilon(dtype):\n    eps = np.ones((), dtype)\n    while 1 + eps > 1:\n        eps = eps / 2\n    return float(eps)\n"
    told = str(where(defined("machine_epsilon", cached, names)))
    assert "Look at line" in told
