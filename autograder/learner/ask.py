"""Shows a prediction: buttons and, after a click, the answer in place; where nothing is live, the question with its options."""

from __future__ import annotations

import sys
from functools import cache
from html import escape
from importlib.resources import files

from .predicted import predicted, remember
from .predictions import Prediction

AGAIN = "Run this cell, and you can choose."
# JupyterLab writes an error where a widget was on another day; the words above it say what to do.
_WITHOUT_LIFE = ".jp-OutputArea-child:has(.eta-asked) + .jp-OutputArea-child:not(:has(.eta-predict)) { display: none; }"


class Asked:
    """A prediction on the stage. What was chosen before is shown as chosen."""

    def __init__(self, prediction: Prediction):
        self.prediction = prediction
        chosen = predicted().get(prediction.name)
        self.chosen = chosen if chosen in prediction.options else None  # a later edition may ask otherwise

    def __repr__(self):
        p = self.prediction
        lines = [p.question, *(f"  ( ) {option}" if option != self.chosen else f"  (x) {option}" for option in p.options)]
        return "\n".join([*lines, p.answer(self.chosen)] if self.chosen else lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not has_kernel():
            return {"text/plain": repr(self)}
        from IPython.display import display

        box = self.widget()
        if not include or "image/png" in include:  # a page takes the live one alone, as with explorers
            display({"text/html": self.still(f"eta-asked-{box.model_id}"), "text/plain": repr(self)}, raw=True)
            box.children[-1].value += f"<style>.eta-asked-{box.model_id} {{ display: none; }}</style>"
        view = {kind: data for kind, data in box._repr_mimebundle_().items() if kind != "text/plain"}
        return {**view, "text/plain": AGAIN}

    def still(self, name: str = "") -> str:
        """The question and its options as a list; the answer too, once there was a click. JupyterLab typesets formulas here by itself."""
        p = self.prediction
        options = "".join(f"<li>{f'<b>{escape(o)}</b>' if o == self.chosen else escape(o)}</li>" for o in p.options)
        told = p.answer(self.chosen) if self.chosen else AGAIN
        return f'{stage_style()}<div class="eta-asked {name}"><p>{escape(p.question)}</p><ul>{options}</ul><p>{escape(told)}</p></div>'

    def markup(self) -> str:
        """The live question: a group of buttons with its name, and the place for the answer, which screen readers speak."""
        p = self.prediction
        buttons = "".join(
            # JupyterLab would take Enter for itself, to edit the cell
            f'<button type="button" data-lm-suppress-shortcuts="true" aria-pressed="{str(option == self.chosen).lower()}">{shown}</button>'
            for option, shown in zip(p.options, p.shown[1:])
        )
        told = p.markup(self.chosen) if self.chosen else ""
        return (
            f'{_style()}<fieldset class="eta-ask" data-name="{escape(p.name)}" data-sealed="{p.sealed}"><legend>{p.shown[0]}</legend>'
            f'<div>{buttons}</div><p class="eta-answer" role="status" aria-live="polite">{told}</p></fieldset>'
        )

    def widget(self):
        """The live widget. The browser shows answers, with or without a kernel; the hidden buttons tell the kernel what to remember."""
        import ipywidgets as widgets

        tell = []
        for option in self.prediction.options:
            tell.append(widgets.Button())
            tell[-1].add_class("eta-tell")
            tell[-1].on_click(lambda _, option=option: remember(self.prediction.name, option))
        box = widgets.VBox([*tell, widgets.HTML(self.markup())], layout=widgets.Layout(width="100%", overflow="visible"))
        box.add_class("eta-predict")
        return box


def stage_style() -> str:
    """What hides the place of a live question that is not live any more."""
    return f"<style>{_WITHOUT_LIFE}</style>"


@cache
def _style() -> str:
    """The style sheet, and with it the script: markup that a widget puts in place runs `onload`, but no <script> element."""
    css, script = ((files(__package__) / name).read_text(encoding="utf-8") for name in ("ask.css", "ask.js"))
    return f'<style onload="{escape(script)}">{css}</style>'


def has_kernel() -> bool:
    """Whether this runs in a notebook's kernel."""
    # asking IPython for its shell must not be what imports it
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None) is not None
