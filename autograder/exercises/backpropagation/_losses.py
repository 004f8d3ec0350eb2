"""Losses of several arrays for the gradient check, with their exact gradients."""

from __future__ import annotations

import numpy as np

from autograder.writing import Function, literal

from ._lesson import draw


def coupled_losses(rng):
    """Losses of several arrays, coupled, with their exact gradients, and the arrays."""
    C = literal(draw(rng, 2, 3)).replace("\n", "")
    a, c = (round(float(v), 2) for v in rng.uniform(0.5, 1.5, size=2))
    yield (
        Function(
            f"np.sum({C}*np.sin(p['W'])) + np.sum(np.exp({a}*p['b']))*np.sum(p['W']**2)",
            f"{{'W': {C}*np.cos(p['W']) + 2*p['W']*np.sum(np.exp({a}*p['b'])), 'b': {a}*np.exp({a}*p['b'])*np.sum(p['W']**2)}}",
            args="p",
            name="loss",
        ),
        {"W": draw(rng, 2, 3), "b": draw(rng, 4, scale=0.5)},
    )
    yield (
        Function(
            f"np.sum(np.tanh(p['A'] @ p['B'])*{c}) + np.sum(p['d'])**2*p['A'][0, 0]",
            f"{{'A': {c}/np.cosh(p['A'] @ p['B'])**2 @ p['B'].T + np.sum(p['d'])**2*np.eye(*p['A'].shape)*np.eye(*p['A'].shape)[0],"
            f" 'B': p['A'].T @ ({c}/np.cosh(p['A'] @ p['B'])**2), 'd': 2*np.sum(p['d'])*p['A'][0, 0]*np.ones(3)}}",
            args="p",
            name="loss",
        ),
        {"A": draw(rng, 3, 2, scale=0.6), "B": draw(rng, 2, 2, scale=0.6), "d": np.abs(draw(rng, 3)) + 0.5},
    )
