"""What lesson 10 is called, its small networks, and the data it trains on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.writing import Domain, Lesson, dataset

lesson = Lesson("10_training", "Train on real data", "What does it take until a network tells penguins, and digits, apart?")

PARAMETERS = ("W1", "b1", "W2", "b2")
MEASURES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


@cache
def penguins(n_features: int) -> tuple[np.ndarray, np.ndarray]:
    """Measurements (333, n_features) and species of the penguins."""
    birds = dataset("penguins")
    return np.column_stack([birds[name] for name in MEASURES[:n_features]]), birds["species"]


@cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """Pictures (1797, 64) and digits."""
    pictures = dataset("digits")
    return pictures["pixels"], pictures["digit"]


def numbers(rng, shape, size: float = 1.5) -> np.ndarray:
    """Random numbers with two digits; none nearer to 0 than 0.05: zeros are asked in every draw or in none."""
    values = np.round(rng.uniform(-size, size, size=shape), 2)
    return np.where(np.abs(values) < 0.05, np.copysign(0.05, values), values)


def shapes(n_in: int, n_hidden: int, n_out: int) -> dict[str, tuple]:
    """The shapes of a network's parameters."""
    return {"W1": (n_in, n_hidden), "b1": (n_hidden,), "W2": (n_hidden, n_out), "b2": (n_out,)}


def a_network(rng, n_in: int, n_hidden: int, n_out: int) -> dict[str, np.ndarray]:
    """Random parameters, biases too: zeros would hide who forgets them."""
    return {name: numbers(rng, shape) for name, shape in shapes(n_in, n_hidden, n_out).items()}


def small_networks(rng):
    """(params, X, y): all lengths different, so that no transpose fits by chance, and one batch of a single example."""
    for m, n_in, n_hidden, n_out in ((5, 3, 4, 2), (4, 2, 5, 3), (1, 3, 2, 4), (6, 4, 4, 4)):
        # a single example is never of class 0: whoever counts the classes by the labels counts wrong in every draw
        yield a_network(rng, n_in, n_hidden, n_out), numbers(rng, (m, n_in)), rng.integers(int(m == 1), n_out, size=m)


def small_inputs(rng):
    """(params, X): `small_networks` without the labels."""
    for params, X, _ in small_networks(rng):
        yield params, X


@dataclass(frozen=True)
class Network(Domain):
    """The parameters of a network with axes "d" in, "h" hidden, "C" out: ordinary, whole numbers, saturated, faint, all zero."""

    moods = ("whole", "", "saturated", "faint", "zeros")

    def draw(self, sample, mood: str):
        """A dict of arrays."""
        params = a_network(sample.rng, *map(sample.size, ("d", "h", "C")))
        if mood == "whole":
            return {name: np.rint(2 * value) for name, value in params.items()}
        return {name: value * {"saturated": 5.0, "faint": 0.001, "zeros": 0.0}.get(mood, 1.0) for name, value in params.items()}


@dataclass(frozen=True)
class Scores(Domain):
    """Scores (m, C), no two of a row alike, for who wins a tie is nobody's mistake: whole numbers, negative, far apart, close together."""

    moods = ("whole", "", "negative", "large", "close")

    def draw(self, sample, mood: str):
        """An array."""
        m, C = sample.size("m"), sample.size("C")
        order = sample.rng.permuted(np.tile(np.arange(C), (m, 1)), axis=1)
        factor, shift = {"whole": (1, 0), "negative": (-1, -1), "large": (1000.0, 0), "close": (1e-9, 1)}.get(mood, (0.7, -0.7))
        return factor * order + shift


def scores_of(params, X) -> np.ndarray:
    """The scores of a network, for complex parameters too: hyperbolic tangent by exponentials, sums by np.dot."""
    up, down = np.exp(np.dot(X, params["W1"]) + params["b1"]), np.exp(-np.dot(X, params["W1"]) - params["b1"])
    return np.dot((up - down) / (up + down), params["W2"]) + params["b2"]
