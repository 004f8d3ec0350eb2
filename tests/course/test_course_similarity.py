"""Who is asked about being alike: not for short right answers, for what was handed out, or for what many write; for copies with other names, yes."""

import json
import random

import numpy as np
import pytest
from judged import ANSWERS, hand_in

from autograder.course.release import build
from autograder.files.course import Course
from autograder.gradebook.similarity import alike, fingerprints, identical

LESSON = "01_small"
LONG = """\
def double(x):
    # first I thought of adding, and then a table of the first few values seemed quicker
    {table} = {{k: k + k for k in range(-50, 50)}}
    if x in {table}:
        return {table}[x]
    {sign} = 1 if x > 0 else -1
    {total} = 0.0
    for {step} in range(int(abs(x) * 1000)):
        {total} += 0.002
    return {sign} * {total}
"""


def own(seed: int) -> str:
    """A long answer that nobody else would write."""
    rng = random.Random(seed)
    lines = ["def double(x):"]
    for number in range(25):
        word, sign, other = (rng.choice(choices) for choices in (["if", "while", "for k in"], "+-*/%", ["abs", "min", "round", "float"]))
        lines.append(
            f"    y{number} = x {sign} {rng.randrange(999)} {rng.choice('+-*')} {other}({rng.randrange(99)})  # {word} {rng.random()}"
        )
    return "\n".join([*lines, "    return 2 * x"])


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    return Course(course_root)


def asked(course: Course) -> list[tuple[str, str]]:
    return [pair.students for pair in alike(course, LESSON, course.students(LESSON))]


def test_a_short_right_answer_is_no_suspicion(course):
    for student in ("ada", "bob", "cyd"):
        hand_in(course, student, ANSWERS)
    hand_in(course, "dan", {"double": "def double(x):\n    return x + x", "halve": ANSWERS["halve"]})
    hand_in(course, "eve", {"double": "def double(x):\n    return x + x", "halve": "def halve(x):\n    return 0.5 * x"})
    assert asked(course) == []


def test_our_own_way_of_writing_it_is_no_suspicion(course):
    source = json.loads(course.source(LESSON).read_text())
    for cell in source["cells"]:
        if "def double" in "".join(cell["source"]):
            cell["source"] = own(1)
    course.source(LESSON).write_text(json.dumps(source))
    for student in ("ada", "bob"):
        hand_in(course, student, {"double": own(1)})
    assert asked(course) == []


def test_a_copy_with_other_names_and_spaces_is_asked_about(course):
    first = LONG.format(table="table", sign="sign", total="total", step="step")
    second = LONG.format(table="lookup", sign="s", total="acc", step="i").replace("    ", "        ").replace(" += ", "+=")
    hand_in(course, "ada", {"double": first})
    hand_in(course, "bob", {"double": second})
    for seed, student in enumerate(("cyd", "dan", "eve")):
        hand_in(course, student, {"double": own(seed)})
    [pair] = alike(course, LESSON, course.students(LESSON))
    assert pair.students == ("ada", "bob") and pair.exercises == ("double",) and 0.6 <= pair.share <= 1


def test_what_many_write_is_no_suspicion(course):
    for number in range(10):
        hand_in(course, f"s{number}", {"double": LONG.format(table="t", sign="s", total="a", step="i")})
    assert asked(course) == []


def test_people_who_write_by_themselves_are_not_alike(course):
    for seed in range(12):
        hand_in(course, f"s{seed:02}", {"double": own(seed), "halve": own(seed + 100).replace("double", "halve")})
    assert asked(course) == []


def test_what_cannot_be_read_is_like_nothing(course):
    hand_in(course, "ada", {"double": own(1)})
    hand_in(course, "bob").write_text("{")
    assert alike(course, LESSON, ["ada", "bob", "nobody"]) == [] == alike(course, LESSON, [])


def test_the_same_file(course):
    assert identical({"a": "1", "b": "2", "c": "1", "d": "3", "e": "3", "f": ""}) == [["a", "c"], ["d", "e"]]


def test_fingerprints_stay_where_the_text_is_moved():
    text, words = own(3), frozenset({"x", "return"})
    some = fingerprints(text, words)
    assert len(np.intersect1d(some, fingerprints(f"import numpy\n\n{text}\nprint(1)", words))) > 0.9 * len(some) > 9
    assert len(fingerprints("x = 1", words)) == 0 and len(fingerprints("x = 1 + 2 + 3 + x", words)) == 1
