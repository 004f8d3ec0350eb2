"""What is wrong with the texts of lessons, collected so that an author sees all of it at once."""

from __future__ import annotations


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
