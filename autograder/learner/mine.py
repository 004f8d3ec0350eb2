"""Brings functions that a learner wrote in other lessons into the notebook at hand, as text: a notebook is graded alone, so they must stand in it."""

from __future__ import annotations

import ast
import builtins
import os
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.messages import number
from ..exercises import exercises
from ..files.notebooks import BadNotebook, read_notebook
from . import best_points
from .counterexample import running_shell, somebody_is_there
from .kept import FOLDER
from .meant import did_you_mean

Cells = list[tuple[str, str]]  # the code cells of a notebook: (name of the exercise or "", source)
_HERE_ALREADY = {*vars(builtins), "np", "autograder", "explorers"}


@dataclass
class Brought:
    """The text of a cell, and the names of exercises by what became of them."""

    text: str = ""
    found: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # the lessons whose notebook is not there


def mine(names: tuple[str, ...]) -> list[str]:
    """Write the functions called `names`, of other lessons, into the cell that runs, or into a new one below; and say what became of each.

    The cell is replaced only when nothing but this call stands in it. Nothing is defined: what works is what stands in the notebook.
    """
    unknown = next((name for name in names if name not in exercises()), None)
    if unknown is not None or not names:
        return [
            did_you_mean(f"No exercise is called {unknown!r}.", str(unknown), exercises(), most=3)
            if names
            else 'mine needs names of exercises: mine("minibatches").'
        ]
    shell = running_shell()
    if not somebody_is_there():
        return ["Nothing was brought: this notebook runs by itself. Run this cell where you work on it."]
    if hasattr(shell, "bring"):  # a page: what is written on other pages lies in the browser, which answers with `written`
        shell.bring(names, sorted({exercises()[name].lesson for name in names}))
        return ["Looking through what you wrote on other pages."]
    found = brought(names, {lesson: _saved(lesson) for lesson in {exercises()[name].lesson for name in names}})
    if not found.text:
        return said(found)
    if shell is None:
        return [*found.text.splitlines(), *said(found)]
    alone = _is_the_call(shell.user_ns.get("In", [""])[-1])
    shell.set_next_input(found.text, replace=alone)
    return [*said(found), f"{'This' if alone else 'The new'} cell {'' if alone else 'below '}holds {_those(found)} now: run it."]


def on_a_page(names: list[str], written: dict[str, list | None], source: str) -> dict:
    """The same on a page: `written` holds the ids and sources of what is kept of other lessons' pages, `source` is the cell that
    asks; the text that takes its place, and what to say."""
    if not _is_the_call(source):
        return {"text": "", "told": "Put the call of mine into a cell of its own: what it brings takes that cell's place."}
    cells = lambda kept: [(name if name in exercises() else "", source) for name, source in kept]
    found = brought(names, {lesson: kept and cells(kept) for lesson, kept in written.items()})
    return {
        "text": found.text,
        "told": " ".join([*said(found), *([f"This cell holds {_those(found)} now: run it."] if found.text else [])]).replace("`", ""),
    }


def brought(names: Iterable[str], notebooks: dict[str, Cells | None]) -> Brought:
    """The functions called `names` out of `notebooks`, by lesson (None where there is none), with what of the learner's own each of them uses."""
    found, texts = Brought(), []
    by_lesson: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_lesson.setdefault(exercises()[name].lesson, []).append(name)
    for lesson, wanted in by_lesson.items():
        cells = notebooks.get(lesson)
        if cells is None:
            found.absent.append(lesson)
            continue
        texts += _Pieces(cells).of(wanted, found)
    if found.found:
        call = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
        found.text = "\n\n".join([f"# Yours, from other lessons. This line brings them anew: mine({call})", *texts])
    return found


class _Pieces:
    """What the cells of one notebook define, each thing as text."""

    def __init__(self, cells: Cells):
        self.own = {name: source for name, source in cells if name}
        self.defined: dict[str, str] = {}
        for name, source in cells:
            for thing, text in _definitions(source):
                if thing not in self.own or thing == name:
                    self.defined[thing] = source.strip() if thing == name else text

    def of(self, wanted: list[str], found: Brought) -> list[str]:
        """The texts that `wanted` need; `found` learns what became of each."""
        texts: dict[str, None] = {}  # in their order: what a text uses comes before it
        for name in wanted:
            source = self.own.get(name, "")
            if not _parses(source):
                found.unreadable.append(name)
            elif name not in self.defined or _is_a_stub(source, name):
                found.unwritten.append(name)
            else:
                found.found.append(name)
                self._with_what_it_uses(name, texts, set())
        return list(texts)

    def _with_what_it_uses(self, name: str, texts: dict[str, None], met: set[str]) -> None:
        met.add(name)
        text = self.defined[name]
        for other in sorted(_globals(text) - _HERE_ALREADY):
            if other in self.defined and other not in met:
                self._with_what_it_uses(other, texts, met)
        texts[text] = None


def said(found: Brought) -> list[str]:
    """What became of each function, a sentence for each kind."""
    lines = []
    if found.absent:
        lines.append(
            f"No notebook of yours of {_list([_lesson(one) for one in found.absent])} was found here, so nothing comes from there."
        )
    if found.unwritten:
        lines.append(f"Not written yet: {_list(found.unwritten, code=True)}.")
    if found.unreadable:
        lines.append(f"Python cannot read the cell of {_list(found.unreadable, code=True)} as it was saved: mend it there first.")
    best = best_points.best()
    short = [
        f"`{name}` ({number(best[name])} of {number(exercises()[name].points)} points)"
        for name in found.found
        if best.get(name, exercises()[name].points) < exercises()[name].points
    ]
    if short:
        lines.append(f"Not right everywhere yet: {_list(short)}.")
    return lines


def _lesson(name: str) -> str:
    """``lesson 7`` for 07_backpropagation."""
    return f"lesson {name.partition('_')[0].lstrip('0') or '0'}"


def _those(found: Brought) -> str:
    return _list(found.found, code=True)


def _list(names: list[str], code: bool = False) -> str:
    told = [f"`{name}`" if code else name for name in names]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _saved(lesson: str) -> Cells | None:
    """The code cells of the learner's notebook of a lesson as it was saved last: beside this one, or in the study folder."""
    study = os.environ.get(FOLDER)
    for folder in (Path(".."), *([Path(study)] if study else [])):
        try:
            cells = read_notebook((folder / lesson / f"{lesson}.ipynb").read_bytes())[0]["cells"]
        except (OSError, BadNotebook):
            continue
        return [(_exercise(cell), cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return None


def _exercise(cell: dict) -> str:
    marks = cell["metadata"].get("nbgrader")
    name = marks.get("grade_id", "") if isinstance(marks, dict) else ""
    return name if name in exercises() else ""


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _definitions(source: str) -> Iterator[tuple[str, str]]:
    """What a cell defines for others, each as (name, text): functions, classes, imports, and values that no call computes."""
    if not _parses(source):
        return  # a magic, or a slip: nothing of it can be told apart
    for node in ast.parse(source).body:
        text = ast.get_source_segment(source, node) or ""
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            yield node.name, "\n".join(source.splitlines()[first - 1 : node.end_lineno])
        elif isinstance(node, (ast.Import, ast.ImportFrom)) and not text.startswith(("from autograder", "from explorers")):
            for alias in node.names:
                yield (alias.asname or alias.name).split(".")[0], text
        elif isinstance(node, ast.Assign) and not any(isinstance(part, ast.Call) for part in ast.walk(node.value)):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, text


def _is_a_stub(source: str, name: str) -> bool:
    """Whether the function is as it was handed out: it raises NotImplementedError and does nothing else first."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            body = [one for one in node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
            return not body or isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.dump(body[0])
    return False


def _globals(text: str) -> set[str]:
    """The names that a piece of code takes from its notebook."""

    def walk(table: symtable.SymbolTable) -> Iterator[str]:
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
                yield symbol.get_name()
        for child in table.get_children():
            yield from walk(child)

    return set(walk(symtable.symtable(text, "<a cell>", "exec")))


def _is_the_call(source: str) -> bool:
    """Whether nothing but one call of `mine` stands in a cell, beside comments."""
    body = ast.parse(source).body if _parses(source) else []
    return (
        len(body) == 1
        and isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Call)
        and getattr(body[0].value.func, "id", "") == "mine"
    )
