"""The relu backward: open, shut, and the corner between. Source: S1.21."""

from __future__ import annotations

import numpy as np

from autograder.writing import Miss, Reals, literal

from ._lesson import draw, shapes
from .activations import backward


class OffTheCorner(Reals):
    """Numbers other than 0: at the corner right answers may differ."""

    def draw(self, sample, mood):
        """As `Reals` draws them, with 1 for every 0."""
        values = super().draw(sample, mood)
        return np.where(values == 0, 1, values)


relu_backward = backward(
    "relu_backward",
    "relu_forward",
    1,
    "the upstream gradient through a relu",
    inputs=OffTheCorner(shapes, whole=False),
    minutes=6,
    difficulty=2,
    clauses={
        "from dA and the cache of relu_forward": "open_where_positive any_slope_of_the_corner edges repeats",
        "All of one shape": "edges returns",
        "At Z = 0 the slope is 0 by convention": "any_slope_of_the_corner",
    },
    hints=(
        "relu passes positive inputs on unchanged and stops the rest. What does it do to a small move of each?",
        "Which entries pass is decided by Z, the input of the forward pass. The signs of dA play no part.",
        "Z > 0 is an array of truth values; times a number, True counts as 1 and False as 0.",
    ),
)


@relu_backward.check(weight=2, domain=True)
def open_where_positive(t, Z, dA):
    """The upstream gradient passes where Z is positive and stops where Z is negative"""
    t.assume(np.all(Z != 0))
    t.equal(t(Z, dA), dA * (1 + np.sign(Z)) / 2)


def at_the_corner(rng):
    """Some inputs exactly at the corner."""
    Z = draw(rng, 2, 3)
    Z[0, 1] = Z[1, 2] = 0.0
    yield Z, draw(rng, 2, 3)
    yield np.array([0.0, 0.7, -0.4]), draw(rng, 3)
    yield np.array([0.0, -0.0, 0.0]), np.array([-1.5, 0.6, 0.0])


@relu_backward.check(cases=at_the_corner, needs=("open_where_positive",))
def any_slope_of_the_corner(t, Z, dA):
    """At exactly 0 it gives the upstream gradient times some number from 0 to 1"""
    corner = Z == 0
    t.assume(np.any(corner))
    dZ, upstream = t(Z, dA), dA[corner]
    given = dZ[corner]
    if not np.all((given >= np.minimum(0, upstream)) & (given <= np.maximum(0, upstream))):
        why = "At the corner every slope between the two sides is a fair choice; ours is 0. NaN is none."
        raise Miss(given, f"numbers between 0 and {literal(upstream)}", why)
    beside = np.where(corner, 0.0, dA * (Z > 0))
    t.equal(np.where(corner, 0.0, dZ), beside, "These are the numbers beside the corner: there a 0 elsewhere changes nothing.")


@relu_backward.mistake("You mask by the sign of the gradient. Whether the gate is open was decided in the forward pass, by Z.")
def mask_of_the_gradient(dA, Z):
    return dA * (dA > 0)


@relu_backward.mistake("The upstream gradient is missing: where the gate is open, dA passes, not 1.")
def ignores_upstream_of_relu(dA, Z):
    return (Z > 0).astype(float)


@relu_backward.mistake("The gate is open on the wrong side: positive inputs pass.")
def gate_reversed(dA, Z):
    return dA * (Z <= 0)


@relu_backward.mistake("Dividing A by Z gives 0/0 = NaN at the corner. Compare Z with 0 instead.")
def divides_by_the_input(dA, Z):
    with np.errstate(all="ignore"):
        return dA * np.maximum(Z, 0) / Z


@relu_backward.mistake("You multiply by relu(Z), its value. Where it is open, relu has the slope 1.")
def times_relu(dA, Z):
    return dA * np.maximum(Z, 0)
