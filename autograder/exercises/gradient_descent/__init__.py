"""09 Gradient descent: how its exercises are judged, in reading order."""

from . import recall, descent, curvature, rate, velocity, search, batches, points, sources, curves  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["batches", "curvature", "curves", "descent", "lesson", "points", "rate", "recall", "search", "sources", "velocity"]
