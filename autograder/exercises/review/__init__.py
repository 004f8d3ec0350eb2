"""11 Review: how its exercises are judged, in reading order."""

from . import names, hunt, layers  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["hunt", "layers", "lesson", "names"]
