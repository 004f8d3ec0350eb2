"""What is wrong with the texts of lessons, collected so that an author sees all of it at once."""

from __future__ import annotations

from pathlib import Path


class LessonError(ValueError):
    """A lesson's text breaks a rule. The message has one line per problem: place, what is wrong, what to do."""


class Problems:
    """The problems of the text that is called `path`."""

    def __init__(self, path: str):
        self.path, self.lines = path, []

    def add(self, line: int, what: str) -> None:
        """Note a problem on `line`."""
        self.lines.append(f"{self.path}:{line}: {what}")

    def stop(self) -> None:
        """Raise `LessonError` if there is a problem."""
        if self.lines:
            raise LessonError("\n".join(self.lines))


def read_text(path: Path, name: str) -> str:
    """The text at `path`. Raises `LessonError`, calling it `name`, when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LessonError(f"{name}:{line}: a byte that is not UTF-8 ({error.object[error.start]:#04x}); save the text as UTF-8") from None
