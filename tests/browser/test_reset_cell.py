"""`reset` in a real browser: the released cell below or, in the exercise's own cell, in its place; what was there is in a file."""

from __future__ import annotations

import pytest
from lab import code_notebook

from autograder.exercises import exercises
from autograder.learner.reset import released

pytestmark = pytest.mark.browser
NAME = "secant_line"
MINE = f"def {NAME}(f, x, h):\n    return 'mine'"
SOURCES = "() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.sharedModel.getSource())"


@pytest.mark.parametrize("app", ["doc/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def test_the_released_cell_comes_and_the_own_one_is_kept(lab, app):
    notebook = code_notebook("from autograder import reset", MINE, f'reset("{NAME}")')
    notebook.cells[1].id = NAME
    stub, folder = released(exercises()[NAME]), lab.folder / "before_reset"
    with lab.open(notebook, app=app) as page:
        for place in range(3):
            page.run_cell(place)
        page.page.wait_for_function(f"() => ({SOURCES})().length === 4")
        assert page.page.evaluate(SOURCES) == [*(cell.source for cell in notebook.cells), stub]
        assert "The new cell below holds" in page.text(".jp-OutputArea [role=status]")
        assert MINE in (folder / f"{NAME}-1.py").read_text(encoding="utf-8")

        # in its own cell, above what is written there
        changed = f'reset("{NAME}")\n{MINE.replace("mine", app)}'
        page.page.evaluate("source => jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.setSource(source)", changed)
        page.run_cell(1)
        page.page.wait_for_function(f"stub => ({SOURCES})()[1] === stub", arg=stub)
        assert len(page.page.evaluate(SOURCES)) == 4
        assert any(f"return '{app}'" in path.read_text(encoding="utf-8") for path in folder.iterdir())
    for path in folder.iterdir():
        path.unlink()
