"""Offers a failing check's counterexample to an explorer: a line to type, and under the panel a button that does the same.

Explorers are reached by their names alone and only when the button is pressed: `check` imports nothing for it.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass

from ..engine.report import CheckStatus, Report, Status
from ..engine.show import view_text
from ..writing.case import View
from ..writing.exercise import Exercise


@dataclass(frozen=True)
class Offer:
    """A view of a counterexample. `same` tells whether it is the input that the panel explains, else it is another failing one.

    `function` is the learner's, for a view that draws it, and `name` what it is called in the notebook.
    """

    exercise: str
    view: View
    same: bool
    function: object = None
    name: str = ""

    @property
    def drawn(self) -> bool:
        """Whether the learner's own answer is in the picture."""
        return bool(self.view.yours and self.function and self.name)

    @property
    def line(self) -> str:
        """What to type in a notebook that has imported everything."""
        return view_text(self.view, self.name if self.drawn else "")

    def full_line(self, names: dict) -> str:
        """What to type in a notebook with these names: still one line, with the imports that are missing."""
        line = self.line
        if self.view.explorer not in names:
            line = f"from explorers import {self.view.explorer}; {line}"
        if "np." in line and getattr(names.get("np"), "__name__", "") != "numpy":
            line = f"import numpy as np; {line}"
        return line


def offer(exercise: Exercise, report: Report, failing: dict[str, list[tuple]], function=None, names: dict | None = None) -> Offer | None:
    """The first failing input that an explorer can show: the explained one, else another. `failing` is as the runner fills it, `function` the learner's.

    An answer that is nowhere to be drawn (not written, killed) is not offered as one.
    """
    drawable = function is not None and report.status in (Status.WRONG, Status.PARTIAL, Status.RAISED)
    known = (names or {}).get(exercise.name) is function
    name = exercise.name if known else next((n for n, value in (names or {}).items() if value is function and not n.startswith("_")), "")
    if exercise.make_view is None:
        return None
    first = True
    for finding in report.findings:
        for call in failing.get(finding.check, ()) if finding.status is CheckStatus.FAIL else ():
            try:
                view = exercise.make_view(*call)
            except Exception:  # a picture is a present, and its failing must never cost a check
                view = None
            if view is not None:
                return Offer(exercise.name, view, first, function if drawable else None, name)
            first = False
    return None


def explorer_of(view: View, yours=None):
    """The explorer itself, with the input on its stage, and the learner's function where the view draws it. Only here are explorers imported."""
    explorers = importlib.import_module("explorers")
    names = {"np": importlib.import_module("numpy"), view.explorer: getattr(explorers, view.explorer), "yours": yours}
    return eval(view_text(view, "yours" if yours else ""), names)


def somebody_is_there() -> bool:
    """Whether a person waits for the result. nbclient and nbgrader run notebooks without anybody to answer an `input()`."""
    kernel = getattr(running_shell(), "kernel", None)
    return kernel is None or bool(getattr(kernel, "_allow_stdin", True))


def after_the_cell(show) -> None:
    """Call `show` below the outputs of the cell that runs now, where a person sits before a live kernel."""
    shell = running_shell()
    if getattr(shell, "kernel", None) is None or not somebody_is_there():
        return

    def once(*_):
        shell.events.unregister("post_run_cell", once)
        try:
            show()
        except Exception:  # no ipywidgets, no comms: the panel says the same in words
            pass

    # now it would stand above the panel, which is the cell's last output
    shell.events.register("post_run_cell", once)


def button_box(one: Offer):
    """The widget: a button, and below it the explorer once it was pressed; pressed again, it takes the explorer away."""
    import ipywidgets as widgets

    say = "See your answer" if one.drawn else "See it in the explorer"
    button = widgets.Button(
        description=say,
        tooltip="Opens the explorer below, with the input that fails" + (" and your answer beside the right one" if one.drawn else ""),
        layout=widgets.Layout(width="auto", align_self="flex-start"),
    )
    box, shown = widgets.VBox([button], layout=widgets.Layout(overflow="visible")), []

    def press(_):
        if len(box.children) > 1:
            box.children, button.description = (button,), say
            return
        if not shown:
            try:
                shown.append(explorer_of(one.view, one.function if one.drawn else None).widget)
            except Exception as error:  # ours: say so, a silent button would look broken
                shown.append(
                    widgets.HTML(
                        f'<div role="alert">The explorer did not open ({type(error).__name__}). That is our mistake, not yours.</div>'
                    )
                )
        box.children, button.description = (button, *shown), "Close the explorer"

    button.on_click(press)
    return box


def shell_names() -> dict:
    """The names of the running notebook."""
    return getattr(running_shell(), "user_ns", {})


def running_shell():
    """IPython's shell, or a page's; None outside of both."""
    # asking IPython for its shell must not be what imports it
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
