"""Brings verdicts that other machines judged into this course: signed with its key, on the notebooks that lie here, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.report import Sheet
from ..files.course import Course, lesson_name
from ..files.names import for_file
from ..judge import verdicts
from ..judge.signing import CourseKey, KeyProblem, no_key
from ..judge.submission import fingerprint


@dataclass
class Merged:
    """What came of it. `taken` and `here` (it was there already) are students, `listed` is what was not taken, by place, with the reason; `by` counts the verdicts
    that were taken, by who judged them, at which level and in which environment; `left` are students whose hand-in has no verdict yet."""

    taken: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)
    by: Counter = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    path: Path
    sheet: Sheet
    receipt: dict


def merge(course: Course, lesson: str, sources: list[Path]) -> Merged:
    """Take the verdicts on `lesson` in the folders `sources`, each the work folder of a machine that graded a part.

    Raises `KeyProblem`, before anything is written, where this course has no key yet, or where one is signed with another: it was judged on other hidden cases;
    `FileNotFoundError` for a folder that holds no verdicts on the lesson, `OSError` for what cannot be written.
    """
    if missing := no_key(course.root):
        raise KeyProblem(
            f"{missing}, so no machine had a copy of it: merge in the course whose course.json the machines got, or copy that file here first"
        )
    key, result, here = CourseKey.load(course.root), Merged(), set(course.students(lesson))
    for source in sources:
        _refuse_another_key(source, lesson, key)
    for source in sources:
        for found in _read(source, lesson, result):
            why = _why_not(course, lesson, found, key, here)
            student = found.sheet.student
            if why:
                result.listed[str(found.path)] = why
                continue
            before = verdicts.vouched(course.root, lesson, student, key)
            if before and before.get("submission") == found.receipt["submission"]:
                if before.get("sheet") != found.receipt["sheet"] and before.get("points") != found.receipt["points"]:
                    result.listed[str(found.path)] = (
                        f"{before['points']} points here, {found.receipt['points']} there; the verdict here stays"
                    )
                else:
                    result.here.append(student)
                continue
            # as they are: the receipt vouches for the verdict's bytes
            for kind in ("receipts", "verdicts"):
                text = (source / kind / lesson / found.path.name).read_text(encoding="utf-8")
                verdicts.write(verdicts.path_of(course.root, lesson, student, kind), text)
            result.taken.append(student)
            by = (
                found.receipt.get("by") or f"a machine that did not say so ({source})",
                found.sheet.level,
                found.sheet.versions.get("environment", ""),
            )
            result.by[by] += 1
    result.left = [student for student in sorted(here) if not verdicts.path_of(course.root, lesson, student, "receipts").exists()]
    return result


def _refuse_another_key(source: Path, lesson: str, key: CourseKey) -> None:
    paths = _receipts(source, lesson)
    others = 0
    for path in paths:
        try:
            others += verdicts.signed_by_others(verdicts.read_json(path), key)
        except (OSError, ValueError):
            pass  # told when it is read
    if others:
        raise KeyProblem(
            f"{others} of {len(paths)} verdicts in {source} are signed with another key than this course's, so they were judged on other hidden cases: copy "
            f"course.json from here to that machine's work folder, and grade there again with --again"
        )


def _receipts(source: Path, lesson: str) -> list[Path]:
    found = sorted((source / "receipts" / lesson_name(lesson)).glob("*.json"))
    if not found:
        raise FileNotFoundError(
            f"{source} holds no verdicts on {lesson}: name the folder in which {lesson} was graded, the one with receipts/ in it"
        )
    return found


def _read(source: Path, lesson: str, result: Merged) -> Iterator[_Found]:
    for path in _receipts(source, lesson):
        try:
            receipt = verdicts.read_json(path)
            sheet = Sheet.from_json(verdicts.read_json(source / "verdicts" / lesson / path.name))
        except (AttributeError, OSError, ValueError, TypeError) as problem:
            result.listed[str(path)] = f"it cannot be read ({problem})"
            continue
        yield _Found(path, sheet, receipt)


def _why_not(course: Course, lesson: str, found: _Found, key: CourseKey, here: set[str]) -> str:
    """Why a verdict is not taken; "" for one that is."""
    student = found.sheet.student
    if found.path.name != f"{for_file(student)}.json":
        return f"its file is not called after {student!r}"
    if doubts := verdicts.doubts(found.sheet, found.receipt, lesson, student, key):
        return doubts[0]
    if found.sheet.is_error:
        return "it is an error of ours, and no grade: grade here again"
    if student not in here:
        return f"nobody called {student!r} handed {lesson} in here"
    if fingerprint(course.submitted(lesson, student), course.hand_ins) != found.receipt["submission"]:
        return "it is on another notebook than the one that lies here: grade here again"
    return ""


def as_text(result: Merged) -> str:
    """What came of it, for people: who judged how many, where, and what was not taken."""
    lines = [f"{len(result.taken)} verdicts taken, {len(result.here)} were here already"]
    lines += [f"  {by}: {count} at level {level}, {environment}" for (by, level, environment), count in sorted(result.by.items())]
    if len({key[1:] for key in result.by}) > 1:
        lines.append(
            "  they were judged at different levels or in different environments; grade judges again what is not as on this machine"
        )
    if result.left:
        lines.append(f"{len(result.left)} hand-ins have no verdict yet; grade judges them here")
    return "\n".join(lines)
