"""Markdown that nobody vouches for, as HTML that is safe to show: the one cleaner, for Formgrader and for feedback.

Theory of operation. nbconvert's own renderer makes HTML of the text, with a mark in place of each formula; bleach keeps only tags and
attributes from a list; then the marks become MathML of ours. A mark is an element with quotes in it, and in attributes quotes are
escaped, so that no formula ends up inside one.
"""

from __future__ import annotations

import functools
import re
from html import escape

import bleach
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from pygments.token import STANDARD_TYPES

from ..course.texts import WithFormulas

_LONGEST = 10_000  # characters of a text that is rendered; a longer one is shown as it is
# signs that open something, one behind another: what makes recursive and quadratic parsers slow
_RUN, _DEEPEST = re.compile(r"[\[(<>!*_`~{$]+"), 50
_TAGS = frozenset(
    "a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre s small span strong "
    "sub summary sup table tbody td th thead tr u ul x-formula".split()
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
    "x-formula": ["n"],
}
# the classes of coloured code; a page's own (navbar-fixed-top) would let a text lie over the page
_CLASSES = frozenset({"highlight", *STANDARD_TYPES.values()})
_PROTOCOLS = frozenset({"http", "https", "mailto"})
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")
_BLIND = re.compile(r'<img(?: (?:alt|title|width|height)="[^"]*")*>')  # as bleach writes it, after its source was dropped
_MARK = re.compile(r'<x-formula n="(\d{1,5})"></x-formula>')


def safe_text(source: str, attachments: dict | None = None, *, alone: bool = False) -> str:
    """Markdown as HTML that acts on nothing and fetches nothing from elsewhere.

    A page that stands `alone` has nothing beside it: links and pictures that lead beside it become their words, and headings begin at the third level.
    """
    key = tuple(sorted((name, *sorted(bundle.items())) for name, bundle in (attachments or {}).items()))
    return _rendered(source, key, alone) if len(source) <= _LONGEST else as_written(source)


def as_written(text: str) -> str:
    """The text as it was typed."""
    return f"<pre>{escape(text)}</pre>"


@functools.lru_cache(maxsize=4096)
def _rendered(source: str, attachments: tuple, alone: bool) -> str:
    renderer = _Renderer({name: dict(bundle) for name, *bundle in attachments}, 2 if alone else 0)
    try:
        if max(map(len, _RUN.findall(source.replace(" ", ""))), default=0) > _DEEPEST:
            return as_written(source)
        html = MarkdownWithMath(renderer=renderer).render(source)
        attribute = functools.partial(_attribute, alone=alone)
        clean = bleach.clean(html, tags=_TAGS, attributes=attribute, protocols=_PROTOCOLS | {"data"}, strip=True)
    except (RecursionError, ValueError, KeyError, IndexError, AttributeError):  # what a text makes of three parsers
        return as_written(source)
    return _MARK.sub(renderer.of_mark, _BLIND.sub(_in_words, clean))


def _in_words(picture: re.Match) -> str:
    """What a picture that is not shown says of itself."""
    alt = re.search(r' alt="([^"]*)"', picture[0])
    return alt[1] if alt else ""


class _Renderer(WithFormulas):
    """Formulas are kept aside, and marked."""

    def __init__(self, attachments: dict, deeper: int):
        super().__init__(escape=False, attachments=attachments, exclude_anchor_links=True)
        self.formulas: list[str] = []
        self.deeper = deeper

    def of_mark(self, mark: re.Match) -> str:
        """What stands in a mark's place; a mark that a student wrote stands for nothing, or for one of the student's own formulas."""
        return self.formulas[int(mark[1])] if int(mark[1]) < len(self.formulas) else ""

    def heading(self, text: str, level: int, **attrs) -> str:
        return super().heading(text, min(6, level + self.deeper), **attrs)

    def block_mermaidjs(self, code: str) -> str:
        return as_written(code)

    def shown(self, tex: str, block: bool) -> str:
        self.formulas.append(super().shown(tex, block))
        return f'<x-formula n="{len(self.formulas) - 1}"></x-formula>'


def _attribute(tag: str, name: str, value: str, alone: bool) -> bool:
    """bleach's rule for one attribute: the list above; pictures from beside the page, or as data: in bitmap formats only."""
    if name not in _ATTRIBUTES["*"] and name not in _ATTRIBUTES.get(tag, ()):
        return False
    squeezed = "".join(value.split()).lower()
    if name == "class":
        return _CLASSES.issuperset(value.split())
    if name == "src" and not squeezed.startswith("data:"):
        # a picture from elsewhere tells somebody that, and when, this page was opened
        return not alone and not re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", squeezed)
    if squeezed.startswith("data:"):
        return tag == "img" and name == "src" and squeezed.startswith(_PICTURES)
    if name == "href" and alone:
        return squeezed.startswith(("http://", "https://", "mailto:"))
    return True
