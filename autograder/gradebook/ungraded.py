"""The autograded form of a submission without a grade: why it has none, and the lesson's cells, on which a person can score and comment."""

from __future__ import annotations

from ..files import ipynb
from ..files.names import for_html
from .autograded import Autograded
from .master import Master

_NOTE = "**This notebook has no grade.**\n\n<pre>{why}</pre>\n\nThe cells below are the lesson's own; none of it is an answer."


def ungraded(lesson: str, why: str, master: Master) -> Autograded:
    """What Formgrader and feedback show of a submission that has no grade for the reason `why`. Nothing in it is the student's."""
    cells: list[dict] = [{"id": "no-grade", "cell_type": "markdown", "metadata": {}, "source": _NOTE.format(why=for_html(why))}]
    for index, known in enumerate(master.cells.values()):
        cell = {"id": f"cell-{index}", "cell_type": known.cell_type, "metadata": {"nbgrader": known.metadata({})}, "source": known.source}
        cells.append({**cell, "execution_count": None, "outputs": []} if known.cell_type == "code" else cell)
    metadata = {"kernelspec": dict(master.kernelspec)} if master.kernelspec else {}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return Autograded(ipynb.dumps(notebook), f"{lesson}.ipynb", {}, {}, set(), [])
