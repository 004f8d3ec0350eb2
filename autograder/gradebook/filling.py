"""A verdict into a notebook: the outputs that nbgrader reads points from and people read reasons from."""

from __future__ import annotations

from ..engine import messages
from ..engine.report import Report, Sheet, Status
from ..files.outputs import clean_outputs
from .master import RESTORED, Master

# the judge gives up on a notebook for time that it used or processes that it ended, and for nothing else
_NOT_REACHED = {
    "output_type": "error",
    "ename": "timeout",
    "evalue": "",
    "traceback": ["The notebook used up its time before this test was reached."],
}


class NoVerdict(RuntimeError):
    """A grade cell got no verdict. Left alone it would count as full marks, so the submission stops here."""


def points_text(points: float, most: float) -> str:
    """The points as they stand in the check cell: a plain number between 0 and `most`, which is what nbgrader reads."""
    return messages.number(min(max(points, 0.0), most))


def fill(notebook: dict, sheet: Sheet, master: Master) -> None:
    """Put the judge's outputs into a restored submission, in place.

    Check cells get their points and panel. Everything else is the student's: plain text, errors and PNG pictures are kept,
    nothing that a browser could run. A sheet whose versions name test cells is on this very notebook, so that a teacher's own
    ran as they were released; their outcome is what the student's process said of itself, and not to be trusted. Raises
    `NoVerdict` when any grade cell would be left without a result, and for a sheet that is no grade (missing, malformed,
    or an error of ours).
    """
    from nbformat import from_dict  # loaded only where notebooks are filled: it takes as long as the judge

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
            cell["outputs"] = clean_outputs(sheet.outputs.get(key, []))
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
    data = {"text/html": messages.to_html(report), "text/plain": points_text(report.points, most)}
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
