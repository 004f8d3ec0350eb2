"""05 The Jacobian: how its exercises are judged, in reading order."""

from . import warmups, matrix, layout, softmaxes, composition, directions, curvature  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["composition", "curvature", "directions", "layout", "lesson", "matrix", "softmaxes", "warmups"]
