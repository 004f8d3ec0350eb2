"""`mine` in a real JupyterLab: the cell that calls it holds the learner's own functions of another lesson, and runs."""

from __future__ import annotations

import json

import pytest
from lab import code_notebook

from autograder.files.course import Course

pytestmark = pytest.mark.browser
LESSON, NAME = "07_backpropagation", "linear_forward"
MINE = f"def {NAME}(X, W, b):\n    return 'mine', W"
SOURCES = "() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.sharedModel.getSource())"


def test_the_cell_holds_what_was_written_in_the_other_lesson(lab, monkeypatch):
    other = json.loads(Course.at().release(LESSON).read_text(encoding="utf-8"))
    next(cell for cell in other["cells"] if cell["id"] == NAME)["source"] = MINE
    folder = lab.folder.parent / LESSON
    folder.mkdir()
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(other), encoding="utf-8")
    try:
        with lab.open(code_notebook("from autograder import mine", f'# tools\nmine("{NAME}")', f"{NAME}(1, 2, 3)")) as page:
            page.run_cell(0)
            page.run_cell(1)
            page.page.wait_for_function(f"() => ({SOURCES})()[1].includes(\"return 'mine', W\")")
            assert len(page.page.evaluate(SOURCES)) == 3 and "This cell holds" in page.text(".jp-OutputArea [role=status]")
            page.run_cell(1)
            page.run_cell(2)
            page.page.get_by_text("('mine', 2)").wait_for()
    finally:
        (folder / f"{LESSON}.ipynb").unlink()
        folder.rmdir()
