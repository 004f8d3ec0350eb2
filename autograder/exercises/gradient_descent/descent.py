"""The descent itself. Sources: S1.01, S1.02, S1.04, E-W02, E-W03."""

from __future__ import annotations

import numpy as np

from autograder.writing import ITERATED, Array, Function, OneOf, Reals, Step, view

from ._lesson import Slopes, along_the_path, any_array, bowl, curved, landscape_of, lesson, place, slopes_and_starts

gradient_descent = lesson.exercise(
    "gradient_descent",
    4,
    "the path of gradient descent",
    signature="grad, theta0, eta, n_steps",
    minutes=12,
    difficulty=2,
    returns=Array(lambda grad, theta0, eta, n_steps: (n_steps + 1, *np.shape(theta0))),
    domains={
        "theta0": Reals(any_array, high=100, zeros=True),
        "grad": Slopes("theta0"),
        "eta": Step(positive=True, high=1),
        "n_steps": OneOf(3, 8, 1, 0, 5),
    },
    clauses={
        "The points of gradient descent": "each_step_follows_the_gradient",
        "theta0 first": "starts_at_theta0",
        "is the gradient at theta": "each_step_follows_the_gradient one_gradient_a_step",
        "of any shape": "edges awkward_starts",
        "it is left as it is": "leaves_theta0_alone",
    },
    hints=(
        "Keep the path in a list that starts with theta0, and append one point for each step.",
        "One step: compute the gradient at the last point, then subtract eta times it from that point.",
        "If all rows of your path are equal, the list holds the same array many times. Make a new array in each step: no `-=`.",
        "np.array(path) turns the list of points into one array. The first row is theta0.",
    ),
)


@gradient_descent.edges
def without_axes_or_hardly_a_slope(rng):
    """A single number, as an array without axes; and a slope so gentle that its steps are tiny."""
    yield Function("2.0*x - 3", name="grad"), np.array(round(float(rng.uniform(2, 4)), 2)), 0.3, 3
    yield Function("0*x + 1e-10", name="grad"), np.zeros(3), 0.5, 4


@gradient_descent.cases
def descents(rng):
    for grad, theta0, eta in slopes_and_starts(rng):
        yield grad, theta0, eta, int(rng.integers(3, 7))


@gradient_descent.picture
def picture(grad, theta0, eta, n_steps):
    f = landscape_of(grad)
    fits = f is not None and theta0.shape == (2,) and 0 < n_steps <= 200
    return view("landscape_explorer", yours=True, f=f, gradient=grad, start=theta0.tolist(), eta=eta, step=n_steps) if fits else None


@gradient_descent.check(weight=2, domain=True)
def each_step_follows_the_gradient(t, grad, theta0, eta, n_steps):
    """Each row is the row before it minus eta times the gradient there"""
    t.assume(0 < eta <= 1)
    path = t(grad, theta0, eta, n_steps)
    with np.errstate(all="ignore"):  # a wrong path may run away
        wanted = path[:-1] - eta * np.array([grad(theta) for theta in path[:-1]]).reshape(path[:-1].shape)
    t.equal(path[1:], wanted, "From each point of your path, the next one lies elsewhere.", along_the_path(path))


@gradient_descent.check(needs=("each_step_follows_the_gradient",), domain=True)
def starts_at_theta0(t, grad, theta0, eta, n_steps):
    """The first row is theta0"""
    t.equal(t(grad, theta0, eta, n_steps)[0], theta0.astype(float), "The path starts where you start: theta0 is its first row.")


@gradient_descent.check(weight=0.5, needs=("each_step_follows_the_gradient",))
def leaves_theta0_alone(t, grad, theta0, eta, n_steps):
    """theta0 is the same afterwards"""
    t(grad, theta0, eta, n_steps)
    t.holds(
        not t.calls[-1].outcome.mutated,
        "theta0 was changed",
        "theta0 unchanged",
        "The caller's array moved along with your path: theta -= … writes into it. Make a new array instead.",
    )


@gradient_descent.check(weight=0.5, needs=("each_step_follows_the_gradient",), counts=True)
def one_gradient_a_step(t, grad, theta0, eta, n_steps):
    """It asks for one gradient a step"""
    for n in (n_steps, 0):
        t(grad, theta0, eta, n)
        t.holds(
            t.evaluations <= n,
            f"{t.evaluations} calls of grad for {n} steps",
            f"{n} calls",
            "Compute the gradient once in each step and keep it.",
        )


def whole_numbers(rng):
    """Starts that are integers or locked, a path without a step, and from one start a ground that is all but flat and a very steep one;
    a slope so gentle that its steps are tiny, and a long way on which no step is small."""
    A = curved(rng, 2)
    yield bowl(A).prime, rng.integers(1, 5, size=2), 0.15, 3
    locked = place(rng, 2)
    locked.setflags(write=False)
    yield bowl(A).prime, locked, 0.15, 2
    yield bowl(A).prime, place(rng, 2), 0.15, 0
    start = place(rng, 2)
    for slope in ("0.000000005", "200000"):
        yield Function(f"{slope}*x", name="grad"), start, 0.5, 3
    yield Function("0*x + 1e-10", name="grad"), np.zeros(2), 0.5, 4
    yield Function("np.cos(x) + 1.5", name="grad"), place(rng, 2), 0.3, 150


@gradient_descent.check(cases=whole_numbers, needs=("each_step_follows_the_gradient",))
def awkward_starts(t, grad, theta0, eta, n_steps):
    """It takes a start of whole numbers, one that must not be written to, no steps at all, flat and steep ground, and many steps"""
    t.assume(0 < eta <= 0.5)
    path = t(grad, theta0, eta, n_steps)
    steps = np.array([grad(theta) for theta in path[:-1]]).reshape(path[:-1].shape)
    wanted = np.concatenate([theta0[None].astype(float), path[:-1] - eta * steps])
    t.equal(path, wanted, "theta0 may hold integers; the path cannot." if theta0.dtype.kind == "i" else "", ITERATED)


def _path(step, theta0, n_steps, start=None):
    """The points that ``step(points so far)`` leads to."""
    points = [np.array(theta0, float) if start is None else start]
    while len(points) <= n_steps:
        points.append(step(points))
    return np.array(points)


@gradient_descent.mistake(
    "All rows of your path are the last point: the list holds one array many times. Append a copy, or make a new array in each step."
)
def rows_share_one_array(grad, theta0, eta, n_steps):
    path = _path(lambda p: p[-1] - eta * grad(p[-1]), theta0, n_steps)
    return np.repeat(path[-1:], n_steps + 1, axis=0)


@gradient_descent.mistake(
    "All rows of your path are theta0 itself, and it has moved: theta0 -= … writes into the one array that they all are. Make a new array in each step."
)
def rows_are_theta0(grad, theta0, eta, n_steps):
    path = [theta0]
    for _ in range(n_steps):
        theta0 -= eta * grad(theta0)
        path.append(theta0)
    return np.array(path)


@gradient_descent.mistake(
    "Components move one after another, each with a gradient at a point that has moved already. Compute the whole gradient first."
)
def one_component_after_another(grad, theta0, eta, n_steps):
    def step(points):
        theta = points[-1].copy()
        for i in np.ndindex(theta.shape):
            theta[i] -= eta * grad(theta)[i]
        return theta

    return _path(step, theta0, n_steps)


@gradient_descent.mistake("You walk uphill: the gradient points to where f grows. Go against it.")
def uphill(grad, theta0, eta, n_steps):
    return _path(lambda p: p[-1] + eta * grad(p[-1]), theta0, n_steps)


@gradient_descent.mistake("Every step uses the gradient at theta0. Compute it anew at each point.")
def stale_gradient(grad, theta0, eta, n_steps):
    g = grad(np.array(theta0, float))
    return _path(lambda p: p[-1] - eta * g, theta0, n_steps)


@gradient_descent.mistake(
    "You divide the gradient by its length, so every step has the length eta. The step is eta times the gradient: short where it is flat."
)
def unit_steps(grad, theta0, eta, n_steps):
    def step(points):
        g = grad(points[-1])
        return points[-1] - eta * g / np.linalg.norm(g)

    return _path(step, theta0, n_steps)


@gradient_descent.mistake("The start is missing: n_steps steps make n_steps + 1 points, and theta0 is the first of them.")
def without_the_start(grad, theta0, eta, n_steps):
    return _path(lambda p: p[-1] - eta * grad(p[-1]), theta0, n_steps)[1:]


@gradient_descent.mistake("You forgot eta: the step is the whole gradient.")
def without_eta(grad, theta0, eta, n_steps):
    return _path(lambda p: p[-1] - grad(p[-1]), theta0, n_steps)


@gradient_descent.mistake(
    "Your path is right, and the caller's theta0 was moved with it: theta -= … writes into the array you were given. Start from a copy."
)
def moves_theta0(grad, theta0, eta, n_steps):
    path = [theta0.copy()]
    for _ in range(n_steps):
        theta0 -= eta * grad(theta0)
        path.append(theta0.copy())
    return np.array(path)


@gradient_descent.mistake(
    "With whole numbers in theta0 your path holds whole numbers too, and every step is cut off. Make the path an array of floats."
)
def whole_number_path(grad, theta0, eta, n_steps):
    path = np.empty((n_steps + 1, *theta0.shape), dtype=theta0.dtype)
    for t, theta in enumerate(_path(lambda p: (p[-1] - eta * grad(p[-1])).astype(theta0.dtype), theta0, n_steps, theta0.copy())):
        path[t] = theta
    return path
