"""Whose a handed-in file is: what its path says, held against the roster. Nobody is guessed: two answers are none."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from ..files.names import for_file
from .platforms import Clue
from .roster import Person, Roster, key


@dataclass(frozen=True)
class Owner:
    """The student's id; or "" and why nobody was found, with what to do."""

    id: str = ""
    why: str = ""


def whose(clue: Clue, roster: Roster | None) -> Owner:
    """Whose the file with this clue is."""
    if clue.platform == "Canvas, anonymous":
        return Owner(why="Canvas hides whose it is; show the names (assignment's settings, anonymous grading) and download again")
    if roster is None:
        return _without_roster(clue)
    named = [found for name in clue.names if (found := roster.find(name))]
    numbered = set().union(*(roster.numbered(kind, number) for kind, number in clue.numbers))
    if clue.platform == "Moodle" and clue.names:
        # a participant's number belongs to one assignment: it tells namesakes apart, and nothing by itself
        found = named[0] if named else set()
        found = (found & numbered or found) if len(found) > 1 else found
    elif clue.numbers and numbered:
        found = numbered if not named or named[0] & numbered else named[0] | numbered
    else:
        alone = [one for one in named if len(one) == 1]
        found = set().union(*alone) if alone else set().union(*named)
    if len(found) == 1:
        return Owner(next(iter(found)).id)
    said = clue.names[0] if clue.names else clue.numbers[0][1] if clue.numbers else ""
    if found:
        return Owner(why=f"it may be of {_people(found)}; put it into a folder that is called like the right one's id, and take that in")
    if not said:
        return Owner(
            why="nothing in its path says whose it is; put it into a folder that is called like the student's id, and take that in"
        )
    return Owner(
        why=f"nobody on the roster is called {said!r}{_like(said, roster)}; add the student, or call the folder or file by an id on it"
    )


def _without_roster(clue: Clue) -> Owner:
    names = clue.names
    if clue.platform == "Canvas":
        name = f"{names[0]}_{clue.numbers[0][1]}"
    elif not names:
        return Owner(
            why="nothing in its path says whose it is; give --roster FILE, or put it into a folder that is called like the student"
        )
    elif clue.platform == "flat" and len({key(one) for one in names}) > 1 and key(clue.stem) != key(clue.lesson):
        return Owner(why=f"without a roster nobody can tell which of {', '.join(map(repr, names[:3]))} is the student; give --roster FILE")
    elif clue.platform == "Blackboard":
        name = names[-1]
    else:
        name = names[0]
    if for_file(name) != name:
        return Owner(why=f"{name!r} cannot name a folder; give --roster FILE with an id for this student")
    return Owner(name)


def _people(found: set[Person]) -> str:
    people = sorted(map(str, found))
    return " or ".join(people[:4]) + (f" or {len(people) - 4} more" if len(people) > 4 else "")


def _like(said: str, roster: Roster) -> str:
    if len(roster.people) > 1000:  # a comparison with each takes a while, for each file
        return ""
    names = {key(one.name): one for one in roster.people} | {key(one.id): one for one in roster.people}
    near = difflib.get_close_matches(key(said), names, n=1, cutoff=0.8)
    return f" (is it {names[near[0]]}?)" if near else ""
