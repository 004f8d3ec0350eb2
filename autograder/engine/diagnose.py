"""Finds the known mistake that reproduces a wrong answer's numbers. It may abstain, and never decides the points."""

from __future__ import annotations

import itertools

import numpy as np

from ..shared.answer import LocalAnswer
from ..writing.compare import SAME_NUMBERS, SINGLE, close, equal_values
from ..writing.exercise import Exercise, Mistake
from .trial import Call


def known(exercise: Exercise, calls: list[Call], all_calls: list[Call]) -> Mistake | None:
    """The first mistake that does, on the failing check's `calls`, exactly what the answer did.

    A mistake that agrees on `all_calls` of the trial goes before one that agrees on the failing check alone.
    """
    matches = [mistake for mistake in exercise.mistakes if calls and _reproduces(exercise, mistake, calls)]
    return next((m for m in matches if _reproduces(exercise, m, all_calls)), matches[0] if matches else None)


def _reproduces(exercise: Exercise, mistake: Mistake, calls: list[Call]) -> bool:
    answer = LocalAnswer(mistake.function, exercise.stand_ins)
    for call in calls:
        theirs, ours = call.outcome, answer.call(call.args, exercise.program)
        if theirs.raised != ours.raised or theirs.mutated != ours.mutated:
            return False
        if not theirs.raised and not equal_values(theirs.value, ours.value, mistake.tolerance, nan_agrees=True):
            return False
        # a mistake that only costs too much is told by its cost: the factor, not the exact number of calls
        few, many = sorted((ours.evaluations, theirs.evaluations))
        if exercise.counts_calls and few != many and 2 * few <= many:
            return False
    return True


def generic(exercise: Exercise, calls: list[Call], pairs: list[tuple]) -> tuple[str, str]:
    """A name and a sentence for numbers that are the right ones changed in a simple way, or ("", "").

    `pairs` are (given, wanted). Tried in turn: sign, axis order, a factor, and their compositions; then an offset, a shift
    by one, unit length, float32. At least two informative pairs must agree.
    """
    pairs = [(np.asarray(g), np.asarray(w)) for g, w in pairs if _numeric(g) and _numeric(w)]
    pairs = [(g, w) for g, w in pairs if g.size and np.any(w != 0) and np.all(np.isfinite(w)) and np.all(np.isfinite(g))]
    if len(pairs) < 2 or all(close(g, w, SAME_NUMBERS) for g, w in pairs):
        return "", ""
    if all(close(g, w, SINGLE) for g, w in pairs):
        return "float32", "Your numbers are right to about seven digits: something is computed in float32."
    for axes, axes_words in _axis_orders(pairs):
        turned = [(g, np.transpose(w, axes) if axes else w) for g, w in pairs]
        if any(g.shape != w.shape for g, w in turned):
            continue
        factor, factor_words = _factor(exercise, calls, turned)
        if factor:
            words = " and ".join(filter(None, (axes_words, factor_words)))
            return "-".join(
                filter(None, ("axes" if axes else "", factor if factor != "same" else ""))
            ), f"Your numbers are the right ones {words}."
    return _shifted(pairs)


def _numeric(value) -> bool:
    return isinstance(value, (int, float, complex, np.ndarray, np.generic)) and not isinstance(value, bool)


def _axis_orders(pairs):
    yield None, ""
    ndim = pairs[0][1].ndim
    if ndim < 2 or ndim > 4 or any(w.ndim != ndim for _, w in pairs):
        return
    for axes in sorted(itertools.permutations(range(ndim)), key=lambda axes: axes != tuple(range(ndim))[::-1]):
        if axes != tuple(range(ndim)):
            yield axes, "transposed" if ndim == 2 else f"with the axes in the order {axes}"


def _factor(exercise: Exercise, calls: list[Call], pairs) -> tuple[str, str]:
    """One factor for all pairs, or one that follows an input: its name and its words, or ("", "")."""
    if all(close(g, w, SAME_NUMBERS) for g, w in pairs):
        return "same", ""
    factors = []
    for given, wanted in pairs:
        at = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
        with np.errstate(all="ignore"):  # 1e308 divided by 0.1 is no factor, and is seen
            factor = given[at] / wanted[at]
        if not close(given, factor * wanted, SAME_NUMBERS):
            return "", ""
        factors.append(factor)
    if np.allclose(factors, factors[0], rtol=1e-9, atol=0):
        c = factors[0]
        if c == 0:
            return "", ""
        sign, size = ("with the sign flipped", abs(c)) if np.real(c) < 0 else ("", abs(c))
        if np.isclose(size, 1, rtol=1e-9, atol=0):
            return "sign", sign
        return f"{'sign-' if sign else ''}factor", " and ".join(filter(None, (sign, f"times {size:.6g}")))
    return _following_factor(exercise, calls, np.array(factors))


def _following_factor(exercise: Exercise, calls: list[Call], factors: np.ndarray) -> tuple[str, str]:
    """Whether the factor is an argument, a length of one, or the inverse of either, call by call."""
    if len(calls) != len(factors) or exercise.program:
        return "", ""
    names = [name.split("=")[0].strip() for name in exercise.signature.split(",")]
    for i, name in enumerate(names):
        values = [call.args[i] if i < len(call.args) else None for call in calls]
        quantities = {}
        if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            quantities[name] = np.array(values, float)
        arrays = [v for v in values if isinstance(v, np.ndarray) and v.ndim]
        if arrays and len(arrays) == len(values):
            for axis in range(min(v.ndim for v in arrays)):
                quantities[f"the length of axis {axis} of {name}"] = np.array([v.shape[axis] for v in arrays], float)
            quantities[f"the size of {name}"] = np.array([v.size for v in arrays], float)
        for words, q in quantities.items():
            for sign in (1, -1):
                flip = "with the sign flipped and " if sign < 0 else ""
                if np.allclose(factors, sign * q, rtol=1e-9, atol=0):
                    return "factor", f"{flip}times {words}"
                if np.all(q != 0) and np.allclose(factors, sign / q, rtol=1e-9, atol=0):
                    return "factor", f"{flip}divided by {words}"
    return "", ""


def _shifted(pairs) -> tuple[str, str]:
    if any(g.shape != w.shape for g, w in pairs):
        return "", ""
    offsets = [np.ravel(g - w)[0] for g, w in pairs]
    if all(close(g, w + offsets[0], SAME_NUMBERS) for g, w in pairs):
        return "offset", f"Your numbers are the right ones plus {offsets[0]:.6g}."
    if all(g.ndim and len(g) > 2 for g, _ in pairs):
        if all(close(g[1:], w[:-1], SAME_NUMBERS) for g, w in pairs):
            return "late", "Your numbers are the right ones, one step late."
        if all(close(g[:-1], w[1:], SAME_NUMBERS) for g, w in pairs):
            return "early", "Your numbers are the right ones, one step early."
    norms = [np.linalg.norm(w) for _, w in pairs]
    if all(g.ndim and close(g, w / n, SAME_NUMBERS) for (g, w), n in zip(pairs, norms)):
        return "unit", "Your numbers are the right ones scaled to length one."
    return "", ""
