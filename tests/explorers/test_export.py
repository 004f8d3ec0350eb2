"""Explorers where nobody moves a slider: run by nbclient, exported to HTML."""

import html
import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, LatexExporter

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def executed():
    cells = (
        "from explorers import microscope, reveal, secant_explorer",
        "secant_explorer()",
        "microscope()",
        'reveal(None, {"a": "b", "c": "d"})',
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    return NotebookClient(notebook, timeout=120, kernel_name="python3").execute()


def test_it_runs_and_says_nothing_on_stderr(executed):
    kinds = [[o.output_type for o in cell.outputs] for cell in executed.cells]
    both = ["display_data", "execute_result"]  # the still picture, then the live one
    assert kinds == [[], both, both, ["execute_result"]]


def test_each_explorer_leaves_a_picture_and_its_numbers(executed):
    for cell, number in ((executed.cells[1], "6.006002"), (executed.cells[2], "464.2")):
        data = cell.outputs[0].data
        assert data["image/png"]
        assert number in data["text/plain"]


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_the_exported_page_shows_the_pictures_and_says_them(executed, template):
    """Each picture once, with the text alternative that nbconvert's "lab" drops from a PNG."""
    executed.metadata.pop("widgets", None)
    page, _ = HTMLExporter(template_name=template).from_notebook_node(executed)
    for cell in executed.cells[1:3]:
        data = cell.outputs[0].data
        assert page.count(data["image/png"][:200]) == 1
        images = [tag for tag in re.findall(r"<img [^>]*>", page) if data["image/png"][:200] in tag]
        assert [html.unescape(re.search(r'alt="([^"]*)"', tag)[1]) for tag in images] == [data["text/plain"]]
    assert "First predict" in page


def test_a_pdf_has_the_pictures(executed):
    latex, resources = LatexExporter().from_notebook_node(executed)
    assert latex.count("includegraphics") == len(resources["outputs"]) == 2
