"""A convolution layer forward and backward, without its Jacobian. Sources: MC24, MC25."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Reals, summed

from ._lesson import lesson, numbers

# The windows are an axis of their own: so a signal is never shorter than the kernel.
# No contract speaks of whole numbers here: who makes room with zeros_like(x) does so in x's type.
_DOMAINS = {"k": Reals("r", whole=False), "x": Reals(lambda sample: (sample.size("r") + sample.size("windows") - 1,), whole=False)}

conv1d_valid = lesson.exercise(
    "conv1d_valid",
    1,
    "slide a kernel along a signal",
    signature="x, k",
    minutes=6,
    difficulty=2,
    returns=Array(lambda x, k: (len(x) - len(k) + 1,)),
    domains=_DOMAINS,
    clauses={"all windows inside x: x (n,), k (r,) with r <= n -> (n-r+1,)": "weighted_windows edges returns"},
    hints=(
        "Output o looks at the window x[o], x[o + 1], ..., as long as the kernel.",
        "The kernel is not turned around: its first number meets the window's first number.",
    ),
)


@conv1d_valid.cases
def signals(rng):
    for n, r in ((5, 3), (6, 2), (4, 4), (7, 4), (3, 1)):
        yield numbers(rng, n), numbers(rng, r)


def _band(k, n):
    """The matrix of the layer: row o is the kernel, pushed o places to the right."""
    return np.array([np.pad(k, (o, n - len(k) - o)) for o in range(n - len(k) + 1)])


@conv1d_valid.check(domain=True)
def weighted_windows(t, x, k):
    """Output o is the sum of the window that starts at o, weighted by the kernel"""
    band = _band(k, len(x))
    t.equal(t(x, k), band @ x, "y[o] is x[o] k[0] + x[o+1] k[1] + ...", summed(np.abs(band) @ np.abs(x)))


@conv1d_valid.mistake("The kernel is turned around, as np.convolve does. In networks it is not: k[0] meets the first number of the window.")
def flips_the_kernel(x, k):
    return np.convolve(x, k, mode="valid")


@conv1d_valid.mistake("The windows hang over the ends of the signal. Keep those that lie inside: len(x) - len(k) + 1 of them.")
def same_length(x, k):
    return np.correlate(x, k, mode="same")


@conv1d_valid.mistake("One window too few: the last one starts at len(x) - len(k), and that is included.")
def one_window_too_few(x, k):
    return (_band(k, len(x)) @ x)[:-1]


@conv1d_valid.mistake("The windows are added up without the kernel's weights.")
def kernel_unused(x, k):
    return np.array([np.sum(x[o : o + len(k)]) for o in range(len(x) - len(k) + 1)])


vjp_conv1d = lesson.exercise(
    "vjp_conv1d",
    3,
    "send u backward through the convolution, to the signal and to the kernel",
    signature="x, k, u",
    minutes=14,
    difficulty=4,
    returns=Items(Array(lambda x, k, u: x.shape), Array(lambda x, k, u: k.shape)),
    domains={**_DOMAINS, "u": Reals("windows", whole=False)},
    clauses={
        "u sent backward through conv1d_valid": "to_the_signal to_the_kernel edges",
        "x (n,), k (r,), u (n-r+1,) -> dx (n,), dk (r,)": "edges returns",
    },
    hints=(
        "Write one output: y[o] is the sum over j of x[o + j] k[j]. By which numbers does it multiply k[j]? By which x[i]?",
        "dk[j] collects, over all o, u[o] times what k[j] was multiplied by.",
        "dx[i] collects from every output that saw x[i]: y[o] did, with k[i - o], if that index exists.",
        "A loop is fine: for every o add u[o] * k to dx[o:o + len(k)], and u[o] * x[o:o + len(k)] to dk.",
    ),
)


@vjp_conv1d.cases
def signals_and_cotangents(rng):
    for n, r in ((5, 3), (6, 2), (7, 4), (4, 4), (3, 1)):
        yield numbers(rng, n), numbers(rng, r), numbers(rng, n - r + 1)


def _backward(forward, u, size):
    """u sent backward through a linear map, by definition: one forward pass for every unit input."""
    return np.array([u @ forward(unit) for unit in np.eye(size)])


def _right(x, k, u):
    return _backward(lambda unit: _band(k, len(x)) @ unit, u, len(x)), _backward(lambda unit: _band(unit, len(x)) @ x, u, len(k))


@vjp_conv1d.check(domain=True)
def to_the_signal(t, x, k, u):
    """dx passes the dot-product test: u · conv(v, k) is dx · v for every v"""
    why = "The layer is linear in x: entry i is u times the output for a signal that is 1 at i and 0 elsewhere."
    t.equal(t(x, k, u)[0], _right(x, k, u)[0], why, summed(_right(*map(np.abs, (x, k, u)))[0]))


@vjp_conv1d.check(domain=True)
def to_the_kernel(t, x, k, u):
    """dk passes the dot-product test: u · conv(x, w) is dk · w for every w"""
    why = "The layer is linear in k: entry j is u times the output for a kernel that is 1 at j and 0 elsewhere."
    t.equal(t(x, k, u)[1], _right(x, k, u)[1], why, summed(_right(*map(np.abs, (x, k, u)))[1]))


@vjp_conv1d.mistake("In dx the kernel is turned around once too often: y[o] multiplies x[i] by k[i - o].")
def kernel_turned_around(x, k, u):
    return _right(x, k[::-1], u)[0], _right(x, k, u)[1]


@vjp_conv1d.mistake(
    "dx covers only the places that every part of the kernel has seen. The numbers at the ends were seen as well: dx has the length of x."
)
def valid_instead_of_full(x, k, u):
    return _right(x, k, u)[0][len(k) - 1 : len(x) - len(k) + 1], _right(x, k, u)[1]


@vjp_conv1d.mistake("u is not used: these are the gradients for u = (1, 1, ...). What comes from above has to be multiplied in.")
def ignores_upstream(x, k, u):
    return _right(x, k, np.ones_like(u))


@vjp_conv1d.mistake("dk comes out in reverse order: u slides along x just as the kernel did, without turning around.")
def kernel_gradient_reversed(x, k, u):
    return _right(x, k, u)[0], _right(x, k, u)[1][::-1]


@vjp_conv1d.mistake("The two results are exchanged: return dx first.")
def results_exchanged(x, k, u):
    return _right(x, k, u)[::-1]


@vjp_conv1d.mistake("dk is the gradient for the wrong partner: it is u with windows of x, not with the kernel.")
def u_with_the_kernel(x, k, u):
    return _right(x, k, u)[0], np.resize(np.convolve(u, k), len(k))
