"""The same judgements in a browser's Python as here: right answers get full marks, known mistakes are caught and named."""

from __future__ import annotations

import json

import pytest
import seeds
from reference import ROOT

from autograder.exercises import exercises

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAMPLE = 12  # exercises in `make test`, others with each seed; `make thorough` takes all
# what runs on both sides: the lesson's reference as tests/exercises/reference.py has it, then each answer judged on the public cases
JUDGE = """
import ast, contextlib, io, json
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer

def names_of(cells):
    names = {"__name__": "lesson"}
    with contextlib.redirect_stdout(io.StringIO()):
        for is_answer, source in cells:
            tree = ast.parse(source)
            if not is_answer and not source.startswith(("import ", "from ")):
                tree.body = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
            exec(compile(tree, "lesson", "exec"), names)
    return names

def judged(name, names):
    exercise = exercises()[name]
    answers = {"": (names[name], names)} | {m.name: (m.function, names | exercise.stand_ins) for m in exercise.mistakes}
    reports = {which: run(exercise, LocalAnswer(function, known)) for which, (function, known) in answers.items()}
    return {which: [report.status.name, report.points, report.mistake] for which, report in reports.items()}
"""
ASK = """() => {
  const worker = new Worker('assets/tab/worker.js', {type: 'module'});
  const ask = (message) => new Promise((done, failed) => {
    const heard = [];
    worker.onmessage = ({data}) => { if (data.type === 'free') done(heard); else if (data.type === 'failed') failed(new Error(data.text)); else if (data.type !== 'loaded') heard.push(data); };
    worker.postMessage(message);
  });
  window.cell = async (source) => (await ask({type: 'ask', request: {do: 'cell', source}}));
  return ask({type: 'start', base: '../engine/'}).then(() => ask({type: 'ask', request: {do: 'begin'}})).then(() => true);
}"""


def _cells(lesson: str) -> list:
    import jupytext

    text = (ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")
    return [["exercise" in cell.metadata, cell.source] for cell in jupytext.reads(text, fmt="py:percent").cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def python(browser, served):
    """Runs a cell in the engine and gives what it printed."""
    page = browser.new_page()
    page.set_default_timeout(0)
    page.goto(f"{served}/index.html")
    page.evaluate(ASK)

    def run(source: str) -> str:
        heard = page.evaluate("(source) => window.cell(source)", source)
        errors = [message["traceback"] for message in heard if message["type"] == "error"]
        assert not errors, errors[0]
        return "".join(message["text"] for message in heard if message["type"] == "stream")

    run(JUDGE)
    yield run
    page.close()


def _chosen() -> dict[str, list[str]]:
    names = list(exercises())
    chosen = names if seeds.MANY else names[seeds.one() % (len(names) // SAMPLE) :: len(names) // SAMPLE][:SAMPLE]
    lessons: dict[str, list[str]] = {}
    for name in chosen:
        lessons.setdefault(exercises()[name].lesson, []).append(name)
    return lessons


@pytest.mark.parametrize("lesson", _chosen())
def test_the_browser_judges_as_this_python_does(python, lesson):
    here: dict = {}
    exec(JUDGE, here)
    cells = _cells(lesson)
    names = here["names_of"](cells)
    python(f"names = names_of(json.loads({json.dumps(json.dumps(cells))}))")
    for name in _chosen()[lesson]:
        there = json.loads(python(f"print(json.dumps(judged({name!r}, names)))"))
        assert there[""] == ["RIGHT", exercises()[name].points, ""], name
        assert there == json.loads(json.dumps(here["judged"](name, names))), name
