"""Why an exercise has no answer where it is checked: which cell stopped and at what, what became of its cell, or where else it stands."""

from __future__ import annotations

import ast
import difflib
import re

from ..engine.report import Report, Status
from .submission import Cell, Role, Submission

_LENGTH = 200  # characters of an error's text
_INNER = (ast.If, ast.Try, ast.With, ast.For, ast.While)


def later_answers(submission: Submission, position: int, name: str) -> list[int]:
    """Where else than at `position` an exercise can be judged: behind each cell from there on that defines `name`."""
    cells = enumerate(submission.cells[position:], position)
    return [place + 1 for place, cell in cells if cell.role is not Role.CHECK and name in defined(cell.source)]


def defined(source: str) -> set[str]:
    """The names that a cell defines, as far as it is Python; functions and classes also where it is not."""
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    try:
        return set(_bound(ast.parse(plain).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", plain, re.MULTILINE))


def _bound(body: list):
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, _INNER):
            yield from _bound([*node.body, *getattr(node, "orelse", [])])


def explain(report: Report, submission: Submission, outputs: dict[str, list], position: int) -> None:
    """Say in `report` what is known of why there is no answer, or why it met a name that is not defined. `position` is where it was judged."""
    if report.status is Status.MISSING:
        report.detail = _no_answer(report.exercise, submission, outputs)
    elif any(finding.given == "NameError" for finding in report.findings):
        stopped = next((text for cell in submission.cells[:position] if (text := _stopped(cell, outputs))), "")
        if stopped:
            report.remarks.append(f"{stopped} What stands below that line was not run.")


def _no_answer(name: str, submission: Submission, outputs: dict[str, list]) -> str:
    own = [cell for cell in submission.cells if cell.exercise == name and cell.role is Role.ANSWER]
    defining = [cell for cell in submission.cells if cell.role is not Role.CHECK and name in defined(cell.source)]
    for cell in [*defining, *own]:
        if stopped := _stopped(cell, outputs):
            return f"{stopped} So {name} is not defined."
    if name in submission.texts:
        return f"Cell {submission.texts[name] + 1}, where {name} belongs, is text and no code. Turn it back into a code cell."
    if submission.other:
        return f"This looks like a copy of {submission.other}: {name} is not in it."
    earlier = next((text for cell in submission.cells if (text := _stopped(cell, outputs))), "")
    if defining:
        return f"Cell {defining[0].index + 1} should define {name}, and it was not there where it is checked. {earlier}".strip()
    if own:
        found = sorted(defined(own[0].source))
        close = difflib.get_close_matches(name, found, 1) or found[:1]
        instead = f"; it defines {close[0]}. Was the function renamed?" if close else "."
        return f"Cell {own[0].index + 1}, where {name} belongs, does not define it{instead}"
    return f"No cell defines {name}, and the cell where it belongs is gone. {earlier}".strip()


def _stopped(cell: Cell, outputs: dict[str, list]) -> str:
    """Which cell stopped, at what and in which line; nothing for one that did not."""
    for output in outputs.get(str(cell.index), []):
        if output["output_type"] != "error":
            continue
        lines = [match for line in output["traceback"] if (match := re.match(r"line (\d+) in ", line))]
        where = f" (line {lines[0][1]})" if lines and "line " not in output["evalue"] else ""
        text = f"{output['ename']}: {output['evalue']}".strip(": ")[:_LENGTH]
        return f"Cell {cell.index + 1} stopped with {text.splitlines()[0].rstrip('.') if text else 'an error'}{where}."
    return ""
