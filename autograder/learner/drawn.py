"""Asks a learner's function for what a picture draws of it: the function of that name as it is now, within the limits of a check."""

from __future__ import annotations

import copy
import inspect
import sys
from dataclasses import dataclass

import numpy as np

from ..engine.messages import number
from ..exercises import exercises
from ..shared.answer import Died, changed
from ..shared.programs import PROGRAMS, Names
from ..writing.exercise import USUAL_SECONDS
from .clock import ClockedAnswer, one_thread


@dataclass(frozen=True)
class Drawn:
    """What one question brought: a value, or in `trouble` a sentence why there is none."""

    value: object = None
    trouble: str = ""


class Asked:
    """A learner's function for a picture. It is looked up by its name whenever it is asked, so that a cell that is run again counts.

    All questions of one picture (`begin`) share the time of one check. A function that has used it up is not asked again before it changes.
    Raises `TypeError` for what cannot be called.
    """

    def __init__(self, function, names: dict | None = None):
        if not callable(function):
            raise TypeError(
                f"yours is {function!r:.60}. It should be a function of yours; write its name without brackets, such as yours=secant_line."
            )
        self._given, self._names = function, names
        known = [name for name, value in self.names().items() if value is function and not name.startswith("_")]
        own = getattr(function, "__name__", "")
        self.name = next((name for name in (own, *known) if name in exercises()), known[0] if known else own or "your function")
        self._exercise = exercises().get(self.name)
        self._seen, self._late, self._left = self.function(), "", self.seconds

    @property
    def seconds(self) -> float:
        """Of processor time, for all questions of one picture; as much as a check allows."""
        return (self._exercise.seconds if self._exercise else 0.0) or USUAL_SECONDS

    def names(self) -> dict:
        """The names of the notebook as they are now."""
        if self._names is not None:
            return self._names
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        return getattr(shell, "user_ns", None) or getattr(self._given, "__globals__", {})

    def function(self):
        """What stands under the name now; what was given, where nothing callable does."""
        now = self.names().get(self.name)
        return now if callable(now) else self._given

    def changed(self) -> bool:
        """Whether another function stands under the name than at the last question to this method."""
        now = self.function()
        if now is self._seen:
            return False
        self._seen, self._late = now, ""
        return True

    def begin(self) -> None:
        """A new picture: the time begins anew."""
        self._left = self.seconds

    @property
    def parameters(self) -> list[str]:
        """What the function is given, in its order: by the exercise, which knows it under any spelling, else by its own names."""
        if self._exercise is not None:
            return self._exercise.parameters
        try:
            given = inspect.signature(self.function()).parameters.values()
        except (TypeError, ValueError):
            return []
        return [p.name for p in given if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]

    def ask(self, offered: dict) -> Drawn:
        """Call the function with those of the `offered` values that it takes. Nothing that it does is raised."""
        if self._late:
            return Drawn(trouble=self._late)
        function, optional = self.function(), self._optional()
        given = [name for name in self.parameters if name in offered or name not in optional]
        if missing := [name for name in given if name not in offered]:
            return Drawn(trouble=f"{self.name} takes {', '.join(missing)}, and this picture has {', '.join(offered)}: it cannot ask it.")
        arguments = [_copy(offered[name]) for name in given]
        before = [_copy(argument) for argument in arguments]
        program = self._exercise.program if self._exercise else ""

        def call():
            if program == "evaluate_result":
                return PROGRAMS[program](Names(function, self.names()), tuple(arguments), offered["points"])
            if program == "evaluate_slice":
                return PROGRAMS[program](Names(function, self.names()), *arguments, offered["points"], False)
            return PROGRAMS[program](Names(function, self.names()), *arguments) if program else function(*arguments)

        answer = ClockedAnswer(call, {}, self.seconds)
        answer.left = self._left
        try:
            with one_thread():
                outcome = answer.call(())
        except Died:
            self._late = (
                f"{self.name} did not finish: for one picture it may use {number(self.seconds)} s of processor time, as in a check. "
                "Is there a loop that never ends? Change it and run its cell, and it is drawn."
            )
            return Drawn(trouble=self._late)
        finally:
            self._left = answer.left
        if outcome.raised == "NotImplementedError":
            return Drawn(trouble=f"{self.name} is not written yet. Write it and run its cell, and it is drawn here.")
        if outcome.raised == "NotAFunction":
            return Drawn(trouble=f"{self.name} returns {outcome.message.rstrip('.')}. Here a function can be drawn.")
        if outcome.raised:
            said = f": {outcome.message}" if outcome.message else ""
            return Drawn(trouble=f"{self.name} stops here with {outcome.raised}{said.rstrip('.')}. There is nothing of yours to draw.")
        spoilt = [name for name, was, now in zip(given, before, arguments) if changed(was, now) and name not in self._changes]
        if spoilt:
            return Drawn(
                trouble=f"{self.name} changes {' and '.join(spoilt)}: whoever passed it in finds other numbers in it afterwards. Work on a copy, and it is drawn."
            )
        return Drawn(outcome.value)

    @property
    def _changes(self) -> tuple[str, ...]:
        """The arguments that it may change."""
        return self._exercise.changes if self._exercise else ()

    def _optional(self) -> set[str]:
        """The parameters that may be left out."""
        if self._exercise is None:
            return set()
        return {part.partition("=")[0].strip() for part in self._exercise.signature.split(",") if "=" in part}


def _copy(value):
    """A learner's function may write into what it gets."""
    return copy.deepcopy(value) if isinstance(value, (np.ndarray, list, dict, tuple)) else value
