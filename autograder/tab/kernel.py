"""The kernel of a page: what the page asks for, one request at a time."""

from __future__ import annotations

import importlib
import json
import sys

from . import comms, ipython
from .clock import Loop
from .host import say
from .shell import Shell


class Tab:
    """One page's kernel. `ask` is all that the page calls."""

    def __init__(self):
        self.shell, self.loop = Shell(), Loop()
        ipython.install(self.shell)

    def ask(self, text: str) -> None:
        """Do what a request says (JSON); the answer is its own messages and a last one, `done`."""
        request = json.loads(text)
        events = sys.modules.get("asyncio.events")  # nobody asks for a loop before it is loaded
        if events:
            events._set_running_loop(self.loop)
        try:
            done = getattr(self, f"do_{request.pop('do')}")(**request)
        except Exception as error:  # ours: a cell's own are told by its shell
            done = {"problem": f"{type(error).__name__}: {error}"}
        finally:
            if events:
                events._set_running_loop(None)
        say("done", **(done or {}))

    def do_prepare(self) -> None:
        """Load what checks need: when the pages are built."""
        from ..exercises import exercises
        from ..learner import buttons, notebook

        buttons.only_pictures()
        exercises()
        notebook.one_thread()
        comms.install()

    def do_begin(self) -> None:
        """A page was opened: all pages begin with the same memory, and must not draw the same numbers."""
        import random

        from numpy.random import seed

        random.seed()
        seed()

    def do_load(self, module: str) -> None:
        importlib.import_module(module)

    def do_cell(self, source: str, show: bool = True) -> dict:
        return {"ok": self.shell.run_cell(source, show)}

    def do_bring(self, names: list[str], written: dict[str, list | None], source: str) -> dict:
        """A cell of the functions called `names`, out of what is `written` on other pages: by lesson, the id and source of each cell; `source` asked."""
        from ..learner.mine import on_a_page

        return on_a_page(names, written, source)

    def do_comm(self, **message) -> None:
        comms.heard(message)

    def do_ring(self) -> None:
        self.loop.ring()

    def do_rest(self) -> None:
        """After the kernel was put back as it was."""
        self.loop.rest()
