"""Mistakes in the three tests of a network."""

from __future__ import annotations

import numpy as np

from .sanity import KEYS, sanity_checks


def _judge(loss, grad, theta0, n_classes, eta, n_steps, **instead):
    """The three tests, with some of them replaced."""
    theta, path = theta0.copy(), [loss(theta0)]
    for _ in range(n_steps):
        theta = theta - eta * grad(theta)
        path.append(loss(theta))
    slopes = np.array([(loss(theta0 + 1e-5 * e) - loss(theta0 - 1e-5 * e)) / 2e-5 for e in np.eye(len(theta0))])
    g, first, last = grad(theta0), path[0], path[-1]
    seen = {"slopes": slopes, "g": g, "first": first, "last": last, "path": path, "C": n_classes}
    tests = {
        "start": lambda s: abs(s["first"] / np.log(s["C"]) - 1) < 0.1,
        "gradient": lambda s: np.linalg.norm(s["g"] - s["slopes"]) < 1e-5 * np.linalg.norm(s["slopes"]),
        "overfit": lambda s: s["last"] < 0.01,
    }
    return {key: bool({**tests, **instead}[key](seen)) for key in KEYS}


def _mistake(name, message, **instead):
    sanity_checks.mistake(message, name=name)(lambda *case: _judge(*case, **instead))


_mistake(
    "logarithm_to_base_two",
    "The loss uses the natural logarithm, so the start is ln C: np.log, not np.log2.",
    start=lambda s: abs(s["first"] / np.log2(s["C"]) - 1) < 0.1,
)
_mistake(
    "too_large_passes",
    "A first loss far above ln C passes your test. It means that the network starts out sure of wrong answers: compare both ways.",
    start=lambda s: s["first"] > 0.9 * np.log(s["C"]),
)
_mistake(
    "lengths_only",
    "A gradient with the sign flipped passes your test: it has the same length. Take the length of the difference.",
    gradient=lambda s: abs(np.linalg.norm(s["g"]) / np.linalg.norm(s["slopes"]) - 1) < 1e-5,
)
_mistake(
    "directions_only",
    "A gradient of half again the size passes your test: it has the same direction. Take the length of the difference.",
    gradient=lambda s: s["g"] @ s["slopes"] > (1 - 1e-5) * np.linalg.norm(s["g"]) * np.linalg.norm(s["slopes"]),
)
_mistake(
    "one_component",
    "A fault in another component than the first stays unseen. Compare all of them.",
    gradient=lambda s: abs(s["g"][0] - s["slopes"][0]) < 1e-6,
)
_mistake(
    "any_progress",
    "A loss that falls is not enough. A network that cannot learn four examples by heart has a fault: ask for a loss below 0.01.",
    overfit=lambda s: s["last"] < s["first"],
)
_mistake(
    "too_small_passes",
    "A first loss far below ln C passes your test. A network that knows nothing cannot be that good: compare both ways.",
    start=lambda s: s["first"] < 1.1 * np.log(s["C"]),
)
_mistake(
    "a_few_percent_off_passes",
    "A gradient that is off by a tenth of a per cent passes your test. Asked for is a relative error below 1e-4.",
    gradient=lambda s: np.linalg.norm(s["g"] - s["slopes"]) < 0.05 * np.linalg.norm(s["slopes"]),
)
_mistake(
    "a_tenth_is_enough",
    "A loss that fell to a tenth is not enough. A network that cannot learn four examples by heart has a fault: ask for a loss below 0.01.",
    overfit=lambda s: s["last"] < 0.1 * s["first"],
)
_mistake(
    "nan_passes",
    "A loss of nan passes your test: no comparison with nan is true. Ask whether the loss is low enough, not whether it is too high.",
    overfit=lambda s: not s["last"] > 0.01,
)
_mistake(
    "all_is_well",
    "You say that all is well, always. Some of these networks have a fault.",
    start=lambda s: True,
    gradient=lambda s: True,
    overfit=lambda s: True,
)
