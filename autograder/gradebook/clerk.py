"""A process for the gradebook: it loads nbgrader, which takes seconds, while the sandboxes start and grade, and then enters the grades."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from types import ModuleType

from ..judge.inside import confine
from .grades import Entered


class Clerk:
    """Use it in a ``with`` statement around the grading; it needs a process that may fork, so begin it before any thread."""

    def __enter__(self) -> Clerk:
        gc.freeze()  # what is loaded stays: no process that is forked from here on need look through it for rubbish
        context = multiprocessing.get_context("fork")
        self._link, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._link, os.getpid()))
        self._process.start()
        theirs.close()
        return self

    def enter(self, lesson: str, root: Path | None = None, *, only: list[str]) -> Entered:
        """`gradebook.enter_grades`, with what it returns and raises."""
        try:
            self._link.send((lesson, root, only))
            answer = self._link.recv()
        except (EOFError, OSError):  # it was killed; entering again what it entered already changes nothing
            from .enter import enter_grades

            return enter_grades(lesson, root, only=only)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __exit__(self, *problem) -> None:
        self._link.close()
        self._process.kill()  # it has answered, or nobody wants the answer; an open transaction is taken back
        self._process.join()


def _load_nbgrader() -> None:
    """Load nbgrader without its extensions of the Jupyter server, which take a third of the time and enter no grades.

    Importing the package imports them. Here they find a stand-in, which is gone afterwards; where the package has another form
    than we know, it is loaded as it is.
    """
    if "nbgrader" in sys.modules:
        return
    names = [f"nbgrader.server_extensions.{name}" for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")]
    for name in names:
        stand_in = sys.modules[name] = ModuleType(name)
        stand_in.load_jupyter_server_extension = None
    try:
        importlib.import_module("nbgrader")
    except ImportError:
        pass
    finally:
        for name in names:
            del sys.modules[name]
    from sqlalchemy.orm import configure_mappers

    importlib.import_module("nbgrader.api")
    configure_mappers()  # else the first query does


def _work(link, other, parent: int) -> None:
    """The process: load, wait for one order, obey."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command hears it and ends us
    confine.die_with_parent(parent)
    other.close()
    gc.disable()  # what is loaded stays; looking through it again and again takes a seventh of the time
    _load_nbgrader()
    from .enter import enter_grades

    gc.freeze()
    gc.enable()
    try:
        lesson, root, only = link.recv()
    except EOFError:
        return
    try:
        answer = enter_grades(lesson, root, only=only)
    except Exception as error:
        answer = error
    link.send(answer)
