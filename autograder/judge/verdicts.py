"""Verdict files: written whole or not at all, keyed by what they depend on, with a receipt signed with the course's key.

``work/verdicts/<lesson>/<student>.json`` holds a sheet, ``work/receipts/<lesson>/<student>.json`` its receipt, which is short and
may be given to the student. The receipt is written first and names the sheet's hash: a verdict without its receipt is no
verdict. The course's seed and key are in ``work/course.json``, made on first use; keep that file: without it no grade can
be repeated or verified.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..engine.report import Sheet


@dataclass(frozen=True)
class Course:
    """The course's recorded seed and secret key."""

    seed: str
    key: bytes

    @classmethod
    def load(cls, root: str | Path) -> Course:
        """The course of `root`; made, readable by its owner only, when there is none. Raises `ValueError` when it is damaged."""
        path = Path(root) / "work" / "course.json"
        if not path.exists():
            made = {"seed": secrets.token_hex(16), "key": secrets.token_hex(32)}
            write(path, made, once=True)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(str(data["seed"]), bytes.fromhex(data["key"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path} is damaged ({error}); restore it from a backup: it holds the course's seed and key") from None

    def student_seed(self, lesson: str, student: str) -> int:
        """The seed of a student's hidden cases: nobody can compute it without the course's key, and it never changes."""
        message = json.dumps([self.seed, lesson, student]).encode()
        return int.from_bytes(hmac.digest(self.key, message, "sha256")[:6], "big")

    def sign(self, receipt: dict) -> str:
        """The signature of a receipt, its own field "signature" left out."""
        text = json.dumps({k: v for k, v in receipt.items() if k != "signature"}, sort_keys=True, separators=(",", ":"))
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()


def key(lesson: str, student: str, submission: str, versions: dict, level: str, seed: int) -> str:
    """What a verdict depends on, as one hash: the same key means the same verdict."""
    text = json.dumps([lesson, student, submission, versions, level, seed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def path_of(root: str | Path, lesson: str, student: str, kind: str = "verdicts") -> Path:
    """Where a student's verdict (or receipt) lies. A name too long for a file's gets a short one with a hash."""
    name = student if len(os.fsencode(student)) <= 200 else f"{student[:40]}-{hashlib.sha256(os.fsencode(student)).hexdigest()[:16]}"
    return Path(root) / "work" / kind / lesson / f"{name}.json"


def save(root: str | Path, sheet: Sheet, course: Course) -> Path:
    """Write a sheet and its signed receipt, whole or not at all. Raises `OSError`, for example on a full disk."""
    data = sheet.to_json()
    receipt = {
        "lesson": sheet.lesson,
        "student": sheet.student,
        "submission": sheet.submission,
        "versions": sheet.versions,
        "seed": sheet.seed,
        "level": sheet.level,
        "cgroup": sheet.cgroup,
        "status": sheet.status,
        "points": sheet.points,
        "exercises": {name: report.points for name, report in sheet.reports.items()},
        "sheet": _digest(data),
        "key": key(sheet.lesson, sheet.student, sheet.submission, sheet.versions, sheet.level, sheet.seed),
    }
    receipt["signature"] = course.sign(receipt)
    write(path_of(root, sheet.lesson, sheet.student, "receipts"), receipt)
    path = path_of(root, sheet.lesson, sheet.student)
    write(path, data)
    return path


def drop(root: str | Path, lesson: str, student: str) -> None:
    """Remove a student's verdict and receipt, if there are any."""
    for kind in ("verdicts", "receipts"):
        path_of(root, lesson, student, kind).unlink(missing_ok=True)


def read(root: str | Path, lesson: str, student: str) -> tuple[Sheet, dict]:
    """A student's sheet and receipt, unverified. Raises `OSError` or `ValueError` when there are none worth the name."""
    found = []
    for kind in ("verdicts", "receipts"):
        path = path_of(root, lesson, student, kind)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except RecursionError:
            data = None
        if not isinstance(data, dict):
            raise ValueError(f"{path} is broken; grade again")
        found.append(data)
    return Sheet.from_json(found[0]), found[1]


def problems(root: str | Path, lesson: str, student: str, course: Course, notebook: str | Path | None = None) -> list[str]:
    """Why a student's grade is not to be believed; an empty list when it is. `notebook` is checked against the receipt."""
    try:
        sheet, receipt = read(root, lesson, student)
    except FileNotFoundError:
        return [f"no verdict on {student!r} in {lesson!r}; grade it first, or look at the names (the lesson comes before the student)"]
    except (OSError, ValueError) as error:
        return [str(error)]
    found = doubts(sheet, receipt, lesson, student, course)
    if notebook is not None:
        try:
            if hashlib.sha256(Path(notebook).read_bytes()).hexdigest() != receipt.get("submission"):
                found.append("the notebook that lies there now is not the one that was graded")
        except OSError as error:
            found.append(f"the notebook cannot be read: {error}")
    return found


def doubts(sheet: Sheet, receipt: dict, lesson: str, student: str, course: Course) -> list[str]:
    """Why a sheet and receipt that were read are not this course's on this student; an empty list when they are."""
    found = []
    if not hmac.compare_digest(course.sign(receipt), str(receipt.get("signature"))):
        found.append("the signature is not this course's: the receipt was changed, or the course's key was")
    if receipt.get("sheet") != _digest(sheet.to_json()):
        found.append("the verdict is not the one that was signed")
    if (receipt.get("lesson"), receipt.get("student")) != (lesson, student):
        found.append(f"the receipt is that of {receipt.get('student')!r} in {receipt.get('lesson')!r}")
    return found


def write(path: Path, data: dict, once: bool = False) -> None:
    """Write JSON so that a reader, or a crash at any moment, sees the old file or the whole new one. Raises `OSError`.

    With `once` an existing file is left as it is, and the new one is on the disk when this returns. A verdict that a power cut
    spoils does not fit its signature, and is made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(data, separators=(",", ":")))
            if once:
                stream.flush()
                os.fsync(stream.fileno())
        if once:
            with contextlib.suppress(FileExistsError):
                os.link(temporary, path)
            os.unlink(temporary)
        else:
            os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    if once:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name, too, must survive a power cut
        finally:
            os.close(folder)


def _digest(data: dict) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
