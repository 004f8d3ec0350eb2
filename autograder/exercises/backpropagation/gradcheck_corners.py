"""What a gradient check leaves out: entries at a corner of the loss. Source: MC09."""

from __future__ import annotations

import numpy as np

from autograder.writing import CheckOnly, Function

from ._lesson import draw
from .gradchecks import _MEASURED, _QUIET, _judge, _relative, gradcheck


def corners(rng):
    """Some entries exactly at a corner of the loss."""
    c, d = round(float(rng.uniform(0.1, 0.5)), 2), round(float(rng.uniform(0.5, 2)), 2)
    loss = Function(
        f"np.sum(np.maximum(p['b'], 0))*{c} + np.sum(p['W']**2)*{d}*(1 + p['b'][0]**2)",
        f"{{'b': {c}*(p['b'] > 0) + np.array([2.0, 0, 0, 0])*{d}*np.sum(p['W']**2)*p['b'][0], 'W': 2*{d}*p['W']*(1 + p['b'][0]**2)}}",
        args="p",
        name="loss",
    )
    b = draw(rng, 4)
    b[1] = 0.0
    params = {"W": draw(rng, 2, 2), "b": b}
    true = loss.derivative(params)
    yield loss, params, true, {}
    yield loss, params, {**true, "W": 2 * true["W"]}, {}
    alone = {**params, "b": np.array([b[0], 0.0, 0.0, 0.0])}  # one entry is left, and one is enough
    yield loss, alone, loss.derivative(alone), {}


@gradcheck.check(cases=corners, needs=("says_which_array_is_wrong",))
def leaves_corners_out(t, loss, params, grads, options):
    """An entry at a corner of the loss raises no false alarm"""
    t.assume(params["b"][1] == 0)
    _judge(t, loss, params, grads, options)


def jumps(rng):
    """An entry where the slope jumps, by less than 0.01 and by more, and where the given gradient is far off; with several steps. On a
    steep loss a jump above 0.01 is a small part of the slope, on a gentle one a jump below it is a large part."""
    for jump, h, slope in (
        (0.008, None, 1), (0.013, None, 1), (-0.013, None, 1), (0.02, None, 1), (0.05, 1e-6, 1), (0.008, 1e-4, 1), (0.05, None, 20), (0.008, None, 0.1),
    ):  # fmt: skip
        loss = Function(
            f"{slope}*np.sum(p['b']) + {jump / 2:g}*np.abs(p['b'][1]) + np.sum(p['W'])",
            f"{{'b': np.full(3, {slope}) + {jump / 2:g}*np.array([0.0, np.sign(p['b'][1]), 0]), 'W': np.ones((1, 2))}}",
            args="p",
            name="loss",
        )
        b = draw(rng, 3)
        b[1] = 0.0
        params = {"b": np.abs(b), "W": draw(rng, 1, 2)}
        grads = {"b": slope * np.array([1.0, 4.0, 1.0]), "W": np.ones((1, 2))}
        yield loss, params, grads, {"h": h} if h else {}, CheckOnly(abs(jump)), CheckOnly(slope)


@gradcheck.check(weight=0.5, cases=jumps, needs=("leaves_corners_out",))
def knows_a_corner_by_its_jump(t, loss, params, grads, options, jump, slope):
    """A slope that jumps by more than 0.01 is a corner, one that jumps by less is none"""
    errors, _ = t(loss, params, grads, options)
    if jump > 0.01:
        t.holds(
            errors["b"] < _QUIET, {"b": errors["b"]}, f"less than {_QUIET:g}", f"The slope jumps by {jump:g} there: leave this entry out."
        )
    else:
        why = f"The slope jumps by {jump:g} there, not more than 0.01: this entry counts."
        t.equal(errors["b"], _relative(grads["b"], np.full(3, slope)), why, _MEASURED)


def nothing_but_corners(rng):
    """Every entry of one array at a corner, and a gradient there that is right to one side, or far off."""
    for given in (1.0, -30.0):
        c = round(float(rng.uniform(0.5, 2)), 2)
        loss = Function(
            f"{c}*np.sum(np.abs(p['b'])) + np.sum(p['W']**2)",
            f"{{'b': {c}*np.sign(p['b']), 'W': 2*p['W']}}",
            args="p",
            name="loss",
        )
        params = {"b": np.zeros(3), "W": draw(rng, 2, 2)}
        yield loss, params, {"b": np.full(3, given * c), "W": 2 * params["W"]}, {}


@gradcheck.check(weight=0.5, cases=nothing_but_corners, needs=("leaves_corners_out",))
def says_nan_where_nothing_was_compared(t, loss, params, grads, options):
    """Where every entry of an array is a corner it says nan, not 0"""
    errors, _ = t(loss, params, grads, options)
    why = "All entries of b lie at a corner, so nothing of b was compared. 0 would say that its gradient is perfect."
    t.holds(np.isnan(errors["b"]), {"b": errors["b"]}, "nan", why)
