"""The master copy of an assignment's cells, as nbgrader's gradebook keeps it, and a submission brought back to it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

SCHEMA = 3
CHECK = re.compile(r"check\((\w+)\)\Z")
RESTORED = "restored"  # cell metadata of a grade cell that the submission lacked


@dataclass(frozen=True)
class MasterCell:
    """One nbgrader cell of the release: what students may not change."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    points: float | None = None
    solution: bool = False
    task: bool = False

    @property
    def grade(self) -> bool:
        """Whether nbgrader scores it by itself (a task is scored by people)."""
        return self.points is not None and not self.task

    @property
    def exercise(self) -> str:
        """The exercise that a check cell asks for, or ""; a teacher's own test cell asks for none."""
        match = CHECK.match(self.source.strip()) if self.cell_type == "code" and self.grade and not self.solution else None
        return match[1] if match else ""

    @property
    def foreign(self) -> bool:
        """Whether this is a teacher's own test cell: code that nbgrader runs and scores by whether it raises."""
        return self.grade and self.cell_type == "code" and not self.solution and not self.exercise

    def metadata(self, given: dict) -> dict:
        """nbgrader's metadata as released; `given` only decides whether points are written 2 or 2.0."""
        data = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA,
            "solution": self.solution,
            "task": self.task,
        }
        if self.points is not None:
            written = given.get("points")
            same = type(written) in (int, float) and written == self.points
            data["points"] = written if same else self.points
        return data


@dataclass(frozen=True)
class Master:
    """All nbgrader cells of one notebook in their order, and its kernel."""

    cells: dict[str, MasterCell]
    kernelspec: dict

    @property
    def foreign(self) -> list[str]:
        """The names of the teacher's own test cells."""
        return [name for name, cell in self.cells.items() if cell.foreign]

    @property
    def tests(self) -> str:
        """The version of the teacher's own test cells, "" where there are none; what they run after is a part of it, so all cells count."""
        if not self.foreign:
            return ""
        cells = [[c.name, c.cell_type, c.source, c.locked, c.points, c.solution, c.task] for c in self.cells.values()]
        return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def has_teacher_tests(notebook: dict) -> bool:
    """Whether a source notebook, as JSON data, has test cells of the teacher's own; see `MasterCell.foreign`."""
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if (
            cell["cell_type"] == "code"
            and marks.get("grade")
            and not marks.get("solution")
            and not CHECK.match("".join(cell["source"]).strip())
        ):
            return True
    return False


def read_master(gradebook, assignment: str, notebook: str) -> Master:
    """The master cells in `gradebook` (nbgrader's). Raises nbgrader's `MissingEntry` when the assignment is not there."""
    row = gradebook.find_notebook(notebook, assignment)
    points = {cell.name: cell.max_score for cell in (*row.grade_cells, *row.task_cells)}
    solutions, tasks = {cell.name for cell in row.solution_cells}, {cell.name for cell in row.task_cells}
    cells = {
        cell.name: MasterCell(
            cell.name,
            cell.cell_type,
            cell.source,
            cell.checksum,
            bool(cell.locked),
            points.get(cell.name),
            cell.name in solutions,
            cell.name in tasks,
        )
        for cell in row.source_cells
    }
    return Master(cells, json.loads(row.kernelspec) if row.kernelspec else {})


def restore(notebook: dict, master: Master) -> list[str]:
    """Bring a submission back to its master, in place, and return what was changed.

    Everything nbgrader goes by comes from the master: metadata, points, the source of locked cells, the kernel, and check
    cells (and a teacher's own test cells) that were deleted. Of cells with the same name the last is kept, as nbgrader does, the others become ordinary
    cells; so do cells with a name that was never released. Nothing the student wrote is removed.
    """
    changes: list[str] = []
    seen: set[str] = set()
    for cell in reversed(notebook["cells"]):
        cell["metadata"].pop(RESTORED, None)  # ours to say
        given = cell["metadata"].pop("nbgrader", None)
        name = given.get("grade_id") if isinstance(given, dict) else None
        known = master.cells.get(name) if isinstance(name, str) else None
        if known is None:
            if given:
                changes.append(f"cell {name!r} was never released; it counts as an ordinary cell")
        elif name in seen:
            changes.append(f"cell {name!r} exists more than once; the last one counts")
        else:
            seen.add(name)
            _restore_cell(cell, known, given, changes)
    _add_missing(notebook, master, seen, changes)
    if master.kernelspec:
        notebook["metadata"]["kernelspec"] = dict(master.kernelspec)
    return changes


def _restore_cell(cell: dict, known: MasterCell, given: dict, changes: list[str]) -> None:
    if cell["cell_type"] != known.cell_type:
        changes.append(f"cell {known.name!r} was turned into {cell['cell_type']}")
        cell["cell_type"] = known.cell_type
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
        if known.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    if known.locked and cell["source"] != known.source:
        changes.append(f"the locked cell {known.name!r} was changed")
        cell["source"] = known.source
    cell["metadata"]["nbgrader"] = known.metadata(given)


def _add_missing(notebook: dict, master: Master, seen: set[str], changes: list[str]) -> None:
    """Put deleted grade cells back after the cell that came before them: their function may still be there."""
    cells = notebook["cells"]
    after = -1
    for name, known in master.cells.items():
        if name in seen:
            after = next(i for i, cell in enumerate(cells) if _name(cell) == name)
        elif known.exercise or known.foreign:
            changes.append(f"the {'check' if known.exercise else 'test'} cell {name!r} was deleted; it was added back")
            after += 1
            cells.insert(after, _new_check(known, {cell.get("id") for cell in cells}, "id" in cells[0] if cells else True))


def _name(cell: dict) -> str | None:
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def _new_check(known: MasterCell, used: set, with_id: bool) -> dict:
    from nbformat import from_dict  # late: who looks for test cells only should not wait for it

    identity = known.name
    while identity in used:
        identity += "-again"
    metadata = {"deletable": False, "editable": False, RESTORED: True, "nbgrader": known.metadata({})}
    if known.exercise:
        metadata["exercise"] = known.exercise
    cell = {"cell_type": "code", "execution_count": None, "outputs": [], "source": known.source, "metadata": metadata}
    return from_dict({**cell, "id": identity} if with_id else cell)
