"""Shows the day's questions: a number field or buttons for each and, after an answer, what is right and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

from ..engine.messages import number
from ..recall import Question, kinds
from . import best_points, schedule
from .ask import has_kernel, stage_style
from .counterexample import somebody_is_there

AGAIN = "Run this cell, and you can answer."
NOTHING_YET = "No questions yet. They come from what you have checked, with fresh numbers: check an exercise, and ask again on another day."


class Today:
    """The questions of one day. What was answered before stays answered; the first answer counts."""

    def __init__(self, day: date):
        self.day = day
        names = schedule.questions(day, set(best_points.best()))
        self.questions = {name: kinds()[name].on(day.toordinal()) for name in names}

    def __repr__(self):
        return "\n".join([self.words(), *(f"{place}. {line}" for place, line in enumerate(self.lines(), 1))])

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not has_kernel() or not somebody_is_there() or not self.questions:
            return {"text/plain": repr(self)}
        from IPython.display import display

        box = self.widget()
        if not include or "image/png" in include:
            display({"text/html": self.still(f"eta-asked-{box.model_id}"), "text/plain": repr(self)}, raw=True)
            box.children[0].value += f"<style>.eta-asked-{box.model_id} {{ display: none; }}</style>"
        view = {kind: data for kind, data in box._repr_mimebundle_().items() if kind != "text/plain"}
        return {**view, "text/plain": AGAIN}

    def words(self) -> str:
        """The line above the questions, or why there are none."""
        if self.questions:
            many = len(self.questions)
            return f"{many} question{'s' * (many > 1)} for {self.day.isoformat()}, with fresh numbers. A wrong answer costs nothing."
        coming = schedule.next_day(self.day)
        rest = f"Nothing is due today. What went wrong once comes back on {coming.isoformat()}." if coming else ""
        return rest or ("Nothing is due today. Ask again in some days." if best_points.best() else NOTHING_YET)

    def waiting(self) -> str:
        """How many of them nobody has answered yet, as a sentence for a place where they cannot be answered."""
        left = len(self.questions.keys() - schedule.answers(self.day).keys())
        rest = f"{left} of {len(self.questions)} wait; today() asks them." if left else "all answered." if self.questions else self.words()
        return f"Questions of {self.day.isoformat()}: {rest}"

    def lines(self) -> list[str]:
        """Each question with its options and, where it was answered, what was told."""
        given = schedule.answers(self.day)
        return [
            " ".join(
                [one.text, *([f"({', '.join(one.options)})"] if one.options else []), *([tell(one, given[name])] if name in given else [])]
            )
            for name, one in self.questions.items()
        ]

    def still(self, name: str = "") -> str:
        """The questions as a list, for another day."""
        items = "".join(f"<li>{escape(line)}</li>" for line in self.lines())
        return f'{stage_style()}<div class="eta-asked {name}"><p>{escape(self.words())}</p><ol>{items}</ol><p>{AGAIN}</p></div>'

    def answer(self, name: str, given: str) -> str:
        """Answer the question of the kind `name`, remember it when it is the first answer, and say what is right."""
        question = self.questions[name]
        value = given if question.options else as_number(given)
        if value is None:
            return f"“{given}” is no number that can be read here. Write one such as −2.5, 1e-3 or 7/3."
        slip = None if question.is_right(value) else question.slip(value)
        schedule.answered(name, given, slip.mistakes[0] if slip and slip.mistakes else "", self.day)
        return tell(question, given)

    def widget(self):
        """The live widget: every question with its field or buttons, and a line that screen readers speak."""
        import ipywidgets as widgets

        given = schedule.answers(self.day)
        head = widgets.HTML(f"<p>{escape(self.words())}</p>{_script()}")
        some = [self._one(widgets, place, name, given.get(name)) for place, name in enumerate(self.questions, 1)]
        box = widgets.VBox([head, *some], layout=widgets.Layout(width="100%", overflow="visible"))
        box.add_class("eta-predict")
        return box

    def _one(self, widgets, place: int, name: str, before: str | None):
        question = self.questions[name]
        said = widgets.HTML(_status(tell(question, before) if before else ""))

        def press(given: str) -> None:
            if given.strip():
                said.value = _status(self.answer(name, given.strip()))
                if name in schedule.answers(self.day):
                    for control in controls:
                        control.disabled = True

        controls = _buttons(widgets, question, press) if question.options else _field(widgets, place, press)
        for control in controls:
            control.disabled = before is not None
        row = widgets.Box(controls, layout=widgets.Layout(display="flex", flex_flow="row wrap", overflow="visible"))
        row.add_class("eta-answer-row")
        words = widgets.HTML(f'<p style="line-height:1.5;white-space:normal"><b>{place}.</b> {escape(question.text)}</p>')
        return widgets.VBox([words, row, said], layout=widgets.Layout(overflow="visible", margin="0 0 14px 0"))


def tell(question: Question, given: str) -> str:
    """What somebody is told who answered `given`."""
    value = given if question.options else as_number(given)
    right = question.right if question.options else number(float(question.right))
    if value is not None and question.is_right(value):
        return f"Yes: {right}. {question.why}"
    slip = question.slip(value) if value is not None else None
    return f"{given} is not it. {slip.why + ' ' if slip else ''}It is {right}. {question.why}"


def as_number(text: str) -> float | None:
    """A number as people type it, 6.5 or 6,5 or −13/2 or 1e-3; None for anything else."""
    text = text.strip().replace("−", "-").replace(" ", "")
    text = re.sub(r"^([+-]?\d*),(\d+)$", r"\1.\2", text)
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None


def _buttons(widgets, question: Question, press: Callable[[str], None]) -> list:
    buttons = [widgets.Button(description=option, layout=widgets.Layout(width="auto", height="44px")) for option in question.options]
    for button in buttons:
        button.on_click(lambda one: press(one.description))
    return buttons


def _field(widgets, place: int, press: Callable[[str], None]) -> list:
    field = widgets.Text(
        description=f"Answer {place}",
        placeholder="a number",
        continuous_update=False,  # a message for each letter would be held back, and the first of them judged
        layout=widgets.Layout(width="220px", height="44px"),
    )
    button = widgets.Button(description=f"Check {place}", layout=widgets.Layout(width="auto", height="44px"))
    button.on_click(lambda _: press(field.value))
    return [field, button]


@cache
def _script() -> str:
    """Markup that a widget puts in place runs `onload`, but no <script> element."""
    return (
        f'<style onload="{escape((files(__package__) / "today.js").read_text(encoding="utf-8"))}">.eta-answer-row {{ gap: 8px; }}</style>'
    )


def _status(text: str) -> str:
    return f'<div role="status" style="line-height:1.5;white-space:normal">{escape(text)}</div>'
