"""A notebook that is opened again: saved, its kernel gone. Every explorer is there as a picture that says what to do, and nothing speaks of an error."""

from __future__ import annotations

import nbformat
import pytest
from lab import code_notebook

pytestmark = pytest.mark.browser
CELLS = ("from explorers import secant_explorer, landscape_explorer", "secant_explorer()", "landscape_explorer()")


@pytest.fixture(scope="module")
def saved(lab):
    """The notebook as its first day left it."""
    with lab.open(code_notebook(*CELLS), name="first_day.ipynb") as page:
        page.run_all()
        page.page.wait_for_selector(".eta-landscape [role=img]")
        # while the widget lives, its still picture hides
        assert page.page.locator(".eta-still").count() == 2
        assert not any(still.is_visible() for still in page.page.locator(".eta-still").all())
        page.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save'); }")
        yield nbformat.read(lab.folder / "first_day.ipynb", as_version=4)


@pytest.mark.parametrize("app", ["doc/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def test_the_next_day_shows_pictures(lab, saved, app):
    with lab.open(saved, app=app) as page:
        page.page.wait_for_selector(".eta-still img")
        page.settle(1500)  # JupyterLab looks for the widgets' models when all else is there
        assert [still.is_visible() for still in page.page.locator(".eta-still").all()] == [True, True]
        assert "Run this cell, and it moves." in page.text(".eta-still")
        assert not any(one.is_visible() for one in page.page.get_by_text("Error displaying widget").all())
        page.run_all()
        page.page.wait_for_selector(".eta-landscape [role=img]")
        assert not any(still.is_visible() for still in page.page.locator(".eta-still").all())


def test_saving_without_running_keeps_the_pictures(lab, saved):
    with lab.open(saved, name="second_day.ipynb") as page:
        page.page.wait_for_selector(".eta-still img")
        page.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save'); }")
    with lab.open(nbformat.read(lab.folder / "second_day.ipynb", as_version=4)) as page:
        page.page.wait_for_selector(".eta-still img")
        assert [still.is_visible() for still in page.page.locator(".eta-still").all()] == [True, True]
