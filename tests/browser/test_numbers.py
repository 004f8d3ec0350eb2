"""Numbers in the text of a page move the picture below: every section has one, by mouse, by keyboard, from the disk; and notebooks show them plainly."""

from __future__ import annotations

import nbformat
import pytest
from lab import code_notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOVED = """([id, was]) => document.getElementById(id).querySelector('.eta-screen').innerHTML !== was"""


@pytest.fixture(scope="module")
def page(browser):
    """A page that is opened from a disk, without Python and without a network."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_offline(True)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    assert page.wrong == []
    context.close()


def opened(page, path):
    """The numbers of a lesson's page, once each has found its picture."""
    page.goto(path.as_uri())
    page.wait_for_function(
        "() => [...document.querySelectorAll('.eta-number')].every(one => one.getAttribute('role') === 'slider')", timeout=60_000
    )
    return page.locator(".eta-number")


def picture(page, number):
    """What the number's picture and words are, and the value of its first slider."""
    cell = page.locator(f'[id="{number.get_attribute("data-cell")}"] .eta-explorer').first
    return cell.locator(".eta-screen").inner_html(), cell.locator("[role=slider]").first.get_attribute("aria-valuetext")


def test_every_number_of_every_page_moves_its_picture(page, site):
    """Of the pages that `make test` builds; of all in `make thorough`. By keyboard, one step and back."""
    for path in sorted(site.glob("[0-9]*.html")):
        numbers = opened(page, path)
        assert numbers.count() == path.read_text(encoding="utf-8").count('class="eta-number"'), path.name
        for number in numbers.all():
            start, (was, value) = number.text_content(), picture(page, number)
            assert value == start and number.get_attribute("aria-valuetext") == start, (path.name, start)
            assert number.get_attribute("aria-label").endswith("of the picture below")
            at, last = (int(number.get_attribute(f"aria-value{which}")) for which in ("now", "max"))
            number.focus()
            page.keyboard.press("ArrowRight" if at < last else "ArrowLeft")
            page.wait_for_function(MOVED, arg=[number.get_attribute("data-cell"), was])
            assert number.text_content() == picture(page, number)[1] != start, (path.name, start)
            page.keyboard.press("ArrowLeft" if at < last else "ArrowRight")
            page.wait_for_function("([one, text]) => one.textContent === text", arg=[number.element_handle(), start])


def test_a_number_is_dragged_and_its_slider_moves_it_too(page, site):
    number = opened(page, site / "01_derivative.html").first
    number.scroll_into_view_if_needed()
    box = number.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 200, box["y"] + 4, steps=8)
    page.mouse.up()
    dragged = float(number.text_content())
    assert dragged < 0.3 and picture(page, number)[1] == number.text_content()
    for key, wanted in (("End", "3"), ("Home", "0.001")):
        number.focus()
        page.keyboard.press(key)
        page.wait_for_function("([one, text]) => one.textContent === text", arg=[number.element_handle(), wanted])
    # and the other way round: the slider is moved, the number says it
    page.locator(".eta-secant [role=slider]").first.focus()
    page.keyboard.press("End")
    page.wait_for_function("([one, text]) => one.textContent === text", arg=[number.element_handle(), "3"])


def test_a_notebook_shows_the_number_alone(lab):
    notebook = code_notebook("1 + 1")
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("The step is $h =$ 0.1<!-- drag --> at first."))
    with lab.open(notebook) as shown:
        text = shown.page.locator(".jp-MarkdownOutput").first
        text.wait_for()
        assert "0.1 at first." in text.inner_text() and "drag" not in text.inner_text()
