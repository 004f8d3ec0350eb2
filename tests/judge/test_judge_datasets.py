"""A notebook that loads the course's data sets does so while it is graded in the sandbox, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.judge.grade import Judge

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_dataset_works_while_grading(level, tmp_path):
    for folder in ("solutions", "notebooks", "data"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    name = "10_training"
    with Judge(tmp_path, level) as judge:
        sheet = judge.grade(ROOT / "notebooks" / name / f"{name}.ipynb", name, "nobody")
    outputs = [output for cell in sheet.outputs.values() for output in cell]
    assert any("333 penguins" in output.get("text", "") for output in outputs)
    assert not [output for output in outputs if output["output_type"] == "error"]
