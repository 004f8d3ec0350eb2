"""Text to source notebook: a lesson is written as percent text, everything a machine can know is added here."""

from __future__ import annotations

import ast
import difflib
import io
import re
import tokenize

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ..engine.messages import number
from ..writing.exercise import Exercise, Lesson
from .given import with_given
from .parts import misnumbered, placeholders
from .percent import read_cells
from .predictions import asks, prediction_in
from .problems import Problems
from .reading_time import timed

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MAX_LINES = 12  # a cell fits on a screen; helpers live in packages
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"},
}
SCHEMA = 3  # of nbgrader's cell metadata
_TYPED = re.compile(r"^About \d+ minutes\b|· \d+ points\b")  # the line below a lesson's question


def notebook_text(notebook) -> str:
    """The bytes of a notebook file, as nbformat writes them."""
    return nbformat.writes(notebook, version=4) + "\n"


def source_notebook(text: str, lesson: Lesson, path: str = "lesson.py"):
    """The source notebook (nbformat 4.5) of a lesson's percent text. Raises `LessonError`."""
    problems = Problems(path)
    found = with_given(read_cells(text, path), lesson)
    names = _Names(lesson.exercises)
    reflections = _reflections(found, problems)
    most = lesson.points + sum(reflections.values())
    cells = [cell for _, cell in found]
    parts = timed(cells, lesson)
    whole = {"{{minutes}}": str(sum(part.minutes for part in parts)), "{{points}}": number(most)}
    built, done = [], set()
    for line, problem in misnumbered(found):
        problems.add(line, problem)
    for (line, cell), generated in zip(found, placeholders(cells, parts, lesson)):
        metadata = {key: value for key, value in cell.metadata.items() if key not in ("title", "lines_to_next_cell", "reflection")}
        marker = metadata.pop("exercise", None)
        if cell.cell_type == "code":
            _check_length(cell.source, line, problems)
        if marker is None:
            _check_plain(cell.source, line, problems)
            if cell.cell_type == "markdown":
                for placeholder, value in (whole | generated).items():
                    cell.source = cell.source.replace(placeholder, value)
            if line in reflections:
                built += _reflection_cells(cell.source, reflections[line], metadata, names)
                continue
            prediction = prediction_in(cell.source, line, problems) if cell.cell_type == "code" else None
            if prediction is not None:
                cell.source, metadata["prediction"] = asks(prediction), prediction.name
            _complete(metadata, line, problems)
            built.append(_plain(cell, metadata, names))
            continue
        exercise = _find(marker, lesson, line, problems)
        if exercise is None:
            continue
        if marker in done:
            problems.add(line, f"a second cell for {marker}; an exercise has one cell")
            continue
        done.add(marker)
        _check_answer(cell, exercise, line, problems)
        built += _exercise_cells(cell.source, exercise, metadata, names)
    for name in lesson.exercises:
        if name not in done:
            problems.add(max(1, len(text.splitlines())), f'no cell for the exercise {name}; add one with  # %% exercise="{name}"')
    problems.stop()
    notebook = new_notebook(cells=built, metadata=KERNEL)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def solution_regions(source: str) -> list[str]:
    """The texts between the solution delimiters of a cell, without the delimiters."""
    return re.findall(rf"{BEGIN}[^\n]*\n(.*?)[^\S\n]*{END}", source, flags=re.DOTALL)


def header(exercise: Exercise) -> str:
    """The line above an exercise: its name, points, minutes and difficulty."""
    points = f"{exercise.points:g} point" + ("" if exercise.points == 1 else "s")
    dots = "●" * exercise.difficulty + "○" * (5 - exercise.difficulty)
    return f"**Exercise** `{exercise.name}` · {points} · about {exercise.minutes} min · {dots}"


class _Names:
    """Cell ids from headings: a cell's id depends on its own section only, so that changes elsewhere leave it alone."""

    def __init__(self, exercises):
        self.section, self.count = "start", 0
        self.used = {prefix + name for name in exercises for prefix in ("", "about-", "check-")}  # theirs, whatever else is there

    def begin(self, name: str) -> str:
        """The id of an exercise's cell; what follows is counted from here."""
        self.section, self.count = name, 0
        return name

    def next(self, source: str, kind: str) -> str:
        heading = re.search(r"^#{1,6} +(.+)$", source, flags=re.MULTILINE) if kind == "markdown" else None
        if heading:
            words = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")
            self.section, self.count = words[:48].strip("-") or "section", 0
            return self.unique(self.section)
        self.count += 1
        return self.unique(f"{self.section}-{'text' if kind == 'markdown' else kind}-{self.count}")

    def unique(self, name: str) -> str:
        name = re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:56]
        candidate, n = name, 1
        while candidate in self.used:
            n += 1
            candidate = f"{name}-{n}"
        self.used.add(candidate)
        return candidate


def _complete(metadata: dict, line: int, problems: Problems) -> None:
    """Fill in nbgrader's metadata that a teacher wrote by hand."""
    if "nbgrader" not in metadata:
        return
    from nbgrader.nbgraderformat import MetadataValidator  # late: seldom needed, and slow to load

    flags = {"schema_version": SCHEMA, "task": False, "grade": False, "locked": False, "solution": False}
    try:
        metadata["nbgrader"] = {**flags, **metadata["nbgrader"]}
        MetadataValidator().validate_cell(nbformat.from_dict({"cell_type": "code", "source": "", "metadata": metadata}))
    except Exception as error:  # nbgrader's own ValidationError, jsonschema's, or Python's when it is no dictionary
        problems.add(line, f"nbgrader does not take this cell's metadata: {str(error).splitlines()[0]}")


def _plain(cell, metadata: dict, names: _Names):
    """A story or demonstration cell."""
    if cell.cell_type == "markdown":
        return new_markdown_cell(cell.source, id=names.next(cell.source, "markdown"), metadata=metadata)
    if cell.cell_type == "raw":
        return nbformat.v4.new_raw_cell(cell.source, id=names.next(cell.source, "raw"), metadata=metadata)
    return new_code_cell(cell.source, id=names.next(cell.source, "code"), metadata=metadata)


def _exercise_cells(source: str, exercise: Exercise, metadata: dict, names: _Names) -> list:
    """The header line, the answer and the locked grade cell of one exercise."""
    name, shared = exercise.name, {"schema_version": SCHEMA, "task": False}
    answer = {"grade": False, "grade_id": name, "locked": False, "solution": True, **shared}
    grade = {"grade": True, "grade_id": f"check-{name}", "locked": True, "points": exercise.points, "solution": False, **shared}
    return [
        new_markdown_cell(header(exercise), id=f"about-{name}", metadata={"about": name}),
        new_code_cell(source, id=names.begin(name), metadata={**metadata, "exercise": name, "nbgrader": answer}),
        new_code_cell(f"check({name})", id=f"check-{name}", metadata={"exercise": name, "nbgrader": grade}),
    ]


def _reflections(found: list, problems: Problems) -> dict[int, float]:
    """The points of the text cells that a person scores, by the line of each."""
    points = {line: cell.metadata["reflection"] for line, cell in found if "reflection" in cell.metadata}
    for line, cell in found:
        if line in points and (cell.cell_type != "markdown" or type(points[line]) not in (int, float) or not points[line] > 0):
            problems.add(line, "a reflection is a text cell with points; write  # %% [markdown] reflection=2")
            del points[line]
    return points


def _reflection_cells(source: str, points: float, metadata: dict, names: _Names) -> list:
    """The header line and the cell of a sentence that learners write and a person scores: what nbgrader calls a manually graded answer."""
    name = names.begin(names.unique("reflection"))
    marks = {"grade": True, "grade_id": name, "locked": False, "points": points, "schema_version": SCHEMA, "solution": True, "task": False}
    said = f"**Reflection** · {points:g} point{'' if points == 1 else 's'} · a person reads it"
    return [
        new_markdown_cell(said, id=names.unique(f"about-{name}"), metadata={"about": name}),
        new_markdown_cell(source, id=name, metadata={**metadata, "nbgrader": marks}),
    ]


def _find(marker, lesson: Lesson, line: int, problems: Problems) -> Exercise | None:
    if not isinstance(marker, str):
        problems.add(line, f'{marker!r} is no name of an exercise; write  # %% exercise="its_name"')
        return None
    if marker in lesson.exercises:
        return lesson.exercises[marker]
    from ..exercises import exercises  # late: a test's lesson needs no registry

    other = exercises().get(marker)
    if other is not None:
        problems.add(line, f"{marker} belongs to {other.lesson}, not to {lesson.name}; move the cell there or rename it")
        return None
    near = difflib.get_close_matches(marker, lesson.exercises, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"{lesson.name} has {', '.join(lesson.exercises) or 'none'}"
    problems.add(line, f"no exercise is called {marker!r}; {hint}")
    return None


def _check_plain(source: str, line: int, problems: Problems) -> None:
    if "BEGIN SOLUTION" in source or "END SOLUTION" in source:
        problems.add(line, 'a solution in a cell without a marker; write  # %% exercise="its_name"')
    for below, text in enumerate(source.splitlines(), 1):
        if _TYPED.search(text):
            problems.add(line + below, "a time or points typed by hand; write {{minutes}} and {{points}}, `make build` counts them")


def _check_length(source: str, line: int, problems: Problems) -> None:
    count = code_lines(source)
    if count > MAX_LINES:
        problems.add(line, f"a cell with {count} lines of code, at most {MAX_LINES} are allowed; move helpers into a package")


def code_lines(source: str) -> int:
    """Lines that hold code: no blank lines, comments or docstrings."""
    held: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
                held.update(range(token.start[0], token.end[0] + 1))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                held -= set(range(node.lineno, node.end_lineno + 1))
    except (SyntaxError, tokenize.TokenError):  # magics are no Python
        return sum(bool(text.strip()) and not text.strip().startswith("#") for text in source.splitlines())
    return len(held)


def _check_answer(cell, exercise: Exercise, line: int, problems: Problems) -> None:
    """The rules of an exercise cell: code, a balanced solution, and a definition with its contract."""
    name = exercise.name
    if cell.cell_type != "code":
        return problems.add(line, f'the cell of {name} must be code; write  # %% exercise="{name}"')
    marks = [(mark, n) for n, text in enumerate(cell.source.splitlines(), 1) for mark in (BEGIN, END) if mark in text]
    if not marks or [mark for mark, _ in marks] != [BEGIN, END] * (len(marks) // 2):
        where = ", ".join(f"{mark.split()[1]} on line {line + n}" for mark, n in marks) or "neither"
        problems.add(line, f"the answer of {name} must lie between '{BEGIN}' and '{END}'; found {where}")
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        return problems.add(line + (error.lineno or 0), f"{name} is not valid Python: {error.msg}")
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
            if not ast.get_docstring(node):
                problems.add(line + node.lineno, f"{name} needs a docstring: it is the contract that learners read")
            return None
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return None
    return problems.add(line, f"the cell of {name} does not define {name}")
