"""The course as pages: every released lesson run once, readable at once, with its explorers; and, once Python is loaded, a place to work.

Before that only what is prepared in the browser moves: the first control of each explorer. The others need Python, so a page leaves them out
until it is there. What a page works with is workplace.py's business.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from ..engine.messages import number
from ..files.atomic import write_atomically
from ..files.course import Course
from ..learner.best_points import FOLDER
from ..writing.exercise import Lesson
from . import formulas, npm, workplace
from .dragged import as_controls
from .lesson_table import time
from .pictures import starts

ASSETS = {"require.js": npm.REQUIRE, "widgets.js": npm.WIDGETS}
LIMIT = 3_000_000  # bytes of a page; a telephone on a slow line should show a lesson within seconds
_NAV = '<nav class="course" aria-label="{}">{}</nav>'

# Changes to nbconvert's page: our scripts instead of those of a content network, a way to the next lesson, a style sheet.
_TEMPLATE = """{% extends 'lab/index.html.j2' %}
{% block html_head %}{{ resources.course_first }}{{ super() }}{% endblock %}
{% block html_head_js_requirejs %}{% endblock %}
{% block jupyter_widgets %}{{ resources.course_widgets }}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block html_head_css %}{{ resources.course_head }}{% endblock %}
{% block body_header %}{{ super() }}{{ resources.course_nav[0] }}{{ resources.course_bar }}{% endblock %}
{% block body_footer %}{{ resources.course_nav[1] }}{{ resources.course_last }}{{ super() }}{% endblock %}
"""
# The colours of JupyterLab's dark theme, for readers whose system is dark.
_CSS = '<link rel="stylesheet" href="assets/dark.css" media="(prefers-color-scheme: dark)"><link rel="stylesheet" href="assets/course.css">'
# Some colours of code in both themes have less than the 4.5:1 that letters need.
_STYLE = """:root { color-scheme: light dark; --course-link: #0b57a4; --course-line: #ccc; --course-faint: #5a5a5a; --jp-mirror-editor-comment-color: #2f6b6b;
  --jp-mirror-editor-number-color: #067006; --jp-mirror-editor-operator-color: #8a1fd0; }
@media (prefers-color-scheme: dark) {
  :root { --course-link: #8ab4f8; --course-line: #555; --course-faint: #b8b8b8; --jp-mirror-editor-def-color: #7db7ff; --jp-content-link-color: #8ab4f8; --jp-mirror-editor-operator-color: #cf8bff;
    --jp-mirror-editor-comment-color: #7fb3b3; --jp-mirror-editor-number-color: #7bc97f; --jp-mirror-editor-keyword-color: #66c26a; }
}
body { max-width: 62rem; margin: 0 auto; padding: 1rem; font-family: system-ui, sans-serif; line-height: 1.5; }
body, body.jp-Notebook { background: var(--jp-layout-color0, #fff); color: var(--jp-content-font-color1, #1b1b1b); }
.jp-RenderedHTMLCommon a:any-link:not(.anchor-link) { text-decoration: underline; }
nav.course { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 2rem; padding: .8rem 0; font: 1rem/1.5 system-ui, sans-serif; }
nav.course a, table.course a { color: var(--course-link); }
table.course { border-collapse: collapse; width: 100%; }
table.course th, table.course td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--course-line); vertical-align: top; }
.jp-OutputArea-output.jupyter-widgets:not(.eta-live):not(:has(.widget-subarea)) { min-height: 12rem; }
table.course td.n { text-align: right; font-variant-numeric: tabular-nums; }
/* a number that moves the picture below; until the picture is there it is a number like others */
.eta-number[role=slider] { position: relative; display: inline-block; cursor: ew-resize; touch-action: pan-y; user-select: none; color: var(--course-link); font-weight: 600; font-variant-numeric: tabular-nums; border-bottom: 2px dashed; padding-inline: 3px; }
/* inside its own room: around it, it would cover the full stop */
.eta-number:focus-visible { outline: 2px solid var(--course-link); outline-offset: -2px; }
/* A finger needs 44 pixels, and a phone has no room for five columns. */
@media (pointer: coarse), (max-width: 480px) {
  nav.course a, table.course a { display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; }
  .jp-RenderedHTMLCommon summary { padding: 12px 0; }
  .eta-number[role=slider]::after { content: ""; position: absolute; left: 50%; top: 50%; width: max(100%, 44px); height: 44px; transform: translate(-50%, -50%); }
}
@media (max-width: 480px) {
  body { padding: 1rem .5rem; }
  table.course thead { position: absolute; clip-path: inset(50%); }
  table.course tr { display: grid; grid-template-columns: repeat(3, auto); padding: .5rem 0; border-bottom: 1px solid var(--course-line); }
  table.course td { padding: .1rem .3rem; border: 0; }
  table.course td:not(.n) { grid-column: 1 / -1; }
  table.course td.n { text-align: left; }
  table.course td.n::after { content: " " attr(data-unit); }
}
@media print {
  nav.course { display: none; }
  .eta-number[role=slider] { border: 0; color: inherit; }
  .jp-InputArea-editor pre, .jp-OutputArea-output pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
.jp-InputPrompt, .jp-OutputPrompt { display: none; }
.jp-InputArea-editor pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.jp-OutputArea-output pre { word-break: normal; overflow-wrap: anywhere; } /* a number is not broken in two where there is a space before it */
/* texts and explorers out of sight are laid out and drawn when they come near; what has the focus may reach over its border */
.jp-MarkdownCell, .jp-CodeCell:has(.eta-explorer):not(:focus-within) { content-visibility: auto; contain-intrinsic-height: auto 12rem; }
/* without Python the first control of an explorer and its pictures are live; the others are left out, and said to be */
.eta-explorer:not(.eta-live *) .eta-presets, .eta-explorer:not(.eta-live *) > .eta-controls > :not(:first-child) { display: none !important; }
.eta-explorer:not(.eta-live *) > .eta-controls:has(> :nth-child(2))::after { content: "More controls once Python is loaded, and in JupyterLab"; align-self: center; margin-left: 1rem; font-size: .9rem; opacity: .85; }
"""
# Its table has roles, because one that a narrow page lays out otherwise is none for a screen reader.
_INDEX = (
    """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>From h to η</title>
"""
    + _CSS
    + """</head><body><main><h1>From h to η</h1>
<p>From the limit of a difference quotient to gradient descent that trains a network. You write the functions and move the pictures on these
pages; wrong answers are told why. Nothing is installed and nothing leaves your browser. Python is loaded once (about 30 MB), then the course works
without a network too.</p>
<table class="course" role="table"><thead role="rowgroup"><tr role="row">HEADS</tr></thead>
<tbody role="rowgroup">{}</tbody></table></main></body></html>
"""
).replace(
    "HEADS",
    "".join(
        f'<th scope="col" role="columnheader">{head}</th>'
        for head in ("lesson", "the question it answers", "exercises", "minutes", "points")
    ),
)


def build_site(root: Path | None = None, *, only: str = "", say: Callable[[str], None] = print) -> list[str]:
    """Write `site/` below `root` from the released notebooks, of one lesson with `only`; return what went wrong, a line each.

    Of a whole site nothing stays that an earlier build wrote and this one did not.

    Raises `npm.NoWeb` when something that the pages need can be neither found nor fetched, and `wheel.NoWheel`.
    """
    from ..exercises import lessons as registered

    course, lessons = Course.at(root), registered()
    target = course.root / "site"
    earlier = _stamps(target)
    for name, package in ASSETS.items():
        write_atomically(target / "assets" / name, _in_ascii(npm.fetch(package).read_text(encoding="utf-8")))
    write_atomically(target / "assets" / "course.css", _STYLE + formulas.STYLE)
    write_atomically(target / "assets" / "dark.css", _dark_theme().read_bytes())
    names = [name for name in lessons if course.release(name).exists()]
    heads = workplace.write_workplace(course, target, {name: lessons[name] for name in names})
    write_atomically(target / "index.html", _INDEX.format("".join(_row(name, lessons[name]) for name in names)))
    wrong, moved = [], starts()
    for i, name in enumerate(names):
        if only not in name:
            continue
        nav = _nav(names[i - 1] if i else "", names[i + 1] if i + 1 < len(names) else "", lessons)
        for page in sorted(course.release(name).parent.glob("*.md")):
            html, unread = _page(_text_notebook(page), page.stem.capitalize(), _nav("", "", lessons))
            write_atomically(target / f"{page.stem}.html", html)
            wrong += _unread(page.stem, unread)
        executed, problem = run_release(course, name)
        as_controls(executed.cells, moved)
        html, unread = _page(executed, f"{lessons[name].number} {lessons[name].title}", nav, heads[name])
        write_atomically(target / f"{name}.html", html)
        size = len(html.encode())
        say(f"{name}.html  {size / 1e6:.2f} MB{'  ' + problem if problem else ''}")
        wrong += [f"{name}: {problem}"] if problem else []
        wrong += _unread(name, unread)
        wrong += [f"{name}: the page has {size / 1e6:.2f} MB; at most {LIMIT / 1e6:.0f}"] if size > LIMIT else []
    if not only:  # what this build has not written, an earlier one left: a page under an old name, a part of an older engine
        for path in [path for path, stamp in _stamps(target).items() if earlier.get(path) == stamp]:
            path.unlink()
    workplace.write_keeper(target)
    return wrong + list(workplace.answers_on(target, course, lessons))


def _in_ascii(script: str) -> str:
    """A script that says the same with escapes: a browser holds one with a single other letter in twice the memory, Jupyter's widgets in 3.6 MB more."""
    return re.sub("[^\x00-\x7f]+", lambda letters: json.dumps(letters[0])[1:-1], script)


def _stamps(target: Path) -> dict[Path, tuple[int, int]]:
    """Each file of the site, and what tells whether it has been written again."""
    found = {path: path.stat() for path in target.rglob("*") if path.is_file() and ".git" not in path.relative_to(target).parts}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


def run_release(course: Course, name: str):
    """The released notebook with its outputs and the state of its widgets, and what went wrong in it or ""."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(course.release(name), as_version=4)
    with tempfile.TemporaryDirectory(prefix="site-") as folder:
        # a copy: what a lesson writes, and what the learner's memory keeps, belongs to nobody here
        here = Path(shutil.copytree(course.release(name).parent, Path(folder) / name))
        client = NotebookClient(
            notebook,
            timeout=300,
            allow_errors=True,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=ERROR"],  # a kernel on this machine, for a minute: its warnings are nobody's here
            resources={"metadata": {"path": str(here)}},
        )
        client.execute(env={**os.environ, FOLDER: folder})
    failed = [f"{o.ename}: {o.evalue}" for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "error"]
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        live = any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)
        if live:  # the page has the live picture, not the still one
            cell.outputs = [output for output in outputs if not _is_still(output.get("data", {}))]
    return notebook, "; ".join(failed)


def _is_still(data: dict) -> bool:
    """Whether an output is what an explorer or a prediction shows where nothing is live."""
    return "image/png" in data or '<div class="eta-asked' in data.get("text/html", "")


def _unread(name: str, found: list[str]) -> list[str]:
    return [f"{name}: no MathML can be made of the formula {tex!r}; write it with other commands" for tex in found]


def _page(notebook, title: str, nav: tuple[str, str], head: str = "") -> tuple[str, list[str]]:
    """The page, and the formulas in it that could not be read."""
    from .texts import MathMLExporter

    notebook.metadata["title"] = f"{title} · From h to η"
    exporter = MathMLExporter(raw_template=_TEMPLATE)
    html, _ = exporter.from_notebook_node(
        notebook,
        resources={
            "course_nav": nav,
            "course_head": _CSS + head,
            "course_first": workplace.first() if head else "",
            "course_bar": workplace.bar() if head else "",
            "course_last": workplace.last() if head else "",
            "course_widgets": workplace.widgets() if head else "",
        },
    )
    # the corner of a table that Python shows has nothing to say
    html = re.sub(r"<th(?: [^>]*)?>\s*</th>", "<td></td>", html)
    # links between notebooks become links between pages
    html = re.sub(r'href="(?:\.\./)?(?:\d\d[a-z]?_[a-z_]+/)?([a-z0-9_]+)\.(?:ipynb|md)((?:#[^"]*)?)"', r'href="\1.html\2"', html)
    return html, exporter.unread


def _dark_theme() -> Path:
    """The file with the colours of JupyterLab's dark theme that nbconvert brings."""
    from jupyter_core.paths import jupyter_path

    places = [Path(folder) / "lab" / "static" / "theme-dark.css" for folder in jupyter_path("nbconvert", "templates")]
    return next(place for place in places if place.exists())


def _text_notebook(page: Path):
    import nbformat

    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(page.read_text(encoding="utf-8"))])


def _nav(before: str, after: str, lessons: dict[str, Lesson]) -> tuple[str, str]:
    """The way to the other lessons, for the top and the end of a page."""
    links = ['<a href="index.html">All lessons</a>']
    if before:
        links.insert(0, f'<a rel="prev" href="{before}.html">← {lessons[before].number} {escape(lessons[before].title)}</a>')
    if after:
        links.append(f'<a rel="next" href="{after}.html">{lessons[after].number} {escape(lessons[after].title)} →</a>')
    return _NAV.format("Lessons", "".join(links)), _NAV.format("Lessons, at the end", "".join(links))


def _row(name: str, lesson: Lesson) -> str:
    points = f"{'+' if lesson.bonus else ''}{number(lesson.points)}"
    counts = {"exercises": len(lesson.exercises), "minutes": time(lesson), "points": points}
    cells = "".join(f'<td role="cell" class="n" data-unit="{unit}">{value}</td>' for unit, value in counts.items())
    words = f'<td role="cell"><a href="{name}.html">{lesson.number} {escape(lesson.title)}</a></td><td role="cell">{escape(lesson.question)}</td>'
    return f'<tr role="row">{words}{cells}</tr>'
