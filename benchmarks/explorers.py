"""Slider to painted picture, in a real browser: every control of every explorer beside `interact` + inline with the same drawing.

    python benchmarks/explorers.py [--steps 40] [--only TEXT]

A step is one key press on a control; the clock starts at the browser's keydown event and stops when the frame with the new
picture has been painted. The steps go through all values of a control and back, so the first visit to a value counts. A drag
is 60 key presses, one a frame: how many pictures a second reach the screen, and is the last one that of the slider? The first
row is a slider without any picture: what the page and the machine take for themselves. Needs Chromium. Ends with 1 when a bar
is missed: for the sliders of h and η p95 < 25 ms and ten times faster than `interact` (p50), for all others p95 < 100 ms and
three times faster.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from lab import CHROMIUM_FLAGS, chromium_path, code_notebook, running_lab  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from scenes import NAMES, SCENES, maker  # noqa: E402

# the explorers whose first control is h, η, or is instant for the same reason; their bar, and that of all other controls
INSTANT = ("secant_explorer", "microscope", "step_error_explorer", "eta_explorer", "float_ruler")
BAR, SLOW_BAR = (25, 10), (100, 3)

BARE = 'import ipywidgets\nipywidgets.SelectionSlider(options=list(range(40)), value=20, description="bare")'
# the same drawings of any scene: a new figure at every event
INTERACT_SCENE = """%matplotlib inline
import matplotlib.pyplot as plt, ipywidgets
from {module} import {scene}
scene = {scene}()
def show(**at):
    state = {{c.name: c.values[at[c.name]] for c in scene.controls}}
    charts, width = scene.charts(state), 0
    total, height = sum(p.width for p in charts), max(p.height for p in charts)
    figure, axes = plt.figure(figsize=(total / 72, height / 72), dpi=72), []
    for chart in charts:
        axes.append(chart.axes(figure, width / total, chart.width / total))
        width += chart.width
    scene.draw_still(axes, state); scene.draw(axes, state)
    plt.show()
    told = scene.describe(**state)
    print("; ".join(f"{{n}} {{t}}" for _, n, t in told.cells)); print(told.sentence)
ipywidgets.interact(show, **{{c.name: ipywidgets.IntSlider(list(c.values).index(c.start), 0, len(c.values) - 1) for c in scene.controls}})
"""

# Notes the time of every painted picture. What counts as a picture: the texts of the explorer's images and its numbers, the
# file of the inline image, decoded, or what the bare slider says. A page shows one notebook after the other: what watched the one before ends.
WATCH = """() => {
  window.eta?.end();
  const w = window.eta = {key: 0, painted: [], last: null};
  const explorer = document.querySelector('.eta-explorer'), image = document.querySelector('.jupyter-widgets img');
  const now = () => {
    const e = [...document.querySelectorAll('.eta-explorer [role=img]')], i = document.querySelector('.jupyter-widgets img');
    if (explorer) return e.map(x => x.getAttribute('aria-label')).join() + (e.length ? document.querySelector('.eta-sentence')?.parentElement.textContent : '');
    return i ? i.src : image ? null : document.querySelector('.widget-readout')?.textContent; };
  const after = () => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => w.painted.push(performance.now()); c.port2.postMessage(0); });
  w.last = now();
  const pressed = () => { w.key = performance.now(); };
  addEventListener('keydown', pressed, true);
  const watch = new MutationObserver(() => {
    const seen = now();
    if (!seen || seen === w.last) return;
    w.last = seen;
    const picture = document.querySelector('.jupyter-widgets img');
    image && picture ? picture.decode().then(after, after) : after();
  });
  w.end = () => { watch.disconnect(); removeEventListener('keydown', pressed, true); };
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'aria-label']});
}"""


class Walk:
    """One control of the page, moved by keys through all its values and back: up from where it is, then down."""

    def __init__(self, page, box):
        self.page, self.box = page, box
        names = box.get_attribute("class")
        self.kind = "slider" if "widget-slider" in names else "menu" if "widget-dropdown" in names else "toggle"
        if self.kind == "slider":
            self.handle = box.locator("[role=slider]").first
            low, high, at = (float(self.handle.get_attribute(f"aria-value{x}")) for x in ("min", "max", "now"))
            self.last, self.at = round(high - low), round(at - low)
        elif self.kind == "menu":
            self.handle = box.locator("select")
            self.last, self.at = self.handle.evaluate("e => [e.options.length - 1, e.selectedIndex]")
        else:
            self.handle = box.locator("button")
            self.last = self.handle.count() - 1
            self.at = next((i for i in range(self.last + 1) if "mod-active" in self.handle.nth(i).get_attribute("class")), 0)
        self.up, self.start, self.name = True, self.at, box.locator(".widget-label").first.inner_text().strip()

    def step(self):
        """One value further. What is pressed is one key, and the clock hears it."""
        if not 0 <= self.at + (1 if self.up else -1) <= self.last:
            self.up = not self.up
        self.at += 1 if self.up else -1
        if self.kind == "toggle":
            self.handle.nth(self.at).focus()
            self.page.keyboard.press("Enter")
        else:
            self.handle.focus()
            self.page.keyboard.press({"slider": ("ArrowLeft", "ArrowRight"), "menu": ("ArrowUp", "ArrowDown")}[self.kind][self.up])

    def go(self, place):
        """To the value number `place`, and wait until everything is drawn."""
        while self.at != place:
            self.up = self.at < place
            self.step()
            self.page.wait_for_timeout(50)
        self.page.wait_for_timeout(800)


def measure(page, walk, steps):
    """The milliseconds of each step, and how many had no picture within three seconds."""
    times, lost = [], 0
    for _ in range(steps):
        page.page.evaluate("() => { window.eta.painted = []; }")
        walk.step()
        try:
            page.page.wait_for_function("() => window.eta.painted.length > 0", timeout=3000, polling=10)
        except Exception:
            lost += 1
            continue
        page.page.wait_for_timeout(180)  # a reader's pause
        times.append(page.page.evaluate("() => window.eta.painted[0] - window.eta.key"))
    return times, lost


def drag(page, walk):
    """60 key presses, one a frame: pictures a second, pictures, and whether the slider stands where it stood."""
    down, up = walk.at, walk.last - walk.at
    keys, swing = (("ArrowLeft", "ArrowRight"), min(15, down)) if down > up else (("ArrowRight", "ArrowLeft"), min(15, up))
    before = walk.box.locator(".widget-readout").inner_text()
    walk.handle.focus()
    start = page.page.evaluate("() => { window.eta.painted = []; return performance.now(); }")
    for i in range(60 // (2 * swing) * 2 * swing):
        page.page.keyboard.press(keys[i // swing % 2])
        page.page.wait_for_timeout(12)
    page.settle(1500)
    painted = page.page.evaluate("() => window.eta.painted")
    rate = len(painted) / ((painted[-1] - start) / 1000) if painted else 0.0
    return f"{rate:.0f} | {len(painted)}", walk.box.locator(".widget-readout").inner_text() == before


def quiet_names(scene, control):
    """Whether two neighbouring values of a scene's control look alike: then no picture is no event lost."""
    told = [scene.describe(**{control.name: value}) for value in control.values]
    return any(a == b for a, b in zip(told, told[1:]))


class Table:
    """Prints a row for each control, and remembers which bars were missed."""

    def __init__(self):
        self.missed, self.slow = [], []
        print("| control | p50 ms | p95 ms | lost steps | pictures/s in a drag | of 60 presses | end state right | × interact |")
        print("|---|---|---|---|---|---|---|---|")

    def row(self, name, times, lost, dragged=("–", True), rival=None, bar=None, alike=False):
        """One control; `rival` is the p50 of `interact`."""
        p50, p95 = (statistics.median(times), statistics.quantiles(times, n=20)[-1]) if len(times) > 1 else (float("nan"), float("inf"))
        faster = rival / p50 if rival else None
        pictures = dragged[0] if "|" in dragged[0] else "– | –"
        print(
            f"| {name} | {p50:.0f} | {p95:.0f} | {lost}{' (alike)' if alike and lost else ''} | {pictures} | {dragged[1]} | {f'{faster:.1f}' if faster else ''} |",
            flush=True,
        )
        if bar and (lost and not alike or not dragged[1] or not faster >= bar[1]):
            self.missed.append(f"{name}: wanted {bar[1]} × interact, no step lost, the right end state")
        if bar and p95 >= bar[0]:
            self.slow.append(f"{name}: wanted p95 < {bar[0]} ms, not {p95:.0f}")
        return p50


def rival_of(name):
    """The code of `interact` with the drawings of an explorer."""
    return INTERACT_SCENE.format(module=maker(name).__module__, scene=maker(name).__name__)


def measure_explorer(lab, table, name, steps):
    """`interact` with the drawings of the explorer, then each of its controls."""
    with lab.open(code_notebook(rival_of(name))) as page:
        page.run_all()
        page.settle(2000)
        page.page.evaluate(WATCH)
        times, lost = measure(page, Walk(page.page, page.page.locator(".widget-interact .widget-slider").first), 12)
        rival = table.row(f"{name} · interact", times, lost)
    with lab.open(code_notebook(f"from explorers import {name}\n{name}()")) as page:
        page.run_all()
        page.settle(2500)
        page.page.evaluate(WATCH)
        boxes = page.page.locator(".eta-controls > :is(.widget-slider, .widget-dropdown, .widget-toggle-buttons)").all()
        walks = [Walk(page.page, box) for box in boxes]
        for i, walk in enumerate(walks):
            alike = name in SCENES and quiet_names(SCENES[name], SCENES[name].controls[i])
            walks[0].go(walks[0].start)
            if i and measure(page, walk, 2)[1] == 2:  # a control that changes nothing yet at the first one's start does at its end
                walks[0].go(walks[0].last)
            times, lost = measure(page, walk, steps)
            dragged = drag(page, walk) if walk.kind == "slider" else ("–", True)
            walk.go(walk.start)  # the next control is measured there
            table.row(f"{name} · {walk.name}", times, lost, dragged, rival, BAR if i == 0 and name in INSTANT else SLOW_BAR, alike)
        if page.console_errors:
            table.missed.append(f"{name}: the console says {page.console_errors[0]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--only", default="", help="explorers whose name contains this, or one of these with commas between them")
    arguments = parser.parse_args()
    if arguments.steps < 20:
        parser.error(f"{arguments.steps} steps have no p95; take 20 or more")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        with running_lab(browser, folder) as lab:
            table = Table()
            with lab.open(code_notebook(BARE)) as page:
                page.run_all()
                page.settle(2000)
                page.page.evaluate(WATCH)
                table.row(
                    "a bare slider, its number only",
                    *measure(page, Walk(page.page, page.page.locator(".widget-slider").first), arguments.steps),
                )
            for name in NAMES:
                if any(part in name for part in arguments.only.split(",")):
                    measure_explorer(lab, table, name, arguments.steps)
        browser.close()
    # On a machine that is busy with something else only ratios mean anything.
    load, cores = os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0, os.cpu_count()
    busy = load > 1.2 * cores
    print(f"load {load:.1f} on {cores} cores" + (": too busy to judge milliseconds" if busy else ""))
    print("\n".join(table.missed + table.slow) or "all bars held")
    return 1 if table.missed or (table.slow and not busy) else 0


if __name__ == "__main__":
    sys.exit(main())
