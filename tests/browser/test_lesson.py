"""A learner in a real JupyterLab: open the first lesson, run it all, move h, write a function wrongly, then rightly."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.browser

LESSON = Path(__file__).resolve().parents[2] / "notebooks" / "01_derivative" / "01_derivative.ipynb"
PICTURES = os.environ.get("PICTURES")  # a folder: keep screenshots there, to be looked at


def cell_of(page, grade_id: str) -> int:
    return page.page.evaluate(
        """id => jupyterapp.shell.currentWidget.content.widgets.findIndex(
            c => (c.model.getMetadata('nbgrader') || {}).grade_id === id)""",
        grade_id,
    )


def write_and_check(page, exercise: str, source: str) -> str:
    """Type an answer into the exercise's cell, run it and its check cell, and return the panel's text."""
    page.page.evaluate(
        """async ([cell, check, source]) => {
            const notebook = jupyterapp.shell.currentWidget.content;
            notebook.widgets[cell].model.sharedModel.setSource(source);
            for (const index of [cell, check]) {
                notebook.activeCellIndex = index;
                await jupyterapp.commands.execute('notebook:run-cell');
            }
        }""",
        [cell_of(page, exercise), cell_of(page, f"check-{exercise}"), source],
    )
    panel = page.page.locator(".jp-OutputArea [role=status]").filter(has_text=f"{exercise}:").first
    panel.scroll_into_view_if_needed()
    return panel.inner_text()


def keep(page, name: str) -> None:
    if PICTURES:
        page.screenshot(Path(PICTURES) / f"{name}.png")


# two looks test the behaviour; all four are for somebody who looks at the pictures
LOOKS = [(1280, False), (768, True), *([(1280, True), (768, False)] if PICTURES else [])]


@pytest.fixture(scope="module")
def page(lab):
    """The first lesson, run once."""
    notebook = nbformat.read(LESSON, as_version=4)
    with lab.open(notebook, height=900) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        assert page.page.locator(".jp-OutputArea [role=status]").filter(has_text="Not written yet").count() >= 1
        yield page


@pytest.mark.parametrize("width, dark", LOOKS)
def test_a_learner_works_through_the_first_lesson(page, width, dark):
    page.page.set_viewport_size({"width": width, "height": 900})
    page.use_theme(dark)
    page.page.locator(".eta-secant").first.scroll_into_view_if_needed()
    before = page.page.locator(".eta-secant [role=img]").first.inner_html()
    told = page.page.locator(".eta-secant [role=img]").first.get_attribute("aria-label")
    page.slider("|h|").press("ArrowLeft", 5)
    page.settle()
    assert page.page.locator(".eta-secant [role=img]").first.inner_html() != before
    assert page.page.locator(".eta-secant [role=img]").first.get_attribute("aria-label") != told
    keep(page, f"secant-{width}-{'dark' if dark else 'light'}")

    wrong = write_and_check(page, "secant_line", "def secant_line(f, x, h):\n    return (f(x + h) - f(x)) / h, f(x)")
    assert "0.95 of 2 points" in wrong and "height at t = 0" in wrong and "you gave" in wrong
    keep(page, f"wrong-{width}-{'dark' if dark else 'light'}")
    right = write_and_check(page, "secant_line", "def secant_line(f, x, h):\n    m = (f(x + h) - f(x)) / h\n    return m, f(x) - m * x")
    assert "2 of 2 points" in right
    keep(page, f"right-{width}-{'dark' if dark else 'light'}")
    assert page.console_errors == []


def test_the_first_lesson_in_notebook_7(lab):
    """Not JupyterLab: all cells run, h moves by keyboard, picture and numbers follow."""
    with lab.open(LESSON, height=900, app="notebooks") as page:
        assert page.page.locator("body.jp-mod-singleDocument, body[data-notebook=notebooks]").count() == 1
        page.run_all()
        explorer = page.page.locator(".eta-secant").first
        image = explorer.locator("[role=img]").first
        image.wait_for()
        explorer.scroll_into_view_if_needed()
        page.settle()
        told, drawn, read = image.get_attribute("aria-label"), image.inner_html(), explorer.locator(".eta-readout").first.inner_text()
        at = page.slider("|h|").text
        page.slider("|h|").press("ArrowLeft", 5)
        page.settle()
        assert page.slider("|h|").text != at and image.get_attribute("aria-label") != told
        assert image.inner_html() != drawn and explorer.locator(".eta-readout").first.inner_text() != read
        page.slider("x", ".eta-secant").press("ArrowRight", 3)  # and one that the kernel draws
        page.page.wait_for_function(
            "() => document.querySelector('.eta-secant [role=img]').getAttribute('aria-label').includes('x = 1.15')"
        )
        # a font of Notebook's own is sometimes refused by its server; that is nothing of ours
        assert [e for e in page.console_errors if "/static/notebook/" not in e] == []
