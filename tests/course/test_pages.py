"""What `make site` makes, in parts that need no browser: a quiet run of a lesson, formulas, and a module without what is not shipped."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from autograder.course import site
from autograder.course.site import build_site, run_release
from autograder.course.texts import MathMLExporter
from autograder.course.wasm import smaller
from autograder.exercises import lessons
from autograder.files.course import Course


@pytest.mark.slow
def test_a_lesson_is_run_without_a_word_of_its_kernel(tmp_path, capfd):
    """`make site` prints a line for each page: what a kernel warns of is none."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1 + 1)")])
    (tmp_path / "one").mkdir()
    nbformat.write(notebook, tmp_path / "one" / "one.ipynb")
    executed, problem = run_release(SimpleNamespace(release=lambda name: tmp_path / name / f"{name}.ipynb"), "one")
    assert problem == "" and executed.cells[0].outputs[0].text == "2\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("lesson", lessons())
def test_every_formula_of_a_lesson_becomes_mathml(lesson):
    exporter = MathMLExporter()
    for cell in nbformat.read(Course.at().release(lesson), as_version=4).cells:
        if cell.cell_type == "markdown":
            exporter.text(cell.source)
    assert exporter.unread == []


@pytest.mark.parametrize("lesson", lessons())
def test_every_table_of_a_lesson_becomes_one(lesson):
    """A bar within a formula ends a cell for some readers of Markdown, and then no row of the table is one."""
    for cell in nbformat.read(Course.at().release(lesson), as_version=4).cells:
        if cell.cell_type == "markdown":
            shown = re.sub(r"<(pre|code)\b.*?</\1>", "", MathMLExporter().text(cell.source), flags=re.DOTALL)
            assert re.findall(r"^\s*\|.*\|\s*$", shown, re.MULTILINE) == [], cell.source[:80]


def test_a_formula_that_cannot_be_read_is_told_and_code_stays_code():
    exporter = MathMLExporter()
    shown = exporter.text("`$x$`, $x^$, $\\sin x$ and $\\nonsense x$\n\n$$\\begin{aligned} y &= x^2 \\end{aligned}$$")
    assert exporter.unread == ["x^", "\\nonsense x"]
    assert "<code>$x$</code>" in shown and "<code>x^</code>" in shown and shown.count("<math") == 3


def test_no_line_of_a_page_begins_with_the_mark_after_a_formula():
    """A browser may break a line on both sides of a formula, as of a picture: brackets and full stops are tied to it."""
    shown = MathMLExporter().text("At $x = 1$. And ($y$), then $z$ alone.\n\n$$w$$.")
    assert shown.count('<span style="white-space:nowrap">') == 2
    tied = [part.split("</span>")[0] for part in shown.split('<span style="white-space:nowrap">')[1:]]
    assert tied[0].endswith("</math>.") and tied[1].startswith("(<math") and tied[1].endswith("</math>),")


def _module() -> bytes:
    """Two functions, `ours` gives 1 and `scipy_thing` gives 2, a byte of data, and their names."""
    import wasmtime

    wasm = bytes(
        wasmtime.wat2wasm(
            '(module (memory (export "memory") 1) (data (i32.const 0) "x") (func $f (export "f") (result i32) i32.const 1) '
            '(func $g (export "g") (result i32) i32.const 2))'
        )
    )
    content = b"\x04name\x01" + bytes([1 + 2 + 4 + 2 + 11]) + b"\x02\x00\x04ours\x01\x0bscipy_thing"
    return wasm + b"\x00" + bytes([len(content)]) + content


def test_a_module_without_what_is_not_shipped_runs_as_before_and_traps_elsewhere():
    wasmtime = pytest.importorskip("wasmtime")
    small = smaller(_module(), re.compile("scipy"), data=False)
    assert b"scipy" not in small and len(small) < len(_module())
    store = wasmtime.Store()
    found = wasmtime.Instance(store, wasmtime.Module(store.engine, small), []).exports(store)
    assert found["f"](store) == 1
    with pytest.raises(wasmtime.Trap, match="unreachable"):
        found["g"](store)
    assert found["memory"].read(store, 0, 1) == b"\x00"
    kept = wasmtime.Instance(store, wasmtime.Module(store.engine, smaller(_module(), re.compile("boost"), data=True)), []).exports(store)
    assert kept["g"](store) == 2 and kept["memory"].read(store, 0, 1) == b"x"


def test_a_whole_site_keeps_nothing_of_an_earlier_one(tmp_path, monkeypatch):
    """The worker of the site would keep it for every visitor."""
    some = tmp_path / "some.js"
    some.write_text("// a part")
    monkeypatch.setattr("autograder.exercises.lessons", dict)
    monkeypatch.setattr(site.npm, "fetch", lambda package: some)
    for name, result in (("write_workplace", {}), ("write_keeper", None), ("answers_on", [])):
        monkeypatch.setattr(site.workplace, name, lambda *_, result=result: result)
    left = [tmp_path / "site" / name for name in ("03_renamed.html", "assets/engine/older.bin")]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("of an earlier build")
    build_site(tmp_path, only="01_")
    assert all(path.exists() for path in left), "a part of the site leaves the others as they are"
    for _ in range(2):
        build_site(tmp_path)
        assert sorted(path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.*")) == sorted(
            ["index.html", *(f"assets/{name}" for name in (*site.ASSETS, "course.css", "dark.css"))]
        )


def test_no_class_is_styled_by_two_sheets():
    """A page has all three style sheets: one name in two of them gave every explorer the white ground of a plot."""
    root = Path(__file__).resolve().parents[2]
    sheets = ["explorers/widgets/explorer.css", "autograder/course/page/page.css", "autograder/learner/ask.css"]
    styled = [set(re.findall(r"\.(eta-[a-z-]+)", (root / sheet).read_text(encoding="utf-8"))) for sheet in sheets]
    assert all(styled)
    for one, other in itertools.combinations(styled, 2):
        assert not one & other
