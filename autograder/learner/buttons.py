"""The row of buttons under a panel: hint, where, see your answer, solution. Each does what the line beside it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .counterexample import after_the_cell

_rows: dict[str, object] = {}  # the last row of each exercise: a new check closes it, or every check would leave one
# In the panel above: on another day JupyterLab and Notebook 7 write "Error displaying widget", a text alone, where the row was.
FOR_ANOTHER_DAY = (
    '<style class="eta-with-buttons">.jp-OutputArea-child:has(.eta-with-buttons) + '
    ".jp-OutputArea-child:has(.jupyter-widgets):not(:has(.eta-row)) { display: none; }</style>"
)
_with_words = True  # a page has buttons of its own for all but the picture


@dataclass(frozen=True)
class Button:
    """One of the row: ``make()`` is its widget, a box whose first child is the button; `line` is what to type instead.

    `pictures` says that it opens one, which no other part of a page does.
    """

    make: Callable[[], object]
    line: str
    pictures: bool = False


def only_pictures() -> None:
    """From now on leave out the buttons that a page has beside its cells."""
    global _with_words
    _with_words = False


def put(exercise: str, row: list[Button]) -> None:
    """Show the row below the outputs of the cell that runs now. Without a live kernel, or without ipywidgets, nothing happens."""
    row = [one for one in row if _with_words or one.pictures]
    if row:
        after_the_cell(lambda: _display(exercise, row))


def telling(label: str, tooltip: str, tell: Callable[[], str], again: str = ""):
    """A box with a button and below it the HTML of ``tell()``; the button is called `again` once it was pressed."""
    import ipywidgets as widgets

    button = widgets.Button(description=label, tooltip=tooltip, layout=widgets.Layout(width="auto", align_self="flex-start"))
    box = widgets.VBox([button], layout=widgets.Layout(overflow="visible"))

    def press(_):
        button.description = again or label
        box.children = (button, widgets.HTML(f'<div role="status">{tell()}</div>'))

    button.on_click(press)
    return box


def row_of(row: list[Button]):
    """The widget: the boxes beside each other; one that has something to show takes the whole width."""
    import ipywidgets as widgets

    boxes = [one.make() for one in row]
    for box in boxes:
        box.observe(lambda change: setattr(change.owner.layout, "width", "100%" if len(change.new) > 1 else "auto"), "children")
    whole = widgets.Box(boxes, layout=widgets.Layout(display="flex", flex_flow="row wrap", overflow="visible", width="100%"))
    whole.add_class("eta-row")
    return whole


def _display(exercise: str, row: list[Button]) -> None:
    from IPython.display import display

    old, box = _rows.pop(exercise, None), row_of(row)
    for part in old.children if old else ():
        for widget in (*part.children, part):
            widget.close()
    if old:
        old.close()
    _rows[exercise] = box
    display({**box._repr_mimebundle_(), "text/plain": "To do more, type " + ", or ".join(one.line for one in row)}, raw=True)
