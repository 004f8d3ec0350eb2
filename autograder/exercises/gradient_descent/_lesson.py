"""What lesson 09 is called, and the landscapes on which its exercises descend."""

from __future__ import annotations

import ast

import numpy as np

from autograder.writing import MIX3, ROSENBROCK, Function, Lesson

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
    yield ROSENBROCK.prime, place(rng, 2, 0.6), round(float(rng.uniform(0.0005, 0.0015)), 5)
    P, Q = curved(rng, 2), curved(rng, 3)
    yield Function(f"{matrix_text(P)} @ x @ {matrix_text(Q)}", name="grad"), place(rng, (2, 3)), round(float(rng.uniform(0.03, 0.09)), 2)


def tame(*values) -> bool:
    """Whether all numbers are finite and of ordinary size."""
    return all(np.all(np.isfinite(v)) and np.max(np.abs(v), initial=0) < 1e3 for v in values)
