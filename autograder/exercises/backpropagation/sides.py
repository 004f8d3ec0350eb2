"""Half-way to the gradient check: slopes of some entries, and how far those to both sides differ. Source: MC09."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Items, Tolerance

from ._lesson import draw, lesson
from ._losses import coupled_losses

_SLOPE = Tolerance(1e-6, 1e-7, "differences of losses of size 1, divided by 2h with h = 1e-5 or so")

slopes_and_jumps = lesson.exercise(
    "slopes_and_jumps",
    1,
    "central differences of some entries, and how far the slopes to both sides differ",
    signature="loss, params, name, entries, h",
    minutes=8,
    difficulty=3,
    tolerance=None,
    returns=Items(Array(lambda *args: (len(args[3]),)), Array(lambda *args: (len(args[3]),))),
    clauses={
        "Central differences of the loss": "slopes_are_central returns",
        "for some entries of params[name]": "slopes_are_central takes_entries_in_any_order",
        "how far the slopes to the left and right differ": "measures_the_jumps",
        "entries are numbers of entries in reading order": "slopes_are_central takes_entries_in_any_order",
        "A difference is never negative": "measures_the_jumps",
    },
    hints=(
        "For each entry k: up = loss(nudge(params, name, k, h)) and down = loss(nudge(params, name, k, -h)). The slope is (up - down) over 2h.",
        "The slope to the right is (up - middle)/h, to the left (middle - down)/h, with middle = loss(params). How far are they apart?",
        "Collect both in lists and return np.array of each.",
    ),
)


@slopes_and_jumps.cases
def smooth_losses(rng):
    """Losses of several arrays without a corner."""
    for loss, params in coupled_losses(rng):
        name = list(params)[int(rng.integers(len(params)))]
        yield loss, params, name, [int(k) for k in rng.permutation(params[name].size)[:3]], 1e-5


@slopes_and_jumps.check(weight=2)
def slopes_are_central(t, loss, params, name, entries, h):
    """The slopes are those of the loss, entry by entry"""
    t.assume(0 < h < 1e-4)
    slopes, _ = t(loss, params, name, entries, h)
    t.equal(slopes, np.ravel(loss.derivative(params)[name])[list(entries)], "Entries count in reading order.", _SLOPE)


def coarse_steps(rng):
    """Steps at which the difference to one side is another one; the same loss with another step, other entries and other parameters."""
    loss = Function("np.sum(p['W']**3) + np.sum(p['b'])", "{'W': 3*p['W']**2, 'b': np.ones(2)}", args="p", name="loss")
    params, others = ({"W": draw(rng, 2, 3), "b": draw(rng, 2)} for _ in range(2))
    yield loss, params, "W", [5, 0, 3], 0.25
    for here, entries in ((params, [5, 0, 3]), (params, [2, 4, 1]), (others, [2, 4, 1])):
        yield loss, here, "W", entries, 0.1


@slopes_and_jumps.check(cases=coarse_steps, needs=("slopes_are_central",))
def takes_entries_in_any_order(t, loss, params, name, entries, h):
    """They are central differences with the h that is given, in the order of the entries"""
    t.assume(h > 0)
    W = np.ravel(params[name])[list(entries)]
    t.equal(t(loss, params, name, entries, h)[0], 3 * W**2 + h**2, f"The central difference of a cube with h = {h:g} is off by h².", _SLOPE)


def corners(rng):
    """Entries with a jump of the slope, upward and downward, and one without."""
    for h in (1e-5, 1e-3):
        jumps = np.array([0.5, 0.004, -0.02, 0.0, 0.02, -0.3])
        text = f"np.array({(jumps / 2).tolist()})"
        loss = Function(f"np.sum(2*p['b']) + np.sum({text}*np.abs(p['b']))", f"{{'b': 2 + {text}*np.sign(p['b'])}}", args="p", name="loss")
        yield loss, {"b": np.zeros(6)}, "b", [int(k) for k in rng.permutation(6)], h


@slopes_and_jumps.check(cases=corners)
def measures_the_jumps(t, loss, params, name, entries, h):
    """The second array holds by how much the slopes to both sides differ"""
    t.assume(h > 0 and not np.any(params[name]))  # at 0 every entry lies at its corner
    steps = h * np.eye(params[name].size)[list(entries)]
    right = np.array([loss({name: step}) for step in steps]) / h
    left = np.array([-loss({name: -step}) for step in steps]) / h
    why = "Compare the slope from the middle to the right with the one from the left to the middle; either may be the larger one."
    t.equal(t(loss, params, name, entries, h)[1], np.abs(right - left), why, _SLOPE)


def _both(loss, params, name, entries, h, slope=lambda u, m, d, h: (u - d) / (2 * h), jump=lambda u, m, d, h: abs(u - 2 * m + d) / h):
    """The answer with one thing done differently."""
    found = []
    for k in entries:
        step = np.zeros(params[name].size)
        step[k] = h
        up, down = (loss({**params, name: params[name] + s * step.reshape(params[name].shape)}) for s in (1, -1))
        found.append((slope(up, loss(params), down, h), jump(up, loss(params), down, h)))
    return np.array([s for s, _ in found]), np.array([c for _, c in found])


_WRONG = {
    "one_side": ("This is the slope to the right alone. Take the loss at both sides, over 2h.", {"slope": lambda u, m, d, h: (u - m) / h}),
    "one_h": ("Up and down are 2h apart. You divide by h.", {"slope": lambda u, m, d, h: (u - d) / h}),
    "no_jump": ("The slopes to both sides are said to be alike everywhere. At a corner they are not.", {"jump": lambda u, m, d, h: 0.0}),
    "no_size": ("A slope may jump downward as well: take the size of the difference.", {"jump": lambda u, m, d, h: (u - 2 * m + d) / h}),
    "not_over_h": (
        "up - 2*middle + down is h times the difference of the slopes. Divide it by h.",
        {"jump": lambda u, m, d, h: abs(u - 2 * m + d)},
    ),
    "over_two_h": (
        "Each of the two slopes is a difference over h, not over 2h.",
        {"jump": lambda u, m, d, h: abs(u - 2 * m + d) / (2 * h)},
    ),
}
for _name, (_message, _how) in _WRONG.items():
    slopes_and_jumps.mistake(_message, name=_name, tolerance=_SLOPE)(lambda *args, how=_how: _both(*args, **how))
