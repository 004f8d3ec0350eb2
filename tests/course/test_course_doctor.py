"""The doctor finds each thing that can be wrong with a lesson, and says how to put it right."""

import json

import nbformat
import pytest

from autograder.course.doctor import examine
from autograder.course.release import build
from autograder.files.course import Course
from autograder.judge.sandbox.levels import Row
from autograder.writing.exercise import Lesson


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    (course_root / "autograder").mkdir()
    return Course(course_root)


def findings(course, lesson, machine=False) -> str:
    said = []
    code = examine(course.root, {lesson.name: lesson}, machine=machine, say=said.append)
    assert code == (said[-1] != "all is well")
    return "\n".join(said)


def rebuild(course, lesson, old, new):
    text = course.text(lesson.name)
    assert old in text.read_text()
    text.write_text(text.read_text().replace(old, new))
    build(course.root, lessons={lesson.name: lesson})


def test_a_sound_course_is_told_so(course, lesson):
    assert findings(course, lesson).endswith("all is well")


def test_a_stale_notebook(course, lesson):
    course.text(lesson.name).write_text(course.text(lesson.name).read_text() + "\n# %% [markdown]\n# More.\n")
    assert "01_small.ipynb is stale; run  make build" in findings(course, lesson)


def test_a_text_that_breaks_a_rule(course, lesson):
    lesson.exercise("third", points=1, asks="a third", signature="x")
    said = findings(course, lesson)
    assert "solutions/01_small.py:" in said and "no cell for the exercise third" in said


def test_a_lesson_without_a_text(course, lesson):
    course.text(lesson.name).unlink()
    assert "has exercises but no text; write solutions/01_small.py" in findings(course, lesson)


def test_a_wrong_reference(course, lesson):
    rebuild(course, lesson, "return 2 * x", "return 2 * x + 1")
    assert "01_small, double: the reference gets 0 of 2 (wrong); mend the answer or the check 'the value is right'" in findings(
        course, lesson
    )


def test_a_stub_that_runs_into_the_answer(course, lesson):
    rebuild(course, lesson, '    """Return twice x."""\n', '    """Return twice x."""\n    return 1\n')
    assert "the stub is told 'wrong' with 0 points; it must raise NotImplementedError" in findings(course, lesson)


def test_a_mistake_that_gets_full_marks(course, lesson):
    @lesson.exercises["halve"].mistake("You divide by two.")
    def right(x):
        return x / 2

    assert "halve: the mistake right gets full marks; add a check that it breaks, or drop it" in findings(course, lesson)


def test_a_mistake_taken_for_another(course, lesson):
    @lesson.exercises["double"].mistake("You square x.")
    def power(x):
        return x**2

    assert "double: the mistake power is taken for squares; give it cases on which it stands out" in findings(course, lesson)


def test_cases_that_do_not_repeat(course, lesson):
    count = iter(range(1000))
    lesson.exercises["double"].make_cases = lambda rng: iter([(float(next(count)),)])
    assert "two draws from one seed differ" in findings(course, lesson)


def test_a_check_that_fails_by_itself(course, lesson):
    @lesson.exercises["double"].check()
    def broken(t, x):
        """is broken"""
        raise KeyError("ours")

    said = findings(course, lesson)
    assert "double: the reference gets 0 of 2 (error)" in said and "KeyError" in said


@pytest.mark.parametrize(
    "copy",
    [
        "def halve(x):\n    secret = x / 2\n    return secret\n",
        "def halve( x ):\n    '''Another docstring.'''\n    secret = (x / 2)  # half\n    return secret\n",
        "TEXT = '''\n    secret = x / 2\n    return secret\n'''\n",
    ],
)
def test_an_answer_in_the_package(course, lesson, copy):
    (course.root / "autograder" / "helpers.py").write_text(copy)
    assert "autograder/helpers.py" in findings(course, lesson)


def test_an_answer_in_a_notebook(course, lesson):
    rebuild(course, lesson, "# ## Then a half", "# ## Then a half\n# `secret = x / 2; ` then\n#\n#     secret = x / 2\n#     return secret")
    assert "the answer to halve can be read in notebooks/01_small/01_small.ipynb" in findings(course, lesson)


def test_outputs(course, lesson):
    path = course.release(lesson.name)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].execution_count = 3
    path.write_text(json.dumps(notebook))
    assert "notebooks/01_small/01_small.ipynb has outputs" in findings(course, lesson)


def test_links_and_data(course, lesson):
    (course.root / "data").mkdir()
    (course.root / "data" / "a.csv").write_text("1")
    (course.root / "data" / "SHA256SUMS").write_text("00  a.csv\n00  b.csv\n")
    rebuild(
        course,
        lesson,
        "# ## Then a half",
        "# ## Then a half\n# [next](../02_next/02_next.ipynb) [web](https://example.org) [here](#top) ![](none.png)",
    )
    said = findings(course, lesson)
    assert "the link ../02_next/02_next.ipynb leads nowhere" in said and "none.png leads nowhere" in said and "example.org" not in said
    assert "data/a.csv is not the file in SHA256SUMS" in said and "data/b.csv is missing" in said


def test_the_machine_is_described(course, lesson, monkeypatch):
    rows = [Row("read a file of the teacher", True), Row("open a socket", False)]
    monkeypatch.setattr("autograder.judge.sandbox.levels.table", lambda root: [("full", "no bubblewrap (install it)"), ("standard", rows)])
    monkeypatch.setattr("autograder.judge.sandbox.levels.kernel", lambda root: ("standard", rows))
    monkeypatch.setattr("autograder.judge.sandbox.cgroups.delegated", lambda: (None, "there is no cgroup version 2 here"))
    said = findings(course, lesson, machine=True)
    assert "no bubblewrap (install it)" in said and "1 of 2 attempts are stopped" in said and "open: open a socket" in said
    assert "--engine kernel ✓ 1 of 2 attempts are stopped at level standard" in said
    assert "cgroup    ✗ limits of memory are for each process only. there is no cgroup version 2 here" in said


def test_one_lesson_alone(course, lesson):
    """What is wrong with another one is not told."""
    other = Lesson("02_other", "Other", "Why?")
    other.exercise("third", 1, "a third")
    rebuild(course, lesson, "return 2 * x", "return 2 * x + 1")
    said: list[str] = []
    assert examine(course.root, {lesson.name: lesson, other.name: other}, only=lesson.name, machine=False, say=said.append) == 1
    assert said[-1] == "1 things to put right" and "01_small, double: the reference gets 0 of 2" in "\n".join(said)
