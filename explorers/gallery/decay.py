"""The decay explorer: a step that falls as a power of the step's number, and what the start and the noise leave of the distance.

The loss is θ²/2, and its gradient comes with noise of mean 0 and variance 1, drawn anew in each step. So the mean of θ over all runs and its
variance are known: the mean is multiplied by 1 − η, the variance by (1 − η)², to which η² is added (Robbins and Monro 1951).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK
from ..drawing.symbols import PATH
from ..inputs.checks import finite, stops
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told

STEPS, START = 400, 5.0
NOISE = np.random.default_rng(5).normal(size=STEPS)
SEEN = np.unique(np.concatenate([np.arange(40), np.arange(40, STEPS + 1, 5)]))  # the steps that are drawn: closer where the curves bend
RUN = Chart((0, STEPS), (-2.2, 5.5), title="one run: θ in each step", xlabel="step t", ylabel="θ", width=400, height=300)
DISTANCE = Chart(
    (0, STEPS), (1e-2, 10), title="distance from the minimum, typical of all runs", xlabel="step t", ylog=True, width=400, height=300
)
POWERS = tuple(round(0.1 * k, 1) for k in range(21))
ETAS, TAUS = (0.1, 0.2, 0.5, 0.8), (1, 4, 20, 100)
LEFT, SPREAD = (BLUE, "--"), (GREEN, "-.")


def rates(power: float, eta0: float, tau: float, steps: int = STEPS) -> np.ndarray:
    """The learning rates η₀/(1 + t/τ)^power of the steps t = 0, 1, …, shape ``(steps,)``."""
    return eta0 / (1 + np.arange(steps) / tau) ** power


def left(power: float, eta0: float, tau: float, steps: int = STEPS) -> np.ndarray:
    """How far from the minimum the mean of all runs is after each step: what is left of the start, shape ``(steps + 1,)``."""
    return START * np.cumprod(np.append(1.0, 1 - rates(power, eta0, tau, steps)))


@lru_cache(512)
def spread(power: float, eta0: float, tau: float, steps: int = STEPS) -> np.ndarray:
    """How far the runs lie around their mean after each step: what the noise has brought, shape ``(steps + 1,)``."""
    variances = [0.0]
    for eta in rates(power, eta0, tau, steps):
        variances.append((1 - eta) ** 2 * variances[-1] + eta**2)
    return np.sqrt(variances)


def distance(power: float, eta0: float, tau: float) -> np.ndarray:
    """The root of the mean squared distance over all runs, shape ``(STEPS + 1,)``."""
    return np.hypot(left(power, eta0, tau), spread(power, eta0, tau))


def run(power: float, eta0: float, tau: float) -> np.ndarray:
    """One run, with the same noise for every schedule, shape ``(STEPS + 1,)``."""
    points = [START]
    for eta, noise in zip(rates(power, eta0, tau), NOISE):
        points.append(points[-1] - eta * (points[-1] + noise))
    return np.array(points)


def draw_still(axes) -> None:
    """The minimum."""
    axes[0].plot([0, STEPS], [0, 0], color=INK, linestyle=":", linewidth=1.5)


def draw(axes, power: float, eta0: float, tau: float) -> None:
    """The run, and the typical distance with its two parts."""
    shape = power, eta0, tau
    axes[0].plot(np.arange(STEPS + 1), run(*shape), color=PATH[0], linewidth=1.2)
    for values, (color, line), width in ((left(*shape), LEFT, 1.8), (spread(*shape), SPREAD, 1.8), (distance(*shape), PATH, 2.5)):
        axes[1].plot(SEEN, np.clip(values[SEEN], 1e-3, None), color=color, linestyle=line, linewidth=width)
    free = freest(*shape)
    note(axes[1], "- - left of the start", (STEPS, free), (-4, 9), ha="right")
    note(axes[1], "– · – noise", (STEPS, free), (-4, -9), ha="right")


def freest(power: float, eta0: float, tau: float) -> float:
    """The height at the right where two lines of text are farthest from the three curves: these may lie close together and cross."""
    shape = power, eta0, tau
    curves = np.log10(np.clip([left(*shape)[200:], spread(*shape)[200:], distance(*shape)[200:]], *DISTANCE.ylim))
    return max((0.02, 0.05, 0.2, 1.0, 4.0), key=lambda height: np.abs(curves - np.log10(height)).min())


def describe(power: float, eta0: float, tau: float) -> Description:
    """The words of a state."""
    start, noise, whole = (float(part(power, eta0, tau)[-1]) for part in (left, spread, distance))
    cells = (
        (None, "power q", number(power)), (PATH, "distance at the end", number(whole, 3)),
        (LEFT, "left of the start", number(start, 3) if start > 1e-6 else "under 10⁻⁶"), (SPREAD, "from the noise", number(noise, 3)),
        (None, "first η", number(eta0)), (None, "last η", number(float(rates(power, eta0, tau)[-1]), 3)),
    )  # fmt: skip
    labels = (
        f"one noisy run from 5 with the power {number(power)}: θ against the step, the minimum is at 0",
        f"typical distance against the step, logarithmic: {number(whole, 3)} after {STEPS} steps, of which the start leaves {number(start, 3) if start > 1e-6 else 'next to nothing'} and the noise {number(noise, 3)}",
    )
    return Description(labels, cells, sentence(power, eta0, tau, start, noise))


def sentence(power: float, eta0: float, tau: float, start: float, noise: float) -> Told:
    """What there is to see: which part of the distance is larger at the end, and what would come of it without an end."""
    later = 20 * STEPS

    def sums(steps: int) -> tuple[float, float]:
        """Both parts after so many steps, each as a sum over the steps."""
        etas = rates(power, eta0, tau, steps)
        kept = np.cumsum(np.log1p(-etas)[::-1])[::-1] - np.log1p(-etas)  # the logarithm of what the later steps leave of each push
        return START * np.exp(np.log1p(-etas).sum()), float(np.sqrt(np.sum((etas * np.exp(kept)) ** 2)))

    if power == 0 and start <= noise:
        cloud = eta0 / np.sqrt(1 - (1 - eta0) ** 2)
        return told(
            f"A constant η: the noise is the larger part, and in the long run it keeps θ about {number(cloud, 2)} away, however many steps follow.",
            lambda: sums(STEPS)[0] <= sums(STEPS)[1] and abs(sums(later)[1] - cloud) < 1e-6,
        )
    if power > 1:
        bound = eta0 * (1 + tau / (power - 1))
        held = told(
            f"Even without an end the steps add up to less than {number(np.ceil(bound * 10) / 10, 4)}, so a part of it stays.",
            lambda: (
                rates(power, eta0, tau, later).sum() + eta0 * tau / (power - 1) * (1 + (later - 1) / tau) ** (1 - power)
                <= bound * (1 + 1e-12)
            ),
        )
        if start > noise:
            return told("Stuck on the way: most of the distance is left of the start. ", lambda: sums(STEPS)[0] > sums(STEPS)[1]) + held
        return told("Most of the distance comes from the noise. ", lambda: sums(STEPS)[0] <= sums(STEPS)[1]) + held
    if start > noise:
        return told(
            "Not there yet: most of the distance is what is left of the start. The steps add up without end, so it would arrive, only late.",
            lambda: sums(STEPS)[0] > sums(STEPS)[1] and sums(later)[0] < start and power <= 1,
        )
    return told(
        f"It settles: the noise is the larger part, and fades as η falls. After twenty times as many steps it is {number(spread(power, eta0, tau, later)[-1], 2)}.",
        lambda: sums(STEPS)[0] <= sums(STEPS)[1] > sums(later)[1] and abs(sums(later)[1] / spread(power, eta0, tau, later)[-1] - 1) < 1e-6,
    )


def decay_explorer(power: float = 0.0, eta0: float = 0.5, tau: float = 4):
    """Let the step fall as η₀/(1 + t/τ) to a power, and see what the start and the noise leave of the distance to the minimum.

    `power` is a number from 0 (a constant step) to 2, `eta0` the first learning rate, above 0 and below 1, `tau` after how many steps 1 + t/τ
    is 2, above 0. What to find out: what goes wrong when the steps do not fall, and what when they fall too fast?
    """
    return scene(power, eta0, tau).explorer()


def scene(power: float = 0.0, eta0: float = 0.5, tau: float = 4) -> Scene:
    """The scene of the explorer."""
    power, eta0, tau = (float(finite(v, name, ())) for v, name in ((power, "power"), (eta0, "eta0"), (tau, "tau")))
    if not 0 <= power <= 2:
        raise ValueError(f"power is {power:g}. It should be from 0, a constant step, to 2; try power=1.")
    if not 0 < eta0 < 1:
        raise ValueError(f"eta0 is {eta0:g}. It should lie between 0 and 1, where no step jumps over the minimum; try eta0=0.5.")
    if not tau > 0:
        raise ValueError(f"tau is {tau:g}. It should be greater than 0: after tau steps 1 + t/tau is 2; try tau=4.")
    return Scene(
        "decay",
        (
            Control("power", "power q", "how fast the learning rate falls", stops(POWERS, power), power),
            Control("eta0", "η₀", "the first learning rate", stops(ETAS, eta0), eta0),
            Control("tau", "τ", "after how many steps 1 + t/τ is 2", stops(TAUS, tau), tau),
        ),
        (RUN, DISTANCE), draw, describe, draw_still,
        presets=(Preset("1/t", "power 1", {"power": 1.0}), Preset("too fast", "power 2", {"power": 2.0}), Preset("constant", "power 0", {"power": 0.0})),
        goal=Goal("find a power with which the distance at the end is below 0.06.", lambda power, eta0, tau: distance(power, eta0, tau)[-1] < 0.06),
        shown=("distance at the end", "left of the start"), prints=({}, {"power": 1.0}, {"power": 2.0}),
    )  # fmt: skip
