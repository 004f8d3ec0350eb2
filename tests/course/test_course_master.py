"""A submission brought back to its master, whatever became of it; and a teacher's own test cells, which are never believed unseen."""

import copy
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import ANSWERS, fake_grade, grade_class, hand_in

from autograder.course import nbgrader_steps
from autograder.course.files import Course
from autograder.course.filling import NoVerdict, fill, safe_outputs
from autograder.course.gradebook import enter_grades
from autograder.course.master import Master, MasterCell, restore
from autograder.course.registration import open_gradebook, register
from autograder.course.release import build
from autograder.report import Report, Sheet, Status

CHECK = MasterCell("check-f", "code", "check(f)", "c1", True, 2.0)
MASTER = Master({"f": MasterCell("f", "code", "stub", "c0", False, None, solution=True), "check-f": CHECK}, {"name": "python3"})
KINDS = [None, [], "x", {}, {"grade_id": []}, {"grade_id": "f"}, {"grade_id": "check-f", "points": 100, "grade": False}, {"grade_id": "other", "grade": True}]


def code(source, marks=None):
    return {"cell_type": "code", "metadata": {} if marks is None else {"nbgrader": marks}, "source": source, "outputs": [], "execution_count": None, "id": "x"}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), st.sampled_from(range(len(KINDS)))), max_size=6))
def test_after_restoring_everything_nbgrader_goes_by_is_the_masters(cells):
    notebook = {"cells": [{**code(f"s{i}", copy.deepcopy(KINDS[k])), "cell_type": kind} for i, (kind, k) in enumerate(cells)], "metadata": {}}
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


@pytest.mark.parametrize("sheet", [
    Sheet("l", "s"),
    Sheet("l", "s", status="error", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT)}),
    Sheet("l", "s", status="malformed", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT)}),
    Sheet("l", "s", reports={"f": Report("f", 2.0, 2.0, Status.RIGHT), "g": Report("g", 1.0, 0.0, Status.ERROR)}),
])
def test_a_check_cell_is_never_left_alone(sheet):
    notebook = {"cells": [code("check(f)", {"grade_id": "check-f"})], "metadata": {}}
    restore(notebook, MASTER)
    with pytest.raises(NoVerdict):
        fill(notebook, sheet, MASTER)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(
    st.sampled_from(["output_type", "data", "text", "name", "traceback", "ename", "text/plain", "image/png", "text/html"]), x), max_leaves=15))
@settings(deadline=None)
def test_whatever_a_child_calls_outputs_becomes_valid_outputs(anything):
    safe = safe_outputs([anything, {"output_type": "execute_result", "data": anything}, {"output_type": "stream", "name": "stdout", "text": anything}])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=nbformat.from_dict(safe))])
    nbformat.validate(notebook)
    assert "text/html" not in json.dumps([output.get("data", {}) for output in safe])


OWN = '''
# %% nbgrader={"grade": true, "locked": true, "grade_id": "own", "points": 4}
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(3) == 6
### END HIDDEN TESTS
'''


@pytest.fixture
def with_own_tests(course_root, lesson):
    text = course_root / "solutions" / "01_small.py"
    text.write_text(text.read_text() + OWN)
    build(course_root, lessons={lesson.name: lesson})
    return Course(course_root)


def test_our_command_gives_no_points_for_a_teachers_own_tests(with_own_tests, lesson):
    hand_in(with_own_tests, "ada", ANSWERS)
    grade_class(with_own_tests, lesson)
    entered = enter_grades(lesson.name, with_own_tests.root)
    assert "the test cell 'own' was not run as released; run  nbgrader autograde 01_small --student=ada" in entered.failed["ada"]


def test_in_nbgrader_they_run_as_released(with_own_tests, lesson, monkeypatch):
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    from autograder.course.release import nbgrader_config

    course = with_own_tests
    with open_gradebook(course) as gradebook:
        register(course, lesson.name, gradebook)
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", {"double": "def double(x):\n    return 4"}, lambda nb: nb.cells[-1].update(source="pass"))

    def judge(root, name, student, level="", restored=None):
        assert restored is None or "double(3) == 6" in restored.decode()  # hidden tests are back
        return fake_grade(course, lesson, student, restored)

    monkeypatch.setattr(nbgrader_steps, "verdict_for", judge)
    monkeypatch.chdir(course.root)
    config = nbgrader_config(course)
    config.CourseDirectory.assignment_id = lesson.name
    result = capture_log(Autograde(coursedir=CourseDirectory(config=config), config=config))
    assert result["success"], result
    assert "the points of own are what the student's own process said" in result["log"]
    with open_gradebook(course) as gradebook:
        assert gradebook.find_grade("own", lesson.name, lesson.name, "ada").auto_score == 4
        assert gradebook.find_grade("own", lesson.name, lesson.name, "bob").auto_score == 0
