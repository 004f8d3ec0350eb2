"""A graded notebook below a student's feedback: the student's cells with our panels, as HTML that acts on nothing, in bounded room.

Theory of operation. Each cell becomes a piece with a rank: what a student looks for first (answers, panels, comments), the student's own other cells,
the lesson's own texts, pictures. The room of the page goes to them by rank, and what did not fit is said. Nothing in the notebook is believed:
panels are made of the verdict, not of the file, outputs are reduced to text and PNG, texts go through `safe_text`.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from html import escape

from pygments.lexers import PythonLexer
from pygments.token import Token

from ..engine import messages
from ..engine.report import Report
from ..files.names import for_html
from ..files.outputs import clean_outputs
from .master import CHECK
from .safe_text import as_written, safe_text

_ANSWER, _OWN, _LESSON, _PICTURE = range(4)  # the order in which cells get room
_WHAT = {
    _ANSWER: "answers and panels",
    _OWN: "of the other cells that you wrote",
    _LESSON: "of the lesson's own texts",
    _PICTURE: "pictures",
}
_SOURCE, _OUTPUT = 10_000, 4_000  # characters of a cell's source and of one output that are shown
_COLOURED = 100_000  # characters of a student's own code in one notebook that are coloured
_READ = 40_000  # characters of a student's own texts in one notebook that are read as markdown: a parser can be slow
_COLOURS = (
    (Token.Keyword, "k"),
    (Token.Operator.Word, "k"),
    (Token.Literal.String, "s"),
    (Token.Literal.Number, "m"),
    (Token.Comment, "c"),
    (Token.Name.Function, "n"),
    (Token.Name.Class, "n"),
)
_STYLE, _CLASS = re.compile(r'style="([^"]*)"'), re.compile(r'class="(p[0-9a-f]{6})"')
_KNOWN: dict[str, str] = {}  # the looks of a panel's elements by class
Piece = tuple[int, str]


def notebook_html(
    cells: list[dict], reports: Mapping[str, Report], released: Collection[str], comments: Mapping[str, str], room: int
) -> tuple[str, str]:
    """The cells as HTML, and the rules of its style sheet; both together have at most `room` bytes.

    `reports` are by exercise, `released` the sources of the lesson's own cells, `comments` what a person wrote on a cell, by its nbgrader name.
    """
    pieces = list(_pieces(cells, reports, released, comments))
    kept, left_out = set(), Counter[int]()
    looks = _looks(pieces)
    room -= 400 + len(looks)  # what is left out is said, too
    for rank in range(len(_WHAT)):
        for index, (its, html) in enumerate(pieces):
            if its != rank:
                continue
            size = len(html.encode("utf-8", "replace"))
            if size <= room:
                kept.add(index)
                room -= size
            else:
                left_out[rank] += 1
    told = ", ".join(f"{count} {_WHAT[rank]}" for rank, count in sorted(left_out.items()))
    said = f'<p class="soft">Left out, to keep this page small: {told}. They are in your notebook.</p>' if told else ""
    return said + "".join(html for index, (_, html) in enumerate(pieces) if index in kept), looks


def _pieces(cells: list[dict], reports: Mapping[str, Report], released: Collection[str], comments: Mapping[str, str]) -> Iterator[Piece]:
    read = coloured = 0
    for cell in cells:
        source, marks = cell["source"], cell["metadata"].get("nbgrader") or {}
        name, ours = marks.get("grade_id", ""), cell["source"] in released
        check = CHECK.match(source.strip()) if marks.get("grade") and marks.get("locked") and cell["cell_type"] == "code" else None
        if check and check[1] in reports:
            yield _ANSWER, panel(reports[check[1]])
        elif cell["cell_type"] == "code":
            rank = _ANSWER if marks else _LESSON if ours else _OWN
            if source.strip():
                coloured += 0 if ours else len(source)
                shown = code(source) if coloured <= _COLOURED else as_written(_cut(source, _SOURCE))
                yield rank, f'<div class="cell">{shown}</div>'
            yield from _outputs(cell["outputs"], max(rank, _OWN))
        elif source.strip():
            read += 0 if ours else len(source)
            safe: Callable[[str], str] = (
                as_written if read > _READ else functools.partial(safe_text, attachments=cell.get("attachments"), alone=True)
            )
            yield _ANSWER if marks else _LESSON if ours else _OWN, f'<div class="cell text">{_reachable(safe(source[: 2 * _SOURCE]))}</div>'
        if comment := comments.get(name):
            yield _ANSWER, comment_html(comment)


def panel(report: Report) -> str:
    """The judge's panel of one exercise, to which the list on top leads."""
    html = messages.to_html(report).replace('<div role="status"', "<div", 1)  # nothing changes on this page, so nothing is announced
    html = _STYLE.sub(_as_class, html)
    if len(html) > 2 * _SOURCE:
        html = f"<p>{for_html(messages.headline(report))}</p>"
    return f'<section class="cell panel" id="check-{for_html(report.exercise)}" aria-label="{for_html(report.exercise)}">{html}</section>'


def _as_class(found: re.Match) -> str:
    """A class for the looks that a panel carries with it: half of a panel, and the same in each. What a panel quotes has no quotation marks of its own."""
    name = f"p{hashlib.sha256(found[1].encode()).hexdigest()[:6]}"
    _KNOWN[name] = found[1]
    return f'class="{name}"'


def _looks(pieces: list[Piece]) -> str:
    """The rules of the classes that `_as_class` gave."""
    used = {name for _, html in pieces for name in _CLASS.findall(html)}
    return "".join(f".{name} {{ {style} }} " for name, style in sorted(_KNOWN.items()) if name in used)


def comment_html(comment: str) -> str:
    """What a person wrote, as text."""
    return f'<div class="teacher"><strong>Your teacher writes:</strong>\n{escape(_cut(comment, _OUTPUT))}</div>'


def _outputs(outputs: list, rank: int) -> Iterator[Piece]:
    """Outputs as texts, and pictures apart."""
    texts = ""
    for output in clean_outputs(outputs):
        if output["output_type"] == "stream":
            texts += f"<pre>{escape(_cut(output['text'], _OUTPUT))}</pre>"
        elif output["output_type"] == "error":
            texts += f"<pre>{escape(_cut(chr(10).join(output['traceback']), _OUTPUT))}</pre>"
        elif picture := output["data"].get("image/png"):
            yield (
                _PICTURE,
                f'<div class="cell out"><img alt="What this cell drew" src="data:image/png;base64,{"".join(picture.split())}"></div>',
            )
        elif output["data"]["text/plain"]:
            texts += f"<pre>{escape(_cut(output['data']['text/plain'], _OUTPUT))}</pre>"
    if texts:
        yield rank, f'<div class="cell out">{texts}</div>'


@functools.lru_cache(maxsize=4096)
def code(source: str) -> str:
    """Python in colours: only tokens that have one are marked, which keeps the page small."""
    source, parts = _cut(source, _SOURCE), []
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        colour = next((name for kind, name in _COLOURS if token in kind), "")
        parts.append(f'<span class="{colour}">{escape(text, quote=False)}</span>' if colour else escape(text, quote=False))
    return f"<pre>{''.join(parts)}</pre>"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}\n… cut here, {len(text) - most} characters more …"


def _reachable(html: str) -> str:
    """Its tables scroll on a narrow screen, for which a keyboard must reach them. Text of anybody's holds no "<": it is escaped."""
    return html.replace("<table", '<table tabindex="0"')
