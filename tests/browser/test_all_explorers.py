"""Every explorer in one notebook: the first control and a slow one by keyboard and mouse, the picture follows, its text is the scene's."""

from __future__ import annotations

import pytest
import seeds
from axe import findings
from lab import LAYERS_AND_CUTS, Slider, code_notebook
from scenes import NAMES, SCENES
from test_in_view import LETTERS

pytestmark = pytest.mark.browser

PANEL = "from autograder import check, progress\nfrom autograder.exercises import exercises\n" \
        "def secant_line(f, x, h):\n    return (f(x + h) - f(x)) / h, f(x)\ncheck(secant_line)"  # fmt: skip


@pytest.fixture(scope="module")
def page(lab):
    notebook = code_notebook(*(f"from explorers import {name}\n{name}()" for name in NAMES), PANEL)
    with lab.open(notebook, height=1400) as page:
        page.run_all()
        page.settle(3000)
        yield page


def cell(page, name: str):
    """The explorer called `name` on the page, scrolled to (JupyterLab draws only what is near)."""
    page.page.evaluate(
        """async i => { const n = jupyterapp.shell.currentWidget.content; n.activeCellIndex = i; await n.scrollToItem(i, 'start'); }""",
        NAMES.index(name),
    )
    box = page.page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{NAMES.index(name)}'] .eta-explorer")
    box.locator("[role=img]").first.wait_for(timeout=20_000)
    return box


def labels(box) -> list[str]:
    return [image.get_attribute("aria-label") for image in box.locator("[role=img]").all()]


def wait_until(page, box, wanted: list[str], seconds: float = 15) -> None:
    for _ in range(int(seconds * 33)):
        if labels(box) == wanted:
            return
        page.page.wait_for_timeout(30)
    assert labels(box) == wanted


@pytest.mark.parametrize("name", list(SCENES) if seeds.MANY else list(SCENES)[seeds.one() % 2 :: 2])
def test_controls_move_the_picture_and_the_words(page, name):
    """The first control and a slow one, by keyboard and by mouse: of every other explorer, others with each seed, and of all in `make thorough`.

    All of them stand on the page; the tests below look at each, and tests/explorers hold what the scripts are given to every scene.
    """
    scene, box, before = SCENES[name], cell(page, name), len(page.console_errors)
    first, state = scene.controls[0], dict(scene.start)
    assert labels(box) == list(scene.describe().labels)
    at = list(first.values).index(first.start)
    step = 1 if at + 2 < len(first.values) else -1
    presses = min(2, len(first.values) - 1)
    if first.kind == "toggle":
        box.locator(".widget-toggle-buttons").first.locator("button").nth(at + step * presses).click()
    else:
        fast = Slider(page.page, 0, box)
        fast.press("ArrowRight" if step > 0 else "ArrowLeft", presses)
    state[first.name] = first.values[at + step * presses]
    wait_until(page, box, list(scene.describe(**state).labels))
    shown = [b.text_content() for b in box.locator(".eta-screen .eta-cell b").all()]  # two to be seen, the rest folded
    assert sorted(shown) == sorted(text for _, _, text in scene.describe(**state).cells)
    assert sum(b.is_visible() for b in box.locator(".eta-screen .eta-cell b").all()) == min(2, len(shown))
    if first.kind == "toggle":
        moved = first.values[by_keyboard(page, box, first, at + step * presses)]
    else:
        fast.drag(0.0 if at > len(first.values) / 2 else 1.0, steps=5)
        moved = first.values[round(float(fast.handle.get_attribute("aria-valuenow")))]
        assert fast.text == first.text(moved)
    assert moved != state[first.name]
    state[first.name] = moved
    wait_until(page, box, list(scene.describe(**state).labels))

    if len(scene.controls) > 1:
        slow = scene.controls[1]
        now = list(slow.values).index(slow.start)
        for move in (by_keyboard, by_mouse):
            now = move(page, box, slow, now)
            state[slow.name] = slow.values[now]
            wait_until(page, box, list(scene.describe(**state).labels))
    assert page.console_errors[before:] == []


def by_keyboard(page, box, control, now: int) -> int:
    """Set a control, the second slider or the first of its kind, one value on (after the last comes the first); return which value it has now."""
    after = (now + 1) % len(control.values)
    if control.kind == "slider":
        Slider(page.page, 1, box).press("ArrowRight" if after else "Home")
    elif control.kind == "menu":
        box.locator("select").first.focus()
        page.page.keyboard.press("ArrowDown" if after else "Home")
    else:
        box.locator(".widget-toggle-buttons").first.locator("button").nth(after).focus()
        page.page.keyboard.press("Enter")
    return after


def by_mouse(page, box, control, now: int) -> int:
    """The same by mouse; the list of a menu is the browser's own, and Playwright chooses from it."""
    after = (now + 1) % len(control.values)
    if control.kind == "slider":
        slider = Slider(page.page, 1, box)
        slider.drag(0.0 if now else 1.0, steps=5)
        return round(float(slider.handle.get_attribute("aria-valuenow")))
    if control.kind == "menu":
        box.locator("select").first.select_option(index=after)
    else:
        box.locator(".widget-toggle-buttons").first.locator("button").nth(after).click()
    return after


def test_no_finding_of_axe(page):
    # every cell at once on the page, whether it is near or not: axe walks through the page once and not once for each
    page.page.evaluate(
        """() => { const n = jupyterapp.shell.currentWidget.content; n.notebookConfig = {...n.notebookConfig, windowingMode: 'none'}; }"""
    )
    page.page.wait_for_function("n => document.querySelectorAll('.jp-Notebook .eta-explorer').length === n", arg=len(NAMES))
    page.page.locator(".jp-OutputArea [role=status]").first.wait_for()
    ours = (".jp-Notebook .eta-explorer", ".jp-OutputArea [role=status]")
    assert findings(page.page, *ours) == []
    page.use_theme(True)
    assert findings(page.page, *ours, colours=True) == []


def test_nothing_is_cut_on_a_narrow_page(page):
    page.page.set_viewport_size({"width": 768, "height": 1400})
    page.settle(1000)
    found = {}
    for name in NAMES:
        cell(page, name)
        found[name] = page.page.evaluate(LAYERS_AND_CUTS)
    assert {name: what for name, what in found.items() if what} == {}
    assert page.page.evaluate(LETTERS) >= 11
