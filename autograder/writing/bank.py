"""The functions that cases are drawn from: a small bank with exact derivatives, and a random smooth one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..shared.functions import Function

# The scalar bank. Nothing linear, where every difference is exact, and no quadratic, on which a central one is.
CUBIC = Function("2*x**3 + 5", "6*x**2", "12*x", name="cubic")  # S1.09
EXPSIN = Function("np.exp(x)*np.sin(x)", "np.exp(x)*(np.sin(x) + np.cos(x))", "2*np.exp(x)*np.cos(x)", name="expsin")
RUNGE = Function("1/(1 + 25*x**2)", "-50*x/(1 + 25*x**2)**2", "(3750*x**2 - 50)/(1 + 25*x**2)**3", name="runge")
SINE = Function("np.sin(x)", "np.cos(x)", "-np.sin(x)", name="sin")
SMOOTH = (CUBIC, EXPSIN, RUNGE, SINE)

# Kinks: `d` is only right away from the kink at 0.
ABS = Function("np.abs(x)", "np.sign(x)", name="abs")
RELU = Function("np.maximum(x, 0.0)", "np.where(x > 0, 1.0, 0.0)", name="relu")
X_ABS_X = Function("x*np.abs(x)", "2*np.abs(x)", name="x_abs_x")
CBRT = Function("np.cbrt(x)", "1/(3*np.cbrt(x)**2)", name="cbrt")

# Several variables, none of them separable.
SEED2 = Function("4*x[0]**4*x[1]**3", "np.array([16*x[0]**3*x[1]**3, 12*x[0]**4*x[1]**2])", name="seed2")  # S1.14
# bounded everywhere, so that any step may be tried on it
PLANE_WAVE = Function("np.sin(1.3*x[0] + x[1])", "np.array([1.3, 1.0])*np.cos(1.3*x[0] + x[1])", name="f")
MIX3 = Function(
    "np.exp(x[0]*x[1]) + x[2]*x[0]**2*x[1] + np.sin(x[2])",
    "np.array([x[1]*np.exp(x[0]*x[1]) + 2*x[2]*x[0]*x[1], x[0]*np.exp(x[0]*x[1]) + x[2]*x[0]**2, x[0]**2*x[1] + np.cos(x[2])])",
    name="mix3",
)
ROSENBROCK = Function(
    "(1 - x[0])**2 + 100*(x[1] - x[0]**2)**2",
    "np.array([-2*(1 - x[0]) - 400*x[0]*(x[1] - x[0]**2), 200*(x[1] - x[0]**2)])",
    name="rosenbrock",
)


def spread(rng: np.random.Generator, count: int, limit: float) -> list[float]:
    """Random points between -limit and limit, none like another, negative and positive ones in every draw: one from each of `count` parts."""
    parts = rng.permutation(count) + rng.uniform(0.1, 0.9, size=count)
    return [round(float(v), 2) for v in limit * (2 * parts / count - 1)]


def powers_at_zero(power: int) -> Iterator[tuple[Function, float, float]]:
    """A power of x that is about 1 at the step, the point 0, and the step, tiny to large.

    Nothing cancels there: no digit is lost however small the step, and a step that is raised, capped or refused shows in full.
    """
    for h in (2e-12, 3e-8, 4e-6, 6e-4, 500.0):
        c = f"{h**-power:.3g}"
        yield Function(f"{c}*x**{power}", f"{power}*{c}*x**{power - 1}", name="f"), 0.0, h


def random_smooth(rng: np.random.Generator) -> Function:
    """A random smooth scalar function, short enough to paste: a·exp(bx)·sin(cx + d) with two-digit constants."""
    a, b, c, d = (
        round(low + (high - low) * u, 2) for u, (low, high) in zip(rng.random(4).tolist(), ((0.5, 2), (-0.8, 0.8), (0.6, 1.8), (-1, 1)))
    )
    wave, cowave = f"np.sin({c}*x + {d})", f"np.cos({c}*x + {d})"
    return Function(
        f"{a}*np.exp({b}*x)*{wave}",
        f"{a}*np.exp({b}*x)*({b}*{wave} + {c}*{cowave})",
        f"{a}*np.exp({b}*x)*((({b})**2 - {c}**2)*{wave} + 2*{b}*{c}*{cowave})",
        name="f",
    )
