"""00 Start here: how its exercises are judged, in reading order."""

from . import shapes, floats, distance, labels  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["distance", "floats", "labels", "lesson", "shapes"]
