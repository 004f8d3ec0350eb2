"""Exercises that are answered with letters: multiple choice and putting lines in order, a message for each wrong answer."""

from __future__ import annotations

from collections.abc import Sequence

from .contracts import Text
from .exercise import Exercise, Miss


def choice(name: str, points: float, asks: str, wrong: dict[str, str], options: str = "abcd", **settings) -> Exercise:
    """A multiple-choice question: the learner's function returns one letter of `options`.

    `wrong` gives each wrong letter the message for whoever chooses it. The question itself stands in the lesson. Raises
    `ValueError` unless exactly one letter is left.
    """
    left = [letter for letter in options if letter not in wrong]
    if len(left) != 1 or set(wrong) - set(options):
        raise ValueError(f"{name}: exactly one of the options {options!r} must be without a message, not {left}")
    settings = {"minutes": 2, "clauses": {"": "answer_is_right"}, **settings}
    exercise = Exercise(name, points, asks, returns=Text(), signature="", tolerance=None, **settings)
    exercise.cases(_once)

    @exercise.check()
    def answer_is_right(t):
        """The answer is right"""
        given = t().strip().strip("().").lower()  # the lessons' "a)" is the letter a
        if given not in list(options):
            raise Miss(given, f"one of the letters {', '.join(options)}", 'Return one letter, for example "a".')
        t.holds(given in left, given, "another letter", wrong.get(given, ""))

    for letter, message in wrong.items():
        exercise.mistake(message, name=f"option_{letter}")(lambda letter=letter: letter)
    return exercise


def ordering(name: str, points: float, asks: str, before: Sequence[str], wrong: dict[str, str], **settings) -> Exercise:
    """Put lines in order: the learner's function returns the letters of the lines in their order, for example "DAC".

    `before` lists pairs such as "DA": line D comes before line A. Together they must fix one order. `wrong` gives each
    line that does not belong its message. Raises `ValueError` when the pairs fix no single order.
    """
    letters = sorted(set("".join(before)))
    ranks = {letter: sum(pair[1] == letter for pair in _closure(before)) for letter in letters}
    if sorted(ranks.values()) != list(range(len(letters))):
        raise ValueError(f"{name}: the pairs in `before` fix no single order of {''.join(letters)}")
    settings = {"minutes": 4, "clauses": {"": "lines_follow"}, **settings}
    exercise = Exercise(name, points, asks, returns=Text(), signature="", tolerance=None, **settings)
    exercise.cases(_once)

    def letters_of(t) -> str:
        return "".join(c for c in t().upper() if c.isalpha())

    @exercise.check()
    def only_lines_that_hold(t):
        """Every line you use is true"""
        given = letters_of(t)
        t.holds(bool(given), "no letters", "letters", 'Return the letters of the lines in their order, for example "BAC".')
        for letter in given:
            t.holds(letter in letters, f"line {letter}", "only lines that hold", wrong.get(letter, f"There is no line {letter}."))

    @exercise.check(needs=("only_lines_that_hold",))
    def every_line_once(t):
        """Every true line is used once"""
        given = letters_of(t)
        for letter in letters:
            t.holds(given.count(letter) == 1, f"line {letter} {given.count(letter)} times", "once", "Use every line that holds, once.")

    @exercise.check(weight=2, needs=("every_line_once",))
    def lines_follow(t):
        """Each line follows from the one before it"""
        given = letters_of(t)
        for pair in before:
            first, second = pair[0], pair[1]
            t.holds(
                given.index(first) < given.index(second),
                f"{second} before {first}",
                f"{first} before {second}",
                f"Line {second} builds on line {first}.",
            )

    right = "".join(sorted(letters, key=ranks.__getitem__))
    for letter, message in wrong.items():
        exercise.mistake(message, name=f"uses_line_{letter}")(lambda text=right[:-1] + letter + right[-1]: text)
    return exercise


def _once(rng):
    yield ()


def _closure(pairs: Sequence[str]) -> set[str]:
    """All pairs that follow from `pairs`."""
    known = set(pairs)
    while True:
        more = {one[0] + other[1] for one in known for other in known if one[1] == other[0]} - known
        if not more:
            return known
        known |= more
