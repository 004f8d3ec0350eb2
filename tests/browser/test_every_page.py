"""Every page of the site, for everybody: axe-core in both themes, a phone's width, a finger's controls, and on paper."""

from __future__ import annotations

import pytest
from axe import findings

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READY = """() => document.readyState === 'complete' &&
  [...document.querySelectorAll('.jp-CodeCell:not([hidden]) .jp-InputArea-editor')].every(e => e.querySelector('.cm-editor'))"""

# A slider is there a moment before the script that names it; one that is never named ends the test here.
NAMED = "() => [...document.querySelectorAll('.noUi-handle')].every(e => e.getAttribute('aria-label'))"

# Controls that are smaller than a finger; a link within a sentence has the sentence around it.
SMALL = """() => [...document.querySelectorAll('a[href], button, select, summary, input:not([type=file]), [role=slider], [role=radio]')]
  .filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true]') && getComputedStyle(e).display !== 'inline')
  .filter(e => {
    const {width, height} = e.getBoundingClientRect(), more = getComputedStyle(e, '::after');  // a handle's reach is its ::after
    const reach = side => more.content === 'none' ? 0 : parseFloat(more[side]) || 0;
    return Math.max(width, reach('width')) < 43.9 || Math.max(height, reach('height')) < 43.9;
  })
  .map(e => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`)"""
# What sticks out of the page.
WIDE = "() => [document.documentElement.scrollWidth, innerWidth]"
# What a printer cannot do anything with, or would cut.
ON_PAPER = """() => {
  const shown = e => e.checkVisibility();
  const found = [...document.querySelectorAll('nav.course, #eta-bar, .eta-bar, .eta-controls, .eta-presets, button:not(.eta-ask *)')].filter(shown)
    .map(e => 'is printed: ' + (e.className || e.tagName));
  for (const code of document.querySelectorAll('.jp-InputArea-editor, .jp-InputArea-editor pre, .cm-scroller, .cm-content, .jp-OutputArea-output pre'))
    if (shown(code) && code.scrollWidth > code.clientWidth + 1) found.push('is cut: ' + code.textContent.trim().slice(0, 60));
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser, served):
    """A page with everything but Python, which needs half a minute and changes none of this."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, color_scheme="light")
    context.route("**/python.wasm.bin", lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_every_page_is_for_everybody(page, served, site):
    """Of what `make test` builds; of all lessons in `make thorough`."""
    found = []
    for path in sorted(site.glob("*.html")):
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.emulate_media(color_scheme="light", media="screen")
        page.goto(f"{served}/{path.name}")
        page.wait_for_function(READY)
        if page.locator(".jupyter-widgets").count():
            page.locator(".eta-explorer [role=img], .eta-ask").first.wait_for()
        page.wait_for_function(NAMED)
        wrong = findings(page)
        page.emulate_media(color_scheme="dark")
        wrong += findings(page, colours=True)
        page.emulate_media(media="print", color_scheme="light")
        wrong += page.evaluate(ON_PAPER)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 390, "height": 844})
        wide, width = page.evaluate(WIDE)
        wrong += [f"{wide} pixels wide on a screen of {width}"] if wide > width else []
        wrong += [f"smaller than a finger: {one}" for one in page.evaluate(SMALL)]
        found += [f"{path.name}: {one}" for one in wrong]
    assert not found, "\n".join(found)
