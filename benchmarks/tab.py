"""How fast a lesson's page answers: from opening to the first named mistake, cold and warm, later checks, Stop, size and memory.

    python benchmarks/tab.py [--site site]

In headless Chromium from this machine, with a profile on the disk as a reader's browser has it, closed between the visits. Later checks are of an
answer that was changed, as a learner's is. The bars: 6 s cold, 3 s warm, checks 100 ms (p95), 5 s from Stop to the names of before, engine 30 MB, memory 300 MB.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

sys.path.insert(0, str(ROOT))

from lab import CHROMIUM_FLAGS, chromium_path  # noqa: E402

from autograder.course.workplace import LOADED  # noqa: E402

WRONG = "def secant_line(f, x, h):\n    m = (f(x + h) - f(x)) / h\n    return m, f(x)\n"
NAMED = "The intercept is the height at t = 0"
CHECKS = 40
WARM = 3  # visits, of which the median counts: a browser that has just begun has other things to do, too


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def first_named(context, address: str):
    """The page, and the seconds from opening it to the first named mistake."""
    page, begun = context.new_page(), time.perf_counter()
    page.goto(f"{address}/01_derivative.html")
    page.locator(
        '[id="cell-id=secant_line"]'
    ).scroll_into_view_if_needed()  # as somebody does who wants to write there: editors are made as they come near
    page.get_by_label("Your code for secant_line").focus(timeout=120_000)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(WRONG)
    page.wait_for_selector("html.eta-ready", timeout=120_000)
    page.keyboard.press("Control+Enter")
    page.locator('[id="cell-id=secant_line"]').get_by_text(NAMED).wait_for(timeout=120_000)
    return page, time.perf_counter() - begun


def later_check(page, n: int) -> float:
    """The milliseconds from pressing Check, after a change that makes no difference, until the mistake is named once more.

    The page says when something changes: one that is asked again and again for its text is laid out as often, and holds 30 MB of that.
    """
    page.get_by_label("Your code for secant_line").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f"# {n}\n")
    page.wait_for_timeout(300)  # nobody is faster; by then the image of the check before is taken
    return page.evaluate(
        """(named) => new Promise((done) => {
          const cell = document.getElementById('cell-id=secant_line'), begun = performance.now();
          const look = () => cell.textContent.includes(named) && done(performance.now() - begun);
          cell.querySelector('.eta-check').click();
          new MutationObserver(look).observe(cell, { subtree: true, childList: true, characterData: true });
        })""",
        NAMED,
    )


def back_after_stop(page) -> float:
    """The seconds from pressing Stop, in a call that never returns, until a cell has used a name from before it."""

    def run(name: str, source: str) -> None:
        page.get_by_label(f"Your code for {name}").focus(timeout=120_000)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(source)
        page.keyboard.press("Shift+Enter")

    told = page.locator('[id="cell-id=one_sided"] .jp-Cell-outputArea')
    run("tangent_line", "kept = 41\n")
    page.locator('[id="cell-id=tangent_line"]:not([aria-busy])').wait_for(timeout=120_000)
    page.wait_for_timeout(1000)  # its image is taken
    run("secant_line", "10**10**9\n")
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.wait_for(timeout=120_000)
    begun = time.perf_counter()
    stop.click()
    # the cells above are run once more, and that one among them: without it
    page.get_by_text("was stopped; your names are as they were").first.wait_for(timeout=120_000)
    page.locator('[id="cell-id=secant_line"]').get_by_role("button", name="Reset").click()
    run("one_sided", "print(kept + 1)\n")
    told.get_by_text("42", exact=True).wait_for(timeout=120_000)
    return time.perf_counter() - begun


def memory(context) -> tuple[float, float]:
    """The megabytes of the process that holds the page and its Python (Linux): as it is, and once the page's garbage is collected, which the browser does when it likes.

    Counted is what is the process's own, and its share of what processes share.
    """
    if sys.platform != "linux":
        return float("nan"), float("nan")
    before, page = _held(context.browser), context.new_cdp_session(context.pages[-1])
    page.send("HeapProfiler.enable")
    page.send("HeapProfiler.collectGarbage")
    return before, _held(context.browser)


def _held(chromium) -> float:
    found = chromium.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [Path(f"/proc/{one['id']}/smaps_rollup").read_text(encoding="ascii") for one in found if one["type"] == "renderer"]
    return max(int(re.search(r"^Pss: +(\d+) kB", text, re.M)[1]) for text in sizes) / 1000


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="what `make site` built")
    site = parser.parse_args().site
    if not (site / "sw.js").exists():
        print(f"{site} holds no pages; run  make site  first")
        return 1
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    engine = sum((site / "assets" / "engine" / part).stat().st_size for part in LOADED)
    with sync_playwright() as driver, tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as profile:

        def browser():
            return driver.chromium.launch_persistent_context(profile, executable_path=chromium_path(), args=CHROMIUM_FLAGS)

        context = browser()
        page, cold = first_named(context, address)
        page.wait_for_timeout(8000)  # what is kept for the next visit is kept
        took = [later_check(page, n) for n in range(CHECKS)]
        held = [memory(context)]
        context.close()
        visits = []
        for _ in range(WARM):
            context = browser()
            page, seconds = first_named(context, address)
            visits.append(seconds)
            page.wait_for_timeout(8000)
            if len(visits) < WARM:
                context.close()
        warm = statistics.median(visits)
        held.append(memory(context))
        back = back_after_stop(page)
        context.close()
    server.shutdown()
    took.sort()
    print(f"engine, compressed           {engine / 1e6:6.1f} MB   (bar 30)")
    print(f"first named mistake, cold    {cold:6.1f} s    (bar 6)")
    print(f"first named mistake, warm    {warm:6.1f} s    (bar 3; {min(visits):.1f} to {max(visits):.1f})")
    print(f"later checks, median         {statistics.median(took):6.0f} ms")
    print(f"later checks, p95            {took[int(0.95 * len(took))]:6.0f} ms   (bar 100)")
    print(f"back after Stop              {back:6.1f} s    (bar 5)")
    for visit, (before, after) in zip(("first", "second"), held):
        print(
            f"memory at the {visit} visit   {after:6.0f} MB   (bar 300; {before:.0f} with garbage that the browser has not collected yet)"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
