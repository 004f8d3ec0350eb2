"""JupyterLab's table of contents shows headings as they are typed, so no heading holds a formula to be set."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*/*.ipynb")), ids=lambda path: path.stem)
def test_headings_read_well_in_the_table_of_contents(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    headings = [line for text in texts for line in re.sub(r"```.*?```", "", text, flags=re.S).splitlines() if re.match(r"#+ ", line)]
    assert len(headings) > 5
    assert not [line for line in headings if re.search(r"\$|\\[a-z]|</?\w+>", line)]
