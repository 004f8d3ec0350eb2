"""A learner's answer in the picture: drawn beside the truth, its gap told, asked under the limits of a check, and live."""

from __future__ import annotations

import asyncio
import re
from xml.etree import ElementTree

import IPython
import numpy as np
import pytest
from yours_cases import MORE_CASES, descent

from explorers.drawing.palette import PURPLE
from explorers.gallery import compass, graph, landscape, linear_map, microscope, mse, order, secant
from explorers.widgets.told import Told


class Value:
    """A node of a graph, as the lesson has it."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes, self.grad = data, list(parents), list(slopes), 0.0

    def pull(self, grad):
        return [grad * slope for slope in self.slopes]


def swept(add):
    """A backward pass over nodes in a right order that adds contributions, or puts the last in place of the others."""

    def backward(root):
        nodes, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                nodes.append(node)

        visit(root)
        root.grad = 1.0
        for node in reversed(nodes):
            for parent, part in zip(node.parents, node.pull(node.grad)):
                parent.grad = parent.grad + part if add else part

    return backward


def differences(factor):
    def slopes(f, x, h=None):
        return np.array([factor * (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5 for e in np.eye(2)]).T

    return slopes


CASES = {
    "difference_quotient": (
        secant.scene,
        lambda f, x, h: (f(x + h) - f(x)) / h,
        lambda f, x, h: f(x + h) - f(x),
        {"h": 0.5},
        "off by 4.75",
    ),
    "quotient_cubic": (
        secant.scene,
        lambda x, h: 6 * x**2 + 6 * x * h + 2 * h**2,
        lambda x, h: 6 * x**2 + 6 * x * h,
        {"h": 0.5},
        "off by 0.5",
    ),
    "secant_line": (
        secant.scene,
        lambda f, x, h: ((f(x + h) - f(x)) / h, f(x) - (f(x + h) - f(x)) / h * x),
        lambda f, x, h: ((f(x + h) - f(x)) / h, f(x)),
        {"h": 0.5},
        "off by 9.5",
    ),
    "tangent_line": (
        secant.scene,
        lambda f, fprime, x0: lambda t: f(x0) + fprime(x0) * (t - x0),
        lambda f, fprime, x0: lambda t: fprime(x0) * t,
        {"h": 0.5},
        "off by 1",
    ),
    "gradient": (compass.scene, differences(1), differences(2), {"angle": 30}, "off by 1.4"),
    "directional_derivative": (
        compass.scene,
        lambda f, x, v: (f(x + 1e-5 * v) - f(x - 1e-5 * v)) / 2e-5,
        lambda f, x, v: f(x + v) - f(x),
        {"angle": 30},
        "off by 1.68",
    ),
    "steepest_ascent_direction": (compass.scene, lambda g: g / np.linalg.norm(g), lambda g: g, {"angle": 30}, "off by 0.506"),
    "jacobian": (linear_map.scene, differences(1), lambda f, x: differences(1)(f, x).T, {}, "off by 1.44"),
    "jvp": (
        linear_map.scene,
        lambda f, x, v: (f(x + 1e-5 * v) - f(x - 1e-5 * v)) / 2e-5,
        lambda f, x, v: (f(x + 1e-5 * v) - f(x)) / 2e-5,
        {},
        "off by 0.878",
    ),
    "gradient_descent": (landscape.scene, descent(1), descent(-1), {"step": 5}, "off by 2.16"),
    "mse": (
        mse.scene,
        lambda X, y, theta: np.mean((y - X @ theta) ** 2),
        lambda X, y, theta: np.sum((y - X @ theta) ** 2),
        {"step": 2},
        "off by 32.8",
    ),
    "mse_gradient": (
        mse.scene,
        lambda X, y, theta: -2 / len(y) * X.T @ (y - X @ theta),
        lambda X, y, theta: 2 / len(y) * X.T @ (y - X @ theta),
        {"step": 2},
        "off by 9.82",
    ),
    "one_sided": (
        microscope.scene,
        lambda f, x, h: ((f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h),
        lambda f, x, h: ((f(x + h) - f(x)) / h,) * 2,
        {"zoom": 2.0},
        "off by 3",
    ),
    "backward": (graph.scene, swept(True), swept(False), {"step": 4}, "off by 0.54"),
    **MORE_CASES,
}


FRAMES = {"backward", "generalized_jacobian", "jacobian@layout"}  # what is wrong is framed, and nothing else drawn


def scene_of(name, function):
    make, *_, start, _ = CASES[name]
    function.__name__ = name.partition("@")[0]
    return make(**start, yours=function)


@pytest.mark.slow
@pytest.mark.parametrize("key", CASES)
def test_a_right_answer_lies_on_the_truth_and_a_wrong_one_is_told_its_gap(key):
    _, right, wrong, _, gap = CASES[key]
    said, name = {}, key.partition("@")[0]
    for function in (right, wrong):
        scene = scene_of(key, function)
        html = scene.stop(scene.start)
        ElementTree.fromstring(f"<div>{html}</div>")
        said[function] = scene.describe()
        assert said[function].told.holds() and (PURPLE in html or key in FRAMES and function is right), (
            "drawn in the colour that is nobody else's"
        )
        assert said[function].cells[0][1].startswith("yours: ")
    assert scene.figure() is not None
    assert said[right].sentence.startswith(f"{name} agrees") and said[right].cells[1][2] == "none"
    assert said[wrong].sentence.startswith(f"{name} gives ") and gap in said[wrong].sentence.partition(". ")[0] + " "


@pytest.mark.parametrize("name", ["difference_quotient", "gradient", "jacobian", "gradient_descent", *sorted({*MORE_CASES} - {"freeze"})])
@pytest.mark.parametrize(
    "bad, says",
    [
        (lambda *_: 1 / 0, "stops here with ZeroDivisionError: division by zero. There is nothing of yours to draw."),
        (lambda *_: "nonsense", "returns nonsense. Here"),
        (lambda *_: None, "returns None: is its return missing?"),
        (lambda *_: np.full(3, np.nan), "returns an array of shape (3,). Here"),
        (lambda *_: exit(), "stops here with SystemExit"),
    ],
    ids=["raises", "text", "nothing", "shape", "exit"],
)
def test_trouble_is_a_sentence_and_the_picture_lives_on(name, bad, says):
    scene = scene_of(name, lambda *args: bad(*args))
    without = CASES[name][0](**CASES[name][3])
    words = scene.describe()
    assert says in words.sentence and words.told.holds() and words.cells[0][2] == "not drawn"
    assert words.sentence.endswith(without.describe().sentence)
    picture = lambda html: re.sub(r'aria-label="[^"]*"|<div class="eta-readout.*', "", html)
    assert picture(scene.stop(scene.start)).split("eta-sentence")[0].count("<path") == picture(without.stop(without.start)).count("<path")


@pytest.mark.parametrize("name", ["freeze", "tangent_line"])
def test_a_number_in_place_of_a_function_is_told(name):
    words = scene_of(name, lambda *args: 3.0).describe()
    assert words.sentence.startswith(f"{name} returns a value of type float. Here a function can be drawn. ")
    assert words.told.holds() and words.cells[0][2] == "not drawn"


def test_a_backward_pass_that_stops_is_told():
    scene = scene_of("backward", lambda root: root.missing)
    assert "stops here with AttributeError" in scene.describe().sentence and scene.describe().cells[0][2] == "not drawn"
    leaves_nothing = scene_of("backward", lambda root: None)
    assert "gives 0 for the gradient of x; right is 2.5403" in leaves_nothing.describe().sentence


@pytest.mark.slow
def test_a_loop_that_never_ends_is_stopped_once_and_not_asked_again():
    calls = []

    def difference_quotient(f, x, h):
        calls.append(h)
        while True:
            pass

    scene = secant.scene(yours=difference_quotient)
    assert "did not finish: for one picture it may use 2 s of processor time" in scene.describe().sentence
    assert "did not finish" in scene.describe(h=0.1).sentence and "did not finish" in scene.describe(x=0.5).sentence
    assert len(calls) == 1


def test_it_writes_into_nothing_of_ours_and_prints_nowhere(capsys):
    def gradient(f, x, h=None):
        print("hello")
        g = differences(1)(f, x)
        x *= 0
        return g

    scene = compass.scene(yours=gradient)
    for angle in (30, 35):  # it agrees in its numbers; ours stay, and the picture says what it did to what it got
        assert "gradient changes x" in scene.describe(angle=angle).sentence and "agrees" not in scene.describe(angle=angle).sentence
    assert scene.describe(angle=30).cells[1:] == compass.scene().describe(angle=30).cells
    assert capsys.readouterr().out == ""


def test_what_it_takes_goes_by_the_names_of_the_exercise_or_its_own():
    def quotient_cubic(place, step):  # the exercise calls them x and h
        return 6 * place**2 + 6 * place * step + 2 * step**2

    assert "agrees" in secant.scene(yours=quotient_cubic).describe().sentence
    assert "agrees" in secant.scene(yours=lambda h, x: 6 * x**2 + 6 * x * h + 2 * h**2).describe().sentence
    assert "takes a, and this picture has f, fprime, x" in secant.scene(yours=lambda a, x: 1.0).describe().sentence
    with pytest.raises(TypeError, match="without brackets"):
        secant.scene(yours=3.0)


class Shell:
    """A notebook's names, and its news after each cell."""

    def __init__(self):
        self.user_ns, self.after, self.events = {}, [], self

    def register(self, _, function):
        self.after.append(function)

    def unregister(self, _, function):
        self.after.remove(function)

    def run(self, **names):
        self.user_ns.update(names)
        for function in list(self.after):
            function(None)


def test_the_picture_follows_when_the_cell_is_run_again(monkeypatch):
    shell = Shell()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    answers = []
    for body in (CASES["difference_quotient"][2], CASES["difference_quotient"][1]):
        body.__name__ = "difference_quotient"
        answers.append(body)
    shell.run(difference_quotient=answers[0])
    explorer = secant.scene(yours=answers[0], h=0.5).explorer()
    screen, store = explorer.widget.children[-1].children[:2]
    assert "off by 4.75" in screen.value
    before = screen.value
    shell.run(other=1)
    assert screen.value == before, "nothing is drawn again while the function is the same"
    shell.run(difference_quotient=answers[1])
    assert "difference_quotient agrees: 9.5" in screen.value and "off by" not in store.value
    shell.run(difference_quotient=3)
    assert "agrees" not in screen.value and "gives 4.75" in screen.value, "what is no function leaves the one that was given"


def test_an_answer_is_asked_for_the_picture_and_its_stops_and_not_for_what_may_come(monkeypatch):
    for module in ("ahead", "stops"):
        monkeypatch.setattr(f"explorers.widgets.{module}.QUIET_SECONDS", 0.0)
    calls = []

    async def rest(yours):
        explorer = secant.scene(yours=yours).explorer()
        explorer.widget.children[-1].children[2].click()  # the script is there
        calls.clear()
        await asyncio.sleep(0.3)
        return [one for one in explorer.widget.children[-1].children if "eta-shelf" in one._dom_classes]

    assert asyncio.run(rest(lambda f, x, h: calls.append(h) or (f(x + h) - f(x)) / h)) == [] and calls == []
    assert asyncio.run(rest(None)) != []


def test_other_graphs_and_landscapes_of_ones_own():
    backward = swept(False)
    backward.__name__ = "backward"
    assert "gives 12 for the gradient of w; right is 16" in order.scene(yours=backward).describe().sentence
    own = order.own_scene([[], [0, 0]], [[], [2.0, 3.0]], yours=backward)
    assert "gives 3 for the gradient of node 0; right is 5" in own.describe().sentence
    steps = descent(-1)
    steps.__name__ = "gradient_descent"
    bowl = landscape.scene(3, lambda t: t[0] ** 2 + t[1] ** 2, lambda t: 2 * t, (1.0, 0.5), 0.1, yours=steps)
    assert "gives (1.728, 0.864) for the point after 3 steps; right is (0.512, 0.256)" in bowl.describe().sentence


@pytest.mark.slow
def test_every_sentence_of_every_state_is_true():
    for name, (_, right, wrong, *_) in CASES.items():
        for function in (right, wrong):
            scene = scene_of(name, function)
            first = scene.controls[0]
            for value in first.values[:: max(1, len(first.values) // 8)]:
                words = scene.describe(**{first.name: value})
                assert isinstance(words.told, Told) and words.told.holds(), (name, value, words.sentence)
