"""07 Backpropagation: how its exercises are judged, in reading order."""

from . import linear, activations, losses, network, gradchecks, published, ideas  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["activations", "gradchecks", "ideas", "lesson", "linear", "losses", "network", "published"]
