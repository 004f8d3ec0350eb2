"""The memory of Python once it is ready for a page, made when the pages are built: a page copies it in, and nothing has to be imported there.

The same module that the browsers run is run here, by wasmtime; what it is (functions, tables, addresses) is the same in both, so its memory
is too. Folders are opened in the order of worker.js.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from ..files.atomic import write_atomically

FOLDERS = ("/python", "/course", "/study", "/tmp", "/dev")  # as in worker.js: Python knows them by their numbers
# read by Python when it starts, and so part of the memory
_ENVIRONMENT = {
    "TMPDIR": "/tmp", "HOME": "/tmp", "PYTHONTZPATH": "", "FROM_H_TO_ETA_STUDY": "/study", "MPLBACKEND": "agg", "MPLCONFIGDIR": "/tmp",
    "PYTHON_COLORS": "0", "PYTHONHASHSEED": "0",
}  # fmt: skip
# doctest loads the debugger, and that all of asyncio's consoles: a page has nobody to type into it, so it gets an empty one
_BEGIN = """import sys, types; pdb = sys.modules["pdb"] = types.ModuleType("pdb"); pdb.Pdb = object; del pdb, types
sys.dont_write_bytecode = True; sys.path[:] = ["/course", "/python"]; sys.path_importer_cache.clear()
from autograder.tab.kernel import Tab; _tab = Tab()"""
# what sliders and their pictures need, and what a first check loads
_MODULES = (
    "numpy",
    "asyncio",
    "numpy.ma",
    "traitlets",
    "comm",
    "ipywidgets",
    "matplotlib",
    "matplotlib.ticker",
    "contourpy",
    "explorers.widgets.scene",
)


def image(wasm: bytes, files: dict[str, dict[str, bytes]], cache: Path) -> tuple[bytes, set[str]]:
    """The memory of Python when it is ready, and the modules that are loaded in it. `files` are the contents of /python and /course.

    The module is compiled once (about a minute of processor time) and kept in `cache`. Raises `npm.NoWeb` without wasmtime,
    `RuntimeError` with Python's own words when it does not come up.
    """
    try:
        import wasmtime
    except ImportError:
        from .npm import NoWeb

        raise NoWeb(
            "wasmtime is missing, which gets the pages' Python ready: install it with  python -m pip install wasmtime  and run this again."
        ) from None
    with tempfile.TemporaryDirectory(prefix="image-") as temporary:
        root = Path(temporary)
        for folder in FOLDERS:
            (root / folder[1:]).mkdir()
            for name, data in files.get(folder, {}).items():
                path = root / folder[1:] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        (root / "dev" / "null").touch()
        for path in root.rglob("*"):
            os.utime(path, (0, 0))
        engine = wasmtime.Engine(_config(wasmtime))
        python = _Python(wasmtime, engine, _compiled(wasmtime, engine, wasm, cache), root)
        python.turn(_BEGIN)
        for request in [*({"do": "load", "module": module} for module in _MODULES), {"do": "prepare"}]:
            answer = json.loads(python.turn(f"_tab.ask({json.dumps(json.dumps(request))})").splitlines()[-1])
            if "problem" in answer:
                raise RuntimeError(f"Python for the pages did not come up, at {request}: {answer['problem']}")
        loaded = set(json.loads(python.turn("import json; print(json.dumps(sorted(sys.modules)))")))
        # what every page has at first is garbage in none: its collector need not look it through again
        python.turn("import gc; gc.collect(); gc.freeze()")
        return python.memory(), loaded


class _Python:
    """Python as WebAssembly in this process, with the folders below `root` and nothing else of this machine."""

    def __init__(self, wasmtime, engine, module, root: Path):
        wasi = wasmtime.WasiConfig()
        wasi.argv, wasi.env = ["python"], list(_ENVIRONMENT.items())
        self._out, self._err, self._read = root / "out", root / "err", 0
        wasi.stdout_file, wasi.stderr_file = str(self._out), str(self._err)
        for folder in FOLDERS:
            wasi.preopen_dir(str(root / folder[1:]), folder)
        self._store = wasmtime.Store(engine)
        self._store.set_wasi(wasi)
        linker = wasmtime.Linker(engine)
        linker.allow_shadowing = True
        linker.define_wasi()
        for wanted in module.imports:
            if (wanted.module, wanted.name) == ("host", "call"):
                linker.define_func("host", "call", wanted.type, lambda *_: -1)
            elif wanted.name in ("clock_time_get", "random_get"):  # nothing of the moment and of this machine
                linker.define_func(wanted.module, wanted.name, wanted.type, getattr(self, f"_{wanted.name}"))
        self._exports = linker.instantiate(self._store, module).exports(self._store)

    def turn(self, code: str) -> str:
        """Run `code`; what it printed."""
        data = code.encode()
        at = self._exports["host_alloc"](self._store, len(data))
        self._exports["memory"].write(self._store, data, at)
        if self._exports["turn"](self._store, at, len(data)) != 0:
            raise RuntimeError(f"Python for the pages did not come up:\n{self._err.read_text(encoding='utf-8')}")
        said = self._out.read_text(encoding="utf-8")[self._read :]
        self._read += len(said)
        return said

    def memory(self) -> bytes:
        memory = self._exports["memory"]
        return bytes(memory.read(self._store, 0, memory.data_len(self._store)))

    def _clock_time_get(self, _which: int, _precision: int, to: int) -> int:
        self._exports["memory"].write(self._store, bytes(8), to)
        return 0

    def _random_get(self, to: int, size: int) -> int:
        self._exports["memory"].write(self._store, bytes(size), to)
        return 0


def _config(wasmtime):
    config = wasmtime.Config()
    config.wasm_exceptions = True
    config.cranelift_opt_level = "none"  # it runs for seconds: compiling is the dear part
    return config


def _compiled(wasmtime, engine, wasm: bytes, cache: Path):
    key = hashlib.sha256(wasm + version("wasmtime").encode()).hexdigest()[:16]
    kept = cache / f"compiled-{key}"
    if not kept.exists():
        for old in cache.glob("compiled-*"):
            old.unlink()
        write_atomically(kept, bytes(wasmtime.Module(engine, wasm).serialize()))
    return wasmtime.Module.deserialize_file(engine, str(kept))
