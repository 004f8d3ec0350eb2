"""Functions with true and false claims about their gradients, for the Taylor test."""

from __future__ import annotations

import numpy as np

from autograder.writing import CheckOnly, Domain, Function, bends, two_digits

_SHAPES = ((2, 3), (3,), (1,), (2, 2, 2), (4,), (3, 1))


def some_shape(sample) -> tuple:
    """The shape of all arrays of one input: vectors, matrices, one entry; never a plain number."""
    return _SHAPES[max(sample.round, 0) % len(_SHAPES)] if sample.round >= 0 else (3,)


def _draw(rng, f, shape):
    """A point and a direction along which f bends, and bends evenly enough for the order to be seen."""
    while True:
        x, d = two_digits(rng, 0.4, 1.4, shape, signs=True), two_digits(rng, 0.2, 0.8, shape, signs=True)
        bend, twist = bends(f, x, d)
        if abs(bend) > max(0.4, 0.4 * abs(twist)):
            return x, d, bend


def _false(rng, f, x, d, bend):
    """A false gradient of f whose forecast along d is off by more than the bend: wrong sign, wrong size, or an entry lost."""
    size = float(two_digits(rng, 1.5, 2.5))
    kept = np.ones(np.shape(x))
    kept.flat[int(rng.integers(kept.size))] = 0.0
    texts = [f"-({f.d})", f"{size}*({f.d})", f"({f.d})*np.array({kept.tolist()})", f"({f.d}) + {size}"]
    for k in rng.permutation(len(texts)):
        grad = Function(texts[k], name="grad")
        if abs(np.sum((grad(x) - f.derivative(x)) * d)) > abs(bend):
            return grad
    return None


def claims(rng, makers):
    """A true claim for each function, and a false one."""
    for make, shape in makers:
        f = make()
        x, d, bend = _draw(rng, f, shape)
        yield f, f.prime, x, d, CheckOnly(2.0)
        false = _false(rng, f, x, d, bend)
        if false:
            yield f, false, x, d, CheckOnly(1.0)


class Bowl(Domain):
    """A function of second degree of the array x, bent in every direction: its forecast is off by h² and nothing else."""

    def draw(self, sample, mood: str):
        """A `Function` with its gradient."""
        w = f"np.array({np.round(sample.rng.uniform(0.3, 0.6, size=np.shape(sample['x'])), 2).tolist()})"
        a = round(float(sample.rng.uniform(0.5, 1.5)), 2)
        return Function(f"np.sum({w}*x**2) - {a}*np.sum(x)", f"2*{w}*x - {a}", name="f")


class Claim(Domain):
    """The gradient of f, or what is off along d by more than f bends; it follows from both."""

    moods = ("true", "false")
    follows = True

    def draw(self, sample, mood: str):
        """A `Function`; false where nothing is special."""
        f = sample["f"]
        return f.prime if mood == "true" else Function(f"({f.d}) + 2*np.array({np.asarray(sample['d'], float).tolist()})", name="grad")


def order_of(sample) -> CheckOnly:
    """2 for a true claim, 1 for a false one."""
    off = np.sum((sample["grad"](sample["x"]) - sample["f"].derivative(sample["x"])) * sample["d"])
    return CheckOnly(1.0 if abs(off) > 1e-6 else 2.0)
