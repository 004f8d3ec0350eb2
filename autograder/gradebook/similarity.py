"""Hand-ins that are more alike than the lesson explains: a question for the teacher, never a verdict, and no points hang on it.

Theory of operation: winnowing (Schleimer, Wilkerson, Aiken 2003, https://doi.org/10.1145/872757.872770). What a student wrote becomes tokens, in
which names that the lesson does not use are all one name; hashes of each few tokens in a row, thinned out, are its fingerprints. Those of what
was handed out, of our own answers, and of whatever more than a few students wrote are taken away: a short right answer leaves none. Two
hand-ins are asked about that share many of those left, and most of what one of them has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

import numpy as np

from ..files.course import Course
from ..files.notebooks import BadNotebook, read_notebook
from ..judge.submission import read_bytes

_ROW, _WINDOW = 8, 4  # tokens in a fingerprint; of so many fingerprints in a row one is kept
_COMMON = 8  # what more students than this wrote is the usual way to write it
_LEAST, _SHARE = 12, 0.6  # shared fingerprints, and which part of the smaller hand-in they must be, to be asked about
_TOKEN = re.compile(r"[^\W\d]\w*|\d[\w.]*|\"{3}|'{3}|[-+*/<>=!@]=|\*\*|//|->|\S")
_VIEWED = 3  # exercises that are named


@dataclass(frozen=True)
class Pair:
    """Two students, which part of the smaller hand-in's own fingerprints they share, how many those are, and in which exercises most of them lie."""

    students: tuple[str, str]
    share: float
    shared: int
    exercises: tuple[str, ...]


def identical(files: dict[str, str]) -> list[list[str]]:
    """Students whose files are the same, byte by byte; `files` are hashes by student, of those who wrote something."""
    groups = defaultdict(list)
    for student, sha in files.items():
        groups[sha].append(student)
    return [sorted(group) for sha, group in sorted(groups.items(), key=lambda item: item[1]) if sha and len(group) > 1]


def alike(course: Course, lesson: str, students: Iterable[str]) -> list[Pair]:
    """The pairs to ask about, the most alike first. What cannot be read is like nothing."""
    ours = [_cells(path.read_bytes()) for path in (course.release(lesson), course.source(lesson)) if path.is_file()]
    words = frozenset(word for cells in ours for text in cells.values() for word in _TOKEN.findall(text))
    usual = {mark for cells in ours for text in cells.values() for mark in _all_marks(text, words)}
    order, marks = sorted(students), []
    for student in order:
        cells = _handed_in(course, lesson, student)
        mine = {mark for text in cells.values() for mark in fingerprints(text, words)} - usual
        marks.append(np.fromiter(mine, np.uint32, len(mine)))
    own, shared = _compare(marks)
    found = []
    for (one, other), count in shared.items():
        share = count / min(own[one], own[other])
        if count >= _LEAST and share >= _SHARE:
            names = order[one], order[other]
            found.append(Pair(names, share, count, _where(course, lesson, names, words, usual)))
    return sorted(found, key=lambda pair: (-pair.share, -pair.shared, pair.students))


def fingerprints(text: str, words: frozenset[str]) -> set[int]:
    """The fingerprints of a text; names that are not among `words` all count as one. Empty for a text of fewer tokens than one needs."""
    rows = _rows(text, words)
    return {min(rows[start : start + _WINDOW]) for start in range(max(1, len(rows) - _WINDOW + 1))} if rows else set()


def _all_marks(text: str, words: frozenset[str]) -> set[int]:
    """Every hash that could become a fingerprint, also where its neighbours are others."""
    return set(_rows(text, words))


def _rows(text: str, words: frozenset[str]) -> list[int]:
    tokens = [token if token in words or not token[0].isalpha() else "v" for token in _TOKEN.findall(text)]
    return [crc32(" ".join(tokens[start : start + _ROW]).encode("utf-8", "replace")) for start in range(len(tokens) - _ROW + 1)]


def _compare(marks: list[np.ndarray]) -> tuple[list[int], Counter[tuple[int, int]]]:
    """How many fingerprints each has that are not common, and how many each pair shares of those.

    One sorted array of all: as sets and dicts a class of ten thousand would take ten times the memory.
    """
    whose = np.repeat(np.arange(len(marks), dtype=np.int32), [len(mine) for mine in marks])
    every = np.concatenate(marks) if marks else np.zeros(0, np.uint32)
    order = np.argsort(every, kind="stable")
    every, whose = every[order], whose[order]
    starts = np.flatnonzero(np.r_[True, every[1:] != every[:-1]]) if len(every) else np.zeros(0, int)
    counts = np.diff(np.r_[starts, len(every)])
    rare = counts <= _COMMON
    own = np.bincount(whose[np.repeat(rare, counts)], minlength=len(marks)).tolist()
    shared: Counter[tuple[int, int]] = Counter()
    for start, count in zip(starts[rare & (counts > 1)].tolist(), counts[rare & (counts > 1)].tolist()):
        shared.update(combinations(whose[start : start + count].tolist(), 2))
    return own, shared


def _where(course: Course, lesson: str, students: tuple[str, str], words: frozenset[str], usual: set[int]) -> tuple[str, ...]:
    """The exercises in which two students share most."""
    one, other = (_handed_in(course, lesson, student) for student in students)
    everywhere = {mark for text in other.values() for mark in fingerprints(text, words)} - usual
    counts = {name: len(fingerprints(text, words) & everywhere) for name, text in one.items() if name}
    return tuple(sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))[:_VIEWED])


def _handed_in(course: Course, lesson: str, student: str) -> dict[str, str]:
    try:
        return _cells(read_bytes(course.submitted(lesson, student), course.hand_ins))
    except (BadNotebook, OSError):
        return {}


def _cells(data: bytes) -> dict[str, str]:
    """What stands in the code cells, by the name that nbgrader gave the cell; "" for all that have none. Raises `BadNotebook`."""
    found: dict[str, str] = defaultdict(str)
    for cell in read_notebook(data)[0]["cells"]:
        if cell["cell_type"] == "code":
            marks = cell["metadata"].get("nbgrader")
            name = marks.get("grade_id") if isinstance(marks, dict) else None
            found[name if isinstance(name, str) else ""] += f"\n{cell['source']}"
    return found
