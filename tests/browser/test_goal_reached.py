"""A goal is recognised by the explorer itself, in JupyterLab and on a page without Python; its line changes once, and stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lab import Slider, code_notebook

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES")  # a folder: keep screenshots there, to be looked at

# Counts how often the text of the goal's live region changes: each change is spoken once.
COUNT = """() => { const goal = document.querySelector('.eta-eta .eta-goal'); window.spoken = 0;
  new MutationObserver(all => { if (all.some(m => goal.contains(m.target) && !m.target.closest?.('[aria-hidden]'))) spoken += 1; })
    .observe(goal, {subtree: true, childList: true, characterData: true}); }"""


def reaches_and_stays(page, slider) -> None:
    goal = page.locator(".eta-eta .eta-goal")
    assert goal.get_attribute("role") == "status" and "Reached." not in goal.inner_text()
    page.evaluate(COUNT)
    slider.press("ArrowRight", 13)  # 0.2 to 0.85, where three steps leave 1.1e-5
    page.wait_for_timeout(400)
    assert "Reached." not in goal.inner_text()
    slider.press("ArrowRight", 1)
    goal.get_by_text("Reached.").wait_for()
    assert "✓" in goal.inner_text() and page.evaluate("spoken") == 1
    slider.press("ArrowRight", 8)
    slider.press("ArrowLeft", 6)  # away, and over the goal once more
    page.wait_for_timeout(400)
    assert "Reached." in goal.inner_text() and page.evaluate("spoken") == 1


def test_a_goal_in_jupyterlab(lab):
    with lab.open(
        code_notebook("from explorers import eta_explorer\neta_explorer()", "from autograder import predict\npredict('eta')")
    ) as page:
        page.run_all()
        page.page.locator(".eta-eta [role=img]").first.wait_for()
        page.settle()
        reaches_and_stays(page.page, Slider(page.page, "η · λ", ".eta-eta"))
        assert page.console_errors == []
        if PICTURES:
            for dark in (False, True):
                page.use_theme(dark)
                page.page.get_by_role("button", name="sometimes").click()
                page.page.locator(".eta-eta").first.scroll_into_view_if_needed()
                page.screenshot(Path(PICTURES) / f"goal-{'dark' if dark else 'light'}.png")


@pytest.mark.slow
def test_a_goal_on_a_page_without_python(browser, site):
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, color_scheme=scheme)
        context.set_offline(True)
        page = context.new_page()
        page.goto((site / "09_gradient_descent.html").as_uri())
        page.locator(".eta-eta [role=img]").first.wait_for()
        page.wait_for_timeout(500)
        reaches_and_stays(page, Slider(page, "η · λ", ".eta-eta"))
        if PICTURES:
            page.locator(".eta-ask").first.get_by_role("button", name="sometimes").click()
            page.locator(".eta-ask").first.scroll_into_view_if_needed()
            page.screenshot(path=Path(PICTURES) / f"site-{scheme}.png")
        context.close()
