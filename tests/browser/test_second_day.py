"""A notebook that is opened again: saved, its kernel gone. Every explorer is a picture that its first control moves, every panel reads as it did, nothing speaks of an error."""

from __future__ import annotations

import nbformat
import pytest
from lab import NotebookPage, code_notebook

pytestmark = pytest.mark.browser
WRONG = "def secant_line(f, x, h):\n    return (f(x + h) - f(x)) / h, f(x)"
CELLS = (
    "from autograder import check\nfrom explorers import secant_explorer, landscape_explorer",
    "secant_explorer()",
    "landscape_explorer()",
    WRONG,
    "check(secant_line)",
)
STILL = ".eta-still"
SAVE = "async () => { await jupyterapp.commands.execute('docmanager:save'); }"


def panel(page) -> str:
    """What the check says on the screen, its row of buttons aside."""
    return page.page.locator(".jp-OutputArea-output", has_text="wanted").first.inner_text()


def nothing_is_wrong(page) -> None:
    assert not any(one.is_visible() for one in page.page.get_by_text("Error displaying widget").all())
    assert not any(one.is_visible() for one in page.page.get_by_text("model not found").all())


@pytest.fixture(scope="module")
def saved(lab):
    """The notebook as its first day left it, and what its panel said."""
    with lab.open(code_notebook(*CELLS), name="first_day.ipynb") as page:
        page.run_all()
        page.page.wait_for_selector(".eta-landscape [role=img]")
        page.button("Hint").wait_for()
        # while the widget lives, its still picture hides, and is not unpacked
        page.settle(1500)
        assert page.page.locator(STILL).count() == 2
        assert not any(still.is_visible() for still in page.page.locator(STILL).all())
        assert page.page.locator(f"{STILL} .eta-explorer").count() == 0
        said = panel(page)
        page.page.evaluate(SAVE)
        yield nbformat.read(lab.folder / "first_day.ipynb", as_version=4), said


@pytest.mark.parametrize("app", ["doc/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def test_the_next_day_shows_pictures_that_move(lab, saved, app):
    notebook, said = saved
    with lab.open(notebook, app=app) as page:
        slider = page.page.locator(f"{STILL} input[type=range]").first
        slider.wait_for()
        page.settle(1500)  # JupyterLab looks for the widgets' models when all else is there
        assert [still.is_visible() for still in page.page.locator(STILL).all()] == [True, True]
        assert "Run this cell for the rest." in page.text(STILL)
        nothing_is_wrong(page)
        assert panel(page) == said
        page.page.get_by_text("Stuck?").first.scroll_into_view_if_needed()  # what is out of sight is not drawn
        page.settle()
        nothing_is_wrong(page)
        # no kernel was asked for anything, and the arrow keys move the picture
        sentence = page.page.locator(f"{STILL} .eta-sentence").first
        before, value = sentence.inner_text(), slider.input_value()
        slider.focus()
        page.page.keyboard.press("ArrowLeft")
        page.page.keyboard.press("ArrowLeft")
        assert int(slider.input_value()) == int(value) - 2 and sentence.inner_text() != before
        assert slider.get_attribute("aria-valuetext") and slider.get_attribute("aria-label")
        # nor for the marker of the first control, which the slider follows
        picture = page.page.locator(f"{STILL} .eta-screen .eta-panel").first
        picture.scroll_into_view_if_needed()
        panel_box, marker = picture.bounding_box(), page.page.locator(f"{STILL} .eta-handle:not([data-x])").first.bounding_box()
        middle = marker["x"] + marker["width"] / 2, marker["y"] + marker["height"] / 2
        before, value = sentence.inner_text(), slider.input_value()
        page.page.mouse.move(*middle)
        page.page.mouse.down()
        page.page.mouse.move(middle[0] - 0.15 * panel_box["width"], middle[1] + 0.2 * panel_box["height"], steps=4)
        page.page.mouse.up()
        assert slider.input_value() != value and sentence.inner_text() != before
        assert slider.evaluate("one => one === document.activeElement")
        assert [told for told in page.console_errors if "widget model not found" not in told] == [], (
            "that one is ipywidgets' own, and hidden"
        )
        page.run_all()
        page.page.wait_for_selector(".eta-landscape [role=img]:visible")
        page.settle()
        assert not any(still.is_visible() for still in page.page.locator(STILL).all())


def test_where_scripts_are_not_trusted_the_picture_stays(lab, saved):
    """Somebody else's notebook: JupyterLab takes scripts out of its HTML."""
    notebook, said = saved
    stranger = nbformat.from_dict({**notebook, "cells": notebook.cells[:2] + [nbformat.v4.new_code_cell("'changed elsewhere'")]})
    stranger.cells[1].outputs[0].data["text/html"] += "<p>changed elsewhere</p>"  # no signature fits it any more
    with lab.open(stranger) as page:
        page.page.wait_for_selector(f"{STILL} img")
        page.settle(1500)
        assert page.page.locator(f"{STILL} img").is_visible() and "Run this cell, and it moves." in page.text(STILL)
        nothing_is_wrong(page)


def test_saving_without_running_keeps_everything(lab, saved):
    notebook, said = saved
    with lab.open(notebook, name="second_day.ipynb") as page:
        page.page.wait_for_selector(f"{STILL} input[type=range]")
        page.page.evaluate(SAVE)
    with lab.open(nbformat.read(lab.folder / "second_day.ipynb", as_version=4)) as page:
        page.page.wait_for_selector(f"{STILL} input[type=range]")
        assert [still.is_visible() for still in page.page.locator(STILL).all()] == [True, True] and panel(page) == said
        nothing_is_wrong(page)


def test_a_kernel_that_is_restarted_leaves_the_picture_and_the_panel(lab):
    with lab.open(code_notebook(*CELLS)) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        said = panel(page)
        page.page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }")
        page.settle(1500)
        nothing_is_wrong(page)
        assert panel(page) == said
        shown = page.page.locator(".eta-explorer:visible")
        assert shown.count() == 2
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        nothing_is_wrong(page)
        assert panel(page) == said


def test_two_tabs_on_one_notebook(lab):
    with lab.open(code_notebook(*CELLS), name="two_tabs.ipynb") as one:
        one.run_all()
        one.page.wait_for_selector(".eta-landscape [role=img]")
        one.page.evaluate(SAVE)
        other = NotebookPage(lab.browser.new_page(viewport={"width": 1280, "height": 1000}))
        try:
            other.goto(f"{lab.url}/doc/tree/two_tabs.ipynb?token={lab.token}&reset")
            other.page.wait_for_selector(".eta-explorer:visible")
            other.settle(1500)
            assert panel(other) == panel(one)
            for page in (one, other):
                nothing_is_wrong(page)
                assert page.page.locator(".eta-explorer:visible").count() == 2
            other.run_cell(1)  # and the first tab keeps what it shows
            one.settle()
            nothing_is_wrong(one)
            assert one.page.locator(".eta-explorer:visible").count() == 2
        finally:
            other.page.close()


def test_a_network_that_was_gone(lab):
    with lab.open(code_notebook(*CELLS)) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        sentence, said = page.page.locator(".eta-secant .eta-sentence").first, panel(page)
        page.page.context.set_offline(True)
        before = sentence.inner_text()
        page.slider("|h|", ".eta-secant").press("ArrowLeft", 2)
        page.page.wait_for_function("was => document.querySelector('.eta-secant .eta-sentence').innerText !== was", arg=before)
        nothing_is_wrong(page)
        assert panel(page) == said
        page.page.context.set_offline(False)
        assert page.python("1 + 1") == "2"
        page.page.evaluate(SAVE)
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        nothing_is_wrong(page)
