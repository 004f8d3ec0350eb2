"""Building: both trees from the text, to the byte, and a check that changes nothing."""

from pathlib import Path

import nbformat
import pytest

from autograder.course.release import BuildError, build


def snapshot(root: Path) -> dict:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_build_makes_both_trees_and_a_second_build_changes_nothing(course_root, lesson):
    made = build(course_root, lessons={"01_small": lesson})
    assert [p.relative_to(course_root).as_posix() for p in made] == [
        "notebooks/01_small/01_small.ipynb",
        "solutions/01_small/01_small.ipynb",
    ]
    before = snapshot(course_root)
    assert build(course_root, lessons={"01_small": lesson}) == []
    assert snapshot(course_root) == before
    assert "work/gradebook.db" not in before


def test_the_release_holds_stubs_and_no_answers(course_root, lesson):
    build(course_root, lessons={"01_small": lesson})
    text = (course_root / "notebooks/01_small/01_small.ipynb").read_text()
    assert "secret" not in text and "SOLUTION" not in text
    stub = next(c for c in nbformat.reads(text, as_version=4).cells if c.id == "halve").source
    assert stub == (
        'def halve(x):\n    """Return half of x."""\n    # Your code goes here, in place of the next line.\n    raise NotImplementedError'
    )


def test_check_names_what_is_stale_and_changes_nothing(course_root, lesson):
    build(course_root, lessons={"01_small": lesson})
    text = course_root / "solutions" / "01_small.py"
    text.write_text(text.read_text().replace("x / 2", "x * 0.5"))
    before = snapshot(course_root)
    stale = build(course_root, check=True, lessons={"01_small": lesson})
    assert [p.name for p in stale] == ["01_small.ipynb"]  # the answer changed, the stub did not
    assert stale[0].parent.parent.name == "solutions"
    assert snapshot(course_root) == before


def test_notebooks_of_a_renamed_lesson_are_stale_and_removed(course_root, lesson):
    build(course_root, lessons={"01_small": lesson})
    old = course_root / "notebooks" / "02_old" / "02_old.ipynb"
    old.parent.mkdir()
    old.write_text("{}")
    assert build(course_root, check=True, lessons={"01_small": lesson}) == [old]
    assert build(course_root, lessons={"01_small": lesson}) == [old]
    assert not old.exists()


def test_what_nbgrader_refuses_is_told(course_root, lesson):
    config = course_root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.ClearSolutions.code_stub = {'R': ''}\n")
    with pytest.raises(BuildError, match="01_small failed"):
        build(course_root, lessons={"01_small": lesson})
