"""Under a panel: buttons that do what the line beside them says, ours beside theirs, and something new after the same failure again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from autograder import check, solution
from autograder.exercises import exercises, lessons
from autograder.files.course import Course
from autograder.learner import again, buttons, comparing, notebook
from autograder.learner import best_points as memory
from autograder.learner import where as places


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_session", {})
    monkeypatch.setattr(again, "_last", {})
    monkeypatch.setattr(notebook, "_hints_given", {})
    monkeypatch.setattr(notebook, "_places_given", set())
    monkeypatch.setenv(memory.FOLDER, str(tmp_path))
    rows = []
    monkeypatch.setattr(buttons, "put", lambda exercise, row: rows.append(row))
    return rows


def wrong(f, x, h):
    return f(x + h) - f(x)


def right(f, x, h):
    """As it was handed out."""
    if np.any(np.equal(h, 0)):
        raise ValueError("h is 0")
    rise = f(x + h) - f(x)
    return rise / h


for function in (wrong, right):
    function.__name__ = "difference_quotient"


def shown(function, rows):
    """The buttons under the panel of a function, by what they are called, as boxes."""
    check(function)._repr_mimebundle_()
    row = buttons.row_of(rows[-1])
    return {box.children[0].description: box for box in row.children}


def test_each_button_does_what_its_line_does(fresh):
    boxes = shown(wrong, fresh)
    assert list(boxes) == ["Hint", "Where?", "See your answer"]
    assert [one.line for one in fresh[-1]][:2] == ["hint(difference_quotient)", "where(difference_quotient)"]
    assert "secant_explorer(" in fresh[-1][2].line and fresh[-1][2].pictures
    hint = boxes["Hint"]
    hint.children[0].click()
    assert "1 of " in hint.children[1].value and hint.children[0].description == "Next hint" and hint.layout.width == "100%"
    hint.children[0].click()
    assert "2 of " in hint.children[1].value
    boxes["Where?"].children[0].click()
    assert (
        boxes["Where?"].children[1].value
        == f'<div role="status">{places.tell(exercises()["difference_quotient"], wrong, globals(), False).html}</div>'
    )


def test_a_solution_is_offered_after_full_marks_or_the_last_hint(fresh):
    boxes = shown(right, fresh)
    assert list(boxes) == ["Compare with ours"]
    boxes["Compare with ours"].children[0].click()
    assert ">yours</th>" in boxes["Compare with ours"].children[1].value
    for _ in range(8):
        notebook.hint(wrong)
    memory._session.clear()
    boxes = shown(wrong, fresh)
    assert "solution(difference_quotient, give_up=True)" in check(wrong)._repr_html_(), "the line says what the button does"
    assert list(boxes)[-1] == "Show a solution" and fresh[-1][-1].line == "solution(difference_quotient, give_up=True)"
    for label, says in (("Hint", "That was the last hint."), ("Show a solution", ">yours</th>")):
        boxes[label].children[0].click()
        assert says in boxes[label].children[1].value, f"{label} does what it says beside the other buttons"


def test_without_our_answers_on_the_machine_nobody_is_sent_to_them(fresh, monkeypatch):
    monkeypatch.setattr(notebook, "our_answer", lambda exercise: None)
    assert shown(right, fresh) == {} and "solution(" not in check(right)._repr_html_()


def test_each_line_of_a_panel_works_in_every_lesson():
    """What a panel tells to type is imported by the lesson's first cell; explorers' lines bring their import themselves."""
    for lesson in lessons():
        cells = json.loads(Course.at().release(lesson).read_text(encoding="utf-8"))["cells"]
        first = "".join(next(cell for cell in cells if cell["cell_type"] == "code")["source"])
        names = {}
        exec(next(line for line in first.splitlines() if line.startswith("from autograder import ")), names)
        assert {"check", "hint", "where", "solution", "reset"} <= {*names}, lesson


def test_a_page_keeps_its_own_buttons(monkeypatch):
    monkeypatch.undo()
    found = []
    monkeypatch.setattr(buttons, "_with_words", True)
    monkeypatch.setattr(buttons, "after_the_cell", lambda show: found.append(show))
    words, picture = buttons.Button(lambda: None, "hint(f)"), buttons.Button(lambda: None, "secant_explorer()", pictures=True)
    buttons.only_pictures()
    buttons.put("x", [words])
    assert not found
    buttons.put("x", [words, picture])
    assert len(found) == 1


def test_theirs_stands_beside_ours_line_by_line(fresh):
    check(right)
    panel = solution(right)
    html = panel._repr_html_()
    assert 'raise ValueError("h is 0")'.replace('"', "&quot;") in html and "As it was handed out" not in html
    assert str(panel).startswith("def difference_quotient(f, x, h):") and "Yours:" in str(panel)
    pairs = comparing.rows("a\nb\nc", "a\n  c\nd")
    assert pairs == [("a", "a", True), ("b", "", False), ("c", "  c", True), ("", "d", False)]
    assert "<script>" not in comparing.html("<script>", "x") and "One way to write it" in comparing.html("", "x")


def test_the_same_function_again_is_said_to_be_the_same():
    assert "same function as at the last check" not in str(check(wrong))
    assert "This is the same function as at the last check." in str(check(wrong))
    assert "This is the same function" in check(wrong)._repr_html_()


def test_other_code_with_the_same_result_gets_other_advice():
    variants = []
    for body in ("f(x + h) - f(x)", "-(f(x) - f(x + h))", "f(h + x) - f(x)", "f(x + h) + -f(x)"):
        space = {}
        exec(f"def difference_quotient(f, x, h):\n    return {body}", space)
        variants.append(space["difference_quotient"])
    said = [str(check(one)) for one in variants]
    assert "times the same result" not in said[0] + said[1]
    assert "3 times the same result with different code" in said[2] and "Work out `difference_quotient(f, 0.0, 2.0)` by hand" in said[2]
    assert "4 times" in said[3]
    assert "times the same" not in str(check(right)) and "times the same" not in str(check(variants[0])), (
        "after a right answer it begins anew"
    )


def test_another_failure_is_a_new_one():
    def nothing(f, x, h):
        return None

    nothing.__name__ = "difference_quotient"
    check(wrong)
    said = str(check(nothing))
    assert "same function" not in said and "times the same" not in said
