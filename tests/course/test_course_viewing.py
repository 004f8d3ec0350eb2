"""Formgrader and feedback show what students wrote; nothing in it runs in the teacher's browser."""

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.files.course import Course
from autograder.files.settings import nbgrader_config

pytestmark = pytest.mark.slow
PANEL = "<div style='color:red'>ours</div>"
MARKS = {"grade": True, "grade_id": "check-f", "locked": True, "points": 1, "schema_version": 3, "solution": False, "task": False}


def page(root, *cells, **metadata) -> str:
    """What nbconvert makes with our configuration."""
    config = nbgrader_config(Course(root))
    notebook = new_notebook(cells=list(cells), metadata=metadata)
    html, _ = HTMLExporter(config=config, template_name="basic").from_notebook_node(notebook)
    return html


def code(source, *outputs, **metadata):
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def html_output(text, kind="text/html"):
    return new_output("display_data", data={kind: text, "text/plain": "plain"})


@pytest.mark.parametrize(
    "kind",
    ["text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex", "application/vnd.jupyter.widget-view+json"],
)
def test_outputs_that_could_act_are_dropped(course_root, kind):
    shown = page(course_root, code("1", html_output("<svg onload=alert(1)><script>alert(1)</script></svg>", kind)))
    assert "alert" not in shown and "plain" in shown


def test_a_picture_stays_and_a_false_one_goes(course_root):
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert png in page(course_root, code("1", html_output(png, "image/png")))
    assert "onerror" not in page(course_root, code("1", html_output('x" onerror="alert(1)', "image/png")))


def test_a_check_cells_panel_stays(course_root):
    assert PANEL.replace("'", '"') in page(course_root, code("check(f)", html_output(PANEL), nbgrader=MARKS)).replace("'", '"')


def test_a_student_cannot_pass_a_cell_off_as_ours(course_root):
    for source, marks in (("check(f) or 1", MARKS), ("check(f)", {**MARKS, "solution": True}), ("check(f)", {**MARKS, "locked": False})):
        assert "ours" not in page(course_root, code(source, html_output(PANEL), nbgrader=marks))


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<svg onload=alert(1)></svg>",
        "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
        "<form action=//evil><input type=submit></form>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed;inset:0'>x</p>",
        "<p id='check-f'>x</p>",
        "<object data='data:text/html,alert(1)'></object>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
    ],
)
def test_markdown_acts_on_nothing(course_root, source):
    shown = page(course_root, new_markdown_cell(source)).split("<body", 1)[-1].lower()
    for part in (
        "<script>alert",
        "onerror=",
        "onload=",
        'href="javascript',
        "<iframe",
        "<form",
        "<object",
        "<style>*",
        "position:fixed",
        'id="check-f"',
        "svg+xml",
        "href=' java",
    ):
        assert part not in shown, part


def test_honest_markdown_looks_as_always(course_root):
    shown = page(
        course_root,
        new_markdown_cell(
            "**Bold** $a < b$, `x < y`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<details><summary>More</summary>\n\ntext\n\n</details>"
        ),
    )
    for part in (
        "<strong>Bold</strong>",
        "<mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>",
        "<code>x &lt; y</code>",
        "<td>1</td>",
        "<details><summary>More</summary>",
    ):
        assert part in shown


def test_a_heading_makes_no_link_of_what_follows_it(course_root):
    """A heading's own anchor, left empty, was taken for one that is never closed."""
    shown = page(course_root, new_markdown_cell("# The question\n\nWhat is a slope?\n\nSee [there](https://example.org)."))
    shown = shown.split("<body", 1)[-1]
    assert shown.count("<a ") == 1 and "<p>What is a slope?</p>" in shown


def test_metadata_reaches_no_script(course_root):
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"x": "</script><script>alert(1)</script>"}}}
    shown = page(
        course_root,
        code("1"),
        widgets=widgets,
        title="</title><script>alert(1)</script>",
        language_info={"name": "<script>alert(1)</script>"},
    )
    assert "<script>alert(1)" not in shown and "widget-state" not in shown


def test_raw_cells_are_cleaned_too(course_root):
    cell = nbformat.v4.new_raw_cell("<script>alert(1)</script>", metadata={"raw_mimetype": "text/html"})
    assert "<script>alert" not in page(course_root, cell)


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://elsewhere.example/a.png)",
        "<img src='//elsewhere.example/a.png'>",
        "<img src=' h\tttps://elsewhere.example/a.png'>",
        "<img src='\\\\elsewhere.example\\a.png'>",
        "<div class='navbar navbar-fixed-top highlight'>elsewhere.example</div>".replace("elsewhere.example", "20 of 20"),
        "<span class='hidden'>x</span>",
    ],
)
def test_a_text_fetches_nothing_and_does_not_take_the_pages_looks(course_root, source):
    shown = page(course_root, new_markdown_cell(source))
    assert "elsewhere" not in shown and "navbar" not in shown and 'class="hidden"' not in shown


def test_coloured_code_and_pictures_from_beside_stay(course_root):
    shown = page(course_root, new_markdown_cell("![x](img/a.png)\n\n```python\ndef f(x): return 1\n```"))
    assert 'src="img/a.png"' in shown and '<div class="highlight">' in shown and '<span class="k">def</span>' in shown
