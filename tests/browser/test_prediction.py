"""A prediction by keyboard in JupyterLab, with its answer in place, kept for the next time; and on a page of the site without Python."""

from __future__ import annotations

import json

import pytest
from lab import code_notebook

from autograder.learner.predictions import predictions

pytestmark = pytest.mark.browser
SECANT = predictions()["secant"]
MICROSCOPE = predictions()["microscope"]  # with formulas
SLOW = 120_000  # ms; a busy machine is given its time


def begins(option: str) -> str:
    """An answer's words up to its first formula, as a reader sees them."""
    return SECANT.answer(option).split("$")[0]


def choose(page, option: str) -> None:
    """By keyboard alone: the group has the question for its name."""
    group = page.get_by_role("group", name=SECANT.question)
    button = group.get_by_role("button", name=option, exact=True)
    assert button.get_attribute("aria-pressed") == "false" and group.get_by_role("status").inner_text() == ""
    group.get_by_role("button").first.focus()
    for _ in range(SECANT.options.index(option)):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    group.get_by_text(begins(option)).wait_for()
    assert button.get_attribute("aria-pressed") == "true" and button.evaluate("b => b === document.activeElement")
    assert group.get_by_role("status").locator("math").count() == SECANT.answer(option).count("$") // 2 > 0


def test_a_prediction_is_made_and_kept(lab, tmp_path):
    cells = (
        f"import os; os.environ['FROM_H_TO_ETA_STUDY'] = {str(tmp_path)!r}; from autograder import predict",
        'predict("secant")',
        'predict("secant")',
        'predict("microscope")',
    )
    with lab.open(code_notebook(*cells)) as page:
        run = lambda k: page.page.evaluate(
            "async k => { const n = jupyterapp.shell.currentWidget.content; n.activeCellIndex = k; await jupyterapp.commands.execute('notebook:run-cell'); }",
            k,
        )
        run(0), run(1)
        page.page.locator(".eta-ask").wait_for()
        assert begins("steeper") not in page.page.content()
        assert not page.page.locator(".eta-asked").is_visible(), "the words for where nothing is live"
        choose(page.page, "steeper")
        page.settle()
        assert json.loads((tmp_path / ".progress.json").read_text(encoding="utf-8"))["predicted"] == {"secant": "steeper"}
        run(2)
        page.page.locator(".eta-ask").nth(1).get_by_text(begins("steeper")).wait_for()
        again = page.page.locator(".eta-ask").nth(1).get_by_role("button", name="steeper")
        assert again.get_attribute("aria-pressed") == "true"
        run(3)
        formulas = page.page.locator(".eta-ask").nth(2).locator("math")
        formulas.first.wait_for()
        assert formulas.count() == MICROSCOPE.question.count("$") // 2 and formulas.first.bounding_box()["width"] > 20
        page.page.locator(".eta-ask").nth(2).get_by_role("button").first.click()
        told = page.page.locator(".eta-ask").nth(2).get_by_role("status").locator("math")
        told.first.wait_for()
        assert told.count() == MICROSCOPE.answer(MICROSCOPE.options[0]).count("$") // 2
        assert page.console_errors == []


@pytest.mark.slow
def test_a_page_without_python_answers_and_keeps(browser, site):
    file = site / "01_derivative.html"
    assert begins("steeper") not in file.read_text(encoding="utf-8") and "picks up extra slope" not in file.read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_offline(True)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri())
    page.locator(".eta-ask").first.wait_for()
    choose(page, "flatter")
    page.reload()
    page.get_by_text(begins("flatter")).wait_for()
    assert wrong == []
    context.close()


@pytest.mark.slow
def test_a_choice_that_was_made_before_python_came_is_known_to_it(browser, served):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{served}/01_derivative.html")
    page.locator(".eta-ask").first.wait_for()
    choose(page, "steeper")
    page.wait_for_selector("html.eta-ready", timeout=SLOW)
    page.locator(".eta-ask").first.evaluate("e => { document.activeElement.blur(); e.scrollIntoView(); }")
    page.mouse.wheel(0, 3000)
    page.mouse.wheel(0, -3000)
    page.locator(".eta-live .eta-ask").first.get_by_text(begins("steeper")).wait_for(timeout=SLOW)
    page.wait_for_timeout(1500)  # the browser tells Python half a second later, when its buttons are there
    page.get_by_label("Python, cell 2", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("from autograder.learner.predicted import predicted; predicted()")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("{'secant': 'steeper'}").wait_for(timeout=SLOW)
    assert wrong == []
    context.close()


def test_the_questions_of_a_day_are_answered_by_keyboard_and_kept(lab, tmp_path):
    """A typed slip is named, the answer follows, and a second run of the cell shows it answered."""
    cells = (
        f"import os; os.environ['FROM_H_TO_ETA_STUDY'] = {str(tmp_path)!r}; from autograder import today; from autograder.learner import best_points; "
        "best_points.remember('difference_quotient', 2.0)",
        "today()",
    )
    with lab.open(code_notebook(*cells)) as page:
        run = lambda k: page.page.evaluate(
            "async k => { const n = jupyterapp.shell.currentWidget.content; n.activeCellIndex = k; await jupyterapp.commands.execute('notebook:run-cell'); }",
            k,
        )
        run(0), run(1)
        field = page.page.get_by_label("Answer 1")
        field.wait_for()
        assert page.page.locator(".eta-asked").is_hidden(), "the words for where nothing is live"
        field.focus()
        page.page.keyboard.type("12345")
        page.page.keyboard.press("Enter")
        page.page.get_by_text("12345 is not it.").last.wait_for()
        assert field.is_disabled()
        assert json.loads((tmp_path / ".progress.json").read_text(encoding="utf-8"))["today"]["answers"] == {"secant_slope": "12345"}
        run(1)
        page.page.get_by_text("12345 is not it.").last.wait_for()
        assert page.page.get_by_label("Answer 1").is_disabled() and page.console_errors == []
