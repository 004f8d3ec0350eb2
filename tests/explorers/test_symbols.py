"""A symbol keeps one colour in every picture and in the read-out beside it; why formulas have none, in numbers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from scenes import NAMES, SCENES

from explorers.drawing import symbols

ROOT = Path(__file__).resolve().parents[2]
TABLE = {name: value for name, value in vars(symbols).items() if name.isupper() and isinstance(value, tuple)}
# the symbols by which read-outs name them; a secant along x has the colour of its axis
NAMED = {
    "SECANT": re.compile(r"^secant slope"),
    "TANGENT": re.compile(r"^(≈ )?tangent slope"),
    "GRADIENT": re.compile(r"∇"),
    "PATH": re.compile(r"^θ"),
    "BACKWARD": re.compile(r"^backward passes|\.grad\b"),
    "FORWARD": re.compile(r"^forward passes"),
    "YOURS": re.compile(r"^yours"),
}


def test_each_symbol_of_the_table_is_named():
    assert set(NAMED) == set(TABLE)


@pytest.mark.parametrize("path", sorted((ROOT / "explorers").rglob("*.py")), ids=lambda p: p.stem)
def test_no_picture_has_a_colour_of_its_own_for_a_symbol(path):
    if path.name == "symbols.py":
        return
    assigned = {
        name.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    assert not assigned & set(TABLE), f"{path.name}: take it from explorers/drawing/symbols.py"


@pytest.mark.parametrize("name", NAMES)
def test_read_outs_have_the_colours_of_the_table(name):
    scene = SCENES[name]
    for line, cell, _ in scene.describe().cells:
        for symbol, named in NAMED.items():
            assert line is None or not named.search(cell) or tuple(line) == TABLE[symbol], (name, cell, line, symbol)


SHADES = re.compile(r"\b((dark|light|bright)(er|est)?|pale(r|st)?)\b|\b(white|black)\b", re.IGNORECASE)


def test_no_words_name_a_shade_that_the_other_theme_turns_round():
    """Ink and paper change places on dark, and what is filled more strongly is brighter there: "darker is faster" was false."""
    said = []
    for path in sorted((ROOT / "explorers").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        commented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        said += [(path.stem, n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in commented]
    said += [(path.stem, line) for path in (ROOT / "solutions").glob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(where, text) for where, text in said if isinstance(text, str) and SHADES.search(text) and "<style" not in text] == []


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return sum(w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for w, p in zip((0.2126, 0.7152, 0.0722), parts))


def test_no_fixed_colour_of_a_letter_is_readable_in_both_themes():
    r"""The reason, in docs/review.md, why formulas are not coloured with \color: letters need 4.5:1, and on JupyterLab's white and #111 none has it."""
    white, dark = luminance("#ffffff") + 0.05, luminance("#111111") + 0.05
    best = (white * dark) ** 0.5  # here both contrasts are equal; a lighter colour loses on white, a darker one on #111
    assert white / best == pytest.approx(best / dark) and 4.3 < white / best < 4.5
    for colour, _ in TABLE.values():
        assert min(white / (luminance(colour) + 0.05), (luminance(colour) + 0.05) / dark) < 4.5
