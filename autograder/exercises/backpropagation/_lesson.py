"""What lesson 07 is called, the inputs that its exercises share, and derivatives by a route that no answer takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.writing import Domain, Lesson, Reals, Sample, literal

lesson = Lesson(
    "07_backpropagation",
    "Backpropagation",
    "How does the gradient of a network with many parameters come out of one backward sweep?",
)

TINY = 1e-30  # a complex step has no subtraction, so it may be as small as we like


@dataclass(frozen=True)
class Arrays(Domain):
    """Several arrays in one dict, by their names; each takes its own kind in a round."""

    parts: dict

    @property
    def moods(self) -> tuple[int, ...]:
        """As many as the richest part has."""
        return tuple(range(max(len(part.moods) for part in self.parts.values())))

    def draw(self, sample: Sample, mood):
        """A dict of arrays."""
        kinds = [part.moods[(mood + 3 * place) % len(part.moods)] if mood != "" else "" for place, part in enumerate(self.parts.values())]
        return {name: part.draw(sample, kind) for (name, part), kind in zip(self.parts.items(), kinds)}


# small enough for a tanh that is not flat throughout, and for an exponential of any logit
PARAMETERS = Arrays(
    {"W1": Reals("n H", high=3, zeros=True, whole=False), "b1": Reals("H", high=3, zeros=True, whole=False)}
    | {"W2": Reals("H 1", high=3, zeros=True, whole=False), "b2": Reals("1", high=3, zeros=True, whole=False)}
)
EXAMPLES = Reals("m n", high=10)


def shapes(sample: Sample) -> tuple:
    """One axis, two or three, and a square, where matrix products fit: activations work entry by entry."""
    return sample.shape(("a b", "a", "a b c", "a a")[sample.round % 4])


def draw(rng, *shape, scale: float = 1.0) -> np.ndarray:
    """Two-digit numbers, none of them 0."""
    values = np.round(rng.normal(size=shape) * scale, 2)
    return np.where(values == 0, 0.37, values)


def both_labels(rng, m: int) -> np.ndarray:
    """Labels 0 and 1, each at least once where m allows."""
    labels = (rng.random(m) < 0.5).astype(float)
    if m > 1:
        labels[:2] = rng.permutation([0.0, 1.0])
    return labels


def complex_slopes(f, array: np.ndarray) -> np.ndarray:
    """All partial derivatives of f at `array` by complex steps: exact to rounding, in the shape of `array`.

    f takes a stack of arrays, one for each entry that moves, and returns as many numbers: one call is enough.
    """
    moved = array + 1j * TINY * np.eye(array.size).reshape(array.size, *array.shape)
    return f(moved).imag.reshape(array.shape) / TINY


def network(rng, n: int, H: int) -> dict[str, np.ndarray]:
    """Parameters of a network with n inputs, H hidden units and one logit."""
    return {"W1": draw(rng, n, H), "b1": draw(rng, H, scale=0.5), "W2": draw(rng, H, 1), "b2": draw(rng, 1, scale=0.5)}


def logits(params: dict, X, Z=None, A=None):
    """The logits of the network, from wherever the caller steps in; complex numbers and stacks of arrays pass through."""
    if A is None:
        Z = X @ params["W1"] + params["b1"][..., None, :] if Z is None else Z
        A = np.tanh(Z)
    return (A @ params["W2"] + params["b2"][..., None, :])[..., 0]


def mean_bce(z, y):
    """The mean cross-entropy of logits of moderate size."""
    return np.mean(np.log(1 + np.exp(z)) - y * z, axis=-1)


def network_slopes(params: dict, X, y, *only: str) -> dict[str, np.ndarray]:
    """The loss differentiated by everything between it and the parameters: z, A, Z and the parameters themselves."""
    Z = X @ params["W1"] + params["b1"]
    parts = {
        "z": (lambda z: z, logits(params, X)),
        "A": (lambda A: logits(params, X, A=A), np.tanh(Z)),
        "Z": (lambda Z: logits(params, X, Z=Z), Z),
        **{name: (lambda moved, name=name: logits({**params, name: moved}, X), params[name]) for name in params},
    }
    return {name: complex_slopes(lambda moved, name=name: mean_bce(parts[name][0](moved), y), parts[name][1]) for name in only or parts}


def show_output(forward: str, names: str):
    """Code for a failing case of a forward function: its output alone."""

    def show(*case):
        lines = [f"{name.strip()} = {literal(value)}" for name, value in zip(names.split(","), case)]
        return "\n".join([*lines, f"{forward}({names})[0]"])

    return show


def show_round_trip(forward: str, backward: str, names: str):
    """Code for a failing case of a backward function: its forward function first."""

    def show(*case):
        inputs = [name.strip() for name in names.split(",")]
        lines = [f"{name} = {literal(value)}" for name, value in zip(inputs, case)]
        return "\n".join([*lines, f"_, cache = {forward}({', '.join(inputs[:-1])})", f"{backward}({inputs[-1]}, cache)"])

    return show
