"""A lesson's text says a prediction with its answers; its notebook asks alone, and what is not in this form is told with its line."""

from __future__ import annotations

import pytest

from autograder.course.lesson import source_notebook
from autograder.course.predictions import as_markup, predictions_of, refresh
from autograder.course.problems import LessonError
from autograder.files.course import Course
from autograder.writing.exercise import Lesson

TEXT = '# %% [markdown]\n# # A lesson\n\n# %%\npredict("way", "Which way?", {\n    "left": "Yes.",\n    "right": "No, left.",\n})\n'


def built(text: str):
    return source_notebook(text, Lesson("01_x", "x", ""), "solutions/01_x.py")


def test_the_notebook_asks_and_holds_no_answer():
    cell = built(TEXT).cells[1]
    assert cell.source == 'predict("way")' and cell.metadata["prediction"] == "way"
    assert "No, left" not in str(built(TEXT))


@pytest.mark.parametrize(
    "cell",
    [
        'predict("way")',
        'predict("way", "Which?", {"left": "Yes."})',
        'predict("way", "Which?", {"left": "Yes.", "right": 3})',
        'predict("way", "Which?", {"left": "Yes.", "right": " "})',
        'predict("way", "", {"left": "Yes.", "right": "No."})',
        'predict("my way", "Which?", {"left": "Yes.", "right": "No."})',
        'predict("way", f"Which {x}?", {"left": "Yes.", "right": "No."})',
        'predict("way", "Which?", ["left", "right"])',
        'predict("way", question="Which?", answers={"left": "Yes.", "right": "No."})',
        'x = predict("way", "Which?", {"left": "Yes.", "right": "No."})',
        'predict("way", "Which?", {"left": "Yes.", "right": "No."})\nprint(1)',
        'print(predict("way", "Which?", {"left": "Yes.", "right": "No."}))',
    ],
)
def test_what_is_not_in_the_form_is_told(cell):
    with pytest.raises(LessonError, match=r"solutions/01_x.py:4: a prediction is the one call of its cell"):
        built(f"# %% [markdown]\n# # A lesson\n\n# %%\n{cell}\n")


@pytest.mark.parametrize(
    ("question", "told"),
    [(r"Is $\nosuchcommand{x}$ large?", r"the formula \$\\nosuchcommand"), ("Is $x large?", "a dollar sign without its second")],
)
def test_a_formula_that_cannot_be_shown_is_told(question, told):
    with pytest.raises(LessonError, match=rf"solutions/01_x.py:4: a prediction has {told}"):
        built(f'# %% [markdown]\n# # A lesson\n\n# %%\npredict("way", r"{question}", {{"yes": "Yes.", "no": "No."}})\n')


def test_a_formula_is_mathml_and_words_are_no_markup():
    shown = as_markup(r"Is $x^2 < \frac{1}{2}$ & so on?")
    assert shown.startswith("Is <math ") and shown.endswith("</math> &amp; so on?") and "<mfrac>" in shown and "&lt;" in shown


def test_a_name_is_given_once_in_the_course(tmp_path):
    (tmp_path / "solutions").mkdir()
    for name in ("01_x", "02_y"):
        (tmp_path / "solutions" / f"{name}.py").write_text(TEXT, encoding="utf-8")
    with pytest.raises(LessonError, match="02_y.py:4: a second prediction is called way"):
        predictions_of(Course(tmp_path))


def test_the_file_is_made_once_and_only_when_it_must(tmp_path):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "autograder" / "learner").mkdir(parents=True)
    (tmp_path / "solutions" / "01_x.py").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "autograder" / "learner" / "predictions.json"
    assert refresh(tmp_path, check=True) == [file] and not file.exists()
    assert refresh(tmp_path) == [file] and "No, left" not in file.read_text(encoding="utf-8")
    assert refresh(tmp_path) == []
