"""What all explorers stand on: layers over each other, controls above, read-outs below, and one display with three faces.

An `Explorer` shows itself as two outputs: a still picture, with its text, and the live widget. Where the widget lives, the picture hides;
where it does not, on the next day, in an export or on a page that shows notebooks, the picture is there. Nothing is built before it is shown, and
without a kernel (a notebook that is being graded) only the text is.
"""

import re
from functools import cache
from html import escape

from ..drawing.palette import INK
from .still import AGAIN, png, source, still


class Explorer:
    """`build()` makes the live widget, `figure()` the matplotlib figure of the state at the start, `text()` its read-out."""

    def __init__(self, name, build, figure, text):
        self.name, self._build, self._figure, self._text = name, build, figure, text
        self._widget = None

    @property
    def widget(self):
        """The live widget, made when it is first asked for."""
        if self._widget is None:
            self._widget = self._build()
        return self._widget

    def png(self):
        """The bytes of the still picture's file."""
        return png(self._figure())

    def __repr__(self):
        return self._text()

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not _has_kernel():
            return {"text/plain": repr(self)}
        from IPython.display import display

        if not include or "image/png" in include:  # a page takes the live one alone: a still one would have to wait for matplotlib
            picture, about = still(self.name, self.png(), repr(self), self.widget)
            display(picture, metadata=about, raw=True)
        view = {k: v for k, v in self.widget._repr_mimebundle_().items() if k != "text/plain"}
        return {**view, "text/plain": AGAIN}


def _has_kernel():
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def stage(name, controls, picture, presets=(), goal=None):
    """The widget: rows of `controls`, a row of `presets`, the line of a `goal`, and the `picture`."""
    import ipywidgets as widgets

    wrap = {"display": "flex", "flex_flow": "row wrap", "width": "100%", "overflow": "visible"}
    style = widgets.HTML(_style())
    style.add_class("eta-style")
    rows = [widgets.Box(list(controls), layout=widgets.Layout(**wrap))]
    rows[0].add_class("eta-controls")
    if presets:
        rows.append(widgets.Box([widgets.HTML("<span>Try</span>"), *presets], layout=widgets.Layout(**wrap)))
        rows[-1].add_class("eta-presets")
    if goal:
        rows.append(widgets.HTML(goal.line()))
    root = widgets.VBox([style, *rows, picture], layout=widgets.Layout(width="100%", max_width="960px", overflow="visible"))
    root.add_class("eta-explorer")
    root.add_class("eta-" + name)
    return root


@cache
def _style():
    """The style sheet, and with it the script: markup that a widget puts in place runs `onload`, but no <script> element."""
    script = source("marker.js") + source("explorer.js")
    return f'<style onload="{escape(script)}">{source("explorer.css")}</style><div class="eta-said" aria-live="polite"></div>'


def toggle(options, value, description, tooltip):
    """A choice between a few (label, value) as buttons side by side."""
    import ipywidgets as widgets

    look = {"description_width": "initial", "button_width": "auto"}
    return widgets.ToggleButtons(
        options=options, value=value, description=description, tooltip=tooltip, style=look, layout=widgets.Layout(width="auto")
    )


def menu(options, description, tooltip):
    """A choice between many (label, value); the first is chosen."""
    import ipywidgets as widgets

    layout = widgets.Layout(width="220px", max_width="100%")
    return widgets.Dropdown(
        options=options, description=description, tooltip=tooltip, style={"description_width": "initial"}, layout=layout
    )


def preset(label, tooltip, action):
    """A button that puts an instructive case on the stage."""
    import ipywidgets as widgets

    button = widgets.Button(description=label, tooltip=tooltip, layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: action())
    return button


def side_by_side(*svgs):
    """Pictures beside each other, below each other where the page is narrow; every layer of a stage breaks alike."""
    return f'<div class="eta-panels">{"".join(svgs)}</div>'


def readout(cells, sentence, shown=()):
    """The sentence that stands above the pictures, the two numbers that it is about, and the others folded.

    `cells` are (line, name, text): `line` is the (colour, line style) of the line in the picture that the number belongs to,
    drawn beside the number as its key, or None. `shown` are the names of the two (≈ before a name does not count); without them they are the
    first two that belong to a line. A number in the sentence that is a line's is underlined as the line is drawn.
    """
    named = [cell for name in shown for cell in cells if cell[1].removeprefix("≈ ") == name]
    first = (named or sorted(cells, key=lambda cell: cell[0] is None))[:2]
    rest = [cell for cell in cells if cell not in first]
    more = (
        f'<details class="eta-more"><summary>more numbers</summary><div class="eta-readout">{_cells(rest)}</div></details>' if rest else ""
    )
    words = escape(sentence)
    for line, _, text in cells:
        if line and any(letter.isdigit() for letter in text):
            words = re.sub(
                rf"(?<![\w.,−⁻>]){re.escape(escape(text))}(?!\w|[.,]\d|\s?[+−·/^]\s?[\w(])",
                f'<span class="eta-keyed" style="{_underline(line)}">{escape(text)}</span>',
                words,
            )
    return f'<p class="eta-sentence">{words}</p><div class="eta-numbers"><div class="eta-readout">{_cells(first)}</div>{more}</div>'


def _cells(cells):
    return "".join(
        f'<div class="eta-cell"{_key(line)}><span>{escape(name)}</span><b>{escape(text)}</b></div>' for line, name, text in cells
    )


_STYLES = {"-": "solid", "--": "dashed", ":": "dotted", "-.": "double"}


def _underline(line):
    color, style = line
    return f"text-decoration: underline 2.5px {_STYLES[style]} {'currentColor' if color == INK else color}"


def _key(line):
    if line is None:
        return ""
    color, style = line
    return f' style="border-left: 4px {_STYLES[style]} {"currentColor" if color == INK else color}"'
