"""Two functions of one number and their slopes, as the product and the chain explorer take them from a menu or from a learner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .checks import finite, short_name
from .slopes import numeric_slope


@dataclass(frozen=True, eq=False)
class Pair:
    """Two functions of one number with their slopes; `measured` says that these are central differences."""

    name: str
    f: Callable
    fprime: Callable
    g: Callable
    gprime: Callable
    measured: bool = False

    def __str__(self):
        return self.name


def place_and_step(x, h) -> tuple[float, float]:
    """x and the step h as floats; raises `ValueError` for what is no number, and for a step that is not above 0 and at most 1."""
    x, h = float(finite(x, "x", ())), float(finite(h, "h", ()))
    if not 0 < h <= 1:
        raise ValueError(f"h is {h:g}. It should be above 0 and at most 1; try h=0.5.")
    return x, h


def with_own(menu: tuple[Pair, ...], what: str, check: Callable, f, fprime, g, gprime) -> tuple[Pair, ...]:
    """`menu` with a learner's f and g before it, where both are given; slopes that are not are measured.

    ``check(f, fprime, g, gprime)`` raises what is wrong with them. Raises `ValueError` for one function without the other; `what` is what they make.
    """
    if f is None and g is None:
        return menu
    if f is None or g is None:
        raise ValueError(f"A {what} needs two functions; give f and g, or neither for the menu.")
    check(f, fprime, g, gprime)
    name = f"f = {short_name(f)}, g = {short_name(g).replace('your f', 'your g')}"
    slopes = [prime or (lambda at, one=one: numeric_slope(one, at)) for one, prime in ((f, fprime), (g, gprime))]
    return (Pair(name, f, slopes[0], g, slopes[1], fprime is None or gprime is None), *menu)
