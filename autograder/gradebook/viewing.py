"""What students wrote, shown to teachers: Formgrader and feedback render it with nothing left that a browser would run.

Theory of operation. Both pages are made by nbconvert's HTMLExporter, which takes a list of preprocessors and of filters from
nbgrader_config.py. `SafeNotebook` drops outputs that could act; the panels of check cells stay, because they are ours: the
judge wrote them after all outputs of the submission were cleared, and escaped what it quotes. `safe_markdown` renders a
text cell as always and then keeps only tags and attributes from a list. Formgrader's own pages nbgrader 0.9.6 renders without
escaping: `escape_names` turns that on, because a student's name comes from a folder or a learning platform and may be anything.
"""

from __future__ import annotations

import functools
import re
import sys

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict
from pygments.token import STANDARD_TYPES
from traitlets import Bool

from ..files.names import for_html
from ..files.outputs import clean_outputs
from .master import CHECK

_TAGS = frozenset(
    "a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre s small span strong "
    "sub summary sup table tbody td th thead tr u ul".split()
)
# no style and no id: a page that is graded in must keep its own looks and its own names
_ATTRIBUTES = {
    "*": ["title"],
    "a": ["href"],
    "div": ["class"],
    "span": ["class"],
    "pre": ["class"],
    "img": ["src", "alt", "width", "height"],
    "td": ["align"],
    "th": ["align"],
}
# the classes of coloured code; a page's own (navbar-fixed-top) would let a text lie over the page
_CLASSES = frozenset({"highlight", *STANDARD_TYPES.values()})
_NAMES = {"student", "first_name", "last_name", "notebook_path", "filename"}
_PROTOCOLS = frozenset({"http", "https", "mailto"})


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
    """Markdown as HTML that is safe to show: rendered by nbconvert's own renderer, then cleaned."""
    attachments = (context.get("cell") or {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)
    return bleach.clean(html, tags=_TAGS, attributes=_attribute, protocols=_PROTOCOLS | {"data"}, strip=True)


def _attribute(tag: str, name: str, value: str) -> bool:
    """bleach's rule for one attribute: the list above; pictures from beside the page, or as data: in bitmap formats only."""
    if name not in _ATTRIBUTES["*"] and name not in _ATTRIBUTES.get(tag, ()):
        return False
    squeezed = "".join(value.split()).lower()
    if name == "class":
        return _CLASSES.issuperset(value.split())
    if name == "src" and not squeezed.startswith("data:"):
        # a picture from elsewhere tells somebody that, and when, this page was opened
        return not re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", squeezed)
    if squeezed.startswith("data:"):
        return (
            tag == "img"
            and name == "src"
            and squeezed.startswith(("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,"))
        )
    return True


def escape_names() -> None:
    """Let Formgrader, if this process is its server, escape what it writes into its pages. nbgrader_config.py calls it."""
    server = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if server is not None:
        from jinja2 import Environment

        server.Environment = functools.partial(Environment, autoescape=True)
