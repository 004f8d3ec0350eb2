"""The function arguments of a call whose questions the judge answers itself, within bounds."""

from __future__ import annotations

import builtins

import numpy as np

from ..shared.functions import Function
from ..shared.wire import Malformed, Parts, Ref, TooLarge, pack

EXCEPTIONS = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}
EXCEPTIONS |= {"LinAlgError", "NotDefined", "NotAFunction", "WrongKind"}
_ITEMS = 8192  # numbers in the arguments of a function argument, unless the case itself has more
_INT = 1 << 20  # an int this large becomes a float: 2**x must not cost the judge a gigabyte


class Oracle:
    """The function arguments of one call: they stay here, the child asks for their values, the asking is counted."""

    def __init__(self, args: tuple):
        self.functions: list[Function] = []
        self.counts: list[int] = []
        self.items = _ITEMS
        self.sent = self._replace(args)

    def _replace(self, value):
        if isinstance(value, Function):
            self.functions.append(value)
            self.counts.append(0)
            return Ref(len(self.functions) - 1, str(value.__name__))
        if isinstance(value, (list, tuple)):
            return type(value)(self._replace(item) for item in value)
        if isinstance(value, dict):
            return {key: self._replace(item) for key, item in value.items()}
        if isinstance(value, np.ndarray):
            self.items = max(self.items, 4 * value.size)
        return value

    def answer(self, number, args) -> tuple[str, object]:
        """The type's name of what the function raised, or "" and its value. Raises `Malformed`."""
        if type(number) is not int or not 0 <= number < len(self.functions) or type(args) is not tuple:
            raise Malformed("a question about no function of this call")
        self.counts[number] += 1
        try:
            value = self.functions[number](*[arg if type(arg) is float else self._bounded(arg) for arg in args])
            if isinstance(value, np.ndarray) and value.size > 64 * self.items:
                raise MemoryError
            if type(value) not in (float, np.float64):
                pack(value, Parts())  # what cannot be sent is told as an error, too
            return "", value
        except TooLarge:
            return "OverflowError", None
        except Exception as error:  # the learner's arguments did not suit the function: told as it would be in a notebook
            name = type(error).__name__
            return name if name in EXCEPTIONS else "ValueError", None

    def _bounded(self, value):
        """The argument, if its size and kind are such that evaluating a function on it is cheap."""
        if isinstance(value, np.ndarray):
            if value.size > self.items:
                raise MemoryError
            return value
        if type(value) is int and abs(value) > _INT:
            return float(value)
        if isinstance(value, (list, tuple)):
            if len(value) > self.items:
                raise MemoryError
            return type(value)(self._bounded(item) for item in value)
        if isinstance(value, dict):  # parameters by name
            return {key: self._bounded(item) for key, item in value.items()}
        if value is None or isinstance(value, (bool, int, float, complex, np.generic)):
            return value
        raise TypeError(f"f takes numbers and arrays, not {type(value).__name__}")
