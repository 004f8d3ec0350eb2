"""Arguments as an answer sees them: fresh copies of data, and functions that can be called and tell nothing else."""

from __future__ import annotations

import numpy as np

from .functions import Function
from .memory import NUMBERS
from .values import Seeded, fresh


class Oracle:
    """A function argument as the answer sees it: it can be called, its calls are counted, and it tells nothing else."""

    def __init__(self, function: Function, counts: list[int]):
        self._seat: list = []
        self.count_in(counts)
        seat = self._seat
        names = [name.partition("=")[0].strip() for name in function.args.split(",")]

        def f(*args, **named):
            counts, place = seat
            counts[place] += 1
            if named:
                args += _in_order(names, args, named)
            # by far the most frequent question, and nothing to copy
            if (type(args[0]) in NUMBERS) if len(args) == 1 else all([type(a) in NUMBERS for a in args]):
                value = function(*args)
            else:
                # a private copy: an answer that writes into what it got, or that later changes what it gave, fools nobody
                own = [np.asarray(a) if isinstance(a, np.ndarray) else a for a in fresh(args)]
                value = function(*own)
                if isinstance(value, np.ndarray) and any([np.may_share_memory(value, a) for a in own if isinstance(a, np.ndarray)]):
                    # it gives back what it was given, as a learner's own function would: a view of the caller's array
                    return function(*args)
            return value if type(value) in NUMBERS else fresh(value)

        self._f = f
        self.__name__ = function.__name__

    def count_in(self, counts: list[int]) -> None:
        """Count calls in a new place at the end of `counts` from now on."""
        self._seat[:] = counts, len(counts)
        counts.append(0)

    def __call__(self, *args, **named):
        return self._f(*args, **named)

    def __repr__(self):
        return f"<function {self.__name__}>"


def _in_order(names: list[str], args: tuple, named: dict) -> tuple:
    """The arguments that were given by name, in their order; where there is one only, whatever its name. Raises `TypeError`."""
    left = names[len(args) :]
    if len(names) == 1 and len(named) == 1 and left:
        return tuple(named.values())
    if set(named) != set(left):
        raise TypeError(f"f takes {', '.join(names)}, not {', '.join(named)}")
    return tuple(named[name] for name in left)


Oracle.__name__ = Oracle.__qualname__ = "function"  # what Python's own messages say of it: unsupported operand types 'function' and 'float'


def prepare(value, counts: list[int], known: dict | None = None):
    """An argument ready for the answer: a fresh copy, functions as oracles, each with its own place in `counts`, seeds as generators.

    A function that is `known` from an earlier call is the same object again, as in a notebook: answers that remember it are noticed.
    """
    if type(value) in NUMBERS:
        return value
    if isinstance(value, Function):
        made = None if known is None else known.get((value, len(counts)))
        if made is not None:
            made.count_in(counts)
            return made
        made = Oracle(value, counts)
        if known is not None:
            known[value, len(counts) - 1] = made
        return made
    if isinstance(value, Seeded):
        return np.random.default_rng(value.seed)
    if isinstance(value, (list, tuple)):
        return type(value)(prepare(item, counts, known) for item in value)
    if isinstance(value, dict):
        return {key: prepare(item, counts, known) for key, item in value.items()}
    return fresh(value)
