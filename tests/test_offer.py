"""A failing check offers its counterexample to an explorer: as text, as a button in a live kernel, and not at all while grading."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

from autograder import check
from autograder.engine.report import CheckStatus
from autograder.engine.runner import run
from autograder.engine.show import view_text
from autograder.exercises import exercises
from autograder.learner import best_points as memory
from autograder.learner import buttons, notebook
from autograder.learner import counterexample as offer
from autograder.shared.answer import LocalAnswer
from autograder.shared.functions import Function
from autograder.writing.case import view
from autograder.writing.exercise import Exercise


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_session", {})
    monkeypatch.setattr(buttons, "_rows", {})
    monkeypatch.setenv(memory.FOLDER, str(tmp_path))


def difference_quotient(f, x, h):
    return f(x + h) - f(x)


def mse(X, y, theta):
    return np.sum((y - X @ theta) ** 2)


def test_a_line_is_what_one_would_type():
    assert (
        view_text(view("secant_explorer", f=Function("2*x**3 + 5"), x=1.0, h=0.5)) == "secant_explorer(lambda x: 2*x**3 + 5, x=1.0, h=0.5)"
    )
    assert view_text(view("valley_explorer", A=np.eye(2))) == "valley_explorer(A=np.array([[1., 0.], [0., 1.]]))"


def test_the_panel_says_it_in_words_and_keeps_its_points():
    panel = check(difference_quotient)
    assert repr(panel) == "0" and float(repr(panel)) == 0
    assert "See your answer at this input:" in str(panel) and "import" in str(panel)  # this module has imported no explorer
    ElementTree.fromstring(panel._repr_html_())
    assert "secant_explorer(lambda x: 2*x**3 + 5, x=0.0, h=2.0, yours=difference_quotient)" in panel._repr_html_()
    line = str(panel).splitlines()[-1].strip()
    assert "\n" not in line
    names = {"np": np, "difference_quotient": difference_quotient}  # this module has NumPy, so the line does not import it
    exec(line.rpartition(";")[0], names)
    assert "slope" in repr(eval(line.rpartition(";")[2], names))


def test_the_learners_function_is_offered_where_it_can_be_drawn():
    """By the name that it has in the notebook; not for a view that does not draw it, and not before it is written."""
    exercise, mine, failing = exercises()["difference_quotient"], difference_quotient, {}
    report = run(exercise, LocalAnswer(mine), failing=failing)
    assert offer.offer(exercise, report, failing, mine, {"my_quotient": mine}).line.endswith("yours=my_quotient)")
    assert offer.offer(exercise, report, failing, mine, {"difference_quotient": mine, "a": mine}).line.endswith(
        "yours=difference_quotient)"
    )
    assert "yours" not in offer.offer(exercise, report, failing, mine, {}).line, "it has no name there"
    plain = offer.Offer("mse", view("mse_explorer", x=[0.0], y=[1.0]), True, mse, "mse")
    assert not plain.drawn and "yours" not in plain.line and offer.button_box(plain).children[0].description == "See it in the explorer"


def test_the_button_opens_the_explorer_with_the_learners_answer():
    box = offer.button_box(
        offer.Offer(
            "difference_quotient", view("secant_explorer", yours=True, x=0.0, h=2.0), True, difference_quotient, "difference_quotient"
        )
    )
    assert box.children[0].description == "See your answer"
    box.children[0].click()
    screen = next(w for w in _all(box.children[1]) if "eta-picture" in w._dom_classes)
    assert "difference_quotient gives 16 for the secant slope; right is 8, off by 8." in screen.value


def _all(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


def test_names_that_are_there_are_not_imported_again():
    one = offer.Offer("difference_quotient", view("secant_explorer", f=Function("np.sin(x)"), x=0.0), True)
    assert one.full_line({"np": np, "secant_explorer": print}) == "secant_explorer(lambda x: np.sin(x), x=0.0)"
    assert one.full_line({"np": 3}).startswith("import numpy as np; from explorers import secant_explorer; secant_explorer(")


def test_an_input_that_has_no_picture_gives_way_to_another_that_fails():
    """The smallest input has three parameters; a line through points has two."""
    failing = {}
    report = run(exercises()["mse"], LocalAnswer(mse), failing=failing)
    one = offer.offer(exercises()["mse"], report, failing)
    assert not one.same and one.line.startswith("mse_explorer(x=") and "See your answer at another input that fails" in str(check(mse))


def test_a_right_answer_and_an_exercise_without_picture_offer_nothing():
    def quotient(f, x, h):
        if np.any(h == 0):
            raise ValueError("h is 0")
        return (f(x + h) - f(x)) / h

    quotient.__name__ = "difference_quotient"
    assert "explorer" not in str(check(quotient)) and repr(check(quotient)) == "2"

    def powers_derivative(x, n):
        return np.zeros(n + 1)

    assert repr(check(powers_derivative)) != "3" and "explorer" not in str(check(powers_derivative))


def test_a_picture_that_fails_costs_no_check(monkeypatch):
    monkeypatch.setattr(exercises()["difference_quotient"], "make_view", lambda *_: 1 / 0)
    assert repr(check(difference_quotient)) == "0" and "explorer" not in str(check(difference_quotient))


def test_an_exercise_has_one_picture():
    one = Exercise("one", 1, "nothing")
    one.picture(lambda: None)
    with pytest.raises(ValueError, match="picture already"):
        one.picture(lambda: None)


def test_failing_calls_come_with_the_one_that_is_shown_first():
    failing = {}
    report = run(exercises()["difference_quotient"], LocalAnswer(difference_quotient), failing=failing)
    assert set(failing) == {f.check for f in report.findings if f.status is CheckStatus.FAIL}
    (f, x, h), *others = failing["is_the_slope"]
    assert f"difference_quotient(f, {x}, {h})" in report.first_miss.input and f.source in report.first_miss.input and others
    assert run(exercises()["difference_quotient"], LocalAnswer(difference_quotient)).to_json() == report.to_json(), (
        "the report is the same without it"
    )


def test_checking_imports_no_explorer_and_is_not_slowed_by_one():
    code = (
        "from autograder import check\nimport sys\ndef difference_quotient(f, x, h):\n    return f(x + h) - f(x)\n"
        "assert 'secant_explorer' in str(check(difference_quotient))\n"
        "assert not {'explorers', 'matplotlib', 'ipywidgets'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_button_opens_and_closes_the_explorer():
    one = offer.Offer("difference_quotient", view("secant_explorer", f=Function("np.sin(x)"), x=0.0, h=2.0), True)
    box = offer.button_box(one)
    button = box.children[0]
    assert button.description == "See it in the explorer" and button.tooltip
    button.click()
    assert len(box.children) == 2 and "Close" in button.description
    first = box.children[1]
    button.click()
    assert box.children == (button,) and "See it" in button.description
    button.click()
    assert box.children[1] is first, "it is built once"


def test_an_explorer_that_does_not_open_says_so():
    box = offer.button_box(offer.Offer("x", view("secant_explorer", x=0.0, h=0.0), True))
    box.children[0].click()
    assert "our mistake" in box.children[1].value and 'role="alert"' in box.children[1].value


CELL = """
from autograder import check
from explorers import secant_explorer
import numpy as np
def difference_quotient(f, x, h):
    return f(x + h) - f(x)
check(difference_quotient)
"""


@pytest.mark.slow
def test_in_a_kernel_the_button_comes_with_a_person_and_not_with_nbclient():
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    try:

        def outputs(person: bool) -> list:
            found = []
            client.execute_interactive(
                CELL,
                allow_stdin=person,
                timeout=60,
                output_hook=lambda m: found.append((m["msg_type"], m["content"])),
                stdin_hook=lambda m: None,
            )
            return [(kind, content["data"]) for kind, content in found if kind in ("execute_result", "display_data")]

        alone, person, again = outputs(False), outputs(True), outputs(True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert [kind for kind, _ in alone] == ["execute_result"] and alone[0][1]["text/plain"] == "0"
    assert "explorer" not in alone[0][1]["text/html"], "a graded notebook is as it was"
    for shown in (person, again):
        (first, panel), (second, button) = shown
        assert (first, second) == ("execute_result", "display_data") and panel["text/plain"] == "0"
        assert "application/vnd.jupyter.widget-view+json" in button and "widget" not in str(list(panel))
        explorer = "secant_explorer(lambda x: 2*x**3 + 5, x=0.0, h=2.0, yours=difference_quotient)"
        assert button["text/plain"] == f"To do more, type hint(difference_quotient), or where(difference_quotient), or {explorer}"


def test_the_hidden_judging_knows_nothing_of_it():
    """The judge asks for no failing calls, so nothing of them can get into a verdict."""
    from pathlib import Path

    judge = Path(notebook.__file__).parent / "judge"
    assert not any("failing=" in path.read_text() or "make_view" in path.read_text() for path in judge.glob("*.py"))
