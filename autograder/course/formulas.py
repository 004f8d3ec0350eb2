"""Formulas of LaTeX as MathML, which browsers show without a script and without a network; nothing of a student's formula acts."""

from __future__ import annotations

import functools
import re
import unicodedata
from html import escape, unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

# the looks of formulas on a page, whose text is a little larger than that of the fonts for mathematics; a wide one scrolls alone
STYLE = """math { font-family: math, "STIX Two Math", "Cambria Math", "Latin Modern Math", serif; font-size: 1.08em }
math[display=block] { display: block math; overflow-x: auto; overflow-y: hidden; max-width: 100%; padding: .2rem 0 }
"""
_LONGEST, _MOST = 2000, 20_000  # characters of a formula that is read, and of what is made of it
_WIDE = 30  # characters of a formula that a telephone may be too narrow for
_TAGS = frozenset(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup "
    "mtable mtd mtext mtr munder munderover none".split()
)
# no colour, size, link, class or style: a formula takes the looks of the text around it
_WORDS = frozenset(
    "accent accentunder columnalign columnlines display displaystyle fence form largeop movablelimits notation rowlines scriptlevel "
    "separator stretchy symmetric".split()
)
_LENGTHS = frozenset("width height depth lspace rspace columnspacing rowspacing linethickness minsize maxsize".split())
_WORD = re.compile(r"[A-Za-z0-9 -]{0,40}")
_LENGTH = re.compile(r"[0-3]?(\.\d{1,4})?(em|ex|pt)( [0-3]?(\.\d{1,4})?(em|ex|pt)){0,3}")  # none that reaches over other text
_OPERATORS = frozenset({"lim", "max", "min", "sup", "inf"})
_FUNCTIONS = frozenset("arccos arcsin arctan cos cosh det exp ln log sin sinh tan tanh".split())
_PRIMES = {"\N{PRIME}": 1, "\N{DOUBLE PRIME}": 2, "\N{TRIPLE PRIME}": 3}
# environments that the converter does not know, and what they are like
_ALIKE = {"aligned": "align*", "gather": "matrix", "gather*": "matrix", "gathered": "matrix", "equation": "matrix", "equation*": "matrix"}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(map(re.escape, _ALIKE))})\}}")

_WITH_MARKS = re.compile(r'([(\[]*)<math\b(?![^>]*display="block")(?:(?!</math>).)*</math>([.,:;!?)\]]*)', re.DOTALL)


@functools.lru_cache(maxsize=4096)
def formula(tex: str, block: bool) -> str:
    """The formula as a safe element ``math``, on a line of its own where `block`; the LaTeX itself, as code, where it cannot be read."""
    try:
        if len(tex) <= _LONGEST:
            known = _ENVIRONMENT.sub(lambda found: f"\\{found[1]}{{{_ALIKE[found[2]]}}}", tex)
            element = convert_to_element(known, display="block" if block else "inline")
            _mend(element)
            if all(map(_clean, element.iter())):
                if block and len(tex) > _WIDE:
                    element.set("tabindex", "0")  # it scrolls on a narrow screen, for which a keyboard must reach it
                made = ElementTree.tostring(element, encoding="unicode")
                if len(made) <= _MOST:
                    return made
    except Exception:  # whatever a student's formula makes of the converter, recursion included
        pass
    return f"<code>{escape(tex.strip())}</code>"


def beside_marks(markup: str) -> str:
    """HTML in which a formula within a line keeps the brackets and full stops beside it: browsers break a line there, as beside a picture."""
    return _WITH_MARKS.sub(
        lambda found: f'<span style="white-space:nowrap">{found[0]}</span>' if found[1] or found[2] else found[0], markup
    )


def was_read(markup: str) -> bool:
    """Whether `formula` could read all of what it made this of: the converter leaves a command that it does not know as it was typed."""
    return markup.startswith("<math") and "\\" not in re.sub("<[^>]*>", "", markup)


def _mend(root: ElementTree.Element) -> None:
    """Write as browsers want it what the converter does not: limits below their operator, room around a function's name, and primes, which are
    superscripts already in most fonts."""
    for element in root.iter():
        for child, after in zip(element, [*element[1:], None]):
            if child.tag in ("mi", "mo") and child.text in _FUNCTIONS:
                close = after is None or unescape(after.text or "") in ("(", "[")
                child.tag, child.attrib = "mo", {"form": "prefix", "lspace": ".17em", "rspace": "0em" if close else ".17em"}
        if element.tag == "msub" and element[0].text in _OPERATORS:
            element.tag = "munder"
            element[0].set("movablelimits", "true")
        elif element.tag == "msup" and (count := _PRIMES.get(unescape(element[1].text or ""))):
            element.tag, element[1].tag, element[1].text = "mrow", "mo", "\N{MODIFIER LETTER PRIME}" * count
            element[1].attrib = {"form": "postfix", "lspace": "0em", "rspace": "0em"}


def _clean(element: ElementTree.Element) -> bool:
    """Take from an element what is not on the lists; whether it may stay."""
    letters = element.attrib.get("mathvariant", "")
    element.attrib = {name: value for name, value in element.attrib.items() if _may_stay(name, value)}
    if element.text:
        # the converter writes entities; browsers know one variant and have the others as letters of their own
        element.text = "".join(_as_variant(letter, letters) for letter in unescape(element.text))
    if letters == "normal":
        element.attrib["mathvariant"] = letters
    return element.tag in _TAGS and not element.tail


def _as_variant(letter: str, variant: str) -> str:
    """A letter in a variant such as ``bold``, where Unicode has it; else the letter."""
    if variant in ("", "normal"):
        return letter
    name = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER ", " ")
    try:
        return unicodedata.lookup(f"MATHEMATICAL {variant.upper().replace('-', ' ')} {name}")
    except KeyError:
        return letter


def _may_stay(name: str, value: str) -> bool:
    return bool(name in _WORDS and _WORD.fullmatch(value) or name in _LENGTHS and _LENGTH.fullmatch(value))
