"""Each fault that the gate is there for, planted into a copy of the course: it is found, and the finding says where and what to do."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import tools

from autograder.course.doctor import fresh
from autograder.course.leaks import leaks
from autograder.course.npm import GET_NPM, NoWeb, fetch
from autograder.exercises import lesson, lessons
from autograder.files.course import Course

pytestmark = pytest.mark.slow
FIRST = "01_derivative"


@pytest.fixture
def copy(tmp_path):
    return tools.copy(tmp_path)


def test_something_stale_is_named_with_the_remedy(copy):
    """A notebook, a time below what the exercises take, and the README's table: three files that somebody edited by hand."""
    tools.plant(copy / "notebooks" / FIRST / f"{FIRST}.ipynb", "# 1 · The derivative is a limit", "# 1 · The derivative")
    stale = 17
    tools.plant(
        copy / "autograder" / "exercises" / "lessons.toml",
        f"[07_backpropagation]\nminutes = {lesson('07_backpropagation').minutes}\n",
        f"[07_backpropagation]\nminutes = {stale}\n",
    )
    count = len(lesson(FIRST).exercises)
    tools.plant(
        copy / "README.md", f"slope of a curve at a single point? | {count} |", f"slope of a curve at a single point? | {count - 1} |"
    )
    least = sum(exercise.minutes for exercise in lesson("07_backpropagation").exercises.values())
    assert list(fresh(Course(copy), lessons())) == [
        f"autograder/exercises/lessons.toml gives 07_backpropagation {stale} minutes, its exercises alone take {least}; run  make build",
        "autograder/exercises/lessons.toml is stale; run  make build  and commit it",
        "README.md is stale; run  make build  and commit it",
        f"notebooks/{FIRST}/{FIRST}.ipynb is stale; run  make build  and commit it",
    ]


def test_a_time_that_is_typed_into_the_prose_is_named_with_its_line(copy):
    tools.plant(copy / "solutions" / f"{FIRST}.py", "About {{minutes}} minutes", "About 75 minutes")
    assert list(fresh(Course(copy), lessons())) == [
        f"solutions/{FIRST}.py:9: a time or points typed by hand; write {{{{minutes}}}} and {{{{points}}}}, `make build` counts them"
    ]


def test_a_part_that_no_evening_holds_is_named(copy):
    """Lesson 8 without the headings that divide it, as it was."""
    text = copy / "solutions" / "08_automatic_differentiation.py"
    whole = text.read_text(encoding="utf-8")
    text.write_text(re.sub(r"# ## Part [2-9]: ", "# ## Further: ", whole), encoding="utf-8")
    known = lessons()
    before = {name: (lesson.minutes, lesson.parts) for name, lesson in known.items()}
    try:
        found = [line for line in fresh(Course(copy), known) if "minutes" in line]
    finally:  # the registry is the process's: what it says of the course's own texts comes back
        for name, lesson in known.items():
            lesson.minutes, lesson.parts = before[name]
    assert len(found) == 1 and re.match(
        r"solutions/08_\w+\.py: part 1, .*, takes 2\d\d minutes, at most 90 fit into an evening; begin", found[0]
    )


SECANT = "    rise = f(x + h) - f(x)\n    m = rise / h\n    return m, f(x) - m * x\n"
LEAKS = {
    # from the lessons' own answers
    "explorers/renamed.py": ("secant_line", "def line(g, at, step):\n    s = (g(at + step) - g(at)) / step  # slope\n    return (s, g(at) - s*at)\n"),
    "autograder/learner/text.py": ("secant_line", '"""\nslope = ( f(x+h) - f(x) )/h\nreturn slope,f(x)-slope*x\n"""\n'),
    "docs/cheat.md": ("secant_line", "As follows:\n\n    slope = (f(x + h) - f(x)) / h\n    return slope, f(x) - slope * x\n"),
    "data/notes.txt": ("secant_line", "slope = (f(x + h) - f(x)) / h\nreturn slope, f(x) - slope * x\n"),
    "explorers/words.py": ("order_the_derivation", "ORDER = '{order}'\n"),
    # from tests/answers/, which have other names there
    "autograder/shared/alternative.py": ("tangent_line", "def hidden(g, d, a):\n    k = d(a)\n    return lambda s: k * s + (g(a) - k * a)\n"),
    "notebooks/01_derivative/extra.py": ("powers_derivative", "P = lambda a, m: [0 if j == 0 else j * math.pow(a, j - 1) for j in range(m + 1)]\n"),
    "docs/fenced.md": ("quotient_cubic", "```python\nq = lambda a, b: 2 * ((a + b) ** 2 + (a + b) * a + a**2)\n```\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def leaking(tmp_path_factory):
    """What is said of a copy with all of LEAKS in it, and one more in a notebook."""
    copy = tools.copy(tmp_path_factory.mktemp("leaks"))
    order = ast.literal_eval(
        (copy / "solutions" / f"{FIRST}.py")
        .read_text(encoding="utf-8")
        .split("def order_the_derivation")[1]
        .split("return ")[1]
        .split("\n")[0]
    )
    for name, (_, text) in LEAKS.items():
        (copy / name).write_text(text.replace("{order}", order), encoding="utf-8")
    notebook = copy / "notebooks" / FIRST / f"{FIRST}.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][1]["source"] += (
        "\n\ndef secant_line(f, x, h):\n    slope = (f(x + h) - f(x)) / h\n    return slope, f(x) - slope * x\n"
    )
    notebook.write_text(json.dumps(content), encoding="utf-8")
    for path in sorted((copy / "tests" / "answers").glob("a*.py")):
        (copy / "explorers" / path.name).write_bytes(path.read_bytes())
    return list(leaks(Course(copy), lessons()))


@pytest.mark.parametrize("file", [*LEAKS, f"notebooks/{FIRST}/{FIRST}.ipynb"])
def test_an_answer_is_found_wherever_a_student_may_read_it(leaking, file):
    exercise = LEAKS[file][0] if file in LEAKS else "secant_line"
    assert f"the answer to {exercise} can be read in {file}; take it out" in leaking


def test_the_answers_are_found_in_every_style_that_the_tests_know(leaking):
    """A file of tests/answers/ among the explorers: all its exercises are named, but those whose every answer is a short expression."""
    from importlib import import_module

    for name in lessons():
        answers = import_module(f"answers.a{name}").ANSWERS
        long = {exercise for exercise, found in answers.items() if any(getattr(f, "__name__", "") != "<lambda>" for f in found)}
        missed = {
            exercise for exercise in long if f"the answer to {exercise} can be read in explorers/a{name}.py; take it out" not in leaking
        }
        assert not missed, name


def test_nothing_leaks_without_a_plant(copy):
    assert list(leaks(Course(copy), {FIRST: lesson(FIRST)})) == []


PLANTED = "autograder/engine/planted.py"


@pytest.mark.parametrize(
    "command, text, says",
    [
        (tools.LINT, '"""A plant."""\n\nimport os\n', ("F401", "Remove unused import", PLANTED)),
        (tools.FORMAT, '"""A plant."""\nx = {  "a":1 }\n', ("reformatted", PLANTED)),
        (tools.TYPES, '"""A plant."""\n\n\ndef half(x: int | None) -> int:\n    return x + 1\n', (f"{PLANTED}:5: error: Unsupported operand types",)),
    ],
    ids=["an unused import", "another layout", "a wrong type"],
)  # fmt: skip
def test_the_tools_find_a_plant(copy, command, text, says):
    (copy / PLANTED).write_text(text, encoding="utf-8")
    code, said = tools.run(command, copy)
    assert code == 1 and all(part in said for part in says), said


def test_an_import_in_the_wrong_direction_is_named(copy):
    (copy / "autograder" / "shared" / "planted.py").write_text(
        '"""A plant."""\n\nfrom ..engine.runner import run  # noqa: F401\n', encoding="utf-8"
    )
    code, said = tools.run(("pytest", "tests/test_architecture.py", "-k", "one_way"), copy)
    assert code == 1 and "autograder/shared/planted.py must not import autograder.engine.runner" in said
    assert "docs/design.md" in said, "and where the order stands"


def test_a_module_that_was_dropped_into_a_lesson_is_found_and_its_missing_cell_is_named(copy):
    (copy / "autograder" / "exercises" / "derivative" / "planted.py").write_text(
        '"""A plant."""\n\nfrom ._lesson import lesson\n\nlesson.exercise("planted", 1, "nothing")\n', encoding="utf-8"
    )
    code, said = tools.run(("autograder", "--course", str(copy), "doctor", FIRST), copy)
    last = len((copy / "solutions" / f"{FIRST}.py").read_text(encoding="utf-8").splitlines())
    assert code == 1 and f'solutions/{FIRST}.py:{last}: no cell for the exercise planted; add one with  # %% exercise="planted"' in said
    assert "Traceback" not in said


def test_a_warning_of_ours_is_an_error_and_what_others_deprecate_among_themselves_is_not(copy):
    (copy / "tests" / "test_plant.py").write_text(
        "import warnings\n\n\ndef test_ours():\n    import numpy as np\n\n    np.float64(1e308) * 10\n\n\n"
        "def test_ours_is_old():\n    warnings.warn('old', DeprecationWarning)\n\n\n"
        "def test_theirs_is_old():\n    warnings.warn_explicit('old', DeprecationWarning, 'theirs.py', 1, module='theirs')\n",
        encoding="utf-8",
    )
    code, said = tools.run(("pytest", "tests/test_plant.py"), copy)
    assert code == 1 and "RuntimeWarning: overflow" in said and "2 failed, 1 passed" in said, said


def test_what_is_skipped_is_listed_at_the_end_with_its_remedy(copy):
    (copy / "tests" / "test_plant.py").write_text(
        "import pytest\n\n\n@pytest.mark.parametrize('i', range(3))\ndef test_browser(i):\n    pytest.skip('Chromium is missing: get it')\n\n\n"
        "@pytest.mark.skipif(True, reason='npm is missing: get it')\ndef test_site():\n    pass\n",
        encoding="utf-8",
    )
    code, said = tools.run(("pytest", "-p", "skips", "tests/test_plant.py"), copy, modules=tools.ROOT / "tests")
    assert code == 0 and said.splitlines()[-3:-1] == ["3 tests: Chromium is missing: get it", "1 test: npm is missing: get it"], said
    assert said.splitlines()[-1].startswith("4 skipped"), "pytest's own last line stays the last"


def test_a_test_that_would_fetch_is_refused(tmp_path):
    if shutil.which("npm") is None:
        pytest.skip(GET_NPM)
    with pytest.raises(NoWeb, match="only-if-cached"):
        fetch(("requirejs", "2.0.0", "require.js"), tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("told(BUGS[bug], lambda: TRUE_OF[bug](found))", "BUGS[bug]", "has no predicate"),
        ('"b1 averaged, not summed": _wrong("b1")', '"b1 averaged, not summed": _wrong("W1")', "that is false"),
    ],
)
def test_a_sentence_without_a_predicate_and_a_false_one_are_named(copy, old, new, says):
    tools.plant(copy / "explorers/gallery/bug_lab.py", old, new)
    look = "from autograder.course.pictures import untold; print(*untold(), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, text=True
    )
    assert done.returncode == 0 and says in done.stdout and "bug_lab" in done.stdout, done.stdout + done.stderr
