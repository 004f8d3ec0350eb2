"""A learner's code and a place in it, what a search for one found, and what it may cost."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """A learner's code: the texts of `functions`, the one that answers the exercise under its own name `entry`, then its helpers."""

    entry: str
    functions: tuple[str, ...]

    def name_of(self, number: int) -> str:
        """The name of one of the functions."""
        function = function_of(self.functions[number])
        if isinstance(function, ast.FunctionDef):
            return function.name
        target = function.targets[0]
        assert isinstance(target, ast.Name), "a lambda is searched under the name that it was given"
        return target.id


@dataclass(frozen=True, order=True)
class Place:
    """A part of a function's text. Lines count from 1, columns from 0; where something is `missing`, before it, or `after` it."""

    function: int
    line: int
    column: int
    end_line: int
    end_column: int
    missing: bool = False
    after: bool = False


@dataclass(frozen=True)
class Search:
    """What came out. Each of `repairs` names the places that were changed together, and with them all checks passed.

    More than one repair: each of them would do. `tried` changes were tried; `complete` says whether that was all of them. Where
    nothing was found and the code `stopped` with an exception of this name, the only place is where it did.
    """

    repairs: tuple[tuple[Place, ...], ...] = ()
    tried: int = 0
    complete: bool = True
    stopped: str = ""

    @property
    def found(self) -> bool:
        """Whether there is a place to mark."""
        return bool(self.repairs)


@dataclass
class Budget:
    """How much a search may cost: a number of changes tried, and seconds by a `clock`, by default those that this process computes."""

    changes: int = 20_000
    seconds: float = float("inf")
    spent: int = 0
    clock: Callable[[], float] = time.process_time
    begun: float = field(init=False)

    def __post_init__(self):
        self.begun = self.clock()

    def spend(self) -> bool:
        """Count one change; False when nothing is left for it."""
        if self.over():
            return False
        self.spent += 1
        return True

    def over(self) -> bool:
        """Whether nothing is left."""
        return self.spent >= self.changes or self.clock() - self.begun > self.seconds


def function_of(text: str) -> ast.FunctionDef | ast.Assign:
    """The one statement that the text is: a function, or a name for a lambda."""
    body = [node for node in ast.parse(text).body if isinstance(node, (ast.FunctionDef, ast.Assign))]
    if len(body) != 1:
        raise SyntaxError("the text of one function was expected")
    if isinstance(body[0], ast.Assign) and not isinstance(body[0].value, ast.Lambda):
        raise SyntaxError("a function was expected, not another value")
    return body[0]
