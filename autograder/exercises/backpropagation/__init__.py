"""07 Backpropagation: how its exercises are judged, in reading order."""

from . import linear, activations, two_classes, several_classes, network, nudging, gradchecks, published, ideas  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["activations", "gradchecks", "ideas", "lesson", "linear", "network", "nudging", "published", "several_classes", "two_classes"]
