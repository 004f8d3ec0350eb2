"""The dot-product test: whether a JVP and a VJP are the two halves of one map."""

from __future__ import annotations

import numpy as np

from autograder.writing import Boolean, CheckOnly, Function, Seeded

from ._lesson import lesson

dot_product_test = lesson.exercise(
    "dot_product_test",
    2,
    "whether a JVP and a VJP belong to the same map",
    signature="jvp, vjp, in_shape, out_shape, rng",
    minutes=8,
    difficulty=3,
    returns=Boolean(),
    show=lambda jvp, vjp, in_shape, out_shape, rng: (
        f"jvp = {jvp.source}\nvjp = {vjp.source}\ndot_product_test(jvp, vjp, {in_shape}, {out_shape}, np.random.default_rng({rng.seed}))"
    ),
    clauses={
        "Whether jvp and vjp": "tells_pairs_from_strangers",
        "drawn by rng": "sees_through_special_directions",
        "differ by rounding": "tells_pairs_from_strangers",
        "jvp takes": "tells_pairs_from_strangers",
    },
    hints=(
        "Draw V with in_shape and U with out_shape. One side is the sum of U * jvp(V): what is the other?",
        "Two sums that are equal on paper differ in the last digits: use np.isclose.",
        "Ones, or the same V and U each time, agree by chance for some wrong pairs. Draw from rng.",
    ),
)
_W = "np.array([[0.7, -1.2, 0.4], [0.5, 0.9, -0.8]])"
_P = "np.array([[0.6, -1.1], [0.9, 0.3]])"


def _pair(forward: str, backward: str, inner, outer, rng, truth: bool):
    return (
        Function(forward, args="V", name="jvp"), Function(backward, args="U", name="vjp"), inner, outer, Seeded(int(rng.integers(1, 1000))), CheckOnly(truth),
    )  # fmt: skip


@dot_product_test.cases
def pairs(rng):
    """Pairs that belong together, and pairs with a slip in one half."""
    a = round(float(rng.uniform(1.1, 1.9)), 2)
    yield _pair(f"V @ {_W}", f"U @ {_W}.T", (4, 2), (4, 3), rng, True)
    yield _pair(f"{a}*V @ {_W}", f"U @ {_W}.T", (4, 2), (4, 3), rng, False)
    yield _pair(f"{_P} @ V + V @ {_P}", f"{_P}.T @ U + U @ {_P}.T", (2, 2), (2, 2), rng, True)
    yield _pair(f"{_P} @ V + V @ {_P}", f"{_P} @ U + U @ {_P}", (2, 2), (2, 2), rng, False)
    yield _pair(f"V @ {_W}", f"-U @ {_W}.T", (4, 2), (4, 3), rng, False)
    yield _pair("np.sum(V, axis=0)", "np.zeros((5, 3)) + U", (5, 3), (3,), rng, True)
    yield _pair("np.sum(V, axis=0)", "np.zeros((5, 3)) + U/5", (5, 3), (3,), rng, False)
    for _ in range(6):  # both sums end in the same digit about once in five draws, hardly ever six times in a row
        yield _pair(f"1000*V @ {_W}", f"1000*U @ {_W}.T", (40, 2), (40, 3), rng, True)


@dot_product_test.edges
def huge_pairs(rng):
    """Rounding goes with the size of the sums."""
    for _ in range(4):  # both sums may end in the same digit, hardly ever four times
        yield _pair(f"1e12*V @ {_W}", f"1e12*U @ {_W}.T", (40, 2), (40, 3), rng, True)
    yield _pair(f"1e12*V @ {_W}", f"1.01e12*U @ {_W}.T", (40, 2), (40, 3), rng, False)


@dot_product_test.check(weight=2, domain=True)
def tells_pairs_from_strangers(t, jvp, vjp, inner, outer, rng, together):
    """It says True for pairs of one map, and False for pairs with a slip"""
    t.same(t(jvp, vjp, inner, outer, rng), together, "Both halves are of one map." if together else "The two halves are not of one map.")


def special(rng):
    """Slips that show in no symmetric direction, in no constant one, or by one per cent only."""
    yield _pair(f"V @ {_P}", f"U @ {_P}", (2, 2), (2, 2), rng, False)  # agrees at U = V = all ones
    yield _pair("V.T", "U", (3, 3), (3, 3), rng, False)  # agrees for U = V symmetric, and for ones
    yield _pair("V - np.mean(V)", "U - np.mean(U) + 0.5*np.mean(U)", (6,), (6,), rng, False)
    yield _pair("V", "1.01*U", (5,), (5,), rng, False)
    yield _pair("V[::-1]", "np.roll(U, 1)", (5,), (5,), rng, False)  # agrees for ones
    yield _pair("0.001*V", "0.0011*U", (40,), (40,), rng, False)  # sums that are hardly ever small


@dot_product_test.check(cases=special, needs=("tells_pairs_from_strangers",))
def sees_through_special_directions(t, jvp, vjp, inner, outer, rng, together):
    """It is not fooled by pairs that agree in special directions, nor by small ones"""
    t.same(t(jvp, vjp, inner, outer, rng), together, "The two halves agree in special directions only, or nearly.")


def _sides(jvp, vjp, V, U):
    return float(np.sum(U * jvp(V))), float(np.sum(vjp(U) * V))


@dot_product_test.mistake(
    "You compare the sizes of the two sums. A half with the sign flipped has the same size: compare the sums themselves."
)
def sizes_only(jvp, vjp, in_shape, out_shape, rng):
    one, other = _sides(jvp, vjp, rng.normal(size=in_shape), rng.normal(size=out_shape))
    return bool(np.isclose(abs(one), abs(other)))


@dot_product_test.mistake("You ask in one direction of ones. Some wrong pairs agree there: draw both directions from rng.")
def in_the_direction_of_ones(jvp, vjp, in_shape, out_shape, rng):
    return bool(np.isclose(*_sides(jvp, vjp, np.ones(in_shape), np.ones(out_shape))))


@dot_product_test.mistake("You want both sums equal to the last digit. They are added up in different orders: allow for rounding.")
def exact_equality(jvp, vjp, in_shape, out_shape, rng):
    one, other = _sides(jvp, vjp, rng.normal(size=in_shape), rng.normal(size=out_shape))
    return bool(one == other)


@dot_product_test.mistake("You look at the shapes only. Both halves of a wrong pair have them as well.")
def shapes_only(jvp, vjp, in_shape, out_shape, rng):
    return bool(np.shape(jvp(np.ones(in_shape))) == tuple(out_shape) and np.shape(vjp(np.ones(out_shape))) == tuple(in_shape))


@dot_product_test.mistake(
    "A difference of one per cent, or one of a small number, counts as equal with you. Compare relative to the sums' own size."
)
def too_generous(jvp, vjp, in_shape, out_shape, rng):
    one, other = _sides(jvp, vjp, rng.normal(size=in_shape), rng.normal(size=out_shape))
    return bool(abs(one - other) < 0.1 * abs(one) + 1e-3)
