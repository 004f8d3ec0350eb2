"""The one cleaner of what students wrote: whatever is attacked, nothing acts, nothing is fetched, nothing takes the page's looks."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Elements

from autograder.course.formulas import formula
from autograder.gradebook.safe_text import safe_text

ACTIVE = set(
    "script style iframe object embed svg form input button meta link base video audio source mglyph maction annotation-xml".split()
)
HARMLESS = {"title", "href", "class", "src", "alt", "width", "height", "align", "start"}
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x><base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=//evil.example>",
    "<form action=//evil.example><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<style>*{display:none}</style><p style='position:fixed;inset:0' id=check-f class='score'>20 of 20</p>",
    "[x](javascript:alert(1)) [y](JaVaScRiPt&#58;alert(1)) [z](data:text/html,<script>alert(1)</script>) <a href='java\tscript:alert(1)'>x</a>",
    "![x](https://evil.example/a.png) <img srcset='//evil.example/a.png 2x'> <video poster=//evil.example></video>",
    "<a href='x' ping=//evil.example target=_top onclick=alert(1)>x</a> <details open ontoggle=alert(1)>x</details>",
    "$\\text{<img src=x onerror=alert(1)>}$ $\\href{javascript:alert(1)}{x}$ $\\style{position:fixed}{x}$",
    '![$"><img src=x onerror=alert(1)>$](a.png "$\\" onload=alert(1) $")',
    "<x-formula n='0'></x-formula><img alt='<x-formula n=\"0\"></x-formula>' title='<x-formula n=\"0\"></x-formula>'> $\"onload=alert(1)$",
    "`$<script>alert(1)</script>$` $$<script>alert(1)</script>$$ \\begin{a}<script>alert(1)</script>\\end{a}",
    "```html\n<script>alert(1)</script>\n```\n\n```mermaid\n</pre><script>alert(1)</script>\n```",
    "<!--><img src=x onerror=alert(1)>--> <![CDATA[<script>alert(1)</script>]]> <?php <script>alert(1)</script>",
]


def harmless(html: str, alone: bool) -> None:
    """Assert that a browser would find nothing in it that acts, fetches or takes the page's looks."""
    inside = False
    for tag, attributes in Elements(html).found:
        inside = inside or tag == "math"
        assert tag not in ACTIVE
        assert not any(name.startswith("on") for name in attributes) and not {"style", "id", "srcset", "ping"} & attributes.keys()
        assert inside or attributes.keys() <= HARMLESS
        assert not (attributes.get("href") or "").lower().replace("\t", "").strip().startswith(("javascript:", "data:"))
        assert "evil" not in (attributes.get("src") or "")
        assert attributes.get("class") != "score"
        assert not alone or not attributes.get("src") or attributes["src"].startswith("data:image/")


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("source", ATTACKS)
def test_nothing_acts_and_nothing_is_fetched(source, alone):
    harmless(safe_text(source, alone=alone), alone)


PIECES = [
    *"<>\"$`'\\/!=- \n",
    *"<img <a <b <math <svg <style <script <x-formula <!-- --> </ src= href= alt= title= onerror= onload= n= style= id= javascript: data: //evil.example".split(),
    *"alert(1) $$ ``` &quot; &#34; &lt; &#x3c; \\text{ \\href{ } \\begin{a} \\end{a} ![ ]( ) [ ] ~~~ <![CDATA[ ]]> <?".split(),
]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_nothing_acts_however_it_is_put_together(source):
    harmless(safe_text(source, alone=True), True)
    harmless(formula(source, False), False)


def test_links_that_lead_beside_a_page_that_stands_alone_become_their_words():
    source = "[notation](../00_start_here/notation.md) [there](https://example.org) ![curve](img/a.png)"
    assert 'href="https://example.org"' in safe_text(source, alone=True) and "notation.md" not in safe_text(source, alone=True)
    assert "img/a.png" in safe_text(source) and "curve" in safe_text(source, alone=True) and "<img" not in safe_text(source, alone=True)


def test_a_picture_that_was_pasted_into_a_text_stays():
    assert 'src="data:image/png;base64,AAAA"' in safe_text("![x](attachment:a.png)", {"a.png": {"image/png": "AAAA"}}, alone=True)


def test_headings_go_below_those_of_the_page():
    assert "<h3>Question</h3>" in safe_text("# Question", alone=True) and "<h1>Question</h1>" in safe_text("# Question")


@pytest.mark.parametrize(
    "part", ["[", "![a](", "> ", "- ", "`a", "*a", "<div>", "$a", "\\\\[", "\\begin{a}", "|a", "<!--", "a\n", "[^a]", "{", "<b>x"]
)
def test_the_worst_texts_for_a_parser_come_to_an_end(part):
    """With bounds each takes a second at most, and without them hours: nothing is measured here."""
    assert safe_text((part * 20_000)[:10_000], alone=True) is not None
    assert safe_text(part * 20_000).startswith("<pre>"), "beyond the bound a text is shown as it was typed"


@pytest.mark.parametrize(
    "tex, wanted",
    [
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        ("\\frac{1}{h}", "<mfrac>"),
        ("f'(x)", '<mo form="postfix" lspace="0em" rspace="0em">ʹ</mo>'),
        ("\\lim_{h\\to 0} x", '<munder><mo movablelimits="true">lim</mo>'),
        ("\\begin{aligned}a&=b\\\\c&=d\\end{aligned}", "<mtable"),
        ("\\mathbf{12}", "𝟏𝟐"),
        ("r\\cos\\varphi", '<mo form="prefix" lspace=".17em" rspace=".17em">cos</mo>'),
        ("\\log(x)", '<mo form="prefix" lspace=".17em" rspace="0em">log</mo>'),
    ],
)
def test_formulas_are_mathml(tex, wanted):
    assert wanted in formula(tex, True)


@pytest.mark.parametrize(
    "tex", ["{" * 1500, "\\frac" * 300, "\\left(" * 300, "\\def\\a{\\a\\a}\\a", "x" * 5000, "", "\\", "&&&", "^" * 500, "\x00"]
)
def test_what_is_no_formula_is_shown_as_it_was_typed_or_as_what_it_can_be(tex):
    tags = {tag for tag, _ in Elements(formula(tex, False)).found}
    assert tags == {"code"} or "math" in tags


def test_no_formula_reaches_over_other_text():
    for tex in (
        "\\hspace{-100em}x",
        "\\rule{1000em}{1000em}",
        "\\mathsize{99em}{x}",
        "\\kern-50em x",
        "\\color{white}{x}",
        "\\raise{99em}x",
    ):
        for _, attributes in Elements(formula(tex, False)).found:
            assert not {"style", "mathcolor", "mathsize", "mathbackground", "voffset"} & attributes.keys()
            assert all("-" not in value and len(value) < 7 for name, value in attributes.items() if name in ("width", "height", "lspace"))


def test_every_formula_of_the_lessons_is_drawn():
    """And none is shown as the LaTeX that it was written in."""
    for path in sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown" and "$" in source:
                shown = safe_text(source, alone=True)
                assert "<math" in shown and "$" not in re.sub(r"(?s)<code>.*?</code>", "", shown), f"{path.name}: {source[:200]}"
                assert not re.search(r"<m\w+[^>]*>[^<]*\\\\", shown), f"{path.name}: a word of LaTeX that the converter does not know"
