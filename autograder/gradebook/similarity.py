"""Hand-ins that are more alike than the lesson explains: a question for the teacher, never a verdict, and no points hang on it.

Theory of operation: winnowing (Schleimer, Wilkerson, Aiken 2003, https://doi.org/10.1145/872757.872770). What a student wrote becomes tokens, in
which names that the lesson does not use are all one name; hashes of each few tokens in a row, thinned out, are its fingerprints. Those of what
was handed out, of our own answers, and of whatever more than a few students wrote are taken away: a short right answer leaves none. Two
hand-ins are asked about that share many of those left, and most of what one of them has.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..files.course import Course
from ..files.notebooks import BadNotebook
from ..judge.submission import read_bytes

_ROW, _WINDOW = 8, 4  # tokens in a fingerprint; of so many fingerprints in a row one is kept
_COMMON = 8  # what more students than this wrote is the usual way to write it
_LEAST, _SHARE = 12, 0.6  # shared fingerprints, and which part of the smaller hand-in they must be, to be asked about
_TOKEN = re.compile(r"[^\W\d]\w*|\d[\w.]*|\"{3}|'{3}|[-+*/<>=!@]=|\*\*|//|->|\S")
_POWERS = np.array([1_000_003**power % 2**64 for power in range(_ROW)], np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd: spreads what differs in the low digits over the high ones
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
    given = frozenset(text for cells in ours for text in cells.values())
    words = frozenset(word for text in given for word in _TOKEN.findall(text))
    usual = np.unique(np.concatenate([_rows(text, words) for text in given])) if given else np.zeros(0, np.uint32)
    order, marks = sorted(students), []
    for student in order:
        written = "\n".join(text for text in _handed_in(course, lesson, student).values() if text not in given)
        marks.append(np.setdiff1d(fingerprints(written, words), usual, assume_unique=True))
    own, shared = _compare(marks)
    found = []
    for (one, other), count in shared.items():
        share = count / min(own[one], own[other])
        if count >= _LEAST and share >= _SHARE:
            names = order[one], order[other]
            found.append(Pair(names, share, count, _where(course, lesson, names, words, usual)))
    return sorted(found, key=lambda pair: (-pair.share, -pair.shared, pair.students))


def fingerprints(text: str, words: frozenset[str]) -> np.ndarray:
    """The fingerprints of a text, sorted; names that are not among `words` all count as one. Empty for a text of fewer tokens than one needs."""
    rows = _rows(text, words)
    return np.unique(sliding_window_view(rows, min(_WINDOW, len(rows))).min(axis=1)) if len(rows) else rows


def _rows(text: str, words: frozenset[str]) -> np.ndarray:
    """A hash of each few tokens in a row; every fingerprint that the text could have, whatever stands beside it, is one of these."""
    tokens = (token if token in words or not token[0].isalpha() else "v" for token in _TOKEN.findall(text))
    codes = np.array([_code(token) for token in tokens], np.uint64)
    if len(codes) < _ROW:
        return np.zeros(0, np.uint32)
    mixed = (sliding_window_view(codes, _ROW) * _POWERS).sum(axis=1, dtype=np.uint64) * _MIX  # wraps around, as hashes do
    return (mixed >> np.uint64(32)).astype(np.uint32)


@lru_cache(1 << 15)
def _code(token: str) -> int:
    return crc32(token.encode("utf-8", "replace"))


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


def _where(course: Course, lesson: str, students: tuple[str, str], words: frozenset[str], usual: np.ndarray) -> tuple[str, ...]:
    """The exercises in which two students share most."""
    one, other = (_handed_in(course, lesson, student) for student in students)
    everywhere = np.concatenate([fingerprints(text, words) for text in other.values()])
    counts = {name: len(np.setdiff1d(np.intersect1d(fingerprints(text, words), everywhere), usual)) for name, text in one.items() if name}
    return tuple(sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))[:_VIEWED])


def _handed_in(course: Course, lesson: str, student: str) -> dict[str, str]:
    try:
        return _cells(read_bytes(course.submitted(lesson, student), course.hand_ins))
    except (BadNotebook, OSError):
        return {}


def _cells(data: bytes) -> dict[str, str]:
    """What stands in the code cells, by the name that nbgrader gave the cell; "" for all that have none. Nothing of what is no notebook."""
    found: dict[str, str] = defaultdict(str)
    try:
        for cell in json.loads(data)["cells"]:
            if cell["cell_type"] == "code":
                name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
                found[str(name)] += f"\n{''.join(cell['source'])}"
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass  # the report says of it that it could not be graded
    return found
