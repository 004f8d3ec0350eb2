"""study/ belongs to the learner: an update brings news and never takes anything away."""

import json

import pytest

from autograder.course.study import update_study


def notebook(*sources, outputs=()):
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": s, "outputs": list(outputs), "execution_count": None}
        for i, s in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def root(tmp_path):
    for name in ("01_a", "02_b"):
        (tmp_path / "notebooks" / name).mkdir(parents=True)
        (tmp_path / "notebooks" / name / f"{name}.ipynb").write_text(notebook("stub"))
    return tmp_path


def release(root, text, name="01_a"):
    (root / "notebooks" / name / f"{name}.ipynb").write_text(text)


def mine(root, name="01_a"):
    return root / "study" / name / f"{name}.ipynb"


def test_the_first_time_everything_is_handed_out(root):
    assert update_study(root).added == ["01_a/01_a.ipynb", "02_b/02_b.ipynb"]
    assert mine(root).read_text() == notebook("stub")
    assert str(update_study(root)) == "study/ is up to date"


def test_what_a_new_version_asks_and_ones_own_does_not_is_named(root):
    release(root, notebook("stub", "check(old)", "check(gone)"))
    update_study(root)
    mine(root).write_text(notebook("my answer", "check(old)", "check(gone)"))
    release(root, notebook("stub", "check(old)", "stub", "check(later)"))
    says = str(update_study(root))
    assert says == "study/01_a/01_a.new.ipynb is the new version of a notebook you wrote in; yours is as you left it. New in it: later"
    assert mine(root).read_text() == notebook("my answer", "check(old)", "check(gone)")


def test_an_untouched_notebook_is_brought_up_to_date(root):
    update_study(root)
    release(root, notebook("better stub"))
    assert update_study(root).refreshed == ["01_a/01_a.ipynb"]
    assert mine(root).read_text() == notebook("better stub")


def test_a_notebook_that_was_only_run_counts_as_untouched(root):
    update_study(root)
    mine(root).write_text(notebook("stub", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]))
    release(root, notebook("better stub"))
    assert update_study(root).refreshed == ["01_a/01_a.ipynb"]


def test_what_was_written_is_kept_and_the_new_version_lies_beside_it(root):
    update_study(root)
    mine(root).write_text(notebook("my answer"))
    assert str(update_study(root)) == "study/ is up to date"
    release(root, notebook("better stub"))
    summary = update_study(root)
    assert mine(root).read_text() == notebook("my answer")
    assert summary.offered == ["01_a/01_a.new.ipynb"]
    assert "yours is as you left it" in str(summary)
    offer = mine(root).with_suffix(".new.ipynb")
    assert offer.read_text() == notebook("better stub")
    offer.unlink()
    assert update_study(root).offered == []  # offered once


def test_a_second_release_is_offered_again(root):
    update_study(root)
    mine(root).write_text(notebook("my answer"))
    for text in ("one", "two"):
        release(root, notebook(text))
        assert update_study(root).offered
    assert mine(root).with_suffix(".new.ipynb").read_text() == notebook("two")


def test_a_notebook_broken_by_the_learner_is_kept(root):
    update_study(root)
    mine(root).write_text("not json {")
    release(root, notebook("better stub"))
    update_study(root)
    assert mine(root).read_text() == "not json {"


def test_without_its_record_nothing_that_differs_is_overwritten(root):
    update_study(root)
    mine(root).write_text(notebook("my answer"))
    (root / "study" / ".handed_out.json").write_text("{broken")
    release(root, notebook("better stub"))
    summary = update_study(root)
    assert mine(root).read_text() == notebook("my answer")
    assert summary.offered == ["01_a/01_a.new.ipynb"] and summary.notes


def test_a_deleted_notebook_comes_back(root):
    update_study(root)
    mine(root).unlink()
    assert update_study(root).added == ["01_a/01_a.ipynb"]


def test_a_new_lesson_is_added_beside_old_work(root):
    update_study(root)
    mine(root).write_text(notebook("my answer"))
    (root / "notebooks" / "03_c").mkdir()
    release(root, notebook("stub"), "03_c")
    assert update_study(root).added == ["03_c/03_c.ipynb"]


def test_what_is_opened_is_the_first_notebook_that_is_new(root):
    assert update_study(root).first == "01_a/01_a.ipynb"
    (root / "notebooks" / "03_c").mkdir()
    release(root, notebook("stub"), "03_c")
    assert update_study(root).first == "03_c/03_c.ipynb"
    assert update_study(root).first == "01_a/01_a.ipynb", "and with nothing new the first of all"


def test_a_lesson_put_in_between_arrives_and_touches_no_other(root):
    update_study(root)
    mine(root).write_text(notebook("my answer"))
    (root / "notebooks" / "01b_c").mkdir()
    release(root, notebook("stub"), "01b_c")
    assert update_study(root).added == ["01b_c/01b_c.ipynb"]
    assert mine(root).read_text() == notebook("my answer")
    assert sorted(path.name for path in (root / "study").iterdir() if path.is_dir() and path.name[0] != ".") == ["01_a", "01b_c", "02_b"]
