"""A sentence under a picture, and beside it the predicate that says when it is true: no sentence is built without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """The words of a sentence; `holds()` computes, by another way than the choice of the words, whether they are true.

    ``a + b`` says both. The predicate costs nothing until it is asked: notebooks show the words, tests evaluate them in every state
    that the controls reach. Raises `TypeError` when the predicate is missing.
    """

    words: str
    holds: Callable[[], bool]

    def __post_init__(self):
        if not isinstance(self.words, str) or not callable(self.holds):
            raise TypeError(f"{self.words!r:.80} needs a predicate: told(words, lambda: …) says beside a sentence when it is true")

    def __add__(self, other: Told) -> Told:
        if not isinstance(other, Told):
            raise TypeError(f"{other!r:.80} is added to a sentence without a predicate; write told(words, lambda: …)")
        return Told(self.words + other.words, lambda: bool(self.holds()) and bool(other.holds()))


told = Told
NOTHING = Told("", lambda: True)  # what is added where a sentence has no second half
