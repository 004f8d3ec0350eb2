"""10 Training on real data: how its exercises are judged, in reading order."""

from . import ideas, scaling, linear, sweep, network, gradients, trainer, classifiers, sanity  # noqa: I001 - the order is the lesson's
from ._lesson import lesson

__all__ = ["classifiers", "gradients", "ideas", "lesson", "linear", "network", "sanity", "scaling", "sweep", "trainer"]
