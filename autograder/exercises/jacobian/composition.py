"""The chain rule for Jacobians. Source: MC20."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Reals

from ._domains import Chain
from ._lesson import lesson, numbers

chain = lesson.exercise(
    "chain",
    1,
    "the Jacobian of g after f from the two Jacobians",
    signature="J_outer, J_inner",
    minutes=4,
    difficulty=2,
    returns=Array(lambda outer, inner: (outer.shape[0], inner.shape[1])),
    domains={"J_outer": Reals("p m", high=4), "J_inner": Reals("m n", high=4)},
    clauses={"The Jacobian of g after f": "acts_one_after_the_other edges"},
    hints=(
        "Follow a small step: the inner Jacobian is applied first. Which factor stands next to the step?",
        "The shapes are (p, m) and (m, n); the answer is (p, n). For p, m and n that differ, only one order fits.",
    ),
)


@chain.cases
def pairs(rng):
    for p, m, n in ((3, 3, 3), (2, 3, 2), (2, 4, 3), (4, 2, 3), (1, 3, 2), (3, 1, 2)):
        yield numbers(rng, (p, m)), numbers(rng, (m, n))


@chain.check(domain=True)
def acts_one_after_the_other(t, J_outer, J_inner):
    """Applied to a step it does what the two do one after the other"""
    wanted = np.stack([J_outer @ column for column in J_inner.T], axis=1)
    t.equal(t(J_outer, J_inner), wanted, "Column j is what J_outer makes of column j of J_inner.")


@chain.mistake("The order is reversed. A step meets the inner map first, so J_inner stands next to it, on the right.")
def reversed_order(J_outer, J_inner):
    return J_inner @ J_outer


@chain.mistake("You multiply entry by entry. One output of the composition collects from all the numbers in between: a sum of products.")
def entry_by_entry(J_outer, J_inner):
    return J_outer * J_inner


@chain.mistake("The result is transposed. No transposes are needed when rows are outputs.")
def transposed(J_outer, J_inner):
    return (J_outer @ J_inner).T


@chain.mistake("The two Jacobians are added. Rates along a chain multiply.")
def added(J_outer, J_inner):
    return J_outer + J_inner


chain_many = lesson.exercise(
    "chain_many",
    1,
    "the Jacobian of a whole chain of maps",
    signature="Js",
    minutes=4,
    difficulty=2,
    returns=Array(lambda Js: (Js[0].shape[0], Js[-1].shape[1])),
    domains={"Js": Chain()},
    clauses={"The Jacobian of a chain of maps": "acts_from_the_inside one_map_alone edges"},
    hints=(
        "Start with the first matrix and let chain take in one more at a time.",
        "The list begins with the outermost Jacobian, and so does the product.",
    ),
)


@chain_many.cases
def chains(rng):
    for sizes in ((3, 3, 3, 3), (2, 3, 4, 2), (2, 4, 1, 3, 5), (3, 2, 4), (2, 2, 2)):
        yield ([numbers(rng, shape) for shape in zip(sizes, sizes[1:])],)


@chain_many.check(weight=2, domain=True)
def acts_from_the_inside(t, Js):
    """Applied to a step it does what all of them do, the last of the list first"""
    steps = np.eye(Js[-1].shape[1])
    for J in reversed(Js):
        steps = np.einsum("ij,jk->ik", J, steps)
    t.equal(t(Js), steps, "The last matrix of the list is the innermost map: it meets the step first.")


def short_chains(rng):
    """A chain of one map."""
    yield ([numbers(rng, (2, 3))],)
    yield ([numbers(rng, (4, 1))],)


@chain_many.check(cases=short_chains, needs=("acts_from_the_inside",))
def one_map_alone(t, Js):
    """A chain of one map is that map"""
    t.equal(t(Js), Js[0], "With a single matrix there is nothing to multiply.")


def _product(Js):
    result = Js[0]
    for J in Js[1:]:
        result = result @ J
    return result


@chain_many.mistake("The list is multiplied from its end. It begins with the outermost Jacobian, and so does the product.")
def from_the_end(Js):
    return _product(Js[::-1])


@chain_many.mistake("Only the first two matrices are multiplied. Go on to the end of the list.")
def stops_after_two(Js):
    return _product(Js[:2])


@chain_many.mistake("You multiply entry by entry. Each link of the chain is a matrix product.")
def entry_by_entry_throughout(Js):
    result = Js[0]
    for J in Js[1:]:
        result = result * J
    return result


@chain_many.mistake("The result is transposed. No transposes are needed when rows are outputs.")
def transposed_product(Js):
    return _product(Js).T


@chain_many.mistake("The last matrix is left out: the loop ends one too early.")
def misses_the_last(Js):
    return _product(Js[:-1]) if len(Js) > 1 else _product(Js)
