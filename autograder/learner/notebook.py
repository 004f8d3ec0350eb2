"""The learner's API in a notebook: check, hint, where, predict, reset, mine, solution, progress, today and home."""

from __future__ import annotations

import sys
from datetime import date

from ..engine import messages
from ..engine.report import Report, Status
from ..engine.runner import PUBLIC_SEED, run
from ..exercises import exercises, lessons
from ..files.spelling import spelled
from ..writing.exercise import USUAL_SECONDS, Exercise
from . import again, buttons, comparing, not_run, schedule
from . import best_points as memory
from . import counterexample as offers
from . import mine as own
from . import progress as far
from . import reset as resets
from . import where as places
from .ask import Asked
from .clock import ClockedAnswer, one_thread
from .counterexample import running_shell
from .home import Home
from .meant import did_you_mean
from .predictions import predictions
from .solutions import our_answer
from .today import Today

PATIENCE = USUAL_SECONDS  # of processor time, unless the exercise has more
_hints_given: dict[str, int] = {}
_places_given: set[str] = set()  # the exercises of which hint has marked the place, its last step but one


class Panel:
    """One result with two faces: a panel for people, and its points, a plain number, for nbgrader."""

    def __init__(self, html: str, text: str, points: float = 0.0, buttons: tuple = ()):
        self._html, self._text, self.points, self._buttons = html, text, points, buttons

    def _repr_html_(self) -> str:
        return self._html

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        # adds nothing to the faces above; being shown is the moment at which the buttons may follow
        for put in self._buttons:
            put()
        return {}

    def __repr__(self) -> str:
        # nbgrader reads this as the score: anything but a number in range would count as full marks
        return messages.number(self.points)

    def _repr_pretty_(self, printer, cycle) -> None:
        # IPython in a terminal shows nothing but text, and there no nbgrader reads it
        shell = running_shell()
        printer.text(str(self) if shell is not None and getattr(shell, "kernel", None) is None else repr(self))

    def __str__(self) -> str:
        return spelled(self._text, getattr(sys.stdout, "encoding", None))  # it is made to be printed


def check(function) -> Panel:
    """Judge one of your functions at once, for example ``check(secant_line)``.

    The function is found by its name. Nothing is raised for a wrong answer: the panel says what holds and what does not.
    A function that takes more than 2 seconds of processor time (10 where a network is trained) is stopped; grading allows as much.
    """
    exercise, problem = _find(function)
    if exercise is None:
        return _note(problem)
    failing: dict[str, list[tuple]] = {}
    with one_thread():
        answer = ClockedAnswer(function, _names(function), exercise.seconds or PATIENCE)
        report = run(exercise, answer, seed=PUBLIC_SEED, failing=failing)
    if report.status is not Status.ERROR:
        memory.remember(exercise.name, report.points)
    if report.mistake:
        schedule.met(f"{exercise.name}.{report.mistake}", date.today())
    offer = offers.offer(exercise, report, failing, function, _names(function)) if offers.somebody_is_there() else None
    picture = offer.full_line(_names(function)) if offer else "", not offer or offer.same, bool(offer and offer.drawn)
    new = not_run.said(report, function, running_shell()) or again.advice(report, function)
    said = (f"<div>{messages.inline(new)}</div>" if new else "") + (buttons.FOR_ANOTHER_DAY if offers.somebody_is_there() else "")
    html = messages.to_html(report, said + _stuck(report) + messages.explorer_html(*picture))
    text = messages.to_text(report) + (f"\n  {new}" if new else "") + messages.explorer_text(*picture)
    row = (lambda: buttons.put(exercise.name, _row(exercise, report, function, offer)),) if offers.somebody_is_there() else ()
    return Panel(html, text, min(max(report.points, 0.0), exercise.points), row)


def _row(exercise: Exercise, report: Report, function, offer) -> list[buttons.Button]:
    """What can be done next, as buttons. A solution comes after full marks, or after the last hint."""
    row, name, names = [], exercise.name, _names(function)
    wrong, hints = report.status not in (Status.RIGHT, Status.ERROR), len(exercise.hints)
    if wrong and hints:
        next_hint = lambda: hint(function)._repr_html_()
        row.append(
            buttons.Button(lambda: buttons.telling("Hint", "The next hint, one step at a time", next_hint, "Next hint"), f"hint({name})")
        )
    if _has_a_place(report):
        row.append(buttons.Button(lambda: places.button_box(exercise, function, names), f"where({name})"))
    if offer:
        row.append(buttons.Button(lambda: offers.button_box(offer), offer.full_line(names), pictures=True))
    given_up = wrong and _has_given_up(exercise)
    if (report.status is Status.RIGHT or given_up) and our_answer(exercise):
        label, line = ("Show a solution", f"solution({name}, give_up=True)") if given_up else ("Compare with ours", f"solution({name})")
        beside = lambda: solution(function, give_up=given_up)._repr_html_()
        row.append(buttons.Button(lambda: buttons.telling(label, "Our answer beside yours", beside), line))
    return row


def hint(function) -> Panel:
    """The next hint for one of your functions, one step at a time: ``hint(secant_line)``."""
    exercise, problem = _find(function)
    if exercise is None:
        return _note(problem)
    if not exercise.hints:
        return _note(f"There are no hints for {exercise.name}.")
    shown = min(_hints_given.get(exercise.name, 0) + 1, len(exercise.hints))
    place, last = "", shown == len(exercise.hints)
    if last:
        # the last step but one: our last hint comes close to the answer, the learner's own line does not
        told = places.tell(exercise, function, _names(function), closer=False)
        place = told.text if told.found else ""
        if place and exercise.name not in _places_given:
            last, shown = False, shown - 1
            _places_given.add(exercise.name)
    _hints_given[exercise.name] = shown
    lines = [f"{i} of {len(exercise.hints)}: {text}" for i, text in enumerate(exercise.hints[:shown], 1)]
    if place:
        lines.insert(len(exercise.hints) - 1, place)
    return _note(*lines, "That was the last hint." if last else "Call hint again for the next step.")


def where(function) -> Panel:
    """Where one of your functions goes wrong, as far as a small change can show it: ``where(secant_line)``.

    It marks a line only if with a change there every check passes; asked again, the part of the line. It takes up to two
    seconds, runs on copies and changes nothing in your notebook. Code that opens files or starts programs is not run.
    """
    exercise, problem = _find(function)
    if exercise is None:
        return _note(problem)
    told = places.tell(exercise, function, _names(function))
    return Panel(f'<div role="status" style="border-left:4px solid currentColor;padding:.3em .9em">{told.html}</div>', told.text)


def solution(function, give_up: bool = False) -> Panel:
    """Our own answer beside yours, once yours has full marks: ``solution(secant_line)``.

    ``solution(secant_line, give_up=True)`` shows it before.
    """
    exercise, problem = _find(function)
    if exercise is None:
        return _note(problem)
    if memory.best().get(exercise.name, 0.0) < exercise.points and not give_up:
        return _note(f"First get full marks with `check({exercise.name})`; or call `solution({exercise.name}, give_up=True)`.")
    ours = our_answer(exercise)
    if ours is None:
        return _note("The solutions are not on this machine. In a class your teacher has them.")
    theirs = comparing.source(function)
    return Panel(comparing.html(theirs, ours), comparing.text(theirs, ours))


def reset(exercise) -> Panel:
    """Give an exercise back as it was handed out: ``reset(secant_line)``, or ``reset("secant_line")`` where it is not defined.

    What you had is kept in a file beside the notebook first. In the exercise's own cell this takes the cell's place; elsewhere it comes as a new cell.
    """
    if isinstance(exercise, str) and exercise not in exercises():
        return _note(did_you_mean(f"No exercise is called {exercise!r}.", exercise, exercises(), most=3))
    if not isinstance(exercise, str) and not callable(exercise):
        return _note(f'reset needs an exercise, and this is {type(exercise).__name__}. Write its name: reset("secant_line").')
    one, problem = (exercises()[exercise], "") if isinstance(exercise, str) else _find(exercise)
    return _note(*resets.reset(one)) if one else _note(problem)


def mine(*names: str) -> Panel:
    """Bring functions that you wrote in other lessons, as text, into this cell if nothing else stands in it: ``mine("gradient_descent")``."""
    return _note(*own.mine(names))


def predict(name: str) -> Panel | Asked:
    """Ask one of the lesson's predictions: choose before you look. A wrong guess costs nothing, and the answer comes at once."""
    if name not in predictions():
        return _note(did_you_mean(f"No prediction is called {name!r}.", str(name), predictions(), "Write its name as the lesson does."))
    return Asked(predictions()[name])


def progress(lesson: str = "") -> Panel:
    """Your best points so far and what comes next, by lesson, or by exercise for one lesson: ``progress("01_derivative")``."""
    if lesson and lesson not in lessons():
        return _note(did_you_mean(f"No lesson is called {lesson!r}.", lesson, lessons(), "progress() lists their names."))
    rows = far.by_exercise(lesson) if lesson else far.by_lesson()
    return Panel(far.html(lesson), far.text(lesson), sum(row.got or 0.0 for row in rows))


def today() -> Today:
    """Up to five questions a day, with fresh numbers: what `check` named as your mistake comes back three times in six weeks, and
    between them comes what older lessons ask. The first answer counts, a wrong one costs nothing.
    """
    return Today(date.today())


def home() -> Home:
    """Where you are: every lesson with its state, your points, what comes next, how long the rest takes, and the questions of `today()`."""
    return Home(date.today())


def _find(function) -> tuple[Exercise | None, str]:
    """The exercise that `function` answers, or what to tell the learner."""
    if isinstance(function, str):
        example = function if function in exercises() else next(iter(exercises()))
        return None, f"Give the function itself, without quotes: check({example})."
    names = [getattr(function, "__name__", "")]
    # the same function under another name: `secant_line = my_version` is a fair way to hand it in
    names += [name for name, value in _names(function).items() if value is function]
    for name in names:
        if name in exercises():
            return exercises()[name], ""
    if not callable(function):
        return None, f"check needs a function, and this is {type(function).__name__}. Write its name without brackets: check(secant_line)."
    return None, did_you_mean(f"No exercise is called {names[0]}.", names[0], exercises())


def _names(function) -> dict:
    """The namespace of the notebook, where an exercise finds the learner's other functions."""
    shell = running_shell()
    return getattr(getattr(function, "__wrapped__", function), "__globals__", {}) if shell is None else shell.user_ns


def _note(*lines: str) -> Panel:
    html = "".join(f"<div>{messages.inline(line)}</div>" for line in lines)
    return Panel(f'<div role="status" style="border-left:4px solid currentColor;padding:.3em .9em">{html}</div>', "\n".join(lines))


def _stuck(report: Report) -> str:
    name, exercise = report.exercise, exercises()[report.exercise]
    if report.status is Status.RIGHT:
        return f"Compare it with ours: <code>solution({name})</code>" if our_answer(exercise) else ""
    if not exercise.hints or report.status is Status.ERROR:
        return ""
    marks = f" <code>where({name})</code> looks for the line." if _has_a_place(report) else ""
    shows = f" <code>solution({name}, give_up=True)</code> shows one of ours." if _has_given_up(exercise) and our_answer(exercise) else ""
    return f"Stuck? <code>hint({name})</code> gives one step at a time.{marks}{shows}"


def _has_given_up(exercise: Exercise) -> bool:
    """Whether all hints were given, and a solution may be offered."""
    return bool(exercise.hints) and _hints_given.get(exercise.name, 0) >= len(exercise.hints)


def _has_a_place(report: Report) -> bool:
    """Whether there is code that can be searched: written, wrong, and not the letter of a choice."""
    return report.status in (Status.WRONG, Status.PARTIAL, Status.RAISED) and bool(exercises()[report.exercise].signature)
