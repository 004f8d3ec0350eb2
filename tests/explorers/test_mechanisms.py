"""The shared parts: charts, overlays, prepared stops, live layers, and the one display with three faces."""

import asyncio
import importlib.util
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from base64 import b64decode

import IPython.display
import numpy as np
import pytest

import explorers
from explorers import microscope, reveal, secant_explorer
from explorers.drawing.chart import Chart
from explorers.drawing.digits import formula, number, power_of_ten, round_stops
from explorers.drawing.overlay import Overlay, _thin
from explorers.inputs.slopes import name_of, numeric_slope, slope_at, values
from explorers.widgets import ahead as ahead_module
from explorers.widgets import stage, still
from explorers.widgets.ahead import SHELVES, SpareTime
from explorers.widgets.moving import Moving
from explorers.widgets.stage import toggle
from explorers.widgets.stops import Stops, stops_slider

LOG = Chart((1e-3, 10), (1e-6, 1e2), title="t", xlabel="h", ylabel="e", xlog=True, ylog=True)


# Numbers


@pytest.mark.parametrize(
    "value, text",
    [(6.62, "6.62"), (-0.5, "−0.5"), (-0.0, "0"), (2e-6, "2e−6"), (float("nan"), "undefined"), (-np.inf, "−∞"), (1e12, "1e12")],
)
def test_number(value, text):
    assert number(value) == text


def test_round_stops_are_round_sorted_and_even_on_a_logarithmic_scale():
    stops = round_stops(1e-3, 1.0)
    assert stops[0] == 0.001 and stops[-1] == 1.0 and 0.1 in stops and len(stops) == 31
    steps = np.diff(np.log10(stops))
    assert steps.min() > 0.07 and steps.max() < 0.13


def test_formula_reads_like_mathematics():
    assert formula("2*x**3 + 5") == "2x³ + 5"
    assert formula("np.exp(x)*np.sin(x)") == "exp(x)·sin(x)"
    assert power_of_ten(-12) == "10⁻¹²"


# Functions


def test_slopes():
    assert numeric_slope(np.exp, 1.0) == pytest.approx(np.e, rel=1e-10)
    assert slope_at(np.sin, 0.3, np.cos) == np.cos(0.3)
    for kink in (abs, np.cbrt, lambda x: max(x, 0.0), lambda x: 1 / x):
        assert np.isnan(slope_at(kink, 0.0))
    assert slope_at(lambda x: x * abs(x), 0.0) == pytest.approx(0, abs=1e-3)


def test_the_derivative_at_a_corner_is_not_asked():
    assert np.isnan(slope_at(np.abs, 0.0, np.sign))


def test_values_of_functions_that_dislike_arrays_or_numbers():
    xs = np.array([-1.0, 0.0, 2.0])
    assert values(lambda x: x if x > 0 else -x, xs).tolist() == [1, 0, 2]
    assert np.isnan(values(lambda x: 1 / float(x), [0.0, 0.0])).all()
    assert values(lambda x: 3, xs).tolist() == [3, 3, 3]
    xs.setflags(write=False)
    values(lambda x: x.__iadd__(1), xs)  # a function that changes its argument changes a copy


def test_a_function_with_its_derivative_is_believed():
    from autograder.writing.bank import EXPSIN

    assert name_of(EXPSIN) == "exp(x)·sin(x)"
    assert f"tangent slope {number(EXPSIN.derivative(1.0))}" in repr(secant_explorer(EXPSIN))


# Charts and overlays


def test_pixels_of_linear_and_logarithmic_axes():
    left, top, width, height = LOG.box
    x, y = LOG.to_pixels([1e-3, 0.1, 10], [1e-6, 1e-2, 1e2])
    assert x == pytest.approx([left, left + width / 2, left + width])
    assert y == pytest.approx([top + height, top + height / 2, top])
    assert np.isnan(LOG.to_pixels([0.1], [0.0])[1]).all()


def test_overlay_lies_on_matplotlib_axes_to_the_pixel():
    from explorers.drawing.chart import new_figure

    figure = new_figure(LOG.width, LOG.height)
    ax = LOG.axes(figure)
    ours = np.column_stack(LOG.to_pixels([2e-3, 3.0], [1e-5, 20.0]))
    theirs = ax.transData.transform([(2e-3, 1e-5), (3.0, 20.0)])
    theirs[:, 1] = LOG.height - theirs[:, 1]
    assert ours == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize(
    "chart",
    [
        LOG,
        Chart((-1.6, 1.6), (-0.1, 1.6)),
        Chart((0, 360), (1e-17, 1e6), ylog=True),
        Chart((0, 17), (0, 1), ticks="x"),
        Chart((0, 1), (0, 1), ticks=False),
    ],
)
def test_the_ticks_of_the_frame_are_those_of_matplotlib(chart):
    from explorers.drawing.chart import new_figure

    figure = new_figure(chart.width, chart.height)
    ax = chart.axes(figure)
    figure.draw_without_rendering()
    left, top, width, height = chart.box
    for name, axis, low, high in (("x", ax.xaxis, left, left + width), ("y", ax.yaxis, top, top + height)):
        theirs = []
        for tick in axis.get_major_ticks():
            x, y = ax.transData.transform((tick.get_loc(), chart.ylim[0]) if name == "x" else (chart.xlim[0], tick.get_loc()))
            pixel = x if name == "x" else chart.height - y
            if tick.label1.get_text() and low - 1e-3 <= pixel <= high + 1e-3:
                theirs.append(pixel)
                assert f">{tick.label1.get_text()}</text>" in chart.background()
        assert chart.ticks_of(name)[1] == pytest.approx(theirs, abs=1e-6)


def test_background_touches_nothing_else_on_the_page():
    svg = LOG.background()
    ET.fromstring(svg)
    assert "<style" not in svg and " id=" not in svg and "url(" not in svg
    assert "currentColor" in svg and "#767676" not in svg and "fill: #ffffff" not in svg
    assert "10⁻³" in svg


def test_overlay_escapes_what_it_is_told():
    overlay = Overlay(LOG)
    overlay.annotate("<b>&", (1, 1), (0, 0), "offset points", "#000000", "left", "center", 12)
    root = ET.fromstring(overlay.svg('a "label" <'))
    assert root.get("aria-label") == 'a "label" <'
    assert root.find("{*}text").text == "<b>&"


def test_overlay_leaves_gaps_and_drops_markers_outside():
    overlay = Overlay(Chart((0, 1), (0, 1)))
    overlay.plot([0, 0.2, 0.4, 0.6, 1], [0, 0.5, np.nan, 0.5, 1], marker="o")
    overlay.plot([2], [2], linestyle="", marker="s")
    svg = overlay.svg("x")
    assert len(re.findall(r"M[\d.]+ [\d.]+L", svg)) == 2
    assert svg.count("a3.5 3.5") == 8  # four circles of two arcs, and none at the gap or outside


def test_thinning_keeps_the_shape():
    """No point strays from what is left of its line by more than the tolerance: not at a turn, a jump, or standing still."""
    rng, t = np.random.default_rng(0), np.linspace(0, 6, 400)
    curve, straight = np.column_stack([50 * t, 100 * np.sin(t)]), np.column_stack([t, 2 * t])
    assert len(_thin(curve)) < 100 and len(_thin(straight)) == 2
    there_and_back = np.column_stack([np.abs(np.linspace(-9, 9, 99)), np.zeros(99)])
    for way in (curve, straight, there_and_back, np.cumsum(rng.normal(size=(200, 2)), 0), np.repeat([[1.0, 1], [5, 5], [5, 9]], 5, 0)):
        kept = np.array(_thin(way))
        a, d = kept[:-1], np.diff(kept, axis=0)
        for point in way:
            u = np.clip(((point - a) * d).sum(1) / np.maximum((d**2).sum(1), 1e-30), 0, 1)
            assert np.hypot(*(a + u[:, None] * d - point).T).min() <= 0.05 + 1e-9


# What is on the screen, and what is prepared


def screen(stops):
    """The stop that Python has put on the screen."""
    return re.search(r'<div class="eta-screen">(.*)<!-- round', stops.screen.value)[1]


def prepared(stops):
    """What the browser finds in the store: the pictures of the controls as they stand, and of the last drawing of everything."""
    now = f"{','.join(map(str, stops.at[stops.instant :]))}/{re.search(r'<!-- round [0-9,]*/([0-9]+)', stops.screen.value)[1]}"
    return dict(re.findall(rf'<template data-stop="([^"]*)" data-round="{now}">(.*?)</template>', stops.store.value))


def shelves(stops):
    """What stands on the shelves: (round, stop) -> (the layer under it, the picture)."""
    found = {}
    for shelf in (one for one in stops.layer.children if "eta-shelf" in one._dom_classes and one.value):
        [(name, under, stop, round_, picture)] = re.findall(
            r'<template data-under="(.*?)">(.*?)</template><template data-stop="(.*?)" data-round="(.*?)">(.*?)</template>', shelf.value
        )
        assert name == round_
        found[round_, stop] = under, picture
    return found


def numbered(*counts):
    """Sliders with so many stops each, all at their first."""
    return [stops_slider(list(range(n)), 0, str, "h", "tip") for n in counts]


@pytest.fixture
def quick(monkeypatch):
    """Rests and pauses of a few milliseconds."""
    for name, seconds in (("QUIET_SECONDS", 0.03), ("SOON_SECONDS", 0.0), ("PAUSE_SECONDS", 0.0)):
        monkeypatch.setattr(ahead_module, name, seconds)
    monkeypatch.setattr("explorers.widgets.stops.QUIET_SECONDS", 0.03)
    monkeypatch.setattr("explorers.widgets.stops.PAUSE_SECONDS", 0.0)


async def until(there):
    """Wait until `there()`; a test that waits for what never comes ends with its own message."""
    for _ in range(2000):
        if there():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come within ten seconds")


def test_refilling_draws_the_visible_stop_first_and_the_last_state_everywhere(quick):
    state, log = {"x": 0}, []
    [slider] = numbered(20)
    slider.index = 7
    stops = Stops([slider], 1, lambda at: log.append((*at, state["x"])) or f"{at[0]} at {state['x']}")

    async def drag():
        log.clear()
        for state["x"] in (1, 2, 3):
            stops.refill()
        slider.index = 15  # faster than the filling
        seen = list(log)
        assert prepared(stops) == {}  # what is in the store is of another round
        await until(lambda: prepared(stops))
        return seen

    assert asyncio.run(drag()) == [(7, 1), (7, 2), (7, 3), (15, 3)]  # nothing but the visible stop while the reader drags
    assert prepared(stops) == {str(i): f"{i} at 3" for i in range(20)}
    assert {x for _, x in log[3:]} == {3}  # what is stale is never drawn
    assert len(log) == 22  # and nothing twice


def test_what_may_be_asked_next_is_computed_in_the_spare_time_and_only_for_the_last_state(quick):
    log, spare = [], SpareTime()

    async def rest():
        for state in (1, 2):
            spare.use([lambda s=state, i=i: log.append((s, i)) for i in range(3)])
        assert log == []
        await until(lambda: len(log) == 3)

    asyncio.run(rest())
    assert log == [(2, 0), (2, 1), (2, 2)]
    spare.use([lambda: log.append("no kernel, no spare time")])
    assert len(log) == 3


def test_without_a_kernel_all_stops_are_filled_at_once_and_nothing_ahead():
    controls, log = numbered(3, 2), []
    stops = Stops(controls, 1, lambda at: f"{at}", ahead=log.append)
    stops.layer.children[2].click()  # the script is there
    controls[1].index = 1
    assert prepared(stops) == {str(i): f"({i}, 1)" for i in range(3)}
    assert shelves(stops) == {} and log == []


def test_python_draws_the_steps_only_while_no_script_does():
    log, [slider] = [], numbered(3)
    slider.index = 1
    stops = Stops([slider], 1, lambda at: log.append(at[0]) or f"picture {at[0]}")
    slider.index = 2
    assert screen(stops) == "picture 2"
    stops.layer.children[-1].click()  # what the script does first
    before = stops.screen.value
    slider.index = 0
    assert stops.screen.value == before
    stops.refill()
    first = stops.screen.value
    assert screen(stops) == "picture 0"
    stops.refill()  # what Python puts there is news even where the words are the same: the script may have changed the screen
    assert stops.screen.value != first and screen(stops) == "picture 0"
    assert sorted(log) == sorted(3 * [0, 1, 2])  # each stop once a state
    slider.index, before = 1, stops.screen.value
    stops.layer.children[-1].click()  # the script misses a picture: what it was sent, it has not got
    assert stops.screen.value != before and screen(stops) == "picture 1"


def test_two_instant_controls_have_a_stop_for_each_pair():
    first, second = stops_slider([1, 2], 1, str, "h", "tip"), toggle([("a", 0), ("b", 1)], 1, "sign", "tip")
    stops = Stops([first, second], 2, lambda at: "{}{}".format(*at))
    assert prepared(stops) == {"0,0": "00", "0,1": "01", "1,0": "10", "1,1": "11"}
    assert screen(stops) == "01"
    second.index = 0
    assert screen(stops) == "00"


def test_a_preset_draws_once_and_begins_once():
    log, begun = [], []
    stops = Stops(numbered(2, 5, 5), 1, lambda at: f"{at}", lambda at: log.append(at) or "under", lambda: begun.append(1))
    log.clear()
    stops.set((1, 3, 4))
    assert log == [(0, 3, 4)] or log == [(1, 3, 4)]
    assert screen(stops) == "(1, 3, 4)" and len(begun) == 1


def ahead_of(counts, draw=lambda at: f"picture {at}", start=(), **also):
    """Stops of controls with so many values, the first instant, and its script on the page."""
    controls = numbered(*counts)
    for control, index in zip(controls, start):
        control.index = index
    return controls, Stops(controls, 1, draw, lambda at: f"under {at[1:]}", ahead=lambda at: None, **also)


def test_states_one_control_away_are_on_shelves_and_a_step_to_one_draws_nothing(quick):
    controls, stops = ahead_of((3, 5, 2), start=(1, 2, 0))

    async def step():
        stops.layer.children[2].click()
        await until(lambda: len(shelves(stops)) == 5)
        seen, before = shelves(stops), stops.screen.value
        controls[1].index = 3
        assert stops.screen.value == before, "the script has shown it"
        await until(lambda: ("3,1/0", "1") in shelves(stops) and ("3,0/0" in stops.store.value))
        controls[0].index = 2
        assert stops.screen.value == before
        await until(lambda: ("4,0/0", "2") in shelves(stops))  # an instant step is a state with neighbours too
        return seen

    seen = asyncio.run(step())
    wanted = [(0, 0), (1, 0), (3, 0), (4, 0), (2, 1)]
    assert seen == {(f"{a},{b}/0", "1"): (f"under ({a}, {b})", f"picture (1, {a}, {b})") for a, b in wanted}


def test_where_a_control_goes_is_prepared_first_and_shelves_are_few(quick):
    drawn = []
    controls, stops = ahead_of((2, 99, 99), lambda at: drawn.append(at) or f"{at}", start=(0, 50, 50))

    async def walk():
        stops.layer.children[2].click()
        for index in (51, 52, 53):
            drawn.clear()
            controls[1].index = index
            wanted = {(0, index + 4, 50), (0, index, 49)}
            await until(lambda wanted=wanted: wanted <= set(stops.ahead.states))
        ahead = {a for _, a, b in stops.ahead.states if b == 50}
        again = [at for at in drawn if at[0] == 0 and at[2] == 50 and at[1] < 57]
        controls[1].index = 20  # a jump: no shelf has it
        assert screen(stops) == "(0, 20, 50)"
        await until(lambda: (0, 19, 50) in stops.ahead.states)
        return ahead, again

    ahead, again = asyncio.run(walk())
    assert ahead >= {51, 52, 53, 54, 55, 56, 57}, "four ahead, two back, and the one on the screen"
    assert again == [], "what stands on a shelf is not drawn again"
    assert len(shelves(stops)) == SHELVES


def test_what_is_drawn_again_takes_nothing_from_a_shelf(quick):
    """As after the cell of a function that the picture shows: all shelves are of another round."""
    f = {"is": "old"}
    controls, stops = ahead_of((2, 3), lambda at: f"{f['is']} {at}", start=(0, 1))

    async def change():
        stops.layer.children[2].click()
        await until(lambda: len(shelves(stops)) == 2)
        f["is"] = "new"
        stops.refill()
        controls[1].index = 2
        assert screen(stops) == "new (0, 2)"
        assert not any(round_.endswith("/1") for round_, _ in shelves(stops))
        await until(lambda: ("1/1", "0") in shelves(stops))

    asyncio.run(change())
    assert shelves(stops)["1/1", "0"] == ("under (1,)", "new (0, 1)")


def test_slow_or_large_pictures_are_not_prepared_unasked(quick, monkeypatch):
    monkeypatch.setattr(ahead_module, "SLOW_SECONDS", -1.0)
    drawn = []
    controls, stops = ahead_of((2, 9), lambda at: drawn.append(at) or print("called") or f"{at}")
    _, large = ahead_of((1, 3), lambda at: "x" * 200_000)

    async def wait():
        drawn.clear()
        for one in (stops, large):
            one.layer.children[2].click()
        await asyncio.sleep(0.3)
        controls[1].index = 5
        await until(lambda: (1, 5) in drawn)

    asyncio.run(wait())
    assert len(drawn) == 4, "two, then what was asked for and its other stop"
    assert len(shelves(stops)) == 2 and shelves(large) == {}


def test_what_a_function_prints_ahead_is_not_shown(quick, capsys):
    controls, stops = ahead_of((1, 2), lambda at: print("called") or f"{at}")
    capsys.readouterr()

    async def wait():
        stops.layer.children[2].click()
        await until(lambda: shelves(stops))

    asyncio.run(wait())
    assert capsys.readouterr().out == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chain_explorer", "float_ruler", "mse_explorer"])
def test_what_is_ahead_in_an_explorer_is_what_a_step_would_draw(quick, name):
    """Slider, menu and toggle: the same layers to the letter, of the state that the control then has."""
    from scenes import maker

    moving, plain = Moving(maker(name)()), Moving(maker(name)())

    async def wait():
        moving._stops.layer.children[2].click()
        await until(
            lambda: (
                len(shelves(moving._stops))
                == min(SHELVES - 1, sum(len(c.options) - 1 for c in moving._stops.controls[moving._stops.instant :]))
            )
        )

    asyncio.run(wait())
    start = plain._stops.at
    for at in moving._stops.ahead.states:
        plain._stops.set(at)
        key = ",".join(map(str, at[plain._stops.instant :])) + "/0", ",".join(map(str, at[: plain._stops.instant]))
        under, picture = shelves(moving._stops)[key]
        assert picture == screen(plain._stops), at
        assert plain._stops.screen.value.startswith(f'<div class="eta-under">{under}</div>'), at
        plain._stops.set(start)


def test_the_secant_explorer_follows_its_sliders_and_presets():
    root = secant_explorer().widget
    (h, sign, x), presets = root.children[1].children, root.children[2].children[1:]
    picture = root.children[-1].children[0]

    def shown():
        return picture.value

    assert "h = 1: secant slope 14, tangent slope 6" in shown()
    h.index = [text for text, _ in h.options].index("0.1")
    assert "h = 0.1: secant slope 6.62, tangent slope 6" in shown()
    x.index = [text for text, _ in x.options].index("0.5")
    assert "x = 0.5, h = 0.1: secant slope 1.82, tangent slope 1.5" in shown()
    sign.index = 1
    assert "x = 0.5, h = −0.1: secant slope 1.22, tangent slope 1.5" in shown()
    presets[-1].click()
    assert "x = 1, h = −3: secant slope 6, tangent slope 6" in shown()


# Showing


@pytest.mark.slow
@pytest.mark.parametrize("make", [secant_explorer, microscope])
def test_a_still_picture_and_a_live_one(make, monkeypatch):
    monkeypatch.setattr(stage, "_has_kernel", lambda: True)
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda data, metadata, raw: shown.append((data, metadata)))
    explorer = make()
    live = explorer._repr_mimebundle_()
    assert set(live) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    [(bundle, metadata)] = shown
    name = f"eta-still-{explorer.widget.model_id}"
    assert name in bundle["text/html"] and f".{name} {{ display: none; }}" in explorer.widget.children[0].value
    assert 500 < metadata["image/png"]["width"] < 1000
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
    assert set(bundle) == {"image/png", "text/html", "text/plain"}
    assert b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "slope" in bundle["text/plain"]


@pytest.mark.parametrize("make", [secant_explorer, microscope])
def test_without_a_kernel_only_the_text_is_made(make):
    explorer = make()
    assert set(explorer._repr_mimebundle_()) == {"text/plain"}
    assert explorer._widget is None


@pytest.mark.slow
def test_the_still_picture_of_every_explorer_carries_its_first_controls():
    for name in explorers.__all__:
        if name == "reveal":
            continue
        explorer = getattr(explorers, name)()
        bundle, _ = still.still(name, explorer.png(), repr(explorer), explorer.widget)
        told = json.loads(zlib.decompress(b64decode(re.search('data-moves="([^"]+)"', bundle["text/html"])[1])))
        stops = re.findall('<template data-stop="([0-9,]+)" ', told["stops"])
        assert len(stops) == np.prod([len(one["texts"]) for one in told["drivers"]]) > 1, name
        assert ",".join(str(one["at"]) for one in told["drivers"]) in stops and told["stops"].startswith("<template data-under="), name
        assert len(bundle["text/html"]) + len(bundle["image/png"]) < 180_000, name


def test_the_png_is_transparent():
    import io

    from matplotlib import image

    pixels = image.imread(io.BytesIO(secant_explorer().png()))
    assert pixels.shape[2] == 4 and (pixels[..., 3] == 0).mean() > 0.5


def test_names_of_the_package():
    assert {"microscope", "reveal", "secant_explorer"} <= set(explorers.__all__)
    for name in explorers.__all__:
        assert importlib.util.find_spec(f"explorers.{name}") is None, "the import system would put the module in its place"
        assert callable(getattr(explorers, name))
    with pytest.raises(AttributeError, match="secant_explorer"):
        explorers.no_such_name  # noqa: B018


def test_import_is_light():
    code = "import sys, explorers; print([m for m in ('numpy', 'matplotlib', 'ipywidgets', 'autograder') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


# Predictions


def test_reveal():
    answers = {"steeper": "Yes: 6.62 against 6.", "flatter": "Look at the picture again."}
    for empty in (None, ..., ""):
        assert "set prediction to 'steeper' or 'flatter'" in repr(reveal(empty, answers))
    assert repr(reveal(" Steeper ", answers)) == "You predicted 'steeper'. Yes: 6.62 against 6."
    assert "Did you mean 'steeper'?" in repr(reveal("steper", answers))
    assert "not one of the choices" in repr(reveal(42, answers))
    assert "&lt;" in reveal("<b>", answers)._repr_html_()


# Words above, markers in hand


def test_two_numbers_are_shown_and_the_rest_is_folded():
    cells = [(None, "h", "0.5"), (("#D55E00", "--"), "slope", "9.5"), (None, "≈ error", "3.5"), (None, "d", "<3>")]
    html = ET.fromstring(f"<div>{stage.readout(cells, 'The slope is 9.5, not 19.5 or 9.55.', ('error', 'slope'))}</div>")
    shown, folded = html.find("div/div"), html.find("div/details")
    assert [cell.find("span").text for cell in shown] == ["≈ error", "slope"]
    assert [cell.find("span").text for cell in folded.find("div")] == ["h", "d"] and folded.find("summary").text == "more numbers"
    live = [(e.text, e.get("style")) for e in html.find("p")]
    assert live == [("9.5", "text-decoration: underline 2.5px dashed #D55E00")], (
        "only the number itself is underlined, as its line is drawn"
    )
    assert "".join(html.find("p").itertext()) == "The slope is 9.5, not 19.5 or 9.55."
    assert "<details" not in stage.readout(cells[:2], "x")


def test_the_two_numbers_of_every_scene_are_its_own():
    from scenes import SCENES

    for name, scene in SCENES.items():
        known = [cell[1].removeprefix("≈ ") for cell in scene.describe().cells]
        assert len(scene.shown) in (0, 2) and set(scene.shown) <= set(known), name


def test_a_handle_is_where_its_marker_is_and_only_in_a_live_picture():
    from explorers.drawing.chart import new_figure
    from explorers.drawing.overlay import handle

    overlay, ax = Overlay(LOG), LOG.axes(new_figure(360, 280))
    handle(overlay, 0.1, 1e-2)
    handle(overlay, 100, 1e-2)  # outside the axes
    handle(ax, 0.1, 1e-2)
    circles = [e for e in ET.fromstring(overlay.svg("a")).iter() if e.get("class") == "eta-handle"]
    (x,), (y,) = LOG.to_pixels([0.1], [1e-2])
    assert [(float(c.get("cx")), float(c.get("cy"))) for c in circles] == [(pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))]
    assert not ax.patches and not ax.lines


@pytest.mark.parametrize(
    "name",
    ["secant_explorer", "compass_explorer", "landscape_explorer", "index_explorer", "layout_explorer", "eta_explorer", "mse_explorer"],
)
def test_the_handle_moves_with_the_first_control(name):
    from scenes import SCENES

    scene = SCENES[name]
    first = scene.controls[0]
    places = set()
    for value in first.values:
        root = ET.fromstring(f"<div>{scene.stop({**scene.start, first.name: value})}</div>")
        places |= {tuple((e.get("cx"), e.get("cy")) for e in root.iter() if e.get("class") == "eta-handle")}
    assert len(places) >= min(6, len(first.values) / 3)
