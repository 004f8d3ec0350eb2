"""A submission brought back to its master, whatever became of it; and a teacher's own test cells, which are never believed unseen."""

import copy
import shutil

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import ANSWERS, autograde, files, grade_class, hand_in, rows

from autograder.course.release import build
from autograder.engine.report import Report, Sheet, Status
from autograder.files.course import Course
from autograder.files.outputs import clean_outputs
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.filling import NoVerdict, fill
from autograder.gradebook.master import Master, MasterCell, restore
from autograder.gradebook.registration import open_gradebook, register
from autograder.gradebook.teacher_tests import teacher_tests

CHECK = MasterCell("check-f", "code", "check(f)", "c1", True, 2.0)
MASTER = Master({"f": MasterCell("f", "code", "stub", "c0", False, None, solution=True), "check-f": CHECK}, {"name": "python3"})
KINDS = [
    None,
    [],
    "x",
    {},
    {"grade_id": []},
    {"grade_id": "f"},
    {"grade_id": "check-f", "points": 100, "grade": False},
    {"grade_id": "other", "grade": True},
]


def code(source, marks=None):
    return {
        "cell_type": "code",
        "metadata": {} if marks is None else {"nbgrader": marks},
        "source": source,
        "outputs": [],
        "execution_count": None,
        "id": "x",
    }


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), st.sampled_from(range(len(KINDS)))), max_size=6))
def test_after_restoring_everything_nbgrader_goes_by_is_the_masters(cells):
    notebook = {
        "cells": [{**code(f"s{i}", copy.deepcopy(KINDS[k])), "cell_type": kind} for i, (kind, k) in enumerate(cells)],
        "metadata": {},
    }
    before = [cell["source"] for cell in notebook["cells"]]
    restore(notebook, MASTER)
    marked = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in marked]
    assert len(set(names)) == len(names) and "check-f" in names and set(names) <= MASTER.cells.keys()
    for cell in marked:
        known = MASTER.cells[cell["metadata"]["nbgrader"]["grade_id"]]
        assert cell["metadata"]["nbgrader"] == known.metadata({}) and cell["cell_type"] == known.cell_type
        assert not known.locked or cell["source"] == known.source
    kept = [cell["source"] for cell in notebook["cells"] if cell["source"] != "check(f)"]
    assert kept == [source for source in before if source in kept]  # nothing else moved or went


def test_a_deleted_check_comes_back_after_its_answer():
    notebook = {"cells": [code("a"), code("mine", {"grade_id": "f"}), code("b")], "metadata": {}}
    changes = restore(notebook, MASTER)
    assert [cell["source"] for cell in notebook["cells"]] == ["a", "mine", "check(f)", "b"]
    assert changes == ["the check cell 'check-f' was deleted; it was added back"]


@pytest.mark.parametrize(("points", "shown"), [(2.0, "2"), (5.0, "2"), (-1.0, "0"), (0.5, "0.5")])
def test_points_are_a_plain_number_that_nbgrader_takes(points, shown):
    notebook = nbformat.from_dict({"cells": [code("check(f)", {"grade_id": "check-f"})], "metadata": {}})
    restore(notebook, MASTER)
    fill(notebook, Sheet("l", "s", reports={"f": Report("f", 2.0, points, Status.PARTIAL)}), MASTER)
    assert notebook.cells[0].outputs[0].data["text/plain"] == shown


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet("l", "s"),
        Sheet("l", "s", status="error", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT)}),
        Sheet("l", "s", status="malformed", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT)}),
        Sheet("l", "s", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT), "g": Report("g", 1.0, 0.0, Status.ERROR)}),
    ],
)
def test_a_check_cell_is_never_left_alone(sheet):
    notebook = {"cells": [code("check(f)", {"grade_id": "check-f"})], "metadata": {}}
    restore(notebook, MASTER)
    with pytest.raises(NoVerdict):
        fill(notebook, sheet, MASTER)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["output_type", "data", "text", "name", "traceback", "ename", "text/plain", "image/png", "text/html"]), x
            )
        ),
        max_leaves=15,
    )
)
@settings(deadline=None)
def test_whatever_a_child_calls_outputs_becomes_valid_outputs(anything):
    safe = clean_outputs(
        [anything, {"output_type": "execute_result", "data": anything}, {"output_type": "stream", "name": "stdout", "text": anything}]
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=nbformat.from_dict(safe))])
    nbformat.validate(notebook)
    assert all(
        {"text/plain", "image/png"} >= output.get("data", {}).keys() for output in safe
    )  # the words "text/html" in plain text are harmless


OWN = """
# %% nbgrader={"grade": true, "locked": true, "grade_id": "own", "points": 4}
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(3) == 6
### END HIDDEN TESTS
"""


@pytest.fixture
def course_with_tests(course_root, lesson):
    text = course_root / "solutions" / "01_small.py"
    text.write_text(text.read_text() + OWN)
    build(course_root, lessons={lesson.name: lesson})
    return Course(course_root)


def a_class(course: Course) -> None:
    """Right, wrong and raising answers, and a test cell edited, deleted, copied, worth a hundred, and bought."""
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", {"double": "def double(x):\n    return 4"})  # passes what is shown of the test
    hand_in(course, "cyd", {"double": "def double(x):\n    raise ValueError(x)"})
    hand_in(course, "dan", {"double": "def double(x):\n    return 4"}, lambda nb: nb.cells[-1].update(source="pass"))
    hand_in(course, "eve", {"double": "def double(x):\n    return 4"}, lambda nb: nb.cells.pop())
    hand_in(course, "fay", ANSWERS, lambda nb: nb.cells.append(nbformat.from_dict({**copy.deepcopy(nb.cells[-1]), "id": "copied"})))
    hand_in(
        course,
        "gus",
        {"double": "def double(x):\n    return 4"},
        lambda nb: nb.cells[-1].metadata.nbgrader.update(points=100, grade_id="check-double"),
    )
    hand_in(course, "hal", None, lambda nb: nb.cells[-1].update(source="4"))
    hand_in(course, "ivy", ANSWERS, lambda nb: nb.cells[-1].update(cell_type="markdown"))
    hand_in(course, "jan").write_text("{bad")


def test_a_teachers_own_tests_run_as_released_through_either_door(course_with_tests, lesson, tmp_path_factory, monkeypatch):
    course, other = course_with_tests, Course(tmp_path_factory.mktemp("other"))
    a_class(course)
    shutil.copytree(course.root, other.root, dirs_exist_ok=True)

    own = teacher_tests(course, lesson.name)
    assert own.names == ("own",) and b"double(3) == 6" in own.restore(course.submitted(lesson.name, "dan").read_bytes())
    grade_class(course, lesson)
    entered = enter_grades(lesson.name, course.root)
    assert sorted(entered.failed) == ["jan"]
    assert "not to be trusted: the points of own are what each student's own process said of itself" in str(entered)

    with open_gradebook(other) as gradebook:
        register(other, lesson.name, gradebook)
    result = autograde(other, lesson, monkeypatch)
    assert "the points of own are what the student's own process said" in result["log"]
    ours, theirs = rows(course), rows(other)
    for table in ours | theirs:
        assert ours[table] == theirs[table], table
    assert files(course) == files(other)
    with open_gradebook(course) as gradebook:
        scores = {
            name: gradebook.find_grade("own", lesson.name, lesson.name, name).auto_score
            for name in "ada bob cyd dan eve fay gus hal ivy jan".split()
        }
    assert scores == {
        **dict.fromkeys(("ada", "fay", "ivy"), 4),
        **dict.fromkeys(("bob", "cyd", "dan", "eve", "gus", "hal"), 0),
        "jan": None,
    }


def test_a_changed_test_is_another_test(course_with_tests, lesson):
    course = course_with_tests
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    before = teacher_tests(course, lesson.name)
    assert before.digest == teacher_tests(course, lesson.name).digest
    text = course.root / "solutions" / "01_small.py"
    text.write_text(text.read_text().replace("double(3) == 6", "double(5) == 10"))  # only what is hidden
    build(course.root, lessons={lesson.name: lesson})
    assert teacher_tests(course, lesson.name).digest != before.digest
    entered = enter_grades(lesson.name, course.root)
    assert "own test cells (own) did not run as they are now; run  python -m autograder grade 01_small" in entered.failed["ada"]


def test_a_lesson_without_own_tests_pays_nothing(course_root, lesson, monkeypatch):
    build(course_root, lessons={lesson.name: lesson})
    monkeypatch.setattr("autograder.gradebook.registration.open_gradebook", None)
    assert teacher_tests(Course(course_root), lesson.name) is None
    assert teacher_tests(Course(course_root), "99_none") is None


def test_a_test_that_was_not_reached_is_no_full_mark():
    own = MasterCell("own", "code", "assert True", "c2", True, 4.0)
    master = Master({**MASTER.cells, "own": own}, {})
    notebook = {"cells": [], "metadata": {}}
    assert "the test cell 'own' was deleted; it was added back" in restore(notebook, master)
    fill(notebook, Sheet("l", "s", reports={"f": Report("f", 2.0)}, versions={"tests": master.tests}), master)
    assert notebook["cells"][-1]["outputs"][0]["output_type"] == "error"
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.from_dict(cell) for cell in notebook["cells"]]))
    with pytest.raises(NoVerdict, match="did not run as they are now"):
        fill(notebook, Sheet("l", "s", reports={"f": Report("f", 2.0)}), master)
