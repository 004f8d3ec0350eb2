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


def _forward_passes(names, calls) -> tuple[list, list]:
    """The outputs of several forward passes, and what their caches held when they were made: None for one that cannot be compared."""
    outputs, made = [], []
    for args in calls:
        output, cache = _pair(names.answer(*args))
        outputs.append(output)
        kept = fresh(cache)
        made.append((kept, cache) if _is(kept, fresh(cache)) else None)
    if not all(pair is None or _is(*pair) for pair in made):
        raise WrongKind("A later forward pass changed the cache of an earlier one. Make a new cache each time.")
    return outputs, made


@program
def forward_output_together(names, calls):
    """The outputs of several forward passes. Each cache must still hold what it held when it was made; of one that cannot be compared nothing is said."""
    return _forward_passes(names, calls)[0]


@program
def linear_output(names, X, W, b):
    """The output of the learner's linear layer."""
    return forward_output(names, X, W, b)


@program
def linear_output_together(names, calls):
    """The outputs of several linear layers. No two caches may hold the same where X and W differ: a backward pass gets nothing else of them."""
    outputs, made = _forward_passes(names, calls)
    for k, one in enumerate(made):
        for j, other in enumerate(made[:k]):
            if one and other and _is(one[0], other[0]) and not any(map(_is, calls[k][:2], calls[j][:2])):
                raise WrongKind("Two forward passes of different inputs left the same in their caches. A backward pass gets nothing else.")
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
