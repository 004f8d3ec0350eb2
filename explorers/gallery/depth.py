"""The depth explorer: how large the gradient still is, layer by layer on the way back (MC40)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number, power_of_ten
from ..drawing.palette import BLUE, GREEN, INK
from ..inputs.checks import check_function, counts, short_name
from ..inputs.slopes import values
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told

WIDTH, EXAMPLES, MOST = 64, 32, 30
ACTIVATIONS = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
}  # fmt: skip
SCALES = {"variance 1/n": 1.0, "variance 2/n": 2.0, "small: 0.1/n": 0.1, "large: 6/n": 6.0}
BARS = Chart(
    (0, MOST + 1),
    (1e-20, 1e6),
    title="length of the gradient at each layer",
    xlabel="layer, 1 is next to the input",
    ylabel="‖∂L/∂Z‖, last layer = 1",
    ylog=True,
    width=400,
    height=310,
)


@dataclass(frozen=True, eq=False)
class Activation:
    """A learner's activation, entry by entry, with its slope."""

    name: str
    f: object
    slope: object

    def __str__(self):
        return self.name


def own_activation(name: str, f, fprime=None) -> Activation:
    """`f` need not accept arrays; without `fprime` its slope is a central difference. What is no number counts as 0."""
    clean = lambda values_: np.nan_to_num(values_, nan=0.0, posinf=0.0, neginf=0.0)
    h = 6e-6
    slope = (lambda z: clean(values(fprime, z))) if fprime else lambda z: clean((values(f, z + h) - values(f, z - h)) / (2 * h))
    return Activation(name, lambda z: clean(values(f, z)), slope)


@lru_cache(maxsize=512)
def norms(layers: int, activation, scale: str) -> np.ndarray:
    """The norm of the gradient at every layer's input, in units of that at the last one, shape ``(layers,)``; seed fixed."""
    f, slope = (activation.f, activation.slope) if isinstance(activation, Activation) else ACTIVATIONS[activation]
    rng = np.random.default_rng(3)
    A, kept = rng.normal(size=(EXAMPLES, WIDTH)), []
    weights = [rng.normal(size=(WIDTH, WIDTH)) * np.sqrt(SCALES[scale] / WIDTH) for _ in range(layers)]
    for W in weights:
        Z = A @ W
        kept.append(Z)
        A = f(Z)
    up, found = rng.normal(size=A.shape), []
    for W, Z in zip(reversed(weights), reversed(kept)):
        dZ = up * slope(Z)
        found.append(np.linalg.norm(dZ))
        up = dZ @ W.T
    return np.array(found[::-1]) / (found[0] or 1.0)


def draw(axes, layers: int, activation, scale: str) -> None:
    """One bar for each layer, hung from the line at 1, and the bound of a quarter for each sigmoid."""
    for k, value in enumerate(norms(layers, activation, scale), 1):
        top = float(np.clip(value, 2e-20, 1e6))
        axes[0].fill([k - 0.4, k + 0.4, k + 0.4, k - 0.4], [1, 1, top, top], color=BLUE, alpha=0.85)
    axes[0].plot([0, MOST + 1], [1, 1], color=INK, linewidth=1.5, linestyle="--")
    if activation == "sigmoid":
        ks = np.arange(1, layers + 1)
        axes[0].plot(ks, 0.25 ** (layers - ks.astype(float)), color=GREEN, linewidth=2, linestyle=":")


def describe(layers: int, activation, scale: str) -> Description:
    """The words of a state."""
    all_norms = norms(layers, activation, scale)
    first = float(all_norms[0])
    if not np.isfinite(first):
        first = float("inf")  # an own f may grow beyond all numbers
    rate = first ** (1 / max(1, layers - 1))
    cells = (
        (None, "layers", str(layers)), ((BLUE, "-"), "gradient at layer 1", number(first, 3)), (None, "factor a layer", number(rate, 3)),
        (None, "decades lost", number(max(0.0, -np.log10(first)) if first else np.inf, 3)),
    )  # fmt: skip
    labels = (f"gradient norms of {layers} {activation} layers with weights of {scale}: at layer 1 {number(first, 3)} of that at the last",)
    if layers == 1:
        words = told("One layer: nothing to lose yet.", lambda: len(all_norms) == 1)
    elif first == 0:
        words = told(
            "Not a trace of a gradient reaches the first layer: somewhere on the way the slope is exactly 0 everywhere.",
            lambda: bool(np.any(all_norms == 0)),
        )
    elif first < 1e-6:
        words = told(
            f"The first layers get next to nothing: about {power_of_ten(round(np.log10(first)))} of the last one's gradient. A step that suits the last ones hardly moves them.",
            lambda: all_norms[0] < 1e-6 * all_norms[-1] and 0.3 < all_norms[0] / all_norms[-1] / 10.0 ** round(np.log10(first)) < 3.3,
        )
    elif first > 1e3:
        words = told(
            "The gradient grows on its way back: a step that suits the last layer throws the first one far away.",
            lambda: not all_norms[0] < 1e3 * all_norms[-1],
        )
    elif np.nanmax(all_norms) < 10 * np.nanmin(all_norms):
        words = told(
            "Level: all layers get gradients of one order of magnitude. That is what a good starting scale is for.",
            lambda: 0.1 < all_norms.min() and all_norms.max() < 10,
        )
    else:
        words = told(
            f"From the last layer to the first it {'shrinks' if first < 1 else 'grows'}, by a factor of {number(rate, 3)} a layer on average.",
            lambda: (
                np.sign(all_norms[-1] - all_norms[0]) == (1 if first < 1 else -1)
                and abs(np.exp(np.mean(np.log(all_norms[:-1] / all_norms[1:]))) / rate - 1) < 1e-6
            ),
        )
    return Description(labels, cells, words)


def depth_explorer(layers: int = 10, activation="sigmoid", fprime=None):
    """Add layers and watch the gradient on its way back.

    `activation` is "sigmoid", "tanh", "relu", or any function of one number of yours, applied to every entry; `fprime` is its
    slope (a central difference without). `layers` is 1 to 30. What to find out: how much is left after 20 sigmoid layers, and which activation and scale keep it level?
    """
    return scene(layers, activation, fprime).explorer()


def scene(layers: int = 10, activation="sigmoid", fprime=None) -> Scene:
    """The scene of the explorer."""
    counts((10,), layers, "layers", MOST)
    activations = tuple(ACTIVATIONS)
    if callable(activation):
        check_function(activation, 0.5, -3, 3, name="activation")
        if fprime is not None:
            check_function(fprime, 0.5, -3, 3, name="fprime")
        activation = own_activation(short_name(activation), activation, fprime)
        activations = (activation, *activations)
    elif activation not in activations:
        raise ValueError(
            f"activation is {activation!r}. It should be one of {', '.join(map(repr, activations))}, or a function of one number such as np.sin."
        )
    return Scene(
        "depth",
        (
            Control("layers", "layers", "how deep the network is", tuple(range(1, MOST + 1)), layers, str),
            Control("activation", "activation", "after each layer", activations, activation, str, "toggle"),
            Control("scale", "weights", "the variance at the start", tuple(SCALES), "variance 1/n", str, "menu"),
        ),
        (BARS,), draw, describe,
        presets=(
            Preset("20 sigmoid layers", "what is left?", {"layers": 20}), Preset("relu, level", "20 layers, variance 2/n", {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
            Preset("exploding", "relu with large weights", {"layers": 20, "activation": "relu", "scale": "large: 6/n"}),
        ),
        goal=Goal("make the network so deep that ten decades of the gradient are lost.", lambda layers, activation, scale: norms(layers, activation, scale)[0] < 1e-10),
        shown=("gradient at layer 1", "factor a layer"), prints=({}, {"layers": 20}, {"layers": 20, "activation": "relu", "scale": "variance 2/n"}),
    )  # fmt: skip
