"""One descent, four gradients. Sources: S1.07, E-W09."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Mapping, Reals, Tolerance

from ._lesson import lesson, place

KINDS = ("formula", "differences", "complex", "backward")
_DIFFERENCES = Tolerance(1e-6, 1e-6, "a difference quotient of the learner's choice: eight digits lost at the worst sensible step")

gradient_sources = lesson.exercise(
    "gradient_sources",
    2,
    "the same gradient from four sources",
    signature="X, y",
    minutes=12,
    difficulty=3,
    program="gradients_at",
    domains={
        "X": Reals("m n", high=4, low=0.1),
        "y": Reals("m", high=4, low=0.1, zeros=True),
        "points": Reals("3 n", high=4, low=0.1, zeros=True),
    },
    clauses={
        "Four functions of theta": "formula_is_the_gradient differences_is_the_gradient complex_is_the_gradient backward_is_the_gradient edges",
        'The keys are "formula"': "returns",
        "differences to six digits, the others to eleven": "formula_is_the_gradient differences_is_the_gradient complex_is_the_gradient",
        "X has shape (m, n)": "returns edges",
    },
    returns=Mapping(lambda X, y, points: KINDS, lambda key, args: Array(np.shape(args[2]))),
    tolerance=_DIFFERENCES,
    hints=(
        "Write the loss as a function of theta inside: np.mean((X @ theta - y)**2). Three of the four need it.",
        "For differences and complex, loop over the rows of np.eye(n): each is one direction.",
        "For complex, step 1e-20 times 1j in one direction and take the imaginary part; np.abs and np.linalg.norm would destroy it.",
        "For backward: the errors e first. The loss is the mean of e², so de = 2·e/m; and e = X·theta - y turns de into dtheta.",
    ),
    show=lambda X, y, points: (
        f"X = np.array({X.tolist()})\ny = np.array({y.tolist()})\ntheta = np.array({points[0].tolist()})\n"
        "{name: grad(theta) for name, grad in gradient_sources(X, y).items()}"
    ),
)


@gradient_sources.cases
def regressions(rng):
    for m, n in ((5, 2), (7, 3), (4, 4)):
        yield place(rng, (m, n)), place(rng, m, 2), place(rng, (3, n))


def _true(X, y, theta) -> np.ndarray:
    """The mean over the examples of the derivative of one square."""
    return np.mean([2 * row * (np.sum(row * theta) - value) for row, value in zip(X, y)], axis=0)


def _promise(kind: str, sentence: str, tolerance: Tolerance):
    def promise(t, X, y, points):
        wanted = np.array([_true(X, y, theta) for theta in points])
        t.equal(t(X, y, points)[kind], wanted, f'This is "{kind}" of your dict at {len(points)} points.', tolerance)

    promise.__name__, promise.__doc__ = f"{kind}_is_the_gradient", sentence
    gradient_sources.check(domain=True)(promise)


_FORMULA = Tolerance(1e-11, 1e-12, "a formula, or a complex step, which loses no digits")
_promise("formula", "The formula gives the gradient", _FORMULA)
_promise("differences", "Difference quotients give the gradient to six digits", _DIFFERENCES)
_promise("complex", "The complex step gives the gradient to eleven digits", _FORMULA)
_promise("backward", "The chain rule from the loss backwards gives the gradient", _FORMULA)


def _all(X, y, formula=None, differences=None, complex_=None, backward=None):
    """The four sources, with some of them replaced; the rest by a route of our own."""
    quotient = lambda theta: np.array([(_loss(X, y, theta + 1e-5 * e) - _loss(X, y, theta - 1e-5 * e)) / 2e-5 for e in np.eye(X.shape[1])])
    true = lambda theta: _true(X, y, theta)
    return {"formula": formula or true, "differences": differences or quotient, "complex": complex_ or true, "backward": backward or true}


def _loss(X, y, theta):
    return np.mean((X @ theta - y) ** 2)


@gradient_sources.mistake(
    "The formula has lost its minus sign: the derivative of (y - Xθ)² brings one from inside.", tolerance=_DIFFERENCES
)
def sign_lost(X, y):
    return _all(X, y, formula=lambda theta: -_true(X, y, theta))


@gradient_sources.mistake("The formula is a sum over the examples. The loss is a mean: divide by m.", tolerance=_DIFFERENCES)
def formula_sums(X, y):
    return _all(X, y, formula=lambda theta: len(y) * _true(X, y, theta))


_ZERO = Tolerance(1e-6, 1e-26, "exact zeros beside numbers of the size of the complex step, and difference quotients of any step")


@gradient_sources.mistake(
    "With you the complex step gives zero everywhere: no imaginary part arrives. The step is 1j * h, and abs and norm throw the imaginary part away: square with **2.",
    tolerance=_ZERO,
)
def complex_through_norm(X, y):
    return _all(X, y, complex_=lambda theta: np.zeros(len(theta)))


@gradient_sources.mistake("The imaginary part still has to be divided by the step.", tolerance=_ZERO)
def complex_undivided(X, y):
    return _all(X, y, complex_=lambda theta: 1e-20 * _true(X, y, theta))


@gradient_sources.mistake(
    "Backward: de must be 2·e/m, because the loss is the mean of the squares. Your 1/m is missing.", tolerance=_DIFFERENCES
)
def backward_without_mean(X, y):
    return _all(X, y, backward=lambda theta: len(y) * _true(X, y, theta))


@gradient_sources.mistake("Backward: the factor 2 of the square is missing.", tolerance=_DIFFERENCES)
def backward_without_two(X, y):
    return _all(X, y, backward=lambda theta: _true(X, y, theta) / 2)


@gradient_sources.mistake(
    "Your difference quotients step in all directions at once, so every component is the same sum. Step along one row of np.eye(n) at a time.",
    tolerance=_DIFFERENCES,
)
def all_directions_at_once(X, y):
    return _all(X, y, differences=lambda theta: np.full(len(theta), np.sum(_true(X, y, theta))))
