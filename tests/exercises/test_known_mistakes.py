"""What each known mistake leads to: a panel that fits on a screen, and a line that opens an explorer at exactly the failing input."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache

import numpy as np
import pytest
from reference import namespace

import explorers
from autograder.engine.messages import to_text
from autograder.engine.report import Status
from autograder.engine.runner import PUBLIC_SEED, run, transcribe
from autograder.engine.show import view_text
from autograder.exercises import exercises
from autograder.learner.counterexample import explorer_of, offer
from autograder.shared.answer import LocalAnswer
from autograder.shared.functions import Function

pytestmark = pytest.mark.slow
DRAWN = [e for e in exercises().values() if e.make_view is not None]
COMMON = {"secant_explorer", "microscope", "step_error_explorer", "slices_explorer", "compass_explorer", "landscape_explorer"}


@cache  # several tests look at them
def counterexamples(name: str) -> list[tuple]:
    """(mistake, report, the runner's failing calls, what is offered) for every known mistake of an exercise, on the public cases."""
    exercise = exercises()[name]
    names, found = namespace(exercise.lesson) | exercise.stand_ins, []
    known = transcribe(exercise, LocalAnswer(namespace(exercise.lesson)[name], names), PUBLIC_SEED)  # draws the cases once
    for mistake in exercise.mistakes:
        failing = {}
        report = run(exercise, LocalAnswer(mistake.function, names), failing=failing, transcript=known)
        found.append((mistake, report, failing, offer(exercise, report, failing)))
    return found


def _float(text: str):
    try:
        return float(text.replace("\u2212", "-"))
    except ValueError:
        return text


def start_of(view) -> dict:
    """The read-out of the state in which the view's line opens: what is on the live widget's screen."""
    html = next(w.value for w in _all(explorer_of(view).widget) if "eta-picture" in w._dom_classes)
    return {name: _float(text) for name, text in re.findall(r"<span>(.*?)</span><b>(.*?)</b>", html)}


def _all(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


@pytest.mark.parametrize("exercise", exercises().values(), ids=lambda e: e.name)
def test_every_mistake_is_rejected_under_its_name(exercise):
    """On the cases that learners see; one in three and one in five at seeds of the run in tests/gate and test_corpus, all at a hundred in `make thorough`."""
    for mistake, report, *_ in counterexamples(exercise.name):
        assert report.status is not Status.ERROR, (mistake.name, report.detail)
        assert report.points < exercise.points, mistake.name
        assert report.mistake == mistake.name, (mistake.name, report)


@pytest.mark.parametrize("exercise", exercises().values(), ids=lambda e: e.name)
def test_every_panel_fits_on_a_screen_and_says_nothing_twice(exercise):
    """No longer than a screen, no line too long to read, no sentence twice, nothing the same on both sides."""
    for mistake, report, *_ in counterexamples(exercise.name):
        text = to_text(report)
        lines = text.splitlines()
        where = f"{exercise.name}, {mistake.name}:\n{text}"
        assert len(lines) <= 45 and max(map(len, lines)) <= 230, where
        told = [line.strip() for line in lines if line.strip().endswith(".") and len(line) > 40 and "array" not in line]
        assert len(told) == len(set(told)), where
        first = report.first_miss
        assert not first or not first.given or first.given != first.wanted, where


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda e: e.name)
def test_every_mistake_leads_to_a_line_that_opens(exercise):
    """One line of Python, its values exact: evaluating it gives back the arguments of the failing call."""
    shown = set()
    for mistake, _, failing, one in counterexamples(exercise.name):
        assert failing, mistake.name
        for call in (call for calls in failing.values() for call in calls):
            exercise.make_view(*call)  # may say None, must not raise
        if one is None:
            continue
        assert one.view.explorer in explorers.__all__ and "\n" not in one.line and "..." not in one.line, one.line
        call = ast.parse(one.line, mode="eval").body
        assert isinstance(call, ast.Call) and call.func.id == one.view.explorer
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        for node, value in zip(given, one.view.arguments.values()):
            back = eval(ast.unparse(node), {"np": np})
            if isinstance(value, Function):
                assert ast.unparse(node) == ast.unparse(ast.parse(value.source, mode="eval").body)
            else:
                assert np.array_equal(back, value) if isinstance(value, np.ndarray) else back == value
        if one.line not in shown and len(shown) < 4:
            shown.add(one.line)
            assert len(repr(explorer_of(one.view)).splitlines()) >= 2
    assert shown, "no known mistake of this exercise leads to its explorer"


def oracle(view) -> dict[str, float]:
    """What NumPy, and nothing of ours, says of the arguments: numbers that the read-out must show."""
    a = {name: eval(value.source, {"np": np}) if isinstance(value, Function) else value for name, value in view.arguments.items()}
    f = a.get("f")
    if view.explorer == "secant_explorer":
        f, x, h = f or (lambda x: 2 * x**3 + 5), a["x"], a.get("h", 1.0)
        return {"h": h, "secant slope": (f(x + h) - f(x)) / h}
    if view.explorer == "microscope":
        x, h = a["x"], a.get("h", 1.0)
        return {"h": h, "slope, left": (f(x) - f(x - h)) / h, "slope, right": (f(x + h) - f(x)) / h}
    if view.explorer == "step_error_explorer":
        f, x, h = f or (lambda x: np.exp(x) * np.sin(x)), a["x"], a.get("h", 0.1)
        if a.get("format") == "float32":
            x, h = np.float32(x), np.float32(h)
        slope = {
            "forward": lambda s: (f(x + s) - f(x)) / s,
            "central": lambda s: (f(x + s) - f(x - s)) / (s + s),
            "complex step": lambda s: np.imag(f(x + 1j * s)) / s,
        }
        slope["Richardson"] = lambda s: (4 * slope["central"](s / 2) - slope["central"](s)) / 3
        return {"h": float(f"{h:.3g}"), "slope": float(slope[a["formula"]](h))}
    if view.explorer == "slices_explorer":
        f, x, z, h = f or (lambda x: 4 * x[0] ** 4 * x[1] ** 3), a["x"], a["z"], a.get("h", 0.2)
        here = f(np.array([x, z]))
        return {"h": h, "secant along x": (f(np.array([x + h, z])) - here) / h, "secant along z": (f(np.array([x, z + h])) - here) / h}
    if view.explorer == "compass_explorer":
        x, v = np.array(a["x"], dtype=float), np.array(a.get("v", [1.0, 0.0]))
        s = 1e-6 * (1 + np.abs(x).max())
        return {"slope along v": (f(x + s * v / np.hypot(*v)) - f(x - s * v / np.hypot(*v))) / (2 * s)}
    assert view.explorer == "landscape_explorer"
    theta = np.array(a["start"], dtype=float)
    for _ in range(a.get("step", 20)):
        if np.abs(theta).max() > 1e3 + np.abs(a["start"]).max():
            break
        theta = theta - a["eta"] * a["gradient"](theta)
    return {"x": theta[0], "z": theta[1], "η": a["eta"]}


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda e: e.name)
def test_the_explorer_stands_at_the_failing_input(exercise):
    lines = {}
    for *_, one in counterexamples(exercise.name):
        if one is not None:
            lines.setdefault(one.line, one.view)
    for view in list(lines.values())[:3]:
        told, a = start_of(view), view.arguments
        if view.explorer in COMMON:
            for name, value in oracle(view).items():
                # a difference of our own is measured with about ten digits, the read-out has at least four
                assert told[name] == pytest.approx(value, rel=2e-3, abs=1e-4 * (1 + abs(value))), (view_text(view), name, told)
        elif view.explorer == "linear_map_explorer":
            f, x = eval(a["f"].source, {"np": np}), np.array(a["x"])
            det = np.linalg.det(np.array([(f(x + s) - f(x - s)) / 2e-5 for s in 1e-5 * np.eye(2)]))
            assert told["≈ det J"] == pytest.approx(det, rel=1e-3)
        elif view.explorer == "valley_explorer":
            curved = np.linalg.eigvalsh(a["A"])
            assert told["κ"] == pytest.approx(curved[-1] / curved[0], rel=1e-3) and told["β"] == a.get("beta", 0)
            assert told["edge 2(1 + β)/λₘₐₓ"] == pytest.approx(2 * (1 + a.get("beta", 0)) / curved[-1], rel=1e-3)
            assert told["η"] == pytest.approx(a.get("eta", 0.5 / curved[-1]), rel=1e-3)
        elif view.explorer == "mse_explorer":
            residual = np.array(a["y"]) - a["theta"][0] - a["theta"][1] * np.array(a["x"])
            assert told["loss"] == pytest.approx(np.mean(residual**2), rel=1e-3) and (told["θ₀"], told["θ₁"]) == pytest.approx(
                a["theta"], rel=1e-3
            )
        elif view.explorer == "index_explorer":
            f, X = eval(a["f"].source, {"np": np}), np.array(a["X"], dtype=float)
            assert told["shape of G"] == str(np.shape(f(X)) + X.shape)
            moved = [np.abs(np.imag(f(X + 1e-30j * e.reshape(X.shape)))) > 1e-45 for e in np.eye(X.size)]
            assert told["zeros in G"] == f"{int(np.sum(~np.array(moved)))} of {np.size(f(X)) * X.size}"
        elif view.explorer == "order_explorer":
            assert told["true"] == pytest.approx(_leaf_gradients(**a), abs=1e-3) if isinstance(told["true"], float) else True
        elif view.explorer == "checkpoint_explorer":
            sizes = [min(a["keep"], a["n"] - start) for start in range(0, a["n"], a["keep"])]
            assert told["held at once, at most"] == max(before + size for before, size in enumerate(sizes))
            assert told["layers evaluated"] == a["n"] + sum(size - 1 for size in sizes)
        elif view.explorer == "differential_explorer":
            A, dA, step = a["A"], a["dA"], a["t"]
            measured = ((A + step * dA) @ (A + step * dA) - A @ A) / step
            assert told["2A dA is off by"] == pytest.approx(np.linalg.norm(measured - 2 * A @ dA), rel=5e-3, abs=1e-6)
        elif view.explorer == "momentum_map_explorer":
            size = np.abs(np.linalg.eigvals([[1 + a["beta"] - a["eta"], -a["beta"]], [1, 0]])).max()
            assert told["walls: a step leaves"] == pytest.approx(size, rel=1e-3) == told["floor: a step leaves"]
        elif view.explorer == "product_explorer":
            f, g = (eval(a[name].source, {"np": np}) for name in ("f", "g"))
            x, h = a["x"], 0.5
            assert told["all of it, over h"] == pytest.approx((f(x + h) * g(x + h) - f(x) * g(x)) / h, rel=1e-3, abs=1e-6)
            assert told["≈ slope of f·g"] == pytest.approx(np.imag(f(x + 1e-30j) * g(x + 1e-30j)) / 1e-30, rel=1e-3, abs=1e-6)
        elif view.explorer == "chain_explorer":
            f, g = (eval(a[name].source, {"np": np}) for name in ("f", "g"))
            x, h = a["x"], 0.5
            assert told["dy/h"] == pytest.approx((f(g(x + h)) - f(g(x))) / h, rel=1e-3, abs=1e-6)
            assert told["≈ f′(u)·g′(x)"] == pytest.approx(np.imag(f(g(x + 1e-30j))) / 1e-30, rel=1e-3, abs=1e-6)
        elif view.explorer == "decay_explorer":
            etas = a["eta0"] / (1 + np.arange(400) / a["tau"]) ** a["power"]
            later = np.append(np.cumprod((1 - etas)[::-1])[::-1], 1.0)  # what the later steps leave of a push
            left = pytest.approx(5 * later[0], rel=5e-3) if 5 * later[0] > 1e-6 else "under 10⁻⁶"
            assert told["last η"] == pytest.approx(etas[-1], rel=5e-3) and told["left of the start"] == left
            assert told["from the noise"] == pytest.approx(np.sqrt(np.sum((etas * later[1:]) ** 2)), rel=5e-3)
        elif view.explorer == "layout_explorer":
            assert told["shape"] == f"({a['m']}, {a['n']})"
        else:
            assert view.explorer == "float_ruler" and told["ε of the format"] == pytest.approx(np.finfo(a["format"]).eps, rel=1e-3)


def _leaf_gradients(parents, slopes=None) -> float:
    """The gradient of the only leaf: the sum over all ways to it of the products of the slopes."""
    slopes = slopes or [[1.0] * len(mine) for mine in parents]

    def along(node):
        return 1.0 if node == 0 else sum(s * along(p) for p, s in zip(parents[node], slopes[node]))

    return along(len(parents) - 1)


def test_the_picture_of_an_exercise_imports_no_explorer():
    """The names are text: `check` must not pay for a picture that nobody opens."""
    for exercise in DRAWN:
        module = importlib.import_module(exercise.make_view.__module__)
        assert not any(
            getattr(value, "__name__", "").startswith(("explorers", "matplotlib", "ipywidgets")) for value in vars(module).values()
        )
