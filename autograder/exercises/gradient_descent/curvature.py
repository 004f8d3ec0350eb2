"""How large eta may be on a bowl: curvature and condition. Source: E-W05."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Tolerance, view

from ._lesson import Bowls, curved, lesson, tilted

_CURVATURE = Tolerance(1e-11, 1e-13, "eigenvalues, the smallest of them a hundredth of the largest: its rounding counts a hundredfold")


def matrices(rng):
    """Symmetric positive definite matrices of several sizes, from three rows on first: two rows hide some mistakes."""
    for n in (3, 4, 2, 3, 5):
        yield (curved(rng, n),)
    yield (np.array([[round(float(rng.uniform(0.5, 4)), 2)]]),)
    yield (np.diag(rng.integers(1, 9, size=3)),)
    yield (
        np.round(tilted(rng, [1.0, 5.9, 6.0]), 4),
    )  # two that are nearly alike: who multiplies by A again and again comes close to a mixture of both


def _range(t, A) -> tuple[float, float]:
    """The smallest and the largest curvature. Singular values: for a positive definite matrix they are the curvatures."""
    t.assume(np.array_equal(A, A.T) and np.all(np.linalg.eigvalsh(A) > 1e-3 * np.linalg.norm(A)))
    sizes = np.linalg.svd(A, compute_uv=False)
    return float(sizes[-1]), float(sizes[0])


def _exercise(name, points, asks, difficulty, clauses, *hints):
    made = lesson.exercise(
        name,
        points,
        asks,
        signature="A",
        minutes=4,
        difficulty=difficulty,
        returns=Array(),
        tolerance=_CURVATURE,
        domains={"A": Bowls()},
        clauses=clauses,
        hints=hints,
    )
    made.cases(matrices)

    @made.picture
    def picture(A):
        return view("valley_explorer", A=A)

    return made


lipschitz_constant = _exercise(
    "lipschitz_constant",
    0.5,
    "the largest curvature of a bowl",
    2,
    {"The largest curvature of the bowl": "is_the_largest_curvature edges"},
    "The curvatures of ½ θᵀAθ along its axes are the eigenvalues of A.",
    "np.linalg.eigvalsh gives the eigenvalues of a symmetric matrix, in order.",
)
condition_number = _exercise(
    "condition_number",
    0.5,
    "how elongated a bowl is",
    2,
    {"divided by the smallest": "compares_the_extremes edges"},
    "It compares the largest curvature with the smallest.",
    "For a round bowl it is 1; it is never less.",
)
max_stable_eta = _exercise(
    "max_stable_eta",
    1,
    "the largest eta that does not diverge",
    3,
    {"The limit of eta": "steepest_axis_neither_grows_nor_shrinks edges"},
    "Along an axis with curvature λ a step multiplies the distance by 1 - ηλ. When is that no larger than 1 in size?",
    "Every axis sets a limit. Which axis has the strictest one?",
    "Check with the bowl of the explorer: curvatures 1 and 10 give 0.2.",
)
optimal_eta = _exercise(
    "optimal_eta",
    1,
    "the eta that shrinks all directions fastest",
    3,
    {"as fast as possible": "extremes_shrink_alike edges"},
    "With a small eta the flattest axis is the slowest; with a large one the steepest axis is. The best lies where they are equally slow.",
    "Set 1 - η·λ_min equal to -(1 - η·λ_max) and solve for η.",
    "Check: curvatures 1 and 10 give 0.1818…, and both factors have the size 9/11.",
)


@lipschitz_constant.check(domain=True)
def is_the_largest_curvature(t, A):
    """It is the largest curvature: no direction bends more, and one bends as much"""
    t.equal(t(A), _range(t, A)[1], "", _CURVATURE)


@condition_number.check(domain=True)
def compares_the_extremes(t, A):
    """It is the largest curvature divided by the smallest"""
    mu, L = _range(t, A)
    t.equal(t(A), L / mu, "", _CURVATURE)


@max_stable_eta.check(domain=True)
def steepest_axis_neither_grows_nor_shrinks(t, A):
    """At this eta the steepest axis neither grows nor shrinks, and no other axis grows"""
    mu, L = _range(t, A)
    eta = t(A)
    t.equal(
        eta,
        2.0 / L,
        f"Curvatures lie between {mu:.4g} and {L:.4g}. At your eta = {eta:.4g} a step multiplies the steepest direction by {1 - eta * L:.4g}.",
        _CURVATURE,
    )


@optimal_eta.check(domain=True)
def extremes_shrink_alike(t, A):
    """At this eta the flattest and the steepest axis shrink by the same factor, with opposite signs"""
    mu, L = _range(t, A)
    eta = t(A)
    t.equal(
        eta,
        2.0 / (L + mu),
        f"At your eta = {eta:.4g} the factors are {1 - eta * mu:.4g} for the flattest axis and {1 - eta * L:.4g} for the steepest.",
        _CURVATURE,
    )


def _sizes(A):
    return np.linalg.eigvalsh(A)


def _mistakes(exercise, table):
    for name, (message, function) in table.items():
        exercise.mistake(message, name=name)(function)


_mistakes(
    lipschitz_constant,
    {
        "the_trace": ("This is the trace, the sum of all curvatures. Asked for is the largest.", lambda A: float(np.trace(A))),
        "largest_column_sum": (
            "This is the largest sum of sizes in a column or row, as np.linalg.norm(A, 1) has it: an upper bound. The curvature is an eigenvalue.",
            lambda A: float(np.linalg.norm(A, 1)),
        ),
        "largest_diagonal_entry": (
            "The diagonal holds the curvatures along the coordinate axes. The bowl's own axes are tilted: use eigenvalues.",
            lambda A: float(np.max(np.diag(A))),
        ),
        "smallest_curvature": ("This is the smallest curvature; eigvalsh puts the largest last.", lambda A: float(_sizes(A)[0])),
        "frobenius": (
            "np.linalg.norm(A) adds up all squared entries. Asked for is the largest eigenvalue, norm(A, 2) for a symmetric matrix.",
            lambda A: float(np.linalg.norm(A)),
        ),
    },
)
_mistakes(
    condition_number,
    {
        "upside_down": (
            "Upside down: divide the largest by the smallest, so that it is never below 1.",
            lambda A: float(_sizes(A)[0] / _sizes(A)[-1]),
        ),
        "difference": (
            "This is the difference of the curvatures. Divide them: scaling A must change nothing.",
            lambda A: float(_sizes(A)[-1] - _sizes(A)[0]),
        ),
        "diagonal_ratio": (
            "You compare entries of the diagonal. The bowl's own axes are tilted: compare eigenvalues.",
            lambda A: float(np.max(np.diag(A)) / np.min(np.diag(A))),
        ),
        "square_root": ("This is the root of the condition number.", lambda A: float(np.sqrt(_sizes(A)[-1] / _sizes(A)[0]))),
    },
)
_mistakes(
    max_stable_eta,
    {
        "one_over_L": (
            "1/λ_max is safe, and it is half the limit: there the steepest direction is done in one step.",
            lambda A: float(1 / _sizes(A)[-1]),
        ),
        "from_the_flattest": (
            "This limit is the flattest direction's. The steepest diverges long before.",
            lambda A: float(2 / _sizes(A)[0]),
        ),
        "from_the_trace": ("The trace adds up all curvatures; the largest alone sets the limit.", lambda A: float(2 / np.trace(A))),
        "from_the_diagonal": (
            "The diagonal is not enough: the bowl's steepest axis is tilted and steeper.",
            lambda A: float(2 / np.max(np.diag(A))),
        ),
        "upside_down": ("Upside down: the steeper the bowl, the smaller eta must be.", lambda A: float(_sizes(A)[-1] / 2)),
    },
)
_mistakes(
    optimal_eta,
    {
        "one_over_L": (
            "1/λ_max finishes the steepest direction in one step and leaves the flattest slow. A little more is better.",
            lambda A: float(1 / _sizes(A)[-1]),
        ),
        "the_limit": ("2/λ_max is the limit of stability: the steepest direction bounces for ever.", lambda A: float(2 / _sizes(A)[-1])),
        "half": (
            "A factor 2 is missing: set 1 - η·λ_min = -(1 - η·λ_max) and solve again.",
            lambda A: float(1 / (_sizes(A)[0] + _sizes(A)[-1])),
        ),
        "minus": (
            "A sign slipped: 1 - η·λ_min = -(1 - η·λ_max) gives the sum of the curvatures, not their difference.",
            lambda A: float(2 / (_sizes(A)[-1] - _sizes(A)[0])) if len(A) > 1 else 0.0,
        ),
        "from_the_trace": (
            "The trace is the sum of all curvatures: right for two of them only. Use the smallest and the largest.",
            lambda A: float(2 / np.trace(A)),
        ),
    },
)
