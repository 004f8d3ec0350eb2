"""The gap between floats."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, view

from ._lesson import lesson

machine_epsilon = lesson.exercise(
    "machine_epsilon",
    2,
    "the gap between 1 and the next float",
    signature="dtype",
    minutes=8,
    difficulty=2,
    returns=Array(),
    clauses={
        "distance from 1 to the next number": "is_the_gap",
        "Halving finds it": "prose",
        '"float16", "float32" or "float64"': "one_plus_it_is_seen",
    },
    hints=(
        "Start with eps = 1 and halve it as long as something can still be seen of it.",
        "Seen means: 1 + eps/2 is larger than 1. Halve as long as that holds: the eps at which it holds no more is the answer.",
        "Both the 1 and eps must be numbers of that dtype, for example np.ones((), dtype). A Python 1.0 is a float64.",
    ),
)


@machine_epsilon.cases
def formats(rng):
    yield from rng.permutation(["float16", "float32", "float64"]).tolist()


def _seen(dtype: str, step: float) -> bool:
    one = np.ones((), dtype)
    with np.errstate(over="ignore"):  # a step of 1e300 is infinite in float32, and is seen
        return bool(one + np.asarray(step, dtype) > one)


@machine_epsilon.picture
def picture(dtype):
    return view("float_ruler", yours=True, format=dtype) if dtype in ("float64", "float32", "float16") else None


@machine_epsilon.check()
def one_plus_it_is_seen(t, dtype):
    """1 + eps is larger than 1, and 1 + eps/2 is not"""
    eps = t(dtype)
    t.holds(_seen(dtype, eps), "1 + eps is 1", "1 + eps is larger than 1", f"In {dtype} your eps is too small to be seen beside 1.")
    t.holds(
        not _seen(dtype, eps / 2),
        "1 + eps/2 is larger than 1",
        "1 + eps/2 is 1",
        f"In {dtype} half of your eps is still seen beside 1: go on.",
    )


@machine_epsilon.check(needs=("one_plus_it_is_seen",))
def is_the_gap(t, dtype):
    """It is the distance from 1 to the next number of that format"""
    one = np.ones((), dtype)
    t.equal(t(dtype), float(np.nextafter(one, one + one)) - 1, "")


def _halve(one, go_on):
    eps = one
    while go_on(eps):
        eps = eps / 2
    return float(eps)


@machine_epsilon.mistake("This is half of eps: added to 1 it is lost.")
def half_of_it(dtype):
    one = np.ones((), dtype)
    return _halve(one, lambda eps: one + eps > one)


@machine_epsilon.mistake(
    "You compute with Python's own floats, which are float64, whatever the dtype. Make 1 and eps numbers of that dtype."
)
def ignores_the_dtype(dtype):
    return _halve(1.0, lambda eps: 1 + eps / 2 > 1)


@machine_epsilon.mistake("This is the smallest number above 0. Near 0 floats lie far closer together than near 1.")
def smallest_number(dtype):
    return _halve(np.ones((), dtype), lambda eps: eps / 2 > 0)


@machine_epsilon.mistake("This is twice eps, the distance between neighbours from 2 to 4. Next to 1 they lie closer together.")
def twice_it(dtype):
    one = np.ones((), dtype)
    return 2 * _halve(one, lambda eps: one + eps / 2 > one)


@machine_epsilon.mistake("This is a round decimal number near eps. The gap is a power of 2.")
def decimal_resolution(dtype):
    return float(np.finfo(dtype).resolution)
