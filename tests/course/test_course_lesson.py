"""A lesson's text becomes the source notebook: what is added, what stays put, and what is refused with its line."""

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.course.lesson import code_lines, notebook_text, source_notebook
from autograder.course.problems import LessonError
from autograder.exercises import lessons
from autograder.writing import Lesson


def by_id(notebook):
    return {cell.id: cell for cell in notebook.cells}


def test_an_exercise_becomes_a_header_an_answer_and_a_locked_check(lesson, text):
    notebook = source_notebook(text, lesson)
    cells = by_id(notebook)
    assert cells["about-halve"].source == "**Exercise** `halve` · 1.5 points · about 5 min · ●●○○○"
    assert "return secret" in cells["halve"].source
    assert cells["halve"].metadata["nbgrader"]["solution"] and not cells["halve"].metadata["nbgrader"]["grade"]
    check = cells["check-halve"]
    assert check.source == "check(halve)"
    assert check.metadata["nbgrader"] == {
        "grade": True,
        "grade_id": "check-halve",
        "locked": True,
        "points": 1.5,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert check.metadata["exercise"] == cells["halve"].metadata["exercise"] == "halve"
    ids = [cell.id for cell in notebook.cells]
    assert ids.index("halve") - ids.index("about-halve") == ids.index("check-halve") - ids.index("halve") == 1


def test_the_notebook_is_valid_for_nbformat_and_nbgrader(lesson, text):
    notebook = source_notebook(text, lesson)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert notebook.nbformat_minor == 5
    assert all(not cell.get("outputs") for cell in notebook.cells)


def test_the_same_text_gives_the_same_bytes(lesson, text):
    assert notebook_text(source_notebook(text, lesson)) == notebook_text(source_notebook(text, lesson))


def test_coverage_marks_and_tags_stay_in_the_metadata(lesson, text):
    cells = by_id(source_notebook(text.replace('covers="S1.09 S1.10"', 'covers="S1.09 S1.10" tags=["wide"]'), lesson))
    assert cells["small-numbers"].metadata == {"covers": "S1.09 S1.10", "tags": ["wide"]}


def test_a_cell_added_in_one_section_renames_nothing_in_the_others(lesson, text):
    more = text.replace("# %%\nimport numpy", "# %% [markdown]\n# One more paragraph.\n\n# %%\nimport numpy")
    before, after = ([c.id for c in source_notebook(version, lesson).cells] for version in (text, more))
    assert before[before.index("about-double") :] == after[after.index("about-double") :]


def test_equal_headings_get_different_ids(lesson, text):
    text += "\n# %% [markdown]\n# ## Then a half\n"
    assert {"then-a-half", "then-a-half-2"} <= by_id(source_notebook(text, lesson)).keys()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('exercise="double"', 'exercise="duoble"', "01.py:12: no exercise is called 'duoble'; did you mean double?"),
        ('# %% exercise="double"', "# %%", "01.py:12: a solution in a cell without a marker"),
        ("    ### END SOLUTION\n\n# %% [markdown]", "\n# %% [markdown]", "01.py:12: the answer of double must lie between"),
        ("def halve(x)", "def havle(x)", "the cell of halve does not define halve"),
        ('    """Return half of x."""\n', "", "halve needs a docstring"),
        ("return 2 * x", "return 2 *", "01.py:16: double is not valid Python"),
        ('# %% exercise="halve"', '# %% [markdown] exercise="halve"', "the cell of halve must be code"),
        ("# %%\ndouble(3)", "# %%\n" + "double(3)\n" * 13, "a cell with 13 lines of code, at most 12"),
        ("# %% [markdown] covers", "text\n# %% [markdown] covers", "01.py:1: the text must start with a cell marker"),
        ("double(3)", 'double("""\n# %% a\n""")', "01.py:1: 8 markers for 7 cells; one of them stands inside a string"),
        ('exercise="double"', 'exercise=["double"]', "01.py:12: ['double'] is no name of an exercise; write  # %% exercise="),
        ("# %%\ndouble", "# %% nbgrader=5\ndouble", "nbgrader does not take this cell's metadata: 'int' object is not a mapping"),
        ("# %%\ndouble", '# %% nbgrader={"grade": true}\ndouble', "nbgrader cell does not have a grade_id"),
        ("# %%\ndouble", '# %% tags="wide"\ndouble', "01.py:30: this makes no cell ('wide' is not of type 'array'); mend its marker"),
        ("# A story", "# About 90 minutes · 25 points.", "01.py:3: a time or points typed by hand; write {{minutes}} and {{points}}"),
    ],
)
def test_a_broken_rule_is_refused_with_its_line_and_the_way_out(lesson, text, old, new, says):
    assert old in text
    with pytest.raises(LessonError) as caught:
        source_notebook(text.replace(old, new), lesson, "01.py")
    assert says in str(caught.value)


def test_minutes_and_points_are_filled_in_where_the_text_says(lesson, text):
    """2 + 5 minutes of exercises and a few words: 10, rounded up to 5."""
    text = text.replace("# A story", "# About {{minutes}} minutes · {{points}} points. A story")
    assert "About 10 minutes · 3.5 points. A story" in source_notebook(text, lesson).cells[0].source


def test_words_and_explorers_take_time_and_the_table_of_lessons_does_not(lesson, text):
    def minutes(more, imported="zoom"):
        changed = text.replace("import check", f"import check\nfrom explorers import {imported}") + more
        return int(source_notebook(changed.replace("# A story", "# {{minutes}} minutes.\n# A story"), lesson).cells[0].source.split()[3])

    alone, explorers = minutes(""), "\n# %%\nzoom(2)\n" * 5
    assert minutes("\n# %% [markdown]\n# <!-- lessons: made by `make build` --> " + "word " * 2000 + "<!-- end of lessons -->\n") == alone
    assert minutes("\n# %% [markdown]\n# " + "word " * 2000) == alone + 10
    assert minutes(explorers) == minutes(explorers, "microscope as zoom") == alone + 10
    assert minutes(explorers, "microscope") == alone


def test_every_problem_is_told_at_once(lesson, text):
    with pytest.raises(LessonError) as caught:
        source_notebook(text.replace('exercise="double"', 'exercise="x"').replace("def halve", "def have"), lesson)
    assert len(str(caught.value).splitlines()) == 3  # the marker, the definition, and the exercise left without a cell


def test_an_exercise_without_a_cell_is_an_error(lesson, text):
    lesson.exercise("third", points=1, asks="a third")
    with pytest.raises(LessonError, match='no cell for the exercise third; add one with  # %% exercise="third"'):
        source_notebook(text, lesson)


def test_an_exercise_has_one_cell(lesson, text):
    with pytest.raises(LessonError, match="a second cell for double"):
        source_notebook(text + text[text.index('# %% exercise="double"') : text.index("# %% [markdown]\n# ## Then")], lesson)


def test_docstrings_comments_and_blank_lines_are_no_code():
    assert code_lines('def f(x):\n    """Two\n    lines."""\n\n    # why\n    return """a\n    b"""\n') == 3


def test_a_manually_graded_cell_passes_through(lesson, text):
    marker = '# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "essay", "points": 3}\n# Say why.\n'
    cell = source_notebook(text + marker, lesson).cells[-1]
    assert cell.metadata["nbgrader"]["schema_version"] == 3
    assert cell.metadata["nbgrader"]["grade_id"] == "essay"


def test_a_lesson_that_came_later_stands_behind_its_number_and_renames_none():
    """01b sorts behind 01 as a name, as a file and as a folder, and every other lesson keeps two digits in a row from 00."""
    names = list(lessons())
    assert names == sorted(names) and names.index("01b_rules") == names.index("01_derivative") + 1
    assert [name[:3] for name in names if name != "01b_rules"] == [f"{number:02}_" for number in range(len(names) - 1)]
    assert Lesson("03c_more", "t", "q").number == "03c" and lessons()["01_derivative"].number == "01"
    for name in ("1_derivative", "01B_rules", "01_", "01bc_rules", "01b-rules"):
        with pytest.raises(ValueError, match="named like"):
            Lesson(name, "t", "q")
