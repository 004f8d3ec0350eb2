"""What stands in a case: the arguments of the answer, and what only the check is told; and how an explorer shows an input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckOnly:
    """Part of a case that the check is told and the answer is not, such as whether f is smooth at x."""

    value: object


@dataclass(frozen=True)
class View:
    """How an explorer shows an input: its name, and its keyword arguments as plain data; one called f stands first, nameless.

    `yours` says that the explorer draws the learner's function as well, on the same input.
    """

    explorer: str
    arguments: dict
    yours: bool = False


def view(explorer: str, yours: bool = False, **arguments) -> View:
    """``view("secant_explorer", yours=True, f=f, x=x, h=h)``: names only, nothing is imported."""
    return View(explorer, arguments, yours)


def arguments(case: tuple) -> tuple:
    """What the answer gets of a case."""
    return tuple([item for item in case if type(item) is not CheckOnly])
