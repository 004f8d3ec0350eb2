"""Every promise of a docstring is a clause, and a clause names what holds it: here is told what nothing holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..engine.implicit import promises
from ..writing.exercise import Exercise

_EXAMPLE = re.compile(r"^\s*>>>.*?(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"0-9])")
_NO_CHECK = ("edges", "returns", "prose")


def without_a_check(exercise: Exercise) -> Iterator[str]:
    """What is wrong with the clauses of an exercise: sentences without one, words that the docstring does not say, names of no check."""
    text = " ".join(exercise.docstring.split())
    known = {check.name for check in exercise.checks} | {check.name for check in promises(exercise)} | set(_NO_CHECK)
    for words, holder in exercise.clauses.items():
        if words not in text:
            yield f"the clause {words!r} is not in the docstring; quote its words"
        for name in holder.split():
            if name not in known:
                yield f"the clause {words!r} names {name}, and there is no such check"
            elif name == "edges" and not any(check.domain for check in exercise.checks):
                yield f"the clause {words!r} rests on the edges of the domain, which no check is asked; write check(domain=True)"
    for sentence in sentences(exercise.docstring):
        if not any(words in sentence for words in exercise.clauses):
            yield f"no clause says what holds this promise: {sentence!r}"


def sentences(docstring: str) -> list[str]:
    """The sentences of a docstring, without its examples."""
    paragraphs = _EXAMPLE.sub("", docstring).split("\n\n")
    return [sentence for paragraph in paragraphs for sentence in _SENTENCE.split(" ".join(paragraph.split())) if sentence]
