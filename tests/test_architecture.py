"""The house keeps its shape: imports point one way, the trust boundary is two folders, modules stay small."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "autograder"
# the rooms of docs/design.md: each may import what stands before it, nothing behind
ROOMS = re.findall(
    r"^\| `(\w+)/` \|", (ROOT / "docs" / "design.md").read_text(encoding="utf-8").split("## The rooms")[1].split("\n## ")[0], re.M
)
# what stands beside a stranger's code in the sandbox
BESIDE_STRANGERS = ("shared", "judge/inside")


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Absolute dotted names of everything that the file imports, wherever in the file."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
    return frozenset(found)


def test_imports_point_one_way():
    assert sorted(ROOMS) == sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
    for place, room in enumerate(ROOMS):
        for path in modules(PACKAGE / room):
            for name in imported(path):
                of_ours, _, rest = name.partition(".")
                other = rest.partition(".")[0]
                allowed = other in ROOMS[: place + 1] or not other
                assert of_ours != "autograder" or allowed, (
                    f"{path.relative_to(ROOT)} must not import {name}: imports point upwards in the table of docs/design.md; move one of the two"
                )


@pytest.mark.parametrize("folder", BESIDE_STRANGERS)
def test_what_lies_beside_a_stranger_imports_nothing_of_the_course(folder):
    """The two folders that are copied into the sandbox know each other, NumPy, the notebook's libraries, and no more."""
    allowed = (
        {"numpy", "IPython", "traitlets", "ipykernel", "zmq", "tornado", "matplotlib", *sys.stdlib_module_names}
        if folder == "judge/inside"
        else {"numpy", *sys.stdlib_module_names}
    )
    ours = tuple("autograder." + known.replace("/", ".") for known in BESIDE_STRANGERS[: BESIDE_STRANGERS.index(folder) + 1])
    for path in modules(PACKAGE / folder):
        for name in imported(path):
            assert name.split(".")[0] in allowed or name.startswith(ours) or name == "autograder.judge", (
                f"{path.relative_to(ROOT)} imports {name}"
            )


def test_only_course_and_gradebook_know_nbgrader_and_jupytext():
    for room in set(ROOMS) - {"course", "gradebook"}:
        for path in modules(PACKAGE / room):
            assert not {name.split(".")[0] for name in imported(path)} & {"nbgrader", "jupytext"}, path


def test_authors_import_from_one_room():
    for path in modules(PACKAGE / "exercises"):
        if path.parent != PACKAGE / "exercises":
            rooms = {name.split(".")[1] for name in imported(path) if name.startswith("autograder.")}
            assert rooms <= {"writing", "exercises"}, f"{path.relative_to(ROOT)}: all that an exercise needs comes from autograder.writing"


def test_explorers_know_nothing_of_grading():
    for path in modules(ROOT / "explorers"):
        known = {name for name in imported(path) if name.startswith("autograder") and not name.startswith("autograder.shared.functions")}
        assert known <= {"autograder.shared"}, path


def test_nothing_imports_solutions_and_every_module_says_its_job():
    for path in [*modules(PACKAGE), *modules(ROOT / "explorers")]:
        assert not any(name.split(".")[0] == "solutions" for name in imported(path)), path
        assert ast.get_docstring(tree_of(path)), f"{path}: the first line says the module's job"
        assert path.read_text(encoding="utf-8").count("\n") <= 260, f"{path}: a module fits on four screens"


def test_no_tolerance_stands_outside_compare_without_a_reason():
    """Every Tolerance that is built carries a reason of at least a few words."""
    for path in modules(PACKAGE):
        for call in re.findall(r"Tolerance\(([^()]*(?:\([^()]*\)[^()]*)*)\)", path.read_text(encoding="utf-8")):
            if "rtol" in call and "atol:" in call:
                continue  # the class itself
            if call.strip().endswith(".reason"):
                continue  # another tolerance's reason, passed on
            reason = re.search(r'["\'](.+?)["\']', call, re.DOTALL)
            assert reason and len(reason.group(1).split()) >= 3, (path.name, call)


SINKS = {"print", "writerow", "writerows", "write_text"}  # what puts text before people
SAFE = {"for_terminal", "for_csv", "for_html", "for_file"}  # files/names.py
NAMED = {"student", "student_id", "students", "last_name", "first_name", "email"}  # what nobody vouches for


def bare_names(source: str) -> list[int]:
    """The lines where a name of a student's is written without one of the functions of files/names.py."""
    found, tree = [], ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    # a function of the module's own that uses one of them is as good
    safe = SAFE | {one.name for one in functions if SAFE & {getattr(node, "id", "") for node in ast.walk(one)}} | {"len"}

    def look(node: ast.AST, in_sink: bool) -> None:
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in safe:
                return
            in_sink = in_sink or called in SINKS
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if in_sink and name in NAMED:
            found.append(node.lineno)
        for child in ast.iter_child_nodes(node):
            look(child, in_sink)

    look(tree, False)
    return found


def test_names_of_students_are_written_through_one_function_for_each_place():
    assert bare_names("print(f'{result.student}: {x}')") and bare_names("table.writerow([student, 1])"), "it finds what it looks for"
    assert not bare_names("print(f'{for_terminal(result.student)}')\nprint(len(students))\nread(student)")
    for room in ("commands", "gradebook", "judge", "files"):
        for path in modules(PACKAGE / room):
            assert not (lines := bare_names(path.read_text(encoding="utf-8"))), f"{path.relative_to(ROOT)}: lines {lines}"
