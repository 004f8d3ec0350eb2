"""nbconvert's Markdown with formulas as MathML: the one way from a text to a page, for the course's pages, feedback and Formgrader."""

from __future__ import annotations

from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .formulas import beside_marks, formula, was_read


class WithFormulas(IPythonRenderer):
    """nbconvert's renderer; what would be left to a script in the browser is MathML at once."""

    def block_math(self, body: str) -> str:
        return self.shown(body, True)

    def inline_math(self, body: str) -> str:
        return self.shown(body, False)

    def latex_environment(self, name: str, body: str) -> str:
        return self.shown(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def shown(self, tex: str, block: bool) -> str:
        """The markup of a formula, on a line of its own where `block`."""
        return formula(tex, block)


class MathMLExporter(HTMLExporter):
    """nbconvert's exporter of pages, with MathML in their texts. `unread` are the formulas that could not be read."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.unread: list[str] = []

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        """As nbconvert's filter, which Jinja calls with the cell's context."""
        return self.text(source, context.get("cell", {}).get("attachments", {}))

    def text(self, source: str, attachments: dict | None = None) -> str:
        """Markdown as HTML."""
        return beside_marks(MarkdownWithMath(renderer=_Telling(self.unread, escape=False, attachments=attachments)).render(source))


class _Telling(WithFormulas):
    def __init__(self, unread: list[str], **settings):
        super().__init__(**settings)
        self._unread = unread

    def shown(self, tex: str, block: bool) -> str:
        made = super().shown(tex, block)
        if not was_read(made):
            self._unread.append(tex)
        return made
