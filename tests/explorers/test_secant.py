"""The secant explorer: its drawings, its words, and what there is to discover in it."""

import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from explorers import secant_explorer
from explorers.drawing.chart import Chart, new_figure
from explorers.drawing.overlay import Overlay
from explorers.gallery import secant_drawing as drawing
from explorers.gallery.secant import cubic, cubic_prime, scene
from explorers.inputs.slopes import slope_at

CHART = Chart((-3, 3), (-20, 30))


def lines_of(draw, *args):
    """The drawing on matplotlib, as a list of (xs, ys, line style)."""
    ax = CHART.axes(new_figure(360, 280))
    draw(ax, *args)
    return [(*line.get_data(), line.get_linestyle()) for line in ax.lines]


def slope_of(xs, ys):
    return (ys[-1] - ys[0]) / (xs[-1] - xs[0])


@pytest.mark.parametrize("x, h", [(1.0, 0.1), (1.0, -0.1), (-0.7, 2.0), (0.3, 1e-3)])
def test_the_dashed_line_has_the_slope_of_the_secant_and_goes_through_both_points(x, h):
    dashed = next(line for line in lines_of(drawing.draw_secant, cubic, x, h, (-3, 3)) if line[2] == "--")
    quotient = 6 * x**2 + 6 * x * h + 2 * h**2  # worked out by hand, without the slips E-W16 to E-W19
    assert slope_of(*dashed[:2]) == pytest.approx(quotient, rel=1e-9)
    for t in (x, x + h):
        assert np.interp(t, *dashed[:2]) == pytest.approx(cubic(t), rel=1e-12)


def test_the_legs_of_the_triangle_are_h_and_the_difference():
    xs, ys, _ = next(line for line in lines_of(drawing.draw_secant, cubic, 1.0, 0.5, (-3, 3)) if line[2] == ":")
    assert xs[1] - xs[0] == 0.5
    assert ys[2] - ys[1] == cubic(1.5) - cubic(1.0)


def test_the_tangent_has_the_slope_of_the_derivative():
    xs, ys, _ = lines_of(drawing.draw_tangent, cubic, 1.2, 6 * 1.2**2, (-3, 3))[0]
    assert slope_of(xs, ys) == pytest.approx(6 * 1.2**2, rel=1e-12)
    assert np.interp(1.2, xs, ys) == pytest.approx(cubic(1.2))


def test_a_corner_gets_no_tangent_line():
    assert len(lines_of(drawing.draw_tangent, abs, 0.0, slope_at(abs, 0.0), (-3, 3))) == 1  # the point alone


@pytest.mark.parametrize("sign", [1, -1])
def test_discovery_error_over_h_tends_to_six_from_both_sides(sign):
    ratios = [drawing.secant(cubic, 1.0, sign * h, cubic_prime(1.0)).ratio for h in (0.1, 0.01, 0.001)]
    distances = [abs(r - 6) for r in ratios]  # f″(1)/2 = 6
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 0.0021


@pytest.mark.parametrize("x", [-1.5, -0.4, 0.0, 0.8, 1.5])
def test_discovery_error_over_h_tends_to_half_the_second_derivative(x):
    assert drawing.secant(cubic, x, 1e-3, cubic_prime(x)).ratio == pytest.approx(6 * x, abs=2.1e-3)


def test_discovery_a_lucky_h_has_no_error_although_it_is_large():
    s = drawing.secant(cubic, 1.0, -3.0, cubic_prime(1.0))
    assert s.error == 0
    assert "lucky" in drawing.sentence(s, cubic).words


def test_the_sentence_changes_with_the_state():
    states = [(1, 2.0), (1, 0.1), (1, -0.1), (1, 0.001), (1, -3.0), (0, 0.001)]
    told = [drawing.sentence(drawing.secant(cubic, x, h, cubic_prime(x)), cubic).words for x, h in states]
    assert len(set(told)) == len(states)
    assert "no tangent" in drawing.sentence(drawing.secant(abs, 0.0, 0.1, slope_at(abs, 0.0)), abs).words


def test_secant_refuses_h_zero():
    with pytest.raises(ValueError, match="one point"):
        drawing.secant(cubic, 1.0, 0.0, 6.0)
    with pytest.raises(ValueError, match="one point"):
        secant_explorer(h=0)


def numbers_in(label):
    """The numbers after each `name` in an aria-label such as "…: secant slope 6.62, tangent slope 6"."""
    parts = label.replace("\u2212", "-").replace(";", ",").split(": ")[-1].split(", ")
    return {p.rpartition(" ")[0]: float(p.rpartition(" ")[2]) for p in parts}


@pytest.mark.parametrize("sign", [1, -1])
def test_every_stop_is_well_formed_and_its_labels_say_what_numpy_says(sign):
    hs = scene().controls[0].values
    assert len(hs) == 36
    assert hs[0] == 0.001 and hs[-1] == 3.0
    for h in sign * np.array(hs):
        root = ET.fromstring(f"<div>{scene().stop({'h': abs(h), 'sign': sign, 'x': 1.0})}</div>")
        images = [e for e in root.iter() if e.get("role") == "img"]
        assert len(images) == 2
        told = numbers_in(images[0].get("aria-label")) | numbers_in(images[1].get("aria-label"))
        quotient = (np.polyval([2, 0, 0, 5], 1 + h) - 7) / h
        assert told["secant slope"] == pytest.approx(quotient, rel=1e-6)
        assert told["tangent slope"] == 6
        assert told["error"] == pytest.approx(quotient - 6, rel=1e-6, abs=1e-12)
        assert told["error/h"] == pytest.approx((quotient - 6) / h, rel=1e-6, abs=1e-12)


def test_the_overlay_and_matplotlib_draw_the_same_secant():
    overlay = Overlay(CHART)
    drawing.draw_secant(overlay, cubic, 1.0, 0.5, CHART.xlim)
    dashed = next(e for e in ET.fromstring(overlay.svg("a")).iter() if e.get("stroke-dasharray") == "8 4")
    (x0, y0), (x1, y1) = (map(float, p.split()) for p in dashed.get("d")[1:].split("L"))
    _, _, width, height = CHART.box
    pixels = (CHART.xlim[1] - CHART.xlim[0]) / width, (CHART.ylim[1] - CHART.ylim[0]) / height
    assert (y0 - y1) * pixels[1] / ((x1 - x0) * pixels[0]) == pytest.approx(9.5, abs=1e-3)


def test_a_learners_own_function_is_measured_and_says_so():
    explorer, one = secant_explorer(f=lambda x: math.sin(x), x=0.7), scene(math.sin, None, 0.7, 0.1)
    assert "tangent slope 0.7648422" in repr(explorer)  # cos 0.7
    assert "≈ tangent slope" in one.stop(one.start)
    assert any("measured" in getattr(w, "value", "") for w in explorer.widget.children[2].children)


def test_an_odd_h_or_a_far_x_gets_its_own_stop_and_range():
    hs, _, xs = (control.values for control in scene(cubic, cubic_prime, 7.0, 0.0137).controls)
    assert 0.0137 in hs
    assert (xs[0], xs[-1]) == (5.5, 8.5) and 7.0 in xs


@pytest.mark.parametrize("f", [lambda x: 1 / x, math.log, lambda x: 3.0, lambda x: x if x > 0 else -x])
def test_any_function_can_be_shown(f):
    one = scene(f, None, 0.5, -0.5)
    ET.fromstring(f"<div>{one.stop(one.start)}{one.still_layer(one.start)}{one.still_layer({**one.start, 'x': 0.0})}</div>")
