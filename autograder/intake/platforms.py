"""What the path of a handed-in file says: whose it is, which attempt, when, and whether late, by the names that each platform gives.

Sources of the forms: Canvas, canvas-lms lib/content_zipper.rb (`get_filename`, `sanitize_user_name`); Moodle, mod/assign/locallib.php
(`download_submissions`); nbgrader, exchange/default/submit.py (`student+assignment+timestamp+random`) and the documentation of
zip_collect (`…_student_attempt_2016-01-30-20-30-10_problem1.ipynb`); Google Classroom's and Colab's copies are named as their users see them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .archive import ARCHIVES
from .roster import key

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.S)
_CANVAS = re.compile(r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<sequence>\d+)_(?P<file>.+)", re.S)
_ANONYMOUS = re.compile(r"(LATE_)?anon_\w+?_\d+_(?P<file>.+)", re.S)
_EXCHANGE = re.compile(r"(?P<name>[^+]+)\+(?P<lesson>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[^+]*)(\+[^+]*)?")
_ATTEMPT = re.compile(r"(?P<name>.+)_attempt_(?P<time>\d{4}(-\d\d){5})_(?P<file>.+)", re.S)
_NOBODY = {key(word) for word in "Participant Teilnehmer Teilnehmerin Teilnehmer/in Teilnehmer*in Participante Partecipante".split()}
_JUNK = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".gitkeep"}
_COPY_BEFORE = re.compile(r"(copy|kopie|copie|copia|cópia|kopia)( \(?\d+\)?)? (of|von|de|di|av|van) ", re.I)
# what a browser, a platform or Jupyter puts behind a name that is there already
_COPY_BEHIND = re.compile(
    r"( ?\((?P<browser>\d{1,3})\)|-(?P<canvas>\d{1,3})|(?P<kept>(?<![- –])[- –]+(copy|kopie|copie|copia)\d*( ?\(\d+\))?))$", re.I
)


@dataclass
class Clue:
    """What a path says. `names` may be whose it is, the surest first; `numbers` are (kind, number) as `Roster.numbered` has them.

    `stem` is the file's name as its author gave it, without ending and marks of a copy; `copy` counts those (a browser's second download, Canvas's
    second upload; negative for a copy that somebody kept).
    `time` is when it was handed in, where the platform says so; `unit` is what was handed in together.
    """

    platform: str
    names: list[str]
    stem: str
    unit: str
    numbers: list[tuple[str, str]] = field(default_factory=list)
    copy: int = 0
    sequence: int = 0
    late: bool = False
    time: datetime.datetime | None = None
    lesson: str = ""


def is_junk(parts: Iterable[str]) -> bool:
    """Whether operating systems and Jupyter put the file there, not a student."""
    return any(part.lower() in _JUNK or part.startswith("._") for part in parts)


def read_path(parts: tuple[str, ...], lessons: Iterable[str]) -> Clue:
    """The clue in the path of one file; `lessons` are the names that stand for a lesson, never for a student."""
    *folders, file = parts
    folders = [_without_ending(folder) for folder in folders]
    plain = {key(lesson): lesson for lesson in lessons}
    for at, part in reversed(list(enumerate(parts))):
        rest = file if at < len(parts) - 1 else ""
        clue = _of_platform(part, rest)
        if clue:
            clue.unit = f"{'/'.join(parts[:at])}|{clue.names[:1]}{clue.numbers[:1]}{clue.time}"
            clue.lesson = clue.lesson or next((plain[key(f)] for f in reversed(folders) if key(f) in plain), "")
            return clue
    stem, copy = stem_of(file)
    named = [folder for folder in reversed(folders) if key(folder) not in plain]
    lesson = next((plain[key(folder)] for folder in reversed(folders) if key(folder) in plain), "")
    names = [*_in_stem(stem, plain), *named]
    return Clue("flat", names, _without_name(stem, plain), "/".join(folders) or f"|{stem}", copy=copy, lesson=lesson)


def named_lesson(clue: Clue, lessons: Iterable[str]) -> str:
    """The lesson that a file is called like; "" for none."""
    known = {key(lesson): lesson for lesson in lessons}
    return known.get(key(clue.stem), "")


def stem_of(file: str) -> tuple[str, int]:
    """A notebook's name without its ending and marks of a copy, and what those count."""
    stem = file
    while lower := next((end for end in (".ipynb", ".txt", ".json") if stem.lower().endswith(end) and len(stem) > len(end)), ""):
        stem = stem[: -len(lower)]
    copy = 0
    while True:
        before, behind = _COPY_BEFORE.match(stem), _COPY_BEHIND.search(stem)
        if before and before.end() < len(stem):
            stem = stem[before.end() :]
        elif behind and behind.start() > 0:
            number = behind["browser"] or behind["canvas"]
            copy += int(number) if number else -1
            stem = stem[: behind.start()]
        else:
            return stem.strip(), copy


def _of_platform(part: str, rest: str) -> Clue | None:
    """The clue in one part of a path that a platform named; `rest` is the file's name where the part is a folder."""
    if found := _EXCHANGE.fullmatch(part):
        stem, copy = stem_of(rest)
        return Clue("nbgrader", [found["name"]], stem, "", copy=copy, time=parse_time(found["time"]), lesson=found["lesson"])
    if found := _MOODLE.fullmatch(part):
        stem, copy = stem_of(rest or found["file"])
        name = found["name"]
        # a group's name may stand before, with a hyphen
        names = (
            [] if key(re.sub(r"\d+$", "", name)) in _NOBODY else [name[match:] for match in (0, *(m.end() for m in re.finditer("-", name)))]
        )
        return Clue("Moodle", names, stem, "", [("participant", found["number"])], copy)
    if rest and _without_ending(part) == part:
        return None
    if found := _ATTEMPT.fullmatch(part):
        stem, copy = stem_of(rest or found["file"])
        words = found["name"].split("_")
        names = ["_".join(words[i:]) for i in range(len(words))]
        return Clue("Blackboard", names, stem, "", copy=copy, time=parse_time(found["time"]))
    if found := _ANONYMOUS.fullmatch(part):
        return Clue("Canvas, anonymous", [], stem_of(rest or found["file"])[0], "")
    if found := _CANVAS.fullmatch(part):
        stem, copy = stem_of(rest or found["file"])
        number = [("lms_id", found["number"])]
        return Clue("Canvas", [found["name"]], stem, "", number, copy, int(found["sequence"][:18]), bool(found["late"]))
    return None


def given_back(path: str, platform: str, file: str) -> str:
    """The name under which a platform, ``moodle`` or ``canvas``, takes `file` back for whoever handed in what lay at `path`; "" where the path is none of its own."""
    form = _MOODLE if platform == "moodle" else _CANVAS
    parts = path.split("/")
    for at, part in reversed(list(enumerate(parts))):
        if found := form.fullmatch(part):
            ours = part[: found.start("file")]
            # Moodle has a folder for each student, unless it was told to make none; Canvas never has
            alone = platform == "moodle" and not found["file"] and at < len(parts) - 1
            return f"{ours}/{file}" if alone else f"{ours}{file}"
    return ""


def _without_ending(folder: str) -> str:
    """A folder's name; an archive that a student handed in is one."""
    return next((folder[: -len(end)] for end in ARCHIVES if folder.lower().endswith(end)), folder)


def _in_stem(stem: str, lessons: dict[str, str]) -> list[str]:
    """Who the name of a file may mean: what stands before or behind the lesson's name, or all of it."""
    if key(stem) in lessons:
        return []
    names = [stem]
    for name in lessons.values():
        found = re.search(re.escape(name), stem, re.I) or re.search(re.escape(name).replace("_", "[ _-]"), stem, re.I)
        if found:
            before, behind = stem[: found.start()].strip(" -_–"), stem[found.end() :].strip(" -_–()")
            before = re.sub(r"[-–_ ]+(copy|kopie|copie|copia) (of|von|de|di)$", "", before, flags=re.I)
            names = [part for part in (before, behind) if part and not re.fullmatch(r"(final|new|v?\d+|abgabe|neu)", part, re.I)]
            break
    return names


def _without_name(stem: str, lessons: dict[str, str]) -> str:
    """The lesson's name where the stem holds it, else the stem."""
    for name in lessons.values():
        if re.search(re.escape(name).replace("_", "[ _-]"), stem, re.I):
            return name
    return stem


def parse_time(text: str) -> datetime.datetime | None:
    """A time as nbgrader and platforms write it, in UTC: ``2026-01-12 18:30:00.123 UTC``, ``2016-01-30-20-30-10``; None for what is no such time.

    A time zone by name is one that Python knows, ``Europe/Berlin``; a time without any is UTC, as nbgrader has it.
    """
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T-](\d\d)[:-](\d\d)(?:[:-](\d\d)(?:\.(\d{1,6})\d*)?)?\s*(\S*)", text.strip())
    if not found:
        return None
    date, hour, minute, second, fraction, zone = found.groups()
    try:
        time = datetime.datetime.fromisoformat(f"{date}T{hour}:{minute}:{second or '00'}.{(fraction or '0').ljust(6, '0')}")
        if zone in ("", "UTC", "UCT", "GMT", "Z"):
            return time.replace(tzinfo=datetime.UTC)
        if shift := re.fullmatch(r"([+-])(\d\d):?(\d\d)", zone):
            minutes = int(f"{shift[1]}1") * (60 * int(shift[2]) + int(shift[3]))
            return (time - datetime.timedelta(minutes=minutes)).replace(tzinfo=datetime.UTC)
        from zoneinfo import ZoneInfo

        return time.replace(tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC)
    except (ValueError, OverflowError, KeyError, OSError):
        return None
