"""The autograder of *From h to η*: checks what learners wrote and says why a wrong answer is wrong."""

from .notebook import Panel, check, hint, progress

__all__ = ["Panel", "check", "hint", "progress"]
