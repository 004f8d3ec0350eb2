"""The course's recorded seed and secret key: every student's seed comes from them, and the signature of every receipt."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from ..files.atomic import create_durably


@dataclass(frozen=True)
class CourseKey:
    """The seed and the key in ``work/course.json``. Keep that file: without it no grade can be repeated or verified."""

    seed: str
    key: bytes

    @classmethod
    def load(cls, root: str | Path) -> CourseKey:
        """The key of the course in `root`; made, readable by its owner only, when there is none. Raises `ValueError` when it is damaged."""
        path = Path(root) / "work" / "course.json"
        if not path.exists():
            create_durably(path, json.dumps({"seed": secrets.token_hex(16), "key": secrets.token_hex(32)}))
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
