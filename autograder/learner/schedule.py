"""When a mistake that was met comes back: three times in six weeks, evenly spaced, in at most five questions a day."""

from __future__ import annotations

from datetime import date

import numpy as np

from ..recall import kinds, kinds_of
from . import kept

A_DAY = 5  # questions
RETURNS = 3  # of each mistake that was met
APART = 10  # days from one return to the next, which leaves twelve of six weeks for days without questions
SOON = 6  # days: a question that is asked for another mistake counts for this one too, when it was met so long ago
REST = 6  # days before a question of an older lesson is asked again without a mistake
_session: dict[str, dict] = {}  # the sections that no file would take


def met(mistake: str, day: date) -> None:
    """A known mistake, "exercise.mistake", was met: its three returns begin anew."""
    _put("met", {**_all("met"), mistake: {"on": day.isoformat(), "returned": []}})


def questions(day: date, checked: set[str]) -> list[str]:
    """The kinds of questions of a day, the same all day long; `checked` are the exercises that the learner has checked."""
    now = _all("today")
    if now.get("on") == day.isoformat() and isinstance(now.get("kinds"), list):
        return [name for name in now["kinds"] if name in kinds()]
    chosen = plan(_all("met"), _all("asked"), checked, day)
    if chosen:  # a day without questions may get some by a first check
        _put("today", {"on": day.isoformat(), "kinds": chosen, "answers": {}})
    return chosen


def answers(day: date) -> dict[str, str]:
    """What was answered first to each kind of question today."""
    now = _all("today")
    found = now.get("answers") if now.get("on") == day.isoformat() else None
    return {str(name): str(answer) for name, answer in found.items()} if isinstance(found, dict) else {}


def answered(name: str, answer: str, mistake: str, day: date) -> None:
    """The kind `name` was answered for the first time today, with the known `mistake` in the answer, or ""."""
    if name in answers(day):
        return
    _put("today", {**_all("today"), "on": day.isoformat(), "answers": {**answers(day), name: answer}})
    _put("asked", {**_all("asked"), name: day.isoformat()})
    _put("met", returned(_all("met"), name, day))
    if mistake:
        met(mistake, day)


def plan(before: dict, asked: dict, checked: set[str], day: date) -> list[str]:
    """At most five kinds: those of mistakes that are due, longest first; then of older lessons, what was not asked longest, lessons mixed."""
    chosen: list[str] = []
    due = [(_last(one), mistake) for mistake, one in before.items() if _open(one) and (day - _last(one)).days >= APART]
    for _, mistake in sorted(due):
        some = kinds_of(mistake)
        if some and not set(some) & set(chosen):
            chosen.append(min(some, key=lambda name: (_day(asked.get(name)), name)))
        if len(chosen) == A_DAY:
            return _mixed(chosen, day)
    known = [kind for kind in kinds().values() if checked & set(kind.revisits) and kind.name not in chosen]
    rested = [kind for kind in known if (day - _day(asked.get(kind.name))).days >= REST]
    chance = np.random.default_rng(day.toordinal())
    rested = [rested[place] for place in chance.permutation(len(rested))]
    rested.sort(key=lambda kind: _day(asked.get(kind.name)))  # stable: equals stay shuffled
    seen: set[str] = set()
    for kind in [*(one for one in rested if not (one.topic in seen or seen.add(one.topic))), *rested]:
        if len(chosen) < A_DAY and kind.name not in chosen:
            chosen.append(kind.name)
    return _mixed(chosen, day)


def returned(before: dict, name: str, day: date) -> dict:
    """What was met, after a question of the kind `name`: it counts for all mistakes that it brings back and that were met some days ago."""
    return {
        mistake: {**one, "returned": [*one["returned"], day.isoformat()]}
        if name in kinds_of(mistake) and _open(one) and (day - _last(one)).days >= SOON
        else one
        for mistake, one in before.items()
    }


def next_day(day: date) -> date | None:
    """The next day on which a mistake is due, or None."""
    days = [_last(one).toordinal() + APART for mistake, one in _all("met").items() if _open(one) and kinds_of(mistake)]
    return date.fromordinal(max(min(days), day.toordinal() + 1)) if days else None


def _mixed(chosen: list[str], day: date) -> list[str]:
    return [chosen[place] for place in np.random.default_rng([day.toordinal(), len(chosen)]).permutation(len(chosen))]


def _open(one: dict) -> bool:
    return len(one["returned"]) < RETURNS


def _last(one: dict) -> date:
    return _day((one["returned"] or [one["on"]])[-1])


def _day(text) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return date.min


def _all(section: str) -> dict:
    found = _session.get(section) or kept.read(section)
    if section != "met":
        return found
    sound = lambda one: isinstance(one, dict) and isinstance(one.get("on"), str) and isinstance(one.get("returned"), list)
    return {str(mistake): one for mistake, one in found.items() if sound(one)}


def _put(section: str, entries: dict) -> None:
    if kept.write(section, entries):
        _session.pop(section, None)
    else:
        _session[section] = entries
