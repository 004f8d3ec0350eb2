"""The chain rule for tensors. Source: E-P30."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, OneOf, Reals, summed

from ._lesson import lesson, numbers


def _axes_of_y(sample) -> str:
    return " ".join("abc"[: sample["y_ndim"]])


def _axes_of(sample, *choices: str) -> str:
    """The axes of Z or X: another choice in every round; where Y is a number they have one axis, or no array would be left."""
    return choices[max(sample.round, 0) % len(choices)] if sample["y_ndim"] else choices[0]


contract = lesson.exercise(
    "contract",
    3,
    "the chain rule: a sum over everything in between",
    signature="dZ_dY, dY_dX, y_ndim",
    minutes=8,
    difficulty=3,
    returns=Array(lambda dZ_dY, dY_dX, y_ndim: dZ_dY.shape[: dZ_dY.ndim - y_ndim] + dY_dX.shape[y_ndim:]),
    domains={
        "y_ndim": OneOf(1, 2, 0, 3),
        "dZ_dY": Reals(lambda sample: sample.shape(f"{_axes_of(sample, 'p', 'p q', '')} {_axes_of_y(sample)}")),
        "dY_dX": Reals(lambda sample: sample.shape(f"{_axes_of_y(sample)} {_axes_of(sample, 'r', '', 'r s')}")),
    },
    clauses={
        "Z.shape + Y.shape and Y.shape + X.shape -> Z.shape + X.shape": "sums_over_what_lies_between edges returns",
        "y_ndim is the number of axes of Y": "sums_over_what_lies_between",
        "It may be 0": "single_path edges",
    },
    hints=(
        "For matrices y_ndim is 1, and the answer is the matrix product: a sum over the axis in between.",
        "The axes of Y are the last y_ndim axes of the first tensor and the first y_ndim axes of the second.",
        "Read the help of np.tensordot: what does a whole number for axes mean?",
    ),
)


@contract.edges
def many_axes(rng):
    """More axes than anybody writes letters for by hand."""
    yield numbers(rng, (2, 1, 2, 1, 2, 2, 1)), numbers(rng, (2, 2, 1, 1, 2, 1, 2, 1)), 3


@contract.cases
def links(rng):
    for z, y, x in (((2,), (2, 2), (2,)), ((), (2, 4), (2, 3)), ((3,), (4,), (2,)), ((2, 2), (3, 2), (2,)), ((2,), (2, 2, 2), (3,))):
        yield numbers(rng, z + y), numbers(rng, y + x), len(y)


@contract.check(weight=3, domain=True)
def sums_over_what_lies_between(t, dZ_dY, dY_dX, y_ndim):
    """It sums, over every index of Y, the derivative of Z by that entry times the derivative of that entry by X"""
    paths = [np.multiply.outer(dZ_dY[(..., *y)], dY_dX[y]) for y in np.ndindex(*dY_dX.shape[:y_ndim])]
    why = "Every path from X to Z leads through one entry of Y: add up all paths."
    t.equal(t(dZ_dY, dY_dX, y_ndim), sum(paths), why, summed(sum(map(np.abs, paths))))


def one_number_between(rng):
    """Y is one number: a single path."""
    yield numbers(rng, (2,)), numbers(rng, (3,)), 0
    yield numbers(rng, (2, 3)), numbers(rng, (2,)), 0


@contract.check(cases=one_number_between, needs=("sums_over_what_lies_between",))
def single_path(t, dZ_dY, dY_dX, y_ndim):
    """One number in between gives all products"""
    wanted = np.array([z * dY_dX for z in dZ_dY.ravel()]).reshape(dZ_dY.shape + dY_dX.shape)
    t.equal(t(dZ_dY, dY_dX, y_ndim), wanted, "There is nothing to sum over: each derivative of Z times each derivative by X.")


@contract.mistake("You sum over one axis only. Y has y_ndim axes, and every one of them lies in between.")
def one_axis_only(dZ_dY, dY_dX, y_ndim):
    return np.tensordot(dZ_dY, dY_dX, axes=1)


@contract.mistake("The axes of Y are paired in reverse order: its first axis in one tensor with its last in the other.")
def paired_in_reverse(dZ_dY, dY_dX, y_ndim):
    n = dZ_dY.ndim
    return np.tensordot(dZ_dY, dY_dX, axes=(list(range(n - 1, n - y_ndim - 1, -1)), list(range(y_ndim))))


@contract.mistake("You sum over the first axes of dZ_dY. Those belong to Z; the axes of Y are its last ones.")
def first_axes_of_both(dZ_dY, dY_dX, y_ndim):
    return np.tensordot(dZ_dY, dY_dX, axes=(list(range(y_ndim)), list(range(y_ndim))))


@contract.mistake("You sum over one axis too many: only the y_ndim axes of Y lie in between.")
def one_axis_too_many_summed(dZ_dY, dY_dX, y_ndim):
    return np.tensordot(dZ_dY, dY_dX, axes=y_ndim + 1)


@contract.mistake("You only multiply. The products that belong to the same entries of Z and X have to be added up.")
def multiplies_without_summing(dZ_dY, dY_dX, y_ndim):
    return np.multiply.outer(dZ_dY, dY_dX)
