"""How wrong numbers relate to the wanted ones: a sign, a factor, an order of axes, an offset. Each sentence stands beside its test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from ..writing.compare import SAME_NUMBERS, close
from .record import Compared
from .show import apart

_ABOUT = 1e-5  # of a number, what a numerical method may err, and no slip is as small
_SEVERAL = 3  # comparisons of different numbers, before a factor that only nearly fits is one
_SHARE = 1e-3  # what a relation may leave unexplained of a difference
Pair = tuple[np.ndarray, np.ndarray]


def distance(a, b) -> float | None:
    """The largest difference between two values of plain numbers, or None where they have no common shape.

    Where both are NaN, or the same infinity, they do not differ; where one of them is, the difference is infinite.
    """
    if not (numeric(a) and numeric(b)):
        return None
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        return None
    a, b = a.astype(complex), b.astype(complex)
    with np.errstate(all="ignore"):
        off = np.where((a == b) | (a != a) & (b != b), 0.0, np.abs(a - b))
    return float(np.max(np.where(np.isnan(off), np.inf, off), initial=0.0))


def numeric(value) -> bool:
    """Whether a value is a number or an array of numbers."""
    if isinstance(value, (list, tuple)):
        try:
            value = np.asarray(value)
        except ValueError:
            return False
    return (
        not isinstance(value, bool)
        and isinstance(value, (int, float, complex, np.ndarray, np.generic))
        and np.asarray(value).dtype.kind in "iufc"
    )


def numbers(pairs: list[Compared]) -> list[Pair]:
    """The pairs that differ, as arrays; empty unless all are finite numbers."""
    if not all(numeric(pair.given) and numeric(pair.wanted) for pair in pairs):
        return []
    arrays = [(np.asarray(pair.given), np.asarray(pair.wanted)) for pair in pairs]
    return arrays if all(np.all(np.isfinite(g)) and np.all(np.isfinite(w)) for g, w in arrays) else []


def related(pairs: list[Compared], signature: str = "") -> tuple[str, str]:
    """A name and a sentence for a relation that holds in every one of the `pairs`, all of which differ, or two empty texts.

    Tried in turn: sign, axis order, a factor, and their compositions with one another and with an offset; then another
    order of the entries, a shift by one, unit length, rounding. With the arguments' names in `signature` the factor may be one of them.
    """
    arrays = numbers(pairs)
    if not _enough(arrays):
        return "", ""
    for axes, axes_words in _axis_orders(arrays):
        turned = [(g, np.transpose(w, axes) if axes else w) for g, w in arrays]
        if any(g.shape != w.shape for g, w in turned):
            continue
        for name, words in itertools.chain(_factors(pairs, turned, signature), _offsets(turned)):
            names = "-".join(filter(None, ("axes" if axes else "", name)))
            if names:
                return names, f"Your numbers are the wanted ones {' and '.join(filter(None, (axes_words, words)))}."
    if any(g.shape != w.shape for g, w in arrays):
        return "", ""
    return next(itertools.chain(_rearranged(arrays), _about_a_factor(pairs, arrays)), ("", ""))


def _enough(arrays: list[Pair]) -> bool:
    """Any two numbers have a ratio: a relation needs three numbers in one comparison, or two comparisons of other numbers than 0."""
    told = [w for _, w in arrays if np.any(w != 0)]
    return len({w.tobytes() for w in told}) >= 2 or any(len(np.unique(w[w != 0])) >= 3 for w in told)


def _models(given: np.ndarray, model: np.ndarray, wanted: object) -> bool:
    """Whether `model` gives the numbers, and not only about as well as the wanted ones do."""
    left, off = distance(given, model), distance(given, wanted)
    if left is None or not left <= SAME_NUMBERS.rtol * np.max(np.abs(given), initial=0.0):
        return False
    return off is None or off == 0 or left <= _SHARE * off


def _axis_orders(arrays: list[Pair]) -> Iterator[tuple[tuple | None, str]]:
    yield None, ""
    ndim = arrays[0][1].ndim
    if not 2 <= ndim <= 4 or any(w.ndim != ndim for _, w in arrays):
        return
    for axes in sorted(itertools.permutations(range(ndim)), key=lambda axes: axes != tuple(range(ndim))[::-1]):
        if axes != tuple(range(ndim)):
            yield axes, "transposed" if ndim == 2 else f"with the axes in the order {axes}"


def _factors(pairs: list[Compared], arrays: list[Pair], signature: str) -> Iterator[tuple[str, str]]:
    """One factor for all comparisons, or one that follows an argument."""
    if all(_models(g, w, p.wanted) for p, (g, w) in zip(pairs, arrays)):
        yield "", ""
        return
    factors: list[np.number | None] = []  # None where 0 is wanted and came back
    for given, wanted in arrays:
        at = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
        if wanted[at] == 0:
            if np.any(given != 0):
                return
            factors.append(None)
            continue
        factor = given[at] / wanted[at]
        if factor == 0 or not _models(given, factor * wanted, wanted):
            return
        factors.append(factor)
    known = [factor for factor in factors if factor is not None]
    if np.iscomplexobj(known):
        return
    if np.allclose(known, known[0], rtol=1e-9, atol=0):
        size, flipped = abs(known[0]), known[0] < 0
        words = "with the sign flipped" if flipped else ""
        if np.isclose(size, 1, rtol=1e-9, atol=0):
            if flipped:
                yield "sign", words
            return
        if np.ptp(known) > _SHARE * abs(size - 1):  # so near 1 that they are as far from one another
            return
        if _may_be_a_length(pairs, arrays, float(size)):
            return
        text = f"times {apart(size, 1.0)[0]}"
        yield ("sign-factor", f"{words} and {text}") if flipped else ("factor", text)
    elif None not in factors:
        yield from _following(pairs, np.array(factors, float), signature)


def _about_a_factor(pairs: list[Compared], arrays: list[Pair]) -> Iterator[tuple[str, str]]:
    """One factor for all comparisons, up to the errors of a numerical method: these are no part of the slip."""
    if len({w.tobytes() for _, w in arrays}) < _SEVERAL or any(np.iscomplexobj(part) for pair in arrays for part in pair):
        return
    given, wanted = max(arrays, key=lambda pair: float(np.max(np.abs(pair[1]), initial=0.0)))
    at = np.argmax(np.abs(wanted))
    factor = float(given.flat[at] / wanted.flat[at]) if wanted.flat[at] else 0.0
    off = [(distance(g, factor * w), float(np.max(np.abs(w), initial=0.0))) for g, w in arrays]
    if not factor or any(size == 0 or d is None or d > _ABOUT * abs(factor) * size for d, size in off):
        return
    size = float(f"{abs(factor):.3g}")  # what is said has fewer digits than what was tested
    if abs(factor - 1) < 0.1 or abs(abs(factor) - size) > _ABOUT * size or _may_be_a_length(pairs, arrays, size):
        return
    parts = (("sign", "with the sign flipped", factor < 0), ("factor", f"times {size:g}", size != 1))
    told = {name: words for name, words, so in parts if so}
    yield "-".join(told), f"To five digits, your numbers are the wanted ones {' and '.join(told.values())}."


def _may_be_a_length(pairs: list[Compared], arrays: list[Pair], size: float) -> bool:
    """Whether a factor, its inverse or a square of either is a length that was the same in all comparisons: then nobody can tell."""
    lengths = [dict(_lengths((pair.args, given))) for pair, (given, _) in zip(pairs, arrays)]
    common = {n for place, n in lengths[0].items() if all(other.get(place) == n for other in lengths)}
    return any(n > 1 and np.isclose(size, float(n) ** power, rtol=1e-9, atol=0) for n in common for power in (1, -1, 2, -2))


def _lengths(value, place: tuple = ()) -> Iterator[tuple[tuple, int]]:
    """The lengths of all axes of arrays in a nest, and their sizes, each with where it stands."""
    if isinstance(value, np.ndarray):
        yield from (((*place, axis), n) for axis, n in enumerate((*value.shape, value.size)))
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(_lengths(item, (*place, key)) for key, item in value.items())
    elif isinstance(value, (list, tuple)):
        yield from itertools.chain.from_iterable(_lengths(item, (*place, k)) for k, item in enumerate(value))


def _following(pairs: list[Compared], factors: np.ndarray, signature: str) -> Iterator[tuple[str, str]]:
    """Whether the factor is an argument, a length of one, or the inverse of either, comparison by comparison."""
    for words, sizes in _quantities([pair.args for pair in pairs], signature):
        if len(np.unique(sizes)) < 2 or np.any(sizes == 0):
            continue
        for sign in (1, -1):
            flip, name = ("with the sign flipped and ", "sign-factor") if sign < 0 else ("", "factor")
            for power, how in (
                (1, f"times {words}"),
                (-1, f"divided by {words}"),
                (2, f"times the square of {words}"),
                (-2, f"divided by the square of {words}"),
            ):
                with np.errstate(all="ignore"):
                    follows = np.allclose(factors, sign * sizes**power, rtol=1e-9, atol=0)
                if follows:
                    yield name, flip + how


def _quantities(calls: list[tuple], signature: str) -> Iterator[tuple[str, np.ndarray]]:
    """What a factor may follow: a number among the arguments, the length of an array's axis, its size."""
    for i, name in enumerate(part.split("=")[0].strip() for part in signature.split(",") if part):
        values = [args[i] if i < len(args) else None for args in calls]
        if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            yield name, np.array(values, float)
            continue
        arrays = [v for v in values if isinstance(v, np.ndarray) and v.ndim]
        if len(arrays) == len(values):
            for axis in range(min(v.ndim for v in arrays)):
                yield f"the length of axis {axis} of {name}", np.array([v.shape[axis] for v in arrays], float)
            yield f"the size of {name}", np.array([v.size for v in arrays], float)


def _offsets(arrays: list[Pair]) -> Iterator[tuple[str, str]]:
    """One number added everywhere, perhaps after a factor."""
    by, given = (np.concatenate([np.ravel(part) for part in parts]) for parts in zip(*[(w, g) for g, w in arrays]))
    if np.iscomplexobj(by) or np.iscomplexobj(given):
        return
    first = given[0] - by[0]
    if all(_models(g, w + first, w) for g, w in arrays):
        yield "offset", f"plus {first:.6g}"
        return
    lowest, highest = np.argmin(by), np.argmax(by)
    if len(np.unique(by)) < 4:  # a line goes through any two points, and three may lie on one by chance
        return
    factor = (given[highest] - given[lowest]) / (by[highest] - by[lowest])
    first = given[lowest] - factor * by[lowest]
    if abs(first) < 1e-6 * abs(factor) * np.max(np.abs(by)):
        return
    if factor and all(_models(g, factor * w + first, w) for g, w in arrays):
        yield "factor-offset", f"times {apart(factor, 1.0)[0]} and then plus {first:.6g}"


def _moved(a: np.ndarray, b: np.ndarray, given: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether the entries `a` of what was given are the entries `b` of what was wanted, far better than those in their own places."""
    left, off = distance(a, b), distance(given, wanted)
    return close(a, b, SAME_NUMBERS) and left is not None and off is not None and left <= _SHARE * off


def _rearranged(arrays: list[Pair]) -> Iterator[tuple[str, str]]:
    """The wanted numbers, or nearly, in other places."""
    if all(g.ndim and _moved(np.sort(g, axis=None), np.sort(w, axis=None), g, w) for g, w in arrays):
        yield "order", "Your numbers are the wanted ones in another order."
    if all(g.ndim and len(g) > 3 and len(np.unique(w)) > 2 for g, w in arrays):
        if all(_moved(g[1:], w[:-1], g, w) for g, w in arrays):
            yield "late", "Your numbers are the wanted ones, one step late."
        if all(_moved(g[:-1], w[1:], g, w) for g, w in arrays):
            yield "early", "Your numbers are the wanted ones, one step early."
    if all(g.size > 1 and np.any(w) and _models(g, w / np.linalg.norm(w), w) for g, w in arrays):
        yield "unit", "Your numbers are the wanted ones scaled to length one."
    if not any(np.iscomplexobj(g) for g, _ in arrays):
        told = {float(v) for g, _ in arrays for v in np.abs(np.ravel(g)) if v}  # of one number or two nobody can say how they came about
        lost = max(float(np.max(np.abs(g - w), initial=0.0)) for g, w in arrays)
        for digits in range(0, 13):
            # numbers that need no such digits, that lost all but nothing, or that all became one whole number, only happen to be round
            rounded = all(np.array_equal(g, np.round(w, digits)) for g, w in arrays)
            moved = {float(v) for g, w in arrays for v in np.ravel(g[g != w])} if rounded and len(told) >= _SEVERAL else set()
            if (
                len(moved) > (digits == 0)
                and lost >= 0.05 * 10.0**-digits
                and any(np.any(np.round(g * 10.0**digits) % 10) for g, _ in arrays)
            ):
                yield "rounded", f"Your numbers are the wanted ones rounded to {digits} decimal place{'s' * (digits != 1)}."
        if lost >= 0.05 and told and all(np.array_equal(g, np.trunc(w)) for g, w in arrays):
            yield "cut", "Your numbers are the wanted ones without their decimals: they were cut off."
