"""Programs of lesson 07: forward and backward functions share a cache that only the learner knows."""

from __future__ import annotations

import numpy as np

from . import WrongKind, program


def _pair(result):
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise WrongKind("A forward function returns two values: its output and its cache.")
    return result


@program
def forward_output(names, *args):
    """The answer returns an output and a cache: the output alone."""
    return _pair(names.answer(*args))[0]


def _there_and_back(forward: str):
    def there_and_back(names, *args):
        *inputs, upstream = args
        _, cache = _pair(getattr(names, forward)(*inputs))
        return names.answer(upstream, cache)

    there_and_back.__name__ = f"{forward}_and_back"
    there_and_back.__doc__ = f"Run the learner's {forward} on all arguments but the last, then the answer on the last and the cache."
    return program(there_and_back)


for _forward in ("linear_forward", "sigmoid_forward", "tanh_forward", "relu_forward"):
    _there_and_back(_forward)


@program
def fnn_there_and_back(names, params, X, y):
    """Run the learner's fnn_forward, then the answer on its cache."""
    _, cache = _pair(names.fnn_forward(params, X))
    return names.answer(params, cache, y)


@program(promise="returns a dict with one error for each array")
def errors_and_params(names, loss, params, grads, options):
    """What the answer returns, and what it has left of the parameters."""
    options = {key: np.random.default_rng(value) if key == "rng" else value for key, value in options.items()}
    return names.answer(loss, params, grads, **options), params
