"""The course's recorded seed and secret key: the seed of every lesson's cases comes from them, and the signature of every receipt."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from ..files.atomic import create_durably
from ..files.course import work_of
from ..files.plain_files import read_plain

_SHORTEST, _LONGEST = 16, 1 << 16  # bytes of a key, bytes of its file


class KeyProblem(ValueError):
    """The course's key is damaged, lost, or another course's. The message says what to do."""


def no_key(root: str | Path) -> str:
    """That the course in `root` has no key yet, as the beginning of a sentence; "" where it has one."""
    path = work_of(root) / "course.json"
    return "" if os.path.lexists(path) else f"there is no {path}"


@dataclass(frozen=True)
class CourseKey:
    """The seed and the key in ``work/course.json``. Keep that file: without it no grade can be repeated or verified."""

    seed: str
    key: bytes

    @classmethod
    def load(cls, root: str | Path) -> CourseKey:
        """The key of the course in `root`; made, readable by its owner only, for a course that has signed nothing yet.

        Raises `KeyProblem` when it is damaged, or gone though there are verdicts or receipts, `OSError` when it cannot be read or made.
        """
        path = work_of(root) / "course.json"
        if not os.path.lexists(path):
            if any(any((path.parent / kind).glob("*/*.json")) for kind in ("receipts", "verdicts")):
                raise KeyProblem(
                    f"{path} is gone, and with it the seed and the key of every grade so far; restore it from a backup, or, to begin anew with "
                    "other hidden cases, remove work/verdicts and work/receipts as well"
                )
            create_durably(path, json.dumps({"seed": secrets.token_hex(16), "key": secrets.token_hex(32)}))
        try:
            data = json.loads(read_plain(path, path.parent, _LONGEST))
            key = bytes.fromhex(data["key"])
            if len(key) < _SHORTEST or not data["seed"]:
                raise ValueError("seed or key is too short")
            return cls(str(data["seed"]), key)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise KeyProblem(
                f"{path} is damaged ({type(error).__name__}: {error}); restore it from a backup: it holds the course's seed and key"
            ) from None

    @property
    def name(self) -> str:
        """Which key this is, without telling anything of it: stands in every receipt, so that another course's key is known as such."""
        return hmac.new(self.key, b"the name of this key", hashlib.sha256).hexdigest()[:16]

    def lesson_seed(self, lesson: str) -> int:
        """The seed of a lesson's hidden cases, the same for everybody: nobody can compute it without the course's key, and it never changes."""
        message = json.dumps([self.seed, lesson]).encode()
        return int.from_bytes(hmac.digest(self.key, message, "sha256")[:6], "big")

    def sign(self, receipt: dict) -> str:
        """The signature of a receipt, its own field "signature" left out."""
        text = json.dumps({k: v for k, v in receipt.items() if k != "signature"}, sort_keys=True, separators=(",", ":"))
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()
