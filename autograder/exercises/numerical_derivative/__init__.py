"""02 Choosing h: how its exercises are judged, in reading order."""

from . import quotients, central, steps, orders, complexstep, second, testing  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["central", "complexstep", "lesson", "orders", "quotients", "second", "steps", "testing"]
