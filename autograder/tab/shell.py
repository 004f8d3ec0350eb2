"""Runs cells: names shared as in a kernel, the last expression shown, errors told with the lines of the cell."""

from __future__ import annotations

import ast
import builtins
import linecache
import sys
import traceback
from collections.abc import Callable

from .faces import faces, open_figures
from .host import Stream, no_input, say

_CELL = "<cell {}>"


class Events:
    """Functions to be called at an event, as IPython's shell has them: after a cell, and around what a slider says."""

    def __init__(self):
        self.at: dict[str, list[Callable]] = {}

    def register(self, event: str, function: Callable) -> None:
        self.at.setdefault(event, []).append(function)

    def unregister(self, event: str, function: Callable) -> None:
        self.at[event].remove(function)

    def trigger(self, event: str, *details) -> None:
        """Call what is registered; every comm calls this for `pre_execute` and `post_execute`."""
        for function in list(self.at.get(event, ())):
            function(*details)


class Kernel:
    """Somebody is there and looks at what is shown; but nobody can answer an `input()`: see host.py."""

    _allow_stdin = True


class Shell:
    """The part of IPython's shell that the course and ipywidgets use, and the cells of one page."""

    def __init__(self):
        self.kernel, self.events = Kernel(), Events()
        self.user_ns: dict = {"__name__": "__main__", "__builtins__": builtins}
        self.execution_count, self._told, self._running = 0, {}, ""
        builtins.input = no_input
        # a page has names of its own, and what is pickled or looked up by `__main__` finds them
        sys.modules["__main__"].__dict__.update(self.user_ns)
        self.user_ns = sys.modules["__main__"].__dict__

    def run_cell(self, source: str, show: bool = True) -> bool:
        """Run a cell; False when it raised. Without `show` only what it defines counts: no printing, no picture, no last expression."""
        self.execution_count += show
        self._running = source
        name = _CELL.format(self.execution_count if show else f"before {self.execution_count + 1}")
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        out, err = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (Stream("stdout"), Stream("stderr")) if show else (_Nowhere("stdout"), _Nowhere("stderr"))
        try:
            self._execute(source, name, show)
            return True
        except BaseException as error:  # SystemExit and KeyboardInterrupt end the cell, not the page
            if show:
                self._tell(error)
            return False
        finally:
            for figure in open_figures() if show else ():
                self.display(figure)
            self.events.trigger("post_run_cell")
            sys.stdout, sys.stderr = out, err

    def _execute(self, source: str, name: str, show: bool) -> None:
        tree = ast.parse(source, name)
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module == "explorers":
                node.is_lazy = 1  # the first cell names explorers, which are dearer than all checks: loaded when they are used
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), self.user_ns)
        if last is None or not show and not self._does_something(last.value):
            return
        value = eval(compile(ast.Expression(last.value), name, "eval"), self.user_ns)
        if value is not None and show and not source.rstrip().endswith(";"):
            self.user_ns["_"] = value
            say("result", count=self.execution_count, data=faces(value))

    def _does_something(self, last: ast.expr) -> bool:
        """Whether a last expression can matter to later cells: a call, but of nothing that only shows something."""
        if not isinstance(last, ast.Call):
            return False
        if not isinstance(last.func, ast.Name):
            return True
        called = self.user_ns.get(last.func.id)
        lazy = type(called).__name__ == "lazy_import"  # only explorers are: see `_execute`
        return not lazy and last.func.id not in _LOOKED_AT and not str(getattr(called, "__module__", "")).startswith("explorers")

    def display(self, value: object, raw: bool = False) -> None:
        """Show a value now; `raw` is a bundle that somebody has made."""
        say("display", data=value if raw else faces(value))

    def reset_cell(self, exercise: str) -> None:
        """Let the page give an exercise's cell back as it was handed out; it keeps what was written there."""
        say("reset", exercise=exercise)

    def bring(self, names: tuple[str, ...], lessons: list[str]) -> None:
        """Let the page look for what is written on the pages of `lessons`; `Tab.do_bring` makes a cell of it, in the place of the one that runs."""
        say("bring", names=names, lessons=lessons, source=self._running)

    def set_custom_exc(self, kinds: tuple, handler: Callable) -> None:
        """As in IPython: `handler(shell, kind, error, traceback)` tells of these exceptions."""
        self._told.update(dict.fromkeys(kinds, handler))

    def showtraceback(self, told: tuple, tb_offset=None) -> None:
        """Tell of the exception in `told`, as `sys.exc_info` gives it."""
        kind, error, trace = told
        while trace is not None and trace.tb_frame.f_code.co_filename.startswith(__file__.removesuffix(".py").removesuffix(".pyc")):
            trace = trace.tb_next  # ours are the first frames, and no news
        lines = traceback.TracebackException(kind, error, trace, compact=True).format(colorize=False) if _COLOURED else traceback.format_exception(kind, error, trace)  # fmt: skip
        say("error", ename=kind.__name__, evalue=str(error), traceback="".join(lines).rstrip())

    def _tell(self, error: BaseException) -> None:
        handler = next((told for kind, told in self._told.items() if isinstance(error, kind)), None)
        if handler:
            handler(self, type(error), error, error.__traceback__)
        else:
            self.showtraceback((type(error), error, error.__traceback__))
        if isinstance(error, ModuleNotFoundError) and (error.name or "").split(".")[0] not in ("autograder", "explorers"):
            print(
                f"A page has Python's own library, NumPy and matplotlib; {error.name} needs a notebook in JupyterLab. The course does without."
            )


_COLOURED = sys.version_info >= (3, 13)


class _Nowhere(Stream):
    def write(self, text: str) -> int:
        return len(text)


_LOOKED_AT = {"check", "hint", "where", "solution", "predict", "progress", "reset", "mine", "today", "home", "display", "print", "reveal"}
