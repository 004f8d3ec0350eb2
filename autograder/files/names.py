"""Names that nobody vouches for, such as students' ids, made safe for each place where they appear: one function a place.

A name comes from a folder, an archive or a learning platform, and may hold anything: bytes that are no UTF-8 (Python has them as
lone surrogates), escape sequences, newlines, markup, formulas, right-to-left marks.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from html import escape

_LONGEST = 200  # bytes of a file's name; file systems allow 255, and ours get an ending
_FORMULA = set("=+-@|%\u2212")  # what a spreadsheet takes for the start of a formula or a command, wherever a cell may begin
_SEPARATORS = re.compile("[,;|\t]")  # what cuts a line into cells, in one spreadsheet or another
_SKIPPED = " \"'`\u2018\u2019\u201c\u201d"  # what may stand before a formula
_ODD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode's controls, marks of direction, surrogates, unassigned, line ends


def for_terminal(name: str) -> str:
    """The name as one line of printable characters; whatever a terminal would obey or hide is written as an escape (``\\x1b``)."""
    return "".join(
        c if unicodedata.category(c) not in _ODD and c != "\\" else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in name
    )


def for_csv(text: str) -> str:
    """The text as a cell that no spreadsheet computes, on one line: an apostrophe goes before what could be a formula.

    Spreadsheets cut cells at other separators than ours, skip spaces and quotes, and read full-width signs as plain ones, so a
    formula is looked for after each of those.
    """
    text = for_terminal(text)
    plain = unicodedata.normalize("NFKC", text)
    starts = (part.lstrip(_SKIPPED)[:1] for part in (plain, *_SEPARATORS.split(plain)))
    return "'" + text if any(start in _FORMULA for start in starts if start) else text


def for_html(name: str) -> str:
    """The name as text in a page or an attribute."""
    return escape(for_terminal(name), quote=True)


def for_file(name: str) -> str:
    """A file's name that belongs to this name alone, without an ending: the name itself where it is harmless, else what is legible of it and a hash.

    Two names never share one: a harmless name has no ``~``, which every other one has before its hash.
    """
    data = os.fsencode(name) if not any("\ud800" <= c <= "\udfff" for c in name) else name.encode("utf-8", "surrogatepass")
    harmless = (
        name.isprintable()
        and len(data) <= _LONGEST
        and not set(name) & set('~/\\:*?"<>|')
        and name[:1] not in (".", " ", "")
        and name[-1:] not in (".", " ")
    )
    if harmless:
        return name
    legible = "".join(c for c in for_terminal(name) if c.isalnum() or c in "-_. @")[:40].strip(". ")
    return f"{legible}~{hashlib.sha256(data).hexdigest()[:24]}"
