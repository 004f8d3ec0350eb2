"""Who is in the class: a roster from a table that a teacher or a learning platform wrote, and whom a name on a file means.

Headings: ours (id, name, email, number, in any order), those of Canvas's gradebook file (Student, ID, SIS User ID, SIS Login ID,
Section; source: canvas-lms, lib/gradebook_exporter.rb), of Moodle's grading worksheet and participants' list (Identifier, Full name,
First name, Last name, Email address, ID number; source: moodle, mod/assign/gradingtable.php), and of `nbgrader db student import`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_file

_MOST = 16 << 20  # bytes of a roster; a line is some hundred
_HEADINGS = {
    "id": "id studentid",
    "name": "name fullname student studentname displayname vollständigername",
    "given": "firstname givenname vorname",
    "family": "lastname surname familyname nachname",
    "email": "email emailaddress mail emailadresse",
    "number": "number idnumber idnummer studentnumber matriculationnumber matrikelnummer matrikelnr sisuserid",
    "login": "login username loginid sisloginid benutzername anmeldename",
    "lms_id": "canvasid lmsuserid",
    "participant": "identifier identifikation",
    "section": "section sections group groups gruppe gruppen",
}
_LASTING = {"email", "number", "login", "lms_id", "section"}  # a participant's number is of one assignment
# how Moodle calls somebody whose name it hides, before the number
_HIDDEN = re.compile(r"(participant|teilnehmer|participante|partecipante|deelnemer)\S*?\s*\d+", re.I)
_MEANS = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}


class RosterError(ValueError):
    """The table is no roster; the text says what was found, what is needed, and in which lines."""


@dataclass(frozen=True)
class Person:
    """Somebody in the class. `id` names the folder in work/submitted; the rest may be empty. `participant` is Moodle's number in one assignment."""

    id: str
    name: str = ""
    email: str = ""
    number: str = ""
    login: str = ""
    lms_id: str = ""
    participant: str = ""
    section: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.id})" if self.name and self.name != self.id else self.id


@dataclass
class Roster:
    """The class. `notes` are what is odd about the table."""

    people: list[Person] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.by_id = {person.id: person for person in self.people}
        self._exact: dict[str, set[Person]] = defaultdict(set)  # what somebody is called, as it is spelled
        self._loose: dict[str, set[Person]] = defaultdict(set)  # without accents; the part of an address before the @
        self._names: dict[str, set[Person]] = defaultdict(set)
        self._only: dict[str, dict[str, set[Person]]] = {"lms_id": defaultdict(set), "participant": defaultdict(set)}
        for person in self.people:
            for text in filter(None, (person.id, person.email, person.number, person.login)):
                self._exact[key(text)].add(person)
            for name in _orders(person.name):
                self._exact[name].add(person)
                self._names[name].add(person)
                for plain in _plain(name):
                    self._loose[plain].add(person)
            if "@" in person.email:
                self._loose[key(person.email.partition("@")[0])].add(person)
            for kind, index in self._only.items():
                if value := getattr(person, kind):
                    index[value].add(person)

    def find(self, text: str) -> set[Person]:
        """Everybody whom the text may mean: an id, address, number, login or name; only where none is spelled so, names without accents."""
        sought = key(text)
        if not sought:
            return set()
        return self._exact.get(sought) or set().union(*(self._loose.get(plain, set()) for plain in _plain(sought)))

    def numbered(self, kind: str, number: str) -> set[Person]:
        """Everybody with this number of a platform; `kind` is ``lms_id`` or ``participant``."""
        return self._only[kind].get(number, set())

    def is_called(self, person: Person, name: str) -> bool:
        """Whether the name is the person's, in any order of its words, accents aside."""
        return person in self.find(name)

    def save(self, course: Course) -> None:
        """Make it the course's roster. Raises `OSError`."""
        write_atomically(course.roster, json.dumps([asdict(person) for person in self.people], indent=1, ensure_ascii=False), mode=0o600)


def load_roster(course: Course) -> Roster | None:
    """The course's roster; None where none was given. Raises `RosterError` for a file that is damaged."""
    try:
        rows = json.loads(course.roster.read_text(encoding="utf-8"))
        known = {one.name for one in fields(Person)}
        return Roster([Person(**{name: str(row[name]) for name in row.keys() & known}) for row in rows])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError) as problem:
        raise RosterError(f"{course.roster} cannot be read ({problem}); give the class again with --roster FILE") from None


def read_roster(path: Path, before: Roster | None = None) -> Roster:
    """The roster in a table with headings, separated by commas, semicolons or tabs.

    Who is on the roster `before` keeps the id, where the table has none of ours, and whatever the table has no column for. Raises `RosterError` for what is no roster and `OSError`.
    """
    table = read_table(read_text(path))
    ours = "id" in table.columns.values()
    people, notes, bad = [], [], []
    for index, cell in table.people():
        line = index + 1
        if cell["name"] == "Student, Test":
            notes.append(f"line {line}: Canvas's test student was passed over")
            continue
        person = person_of(cell)
        if not ours:
            known = (before.find(person.email) or before.find(person.number)) if before and (person.email or person.number) else set()
            chosen = next(iter(known)).id if len(known) == 1 else ""
            person = replace(person, id=chosen or person.login or person.number or person.email or person.lms_id or person.name)
        if before and (old := before.by_id.get(person.id)):  # Canvas's file has no addresses, and the next archive may be named by them
            person = replace(person, **{column: getattr(old, column) for column in _LASTING - {*table.columns.values()}})
        if not person.id or for_file(person.id) != person.id:
            bad.append(f"line {line}: {person.id or person.name!r} cannot name a folder; an id has letters, digits, - _ . @ and no slash")
        people.append(person)
    same = [name for name, count in Counter(person.id.casefold() for person in people).items() if count > 1]
    bad += [
        f"{name!r} is the id of several people (capitals count for nothing); give each an id of their own in a column id" for name in same
    ]
    if bad or not people:
        more = f"\n  … and {len(bad) - 10} more" if len(bad) > 10 else ""
        raise RosterError(f"{path.name} is no roster that can be used:\n  " + "\n  ".join(bad[:10] or ["it names nobody"]) + more)
    return Roster(people, notes)


def read_text(path: Path) -> str:
    """The text of a table that some program wrote: UTF-8 or UTF-16 with or without a mark, else Windows' Western code page. Raises `RosterError`, `OSError`."""
    with open(path, "rb") as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise RosterError(f"{path.name} is larger than {_MOST >> 20} MiB; a class fits in less")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def separator_of(text: str) -> str:
    """What separates the columns of a table: whichever of comma, semicolon and tab is most frequent in its first line."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=first.count)


@dataclass
class Table:
    """A table as it was read: its cells, which line (from 0) holds the headings, and which column means what, by its index."""

    rows: list[list[str]]
    head: int
    columns: dict[int, str]
    separator: str

    def people(self) -> list[tuple[int, dict[str, str]]]:
        """The lines below the headings that say something, with their index: what each of them has in the columns that mean something."""
        found = []
        for index, row in enumerate(self.rows[self.head + 1 :], self.head + 1):
            cell = {column: row[at].strip() for at, column in self.columns.items() if at < len(row)}
            if any(cell.values()) and not cell.get("name", "").startswith("Points Possible"):
                cell.setdefault("name", " ".join(filter(None, (cell.get("given"), cell.get("family")))))
                found.append((index, cell))
        return found


def read_table(text: str) -> Table:
    """The table in `text`. Raises `RosterError` for what is no table of people."""
    separator = separator_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise RosterError(f"this is no table ({problem}); save it as CSV") from None
    at = next((index for index, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    head = rows[at] if rows else []
    plain = [key(cell) for cell in head]
    columns = {index: _MEANS[heading] for index, heading in enumerate(plain) if heading in _MEANS}
    if plain[:1] == ["student"] or {"sisloginid", "sisuserid"} & set(plain):  # Canvas: its ID is no id of ours
        columns |= {index: "lms_id" for index, heading in enumerate(plain) if heading == "id"}
    values = [row[index].strip() for index, column in columns.items() if column == "id" for row in rows[at + 1 :] if index < len(row)]
    if any(values) and all(_HIDDEN.fullmatch(value) for value in values if value):  # Moodle in German says ID for Identifier
        columns |= {index: "participant" for index, column in columns.items() if column == "id"}
    if "given" in columns.values() and "family" not in columns.values():  # German tables say Name for the family's
        columns |= {index: "family" for index, column in columns.items() if column == "name"}
    if not {"id", "name", "email", "number", "login", "given", "participant"} & set(columns.values()):
        raise RosterError(
            f"a table of people needs a first line with headings such as id, name, email, number; found {', '.join(head)[:200] or 'nothing'}"
        )
    return Table(rows, at, columns, separator)


def person_of(cell: dict[str, str]) -> Person:
    """The person in a line of a table, as far as it says; the id is "" where it has none of ours."""
    return Person(
        cell.get("id", ""),
        _given_first(cell.get("name", "")),
        *(cell.get(column, "") for column in ("email", "number", "login", "lms_id")),
        "".join(re.findall(r"\d+$", cell.get("participant", ""))),
        cell.get("section", ""),
    )


def key(text: str) -> str:
    """What two spellings of one name share: letters and digits only, small, composed."""
    return "".join(c for c in unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()) if c.isalnum() or c == "@")


def _plain(name: str) -> Iterable[str]:
    """The key without accents, and with German umlauts written out."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    spelled = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}))
    return {bare, "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))}


def _given_first(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


def _orders(name: str) -> set[str]:
    """Keys of a name with its words in turn: platforms put the family's first, and nobody knows how many words that has."""
    words = name.replace(",", " ").split()
    return {key("".join(words[i:] + words[:i])) for i in range(len(words))} - {""}
