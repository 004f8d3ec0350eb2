"""What stands for IPython in a page, as far as the course and ipywidgets ask for it: the shell, and `display`."""

from __future__ import annotations

import sys
from types import ModuleType

from .host import say
from .shell import Shell


class _Shown:
    """A text or picture with one face."""

    kind = "text/plain"

    def __init__(self, data: str = "", *_, **__):
        self.data = data

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {self.kind: self.data}


def install(shell: Shell) -> None:
    """Let `import IPython` find these; the real one needs an operating system."""

    def display(*values, raw: bool = False, **_) -> None:
        for value in values:
            shell.display(value, raw)

    def clear_output(wait: bool = False) -> None:
        say("clear")

    kinds = {"HTML": "text/html", "Markdown": "text/markdown", "SVG": "image/svg+xml", "Math": "text/latex", "Latex": "text/latex"}
    shown = {name: type(name, (_Shown,), {"kind": kind}) for name, kind in kinds.items()}
    names = {
        "IPython": {"get_ipython": lambda: shell, "display": display, "version_info": (9, 0)},
        "IPython.display": {"display": display, "clear_output": clear_output, **shown},
        "IPython.core": {},
        "IPython.core.getipython": {"get_ipython": lambda: shell},
        "IPython.core.interactiveshell": {"InteractiveShell": Shell},
    }
    for name, content in names.items():
        module = sys.modules[name] = ModuleType(name)
        module.__dict__.update(content)
        module.__path__ = []
    sys.modules["IPython"].display = sys.modules["IPython.display"]
    shell.user_ns |= {"get_ipython": lambda: shell, "display": display}
