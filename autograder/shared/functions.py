"""Named functions with exact derivatives: the inputs on which derivatives are judged.

A `Function` is one line of NumPy text. The same text is what runs, what a learner can paste, what SymPy checks in the
tests, and what may cross a pipe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

# NumPy imports parts of itself when it first needs them, in the name of whoever asked: x.mean() would fail without __import__
_NAMES = {"np": np, "__builtins__": {"__import__": __import__, "abs": abs, "len": len, "range": range, "sum": sum, "float": float}}
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d*)?(?:[eE][-+]?\d+)?(?![\w.])")


@lru_cache(maxsize=4096)
def _maker(text: str, args: str, constants: int):
    """What makes the Python function of our own text (never a learner's) from its constants."""
    return eval(f"lambda {', '.join(f'_{i}' for i in range(constants))}: lambda {args}: {text}", dict(_NAMES))


@lru_cache(maxsize=4096)
def _without_numbers(expr: str) -> tuple[str, tuple[float, ...]]:
    """The text with names in place of its numbers, and these. Compiling is the dear part, so texts that differ in their numbers only share it."""
    constants: list[float] = []

    def named(found: re.Match) -> str:
        constants.append(int(found[0]) if found[0].isdigit() else float(found[0]))
        return f"_{len(constants) - 1}"

    return _NUMBER.sub(named, expr), tuple(constants)


@dataclass(frozen=True)
class Function:
    """A function given by NumPy text, with its exact derivatives when they are known.

    `expr` is an expression in the names of `args` ("x" by default), for example ``2*x**3 + 5`` or ``x[0]*np.sin(x[1])``.
    `d` is the text of its derivative (a gradient or Jacobian for vector `x`), `d2` that of its second derivative.
    Calling it never changes its argument. With the derivative at hand a check can ask for mathematics, and needs no answer of ours.
    """

    expr: str
    d: str = ""
    d2: str = ""
    args: str = "x"
    name: str = ""

    @property
    def __name__(self) -> str:
        return self.name or "f"

    @property
    def source(self) -> str:
        """The code a learner can paste: ``lambda x: 2*x**3 + 5``."""
        return f"lambda {self.args}: {self.expr}"

    @cached_property
    def prime(self) -> Function:
        """The derivative as a `Function` of its own. Raises `ValueError` when it was not given."""
        if not self.d:
            raise ValueError(f"{self.source} was given without its derivative; write Function(expr, d=...)")
        return Function(self.d, self.d2, args=self.args, name=f"{self.name or 'f'}prime")

    def derivative(self, *args):
        """The exact derivative at the point given by `args`."""
        return self.prime(*args)

    @cached_property
    def _runs(self):
        text, constants = _without_numbers(self.expr)
        return _maker(text, self.args, len(constants))(*constants)

    def __call__(self, *args):
        return self._runs(*args)

    def __str__(self):
        return self.source
