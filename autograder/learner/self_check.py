"""A notebook before it is handed in: is all of it there, in order, and what is it worth? The file is read and never written."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.messages import number
from ..exercises import exercises, lessons
from ..files.names import for_terminal
from ..files.notebooks import BadNotebook, read_notebook
from ..writing.exercise import Exercise, Lesson

PATIENCE = 60  # seconds for a cell: `check` ends an endless loop in a function by itself, this one ends a loop in a cell


class NotOfTheCourse(ValueError):
    """The file is no notebook of one of the lessons; the text says what it is."""


@dataclass
class SelfCheck:
    """What was found. `problems` are what should be put right before handing in; the points are those that the notebook's own checks gave."""

    lesson: Lesson
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)  # why an exercise has none: what its check cell ended with

    @property
    def complete(self) -> bool:
        """Whether it can be handed in as it is; how many points it gets is another matter."""
        return not self.problems

    def __str__(self) -> str:
        mine = self.lesson.exercises
        lines = [f"{self.lesson.name}: {self.lesson.title}"]
        lines += [f"✗ {problem}" for problem in self.problems] or [f"✓ all {len(mine)} functions and their checks are there, in order"]
        lines += [f"○ {remark}" for remark in self.remarks]
        lines += ["", "A new kernel ran the cells from top to bottom, as grading does. The checks gave:"]
        width = max(map(len, mine))
        for name, exercise in mine.items():
            why = f"   {self.trouble[name]}" if name in self.trouble else ""
            lines.append(f"  {name:{width}}  {number(self.points.get(name, 0.0)):>4} of {number(exercise.points)}{why}")
        lines.append(f"  {'together':{width}}  {number(sum(self.points.values())):>4} of {number(self.lesson.points)}")
        unwritten = sum(why == "not written yet" for why in self.trouble.values())
        whole = f"It can be handed in{f'; {unwritten} of its functions are not written yet' if unwritten else ''}."
        lines += ["", whole if self.complete else "Put right what is marked ✗ before you hand it in."]
        return "\n".join(lines)


def examine(path: Path) -> SelfCheck:
    """Examine the notebook at `path` and run it in a kernel of its own. Raises `NotOfTheCourse`."""
    try:
        data = path.read_bytes()
        notebook, odd = read_notebook(data)
    except OSError as error:
        raise NotOfTheCourse(f"{path} cannot be read ({error.strerror})") from None
    except BadNotebook as problem:
        raise NotOfTheCourse(f"{path}: {problem}") from None
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    lesson = _lesson(cells)
    if lesson is None:
        raise NotOfTheCourse(f"{path} holds no exercise of this course; name the notebook of a lesson")
    found = SelfCheck(lesson, remarks=odd)
    if path.name != f"{lesson.name}.ipynb":
        found.problems.append(f"the file is called {path.name}; hand it in under its own name, {lesson.name}.ipynb")
    new = path.with_suffix(".new.ipynb")
    found.problems += _structure(cells, lesson, f"{new.name} beside it" if new.is_file() else "the notebook as it was handed out")
    found.remarks += _of_earlier_versions(cells, lesson)
    found.remarks += _as_saved(json.loads(data.decode("utf-8-sig"))["cells"], lesson)
    _run(notebook, path.resolve().parent, found)
    stubs = {_id(cell) for cell in cells if "raise NotImplementedError" in cell["source"]}
    found.trouble |= {name: "not written yet" for name in lesson.exercises if name in stubs and not found.points.get(name)}
    return found


def _id(cell) -> str:
    """What nbgrader calls the cell, in a notebook that may hold anything."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _lesson(cells: list[dict]) -> Lesson | None:
    """The lesson that most of the cells belong to."""
    ours = [exercises()[name].lesson for name in (_id(cell).removeprefix("check-") for cell in cells) if name in exercises()]
    return lessons()[max(sorted(set(ours)), key=ours.count)] if ours else None


def _structure(cells: list[dict], lesson: Lesson, source: str) -> Iterator[str]:
    """Cells that are missing, doubled, changed or at another place than in the released notebook; `source` is where to copy one from."""
    wanted = [name for exercise in lesson.exercises for name in (exercise, f"check-{exercise}")]
    there = [_id(cell) for cell in cells if _id(cell) in wanted]
    for name, exercise in lesson.exercises.items():
        if name not in there and f"check-{name}" not in there:
            yield f"the cells of {name} and of its check are missing; copy both from {source}"
            continue
        for cell, what in ((name, f"the cell of {name}"), (f"check-{name}", f"the cell check({name})")):
            if there.count(cell) == 0:
                yield f"{what} is missing; copy the cell from {source}"
            elif there.count(cell) > 1:
                yield f"{what} is there {there.count(cell)} times; leave the one that counts"
        yield from (_answer(cell["source"], exercise) for cell in cells if _id(cell) == name and _answer(cell["source"], exercise))
        if any(_id(cell) == f"check-{name}" and cell["source"].strip() != f"check({name})" for cell in cells):
            yield f"the cell check({name}) was changed; it must hold check({name}) and nothing else"
    places = [wanted.index(name) for name in dict.fromkeys(there)]
    early = next((place for place, after in zip(places[1:], places) if place < after), None)
    if early is not None:
        yield f"the cell {wanted[early]} is not at its place; the cells must be in the order in which they were handed out"


def _of_earlier_versions(cells: list[dict], lesson: Lesson) -> Iterator[str]:
    """Exercises of the notebook that are not of this lesson, or of none any more. They harm nothing and are not judged here."""
    checked = (_id(cell).removeprefix("check-") for cell in cells if _id(cell).startswith("check-"))
    for name in dict.fromkeys(for_terminal(name) for name in checked if name not in lesson.exercises):
        where = f"stands in lesson {exercises()[name].lesson} now" if name in exercises() else "is asked no more"
        yield f"{name} {where}; here its cells may stay, and count for nothing"


def _answer(source: str, exercise: Exercise) -> str:
    """What is wrong with an answer's cell, as text; not whether the answer is right."""
    try:
        body = ast.parse("\n".join("" if line.lstrip()[:1] in ("%", "!", "?") else line for line in source.splitlines())).body
    except (SyntaxError, ValueError) as error:
        where = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        return f"the cell of {exercise.name} is no Python{where}; run it, the error says more"
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    names |= {part.id for node in body for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    names |= {alias.asname or alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return (
        "" if exercise.name in names else f"the cell of {exercise.name} does not define {exercise.name}; the function must have this name"
    )


def _as_saved(cells: list, lesson: Lesson) -> Iterator[str]:
    """What the saved file tells of its checks: those that were not run, and those that were run out of order."""
    counts = {_id(cell): cell.get("execution_count") for cell in cells if _id(cell).removeprefix("check-") in lesson.exercises}
    checks = {name: counts.get(f"check-{name}") for name in lesson.exercises if f"check-{name}" in counts}
    never = [name for name, count in checks.items() if type(count) is not int]
    if never and len(never) < len(checks):
        yield f"in the saved file these checks were not run: {', '.join(never)}"
    elif never:
        yield "in the saved file no check was run; if that is not what you see in Jupyter, save the notebook there"
    order = [count for count in checks.values() if type(count) is int]
    if order != sorted(order):
        yield "in the saved file the checks were not run from top to bottom; what you see there may come from cells that have changed since"


def _run(notebook: dict, folder: Path, found: SelfCheck) -> None:
    """Run all cells in a new kernel in `folder` and note what the checks say, a number each, as nbgrader reads it."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    cells = {}
    for cell in notebook["cells"]:
        name = _id(cell).removeprefix("check-")
        if cell["cell_type"] == "code" and _id(cell).startswith("check-") and name in found.lesson.exercises:
            cell["source"], cells[name] = f"check({name})", cell["id"]
    running = nbformat.from_dict(notebook)
    client = NotebookClient(
        running,
        timeout=PATIENCE,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # what the kernel notes of itself is nothing for a learner
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError):
        found.problems.append("the kernel died while the cells ran; run them in Jupyter, one after the other, to see which of them ends it")
    outputs = {cell["id"]: cell["outputs"] for cell in running.cells if cell["cell_type"] == "code"}
    for name, cell in cells.items():
        points, why = _told(outputs[cell])
        if points is not None:
            found.points[name] = min(max(points, 0.0), found.lesson.exercises[name].points)
        else:
            found.trouble[name] = why


def _told(outputs: list) -> tuple[float | None, str]:
    """The number that a check cell showed, or what it ended with."""
    for output in reversed(outputs):
        if output["output_type"] == "error":
            return None, for_terminal(f"{output['ename']}: {output['evalue']}".splitlines()[0])
        if output["output_type"] == "execute_result":
            try:
                return float(output["data"].get("text/plain", "")), ""
            except ValueError:
                return None, "the check showed no number"
    return None, "the check was not run"
