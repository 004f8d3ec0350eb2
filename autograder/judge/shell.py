"""IPython's shell as a notebook's cells know it, without a kernel: magics, await, display; outputs are collected, bounded.

In it `autograder` and `explorers` are stubs: the cells that use them run, nothing is judged or drawn, nothing is on disk.
"""

from __future__ import annotations

import ast
import asyncio
import importlib
import sys
import traceback
import types

import matplotlib
from IPython.core.async_helpers import get_asyncio_loop
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from ..answer import OutOfTime

_TEXT, _IMAGES, PIECES = 64 << 10, 4 << 20, 200  # what one cell may put out: characters, image characters, pieces
_WARM = "numpy.fft numpy.linalg numpy.polynomial numpy.random numpy.testing".split()  # NumPy loads these late
OUT_OF_TIME = {"output_type": "error", "ename": "OutOfTime", "evalue": "no time left", "traceback": []}
TYPES = {"text/plain": _TEXT, "image/png": _IMAGES}


class Shell:
    """One shell for one notebook. `data` is the data folder; pictures are made only with `render`."""

    def __init__(self, data: str = "", render: bool = False):
        matplotlib.use("module://matplotlib_inline.backend_inline")
        install_stubs(data)
        load_late_modules()
        config = Config()
        config.HistoryManager.enabled = False  # its thread would not survive a fork
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Minimal"
        config.InteractiveShell.banner1 = ""
        _Shell.display_pub_class = _Publisher
        _Shell.displayhook_class = _Hook
        self.shell = _Shell.instance(config=config)
        self.shell.collected = []
        # held for good: at each cell's start and end IPython would change the builtins, and Python forget what it knows of them
        self.shell.builtin_trap.__enter__()
        self.shell.display_trap.__enter__()
        if not render:
            self.shell.display_formatter.active_types = ["text/plain"]
        else:
            self.shell.display_formatter.active_types = list(TYPES)

    @property
    def names(self) -> dict:
        """The notebook's names as they are now."""
        return self.shell.user_ns

    def warm_up(self) -> None:
        """Run once what most notebooks run, so that no child pays for first uses; then forget it."""
        self.run("%matplotlib inline\nimport numpy as np, matplotlib.pyplot as plt\nfrom autograder import check")
        self.run("fig, ax = plt.subplots()\nax.plot([1, 2], label='a'); ax.set_title('$x$'); ax.legend()\nfig.canvas.draw()\nplt.show()")
        self.run("import asyncio\nawait asyncio.sleep(0)\nprint(1)\n1/0")
        self.shell.reset(new_session=True)
        # a loop's descriptors would be shared by all children; each makes its own when it needs one
        asyncio.set_event_loop(None)
        get_asyncio_loop().close()  # IPython's own, for cells that await
        self.shell.collected.clear()

    def run(self, source: str) -> None:
        """Run one cell; errors in it are outputs. Raises `OutOfTime` when the clock rang."""
        self.shell.collected = []
        out, err = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(self.shell, "stdout"), _Stream(self.shell, "stderr")
        try:
            result = self.shell.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = out, err
        if isinstance(result.error_in_exec, OutOfTime):
            raise result.error_in_exec

    def outputs(self, late: bool = False) -> list[dict]:
        """The last cell's outputs as notebooks hold them."""
        found = list(self.shell.collected)
        if late and not any(output["output_type"] == "error" for output in found):
            found.append(OUT_OF_TIME)
        return found


class _Shell(InteractiveShell):
    def init_history(self):
        super().init_history()
        self.history_manager.enabled = False

    def enable_gui(self, gui=None):
        pass

    def transform_cell(self, raw_cell):
        try:
            compile(raw_cell, "<cell>", "exec", ast.PyCF_ONLY_AST)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return super().transform_cell(raw_cell)
        return raw_cell + "\n"  # plain Python holds no magic; looking for some takes longer than running most cells

    def should_run_async(self, raw_cell, **found):
        # the question costs a compilation, and few cells await anything
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **found)

    def _note(self, *args, **kwargs):
        output = error_output()
        if output is not None:
            self.collected.append(output)

    showtraceback = showsyntaxerror = showindentationerror = _note


def load_late_modules() -> None:
    """Import what NumPy loads at first use only, once for all children."""
    for name in _WARM:
        importlib.import_module(name)


def error_output() -> dict | None:
    """The exception that is being handled as an output: its name, its text, and the notebook's own lines; None where there is none."""
    kind, error, trace = sys.exc_info()
    if kind is None:
        return None
    lines = traceback.extract_tb(trace)
    own = [f"line {frame.lineno} in {frame.name}" for frame in lines if "ipykernel_" in frame.filename or "ipython-input" in frame.filename]
    try:
        text = str(error)[:2000]
    except BaseException:  # a hostile __str__
        text = ""
    return {"output_type": "error", "ename": kind.__name__[:100], "evalue": text, "traceback": own[-10:]}


def _add(shell, output: dict) -> None:
    if len(shell.collected) < PIECES:
        shell.collected.append(output)


def cut(data: dict) -> dict:
    """Of a display's forms those that are kept, bounded."""
    return {kind: str(data[kind])[:most] for kind, most in TYPES.items() if kind in data}


def text_output(outputs: list[dict], name: str, text: str) -> None:
    """Add a piece of stdout or stderr to `outputs`; neighbouring pieces are joined, what is too much is dropped."""
    piece = text[:max(0, _TEXT - sum(len(output["text"]) for output in outputs if output.get("name") == name))]
    if outputs and outputs[-1].get("name") == name:
        outputs[-1]["text"] += piece
    elif piece and len(outputs) < PIECES:
        outputs.append({"output_type": "stream", "name": name, "text": piece})


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, **kwargs):
        _add(self.shell, {"output_type": "display_data", "data": cut(data), "metadata": {}})

    def clear_output(self, wait=False):
        self.shell.collected.clear()


class _Hook(DisplayHook):
    def start_displayhook(self):
        pass

    def write_output_prompt(self):
        pass

    def write_format_data(self, data, metadata=None):
        count = self.shell.execution_count
        _add(self.shell, {"output_type": "execute_result", "data": cut(data), "metadata": {}, "execution_count": count})

    def finish_displayhook(self):
        pass


class _Stream:
    """stdout or stderr of a cell: neighbouring pieces are joined, and after enough text the rest is dropped."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, shell, name: str):
        self.shell, self.name, self.left = shell, name, _TEXT

    def write(self, text) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        piece = text[:self.left]
        self.left -= len(piece)
        last = self.shell.collected[-1] if self.shell.collected else {}
        if last.get("name") == self.name:
            last["text"] += piece
        elif piece:
            _add(self.shell, {"output_type": "stream", "name": self.name, "text": piece})
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("a notebook's output has no descriptor")


class Harmless:
    """Stands for whatever an explorer returns: it can be called, indexed and iterated, and shows nothing."""

    def __getattr__(self, name):
        if name.startswith("_"):  # IPython asks objects for their _repr_html_ and the like
            raise AttributeError(name)
        return Harmless()

    def __call__(self, *args, **kwargs):
        return Harmless()

    def __iter__(self):
        return iter(())

    def __getitem__(self, key):
        return Harmless()

    def __repr__(self):
        return ""


def install_stubs(data: str) -> None:
    """Put stub modules where a notebook imports `autograder` and `explorers`."""
    grader = types.ModuleType("autograder", "Nothing is judged here: the judge does that outside.")
    grader.__all__ = ["check", "hint", "progress", "solution", "dataset"]
    for name in grader.__all__:
        setattr(grader, name, lambda *args, **kwargs: None)
    try:
        from ..datasets import dataset_from  # a later lesson's helper; reads CSV files from the folder it is given
    except ImportError:
        pass
    else:
        grader.dataset = lambda name: dataset_from(data, name)
    drawings = types.ModuleType("explorers", "Nothing is drawn here.")

    def attribute(name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()

    drawings.__getattr__ = attribute
    sys.modules["autograder"], sys.modules["explorers"] = grader, drawings
