"""Verdict files: written whole or not at all, keyed by what they depend on, with a receipt signed with the course's key.

``work/verdicts/<lesson>/<student>.json`` holds a sheet, ``work/receipts/<lesson>/<student>.json`` its receipt, which is short and
may be given to the student. The receipt is written first and names the sheet's hash: a verdict without its receipt is no
verdict.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

from ..engine.report import Sheet
from ..files.atomic import write_atomically
from ..files.course import Course, lesson_name, work_of
from ..files.names import for_file
from ..files.plain_files import read_plain
from .signing import CourseKey
from .submission import BadNotebook, MissingNotebook, read_bytes

_MOST = 1 << 30  # bytes of a verdict, pictures included


def verdict_key(lesson: str, student: str, submission: str, versions: dict, level: str, seed: int) -> str:
    """What a verdict depends on, as one hash: the same key means the same verdict."""
    text = json.dumps([lesson, student, submission, versions, level, seed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def path_of(root: str | Path, lesson: str, student: str, kind: str = "verdicts") -> Path:
    """Where a student's verdict (or receipt) lies; no two students share a file."""
    return work_of(root) / kind / lesson_name(lesson) / f"{for_file(student)}.json"


def save(root: str | Path, sheet: Sheet, key: CourseKey, by: str = "") -> Path:
    """Write a sheet and its signed receipt, whole or not at all; the receipt says by which machine it was judged, where that is given. Raises `OSError`, for example on a full disk."""
    data = sheet.to_json()
    text = _as_text(data)
    receipt = {
        "lesson": sheet.lesson,
        "student": sheet.student,
        "signer": key.name,
        "submission": sheet.submission,
        "versions": sheet.versions,
        "seed": sheet.seed,
        "level": sheet.level,
        "cgroup": sheet.cgroup,
        "status": sheet.status,
        "points": sheet.points,
        "exercises": {name: report.points for name, report in sheet.reports.items()},
        "sheet": _digest(data),
        "key": verdict_key(sheet.lesson, sheet.student, sheet.submission, sheet.versions, sheet.level, sheet.seed),
    }
    if not sheet.is_error:
        receipt |= {"file": hashlib.sha256(text.encode()).hexdigest(), "detail": sheet.detail}  # see `vouched`
    if by:
        receipt["by"] = by
    receipt["signature"] = key.sign(receipt)
    write(path_of(root, sheet.lesson, sheet.student, "receipts"), _as_text(receipt))
    path = path_of(root, sheet.lesson, sheet.student)
    write(path, text)
    return path


def drop(root: str | Path, lesson: str, student: str) -> None:
    """Remove a student's verdict and receipt, if there are any."""
    for kind in ("verdicts", "receipts"):
        path_of(root, lesson, student, kind).unlink(missing_ok=True)


def read(root: str | Path, lesson: str, student: str) -> tuple[Sheet, dict]:
    """A student's sheet and receipt, unverified. Raises `OSError` or `ValueError` when there are none worth the name."""
    data, receipt = read_json(path_of(root, lesson, student)), read_receipt(root, lesson, student)
    try:
        return Sheet.from_json(data), receipt
    except (AttributeError, KeyError, TypeError) as problem:  # a verdict that somebody edited
        raise ValueError(f"{path_of(root, lesson, student)} is broken ({type(problem).__name__}: {problem}); grade again") from None


def read_receipt(root: str | Path, lesson: str, student: str) -> dict:
    """A student's receipt, unverified. Raises `OSError` or `ValueError` when there is none worth the name."""
    return read_json(path_of(root, lesson, student, "receipts"))


def vouched(root: str | Path, lesson: str, student: str, key: CourseKey) -> dict | None:
    """The student's receipt where it is this course's and vouches for the verdict's file byte for byte, so that nobody need read that; else None.

    A verdict that holds an error of ours, and one of an earlier version, is never vouched for.
    """
    try:
        receipt = read_receipt(root, lesson, student)
        path = path_of(root, lesson, student)
        if hashlib.sha256(read_plain(path, path.parent, _MOST)).hexdigest() != receipt.get("file"):
            return None
    except (OSError, ValueError):
        return None
    mine = (receipt.get("lesson"), receipt.get("student")) == (lesson, student)
    return receipt if mine and hmac.compare_digest(key.sign(receipt), str(receipt.get("signature"))) else None


def read_json(path: Path) -> dict:
    """The object in a verdict's or receipt's file. Raises `OSError`, or `ValueError` for what is none."""
    try:
        data = json.loads(read_plain(path, path.parent, _MOST))
    except RecursionError:
        data = None
    if not isinstance(data, dict):
        raise ValueError(f"{path} is broken; grade again")
    return data


def problems(root: str | Path, lesson: str, student: str, key: CourseKey, notebook: str | Path | None = None) -> list[str]:
    """Why a student's grade is not to be believed; an empty list when it is. `notebook` is checked against the receipt."""
    try:
        sheet, receipt = read(root, lesson, student)
    except FileNotFoundError:
        return [f"no verdict on {student!r} in {lesson!r}; grade it first, or look at the names (the lesson comes before the student)"]
    except (OSError, ValueError) as error:
        return [str(error)]
    found = doubts(sheet, receipt, lesson, student, key)
    if notebook is not None:
        found += replaced(receipt, Path(notebook), Course.at(root).hand_ins)
    return found


def replaced(receipt: dict, notebook: Path, below: Path) -> list[str]:
    """In what way the notebook that lies there is not the one that the receipt is on, opened without trust from `below` on; an empty list when it is."""
    try:
        now = hashlib.sha256(read_bytes(notebook, below)).hexdigest()
    except MissingNotebook:
        return ["the notebook that was graded is gone"] if receipt.get("submission") else []
    except BadNotebook as problem:
        return [f"the notebook that was graded cannot be read any more: {problem}"] if receipt.get("submission") else []
    return [] if now == receipt.get("submission", "") else ["the notebook that lies there now is not the one that was graded"]


def doubts(sheet: Sheet, receipt: dict, lesson: str, student: str, key: CourseKey) -> list[str]:
    """Why a sheet and receipt that were read are not this course's on this student; an empty list when they are."""
    found = []
    if signed_by_others(receipt, key):
        return ["it was signed with another key than the one in work/course.json; restore that file from a backup if it was replaced"]
    if not hmac.compare_digest(key.sign(receipt), str(receipt.get("signature"))):
        found.append("the signature is not this course's: the receipt was changed, or the course's key was")
    if receipt.get("sheet") != _digest(sheet.to_json()):
        found.append("the verdict is not the one that was signed")
    if (receipt.get("lesson"), receipt.get("student")) != (lesson, student):
        found.append(f"the receipt is that of {receipt.get('student')!r} in {receipt.get('lesson')!r}")
    return found


def signed_by_others(receipt: dict, key: CourseKey) -> bool:
    """Whether the receipt names another key than this course's."""
    return isinstance(receipt.get("signer"), str) and receipt["signer"] != key.name


def write(path: Path, text: str) -> None:
    """Write JSON whole or not at all; a verdict that a power cut spoils does not fit its signature, and is made again. Raises `OSError`."""
    write_atomically(path, text, mode=0o600)


def _as_text(data: dict) -> str:
    return json.dumps(data, separators=(",", ":"))


def _digest(data: dict) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
