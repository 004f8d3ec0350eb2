"""Takes the predictions out of the lessons' texts: notebooks ask, and the answers lie sealed in a file of the package."""

from __future__ import annotations

import ast
import re
from html import escape
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..learner.predictions import FILE, Prediction, as_text
from .formulas import beside_marks, formula, was_read
from .percent import read_cells, read_text
from .problems import LessonError, Problems

_FORMULA = re.compile(r"\$([^$]+)\$")
_FORM = 'a prediction is the one call of its cell, with plain texts: predict("name", "The question?", {"an option": "its answer", "another": "its answer"})'


def prediction_in(source: str, line: int, problems: Problems) -> Prediction | None:
    """The prediction that a code cell holds, or None. What is not in the form of one is added to `problems`."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # magics are no Python, and ask nothing
        return None
    calls = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "predict"]
    if not calls:
        return None
    try:
        if len(body) != 1 or not isinstance(body[0], ast.Expr) or body[0].value is not calls[0] or calls[0].keywords:
            raise ValueError
        name, question, answers = (ast.literal_eval(argument) for argument in calls[0].args)
        texts = [name, question, *answers, *answers.values()]
        if not all(isinstance(text, str) and text.strip() for text in texts) or len(answers) < 2 or not name.isidentifier():
            raise ValueError
    except (ValueError, TypeError, AttributeError):
        problems.add(line, _FORM)
        return None
    try:
        return Prediction.of(name, question, answers, as_markup)
    except ValueError as unread:
        problems.add(line, str(unread))
        return None


def as_markup(text: str) -> str:
    """The text as markup, with MathML for what stands between two dollar signs. Raises `ValueError` for a formula that cannot be read."""
    plain, *rest = _FORMULA.split(text)
    shown = [escape(plain)]
    for tex, after in zip(rest[::2], rest[1::2]):
        shown += formula(tex, block=False), escape(after)
        if not was_read(shown[-2]):
            raise ValueError(f"a prediction has the formula ${tex}$, of which no MathML can be made; write it with other commands")
    if "$" in "".join((plain, *rest[1::2])):
        raise ValueError(f"a prediction has a dollar sign without its second: {text!r}; a formula stands between two")
    return beside_marks("".join(shown))


def asks(prediction: Prediction) -> str:
    """The source of the cell that learners get."""
    return f'predict("{prediction.name}")'


def predictions_of(course: Course) -> dict[str, Prediction]:
    """The predictions of all texts in their order. Raises `LessonError` when two have one name; other problems the build tells."""
    found: dict[str, Prediction] = {}
    for path in sorted(course.solutions.glob("[0-9][0-9]*_*.py")):
        told = path.relative_to(course.root).as_posix()
        problems = Problems(told)
        for line, cell in read_cells(read_text(path, told), told):
            one = prediction_in(cell.source, line, problems) if cell.cell_type == "code" else None
            if one is not None and one.name in found:
                raise LessonError(f"{told}:{line}: a second prediction is called {one.name}; give it a name of its own")
            if one is not None:
                found[one.name] = one
    return found


def refresh(root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring autograder/learner/predictions.json up to date; the file, if it was not. With `check` nothing is changed."""
    course = Course.at(root)
    target = course.root / "autograder" / "learner" / FILE.name
    new = as_text(predictions_of(course))
    if not target.parent.is_dir() or target.exists() and target.read_text(encoding="utf-8") == new:
        return []
    if not check:
        write_atomically(target, new)
    return [target]
