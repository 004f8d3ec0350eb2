"""Differentials of functions of a matrix, forward and backward. Source: MC21."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.writing import EPS, Array, Domain, Reals, Tolerance, summed, view

from ._lesson import lesson, numbers

jvp_square = lesson.exercise(
    "jvp_square",
    1,
    "the differential of A²",
    signature="A, dA",
    minutes=5,
    difficulty=2,
    returns=Array(lambda A, dA: np.shape(A)),
    domains={"A": Reals("n n", high=100), "dA": Reals("n n", high=100)},
    clauses={"to first order": "is_the_linear_part"},
    hints=(
        "Multiply (A + dA)(A + dA) out, and keep the order of the factors.",
        "To first order means: what is left when the product of two small matrices is dropped.",
    ),
)


@jvp_square.cases
def squares(rng):
    for n in (2, 3, 2, 4):
        yield numbers(rng, (n, n), -2, 2), numbers(rng, (n, n), -1, 1)


@jvp_square.picture
def picture(A, dA):
    fits = np.shape(A) == (2, 2) and abs(np.linalg.det(A)) > 1e-3
    return view("differential_explorer", yours=True, A=np.asarray(A, float), dA=np.asarray(dA, float), t=0.01) if fits else None


@jvp_square.check(domain=True)
def is_the_linear_part(t, A, dA):
    """It is the part of (A + dA)² - A² that is linear in dA"""
    step = A + 1e-30j * dA
    sizes = np.abs(A) @ np.abs(dA)
    t.equal(t(A, dA), np.imag(step @ step) / 1e-30, "", summed(sizes + sizes.T + np.abs(dA) @ np.abs(A)))


@jvp_square.mistake("2A dA is the rule for numbers. Matrices may not change places: one of your two terms has dA on the wrong side.")
def as_for_numbers(A, dA):
    return 2 * A @ dA


@jvp_square.mistake("2 dA A is the rule for numbers. Matrices may not change places: one of your two terms has dA on the wrong side.")
def as_for_numbers_from_the_left(A, dA):
    return 2 * dA @ A


@jvp_square.mistake("A * dA multiplies entry by entry. The square here is A @ A.")
def entry_by_entry(A, dA):
    return 2 * A * dA


@jvp_square.mistake("You have kept dA @ dA, the change of second order. Drop it: the differential is linear in dA.")
def the_whole_change(A, dA):
    return (A + dA) @ (A + dA) - A @ A


@dataclass(frozen=True)
class Invertible(Domain):
    """A square matrix that is far from having no inverse: whole numbers, large, small, with a row, along the axes, one-sided."""

    moods = ("", "whole", "large", "small", "one row", "along the axes", "triangle")

    def draw(self, sample, mood: str):
        """An array (n, n), not symmetric where it need not be."""
        n = sample.sizes.setdefault("n", 1 if mood == "one row" or sample.single else 3)
        A = np.round(sample.rng.uniform(-0.4, 0.4, size=(n, n)), 2) + np.diag(np.resize([2.0, -1.5, 1.0], n))
        if mood == "whole":
            return np.diag(np.resize([3, -2, 2], n)) + np.triu(np.ones((n, n), dtype=int), 1)
        if mood == "along the axes":
            return np.diag(np.diag(A))
        if mood == "triangle":
            return np.triu(A)
        return A * {"large": 100.0, "small": 0.01}.get(mood, 1.0)


vjp_inverse = lesson.exercise(
    "vjp_inverse",
    2,
    "an upstream gradient, sent backward through the inverse",
    signature="A, U",
    minutes=10,
    difficulty=4,
    returns=Array(lambda A, U: np.shape(A)),
    domains={"A": Invertible(), "U": Reals(lambda sample: np.shape(sample["A"]), high=100)},
    clauses={"U sent backward": "passes_the_dot_product_test", "the gradient of": "is_the_gradient"},
    hints=(
        "Write d(A⁻¹) first, with dA between two inverses. Then bring the sum of U times it into the form: sum of something times dA.",
        "What stands to the left of dA comes to the left of U, transposed; what stands to the right comes to the right, transposed.",
        "Test it with a 1 by 1 matrix: 1/a has the slope -1/a².",
    ),
)


@vjp_inverse.cases
def inverses(rng):
    for n in (2, 3, 2, 3):
        yield numbers(rng, (n, n), -0.6, 0.6) + np.diag(np.resize([1.5, -2.0], n)), numbers(rng, (n, n), -1.5, 1.5)


@vjp_inverse.edges
def close_to_no_inverse(rng):
    """A matrix whose rows are nearly alike: its inverse is large, and right to fewer digits."""
    yield np.array([[1.0, 1.0], [1.0, 1.002]]), numbers(rng, (2, 2), -1.5, 1.5)


def _lost(A, U) -> Tolerance:
    B = np.linalg.inv(np.asarray(A, float))
    size = float(np.linalg.norm(B) ** 2 * np.linalg.norm(U) * np.linalg.cond(np.asarray(A, float)))
    return Tolerance(1e-10, 1e-13 + 256 * EPS * size, "inverses lose digits in proportion to the condition of A")


@vjp_inverse.check(domain=True)
def passes_the_dot_product_test(t, A, U):
    """For every dA, the sum of U times d(A⁻¹) is the sum of your answer times dA"""
    G, n = t(A, U), len(A)
    directions = np.eye(n * n).reshape(-1, n, n) + 0.25
    wanted = [np.sum(U * np.imag(np.linalg.inv(A + 1e-30j * dA))) / 1e-30 for dA in directions]
    t.equal(
        np.einsum("ij,kij->k", G, directions),
        np.array(wanted),
        "Asked of one dA after the other, in the order of the entries of A.",
        _lost(A, U),
    )


@vjp_inverse.check(weight=0.5, needs=("passes_the_dot_product_test",))
def is_the_gradient(t, A, U):
    """Each entry is the slope of the sum of U times A⁻¹ when that entry of A moves"""
    G = t(A, U)
    for i, j in ((0, 0), (0, len(A) - 1), (len(A) - 1, 0)):
        dA = np.zeros(np.shape(A), complex)
        dA[i, j] = 1e-30j
        slope = np.sum(U * np.imag(np.linalg.inv(A + dA))) / 1e-30
        t.equal(float(G[i, j]), float(slope), f"Entry ({i}, {j}) of A moves.", _lost(A, U))


def _inverse(A):
    return np.linalg.inv(np.asarray(A, float))


@vjp_inverse.mistake("That is U sent forward, as if it were dA. On the way back both inverses are transposed.")
def sent_forward(A, U):
    return -_inverse(A) @ U @ _inverse(A)


@vjp_inverse.mistake("The sign is lost: where A grows its inverse shrinks, as 1/a does.")
def sign_lost(A, U):
    return _inverse(A).T @ U @ _inverse(A).T


@vjp_inverse.mistake("-1/a² with matrices in the place of numbers: the two inverses belong on both sides of U, not on one.")
def both_on_one_side(A, U):
    return -(_inverse(A) @ _inverse(A)).T @ U


@vjp_inverse.mistake("U is transposed as well. What comes back has the shape of A because the two inverses are transposed, and U is not.")
def upstream_transposed(A, U):
    return -_inverse(A).T @ np.transpose(U) @ _inverse(A).T


@vjp_inverse.mistake("One inverse is missing: from A·A⁻¹ = I, d(A⁻¹) has dA between two of them.")
def one_inverse(A, U):
    return -_inverse(A).T @ U
