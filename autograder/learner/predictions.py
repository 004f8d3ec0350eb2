"""Predictions of the lessons: a question with options, and for each option an answer that nobody can read before it is chosen."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

FILE = Path(__file__).with_name("predictions.json")  # made by `make build` from the lessons' texts


@dataclass(frozen=True)
class Prediction:
    """A question, its options, and `sealed`: the sentences that answer each option, in the same order, not plainly readable.

    Texts may hold formulas between dollar signs. `shown` are the question and the options as markup, where such a formula is MathML.
    """

    name: str
    question: str
    options: tuple[str, ...]
    shown: tuple[str, ...]
    sealed: str

    @classmethod
    def of(cls, name: str, question: str, answers: Mapping[str, str], as_markup: Callable[[str], str] = escape) -> Prediction:
        """The prediction with these answers by option. What a reader is told begins with what they chose."""
        told = [f"You predicted “{option}”. {answer}" for option, answer in answers.items()]
        sealed = json.dumps([[words, as_markup(words)] for words in told], ensure_ascii=False)
        return cls(name, question, tuple(answers), tuple(map(as_markup, (question, *answers))), b64encode(sealed.encode()).decode())

    def answer(self, option: str) -> str:
        """What somebody who chose `option` is told. Raises `ValueError` for what is no option."""
        return self._told(option)[0]

    def markup(self, option: str) -> str:
        """The same as markup, with MathML."""
        return self._told(option)[1]

    def _told(self, option: str) -> list[str]:
        return json.loads(b64decode(self.sealed))[self.options.index(option)]


@cache
def predictions() -> dict[str, Prediction]:
    """Every prediction of the course, by name."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Prediction(name, one["question"], tuple(one["options"]), tuple(one["shown"]), one["sealed"]) for name, one in kept.items()
    }


def as_text(all_of_them: Mapping[str, Prediction]) -> str:
    """The file that `predictions` reads."""
    kept = {name: {"question": p.question, "options": p.options, "shown": p.shown, "sealed": p.sealed} for name, p in all_of_them.items()}
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
