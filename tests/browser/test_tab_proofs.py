"""What a page promises: no work is lost, Python fits in, every lesson runs in it, everybody can read it, and `grade` gives the same points."""

from __future__ import annotations

import random
import re
import sys

import pytest
import seeds
from axe import findings
from test_tab import LESSON, NAME, SLOW, WRONG, Tab, context, right  # noqa: F401

from autograder.exercises import lessons
from autograder.files.course import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RELOADS = 200 if seeds.MANY else 10
# Chromium frees what half-begun engines held when the tab is closed, not before: 60 reloads within a minute or two would fill its memory
IN_ONE_TAB = 8
MEMORY = 300  # MB


def test_a_reload_at_any_moment_loses_no_letter(context, served):  # noqa: F811
    rng = random.Random(seeds.one())
    tab = Tab(context, served)
    written = ""
    for n in range(RELOADS):
        if n and n % IN_ONE_TAB == 0:
            tab.page.wait_for_load_state()  # Playwright waits for ever for the end of a tab that closes while it changes its page
            tab.page.close()
            tab = Tab(context, served)
        editor = tab.page.get_by_label(f"Your code for {NAME}")
        editor.focus(timeout=SLOW)
        if n:
            assert editor.inner_text().rstrip("\n") == written, f"reload {n}"
        tab.page.keyboard.press("Control+a")
        written = f"def {NAME}(f, x, h):  # {n} {rng.random()}"
        tab.page.keyboard.insert_text(written)
        tab.page.wait_for_timeout(rng.choice((0, 0, 5, 30, 200)))
        if rng.random() < 0.3:  # a cell that runs meanwhile makes no difference
            tab.page.keyboard.press("Shift+Enter")
        tab.page.reload(wait_until="commit")
    assert tab.page.get_by_label(f"Your code for {NAME}").inner_text(timeout=SLOW).rstrip("\n") == written


@pytest.mark.skipif(
    not seeds.MANY, reason="other tests' pages share this browser: `make thorough` asks it in one of its own, and benchmarks/tab.py"
)
@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")
def test_page_and_python_fit_into_memory(browser, context, served):  # noqa: F811
    from pathlib import Path

    tab = Tab(context, served).ready()
    tab.write(NAME, WRONG)
    for _ in range(10):
        tab.press(NAME, "Check")
        tab.page.wait_for_selector(f'[id="cell-id={NAME}"]:not([aria-busy])')
    session = context.new_cdp_session(tab.page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [Path(f"/proc/{one['id']}/smaps_rollup").read_text(encoding="ascii") for one in processes if one["type"] == "renderer"]
    assert max(int(re.search(r"^Pss: +(\d+) kB", text, re.M)[1]) for text in sizes) / 1000 < MEMORY


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_finding_of_axe_on_a_page_at_work(context, served, scheme):  # noqa: F811
    tab = Tab(context, served)
    tab.page.emulate_media(color_scheme=scheme)
    tab.ready()
    tab.write(NAME, WRONG)
    tab.press(NAME, "Check")
    tab.says(NAME, "The intercept is the height")
    tab.press(NAME, "Hint")
    tab.says(NAME, "1 of 3:")
    tab.write("tangent_line", "undefined\n")
    tab.press("tangent_line", "Run")
    tab.says("tangent_line", "NameError")
    tab.cell("look-code-1").scroll_into_view_if_needed()
    tab.page.locator(".eta-live .eta-secant").wait_for(timeout=SLOW)
    assert findings(tab.page) == []


NO_ROOM = (
    "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded'); };\n"
)


def test_without_memory_for_python_a_page_says_so(context, served):  # noqa: F811
    def poor(route):
        route.fulfill(response=(got := route.fetch()), body=NO_ROOM + got.text())

    context.route("**/worker.js", poor)
    tab = Tab(context, served)
    tab.page.get_by_text("There is not enough memory for Python here").wait_for(timeout=SLOW)
    tab.page.locator(".eta-secant [role=img]").first.wait_for(timeout=SLOW)


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")
def test_grade_gives_what_the_page_gave(context, served, right, tmp_path):  # noqa: F811
    from autograder.judge.grade import Judge
    from autograder.judge.sandbox import levels

    tab = Tab(context, served).ready()
    tab.write(NAME, right)
    tab.press(NAME, "Check")
    tab.says(NAME, "2 of 2 points")
    tab.write("tangent_line", "def tangent_line(f, df, x):\n    return 0.0, 0.0\n")
    tab.press("tangent_line", "Check")
    tab.says("tangent_line", "0 of 2 points")
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Save as notebook").click()
    download.value.save_as(tmp_path / f"{LESSON}.ipynb")
    with Judge(Course.at().root, levels.best()) as judge:
        sheet = judge.grade(tmp_path / f"{LESSON}.ipynb", LESSON, "somebody")
    assert {name: report.points for name, report in sheet.reports.items() if report.points} == {NAME: 2.0}
    assert sheet.points == 2.0


def _built(site) -> list[str]:
    return [name for name in lessons() if (site / f"{name}.html").exists()]


@pytest.mark.parametrize("lesson", lessons())
def test_a_lesson_runs_from_top_to_bottom(context, served, site, lesson):  # noqa: F811
    """As JupyterLab runs it: no error but an exercise that is not written yet; pictures are pictures."""
    if lesson not in _built(site):
        pytest.skip("`make thorough` builds all pages; SITE names a folder that has them")
    tab = Tab(context, served, lesson).ready()
    cells = tab.page.evaluate("() => [...document.querySelectorAll('.jp-CodeCell:not([hidden])')].map((cell) => cell.id)")
    for cell in cells:
        node = tab.page.locator(f'[id="{cell}"]')
        run = node.get_by_role("button", name="Run", exact=True)
        if not run.count():
            continue  # a prediction: its buttons are answers
        run.click(timeout=SLOW)
        tab.page.wait_for_function("(id) => !document.getElementById(id).hasAttribute('aria-busy')", arg=cell, timeout=SLOW)
        errors = [text for text in node.locator(".eta-error").all_inner_texts() if "NotImplementedError" not in text]
        assert errors == [], (cell, errors[0][-900:])
        for picture in node.locator("img.eta-plot").all():
            assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100, cell
    assert tab.wrong == []
