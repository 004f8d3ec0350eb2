"""The pictures of class reports as static SVG: drawn in the page's own colours, with every number in words beside or behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..engine.messages import number
from ..files.names import for_html

_WIDE, _HIGH, _FOOT, _HEAD = 400, 150, 34, 16  # of the histogram; the page scales it
_MOST_BINS = 20
_GAP = 0.4  # between parts of a bar, in per cent of its width: colour is not all that tells them apart


def bins(points: Sequence[float], most: float) -> list[tuple[float, float, int]]:
    """How many have points from where to where: at most 20 equal parts of 0 to `most`, in steps that people count in. The last includes its end."""
    if most <= 0:
        return []
    step = next(step for power in range(-3, 9) for step in (10.0**power, 2 * 10.0**power, 5 * 10.0**power) if most / step <= _MOST_BINS)
    count = math.ceil(most / step - 1e-9)
    found = [0] * count
    for value in points:
        found[min(count - 1, max(0, int(value / step + 1e-9)))] += 1
    return [(step * place, min(most, step * (place + 1)), many) for place, many in enumerate(found)]


def histogram(points: Sequence[float], most: float) -> str:
    """How many have how many points, with the median marked."""
    parts = bins(points, most)
    if not points or not parts:
        return ""
    highest, width = max(many for *_, many in parts), _WIDE / len(parts)
    middle = median(points)
    said = "; ".join(f"{number(low)} to {number(high)} points: {many}" for low, high, many in parts if many)
    body = [f"<title>Distribution of points</title><desc>{for_html(said)}. Median {number(middle)}.</desc>"]
    floor = _HEAD + _HIGH
    for place, (low, _, many) in enumerate(parts):
        tall, left = _HIGH * many / highest, place * width
        if many:
            body.append(f'<rect class="bar" x="{left + 1:.1f}" y="{floor - tall:.1f}" width="{width - 2:.1f}" height="{tall:.1f}"/>')
            body.append(f'<text x="{left + width / 2:.1f}" y="{floor - tall - 4:.1f}" text-anchor="middle">{many}</text>')
        if len(parts) <= 10 or place % 2 == 0:
            anchor = "start" if place == 0 else "middle"
            body.append(f'<text x="{left:.1f}" y="{floor + 15}" text-anchor="{anchor}">{number(low)}</text>')
    body.append(f'<text x="{_WIDE}" y="{floor + 15}" text-anchor="end">{number(most)}</text>')
    body.append(f'<line class="axis" x1="0" y1="{floor}" x2="{_WIDE}" y2="{floor}"/>')
    at = min(max(middle / most, 0.0), 1.0) * _WIDE
    anchor = "start" if at < _WIDE / 4 else "end" if at > 3 * _WIDE / 4 else "middle"
    body.append(f'<path class="median" d="M{at:.1f} {floor} l-5 8 h10 z"/>')
    body.append(f'<text x="{at:.1f}" y="{floor + 31}" text-anchor="{anchor}">median {number(round(middle, 2))}</text>')
    return f'<svg class="histogram" role="img" viewBox="-2 0 {_WIDE + 4} {_HEAD + _HIGH + _FOOT}">{"".join(body)}</svg>'


def stacked_bar(counts: Sequence[tuple[str, int]]) -> str:
    """One bar of parts, (word, how many); a part's class is its word with hyphens. What it says stands beside it, so it is hidden from screen readers."""
    total, left, body = sum(many for _, many in counts), 0.0, []
    for word, many in counts:
        width = 100 * many / total if total else 0
        if many:
            body.append(f'<rect class="{word.replace(" ", "-")}" x="{left:.2f}" y="0" width="{max(0.3, width - _GAP):.2f}" height="10"/>')
        left += width
    return f'<svg class="stack" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">{"".join(body)}</svg>'


def median(points: Sequence[float]) -> float:
    """The middle of the points; of two middles their mean. Raises `ValueError` where there are none."""
    if not points:
        raise ValueError("nobody has points")
    ordered, half = sorted(points), len(points) // 2
    return ordered[half] if len(points) % 2 else (ordered[half - 1] + ordered[half]) / 2
