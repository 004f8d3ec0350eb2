"""Tells a learner where a wrong answer goes wrong: the search within two seconds, remembered until the code changes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ..engine import marking, messages
from ..engine.locate import locate
from ..engine.places import Budget, Code, Search
from ..engine.report import Status
from ..engine.runner import run
from ..exercises import exercises
from ..writing.exercise import Exercise
from . import not_run
from .buttons import telling
from .counterexample import running_shell
from .rehearsal import Refused, Rehearsal, without_a_trace
from .solutions import our_answer
from .stops import stop

SECONDS = 2.0  # of processor time


@dataclass
class _Looked:
    """What was found in a code, and how often it was asked for."""

    code: Code
    search: Search
    asked: int = 0


_looked: dict[str, _Looked] = {}


@dataclass(frozen=True)
class Told:
    """What to tell: text, HTML, and whether a place is marked."""

    text: str
    html: str
    found: bool = False


def tell(exercise: Exercise, function, names: dict, closer: bool | None = None) -> Told:
    """Mark the line of `function` at which it goes wrong; asked again, or with `closer`, the part of the line.

    Code that reaches out of the process is not run, and what is run works on copies: the notebook stays as it is.
    """
    if not exercise.signature:
        return _said("Here an answer is chosen, not computed: there is no line to look for.")
    if stale := not_run.told(exercise.name, function, running_shell()):
        return _said(stale)
    try:
        looked = _looked_at(exercise, function, names)
    except Refused as reason:
        return _said(f"The place was not looked for. {reason}")
    except KeyboardInterrupt:
        return _said("Stopped. Nothing in your notebook has changed.")
    if isinstance(looked, Told):
        return looked
    if closer is None:
        looked.asked += 1
        closer = looked.asked > 1
    found = looked.search.found
    finer = found and not closer and any(not place.missing for repair in looked.search.repairs for place in repair)
    again = f"Call `where({exercise.name})` again to see which part." if finer else ""
    text = marking.to_text(looked.search, looked.code, closer) + (f"\n{again}" if again else "")
    html = marking.to_html(looked.search, looked.code, closer) + (f"<div>{messages.inline(again)}</div>" if again else "")
    return Told(text, html, found)


def _looked_at(exercise: Exercise, function, names: dict) -> _Looked | Told:
    """What was found before in the same code, else a search; or what to tell where there is nothing to search."""
    rehearsal = Rehearsal(function, names, exercise.needs, frozenset(exercises()))
    before = _looked.get(exercise.name)
    if before is not None and before.code == rehearsal.code:
        return before
    with without_a_trace():
        failing: dict[str, list[tuple]] = {}
        report = run(exercise, rehearsal.as_it_is(), failing=failing)
        if report.status is Status.RIGHT:
            return _said("Every check passes: there is no place to mark.")
        if report.status in (Status.NOT_ATTEMPTED, Status.ERROR):
            return _said(messages.to_text(report).partition("\n")[2].strip())
        rehearsal.end = time.process_time() + SECONDS
        ours = our_answer(exercise)
        right = (ours,) if ours else ()
        search = locate(exercise, report, rehearsal.code, rehearsal.answer_for, rehearsal.seen(), right, Budget(seconds=SECONDS))
        search = search if search.found else stop(exercise, rehearsal, failing, search)
    _looked[exercise.name] = _Looked(rehearsal.code, search)
    return _looked[exercise.name]


def _said(text: str) -> Told:
    return Told(text, f"<div>{messages.inline(text)}</div>")


def button_box(exercise: Exercise, function, names: dict):
    """The widget: a button, and below it what it tells; pressed again, it comes closer."""
    tooltip = "Looks for the line at which a small change makes every check pass; takes up to two seconds"

    def press() -> str:
        told = tell(exercise, function, names)
        box.children[0].description = "Which part of it?" if told.found else "Where?"
        return told.html

    box = telling("Where?", tooltip, press)
    return box
