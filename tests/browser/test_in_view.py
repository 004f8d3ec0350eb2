"""Running a cell leaves its explorer on the screen: controls, picture and sentence together, on a laptop's screen."""

from __future__ import annotations

import nbformat
import pytest
from lab import code_notebook

pytestmark = pytest.mark.browser
NAMES = ("secant_explorer", "landscape_explorer")
TEXT = "\n\n".join(f"A line of text, number {i}." for i in range(30))


def test_the_explorer_of_the_cell_that_was_run_is_on_the_screen(lab):
    notebook = code_notebook("from explorers import secant_explorer, landscape_explorer")
    for name in NAMES:
        notebook.cells += [nbformat.v4.new_markdown_cell(TEXT), nbformat.v4.new_code_cell(f"{name}()")]
    notebook.cells.append(nbformat.v4.new_markdown_cell(TEXT))
    with lab.open(notebook, width=1366, height=768) as page:
        for run in (0, 2, 4):
            page.page.evaluate(
                """async cell => {
                    jupyterapp.shell.currentWidget.content.activeCellIndex = cell;
                    await jupyterapp.commands.execute('notebook:run-cell-and-select-next');
                }""",
                run,
            )
            if not run:
                continue
            shown = f".eta-{NAMES[run // 2 - 1].partition('_')[0]}"
            page.page.wait_for_selector(f"{shown} [role=img]")
            page.settle(1000)
            view = page.page.locator(".jp-WindowedPanel-outer").bounding_box()
            for part in (".eta-controls", ".eta-panel", ".eta-sentence"):
                box = page.page.locator(f"{shown} {part}").first.bounding_box()
                assert view["y"] - 1 <= box["y"] and box["y"] + box["height"] <= view["y"] + view["height"] + 1, (shown, part)


LETTERS = """() => Math.min(...[...document.querySelectorAll('.eta-screen .eta-panel text, .eta-panel[aria-hidden] text')]
    .map(t => parseFloat(getComputedStyle(t).fontSize) * t.closest('svg').getScreenCTM().a))"""


@pytest.mark.parametrize(
    "width, height, app", [(640, 384, "doc/tree"), (390, 844, "notebooks")], ids=["zoom of 200 % on a small laptop", "phone"]
)
def test_the_controls_stay_in_sight_beside_a_picture_that_is_taller_than_the_screen(lab, width, height, app):
    """And nothing is wider than the screen, and no letter smaller than 11 px."""
    notebook = code_notebook("from explorers import secant_explorer, slices_explorer\nsecant_explorer()", "slices_explorer()")
    with lab.open(notebook, width=width, height=height, app=app) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-slices [role=img]")
        page.settle(1500)
        assert page.page.evaluate(LETTERS) >= 11
        assert page.page.evaluate("() => [...document.querySelectorAll('.eta-explorer')].every(e => e.scrollWidth <= e.clientWidth + 1)")
        for name in ("secant", "slices"):
            page.page.evaluate(
                "n => document.querySelector(`.eta-${n} .eta-screen .eta-panel:last-child`).scrollIntoView({block: 'end'})", name
            )
            page.settle(300)
            view = page.page.locator(".jp-WindowedPanel-outer").bounding_box()
            box = page.page.locator(f".eta-{name} .eta-controls").bounding_box()
            assert view["y"] - 1 <= box["y"] and box["y"] + box["height"] <= view["y"] + view["height"], name
        slider = page.page.locator(".eta-slices [role=slider]").first
        before = page.page.locator(".eta-slices .eta-screen [role=img]").last.get_attribute("aria-label")
        slider.focus()
        page.page.keyboard.press("ArrowLeft")
        page.settle()
        assert page.page.locator(".eta-slices .eta-screen [role=img]").last.get_attribute("aria-label") != before


def test_a_dark_page_has_colours_of_its_own_and_forced_colours_keep_the_state(lab):
    with lab.open(code_notebook("from explorers import secant_explorer\nsecant_explorer()"), dark=True) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        page.settle(1000)
        stroke = "() => getComputedStyle(document.querySelector('.eta-secant [stroke=\"#0072B2\"]')).stroke"
        assert page.page.evaluate(stroke) == "rgb(86, 180, 233)"
        page.use_theme(False)
        assert page.page.evaluate(stroke) == "rgb(0, 114, 178)"
        page.page.emulate_media(forced_colors="active")
        outline = "() => getComputedStyle(document.querySelector('.eta-secant .mod-active')).outlineStyle"
        assert page.page.evaluate(outline) == "solid"
        page.page.emulate_media(forced_colors="none")
