"""A verdict into a notebook: the outputs that nbgrader reads points from and people read reasons from."""

from __future__ import annotations

import re

from nbformat import from_dict

from ..engine import messages
from ..engine.report import Report, Sheet, Status
from .master import RESTORED, Master

_TEXT, _IMAGES, _PIECES = 64 << 10, 4 << 20, 200  # of one cell: characters, image characters, outputs
# the judge gives up on a notebook for time that it used or processes that it ended, and for nothing else
_NOT_REACHED = {
    "output_type": "error",
    "ename": "timeout",
    "evalue": "",
    "traceback": ["The notebook used up its time before this test was reached."],
}
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*\Z")


class NoVerdict(RuntimeError):
    """A grade cell got no verdict. Left alone it would count as full marks, so the submission stops here."""


def points_text(report: Report, most: float) -> str:
    """The points as they stand in the check cell: a plain number between 0 and `most`, which is what nbgrader reads."""
    return messages.number(min(max(report.points, 0.0), most))


def fill(notebook: dict, sheet: Sheet, master: Master) -> None:
    """Put the judge's outputs into a restored submission, in place.

    Check cells get their points and panel. Everything else is the student's: plain text, errors and PNG pictures are kept,
    nothing that a browser could run. A sheet whose versions name test cells is on this very notebook, so that a teacher's own
    ran as they were released; their outcome is what the student's process said of itself, and not to be trusted. Raises
    `NoVerdict` when any grade cell would be left without a result, and for a sheet that is no grade (missing, malformed,
    or an error of ours).
    """
    refuse(sheet)
    restored = bool(sheet.versions.get("tests"))
    if sheet.versions.get("tests", "") != master.tests:
        raise NoVerdict(
            f"the lesson's own test cells ({', '.join(master.foreign) or 'none are left'}) did not run as they are now; "
            f"run  python -m autograder grade {sheet.lesson}"
        )
    for index, cell, added in _positions(notebook["cells"], restored):
        if cell["cell_type"] != "code":
            continue
        key = None if added else str(index)
        known = master.cells.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if known is not None and known.exercise:
            cell["outputs"] = [_result(_report(sheet, known.exercise), known.points)]
        elif known is not None and known.foreign and key not in sheet.outputs:
            cell["outputs"] = [dict(_NOT_REACHED)]
        else:
            cell["outputs"] = safe_outputs(sheet.outputs.get(key, []))
        cell["outputs"] = from_dict(cell["outputs"])
        cell["execution_count"] = None
    _count(notebook["cells"])


def refuse(sheet: Sheet) -> None:
    """Raises `NoVerdict` for a sheet that must not become a grade, saying what to do."""
    if sheet.is_error:
        broken = [name for name, report in sheet.reports.items() if report.status is Status.ERROR]
        where = f" in {', '.join(broken)}" if broken else ""
        raise NoVerdict(
            f"the judge itself failed on {sheet.student}{where} ({sheet.detail or 'see the verdict file'}); this is no zero: grade again"
        )
    if sheet.status != "graded":
        raise NoVerdict(f"the notebook of {sheet.student} is {sheet.status}: {sheet.detail or 'it could not be read'}")


def _report(sheet: Sheet, exercise: str) -> Report:
    if exercise not in sheet.reports:
        raise NoVerdict(f"the verdict on {sheet.student} says nothing of {exercise}; was the exercise added since? grade again")
    return sheet.reports[exercise]


def _positions(cells: list, restored: bool):
    """Each cell with its index in what was judged, and whether it was added after that."""
    index = 0
    for cell in cells:
        added = bool(cell["metadata"].get(RESTORED)) and not restored
        yield index, cell, added
        index += not added


def _result(report: Report, most: float) -> dict:
    data = {"text/html": messages.to_html(report), "text/plain": points_text(report, most)}
    return {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}


def _count(cells: list) -> None:
    """Number the code cells as a kernel would: empty ones are not run."""
    number = 0
    for cell in cells:
        if cell["cell_type"] == "code" and cell["source"].strip():
            number += 1
            cell["execution_count"] = number
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = number


def safe_outputs(outputs) -> list[dict]:
    """Outputs of student code, reduced to text, errors and PNG pictures of bounded size; whatever is no output is dropped."""
    if not isinstance(outputs, list):
        return []
    return [safe for output in outputs[:_PIECES] if isinstance(output, dict) and (safe := _safe(output))]


def _safe(output: dict) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return {"output_type": "stream", "name": output["name"], "text": _text(output.get("text"))}
    if kind == "error":
        trace = output.get("traceback")
        lines = [_text(line) for line in trace[:100]] if isinstance(trace, list) else []
        return {"output_type": "error", "ename": _text(output.get("ename")), "evalue": _text(output.get("evalue")), "traceback": lines}
    if kind in ("execute_result", "display_data"):
        given = output.get("data")
        given = given if isinstance(given, dict) else {}
        data = {}
        if "text/plain" in given:
            data["text/plain"] = _text(given["text/plain"])
        picture = given.get("image/png")
        if isinstance(picture, str) and len(picture) <= _IMAGES and _BASE64.match(picture):
            data["image/png"] = picture
        more = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, "data": data, "metadata": {}, **more} if data else None
    return None


def _text(value) -> str:
    """Bounded text without characters that a file cannot hold."""
    value = "".join(map(str, value)) if isinstance(value, list) else value
    return value[:_TEXT].encode("utf-8", "replace").decode() if isinstance(value, str) else ""
