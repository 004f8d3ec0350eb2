"""One letter, one meaning: the notation page is the law, and what breaks it is looked for in all that learners read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTATION = (ROOT / "solutions/00_start_here/notation.md").read_text(encoding="utf-8")
LESSONS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("solutions/*.py"))}
READ = {
    **{str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("explorers/**/*.py"))},
    **{str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("autograder/exercises/**/*.py"))},
    **{str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("autograder/recall/*.py"))},
    **LESSONS,
    "notation.md": NOTATION,
}

# what must not be there, and what the course writes instead
FORBIDDEN = {
    r"\\Theta|Θ": "parameters are θ",
    r"\^T\b|\^\{T\}": r"a transpose is ^\top",
    r"\\mathbf\{[A-Z]\}": "matrices are plain capitals, vectors bold",
    r"\\epsilon\b": r"\varepsilon is machine epsilon and nothing else",
    r"\\varepsilon\^2": "the unit of dual numbers is τ",
    r"[XGZ] \(N, |-> \(N, ": "examples are m, features n, outputs k",
    r"\bY_\{nm\}|\bX_\{nd\}|δₙₚ": "n and m are sizes, indices are i, j, p, q",
    r"[12]/\(?μ|\bL the largest|[12]/L\b|\\sqrt\{L\}|η · L\b|ηL\b|\\frac\{L\}": "L is the loss, curvatures are λ",
    r"\\mu\b|(?<![a-z])ημ|√μ": r"the smallest curvature is \lambda_{\min}, a mean \bar x",
    r"H W_2|H = np\.tanh": "hidden values are A",
    r"residuals \$r|r = X\\theta|residuals r\b|\bdr = 2": "errors are e, as in lesson 4",
    r"[\"'. (][A-Z]\w?\[(?:\w+, )?[nm](?=[],])": "n and m are sizes, indices are i, j, p, q",
    r"\bis 1 (?:for|when) \$[nm] = ": "n and m are sizes, indices are i, j, p, q",
    r"ε·ε|[a-z]['′]ε|ε² is": "the unit of dual numbers is τ",
    r"variance \$\\sigma": "σ is the sigmoid in lesson 7, a variance is V",
    r"\|\\mathbf\{x\}\| is the": "|x| is neither a length nor a number of axes",
}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_letter_has_a_second_meaning(pattern):
    found = [f"{name}: {match.group()}" for name, text in READ.items() for match in re.finditer(pattern, text)]
    assert not found, (FORBIDDEN[pattern], found)


def dated() -> list[tuple[str, int]]:
    """(symbol, lesson) of the table of derivatives."""
    rows = re.findall(r"(?m)^\| \$(.+?)\$.*\| (\d+) \|$", NOTATION.split("## Derivatives")[1].split("\n## ")[0])
    return [(symbol, int(lesson)) for symbol, lesson in rows]


SIGN = {r"\dfrac{df}{dx}": r"\\frac\{df\}\{dx\}", r"\nabla f(\mathbf{x})": r"\\nabla f\(\\mathbf\{x\}\)", r"\delta_{ij}": r"\\delta_\{ij\}"}


@pytest.mark.parametrize(("symbol", "lesson"), [row for row in dated() if row[0] in SIGN])
def test_a_symbol_is_dated_by_the_lesson_that_first_uses_it(symbol, lesson):
    first = next(name for name, text in LESSONS.items() if re.search(SIGN[symbol], text))
    assert int(first[:2]) == lesson


def test_the_table_is_read():
    assert len(dated()) == 6 and {symbol for symbol, _ in dated()} >= set(SIGN)


# each gradient check of the course divides by the larger of both lengths, and is called relative error
MEASURES = r"np\.linalg\.norm\(a - b\) / \(?[^\n]*|/ abs\(slope\)"


def test_there_is_one_measure_for_gradient_checks():
    # what a learner may have invented, and where it fails, stands in the text as well
    ours = {name: re.sub(r"<details><summary>Compare</summary>.*?</details>", "", text, flags=re.S) for name, text in LESSONS.items()}
    seen = [(name, match.group()) for name, text in ours.items() for match in re.finditer(MEASURES, text)]
    assert seen and all("max(" in found or "/ largest" in found or "/ size" in found for _, found in seen), seen
    assert r"\lVert\mathbf{a}\rVert + \lVert\mathbf{b}\rVert" not in "".join(LESSONS.values())


def cited() -> set[str]:
    """The lessons that the page names as those where a source's lines stand."""
    found: set[int] = set()
    for row in re.findall(r"(?m)^\| \*.+\| ([^|]+) \|$", NOTATION.split("## Where the wrong lines come from")[1]):
        plain = re.sub(r"\(.*?\)", "", row)
        for first, last in re.findall(r"(\d+)(?: to (\d+))?", plain):
            found |= set(range(int(first), int(last or first) + 1))
    return {f"{number:02}" for number in found}


SAYS = re.compile(r"\b[Tt]he \[?source\b|\b[Oo]ne \[?source of\b|published (?:tutorial|page)")


@pytest.mark.parametrize("lesson", [name for name, text in LESSONS.items() if SAYS.search(text)])
def test_what_a_source_says_can_be_looked_up(lesson):
    """The page names it by title for that lesson, and the lesson leads there."""
    assert lesson[:2] in cited() and "../00_start_here/notation.md" in LESSONS[lesson]


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name[:2] in ("06", "07", "08", "09", "10")])
def test_the_first_mention_of_the_source_is_a_link(lesson):
    assert SAYS.search(LESSONS[lesson])[0].lower() == "the [source"
