"""What lesson 02 is called, the inputs that its exercises share, and exact derivatives of every order."""

from __future__ import annotations

import numpy as np

from autograder.writing import CUBIC, EXPSIN, RUNGE, SINE, Lesson, Miss, observed_order, random_smooth, spread

lesson = Lesson("02_numerical_derivative", "Choosing h", "How small should h be?")


def smooth_cases(rng):
    """Functions on which no difference formula of this lesson is exact, a point, and a step that is not small."""
    functions = (EXPSIN, CUBIC, RUNGE, SINE, *(random_smooth(rng) for _ in range(5)))
    for f, x in zip(functions, spread(rng, len(functions), 1.5)):
        yield f, x, round(float(rng.uniform(0.1, 0.9)), 2)


def array_cases(rng):
    """The same for several points at once, in several shapes."""
    for f, shape in ((EXPSIN, 4), (random_smooth(rng), 4), (random_smooth(rng), (2, 3))):
        yield f, np.round(rng.uniform(-1.5, 1.5, size=shape), 2), round(float(rng.uniform(0.1, 0.9)), 2)


def wave_cases(rng):
    """Functions whose derivatives of all orders are alive, and a point: for orders of error. The step is the check's."""
    functions = (EXPSIN, SINE, *(random_smooth(rng) for _ in range(6)))
    # between the places of smooth_cases: an answer that remembers f(x) is then as right or wrong for one seed as for another
    yield from ((f, round(x + 0.005, 3)) for f, x in zip(functions, spread(rng, len(functions), 1.5)))


def derivatives(f, x: float, count: int = 8) -> np.ndarray:
    """f and its derivatives up to order count - 1 at x, by Cauchy's integral over a circle: no difference, no step."""
    radius, points = 0.1 * max(1.0, abs(x)), 64
    circle = np.exp(2j * np.pi * np.arange(points) / points)
    terms = np.fft.fft(f(x + radius * circle))[:count] / points
    factorials = np.cumprod([1.0, *range(1, count)])
    return np.real(terms) * factorials / radius ** np.arange(count)


def promise_order(t, values, exact: float, hs, order: int, what: str) -> None:
    """Miss unless the errors of `values`, taken at the steps `hs`, fall like h**order."""
    errors = np.abs(np.asarray(values, float) - exact)
    shown = ", ".join(f"{e:.3g}" for e in errors[:3])
    seen = observed_order(hs, errors) if np.all(np.isfinite(errors)) else np.nan
    if not abs(seen - order) < 0.15:
        raise Miss(
            f"errors {shown}",
            f"errors that shrink about {2**order}-fold",
            f"The exact value is {exact:.9g}; halving h should divide {what} by about {2**order}.",
            [call.args for call in t.calls[-len(hs) :][:3]],
        )
