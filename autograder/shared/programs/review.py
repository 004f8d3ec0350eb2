"""Programs of lesson 11: they ask the learner's repairs for their values."""

from __future__ import annotations

from . import WrongKind, program


@program(promise="returns a week and a dict of answers")
def collect_repairs(names, points):
    """Call the answer, which gives a week and ``{item: (letter, function)}``; return week, letters, and the functions' values at `points`."""
    answer = names.answer()
    if not isinstance(answer, (tuple, list)) or len(answer) != 2 or not isinstance(answer[1], dict):
        raise WrongKind("Return the week and a dict of answers.")
    week, answers = answer
    letters, values = {}, {}
    for item, given in answers.items():
        if not isinstance(given, (tuple, list)) or len(given) != 2:
            raise WrongKind(f"For item {item!r} give two things: the letter and the repair.")
        letter, repair = given
        letters[str(item)] = letter
        if callable(repair):
            values[str(item)] = _values(repair, points.get(str(item), ()))
    return {"week": week, "letters": letters, "values": values}


def _values(repair, points):
    """The values at `points`, or the name of what was raised: one broken repair shall not spoil the others."""
    try:
        return [repair(*args) for args in points]
    except Exception as error:
        return type(error).__name__
