"""The pages of `make site`, from the disk and with the network off: live explorers, mathematics, a way to the next lesson."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lab import Slider

from autograder.course import npm
from autograder.course.site import LIMIT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("PICTURES")  # a folder: keep screenshots there, to be looked at


def test_jupyters_widgets_say_in_ascii_what_they_said(site):
    """One other letter, and a browser holds the whole script in twice the memory."""
    ours = (site / "assets" / "widgets.js").read_bytes().decode("ascii")
    plain = lambda text: re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text).encode("utf-16", "surrogatepass")
    assert plain(ours) == plain(npm.fetch(npm.WIDGETS).read_text(encoding="utf-8"))


LIVE = [("01_derivative", "secant", "|h|"), ("02_numerical_derivative", "step", "h"), ("09_gradient_descent", "eta", "η · λ")]


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, color_scheme="light")
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


@pytest.mark.parametrize("lesson, explorer, label", LIVE)
def test_the_slider_is_live_without_kernel_and_network(page, site, lesson, explorer, label):
    page.goto((site / f"{lesson}.html").as_uri())
    image = page.locator(f".eta-{explorer} [role=img]").first
    image.wait_for()
    page.wait_for_timeout(500)
    told, drawn, read = (
        image.get_attribute("aria-label"),
        image.inner_html(),
        page.locator(f".eta-{explorer} .eta-readout").first.inner_text(),
    )
    slider = Slider(page, label, f".eta-{explorer}")
    slider.press("ArrowRight", 3)
    page.wait_for_timeout(300)
    image = page.locator(f".eta-{explorer} [role=img]").first
    assert image.get_attribute("aria-label") != told and image.inner_html() != drawn
    assert page.locator(f".eta-{explorer} .eta-readout").first.inner_text() != read
    assert slider.handle.get_attribute("aria-label") == label
    hidden = page.locator(f".eta-{explorer} .eta-presets")
    assert hidden.count() == 0 or not hidden.first.is_visible()
    controls = page.locator(f".eta-{explorer} .eta-controls").first
    assert controls.locator("> :visible").count() == 1, "only what works without a kernel is shown"
    assert "JupyterLab" in controls.evaluate("e => getComputedStyle(e, '::after').content"), "and where the others are"


# The weakest contrast of the letters on the page with the background behind them, and the words that have it.
CONTRAST = """() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const v = c.slice(0, 3).map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
                       return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0.9) return c; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement;
    if (!node.textContent.trim() || !e.checkVisibility() || e.closest('script, style')) continue;
    const style = getComputedStyle(e), back = light(behind(e.closest('svg')?.parentElement || e)), fore = light(rgb(e.closest('svg') ? style.fill : style.color));
    found.push([(Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05), node.textContent.trim().slice(0, 40), e.className + '']);
  }
  return found.sort((a, b) => a[0] - b[0]).slice(0, 5);
}"""


@pytest.mark.parametrize("name", ["index", "09_gradient_descent"])
def test_a_page_is_legible_in_a_dark_and_in_a_light_colour_scheme(page, site, name):
    page.goto((site / f"{name}.html").as_uri())
    if name != "index":
        page.locator(".eta-eta [role=img]").first.wait_for()
        page.locator("math").first.wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor") not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
        assert dark == (scheme == "dark")
        faint = [found for found in page.evaluate(CONTRAST) if found[0] < 4.5]
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"site-{name}-{scheme}.png"), full_page=True)
        assert faint == []


def test_a_page_is_small_has_mathematics_and_leads_on(page, site):
    for path in site.glob("*.html"):
        assert path.stat().st_size < LIMIT, path.name
        assert "BEGIN SOLUTION" not in path.read_text(encoding="utf-8")
    page.goto((site / "09_gradient_descent.html").as_uri())
    drawn = page.locator("math").first.bounding_box()
    assert drawn["width"] > 5 and drawn["height"] > 5
    assert "$" not in page.locator(".jp-MarkdownCell").first.inner_text()
    page.locator(".eta-eta [role=img]").first.wait_for()  # its scripts are there: leaving before that ends their loading
    assert page.locator("nav a[rel=prev]").first.get_attribute("href").startswith("08_")
    page.goto((site / "index.html").as_uri())
    assert page.locator("table.course tbody tr").count() >= 10
    page.get_by_role("link", name="01 The derivative").click()
    page.locator(".eta-secant [role=img]").first.wait_for()
