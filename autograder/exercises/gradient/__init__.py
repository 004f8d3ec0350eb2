"""04 The gradient: how its exercises are judged, in reading order."""

from . import recall, arrow, wrong_arrows, directions, steepest, reading, loss, slopes, remainder  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["arrow", "directions", "lesson", "loss", "reading", "recall", "remainder", "slopes", "steepest", "wrong_arrows"]
