"""A learner's home: where one is in the course, what comes next, and below it the questions of the day."""

from __future__ import annotations

from datetime import date

from . import progress
from .ask import has_kernel
from .counterexample import somebody_is_there
from .today import Today


class Home:
    """The table of lessons as `progress()` shows it, and the questions of `day` as `today()` asks them."""

    def __init__(self, day: date):
        self.today = Today(day)

    def __repr__(self) -> str:
        return "\n".join([progress.text(), *(["", repr(self.today)] if self.today.questions else [])])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        if not self.today.questions:
            return {"text/plain": repr(self), "text/html": progress.html()}
        if not has_kernel() or not somebody_is_there():
            return {"text/plain": repr(self), "text/html": progress.html() + self.today.still()}
        from IPython.display import display

        display({"text/plain": progress.text(), "text/html": progress.html()}, raw=True)
        return self.today._repr_mimebundle_(include, exclude)
