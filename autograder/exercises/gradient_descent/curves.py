"""Read five loss curves: which cause made which."""

from __future__ import annotations

from autograder.writing import Miss, Text

from ._lesson import lesson

_LETTERS, _CAUSES = "ABCDE", "12345"
# for each curve, what tells that the cause chosen for it is not the one
_WHY = {
    "A": {
        "1": "Curve A falls to a fifth in twenty steps. An eta that is far too small never does that; look at what comes after.",
        "2": "Curve A stands still for a long time in the middle. A good eta on a bowl never pauses.",
        "3": "Curve A never rises. Above the limit of stability the loss grows without end.",
        "4": "Curve A never rises, so nothing rolls back. It waits, and then falls again.",
    },
    "B": {
        "1": "Curve B grows. A small eta is slow, but it goes down.",
        "2": "Curve B grows without end.",
        "4": "Curve B does not come back: it grows by the same factor in every step.",
        "5": "Curve B does not wait, it grows.",
    },
    "C": {
        "2": "Curve C falls all the time, and after sixty steps it has lost half. Compare it with D.",
        "3": "Curve C never rises.",
        "4": "Curve C never rises, so nothing rolls back.",
        "5": "Curve C falls in every row at much the same pace: it is slow from the start, not waiting for something.",
    },
    "D": {
        "1": "Curve D is at the bottom after forty steps. It could hardly be faster.",
        "3": "Curve D falls by the same factor all the time.",
        "4": "Curve D never rises.",
        "5": "Curve D never pauses.",
    },
    "E": {
        "1": "Curve E falls quickly, and rises in between. A small eta makes a smooth curve.",
        "2": "Curve E rises again and again on its way. With a good eta on a bowl the loss never rises.",
        "3": "Curve E rises and comes back, lower than before. Above the limit it would not come back.",
        "5": "Curve E does not wait: it rises and falls.",
    },
}

diagnose_curves = lesson.exercise(
    "diagnose_curves",
    2,
    "which cause made which loss curve",
    signature="",
    minutes=6,
    difficulty=2,
    returns=Text(),
    clauses={"The causes of A, B, C, D and E": "each_cause_once curve_A curve_B curve_C curve_D curve_E"},
    tolerance=None,
    hints=(
        "Find the one that grows without end first, then the one that is done soonest.",
        "Two curves look slow. One of them is slow all the time, the other waits.",
    ),
)


@diagnose_curves.cases
def once(rng):
    yield ()


def _causes(t) -> str:
    return "".join(c for c in t() if c.isalnum())


@diagnose_curves.check(weight=0.5)
def each_cause_once(t):
    """Five digits, every cause once"""
    given = _causes(t)
    t.holds(
        sorted(given) == list(_CAUSES),
        given,
        "the digits 1 to 5, each once",
        'Write the causes of curves A, B, C, D and E in this order, for example "12345".',
    )
    # an order that fits no curve is no start
    t.holds(any(given[i] not in _WHY[letter] for i, letter in enumerate(_LETTERS)), given, "another order", "No curve has its cause yet.")


def _promise(letter: str):
    def promise(t):
        given = _causes(t)[_LETTERS.index(letter)]
        if given in _WHY[letter]:
            raise Miss(f"{letter}: cause {given}", f"{letter}: another cause", _WHY[letter][given])

    promise.__name__, promise.__doc__ = f"curve_{letter}", f"Curve {letter} has its cause"
    diagnose_curves.check(needs=("each_cause_once",))(promise)


for _letter in _LETTERS:
    _promise(_letter)

_RIGHT = "".join(next(cause for cause in _CAUSES if cause not in _WHY[letter]) for letter in _LETTERS)


def _exchanged(name: str, one: str, other: str, message: str) -> None:
    table = {one: other, other: one}
    diagnose_curves.mistake(message, name=name)(lambda: "".join(table.get(cause, cause) for cause in _RIGHT))


_exchanged(
    "slow_for_waiting",
    "1",
    "5",
    "You have taken the slow curve for the waiting one. One loses a little in every row; the other stands still and then falls to zero.",
)
_exchanged(
    "rolling_for_growing",
    "3",
    "4",
    "You have taken the ball that rolls back for the step that is too long. One comes back lower each time, the other never comes back.",
)
_exchanged("slow_for_good", "1", "2", "You have taken the slow curve for the good one. Compare where they are after forty steps.")
_exchanged(
    "waiting_for_rolling",
    "4",
    "5",
    "You have taken the waiting curve for the rolling one. Only a ball with momentum makes the loss rise and fall.",
)
