"""The largest learning rate that does not diverge, found by trying."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, CheckOnly, Function, Miss

from ._lesson import lesson

eta_sweep = lesson.exercise(
    "eta_sweep",
    3,
    "the largest learning rate that does not diverge",
    seconds=5,
    signature="grad, theta0, etas, n_steps",
    minutes=12,
    difficulty=4,
    returns=Array(),
    clauses={
        "The largest of the etas": "largest_below_the_limit close_to_the_limit",
        "grad is the gradient of a bowl": "prose",
        "A run is stable when": "the_end_of_the_run_counts close_to_the_limit the_whole_gradient_counts overflow_is_not_stable",
    },
    tolerance=None,
    hints=(
        "Run a descent from theta0 for each eta, and look at its end: is the gradient there shorter than at the start?",
        "Stop a run as soon as its gradient is a million times as long as at the start: later it would overflow.",
        "The etas come in any order. Keep the largest of those that were stable.",
        "Numbers that overflow become inf and then nan, and no comparison with nan is true. Ask `not small`, rather than `large`.",
    ),
)


def _sweep(rng, n: int, kappa: float, scale: float, more=(), flat=1.0) -> tuple:
    """A bowl with curvatures from scale/kappa to scale, off centre, and etas around its limit.

    With a small `flat` the descent starts along the flattest axis: then one step tells nothing, the steep axis wakes up later. With 0 it
    starts at 0, so that the way from there, and not the gradient, only grows.
    """
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    A = Q @ np.diag(np.geomspace(1 / kappa, 1, n)) @ Q.T
    A = np.round((A + A.T) / 2, 3)
    b = np.round(rng.uniform(0.5, 2, size=n), 2)
    curvatures, axes = np.linalg.eigh(A)
    away = rng.uniform(2, 3, size=n) * rng.choice([-1, 1], size=n) * np.append(1.0, np.full(n - 1, flat))
    theta0 = np.round(np.linalg.solve(A, b) + axes @ (away * curvatures[0] / curvatures), 4) if flat else np.zeros(n)
    L = scale * float(curvatures[-1])
    # neighbours are a factor 1.7 apart, and none is within 15 % of the limit 2/λ_max
    etas = np.append(2 / L * 1.7 ** (np.arange(-3, 3) + rng.uniform(0.35, 0.65)), np.array(more) / L)
    small, *others, large = sorted(float(f"{eta:.3g}") for eta in etas)
    etas = np.array([large, *rng.permutation(others), small])  # neither the first that is stable nor the last is the one that is asked for
    return Function(f"{scale}*(np.array({A.tolist()}) @ x - np.array({b.tolist()}))", name="grad"), theta0, etas, 40, CheckOnly(2 / L)


@eta_sweep.cases
def sweeps(rng):
    """Bowls of every size; on the round one the best eta is not the largest that is stable."""
    yield _sweep(rng, 2, 1.2, 100.0)
    yield _sweep(rng, 3, 20, 1000.0, flat=0.01)
    yield _sweep(rng, 2, 1.2, 0.01, flat=0)


def _is_the_largest(t, grad, theta0, etas, n_steps, limit):
    eta = t(grad, theta0, etas, n_steps)
    if not np.any(np.isclose(etas, eta, rtol=1e-9, atol=0)):
        raise Miss(eta, "one of the etas", "Return one of the learning rates that were tried.")
    why = "With this eta the descent runs away." if eta > limit else "A larger one is stable too."
    t.equal(eta, float(np.max(etas[etas < limit])), f"{why} On this bowl the limit 2/λ_max of lesson 9 is {limit:.4g}.")


@eta_sweep.check(weight=3)
def largest_below_the_limit(t, grad, theta0, etas, n_steps, limit):
    """It is the largest of the etas with which the descent does not run away: within a factor of 2 of 2/λ_max"""
    _is_the_largest(t, grad, theta0, etas, n_steps, limit)


def wild_sweeps(rng):
    """One eta is absurd: its run overflows long before the end."""
    yield _sweep(rng, 3, 8, 10.0, more=(1e12,))
    yield _sweep(rng, 2, 4, 0.1, more=(1e11, 1e13))


@eta_sweep.check(cases=wild_sweeps, needs=("largest_below_the_limit",))
def overflow_is_not_stable(t, grad, theta0, etas, n_steps, limit):
    """A run that overflows does not count as stable"""
    _is_the_largest(t, grad, theta0, etas, n_steps, limit)


def close_calls(rng):
    """Etas on both sides of the limit of a round bowl: one gradient ends a little shorter, one a little longer than it began."""
    for n, L, n_steps in ((1, 2.0, 40), (2, 0.5, 10), (3, 40.0, 3), (1, 1.0, 1)):
        b = np.round(rng.uniform(0.5, 2, size=n), 2)
        theta0 = np.round(b / L + rng.uniform(1, 2, size=n) / L, 3)
        near = 0.01 if n_steps > 1 else 0.0005  # after one step hardly shorter
        etas = rng.permutation(np.array([0.3, 1.2, 2 - near, 2 + near, 2.5]) / L)
        yield Function(f"{L}*x - np.array({b.tolist()})", name="grad"), theta0, etas, n_steps, CheckOnly(2 / L)
    for etas in ([0.6], [0.1, 0.9, 0.3]):  # the same descent twice, with other etas
        yield Function("3.0*x", name="grad"), np.array([1.5, -2.0]), np.array(etas), 7, CheckOnly(2 / 3)


@eta_sweep.check(cases=close_calls, needs=("largest_below_the_limit",))
def close_to_the_limit(t, grad, theta0, etas, n_steps, limit):
    """A run counts as stable when its gradient ends shorter than it began, be it by a little, after any number of steps"""
    _is_the_largest(t, grad, theta0, etas, n_steps, limit)


def one_component(rng):
    """One component of the gradient shrinks while another one grows."""
    start = np.round(rng.uniform(0.8, 1.2, size=2), 2)
    yield Function("np.array([0.1, 10.0])*x", name="grad"), start, rng.permutation([0.1, 0.19, 0.22, 0.5]), 40, CheckOnly(0.2)
    yield Function("np.array([10.0, 0.1])*x", name="grad"), start, rng.permutation([0.1, 0.19, 0.22, 0.5]), 40, CheckOnly(0.2)


@eta_sweep.check(weight=0.5, cases=one_component, needs=("largest_below_the_limit",))
def the_whole_gradient_counts(t, grad, theta0, etas, n_steps, limit):
    """The length of the whole gradient counts, not one of its components"""
    eta = t(grad, theta0, etas, n_steps)
    t.equal(eta, float(np.max(etas[etas < limit])), "Compare the length of grad at the end with its length at theta0.")


def ends_that_decide(rng):
    """One eta beyond the limit, whose gradient ends shorter than it began: the steep axis has woken up, and is still short."""
    s = round(float(rng.uniform(0.9, 1.1)), 2)
    yield Function("np.array([1.0, 10.0])*x", name="grad"), np.array([10.0 * s, 0.02 * s]), rng.permutation([0.05, 0.1, 0.21, 0.4]), 24


@eta_sweep.check(weight=0.5, cases=ends_that_decide, needs=("largest_below_the_limit",))
def the_end_of_the_run_counts(t, grad, theta0, etas, n_steps):
    """Only the gradients at the start and at the end count, whatever their length on the way"""
    t.assume(n_steps > 0)
    ends = {eta: _lengths(grad, theta0, eta, n_steps) for eta in etas.tolist()}
    stable = [eta for eta, lengths in ends.items() if lengths[-1] < lengths[0]]
    t.assume(stable and all(abs(lengths[-1] / lengths[0] - 1) > 1e-6 for lengths in ends.values() if np.isfinite(lengths[-1])))
    t.equal(
        t(grad, theta0, etas, n_steps), max(stable), "Compare the length of grad at the end with its length at theta0, and nothing between."
    )


def _lengths(grad, theta0, eta, n_steps) -> np.ndarray:
    """The lengths of the gradients along a descent; inf and nan where it overflows."""
    theta, lengths = theta0.astype(float), []
    with np.errstate(all="ignore"):
        for _ in range(n_steps + 1):
            g = grad(theta)
            lengths.append(float(np.sqrt(np.sum(g * g))))
            theta = theta - eta * g
    return np.array(lengths)


@eta_sweep.mistake("You want the gradient shorter after every step than before it. What counts is its length at the end and at theta0.")
def shorter_in_every_step(grad, theta0, etas, n_steps):
    falls = [eta for eta in etas if np.all(np.diff(_lengths(grad, theta0, eta, n_steps)) < 0)]
    return float(max(falls, default=min(etas)))


@eta_sweep.mistake("You choose what is best after one step. A step that helps once can still run away: go on to the end.")
def best_after_one_step(grad, theta0, etas, n_steps):
    return float(min(etas, key=lambda eta: _lengths(grad, theta0, eta, 1)[1]))


@eta_sweep.mistake("This is the eta that came closest to the minimum. Asked for is the largest that does not run away.")
def closest_to_the_minimum(grad, theta0, etas, n_steps):
    ends = [_lengths(grad, theta0, eta, n_steps)[-1] for eta in etas]
    return float(etas[int(np.nanargmin(ends))])


@eta_sweep.mistake("You return the smallest eta that runs away. The answer is the neighbour below it.")
def first_that_runs_away(grad, theta0, etas, n_steps):
    wild = [eta for eta in etas if not _lengths(grad, theta0, eta, n_steps)[-1] < _lengths(grad, theta0, eta, 0)[0]]
    return float(min(wild))


@eta_sweep.mistake(
    "nan slips through: a run that overflows ends with nan, and nan > anything is False. Ask whether the end is small, not whether it is large."
)
def nan_counts_as_stable(grad, theta0, etas, n_steps):
    return float(max(eta for eta in etas if not _lengths(grad, theta0, eta, n_steps)[-1] > _lengths(grad, theta0, eta, 0)[0]))


@eta_sweep.mistake("You stop at the first eta that runs away, but the etas come in no order. Try all of them.")
def takes_them_as_sorted(grad, theta0, etas, n_steps):
    found = float(etas[0])
    for eta in etas:
        if not _lengths(grad, theta0, eta, n_steps)[-1] < _lengths(grad, theta0, eta, 0)[0]:
            break
        found = float(eta)
    return found


@eta_sweep.mistake("This is the smallest of the etas. Asked for is the largest that does not run away.")
def smallest(grad, theta0, etas, n_steps):
    return float(np.min(etas))


@eta_sweep.mistake("This is the largest of the etas, stable or not.")
def largest(grad, theta0, etas, n_steps):
    return float(np.max(etas))
