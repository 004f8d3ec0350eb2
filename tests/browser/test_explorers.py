"""The explorers in a real browser: keyboard, mouse, read-outs against NumPy, names for screen readers, nothing cut."""

import re

import numpy as np
import pytest
from lab import LAYERS_AND_CUTS, code_notebook

from explorers.gallery import chain, momentum_map, mse, slices
from explorers.gallery.secant import scene

pytestmark = pytest.mark.browser

NOTEBOOK = code_notebook(
    "from explorers import microscope, secant_explorer\nsecant = secant_explorer(h=0.1)\nsecant",
    "lens = microscope()\nlens",
)


@pytest.fixture(scope="module")
def page(lab):
    with lab.open(NOTEBOOK, height=1400) as page:
        page.run_all()
        page.page.wait_for_selector(".eta-secant [role=img]")
        page.page.wait_for_selector(".eta-microscope [role=img]")
        page.settle()  # until the last cell has been drawn, and its script listens
        for name in ("secant", "microscope"):  # the numbers that are folded stay open from picture to picture
            page.page.locator(f".eta-{name} .eta-screen summary").click()
        page.settle()
        yield page


def numbers(page, name):
    """The read-out of an explorer as {name: float}."""
    cells = page.page.locator(f".eta-{name} .eta-screen .eta-cell")
    pairs = (cells.nth(i).inner_text().split("\n") for i in range(cells.count()))
    return {k.strip(): float(v.replace("\u2212", "-").rstrip("% ")) for k, v in pairs}


def alt(page, name):
    return page.page.locator(f".eta-{name} [role=img]").first.get_attribute("aria-label")


def picture(page, name):
    return page.page.locator(f".eta-{name} [role=img]").first.inner_html()


def press(page, button):
    page.button(button, ".eta-explorer").click()
    page.settle()


def assert_secant(page, x, h):
    told = numbers(page, "secant")
    slope = (np.polyval([2, 0, 0, 5], x + h) - np.polyval([2, 0, 0, 5], x)) / h
    error = slope - 6 * x**2
    wanted = {"h": h, "secant slope": slope, "tangent slope": 6 * x**2, "error": error, "error/h": error / h}
    assert told == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def test_python_draws_no_step_that_the_script_has_shown(page):
    """What Python puts on the screen ends in a numbered comment; a prepared stop has none."""

    def from_python():
        return "<!--" in page.page.locator(".eta-secant .eta-screen").inner_html()

    page.slider("x").press("Home")
    page.settle(200)
    assert from_python(), "a far x: what is prepared is near the old one"
    page.settle(2500)
    page.slider("|h|").press("ArrowLeft", 3)
    page.settle()
    assert not from_python()
    press(page, "from the left")
    page.settle(2500)
    page.button("h > 0", ".eta-secant").click()
    page.settle()
    assert not from_python()


def test_h_by_keyboard_changes_picture_and_read_out(page):
    press(page, "x = 1, h = 0.1")
    assert_secant(page, 1, 0.1)
    before = picture(page, "secant")
    page.slider("|h|").press("ArrowLeft", 10)
    page.settle()
    assert page.slider("|h|").value == 0.01
    assert_secant(page, 1, 0.01)
    assert picture(page, "secant") != before


def test_h_by_mouse_the_last_stop_always_arrives(page):
    for fraction, h in ((0.0, 0.001), (1.0, 3.0)):
        page.slider("|h|").drag(fraction)
        page.settle()
        assert_secant(page, 1, h)
        slider = "secant.widget.children[1].children[0]"
        assert float(page.python(f"{slider}.options[{slider}.index][0]").strip("'")) == h


def test_the_marker_is_dragged_and_the_slider_follows(page):
    """The point x + h on the curve, by mouse: to the left of x too, where the sign changes; then the arrow keys go on from there."""
    press(page, "x = 1, h = 0.1")
    page.settle(1500)
    box = page.page.locator(".eta-secant .eta-screen .eta-panel").first.bounding_box()
    chart = scene().charts(scene().start)[0]

    def place(x):  # of a point of the curve, on the page
        px, py = (v[0] * box["width"] / chart.width for v in chart.to_pixels([x], [2 * x**3 + 5]))
        return box["x"] + px, box["y"] + py

    page.page.mouse.move(*place(1.1))
    page.page.mouse.down()
    for h in (1.2, -1.5):
        page.page.mouse.move(*place(1 + h), steps=8)
        page.settle(300)
        assert_secant(page, 1, h)
        assert page.slider("|h|").value == abs(h)
    page.page.mouse.up()
    page.page.mouse.move(*place(1.5))  # let go
    page.page.keyboard.press("ArrowLeft")
    page.settle()
    assert_secant(page, 1, -1.2)


def test_x_by_keyboard_and_mouse_then_all_stops_are_new(page):
    press(page, "x = 1, h = 0.1")
    page.slider("x", ".eta-secant").press("ArrowLeft", 8)
    page.settle(1500)
    assert_secant(page, 0.6, 0.1)
    page.slider("|h|").press("End")
    page.settle()
    assert_secant(page, 0.6, 3.0)
    page.slider("x", ".eta-secant").drag(0.0, steps=40)
    page.settle(1500)
    assert_secant(page, -1.5, 3.0)


def test_sign_and_presets(page):
    press(page, "x = 1, h = 0.1")
    press(page, "h < 0")
    assert_secant(page, 1, -0.1)
    press(page, "nearly there")
    page.settle(1500)
    assert_secant(page, 1, 0.001)
    press(page, "a lucky h")
    page.settle(1500)
    assert_secant(page, 1, -3.0)
    assert "lucky" in page.text(".eta-secant .eta-sentence")


def test_microscope(page):
    page.slider("zoom").press("End")
    page.settle()
    told = numbers(page, "microscope")
    assert told["zoom"] == 10_000
    assert told["slope, right"] == pytest.approx(3.0003, rel=1e-5)
    page.page.locator(".eta-microscope select").select_option(label="|x| at 0")
    page.settle(1500)
    told = numbers(page, "microscope")
    assert (told["slope, left"], told["slope, right"], told["zoom"]) == (-1, 1, 10_000)
    page.slider("zoom").press("ArrowLeft", 5)
    page.settle()
    assert numbers(page, "microscope")["slope, left"] == -1
    assert "|x| at 0" in alt(page, "microscope")


def test_the_zoom_is_a_film_that_ends_at_its_end_and_where_the_reader_ends_it(page):
    page.slider("zoom").press("Home")
    play = page.page.get_by_role("button", name="Play zoom")
    told = alt(page, "microscope")
    play.click()
    page.page.wait_for_function("was => document.querySelector('.eta-microscope [role=img]').getAttribute('aria-label') !== was", arg=told)
    page.page.get_by_role("button", name="Pause").click()
    at = numbers(page, "microscope")["zoom"]
    page.settle()
    assert numbers(page, "microscope")["zoom"] == at > 1
    play.click()
    play.wait_for(timeout=15_000)  # it says so when it is through
    assert numbers(page, "microscope")["zoom"] == 10_000


def test_every_control_has_a_name_and_says_its_value(page):
    press(page, "x = 1, h = 0.1")
    handles = page.page.locator(".eta-explorer [role=slider]")
    assert handles.count() == 3
    for i in range(3):
        box = handles.nth(i).locator("xpath=ancestor::*[contains(@class, 'widget-slider')]")
        assert handles.nth(i).get_attribute("aria-label") == box.locator(".widget-label").inner_text().strip()
        assert handles.nth(i).get_attribute("aria-valuetext") == box.locator(".widget-readout").inner_text().strip()
    group = page.page.locator(".eta-explorer [role=group][aria-label=sign]")
    assert group.locator("button[aria-pressed=true]").inner_text() == "h > 0"
    page.page.get_by_label("curve", exact=True).select_option(label="x³ at 1")
    for label in page.page.locator(".eta-explorer [role=img]").all():
        assert re.search(r"\d", label.get_attribute("aria-label"))


def test_tab_reaches_the_controls_in_the_order_in_which_they_stand(page):
    page.slider("|h|").handle.focus()
    seen = []
    for _ in range(10):
        seen.append(page.page.evaluate("() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"))
        page.page.keyboard.press("Tab")
    assert seen == [
        "|h|",
        "h > 0",
        "h < 0",
        "x",
        "x = 1, h = 0.1",
        "from the left",
        "nearly there",
        "x = 0",
        "a lucky h",
        "more numbers",
    ]


def test_the_sentence_is_said_when_the_reader_has_come_to_rest(page):
    press(page, "x = 1, h = 0.1")
    page.slider("|h|").press("Home")
    page.settle(1200)
    assert page.page.locator(".eta-secant .eta-said").inner_text() == page.text(".eta-secant .eta-sentence")


def test_nothing_jumps(page):
    """The explorer is as high at every stop as at the first."""
    press(page, "x = 1, h = 0.1")
    heights = set()
    page.slider("|h|").press("Home")
    for _ in range(36):
        page.settle(40)
        heights.add(round(page.page.locator(".eta-secant").bounding_box()["height"]))
        page.slider("|h|").press("ArrowRight")
    assert len(heights) == 1


CONTRAST = """() => {
  const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
                       return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const back = light(getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor);
  return [...document.querySelectorAll('.eta-panel[aria-hidden] text, .eta-cell span, .eta-cell b, .eta-sentence')].map(e => {
    const style = getComputedStyle(e), fore = light(e.closest('svg') ? style.fill : style.color);
    return (Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05); }).reduce((a, b) => Math.min(a, b));
}"""


@pytest.mark.parametrize("width, dark", [(768, True), (768, False), (1280, True), (1280, False)])  # the last is the page as it was
def test_nothing_is_cut_and_all_is_legible(page, width, dark):
    page.page.set_viewport_size({"width": width, "height": 1400})
    page.use_theme(dark)
    page.settle(800)
    for key, times in (("Home", 1), ("PageUp", 3), ("End", 1)):
        for slider in ("|h|", "zoom"):
            page.slider(slider).press(key, times)
        for side in ("h < 0", "h > 0"):
            press(page, side)
            assert page.page.evaluate(LAYERS_AND_CUTS) == []
    assert page.page.evaluate(CONTRAST) >= 4.5


def test_no_console_error(page):
    assert page.console_errors == []


def test_the_h_slider_needs_no_kernel(page):
    """The last test of this page: it ends the kernel."""
    press(page, "x = 1, h = 0.1")
    page.settle(1500)
    page.page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")
    page.slider("|h|").press("ArrowLeft", 10)
    page.settle()
    assert_secant(page, 1, 0.01)


# What stands on the screen, and what a picture drawn anew would be there: what is unfolded, and the note of who drew it, aside.
SAME_AS = """([name, html]) => {
  const fresh = document.createElement('template'), shown = document.querySelector(`.eta-${name} .eta-screen`).cloneNode(true);
  fresh.innerHTML = html;
  shown.querySelectorAll('details').forEach(e => e.removeAttribute('open'));
  if (shown.lastChild.nodeType === Node.COMMENT_NODE) shown.lastChild.remove();
  const [a, b] = [shown, fresh.content].map(one => [...one.childNodes]);
  return a.length === b.length && a.every((one, i) => one.isEqualNode(b[i]));
}"""
# All that is prepared beside the store.
SHELVES = "name => document.querySelectorAll(`.eta-${name} .eta-shelf template[data-stop]`).length"


def shows(page, name, scene, state):
    page.page.wait_for_function(SAME_AS, arg=[name, scene.stop(state)], timeout=10_000)


def test_every_step_shows_what_python_would_draw_and_the_nearest_need_no_kernel(lab):
    """Slider, menu and toggle: the script changes what differs, from whatever stood there before; the last steps are taken after the kernel's end."""
    scenes = {"chain": chain.scene(), "mse": mse.scene()}
    states = {name: dict(scene.start) for name, scene in scenes.items()}
    with lab.open(code_notebook(*(f"from explorers import {name}_explorer\n{name}_explorer()" for name in scenes)), height=1500) as page:
        page.run_all()
        for name, scene in scenes.items():
            box, state = page.page.locator(f".eta-{name}"), states[name]
            page.page.wait_for_function(f"name => ({SHELVES})(name) >= 3", arg=name, timeout=10_000)
            shows(page, name, scene, state)
            first, menu = scene.controls[0], next(one for one in scene.controls if one.kind == "menu")
            for key, at in (("End", -1), ("ArrowLeft", -2), ("menu", 1), ("Home", 0), ("menu", 2), ("ArrowRight", 1)):
                if key == "menu":
                    box.locator("select").select_option(index=at)
                    state[menu.name] = menu.values[at]
                else:
                    box.locator("[role=slider]").first.press(key)
                    state[first.name] = first.values[at]
                shows(page, name, scene, state)
        page.settle(1500)
        page.page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")
        places, signs = list(scenes["chain"].controls[1].values), list(scenes["mse"].controls[2].values)
        at, sign = places.index(states["chain"]["x"]), 1 - signs.index(states["mse"]["sign"])
        page.page.locator(".eta-chain [role=slider]").nth(1).press("ArrowRight" if at + 1 < len(places) else "ArrowLeft")
        states["chain"]["x"] = places[at + 1 if at + 1 < len(places) else at - 1]
        page.page.locator(".eta-mse .widget-toggle-buttons button").nth(sign).click()
        states["mse"]["sign"] = signs[sign]
        for name, scene in scenes.items():
            shows(page, name, scene, states[name])


def test_a_marker_moves_the_controls_of_both_axes(lab):
    """On the map of slices x and z follow, and the step h stays; in the momentum map η is prepared and β is not."""
    notebook = code_notebook(*(f"from explorers import {name}\n{name}()" for name in ("slices_explorer", "momentum_map_explorer")))
    with lab.open(notebook, height=1500) as page:
        page.run_all()
        page.settle(2000)
        for name, start, end, wanted in (
            ("slices", (1.0, 1.0), (0.5, -0.7), {"h": "0.2", "x": "0.5", "z": "−0.7"}),
            ("momentum-map", (1.0, 0.5), (2.0, 0.3), {"η · λₘₐₓ": "2", "β": "0.3"}),
        ):
            module = slices if name == "slices" else momentum_map
            chart, box = module.scene().charts(module.scene().start)[0], page.page.locator(f".eta-{name}")
            box.scroll_into_view_if_needed()
            panel = box.locator(".eta-screen .eta-panel").first.bounding_box()
            here = [tuple(float(v[0]) * panel["width"] / chart.width for v in chart.to_pixels([x], [y])) for x, y in (start, end)]
            page.page.mouse.move(panel["x"] + here[0][0], panel["y"] + here[0][1])
            page.page.mouse.down()
            page.page.mouse.move(panel["x"] + here[1][0], panel["y"] + here[1][1], steps=6)
            page.settle(1000)
            page.page.mouse.up()
            for label, value in wanted.items():
                slider = box.get_by_role("slider", name=label, exact=True)
                assert slider.get_attribute("aria-valuetext") == value, (name, label)
