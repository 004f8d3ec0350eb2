"""The errata hunt: find the wrong line of an item and say what holds instead. Source: docs/sources.md."""

from __future__ import annotations

from autograder.writing import Exercise, Miss, Tolerance, describe, equal_values

from ._lesson import lesson
from .items import ITEMS, drawn

_REPAIR = Tolerance(1e-10, 1e-11, "a formula of a few terms, against its definition, whose terms may cancel")
_PLACES = ("first", "second", "third", "fourth", "fifth")


class Answers:
    """What the program `collect_repairs` brings back. The child that runs it is not trusted: every type is looked at."""

    sentence = "returns a week and a dict of answers"

    def accept(self, value, args: tuple) -> dict:
        """The dict as it is. Raises `Miss`."""
        kinds = {"week": int, "letters": dict, "values": dict}
        if not isinstance(value, dict) or value.keys() != kinds.keys() or isinstance(value["week"], bool):
            raise Miss(describe(value), "a week and a dict of answers", "Return your week, a comma, and the dict.")
        for key, kind in kinds.items():
            if not isinstance(value[key], kind):
                raise Miss(
                    f"{key}: {describe(value[key])}",
                    "a whole number" if key == "week" else "a dict",
                    "The first value is the number of your week, the second the dict.",
                )
        return value


def _hunt(name: str, first: int, asks: str) -> Exercise:
    """A hunt among the ten items from number `first` on; the week in the answer says which five are asked."""
    exercise = lesson.exercise(
        name,
        5,
        asks,
        signature="",
        minutes=18,
        difficulty=3,
        program="collect_repairs",
        returns=Answers(),
        clauses={
            "Your week, and for each of its items": " ".join(f"finds_{word} repairs_{word}" for word in _PLACES),
            **({"For example": "prose"} if first == 1 else {}),
        },
        tolerance=None,
        show=lambda *_: f"{name}()",
        hints=(
            "Test every line of an item with numbers that are not special: not 0, not 1, not equal to one another.",
            "The repair is a function of the arguments that the item names. It returns what the right side of the line should be.",
            "Answer the five items of your week: the cell above lists their numbers.",
        ),
    )

    @exercise.cases
    def arguments_of_all_items(rng):
        """Three sets of arguments for every item: which of them are asked is known only after the call."""
        yield ({str(number): [ITEMS[number].draw(rng) for _ in range(3)] for number in range(first, first + 10)},)

    for place, word in enumerate(_PLACES):
        _add_checks(exercise, first, place, word)
    return exercise


def _number(answer: dict, first: int, place: int) -> int:
    return drawn(answer["week"], first)[place]


def _add_checks(exercise: Exercise, first: int, place: int, word: str) -> None:
    def find(t, points):
        answer = t(points)
        number = _number(answer, first, place)
        letter = str(answer["letters"].get(str(number), "")).strip().lower()
        t.holds(letter != "", "no answer", f"an answer to item {number}", f"Item {number} is one of this week's five. Add it to your dict.")
        t.holds(letter in set("abcd"), letter, "one of the letters a, b, c, d", "Give one letter.")
        t.holds(
            letter == ITEMS[number].letter, f"item {number}: line {letter}", "another line", f"Line {letter} holds. {ITEMS[number].nudge}"
        )

    def repair(t, points):
        answer = t(points)
        number = _number(answer, first, place)
        item, values = ITEMS[number], answer["values"].get(str(number), [])
        t.holds(
            not isinstance(values, str),
            f"item {number}: {values}",
            "a value",
            "Your function raised this. Does it take the arguments that stand under the item, in their order?",
        )
        t.holds(
            isinstance(values, list) and len(values) == len(points[str(number)]),
            f"item {number}: no function",
            "a function of its arguments",
            "The second part of an answer is a function: lambda x, h: ...",
        )
        for args, value in zip(points[str(number)], values):
            wanted = item.holds(*args)
            if not equal_values(value, wanted, _REPAIR):
                same = equal_values(value, item.printed(*args), _REPAIR)
                raise Miss(
                    value, wanted, f"Item {number} at {_shown(args)}: " + ("that is the printed line again." if same else item.nudge)
                )

    find.__name__, find.__doc__ = f"finds_{word}", f"The {word} item of your week: the wrong line is found"
    repair.__name__, repair.__doc__ = f"repairs_{word}", f"The {word} item of your week: the line is repaired"
    exercise.check()(find)
    exercise.check(needs=(find.__name__,))(repair)


def _shown(args) -> str:
    return "(" + ", ".join(f"an array of shape {a.shape}" if hasattr(a, "shape") and a.shape else f"{a:g}" for a in args) + ")"


hunt_slopes = _hunt("hunt_slopes", 1, "five wrong lines about slopes, found and repaired")
hunt_shapes = _hunt("hunt_shapes", 11, "five wrong lines about shapes and learning, found and repaired")


def _answers(first: int, letter=None, repair=None, week: int = 1, shift: int = 0):
    """Answers for a week, spoilt in one way. Mistakes are replayed for week 1, where everybody starts."""
    numbers = drawn(week + shift, first)
    return lambda: (
        week,
        {k: ((letter or (lambda item: item.letter))(ITEMS[k]), (repair or (lambda item: item.holds))(ITEMS[k])) for k in numbers},
    )


for _exercise, _first in ((hunt_slopes, 1), (hunt_shapes, 11)):
    _exercise.mistake(
        "You found the lines, and your repairs compute what was printed. Write what should stand there.", name="repeats_the_print"
    )(_answers(_first, repair=lambda item: item.printed))
    _exercise.mistake("You say line d each time. The wrong line is another one in every item.", name="always_the_last_line")(
        _answers(_first, letter=lambda item: "d")
    )
    _exercise.mistake("You say line a each time. The wrong line is another one in every item.", name="always_the_first_line")(
        _answers(_first, letter=lambda item: "a")
    )
    _exercise.mistake(
        "These are answers to the items of another week. The first value must be the week whose items you answered.", name="another_week"
    )(_answers(_first, shift=1))
    _exercise.mistake("Your letters are one line late: the first line is a.", name="one_line_late")(
        _answers(_first, letter=lambda item: "abcd"["abcd".index(item.letter) + 1 & 3])
    )
    _exercise.mistake("You repair with the sign flipped everywhere.", name="flipped_repairs")(
        _answers(_first, repair=lambda item: lambda *args: _negative(item.holds(*args)))
    )


def _negative(value):
    return tuple(-v for v in value) if isinstance(value, tuple) else -value
