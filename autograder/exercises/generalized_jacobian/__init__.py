"""06 The generalized Jacobian: how its exercises are judged, in reading order."""

from . import warmups, tensors, reshaping, recursion, contraction, formulas, softmax_rows, batches, convolution  # noqa: I001 - the lesson's order
from ._lesson import lesson

__all__ = ["batches", "contraction", "convolution", "formulas", "lesson", "recursion", "reshaping", "softmax_rows", "tensors", "warmups"]
