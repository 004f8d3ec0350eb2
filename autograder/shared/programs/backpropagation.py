"""Programs of lesson 07: forward and backward functions share a cache that only the learner knows."""

from __future__ import annotations

import numpy as np

from ..values import fresh, same
from . import WrongKind, program


def _pair(result):
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise WrongKind("A forward function returns two values: its output and its cache.")
    return result


@program
def forward_output(names, *args):
    """The answer returns an output and a cache: the output alone."""
    return _pair(names.answer(*args))[0]


def _is(one, other) -> bool:
    """Whether two caches hold the same; what cannot be compared is not."""
    try:
        return same(one, other)
    except Exception:
        return False


@program
def forward_output_together(names, calls):
    """The outputs of several forward passes. Each cache must still hold what it held when it was made; of one that cannot be compared nothing is said."""
    outputs, made = [], []
    for args in calls:
        output, cache = _pair(names.answer(*args))
        outputs.append(output)
        kept = fresh(cache)
        if _is(kept, fresh(cache)):
            made.append((kept, cache))
    if not all(_is(kept, cache) for kept, cache in made):
        raise WrongKind("A later forward pass changed the cache of an earlier one. Make a new cache each time.")
    return outputs


def _backward_twice(passes: list) -> list:
    """What each backward pass returns at its second run: a cache stays what it was, whoever has used it."""
    for _ in range(2):
        results = [backward(*arguments) for backward, arguments in passes]
    return results


def _there_and_back(forward: str):
    def there_and_back(names, *args):
        *inputs, upstream = args
        _, cache = _pair(getattr(names, forward)(*inputs))
        return names.answer(upstream, cache)

    def together(names, calls):
        caches = [_pair(getattr(names, forward)(*inputs))[1] for *inputs, _ in calls]
        return _backward_twice([(names.answer, (upstream, cache)) for (*_, upstream), cache in zip(calls, caches)])

    there_and_back.__name__ = f"{forward}_and_back"
    there_and_back.__doc__ = f"Run the learner's {forward} on all arguments but the last, then the answer on the last and the cache."
    together.__name__ = f"{forward}_and_back_together"
    together.__doc__ = f"Several runs of the learner's {forward}, all before the first backward pass."
    program(together)
    return program(there_and_back)


for _forward in ("linear_forward", "sigmoid_forward", "tanh_forward", "relu_forward"):
    _there_and_back(_forward)


@program
def fnn_there_and_back(names, params, X, y):
    """Run the learner's fnn_forward, then the answer on its cache."""
    _, cache = _pair(names.fnn_forward(params, X))
    return names.answer(params, cache, y)


@program
def fnn_there_and_back_together(names, calls):
    """Several runs of the learner's fnn_forward, all before the first backward pass."""
    caches = [_pair(names.fnn_forward(params, X))[1] for params, X, _ in calls]
    return _backward_twice([(names.answer, (params, cache, y)) for (params, _, y), cache in zip(calls, caches)])


@program(promise="returns a dict with one error for each array")
def errors_and_params(names, loss, params, grads, options):
    """What the answer returns, and what it has left of the parameters."""
    options = {key: np.random.default_rng(value) if key == "rng" else value for key, value in options.items()}
    return names.answer(loss, params, grads, **options), params
