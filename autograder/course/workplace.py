"""What turns the page of a lesson into a place to work: its scripts, the editor, the engine, and the worker that keeps all of it for later."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..writing.exercise import Lesson
from . import engine_parts, npm
from .leaks import leaks_in

_PAGE = Path(__file__).with_name("page")
LOADED = ("python.wasm.bin", "memory.bin", "python.zip.bin", "course.zip.bin")  # before a page can run anything
TAB = "assets/tab"
NUMBERS = "numbers.js"  # in the page itself

# The scripts are modules, which no browser reads from a disk: a page that was opened there says so and stays what it is.
_BOOT = """<link rel="icon" href="data:,">
<link rel="stylesheet" href="{tab}/page.css">
<script type="importmap">{imports}</script>
<script type="application/json" id="eta-page">{page}</script>"""
# Python's thread, before anything else of the page; in a browser that is too old, begin.js says so.
_FIRST = """<script>try { if (location.protocol !== 'file:') { window.etaThread = new Worker('TAB/worker.js', {type: 'module'}); etaThread.postMessage({type: 'load', base: '../engine/'}); } } catch (problem) {}</script>""".replace(
    "TAB", TAB
)
_BAR = """<div id="eta-bar" role="region" aria-label="Your work" hidden><p class="eta-said-here" role="status"></p><progress hidden aria-label="Python"></progress>
<button type="button" class="eta-button eta-stop" hidden>Stop</button><button type="button" class="eta-button eta-save" hidden>Save as notebook</button>
<button type="button" class="eta-button eta-open" hidden>Open a notebook</button><input type="file" accept=".ipynb" hidden aria-label="A notebook of this lesson"><p class="eta-answered" role="status"></p></div>
<script>(function () {
  var bar = document.getElementById('eta-bar'), said = bar.querySelector('p');
  function tell(sentence) { bar.hidden = false; said.textContent = sentence; }
  // A script did not come. Nothing is written in the page yet, so it is opened again, once; begin.js forgets that when all is there.
  window.etaMissing = function () {
    try {
      if (!sessionStorage.getItem('eta:again')) { sessionStorage.setItem('eta:again', 'yes'); location.reload(); return; }
    } catch (problem) { /* it may keep nothing: then it is for the reader to do */ }
    tell('The scripts of this page could not be loaded. You can read here; open the page again to try once more.');
    dispatchEvent(new Event('eta-settled'));
  };
  if (location.protocol === 'file:') tell('To write and check your answers here, open these pages from a web server: in the folder of this page run  python -m http.server');
  else if (!window.HTMLScriptElement || !HTMLScriptElement.supports || !HTMLScriptElement.supports('importmap')) tell('This browser is too old to run Python in a page: Chrome 137, Firefox 131 or Safari 18.4 and newer can. You can read here, and write in JupyterLab.');
  else {
    var script = document.createElement('script');
    script.type = 'module'; script.src = 'TAB/begin.js';
    script.onerror = window.etaMissing;
    document.head.append(script);
  }
})();</script>""".replace("TAB", TAB)


def write_workplace(course: Course, target: Path, lessons: dict[str, Lesson]) -> dict[str, str]:
    """Write into the site `target` what its pages need to run Python; the pieces of a lesson's page by lesson: {name: head}.

    Raises `npm.NoWeb` when a part can be neither found nor fetched, and `wheel.NoWheel`.
    """
    for path in sorted(_PAGE.glob("*.js")) + sorted(_PAGE.glob("*.css")):
        if path.name not in ("sw.js", NUMBERS):
            write_atomically(target / TAB / path.name, path.read_bytes())
    imports = {}
    for name, (version, inside) in npm.EDITOR.items():
        flat = f"{name.strip('@').replace('/', '-')}.js"
        write_atomically(target / TAB / "lib" / flat, npm.fetch((name, version, inside)).read_bytes())
        imports[name] = f"./{TAB}/lib/{flat}"
    for package in npm.WASI:
        write_atomically(target / TAB / "lib" / "wasi" / Path(package[2]).name, npm.fetch(package).read_bytes())
    for package in npm.LICENCES:
        flat = package[0].strip("@").replace("/", "-")
        write_atomically(target / "assets" / "licences" / f"{flat}.txt", npm.fetch(package).read_bytes())
    parts = engine_parts.parts(course)
    for name, data in parts.items():
        write_atomically(target / "assets" / "engine" / name, data)
    for name in lessons:
        write_atomically(target / "notebooks" / f"{name}.ipynb", course.release(name).read_bytes())
    version = hashlib.sha256(b"".join(hashlib.sha256(parts[name]).digest() for name in LOADED)).hexdigest()[:16]
    told = {"version": version, "base": "../engine/", "bytes": sum(len(parts[name]) for name in LOADED)}
    boot = _BOOT.replace("{tab}", TAB).replace("{imports}", json.dumps({"imports": imports}))
    return {name: boot.replace("{page}", _in_html({"lesson": name, "parts": told})) for name in lessons}


def write_keeper(target: Path) -> None:
    """Write the service worker, which keeps every file of the finished site."""
    files = [path for path in sorted(target.rglob("*")) if path.is_file() and path.name != "sw.js" and "licences" not in path.parts]
    version = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:16]
    names = json.dumps([path.relative_to(target).as_posix() for path in files])
    text = (_PAGE / "sw.js").read_text(encoding="utf-8")
    assert "VERSION = '', FILES = []" in text, "sw.js lost the place for its version and files"
    write_atomically(target / "sw.js", text.replace("VERSION = '', FILES = []", f"VERSION = '{version}', FILES = {names}"))


def first() -> str:
    """What a lesson's page begins with."""
    return _FIRST


def last() -> str:
    """What a lesson's page ends with: the numbers in its text, which work without Python and from a disk."""
    return f'<script type="module">{(_PAGE / NUMBERS).read_text(encoding="utf-8")}</script>'


def widgets() -> str:
    """What shows the explorers that a page was built with."""
    return f'<script defer src="{TAB}/prepared.js"></script>'


def bar() -> str:
    """The line at the top of a lesson, and the script that begins everything."""
    return _BAR


def answers_on(target: Path, course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every answer that can be read in the site, as a handout is looked through; the engine's parts of ours are unpacked."""
    scripts = {path for folder in ("engine", "tab") for path in (target / "assets" / folder).rglob("*")}
    files = [path for path in sorted(target.rglob("*")) if path.is_file() and path not in scripts and path.parent.name != "assets"]
    contents = [(path.relative_to(target).as_posix(), path.read_bytes()) for path in files]
    ours = target / "assets" / "engine" / "course.zip.bin"
    contents.append(("course.zip", gzip.decompress(ours.read_bytes())))
    yield from leaks_in(contents, course, lessons)


def _in_html(data: dict) -> str:
    return json.dumps(data).replace("<", "\\u003c")
