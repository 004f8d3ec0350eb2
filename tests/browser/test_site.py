"""The pages of `make site`, from the disk and with the network off: live explorers, mathematics, a way to the next lesson."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lab import Slider, missing

from autograder.course.site import LIMIT, build_site
from autograder.course.web import NoWeb

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
BUILT = os.environ.get("SITE")  # a folder with a site that was built already: saves its minute


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages of lessons 01 and 09, built from this repository into a folder of their own."""
    if BUILT:
        return Path(BUILT)
    root = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "build"):
        (ROOT / name).mkdir(exist_ok=True)
        (root / name).symlink_to(ROOT / name)
    try:
        assert build_site(root, only="01_") + build_site(root, only="09_") == []
    except NoWeb as problem:
        missing(str(problem))
    return root / "site"


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_offline(True)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("requestfailed", lambda r: page.wrong.append(f"asked for {r.url}"))
    page.on("request", lambda r: page.wrong.append(f"asked the network for {r.url}") if r.url.startswith("http") else None)
    yield page
    assert page.wrong == []
    context.close()


@pytest.mark.parametrize("lesson, explorer, label", [("01_derivative", "secant", "|h|"), ("09_gradient_descent", "eta", "η · L")])
def test_the_slider_is_live_without_kernel_and_network(page, site, lesson, explorer, label):
    page.goto((site / f"{lesson}.html").as_uri())
    image = page.locator(f".eta-{explorer} [role=img]").first
    image.wait_for()
    page.wait_for_timeout(500)
    told, drawn, read = image.get_attribute("aria-label"), image.inner_html(), page.locator(f".eta-{explorer} .eta-readout").first.inner_text()
    slider = Slider(page, label, f".eta-{explorer}")
    slider.press("ArrowRight", 3)
    page.wait_for_timeout(300)
    image = page.locator(f".eta-{explorer} [role=img]").first
    assert image.get_attribute("aria-label") != told and image.inner_html() != drawn
    assert page.locator(f".eta-{explorer} .eta-readout").first.inner_text() != read
    assert slider.handle.get_attribute("aria-label") == label
    hidden = page.locator(f".eta-{explorer} .eta-presets")
    assert hidden.count() == 0 or not hidden.first.is_visible()
    assert page.locator(f".eta-{explorer} .eta-controls > :visible").count() == 1, "only what works without a kernel is shown"


def test_a_page_is_small_has_mathematics_and_leads_on(page, site):
    for path in site.glob("*.html"):
        assert path.stat().st_size < LIMIT, path.name
        assert "BEGIN SOLUTION" not in path.read_text(encoding="utf-8")
    page.goto((site / "09_gradient_descent.html").as_uri())
    page.locator("mjx-container svg").first.wait_for()
    assert page.locator("mjx-merror").count() == 0
    assert page.locator("nav a[rel=prev]").first.get_attribute("href").startswith("08_")
    page.goto((site / "index.html").as_uri())
    assert page.locator("table.course tbody tr").count() >= 10
    page.get_by_role("link", name="01").click()
    page.locator(".eta-secant [role=img]").first.wait_for()
