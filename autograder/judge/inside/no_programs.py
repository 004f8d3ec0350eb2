"""What a notebook finds where it would start a program: a command that fails, as in a shell that may run nothing, and the cell goes on.

`!command`, `x = !command` and `%pip` say so on stderr and leave a code that is not 0; `%%bash` and its like raise what IPython raises when a script fails.
`subprocess` and `os.system` have a program that ended at once with the same code, so that `run` goes on and `check_call` raises `CalledProcessError`.
"""

from __future__ import annotations

import os
import subprocess
import sys

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList

_CANNOT_RUN = 126  # what a shell answers for a program that it may not run
_INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")


class NoPrograms(InteractiveShell):
    """The part of a shell that starts programs, in a place where there are none."""

    def system(self, cmd):
        """`!cmd`"""
        refuse(self, cmd)

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0):
        """`x = !cmd`"""
        refuse(self, cmd)
        return SList() if split else LSString()

    def enable_matplotlib(self, gui=None):
        """`%matplotlib gui`: a window or widget that is not there becomes a picture."""
        try:
            return super().enable_matplotlib(gui)
        except Exception as problem:
            print(f"%matplotlib {gui}: {problem}; pictures are inline here", file=sys.stderr)
            return super().enable_matplotlib("inline")

    def init_magics(self):
        """The usual magics, but for those that start programs."""
        super().init_magics()
        for name in _INSTALLERS:
            self.register_magic_function(self._installer(name), "line", name)
        scripts = [name for name, found in self.magics_manager.magics["cell"].items() if _is_script(found)]
        for name in scripts:
            self.register_magic_function(self._script(name), "cell", name)

    def _installer(self, name: str):
        def install(line):
            refuse(self, f"{name} {line}")

        return install

    def _script(self, name: str):
        def script(line, cell=""):
            refuse(self, f"{name} {line}")
            if "--no-raise-error" not in line:
                raise subprocess.CalledProcessError(_CANNOT_RUN, cell)

        return script


def refuse(shell: InteractiveShell, command: str) -> None:
    """Say that `command` does not run, and leave its exit code."""
    shell.user_ns["_exit_code"] = _CANNOT_RUN
    print(_refusal(command), file=sys.stderr)


def _refusal(command) -> str:
    text = " ".join(map(str, command)) if isinstance(command, (list, tuple)) else str(command)
    return f"{text.strip().splitlines()[0][:200] if text.strip() else 'command'}: no program can be started here"


def replace_programs() -> None:
    """Let Python's own ways to start a program find one that fails; in a child, for good."""
    subprocess.Popen._execute_child = _ended_at_once
    os.system = _system


def _system(command) -> int:
    print(_refusal(command), file=sys.stderr)
    return _CANNOT_RUN << 8  # as `wait` tells an exit code


def _ended_at_once(self, args, *others) -> None:
    """In place of `Popen._execute_child`, which makes the process and closes its ends of the pipes."""
    pipes = others[9:15]
    errors = pipes[-1]
    if errors == -1:
        print(_refusal(args), file=sys.stderr)
    else:
        os.write(errors, f"{_refusal(args)}\n".encode("utf-8", "replace"))
    self.pid, self.returncode, self._child_created = 0, _CANNOT_RUN, True
    self._close_pipe_fds(*pipes)


def _is_script(magic) -> bool:
    return getattr(magic, "__name__", "") in ("named_script_magic", "shebang")
