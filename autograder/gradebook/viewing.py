"""What students wrote, shown to teachers: Formgrader renders it with nothing left that a browser would run or fetch.

Theory of operation. Its page is made by nbconvert's HTMLExporter, which takes a list of preprocessors and of filters from
nbgrader_config.py. `SafeNotebook` drops outputs that could act; the panels of check cells stay, because they are ours: the
judge wrote them after all outputs of the submission were cleared, and escaped what it quotes. `safe_markdown` renders a
text cell as feedback does (`safe_text.py`), formulas included. `OfflineExporter` leaves out the script for formulas, which Formgrader would
fetch from elsewhere. `careful.safe_pages` puts it in place.
"""

from __future__ import annotations

from jinja2 import DictLoader, pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict
from traitlets import Bool

from ..files.names import for_html
from ..files.outputs import clean_outputs
from .careful import safe_pages  # noqa: F401 - where an nbgrader_config.py of the first version looks for it
from .master import CHECK
from .safe_text import safe_text

_NAMES = {"student", "first_name", "last_name", "notebook_path", "filename"}


class SafeNotebook(Preprocessor):
    """Drops everything from a notebook that could run in the reader's browser."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb, resources):
        """Replace the outputs of every cell but the check cells, and drop what nbconvert puts into the page unescaped."""
        for key in _NAMES & resources.keys():  # Formgrader's page of a notebook writes them as they are
            resources[key] = for_html(str(resources[key] or ""))
        # the page takes nothing else from the notebook's metadata
        kept = {key: nb.metadata[key] for key in ("kernelspec",) if key in nb.metadata}
        nb.metadata = NotebookNode({**kept, "language_info": {"name": "python", "pygments_lexer": "ipython3"}})
        for cell in nb.cells:
            marks = cell.metadata.get("nbgrader")
            cell.metadata = NotebookNode({"nbgrader": marks} if marks else {})
            if cell.cell_type == "raw":
                cell.cell_type = "markdown"
            if cell.cell_type == "code" and not self._ours(cell):
                cell.outputs = from_dict(clean_outputs(list(cell.outputs)))
        return nb, resources

    @staticmethod
    def _ours(cell) -> bool:
        marks = cell.metadata.get("nbgrader") or {}
        return bool(marks.get("grade") and marks.get("locked") and not marks.get("solution") and CHECK.match(cell.source.strip()))


@pass_context
def safe_markdown(context, source: str) -> str:
    """Markdown as HTML that is safe to show; nbconvert's filter of this purpose, for Formgrader."""
    return safe_text(source, (context.get("cell") or {}).get("attachments"))


class OfflineExporter(HTMLExporter):
    """nbconvert's exporter of pages, without the script that it would fetch for formulas."""

    def __init__(self, *arguments, **settings):
        nothing = DictLoader({"mathjax.html.j2": "{% macro mathjax(url='') %}{% endmacro %}"})
        super().__init__(*arguments, extra_loaders=[nothing], **settings)
