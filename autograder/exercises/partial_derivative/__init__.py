"""03 Partial derivatives: how its exercises are judged, in reading order."""

from . import symbols, slices, monomial, partial, curves, mixed, smoothness  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["curves", "lesson", "mixed", "monomial", "partial", "slices", "smoothness", "symbols"]
