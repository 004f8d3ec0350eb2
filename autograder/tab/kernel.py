"""The kernel of a page: what the page asks for, one request at a time."""

from __future__ import annotations

import importlib
import json
import sys

from . import ipython
from .clock import Loop
from .host import say
from .shell import Shell

# What is dear to load and will be wanted: the page asks for one at a time while nobody waits.
SPARE = ("asyncio", "numpy.ma", "traitlets", "comm", "ipywidgets", "matplotlib", "matplotlib.ticker", "explorers.widgets.scene")


class Tab:
    """One page's kernel. `ask` is all that the page calls."""

    def __init__(self):
        self.shell, self.loop = Shell(), Loop()
        ipython.install(self.shell)
        _explorers_when_used()

    def ask(self, text: str) -> None:
        """Do what a request says (JSON); the answer is its own messages and a last one, `done`."""
        request = json.loads(text)
        events = sys.modules.get("asyncio.events")  # nobody asks for a loop before it is loaded
        if events:
            events._set_running_loop(self.loop)
        try:
            done = getattr(self, f"do_{request.pop('do')}")(**request)
        finally:
            if events:
                events._set_running_loop(None)
        say("done", **(done or {}))

    def do_begin(self) -> None:
        """Load what checks need."""
        from ..exercises import exercises
        from ..learner import notebook, where

        where.put_button = lambda *_: None  # the page has a button of its own for that
        exercises()
        notebook.one_thread()

    def do_load(self, module: str) -> None:
        importlib.import_module(module)
        if module == "ipywidgets":
            self._listen()

    def do_cell(self, source: str, show: bool = True) -> dict:
        return {"ok": self.shell.run_cell(source, show)}

    def do_comm(self, **message) -> None:
        from . import comms

        comms.heard(message)

    def do_ring(self) -> None:
        self.loop.ring()

    def do_rest(self) -> None:
        """After the kernel was put back as it was."""
        self.loop.rest()

    def _listen(self) -> None:
        from . import comms

        comms.install()


def _explorers_when_used() -> None:
    """Let a lesson's first cell name its explorers without loading them: they are dearer than all checks, and wanted later."""
    if hasattr(sys, "set_lazy_imports_filter"):
        sys.set_lazy_imports_filter(lambda importer, imported, names: importer == "__main__" and imported == "explorers")
        sys.set_lazy_imports("all")
