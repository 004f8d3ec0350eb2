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
