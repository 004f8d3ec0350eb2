"""Programs for lesson 09: epochs from one generator, and gradients of a dict of functions."""

from __future__ import annotations

from . import NotAFunction, program


@program
def two_epochs(names, m, batch_size, rng):
    """The answer's batches for two epochs in a row, from one generator."""
    return [names.answer(m, batch_size, rng), names.answer(m, batch_size, rng)]


@program(promise="returns a dict of functions of theta")
def gradients_at(names, X, y, points):
    """The answer returns a dict of functions of theta: each of them at each of the points."""
    found = names.answer(X, y)
    if not isinstance(found, dict):
        return found
    for key, function in found.items():
        if not callable(function):
            raise NotAFunction(f"a value of type {type(function).__name__} under the key {key}")
    return {key: [function(point) for point in points] for key, function in found.items()}


@program
def gradients_at_together(names, calls):
    """Several dicts of functions, all made before the first function is used."""
    made = [names.answer(X, y) for X, y, _ in calls]
    return [{key: [function(point) for point in points] for key, function in found.items()} for found, (_, _, points) in zip(made, calls)]
