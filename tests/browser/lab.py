"""A real JupyterLab in headless Chromium, for the tests of notebooks and explorers.

    def test_lesson(lab, tmp_path):                  # lab: one running JupyterLab for the whole test run
        with lab.open(notebook) as page:             # a notebook (path or nbformat node), copied into the server's folder
            page.run_all()                           # waits for the last reply; raises on an error output unless told not to
            page.slider("|h|").press("ArrowLeft")    # by its label; also .value, .text, .drag(fraction)
            assert page.console_errors == []

The fixtures `browser` and `lab` stand in conftest.py; a benchmark uses `running_lab` itself.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
GET_CHROMIUM = (
    "Chromium is missing. Install it with `apt-get install chromium` (Debian, Ubuntu) or `playwright install chromium`, "
    "or name one in the environment variable CHROMIUM."
)

# What is cut, overlaps or lies in the wrong place in the explorers on the page, as a list of sentences.
LAYERS_AND_CUTS = """() => {
  const found = [];
  for (const root of document.querySelectorAll('.eta-explorer')) {
    const bounds = root.getBoundingClientRect();
    if (root.scrollWidth > root.clientWidth + 1) found.push('wider than its place: ' + root.scrollWidth + ' > ' + root.clientWidth);
    const rows = [...root.querySelectorAll('.eta-panels')].map(p => [...p.children].map(s => s.getBoundingClientRect()));
    for (const row of rows) row.forEach((r, i) => {
      const first = rows[0][i];
      if (Math.abs(r.x - first.x) + Math.abs(r.y - first.y) + Math.abs(r.width - first.width) > 0.5) found.push('a layer is out of place');
      if (r.width < 200 || r.right > bounds.right + 1) found.push('a panel is cut: ' + r.width);
    });
    for (const text of root.querySelectorAll('.eta-panel text')) {
      const t = text.getBoundingClientRect(), s = text.closest('.eta-panel').getBoundingClientRect();
      if (t.left < s.left - 1 || t.right > s.right + 1 || t.top < s.top - 1 || t.bottom > s.bottom + 1) found.push('cut: ' + text.textContent);
    }
    for (const p of root.querySelectorAll('.eta-sentence')) if (p.clientHeight > 3.1 * parseFloat(getComputedStyle(p).fontSize)) found.push('three lines: ' + p.innerText);
    for (const cell of root.querySelectorAll('.eta-cell')) if (cell.scrollWidth > cell.clientWidth) found.push('a read-out is cut: ' + cell.textContent);
  }
  return found;
}"""


def chromium_path():
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing(why):
    """In CI a browser test that does not run is a test that failed; on a learner's machine it is a hint."""
    import pytest

    (pytest.fail if os.environ.get("CI") else pytest.skip)(why)


@contextmanager
def running_lab(browser, folder, options=("--ServerApp.jpserver_extensions=explorers.server=True",)):
    """A JupyterLab on a free port whose whole state lies in `folder`; ended by its own process id when the block ends."""
    folder = Path(folder)
    home = {
        name: str(folder / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    notebooks = folder / "notebooks"
    for path in (*home.values(), notebooks):
        Path(path).mkdir(parents=True, exist_ok=True)
    _write_settings(
        Path(home["JUPYTERLAB_SETTINGS_DIR"]), "apputils-extension", "notification", {"fetchNews": "false", "checkForUpdates": False}
    )
    port, token = free_port(), secrets.token_hex(16)
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", "--allow-root", "--ip=127.0.0.1"]
    command += ["--JupyterNotebookApp.expose_app_in_browser=True"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={notebooks}"]
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen([*command, *options], env={**os.environ, **home, "PYTHONPATH": path}, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_server(f"{url}/api/status?token={token}", process, folder / "server.log")
            yield Lab(browser, url, token, notebooks, Path(home["JUPYTERLAB_SETTINGS_DIR"]))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


class Lab:
    """A running JupyterLab. A page that was loaded once is used again: loading it costs more than all that most tests do on it."""

    def __init__(self, browser, url, token, folder, settings):
        self.browser, self.url, self.token, self.folder, self.settings = browser, url, token, folder, settings
        self._free: dict[str, list[NotebookPage]] = {}

    @contextmanager
    def open(self, notebook, width=1280, height=1000, dark=False, name=None, app="doc/tree"):
        """`notebook` (a path or an nbformat node) alone on a page, its kernel ready and new; document and kernel end with the block.

        `app` "notebooks" opens it in Notebook 7, which the same server brings.
        """
        name = name or f"{secrets.token_hex(4)}.ipynb"
        if isinstance(notebook, (str, Path)):
            notebook = nbformat.read(notebook, as_version=4)
        nbformat.write(notebook, self.folder / name)
        free = self._free.setdefault(app, [])
        if free:
            page = free.pop()
            page.page.set_viewport_size({"width": width, "height": height})
            page.use_theme(dark)
            page.show(name)
        else:
            _write_settings(self.settings, "apputils-extension", "themes", {"theme": f"JupyterLab {'Dark' if dark else 'Light'}"})
            page = NotebookPage(self.browser.new_page(viewport={"width": width, "height": height}))
            page.goto(f"{self.url}/{app}/{name}?token={self.token}&reset")
        try:
            yield page
        finally:
            if page.leave() and app == "doc/tree":
                free.append(page)
            else:
                page.page.close()


def code_notebook(*cells):
    """A notebook node of these code cells."""
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c) for c in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


class NotebookPage:
    """A notebook in the browser: run it, move its controls, read what it shows. `page` is Playwright's own object."""

    READY = """async () => {
        await jupyterapp.restored;
        const panel = jupyterapp.shell.currentWidget;
        const kernel = panel && panel.sessionContext && panel.sessionContext.session && panel.sessionContext.session.kernel;
        return !!kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle';
    }"""

    def __init__(self, page):
        self.page, self.console_errors = page, []
        page.on("console", lambda m: self.console_errors.append(f"{m.text} {m.location.get('url', '')}") if m.type == "error" else None)
        page.on("pageerror", lambda e: self.console_errors.append(str(e)))

    def goto(self, url):
        self.page.goto(url)
        self.page.wait_for_function("() => window.jupyterapp !== undefined", timeout=60_000)
        self._wait_for_kernel()

    def show(self, name):
        """Open the notebook called `name` on this page, which shows none."""
        self.page.evaluate("async name => { await jupyterapp.commands.execute('docmanager:open', {path: name}); }", name)
        self._wait_for_kernel()

    def _wait_for_kernel(self):
        deadline = time.monotonic() + 90
        # The page's own mark for "idle" comes before the kernel answers; ask the connection itself.
        while not self.page.evaluate(self.READY):
            if time.monotonic() > deadline:
                raise TimeoutError("the notebook's kernel did not become ready within 90 s")
            time.sleep(0.1)
        self.console_errors.clear()  # what JupyterLab itself says while it starts is not ours

    def leave(self) -> bool:
        """End the kernel and close the document, unsaved; whether the page is there and empty now."""
        try:
            return self.page.evaluate(
                """async () => {
                    const panel = jupyterapp.shell.currentWidget;
                    await panel.sessionContext.shutdown();
                    panel.dispose();
                    return document.querySelectorAll('.jp-Notebook, .jp-Dialog').length === 0;
                }"""
            )
        except Exception:  # the page may be gone already; the server ends its kernels with itself
            return False

    def run_all(self, allow_errors=False):
        """Run all cells, wait for the last reply. Returns the errors in the outputs as (cell, name, value)."""
        self.page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells'); }")
        errors = self.page.evaluate(
            """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, i) =>
                (cell.model.toJSON().outputs || []).filter(o => o.output_type === 'error').map(o => [i, o.ename, o.evalue]))"""
        )
        if errors and not allow_errors:
            raise AssertionError(f"errors in the outputs: {errors}")
        return errors

    def outputs(self, cell):
        """The outputs of cell number `cell`, as in the file."""
        return self.page.evaluate("i => jupyterapp.shell.currentWidget.content.widgets[i].model.toJSON().outputs || []", cell)

    def python(self, code):
        """The text of the value of an expression in the notebook's kernel."""
        return self.page.evaluate(
            """async code => {
                const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({code: '', user_expressions: {v: code}, store_history: false});
                const value = (await future.done).content.user_expressions.v;
                return value.status === 'ok' ? value.data['text/plain'] : value.ename + ': ' + value.evalue;
            }""",
            code,
        )

    def run_cell(self, place):
        """Run the cell number `place` alone, as somebody does who stays in it."""
        self.page.evaluate(
            """async place => {
                jupyterapp.shell.currentWidget.content.activeCellIndex = place;
                await jupyterapp.commands.execute('notebook:run-cell');
            }""",
            place,
        )

    def slider(self, label, within=".jp-OutputArea"):
        return Slider(self.page, label, within)

    def button(self, label, within=".jp-OutputArea"):
        return self.page.locator(f"{within} button", has_text=label).first

    def text(self, selector):
        return self.page.locator(selector).first.inner_text()

    def use_theme(self, dark):
        """JupyterLab's dark or light theme, there when this returns."""
        self.page.evaluate(
            "async theme => { await jupyterapp.commands.execute('apputils:change-theme', {theme}); }",
            f"JupyterLab {'Dark' if dark else 'Light'}",
        )
        self.page.wait_for_function("dark => document.body.dataset.jpThemeLight === String(!dark)", arg=dark)

    def settle(self, milliseconds=400):
        self.page.wait_for_timeout(milliseconds)

    def screenshot(self, path, selector=None):
        target = self.page.locator(selector).first if selector else self.page
        target.screenshot(path=str(path))


class Slider:
    """An ipywidgets slider, found by the label beside it, or by its number inside a locator."""

    def __init__(self, page, label, within):
        self.page = page
        if isinstance(label, int):
            self.box = (page.locator(within) if isinstance(within, str) else within).locator(".widget-slider").nth(label)
            self.handle = self.box.locator("[role=slider]").first
            return
        labels = page.locator(f"{within} .widget-slider .widget-label")
        self.box = page.locator(f"{within} .widget-slider").filter(has=labels.get_by_text(label, exact=True)).first
        if self.box.count() == 0:
            self.box = page.locator(f"{within} .widget-slider", has=page.locator(".widget-label", has_text=label)).first
        self.handle = self.box.locator("[role=slider]").first

    @property
    def text(self):
        """What its read-out says."""
        return self.box.locator(".widget-readout").inner_text().strip()

    @property
    def value(self):
        return float(self.text.replace("\u2212", "-"))

    def press(self, key, times=1):
        self.handle.focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def drag(self, fraction, steps=12):
        """Drag the handle with the mouse to this fraction of the track."""
        self.box.scroll_into_view_if_needed()
        track, start = self.box.locator(".noUi-base").bounding_box(), self.handle.bounding_box()
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(track["x"] + fraction * track["width"], track["y"] + track["height"] / 2, steps=steps)
        self.page.mouse.up()


def _write_settings(folder, extension, plugin, settings):
    path = folder / "@jupyterlab" / extension / f"{plugin}.jupyterlab-settings"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_server(url, process, log, seconds=90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"JupyterLab did not answer within {seconds} s:\n{log.read_text()[-3000:]}")
