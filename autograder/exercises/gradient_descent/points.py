"""What kind of place a zero gradient is. Source: E-W01."""

from __future__ import annotations

import numpy as np

from autograder.writing import CheckOnly, Function, Text, literal, view

from ._lesson import lesson, tilted

classify_critical_point = lesson.exercise(
    "classify_critical_point",
    2,
    "minimum, maximum, saddle, or not to be told",
    signature="H, tol=1e-8",
    minutes=8,
    difficulty=3,
    returns=Text(),
    clauses={
        "What a point with zero gradient": "names_the_kind takes_every_hessian",
        "Curvatures of size tol or less": "minds_the_tolerance takes_every_hessian",
        '"minimum": all curvatures are positive': "names_the_kind minds_the_tolerance takes_every_hessian",
        '"maximum": all are negative': "names_the_kind takes_every_hessian",
        '"saddle": some are positive': "names_the_kind minds_the_tolerance takes_every_hessian",
        '"degenerate": none of these': "names_the_kind minds_the_tolerance takes_every_hessian",
    },
    hints=(
        "The eigenvalues of the Hessian are the curvatures along its own axes.",
        "All curvatures up: a minimum. All down: a maximum. Some up and some down: a saddle, whatever the others do.",
        "A curvature of size tol or less counts as flat: it says neither up nor down.",
    ),
)

_FLAT = 1e-11  # far below tol and far above rounding: of an exact 0 rounding makes a curvature of either sign, another in each draw


@classify_critical_point.cases
def hessians(rng):
    """All four kinds, so that an answer that always says the same scores nothing."""
    up = lambda k: rng.uniform(0.5, 4, size=k)
    # saddles: one that the diagonal shows as well and the trace does not, and one that neither shows
    for H in ([[1.0, 2.0], [2.0, -0.5]], [[1.0, 3.0], [3.0, 2.0]]):
        yield np.round(rng.uniform(1, 2) * np.array(H), 2), 1e-8, CheckOnly("saddle")
    for kind, curvatures in (
        ("minimum", up(2)),
        ("maximum", -up(2)),
        ("saddle", np.append(up(1), -up(1))),
        ("degenerate", np.append(up(1), _FLAT)),
        ("minimum", up(3)),
        ("maximum", -up(3)),
        ("saddle", np.append(up(2), -0.2)),
        ("saddle", np.append(-up(2), 0.3)),
        ("saddle", np.append(8 * up(1), -up(3))),
        ("saddle", np.append(up(2), -up(2))),
        ("degenerate", np.append(-up(2), -_FLAT)),
        ("degenerate", np.append(-up(1), -_FLAT)),
        ("maximum", -up(4)),
    ):
        yield tilted(rng, curvatures), 1e-8, CheckOnly(kind)


@classify_critical_point.picture
def picture(H, tol=1e-8):
    # the surface with these curvatures, at its critical point
    surface = Function(f"0.5 * x @ {literal(H)} @ x")
    return view("compass_explorer", f=surface, x=[0.0, 0.0]) if np.shape(H) == (2, 2) else None


@classify_critical_point.check(weight=2)
def names_the_kind(t, H, tol, kind):
    """It tells minimum, maximum, saddle and degenerate apart"""
    curvatures = np.linalg.eigvalsh(H)
    t.same(t(H, tol), kind, f"The curvatures here are {', '.join(f'{c:.3g}' for c in curvatures)}.")


def nearly_flat(rng):
    """Curvatures within tol, beside ones of every sign."""
    for kind, curvatures in (
        ("degenerate", [2.0, 0.004]),
        ("degenerate", [-1.5, -0.003]),
        ("saddle", [1.2, -0.7, 0.002]),
        ("minimum", [1.5, 0.05]),
        ("degenerate", [0.001, -0.002]),
        ("degenerate", [2.0, 1.1, -0.006]),
    ):
        yield tilted(rng, curvatures), 0.01, CheckOnly(kind)
    yield np.array([[0.25]]), 0.25, CheckOnly("degenerate")
    yield np.array([[-0.25]]), 0.25, CheckOnly("degenerate")


@classify_critical_point.check(cases=nearly_flat, needs=("names_the_kind",))
def minds_the_tolerance(t, H, tol, kind):
    """A curvature of size tol or less counts as flat"""
    t.same(
        t(H, tol),
        kind,
        f"With tol = {tol:g} these curvatures count as up, down or flat: {', '.join(f'{c:.3g}' for c in np.linalg.eigvalsh(H))}.",
    )


def every_hessian(rng):
    """Whole numbers, one to five axes, huge and tiny curvatures, all flat, tol left out, and each side of a tol of every size."""
    for kind, H in (
        ("minimum", np.diag([2, 1, 3])),
        ("saddle", np.array([[0, 1], [1, 0]])),
        ("maximum", np.array([[-2, 1], [1, -2]])),
        ("degenerate", np.array([[1, 1], [1, 1]])),
        ("degenerate", np.zeros((3, 3))),
        ("degenerate", np.array([[0]])),
        ("minimum", np.array([[3.0]])),
        ("maximum", np.array([[-0.5]])),
        ("minimum", tilted(rng, [1e5, 2e5, 3e5])),
        ("saddle", tilted(rng, [1e3, 1.0, -1e-3])),
        ("minimum", tilted(rng, [1e-3, 2e-3])),
        ("minimum", tilted(rng, [1e-6, 2.0])),
        ("maximum", tilted(rng, [-1e-6, -2.0])),
        ("saddle", tilted(rng, [2.0, 0.0, 0.0, -1.0, 3.0])),
    ):
        yield H, CheckOnly(kind)
    for tol in (1e-4, 0.2, 5.0):
        for kind, curvatures in (
            ("minimum", [1.1, 30.0]),
            ("degenerate", [0.9, 30.0]),
            ("maximum", [-1.1, -30.0]),
            ("degenerate", [-0.9, -30.0]),
            ("saddle", [1.1, -1.1, 0.9]),
            ("degenerate", [1.1, -0.9]),
            ("degenerate", [0.9, -1.1]),
        ):
            yield tilted(rng, tol * np.array(curvatures)), tol, CheckOnly(kind)


@classify_critical_point.check(cases=every_hessian, needs=("names_the_kind",))
def takes_every_hessian(t, H, *more):
    """It is right for any number of axes, for large and small curvatures, for any tol, and without tol"""
    *tol, kind = more
    curvatures = ", ".join(f"{c:.3g}" for c in np.linalg.eigvalsh(H))
    t.same(t(H, *tol), kind, f"The curvatures here are {curvatures}, and tol is {tol[0] if tol else 1e-8:g}.")


def _kind(up: bool, down: bool, flat: bool) -> str:
    if up and down:
        return "saddle"
    return "degenerate" if flat else "minimum" if up else "maximum"


def _by(values, tol):
    return _kind(np.any(values > tol), np.any(values < -tol), np.any(np.abs(values) <= tol))


@classify_critical_point.mistake(
    "The trace only says whether the curvatures are positive on average. A saddle needs a look at each of them."
)
def sign_of_the_trace(H, tol=1e-8):
    return _by(np.array([np.trace(H)]), tol)


@classify_critical_point.mistake(
    "The determinant is the product of the curvatures: in two dimensions it needs the trace beside it, in more it says too little. Use eigenvalues."
)
def determinant_only(H, tol=1e-8):
    det = np.linalg.det(H)
    return "minimum" if det > tol else "saddle" if det < -tol else "degenerate"


@classify_critical_point.mistake(
    "The diagonal holds the curvatures along the coordinate axes. The Hessian's own axes are tilted: use eigenvalues."
)
def looks_at_the_diagonal(H, tol=1e-8):
    return _by(np.diag(H), tol)


@classify_critical_point.mistake("A flat direction decides nothing by itself: up and flat may be anything. Say degenerate then.")
def flat_counts_as_up(H, tol=1e-8):
    values = np.linalg.eigvalsh(H)
    return "minimum" if np.all(values >= -tol) else "maximum" if np.all(values <= tol) else "saddle"


@classify_critical_point.mistake("Minimum and maximum are exchanged: curvatures above zero bend upward, as in a bowl.")
def upside_down(H, tol=1e-8):
    return _by(-np.linalg.eigvalsh(H), tol)


@classify_critical_point.mistake("One flat direction beside up and down does not matter: it is a saddle all the same.")
def flat_before_saddle(H, tol=1e-8):
    values = np.linalg.eigvalsh(H)
    return "degenerate" if np.any(np.abs(values) <= tol) else _by(values, tol)


@classify_critical_point.mistake("Curvatures smaller than tol count with you. Computed ones are never exactly zero: compare with tol.")
def ignores_tol(H, tol=1e-8):
    return _by(np.linalg.eigvalsh(H), 1e-8)
