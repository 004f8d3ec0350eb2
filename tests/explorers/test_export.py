"""Explorers where nobody moves a slider: run by nbclient, exported to HTML."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def executed():
    cells = ("from explorers import microscope, reveal, secant_explorer", "secant_explorer()", "microscope()", 'reveal(None, {"a": "b", "c": "d"})')
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    return NotebookClient(notebook, timeout=120, kernel_name="python3").execute()


def test_it_runs_and_says_nothing_on_stderr(executed):
    kinds = [[o.output_type for o in cell.outputs] for cell in executed.cells]
    assert kinds == [[], ["execute_result"], ["execute_result"], ["execute_result"]]


def test_each_explorer_leaves_a_picture_and_its_numbers(executed):
    for cell, number in ((executed.cells[1], "6.006002"), (executed.cells[2], "464.2")):
        data = cell.outputs[0].data
        assert data["image/png"]
        assert number in data["text/plain"]


def test_the_exported_page_shows_the_pictures(executed):
    executed.metadata.pop("widgets", None)
    page, _ = HTMLExporter().from_notebook_node(executed)
    assert page.count(executed.cells[1].outputs[0].data["image/png"][:200]) == page.count(executed.cells[2].outputs[0].data["image/png"][:200]) == 1
    assert "First predict" in page
    # nbconvert's "lab" template drops the alternative text of a PNG; "classic", on which feedback is built, keeps it.
    classic, _ = HTMLExporter(template_name="classic").from_notebook_node(executed)
    assert 'alt="secant explorer: 2x³ + 5 at x = 1' in classic
