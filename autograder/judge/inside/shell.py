"""IPython's shell as a notebook's cells know it, without a kernel: magics, await, display; outputs are collected, bounded.

In it `autograder` and `explorers` are stubs (see `stubs`). What serves a terminal, a database or a front end is left out, and a cell is not
searched for magics that it cannot hold: names, outputs and errors are those of IPython, which a test compares cell by cell.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import importlib
import os
import sys
from collections.abc import Callable
from itertools import dropwhile

from IPython.core.async_helpers import get_asyncio_loop
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from ...shared.answer import OutOfTime
from .capture import OUT_OF_TIME, TYPES, Hook, Publisher, Stream, error_output
from .no_programs import NoPrograms
from .stubs import install_stubs

_WARM = "numpy.fft numpy.linalg numpy.polynomial numpy.random numpy.testing".split()  # NumPy loads these late


class Shell:
    """One shell for one notebook. `data` is the data folder; pictures are made only with `render`."""

    def __init__(self, data: str = "", render: bool = False):
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        install_stubs(data)
        load_late_modules()
        config = Config()
        config.HistoryManager.enabled = False  # its thread would not survive a fork
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Minimal"
        config.InteractiveShell.banner1 = ""
        _Shell.display_pub_class = Publisher
        _Shell.displayhook_class = Hook
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

    def warm_up(self, practise: Callable[[], None] = lambda: None) -> None:
        """Run once what all notebooks run, and `practise`, so that no child pays for first uses; then forget it."""
        self.run("import numpy as np\nfrom autograder import check")
        for displayed in ("1.5", "np.ones(2)", "(True, 'a')", "[np.float64(1)]"):
            self.run(displayed)
        self.run("def f(x):\n    return x\n")
        self.run("print(f(np.eye(2)))\nf(3)")
        self.run("import asyncio\nawait asyncio.sleep(0)\nprint(1)\n1/0")
        practise()
        self._forget()
        # a loop's descriptors would be shared by all children; each makes its own when it needs one
        asyncio.set_event_loop(None)
        get_asyncio_loop().close()  # IPython's own, for cells that await

    def load_pictures(self) -> None:
        """The same for what draws: matplotlib takes as long as all the rest together, and most notebooks need none."""
        self.run("%matplotlib inline\nimport matplotlib.pyplot as plt")
        self.run("fig, ax = plt.subplots()\nax.plot([1, 2], label='a'); ax.set_title('$x$'); ax.legend()\nfig.canvas.draw()\nplt.show()")
        self._forget()
        font_manager = importlib.import_module("matplotlib.font_manager")
        with contextlib.suppress(AttributeError):  # not a public name
            font_manager._get_font.cache_clear()  # a fork would do it in each child, at the price of hundreds of copied pages

    def _forget(self) -> None:
        self.shell.reset(new_session=True)
        self.shell.collected.clear()

    def run(self, source: str) -> None:
        """Run one cell; errors in it are outputs. Raises `OutOfTime` when the clock rang."""
        self.shell.collected = []
        out, err = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream(self.shell, "stdout"), Stream(self.shell, "stderr")
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


class _Shell(NoPrograms, InteractiveShell):
    def init_history(self):
        self.history_manager = _History(shell=self, parent=self)
        self.configurables.append(self.history_manager)
        self.history_manager.enabled = False

    def enable_gui(self, gui=None):
        pass

    def transform_cell(self, raw_cell):
        try:
            compile(raw_cell, "<cell>", "exec", ast.PyCF_ONLY_AST)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return super().transform_cell(raw_cell)
        # plain Python holds no magic, and looking for some takes longer than running most cells; the first thing that IPython does is done
        return "".join(dropwhile(str.isspace, raw_cell.splitlines(keepends=True))) + "\n"

    def should_run_async(self, raw_cell, **found):
        # the question costs a compilation, and few cells await anything
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **found)

    def _note(self, *args, **kwargs):
        output = error_output()
        if output is not None:
            self.collected.append(output)

    showtraceback = showsyntaxerror = showindentationerror = _note

    def _format_exception_for_storage(self, *args, **kwargs):
        return {}  # nobody asks this shell for its history


class _History(HistoryManager):
    def store_inputs(self, line_num: int, source: str, source_raw: str | None = None):
        source, raw = source.rstrip("\n"), (source_raw or source).rstrip("\n")
        self.input_hist_parsed.append(source)
        self.input_hist_raw.append(raw)
        names = self.shell.user_ns
        names.update(_iii=names.get("_ii", ""), _ii=names.get("_i", ""), _i=self.input_hist_raw[-2])
        names[f"_i{line_num}"] = raw


def load_late_modules() -> None:
    """Import what NumPy loads at first use only, once for all children."""
    for name in _WARM:
        importlib.import_module(name)
