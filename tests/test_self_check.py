"""`check NOTEBOOK`: what is missing, changed or at another place is named, the points are those of `check`, and the file is left alone."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
import pytest

from autograder import __main__ as cli
from autograder.exercises import lesson
from autograder.learner.self_check import NotOfTheCourse, examine

ROOT = Path(__file__).resolve().parents[1]
LESSON = "01_derivative"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("kernels")]


@pytest.fixture
def notebook():
    return nbformat.read(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)


def cell(notebook, name):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def saved(notebook, tmp_path, name=f"{LESSON}.ipynb") -> Path:
    nbformat.write(notebook, tmp_path / name)
    return tmp_path / name


def solved(notebook, *names):
    source = nbformat.read(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)
    for name in names:
        cell(notebook, name).source = cell(source, name).source


def test_a_notebook_that_is_partly_written(notebook, tmp_path):
    """Right, partly right, raising and unwritten answers, saved as Jupyter saves a notebook that was run in another order."""
    solved(notebook, "secant_line", "order_the_derivation")
    cell(notebook, "difference_quotient").source = "def difference_quotient(f, x, h):\n    return (f(x + h) - f(x)) / h"
    cell(notebook, "quotient_cubic").source = "def quotient_cubic(x, h):\n    return 1 / 0"
    cell(notebook, "is_differentiable").source = "is_differentiable = None"
    cell(notebook, "check-secant_line").execution_count = 7
    cell(notebook, "check-order_the_derivation").execution_count = 3
    path = saved(notebook, tmp_path)
    before = path.read_bytes()
    found = examine(path)
    assert found.complete and found.lesson.name == LESSON and path.read_bytes() == before
    points = lesson(LESSON).exercises
    assert (
        found.points["secant_line"] == points["secant_line"].points
        and found.points["order_the_derivation"] == points["order_the_derivation"].points
    )
    assert 0 < found.points["difference_quotient"] < points["difference_quotient"].points, "it misses h = 0"
    assert found.points["quotient_cubic"] == 0 and "quotient_cubic" not in found.trouble
    assert {name for name, why in found.trouble.items() if why == "not written yet"} == set(points) - {
        "secant_line", "order_the_derivation", "difference_quotient", "quotient_cubic", "is_differentiable"
    }  # fmt: skip
    assert found.remarks[0].startswith("in the saved file these checks were not run: difference_quotient, quotient_cubic")
    assert "not run from top to bottom" in found.remarks[1]
    assert "It can be handed in; 5 of its functions are not written yet." in str(found)


def test_everything_that_is_wrong_with_its_shape_is_named_at_once(notebook, tmp_path):
    cells = notebook.cells
    cells.remove(cell(notebook, "quotient_cubic"))
    cells.remove(cell(notebook, "check-tangent_line"))
    cells.append(nbformat.from_dict({**copy.deepcopy(cell(notebook, "secant_line")), "id": "again"}))
    cell(notebook, "check-secant_line").source = "check(secant_line); 2"
    cell(notebook, "difference_quotient").source = "def my_quotient(f, x, h):\n    return (f(x + h) - f(x)) / h"
    cell(notebook, "one_sided").source = "def one_sided(f, x:\n    return 1"
    late = cell(notebook, "powers_derivative")
    cells.remove(late)
    cells.insert(1, late)
    found = examine(saved(notebook, tmp_path, "mine (1).ipynb"))
    assert not found.complete and found.problems == [
        "the file is called mine (1).ipynb; hand it in under its own name, 01_derivative.ipynb",
        "the cell of difference_quotient does not define difference_quotient; the function must have this name",
        "the cell of secant_line is there 2 times; leave the one that counts",
        "the cell check(secant_line) was changed; it must hold check(secant_line) and nothing else",
        "the cell of quotient_cubic is missing; copy the cell from the notebook as it was handed out",
        "the cell check(tangent_line) is missing; copy the cell from the notebook as it was handed out",
        "the cell of one_sided is no Python in line 1; run it, the error says more",
        "the cell difference_quotient is not at its place; the cells must be in the order in which they were handed out",
    ]
    assert "Put right what is marked ✗" in str(found) and found.trouble["quotient_cubic"].startswith("NameError")


def test_a_notebook_begun_in_an_earlier_version(notebook, tmp_path):
    """It lacks an exercise that came later, and has one that is asked no more and one that stands in another lesson now. Nothing of it is lost."""
    solved(notebook, *lesson(LESSON).exercises)
    for name in ("catch_the_secant", "check-catch_the_secant"):
        notebook.cells.remove(cell(notebook, name))
    place = notebook.cells.index(cell(notebook, "check-secant_line")) + 1
    for name in ("midpoint_slope", "product_slope"):
        for mark, source in (
            (name, f"def {name}(f, x, h):\n    return (f(x + h / 2) - f(x - h / 2)) / h"),
            (f"check-{name}", f"check({name})"),
        ):
            old = nbformat.v4.new_code_cell(
                source, metadata={"nbgrader": {**cell(notebook, "secant_line").metadata.nbgrader, "grade_id": mark}}
            )
            notebook.cells.insert(place, old)
            place += 1
    path = saved(notebook, tmp_path)
    (tmp_path / f"{LESSON}.new.ipynb").write_text("what study lays beside it")
    before = path.read_bytes()
    found = examine(path)
    assert found.problems == [f"the cells of catch_the_secant and of its check are missing; copy both from {LESSON}.new.ipynb beside it"]
    assert found.remarks[:2] == [
        "midpoint_slope is asked no more; here its cells may stay, and count for nothing",
        "product_slope stands in lesson 01b_rules now; here its cells may stay, and count for nothing",
    ]
    assert found.points == {name: one.points for name, one in lesson(LESSON).exercises.items() if name != "catch_the_secant"}
    assert path.read_bytes() == before


def test_a_notebook_whose_kernel_dies_or_whose_first_cell_is_gone_still_gets_an_answer(notebook, tmp_path):
    notebook.cells.insert(4, nbformat.v4.new_code_cell("import os\nos._exit(3)"))
    found = examine(saved(notebook, tmp_path))
    assert found.problems == ["the kernel died while the cells ran; run them in Jupyter, one after the other, to see which of them ends it"]
    assert sum(found.points.values()) == 0


def test_the_command_says_it_and_its_exit_code_is_whether_it_can_be_handed_in(notebook, tmp_path, capsys):
    notebook.cells = [c for c in notebook.cells if c.cell_type == "code" and "secant_line" in c.source or c is notebook.cells[1]]
    assert cli.main(["check", str(saved(notebook, tmp_path))]) == 1
    assert "✗ the cells of difference_quotient and of its check are missing" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content, says",
    [
        (None, "cannot be read (No such file or directory)"),
        ("{", "this is no notebook (it is not JSON"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "holds no exercise of this course"),
        ('{"cells": [{"cell_type": "code", "metadata": [1], "source": 5}, 7], "nbformat": 4}', "holds no exercise of this course"),
    ],
)
def test_what_is_no_notebook_of_the_course_is_refused(content, says, tmp_path, capsys):
    path = tmp_path / f"{LESSON}.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(NotOfTheCourse, match="ipynb") as problem:
        examine(path)
    assert says in str(problem.value)
    assert cli.main(["check", str(path)]) == 2 and says in capsys.readouterr().err
