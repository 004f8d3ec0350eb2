"""What lesson 09 is called, and the landscapes on which its exercises descend."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import numpy as np

from autograder.writing import ITERATED, MIX3, ROSENBROCK, Domain, Function, Lesson, Tolerance, literal

lesson = Lesson("09_gradient_descent", "Gradient descent", "How do you get down a hill if you can only feel its slope?")


def curved(rng, n: int) -> np.ndarray:
    """A random symmetric positive definite matrix with two digits: no entry is zero, no two axes are alike."""
    B = rng.uniform(0.3, 1.0, size=(n, n)) * rng.choice([-1, 1], size=(n, n))
    return np.round(B @ B.T + np.diag(rng.uniform(0.2, 1.5, size=n)), 2)


def matrix_text(A) -> str:
    """A matrix as text for a `Function`."""
    return f"np.array({np.asarray(A).tolist()})"


def bowl(A) -> Function:
    """The quadratic ½ θᵀAθ for a symmetric A; its gradient is Aθ."""
    return Function(f"0.5 * x @ {matrix_text(A)} @ x", f"{matrix_text(A)} @ x", name="bowl")


def matrix_of(grad: Function) -> np.ndarray | None:
    """A, where `grad` is the gradient Aθ of a `bowl`; None for another landscape."""
    text = grad.expr
    if not (text.startswith("np.array(") and text.endswith(") @ x") and text.count("@") == 1):
        return None
    return np.array(ast.literal_eval(text.removeprefix("np.array(").removesuffix(") @ x")))


def landscape_of(grad: Function) -> Function | None:
    """The landscape that `grad` belongs to, where it is one of ours."""
    A = matrix_of(grad)
    return bowl(A) if A is not None else next((f for f in (ROSENBROCK, MIX3) if f.d == grad.expr), None)


def place(rng, shape, size: float = 1.0) -> np.ndarray:
    """A two-digit starting point with no component near 0."""
    return np.round(rng.uniform(0.3, size + 0.3, size=shape) * rng.choice([-1, 1], size=shape), 2)


def slopes_and_starts(rng):
    """(gradient, start, eta) on landscapes that are not separable; the steps are small enough to stay where numbers are tame."""
    for n in (2, 3):
        yield bowl(curved(rng, n)).prime, place(rng, n), round(float(rng.uniform(0.05, 0.2)), 2)
    yield MIX3.prime, place(rng, 3, 0.5), round(float(rng.uniform(0.03, 0.1)), 2)
    # on the rim of the valley: slopes of 10 to 90 in every draw, very steep ground is asked for by itself
    start = np.round(rng.uniform(0.3, 0.5, size=2) * [rng.choice([-1, 1]), 1], 2)
    yield ROSENBROCK.prime, start, round(float(rng.uniform(0.0005, 0.0015)), 5)
    # close to the minimum: ten decimals are too few in every draw, and no step is as short as one that people take for an end
    yield bowl(curved(rng, 4)).prime, 0.015 * place(rng, 4), 0.05
    P, Q = curved(rng, 2), curved(rng, 3)
    yield Function(f"{matrix_text(P)} @ x @ {matrix_text(Q)}", name="grad"), place(rng, (2, 3)), round(float(rng.uniform(0.03, 0.09)), 2)


def any_array(sample) -> tuple:
    """The shapes of "an array of any shape" in the rounds of a domain: tables of parameters, boxes of them, and vectors."""
    return ((2, 3), (3,), (1,), (2, 1, 2), (4,), (1, 1))[sample.round % 6]


@dataclass(frozen=True)
class Slopes(Domain):
    """The gradient of a landscape over the argument called `of`: ordinary, very steep, all but flat, nowhere sloping, wavy.

    None of them overflows within a dozen steps, however far the points run away.
    """

    of: str = "theta0"
    moods = ("", "steep", "flat", "none", "waves")

    def draw(self, sample, mood: str):
        """A `Function` of arrays of that shape, not separable."""
        shape = np.shape(sample[self.of])
        w, u = (literal(np.round(sample.rng.uniform(0.5, 1.5, size=shape), 2)) for _ in range(2))
        slope = f"{w}*x + 0.3*np.sum({u}*x)*{u}"
        return {
            "steep": Function(f"100000*({slope})", name="grad"),
            "flat": Function(f"0.000000001*({slope})", name="grad"),
            "none": Function("0.0*x", name="grad"),
            "waves": Function(f"np.cos(np.sum({u}*x))*{u} + {w}", name="grad"),
        }.get(mood) or Function(slope, name="grad")


@dataclass(frozen=True)
class Bowls(Domain):
    """A symmetric positive definite matrix: tilted, whole numbers, along the axes, round, long, steep, flat, one row, two rows."""

    moods = ("whole", "long", "round", "one row", "steep", "flat", "along the axes", "two rows", "")

    def draw(self, sample, mood: str):
        """An array (n, n)."""
        A = curved(sample.rng, {"one row": 1, "two rows": 2}.get(mood, 3))
        if mood == "whole":
            return sample.rng.permutation([1, 2, 7])[:, None] * np.eye(3, dtype=int) + 1
        if mood == "long":
            return np.round(tilted(sample.rng, [0.02, 0.5, 2.0]), 4)
        if mood in ("round", "along the axes"):
            return np.diag(np.round(sample.rng.uniform(0.5, 1.5, size=3), 2) if mood != "round" else np.full(3, 0.7))
        return A * {"steep": 1000.0, "flat": 0.001}.get(mood, 1.0)


def tilted(rng, curvatures) -> np.ndarray:
    """A full symmetric matrix with these curvatures, along axes that are tilted."""
    n = len(curvatures)
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    H = Q @ np.diag(curvatures) @ Q.T
    return (H + H.T) / 2


def along_the_path(path) -> Tolerance:
    """For points that follow from those before them: rounding is as large as the largest number of the path."""
    size = np.max(np.abs(path), axis=tuple(range(1, path.ndim)), keepdims=True, initial=0.0)[1:]
    finite = np.where(np.isfinite(size), size, 0.0)
    return Tolerance(ITERATED.rtol, ITERATED.atol + 1e-12 * np.broadcast_to(finite, path[1:].shape), ITERATED.reason)


def tame(*values) -> bool:
    """Whether all numbers are finite and of ordinary size."""
    return all(np.all(np.isfinite(v)) and np.max(np.abs(v), initial=0) < 1e3 for v in values)
