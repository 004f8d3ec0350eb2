"""What a learner may have meant by a name that there is not: told by the helpers, and beside a NameError."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..exercises import exercises
from . import not_run

HELPERS = (
    "check",
    "dataset",
    "hint",
    "home",
    "mine",
    "predict",
    "progress",
    "reset",
    "solution",
    "today",
    "where",
)  # what lessons import from the package
NO_EXERCISE = (
    "The exercise's name is the name of its function. In a notebook of an earlier version it may be one that is asked no more: "
    "then its cells may stay, and count for nothing."
)


def did_you_mean(problem: str, name: str, known: Iterable[str], else_: str = NO_EXERCISE, most: int = 1) -> str:
    """`problem`, and the nearest of the `known` names, at most `most`; without a near one, `else_`."""
    near = difflib.get_close_matches(name, list(known), n=most, cutoff=0.6)
    *others, last = near or [""]
    return f"{problem} Did you mean {' or '.join(filter(None, (', '.join(others), last)))}?" if near else f"{problem} {else_}"


def install_did_you_mean(shell) -> None:
    """Let a NameError for an exercise's name say what the learner may have called it instead."""

    def handler(self, kind, error, traceback, tb_offset=None):
        missing = getattr(error, "name", None)
        if "check" not in self.user_ns:
            print(
                f"{missing} is not defined: the notebook's first cell has not run since its kernel started. Choose Run > Run All Above Selected Cell, then run this cell again."
            )
        elif missing in HELPERS:
            print(f"{missing} is not imported here. Run  from autograder import {missing}  first.")
        elif missing in exercises():
            mine = [
                name for name, value in self.user_ns.items() if callable(value) and name not in exercises() and not name.startswith("_")
            ]
            near = difflib.get_close_matches(missing, mine, n=1, cutoff=0.7)
            tell = f"You have written {near[0]}. Did you mean {missing}? Rename it." if near else "Run the cell that defines it first."
            tell = not_run.told(missing, None, self).replace("`", "") or tell
            print(f"{missing} is not defined. {tell}")
        # the traceback stays: an error that leaves no trace would count as full marks in nbgrader
        self.showtraceback((kind, error, traceback), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), handler)
