"""No citation leads outside the repository: every code is explained in docs/sources.md, and no section of another text is cited."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"\b(?:S[01]\.\d{2}|E-[PW]\d{2}|MC\d{2})\b")
SECTION = re.compile(r"§|\b[Cc]urriculum \d|\b[Dd]esign,? rule \d")
PLAN = re.compile(r"(?<!E-)\bW\d{1,2}[a-z]?\b")  # numbers that a plan gave to explorers; in code W1 and W2 are weights
FOLDERS = ("autograder", "benchmarks", "data", "docs", "explorers", "notebooks", "solutions", "tests")
THIS = Path(__file__).resolve()


def explained() -> set[str]:
    rows = re.findall(rf"^\| ({CODE.pattern}) \| \S.*\|$", (ROOT / "docs" / "sources.md").read_text(encoding="utf-8"), re.M)
    assert len(rows) == len(set(rows)), "docs/sources.md explains a code twice"
    return set(rows)


def texts(folder: str) -> list[Path]:
    found = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".md", ".toml", ".txt", ".ipynb", ".js", ".css")]
    return sorted(path for path in found if "__pycache__" not in path.parts and path != THIS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_code_is_explained(folder):
    known, files = explained(), texts(folder)
    assert files
    for path in files:
        unknown = set(CODE.findall(path.read_text(encoding="utf-8"))) - known
        assert not unknown, f"{path.relative_to(ROOT)} cites {sorted(unknown)}; explain them in docs/sources.md, or take them out"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_section_of_another_text_is_cited(folder):
    for path in [*texts(folder), *ROOT.glob("*.md"), *ROOT.glob("*.py")]:
        found = SECTION.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)} cites {found[0]!r}, which no reader can look up; say what it says"


@pytest.mark.parametrize("folder", ("autograder", "explorers", "tests"))
def test_no_module_cites_the_number_of_an_explorer(folder):
    for path in texts(folder):
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            # not parsed: 500 modules would take two seconds
            found = text.startswith(('"""', 'r"""')) and PLAN.search(text.split('"""', 2)[1])
            assert not found, f"{path.relative_to(ROOT)}: {found[0]} says nothing to a reader; write the explorer's name"
