"""A goal of an explorer: one line that says what to reach, and beside it the predicate of the state that recognises it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

# What a state in which the goal is reached carries, unseen; the script marks the line when it comes onto the screen (explorer.js).
REACHED = '<i class="eta-reached" hidden=""></i>'


@dataclass(frozen=True)
class Goal:
    """What to reach, as half a sentence that follows "Goal:", and `reached(**state)`, which says whether a state does.

    Raises `TypeError` when the predicate is missing.
    """

    words: str
    reached: Callable[..., bool]

    def __post_init__(self):
        if not isinstance(self.words, str) or not callable(self.reached):
            raise TypeError(
                f"the goal {self.words!r:.80} needs a predicate: Goal(words, lambda **state: …) says beside it when it is reached"
            )

    def mark(self, **state) -> str:
        """What the picture of a state ends with."""
        return REACHED if self.reached(**state) else ""

    def line(self) -> str:
        """The line under the controls. Reaching the goal changes it once, and so a screen reader speaks it once."""
        return (
            '<p class="eta-goal" role="status" aria-atomic="true"><span class="eta-goal-mark" aria-hidden="true">○</span> '
            f'<b>Goal:</b> {escape(self.words)} <b class="eta-goal-end"></b></p>'
        )


def worth_showing(goal: Goal | None, start: dict, states: list[dict]) -> Goal | None:
    """The goal, or None where it is reached at the start, or by none of the `states`: with a learner's own function nobody knows beforehand."""
    if goal is None or goal.reached(**start) or not any(goal.reached(**state) for state in states):
        return None
    return goal
