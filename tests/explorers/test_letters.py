"""Letters of every picture can be read on a phone and on a narrow screen: computed from what the pictures are made of."""

from __future__ import annotations

import re

import pytest
from scenes import NAMES, SCENES

GAP = 4  # between two panels, as in explorer.css
# width of an explorer's place, and the least letters there, in pixels: a phone of 390 px, a narrow screen, the widest place that explorers take
WIDTHS = ((343, 9.4), (358, 9.8), (620, 11.0), (768, 11.0), (948, 11.0))


def panel_widths(charts, place: float) -> list[float]:
    """How wide the browser makes each panel: a row takes panels until their own widths are more than the place, then they grow."""
    rows, row = [], []
    for chart in charts:
        if row and sum(c.width for c in row) + GAP * len(row) + chart.width > place:
            rows.append(row)
            row = []
        row.append(chart)
    rows.append(row)
    found = []
    for row in rows:
        stretch = (place - GAP * (len(row) - 1)) / sum(chart.width for chart in row)
        found += [chart.width * min(stretch, 1.316) for chart in row]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_too_small(name):
    scene = SCENES[name]
    first = scene.controls[0]
    for value in (first.start, first.values[0], first.values[-1]):
        state = {**scene.start, first.name: value}
        charts = scene.charts(state)
        drawn = re.split("(?=<svg xmlns)", scene.stop(state))[1:]
        sizes = [
            min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg + chart.background()))
            for svg, chart in zip(drawn, charts, strict=True)
        ]
        for place, least in WIDTHS:
            shown = [size * wide / chart.width for size, wide, chart in zip(sizes, panel_widths(charts, place), charts)]
            assert min(shown) >= least, (place, shown)


def test_the_style_says_how_panels_share_a_row():
    for scene in SCENES.values():
        for chart in scene.charts(scene.start):
            assert chart.style == f"flex: {chart.width} 1 {chart.width}px; max-width: {1.316 * chart.width:.0f}px"
