"""The microscope: differentiable means straight when seen from near."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from explorers import microscope
from explorers.gallery import microscope as module
from explorers.gallery.microscope import MENU, ZOOMS, scene

CURVES = {name: (f, x) for name, f, x in MENU}


def views(name):
    return [module.close_up(*CURVES[name], zoom) for zoom in (10, 100, 1000, 10000)]


@pytest.mark.parametrize("name, slope", [("x³ at 1", 3.0), ("x³ at 0", 0.0), ("|x| at 0.5", 1.0), ("x² sin(1/x) at 0", 0.0)])
def test_discovery_where_there_is_a_derivative_the_curve_straightens(name, slope):
    last = views(name)[-1]
    assert last.bend < 0.001
    assert last.left == pytest.approx(slope, abs=1e-3)
    assert last.right == pytest.approx(slope, abs=1e-3)
    assert "differentiable" in module.sentence(CURVES[name][0], last).words


@pytest.mark.parametrize("name, gap", [("|x| at 0", 2.0), ("relu at 0", 1.0)])
def test_discovery_a_corner_is_the_same_at_every_zoom(name, gap):
    seen = views(name)
    assert [v.gap for v in seen] == pytest.approx([gap] * 4)
    assert max(v.bend for v in seen) == pytest.approx(min(v.bend for v in seen))
    assert "corner" in module.sentence(CURVES[name][0], seen[-1]).words


def test_discovery_the_cube_root_is_straight_but_upright():
    seen = views("∛x at 0")
    assert [v.right for v in seen] == pytest.approx([z ** (2 / 3) for z in (10, 100, 1000, 10000)])
    assert seen[-1].bend < 0.001
    assert "no finite slope" in module.sentence(CURVES["∛x at 0"][0], seen[-1]).words


def test_x_abs_x_has_a_derivative_at_zero_and_a_tiny_kink_is_found_out():
    assert module.close_up(lambda x: x * abs(x), 0.0, 1000).bend < 0.001
    kinked = lambda x: x**3 + 0.01 * abs(x)
    assert module.close_up(kinked, 0.0, 10000).gap == pytest.approx(0.02, rel=1e-3)


def test_the_lines_in_the_window_have_the_slopes_of_the_read_out():
    from explorers.drawing.chart import new_figure

    f, x = CURVES["x³ at 1"]
    v = module.close_up(f, x, 2.0)
    ax = module.LENS.axes(new_figure(360, 280))
    module.draw_lens(ax, f, v)
    (left, right) = (line.get_data() for line in ax.lines[1:3])
    assert np.diff(left[1])[0] == pytest.approx((1 - 0.5**3) / 0.5)
    assert np.diff(right[1])[0] == pytest.approx((1.5**3 - 1) / 0.5)


def test_window_and_curve_have_the_same_scale_across_and_up():
    for chart in (module.LENS, module.whole_chart(np.abs, 0.0)):
        _, _, width, height = chart.box
        assert (chart.xlim[1] - chart.xlim[0]) / width == pytest.approx((chart.ylim[1] - chart.ylim[0]) / height)


@pytest.mark.slow
@pytest.mark.parametrize("choice", range(len(MENU)))
def test_every_stop_is_well_formed_and_its_labels_say_what_numpy_says(choice):
    one, (_, f, x) = scene(), MENU[choice]
    assert (ZOOMS[0], ZOOMS[-1], len(ZOOMS)) == (1, 10_000, 41)
    for zoom in ZOOMS:
        root = ET.fromstring(f"<div>{one.stop({'zoom': zoom, 'curve': choice})}</div>")
        window, lens = (e.get("aria-label").replace("\u2212", "-") for e in root.iter() if e.get("role") == "img")
        words = lens.replace(",", "").split()
        w = 1 / zoom
        assert float(words[words.index("left") - 3]) == pytest.approx((f(x) - f(x - w)) / w, rel=1e-6, abs=1e-12)
        assert float(words[words.index("right") - 3]) == pytest.approx((f(x + w) - f(x)) / w, rel=1e-6, abs=1e-12)
    ET.fromstring(f"<div>{one.still_layer({'zoom': 1.0, 'curve': choice})}</div>")


def test_stops_of_a_smooth_curve_are_small():
    """A straight line needs two points, however many were computed: 41 stops travel to the browser with every choice."""
    assert len(scene().stop({"zoom": 1000.0, "curve": 0})) < 4000


def test_a_function_of_the_learner_comes_first_in_the_menu():
    text = repr(microscope(lambda x: 2 * x, x=3.0))
    assert text.splitlines()[2].startswith("f(x) at 3")
