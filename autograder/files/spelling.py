"""Text for a terminal that lacks some of its characters: signs and Greek letters are spelled out, where Python would stop."""

from __future__ import annotations

import codecs
import unicodedata

SPELLED = "spelled"  # the name of the error handler, for ``errors=``
_SIGNS = {"✓": "[ok]", "✗": "[no]", "○": "[ ]", "–": "-", "−": "-", "→": "->", "≈": "~", "≤": "<=", "≥": ">=", "‖": "||", "…": "..."}
_SIGNS |= {"∂": "d", "∇": "grad ", "√": "sqrt", "‘": "'", "’": "'", "“": '"', "”": '"', "·": "*", "×": "x", "λ": "lambda"}
_RAISED = {"<super>": "^", "<sub>": "_"}


def spelled(text: str, encoding: str | None) -> str:
    """`text` with what `encoding` lacks spelled out; None (a stream in memory) lacks nothing."""
    return text.encode(encoding, SPELLED).decode(encoding) if encoding else text


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Python's error handler: what to write in place of the characters that cannot be written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words, before = [], ""
    for character in error.object[error.start : error.end]:
        kind = unicodedata.decomposition(character).partition(" ")[0]
        words.append(("" if kind == before else _RAISED.get(kind, "")) + _word(character))
        before = kind
    return "".join(words).encode("ascii", "replace").decode(), error.end


def _word(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    name = unicodedata.name(character, "")
    if name.startswith("GREEK ") and " LETTER " in name:
        letter = name.split(" LETTER ")[1].split()[0].lower()
        return letter.capitalize() if "CAPITAL" in name else letter
    plain = unicodedata.normalize("NFKD", character).translate(_MINUS).encode("ascii", "ignore").decode()
    return plain or "?"


_MINUS = str.maketrans("−", "-")
codecs.register_error(SPELLED, _spell)
