"""08 Automatic differentiation: how its exercises are judged, in reading order."""

from . import values, operators, functions, orders, sweeps, broadcasting, tensors, shapes, whole, duals  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["broadcasting", "duals", "functions", "lesson", "operators", "orders", "shapes", "sweeps", "tensors", "values", "whole"]
