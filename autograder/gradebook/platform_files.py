"""Final scores as files that Moodle and Canvas take as they are. Text is text in them and numbers are numbers; what nobody graded is no zero.

Sources: Moodle, mod/assign/feedback/offline/importgradeslib.php (the grading worksheet: found by its columns Identifier, Grade and Last modified
(grade)) and docs.moodle.org/405/en/Grade_import; Canvas, lib/gradebook_importer.rb (the first columns up to Section, the line Points Possible; an
empty cell takes a grade away, so a student without a score keeps what the file had).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape

from ..engine.messages import number
from ..intake.roster import Person, Roster, RosterError, Table, key, person_of, read_table
from .final_scores import FinalScore
from .grade_files import GradeFile, Term, as_text, most_of, person_of_id, points_of, students_of

_GRADE = {key(word) for word in "Grade Bewertung Note Calificación Valutazione Nota Beoordeling Cijfer".split()}
_MOST = {
    key(word) for word in ("Maximum Grade", "Maximum grade", "Maximale Bewertung", "Höchste Bewertung", "Bestwertung", "Note maximale")
}
_COMMENT = ("feedbackcomment", "feedbackalskommentar", "commentairesdefeedback", "comentariosderetroalimentación", "commentidifeedback")


class WrongFile(ValueError):
    """The file to fill in does not fit the scores. The text says what to do."""


def as_moodle(term: Term, roster: Roster | None) -> GradeFile:
    """A file for Moodle's gradebook (Grades, Import, CSV): address or ID number, then grade and feedback of each lesson. Students without a score are left out."""
    made, lines = GradeFile(), [["Email address", "ID number"]]
    lines[0] += [heading for lesson in term for heading in (lesson, f"{lesson} (Feedback)")]
    for student in students_of(term):
        person = person_of_id(student, roster)
        email = person.email or (student if "@" in student else "")
        mine = [scores.get(student) for scores in term.values()]
        for lesson, one in zip(term, mine):
            made.count(lesson, student, one, "" if email or person.number else "the roster has neither an address nor a number")
        if (email or person.number) and any(one and one.score is not None for one in mine):
            lines.append([email, person.number, *(cell for one in mine for cell in (points_of(one), _feedback(one)))])
    made.text = as_text(lines)
    return made


def into_moodle(term: Term, roster: Roster | None, text: str, columns: Mapping[str, str]) -> GradeFile:
    """The grading worksheet that Moodle exported for one assignment, with grade and feedback filled in. Raises `WrongFile`.

    `columns` names the column of the grade by lesson, where its heading is in a language that is not known here.
    """
    if len(term) != 1:
        raise WrongFile("a grading worksheet of Moodle is one assignment's; name one lesson")
    [(lesson, scores)] = term.items()
    table = _table(text)
    plain = [key(heading) for heading in table.rows[table.head]]
    grade = _column(table, columns.get(lesson, ""), lambda heading: heading in _GRADE, "the grade")
    comment = next((index for index, heading in enumerate(plain) if heading.startswith(_COMMENT)), None)
    most = next((index for index, heading in enumerate(plain) if heading in _MOST), None)
    made = GradeFile()
    for student, row in _matched(lesson, scores, roster, table, made):
        one = scores[student]
        if most is not None:
            _check_most(row[most], one.max_score, "Moodle's assignment")
        row[grade] = points_of(one)
        if comment is not None:
            row[comment] = _feedback(one)
    made.text = as_text(table.rows, table.separator)
    return made


def as_canvas(term: Term, roster: Roster | None) -> GradeFile:
    """A file for Canvas's gradebook, for columns that Canvas does not have yet: it offers to make them."""
    if roster is None:
        raise WrongFile(
            "Canvas knows students by its numbers or names; give the file that Canvas exported with --into, or the class with take-in --roster"
        )
    made = GradeFile()
    lines: list[list] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *term]]
    lines.append(["    Points Possible", "", "", "", "", *(most_of(scores) for scores in term.values())])
    for student in students_of(term):
        person = roster.by_id.get(student)
        known = person if person and (person.lms_id or person.number or person.login or len(roster.find(person.name)) == 1) else None
        mine = [scores.get(student) for scores in term.values()]
        for lesson, one in zip(term, mine):
            made.count(lesson, student, one, "" if known else "the roster has nothing that Canvas knows the student by")
        if known and any(one and one.score is not None for one in mine):
            lines.append([known.name, known.lms_id, known.number, known.login, known.section, *map(points_of, mine)])
    made.text = as_text(lines)
    return made


def into_canvas(term: Term, roster: Roster | None, text: str, columns: Mapping[str, str]) -> GradeFile:
    """The scores in the file that Canvas exported: its columns up to Section, and those of the lessons. Raises `WrongFile`.

    `columns` names a lesson's column; without, it is the one whose name begins with the lesson's.
    """
    table, made = _table(text), GradeFile()
    head = table.rows[table.head]
    plain = [key(heading) for heading in head]
    if "section" not in plain or "lms_id" not in table.columns.values():
        raise WrongFile("this is not the file that Canvas exports (Grades, Export): it has no columns ID and Section")
    kept = [*range(plain.index("section") + 1)]
    possible = next((row for row in table.rows if row and row[0].strip() == "Points Possible"), None)
    for lesson, scores in term.items():
        at = _column(table, columns.get(lesson, ""), partial(_begins, key(lesson)), lesson)
        kept.append(at)
        if possible:
            _check_most(possible[at], most_of(scores), f"Canvas's column {head[at]!r}")
        for student, row in _matched(lesson, scores, roster, table, made):
            row[at] = points_of(scores[student])
    made.text = as_text([[row[index] for index in kept] for row in table.rows if row])
    return made


def _matched(
    lesson: str, scores: dict[str, FinalScore], roster: Roster | None, table: Table, made: GradeFile
) -> Iterable[tuple[str, list[str]]]:
    """Each student with a score, with the line of the table that is the student's; the others are noted."""
    # the section carries the line's index: nobody is looked for by it
    lines = Roster([person_of(cell | {"id": "", "section": str(index)}) for index, cell in table.people()])
    found = {student: _line(person_of_id(student, roster), lines) for student in scores}
    taken = Counter(line for mine in found.values() if len(mine) == 1 for line in mine)
    for student, mine in found.items():
        sure = len(mine) == 1 and taken[next(iter(mine))] == 1
        why = "the file has no line for the student" if not mine else "it cannot be told which line of the file is the student's"
        made.count(lesson, student, scores[student], "" if sure else why)
        if sure and scores[student].score is not None:
            yield student, table.rows[int(next(iter(mine)).section)]


def _line(person: Person, lines: Roster) -> set[Person]:
    """The lines that may be the person's: by what is nobody else's first, then by name, where a participant's number tells namesakes apart."""
    if person.lms_id and (found := lines.numbered("lms_id", person.lms_id)):
        return found
    for text in filter(None, (person.email, person.number, person.login, person.id, person.name)):
        if found := lines.find(text):
            same = {one for one in found if person.participant and one.participant == person.participant}
            return same if len(found) > 1 and same else found
    hidden = {one for one in lines.numbered("participant", person.participant) if not one.name} if person.participant else set()
    return hidden  # a worksheet without names


def _table(text: str) -> Table:
    try:
        table = read_table(text)
    except RosterError as problem:
        raise WrongFile(str(problem)) from None
    wide = len(table.rows[table.head])
    table.rows = [row + [""] * (wide - len(row)) if row else row for row in table.rows]
    return table


def _column(table: Table, name: str, fits: Callable[[str], bool], what: str) -> int:
    """The index of the one column that is called `name`, or, without a name, that fits."""
    head = table.rows[table.head]
    found = [index for index, heading in enumerate(head) if (heading.strip() == name.strip() if name else fits(key(heading)))]
    if len(found) != 1:
        many = "several columns" if found else "no column"
        called = f" called {name!r}" if name else f" for {what}"
        raise WrongFile(f"the file has {many}{called}; say which with --column NAME. It has: {', '.join(head)[:500]}")
    return found[0]


def _begins(start: str, heading: str) -> bool:
    return heading.startswith(start)


def _check_most(cell: str, most: float, what: str) -> None:
    try:
        theirs = float(cell.replace(",", "."))
    except ValueError:
        return  # it says nothing
    if theirs != most:
        raise WrongFile(
            f"{what} has {number(theirs)} points at most, the lesson {number(most)}; set it to {number(most)} there and export the file again"
        )


def _feedback(one: FinalScore | None) -> str:
    """What a student reads in Moodle, which shows it as HTML."""
    if one is None or one.score is None:
        return ""
    parts = [f"{name}: {number(points or 0)} of {number(one.max_by_cell[name])}" for name, points in one.by_cell.items()]
    late = [f"late: -{number(one.penalty)}"] if one.penalty else []
    return escape("; ".join([f"{number(one.score)} of {number(one.max_score)} points", *late, *parts]))
