"""01 The derivative is a limit: how its exercises are judged, in reading order."""

from . import quotient, lines, cubic, kinks, powers, proofs  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["cubic", "kinks", "lesson", "lines", "powers", "proofs", "quotient"]
