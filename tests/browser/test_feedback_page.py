"""A feedback page in a real browser: readable on a telephone, in both themes, to everybody, and nothing in it runs or asks the network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe import findings

from autograder.engine.report import CheckStatus, Finding, Marked, Report, Sheet, Status
from autograder.exercises import lesson
from autograder.gradebook.feedback_page import Feedback, Why, page
from autograder.gradebook.final_scores import FinalScore

ROOT = Path(__file__).resolve().parents[2]
LESSON = "05_jacobian"  # it has the widest formulas
EVIL = "<img src=x onerror='window.ran=1'><script>window.ran=1</script> [x](javascript:alert(1)) $\\text{<b onclick=alert(1)>}$"
pytestmark = [pytest.mark.slow, pytest.mark.browser]


def feedback() -> Feedback:
    """The feedback of somebody with answers of every kind, and a hostile text."""
    known = lesson(LESSON)
    cells = json.loads((ROOT / "solutions" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        cell["source"] = "".join(cell["source"])
    cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": EVIL})
    wrong = [
        Finding("value", "the value is right", CheckStatus.FAIL, "f(1.0)", "2", "3", "It is another number."),
        Finding("b", "more", CheckStatus.SKIP),
    ]
    told = [
        {"status": Status.RIGHT},
        {"status": Status.WRONG, "findings": wrong, "mistake": "rows", "diagnosis": "Your rows are `columns`."},
        {"status": Status.WRONG, "findings": wrong, "place": Marked("Look at line 3.", [(3, "    return " + "x + " * 60 + "1")])},
        {"status": Status.NOT_ATTEMPTED},
        {"status": Status.TIMEOUT},
    ]
    reports = {
        name: Report(name, each.points, each.points if index % 5 == 0 else 0.0, **told[index % 5])
        for index, (name, each) in enumerate(known.exercises.items())
    }
    most = {name: report.max_points for name, report in reports.items()} | {"reflection": 2.0}
    score = FinalScore(
        "ada",
        "graded",
        sum(most.values()),
        None,
        by_cell={name: r.points for name, r in reports.items()} | {"reflection": None},
        max_by_cell=most,
    )
    comments = {next(iter(reports)): f"Nearly. {EVIL}"}
    return Feedback(
        LESSON,
        "ada",
        "Ada <b>Adams",
        Why.GRADED,
        known,
        lesson("06_generalized_jacobian"),
        Sheet(LESSON, "ada", reports=reports),
        score,
        cells=cells,
        comments=comments,
    )


@pytest.mark.parametrize("theme, width", [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("why", [Why.GRADED, Why.UNREADABLE])
def test_a_page_is_readable_to_everybody_and_runs_nothing(browser, tmp_path, theme, width, why):
    told = feedback()
    told.why = why
    told.detail = "this is no notebook (it is not JSON); save it again in Jupyter"
    (tmp_path / "page.html").write_text(page(told), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    shown, asked = context.new_page(), []
    shown.on("request", lambda request: asked.append(request.url))
    try:
        shown.goto((tmp_path / "page.html").as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out"
        assert shown.evaluate("window.ran") is None and len(asked) == 1, asked
        if why is Why.GRADED:
            shown.click("text=Your notebook >> nth=0")
            first = shown.locator("math").first
            assert first.bounding_box()["width"] > 5, "a formula is drawn"
            shown.click(f'a[href="#check-{next(iter(told.sheet.reports))}"] >> nth=0')
            assert shown.evaluate("document.querySelector(location.hash).getBoundingClientRect().top") < 900, "the list leads to the panel"
        assert findings(shown) == []
    finally:
        context.close()
