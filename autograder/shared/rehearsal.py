"""Runs changed functions beside the names they were written among, on copies of everything that they use: nothing there is touched."""

from __future__ import annotations

import copy
import dis
import types
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping

import numpy as np


def codes(value) -> Iterator[types.CodeType]:
    """The code of a function, or of the methods of a class that a notebook defines; inner functions included."""
    if isinstance(value, types.FunctionType):
        todo = [value.__code__]
    elif isinstance(value, type) and value.__module__ == "__main__":
        todo = [f.__code__ for f in vars(value).values() if isinstance(f, types.FunctionType)]
    else:
        return
    while todo:
        code = todo.pop()
        yield code
        todo += [c for c in code.co_consts if isinstance(c, types.CodeType)]


_GLOBAL = {"LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}  # what asks the notebook for a name


def used(roots: Iterable, names: Mapping) -> list[str]:
    """The global names that the `roots` use, and what these use in turn. The `where` of `np.where` is none, whatever the notebook calls so."""
    found: dict[str, None] = {}
    todo = list(roots)
    while todo:
        for code in codes(todo.pop()):
            for word in (step.argval for step in dis.get_instructions(code) if step.opname in _GLOBAL):
                if word in names and word not in found:
                    found[word] = None
                    todo.append(names[word])
    return list(found)


def rehearsed(changed: types.CodeType, words: Iterable[str], names: dict) -> ChainMap:
    """`names` with the functions that `changed` defines. They see copies of the `words` that they use: of functions too, and of data.

    Raises whatever the definitions raise.
    """
    mine = copies(words, names)
    exec(changed, mine)
    return ChainMap(mine, names)


def copies(words: Iterable[str], names: dict) -> dict:
    """A namespace with the values of `words` in `names`: functions that see this namespace, and data of their own."""
    new: dict = {"__name__": "__main__", "__builtins__": __builtins__}
    memory: dict = {}
    for word in words:
        value = names[word]
        if isinstance(value, types.FunctionType) and value.__globals__ is names:
            new[word] = types.FunctionType(value.__code__, new, value.__name__, value.__defaults__, value.__closure__)
            new[word].__kwdefaults__ = value.__kwdefaults__
        elif isinstance(value, (list, dict, set, np.ndarray, np.random.Generator)):
            new[word] = copy.deepcopy(value, memory)
        else:
            new[word] = value
    return new
