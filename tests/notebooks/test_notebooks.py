"""The committed notebooks, run as a learner would: ours scores full marks, the release runs to its end and scores nothing."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.exercises import lessons

ROOT = Path(__file__).resolve().parents[2]


def notebook(tree: str, lesson: str) -> Path:
    return ROOT / tree / lesson / f"{lesson}.ipynb"


def run(path: Path):
    cells = nbformat.read(path, 4)
    NotebookClient(
        cells, timeout=120, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    return cells


def points(cells) -> dict[str, float]:
    found = {}
    for cell in cells.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            results = [o for o in cell.outputs if o.output_type == "execute_result"]
            assert len(results) == 1 and len(cell.outputs) == 1, f"{cell.source} answers with one result and nothing else"
            found[cell.metadata["exercise"]] = float(results[0].data["text/plain"])
            assert "text/html" in results[0].data
    return found


def errors(cells) -> list[str]:
    return [
        f"{cell.source[:80]!r}: {o.ename}: {o.evalue}" for cell in cells.cells for o in cell.get("outputs", []) if o.output_type == "error"
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("lesson", lessons())
def test_our_notebook_scores_full_marks(lesson):
    cells = run(notebook("solutions", lesson))
    assert errors(cells) == []
    assert points(cells) == {name: e.points for name, e in lessons()[lesson].exercises.items()}


@pytest.mark.slow
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("lesson", lessons())
def test_the_release_runs_to_its_end_and_scores_nothing(lesson):
    cells = run(notebook("notebooks", lesson))
    assert errors(cells) == []
    assert points(cells) == dict.fromkeys(lessons()[lesson].exercises, 0.0)
    told = [o.data["text/html"] for c in cells.cells if c.metadata.get("nbgrader", {}).get("grade") for o in c.outputs]
    # an exercise that needs another one says so; everything else is simply not written yet
    assert all("Not written yet" in html or "Write it, or run its cell, first" in html for html in told)


@pytest.mark.parametrize("lesson", lessons())
@pytest.mark.parametrize("tree", ["solutions", "notebooks"])
def test_notebooks_are_committed_without_outputs(tree, lesson):
    for cell in json.loads(notebook(tree, lesson).read_text(encoding="utf-8"))["cells"]:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


@pytest.mark.parametrize("lesson", lessons())
def test_links_lead_somewhere(lesson):
    path = notebook("notebooks", lesson)
    text = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (path.parent / target).exists(), f"{lesson} links to {target}"


@pytest.mark.parametrize("lesson", lessons())
def test_first_cells_follow_the_house_rules(lesson):
    cells = nbformat.read(notebook("notebooks", lesson), 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert sum(line.startswith(("import ", "from ")) for line in code[0].source.splitlines()) <= 3
    assert cells[0].cell_type == "markdown" and "question" in cells[0].source
    assert "notation.md" in cells[0].source or lesson == "00_start_here"


def marked(lesson: str) -> set[str]:
    """The items of the source documents that a lesson's cells say they cover."""
    return set(" ".join(str(cell.metadata.get("covers", "")) for cell in nbformat.read(notebook("notebooks", lesson), 4).cells).split())


@pytest.mark.parametrize("lesson, items", tomllib.loads(Path(__file__).with_name("coverage.toml").read_text(encoding="utf-8")).items())
def test_seed_coverage(lesson, items):
    """Every item of the two source documents that a lesson has promised is marked on a cell of it."""
    assert set(items) <= marked(lesson), f"{lesson} lacks {sorted(set(items) - marked(lesson))}"


def test_nothing_of_the_source_documents_is_lost():
    everything = {f"S0.{k:02}" for k in range(1, 26)} | {f"S1.{k:02}" for k in range(1, 24)}
    found = set().union(*map(marked, lessons()))
    assert found == everything, (sorted(everything - found), sorted(found - everything))


def test_every_character_of_the_mathematics_is_printable():
    """E-P03: a LaTeX text read as a Python string loses its backslashes to control characters."""
    for tree in ("solutions", "notebooks"):
        for path in (ROOT / tree).glob("*/*.ipynb"):
            for cell in nbformat.read(path, 4).cells:
                assert not re.search(r"[\x00-\x08\x0b-\x1f]", cell.source), path
