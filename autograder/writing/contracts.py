"""What an answer must return: type and shape first, mathematics later. Each contract says itself in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..shared.values import Opaque
from .exercise import Miss


def describe(value) -> str:
    """A value in a few words, for a message: ``an array of shape (3, 1)``, ``None``, ``a list of 2 items``."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {value}, as an array of shape ()"
    if isinstance(value, Opaque):
        return "a function" if value.callable else f"an object of type {value.type_name}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)} item{'s' * (len(value) != 1)}"
    if isinstance(value, dict):
        return f"a dict with the keys {', '.join(value) or '(none)'}"
    return repr(value) if value is None or isinstance(value, (bool, int, float, complex)) else f"the {type(value).__name__} {value!r}"


def _no_return(value, words: str = "a value") -> None:
    if value is None:
        raise Miss(None, words, "Your function returned None. Does it end with `return`?")


@dataclass(frozen=True)
class Array:
    """Real numbers of the shape ``shape(*args)``; the shape () means one number.

    A list is taken for an array, and integers for floats: that is a remark at most, never a miss. With ``complex_ok``
    complex numbers pass as well.
    """

    shape: Callable[..., tuple] | tuple | None = ()
    complex_ok: bool = False

    @property
    def sentence(self) -> str:
        """What the learner reads."""
        return "returns one number" if self.shape == () else "returns numbers in the right shape"

    def words(self, args: tuple) -> str:
        """What it asks for: ``one number``, ``an array of shape (3,)``."""
        return self._words(self.shape(*args) if callable(self.shape) else self.shape)

    def _words(self, shape) -> str:
        return "one number" if shape == () else "numbers" if shape is None else f"an array of shape {tuple(shape)}"

    def accept(self, value, args: tuple):
        """The value as a float array (a float for shape ()). Raises `Miss` when it is something else."""
        wanted = self.shape(*args) if callable(self.shape) else self.shape
        _no_return(value, self._words(wanted))
        if type(value) is float and wanted == ():
            return value
        words = self._words(wanted)
        try:
            array = np.asarray(value)
        except (ValueError, TypeError):
            raise Miss(describe(value), words, "The rows have different lengths, so this is not an array.") from None
        if isinstance(value, (bool, str, dict, Opaque)) or array.dtype.kind not in ("iufc" if self.complex_ok else "iuf"):
            what = {"b": "truth values", "c": "complex numbers", "U": "text", "O": "objects"}.get(array.dtype.kind, "no numbers")
            given = f"{describe(value)}: {what}" if array.ndim and isinstance(value, np.ndarray) else describe(value)
            why = "A complex number came back; take its real or imaginary part." if array.dtype.kind == "c" else ""
            raise Miss(given, words, why or f"The answer must be {words}, of numbers." if array.ndim else f"The answer must be {words}.")
        if wanted is not None and array.shape != tuple(wanted):
            raise Miss(describe(value), words, _shape_advice(array.shape, tuple(wanted)))
        with np.errstate(over="ignore"):  # a long double of 1e400 becomes infinite, and is seen
            array = array.astype(complex if array.dtype.kind == "c" else float)
        return array.item() if wanted == () else array


def _shape_advice(given: tuple, wanted: tuple) -> str:
    if wanted == () and np.prod(given) == 1:
        return "This is an array with one element; the answer is the number itself."
    if len(given) > 1 and given == wanted[::-1]:
        return "The lengths of the axes are the wanted ones in reverse order."
    if np.prod(given) == np.prod(wanted):
        return f"The numbers are as many as they should be, in shape {given} instead of {wanted}."
    if given == ():
        return f"One number came back where {wanted} is the shape of the answer."
    return f"The shape is {given}; it should be {wanted}."


def _inside(where: str, part, item, args: tuple):
    """A part of an answer, accepted; a miss remembers which part it is about."""
    try:
        return part.accept(item, args)
    except Miss as miss:
        miss.part = " in ".join(filter(None, (miss.part, where)))
        raise


@dataclass(frozen=True)
class Items:
    """A tuple (or list) with one contract for each item, for example ``Items(Array(), Array())`` for a pair."""

    parts: tuple

    def __init__(self, *parts):
        object.__setattr__(self, "parts", parts)

    @property
    def sentence(self) -> str:
        """What the learner reads."""
        return f"returns {len(self.parts)} values"

    def words(self, args: tuple) -> str:
        """What it asks for."""
        return f"{len(self.parts)} values" if len(self.parts) > 1 else "a list or tuple of one value"

    def accept(self, value, args: tuple) -> tuple:
        """The items as a tuple, each accepted by its own contract. Raises `Miss`."""
        _no_return(value)
        if isinstance(value, np.ndarray) and value.ndim == 1:
            value = list(value)
        if not isinstance(value, (list, tuple)) or len(value) != len(self.parts):
            raise Miss(describe(value), f"{len(self.parts)} values", f"Return {len(self.parts)} values, separated by commas.")
        return tuple(
            _inside(f"value {k} of {len(value)}" if len(value) > 1 else "", part, item, args)
            for k, (part, item) in enumerate(zip(self.parts, value), 1)
        )


@dataclass(frozen=True)
class Boolean:
    """True or False."""

    sentence = "returns True or False"

    def words(self, args: tuple) -> str:
        """What it asks for."""
        return "True or False"

    def accept(self, value, args: tuple) -> bool:
        """The truth value as a bool. Raises `Miss`; a number is not a truth value."""
        _no_return(value)
        if not isinstance(value, bool):
            raise Miss(describe(value), "True or False", "Return True or False.")
        return value


@dataclass(frozen=True)
class Integer:
    """A whole number; with ``optional`` None is an answer too."""

    optional: bool = False

    @property
    def sentence(self) -> str:
        """What the learner reads."""
        return "returns a whole number" + (" or None" if self.optional else "")

    def words(self, args: tuple) -> str:
        """What it asks for."""
        return "a whole number" + (" or None" if self.optional else "")

    def accept(self, value, args: tuple):
        """The integer (or None). Raises `Miss`; floats such as 2.0 are told apart."""
        if value is None and self.optional:
            return None
        _no_return(value)
        value = value.item() if isinstance(value, (np.generic, np.ndarray)) and np.ndim(value) == 0 else value
        if isinstance(value, bool) or not isinstance(value, int):
            raise Miss(describe(value), "a whole number", "Return a whole number (int).")
        return value


@dataclass(frozen=True)
class Text:
    """A string."""

    sentence = "returns a string"

    def words(self, args: tuple) -> str:
        """What it asks for."""
        return "a string"

    def accept(self, value, args: tuple) -> str:
        """The string. Raises `Miss`."""
        _no_return(value)
        if not isinstance(value, str):
            raise Miss(describe(value), "a string", "Return text in quotes.")
        return value


@dataclass(frozen=True)
class Mapping:
    """A dict with the keys ``keys(*args)`` and the contract ``part(key, args)`` for each value."""

    keys: Callable[..., tuple]
    part: Callable[[str, tuple], object]
    sentence = "returns a dict with the right keys"

    def words(self, args: tuple) -> str:
        """What it asks for."""
        return f"a dict with the keys {', '.join(self.keys(*args))}"

    def accept(self, value, args: tuple) -> dict:
        """The dict with accepted values. Raises `Miss`."""
        _no_return(value)
        keys = tuple(self.keys(*args))
        if not isinstance(value, dict) or set(value) != set(keys):
            raise Miss(describe(value), f"a dict with the keys {', '.join(keys)}", "Return one entry for every key.")
        return {key: _inside(f"the entry {key}", self.part(key, args), value[key], args) for key in keys}


@dataclass(frozen=True)
class Anything:
    """Any plain data; the checks look closer."""

    sentence = "returns a value"

    def accept(self, value, args: tuple):
        """The value as it is. Raises `Miss` for None."""
        _no_return(value)
        return value
