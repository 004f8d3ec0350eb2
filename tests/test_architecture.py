"""The house keeps its shape: imports point one way, modules stay small, lessons and their judging stay apart."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Design §3: a module may import its own layer and the layers above it in this table, nothing below.
LAYERS = [
    {"functions", "bank", "fields", "compare", "report", "values", "programs", "datasets"},
    {"exercise", "answer", "contracts"},
    {"trial", "drawing", "properties", "choices", "show", "shrink", "diagnose", "runner", "messages"},
    {"exercises"},
    {"notebook", "memory", "ours", "offer", "judge"},
    {"course", "__main__", "__init__"},
]
# inside a layer, only these may import each other, in this order
WITHIN = [
    ["compare", "functions", "bank", "fields", "values", "programs", "report", "datasets"],
    ["exercise", "contracts", "answer"],
    ["trial", "drawing", "properties", "choices", "show", "shrink", "diagnose", "runner", "messages"],
    ["exercises"],
    ["memory", "ours", "offer", "notebook", "judge"],
    ["course", "__main__", "__init__"],
]


def modules(package: str) -> list[Path]:
    return sorted(path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts)


def imported(path: Path) -> set[str]:
    """Absolute dotted names of everything that the file imports, wherever in the file."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
    return found


def part(dotted: str) -> str | None:
    """Which part of autograder a dotted name belongs to."""
    pieces = dotted.split(".")
    return None if pieces[0] != "autograder" or len(pieces) < 2 else pieces[1]


def rank(name: str) -> tuple[int, int]:
    for layer, names in enumerate(WITHIN):
        if name in names:
            return layer, names.index(name)
    raise AssertionError(f"autograder/{name} stands in no layer: give it a place in this table and in docs/design.md")


@pytest.mark.parametrize("path", modules("autograder"), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path):
    own = path.relative_to(ROOT / "autograder").parts[0].removesuffix(".py")
    known = set().union(*LAYERS)
    for name in imported(path):
        other = part(name)
        if other is None or other == own or other not in known:
            continue
        assert rank(other) < rank(own), f"{own} must not import {other}"


@pytest.mark.parametrize("path", modules("autograder"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_course_knows_nbgrader_and_jupytext(path):
    if path.relative_to(ROOT / "autograder").parts[0] == "course":
        return
    tops = {name.split(".")[0] for name in imported(path)}
    assert not tops & {"nbgrader", "jupytext"}


def test_every_part_has_its_layer():
    parts = {path.relative_to(ROOT / "autograder").parts[0].removesuffix(".py") for path in modules("autograder")}
    assert parts <= set().union(*LAYERS), parts - set().union(*LAYERS)
    assert [set(names) for names in WITHIN] == LAYERS


@pytest.mark.parametrize("path", modules("explorers"), ids=lambda p: str(p.relative_to(ROOT)))
def test_explorers_know_nothing_of_grading(path):
    assert {name for name in imported(path) if name.startswith("autograder") and not name.startswith("autograder.shared.functions")} <= {
        "autograder"
    }


@pytest.mark.parametrize("path", [*modules("autograder"), *modules("explorers")], ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_imports_solutions_and_every_module_says_its_job(path):
    assert not any(name.split(".")[0] == "solutions" for name in imported(path))
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "the first line says the module's job"
    assert text.count("\n") <= 260, "a module fits on four screens"


def test_programs_import_numpy_and_the_standard_library_only():
    """They lie beside untrusted code: nothing of the course may come with them."""
    for path in modules("autograder/programs"):
        for name in imported(path):
            top = name.split(".")[0]
            assert top == "numpy" or top in sys.stdlib_module_names or name.startswith("autograder.shared.programs")


def test_no_tolerance_stands_outside_compare_without_a_reason():
    """Every Tolerance that is built carries a reason of at least a few words."""
    for path in modules("autograder"):
        for call in re.findall(r"Tolerance\(([^()]*(?:\([^()]*\)[^()]*)*)\)", path.read_text(encoding="utf-8")):
            if "rtol" in call and "atol:" in call:
                continue  # the class itself
            if call.strip().endswith(".reason"):
                continue  # another tolerance's reason, passed on
            reason = re.search(r'["\'](.+?)["\']', call, re.DOTALL)
            assert reason and len(reason.group(1).split()) >= 3, (path.name, call)
