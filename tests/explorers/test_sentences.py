"""Every sentence under a picture is true: its own predicate, written beside it, is evaluated where the controls can bring a reader.

`make thorough` walks every state (all stops, all entries of the menus, all presets); a plain run the presets and some states of each explorer,
other ones at each commit.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import seeds
from scenes import SCENES

import explorers
from explorers.gallery import adam, chain, checkpoint, differential, eigen, microscope, momentum_map, product, secant, secant_drawing
from explorers.gallery.microscope_words import sentence as of_close_up
from explorers.inputs.slopes import slope_at
from explorers.widgets.scene import Control, Description, Scene
from explorers.widgets.told import Told, told

SOME = 60  # states of each explorer in a plain run


def states(scene: Scene):
    """All that the controls of a scene reach, or some of it, and where its buttons lead."""
    names, values = [c.name for c in scene.controls], [c.values for c in scene.controls]
    total = math.prod(map(len, values))
    chosen = range(total) if seeds.MANY or total <= SOME else np.random.default_rng(seeds.one()).choice(total, SOME, replace=False)
    for number in chosen:
        yield dict(zip(names, (v[i] for v, i in zip(values, np.unravel_index(int(number), [len(v) for v in values])))))
    yield from ({**scene.start, **preset.state} for preset in scene.presets)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_every_sentence_is_true_where_it_is_said(name):
    false = [(words.sentence, state) for state in states(SCENES[name]) if not (words := SCENES[name].describe(**state)).told.holds()]
    assert not false, (len(false), false[:3])


def test_every_sentence_of_the_secant_is_true():
    for f, prime in (
        (secant.cubic, secant.cubic_prime),
        (np.sin, np.cos),
        (lambda x: 3 * x + 1, None),
        (np.abs, None),
        (lambda x: np.abs(x) ** 1.5, None),
    ):
        steps = secant.scene(f, prime).controls[0].values
        for x, h, sign in itertools.product(np.round(np.arange(-1.5, 1.51, 0.05 if seeds.MANY else 0.25), 10), steps, secant.SIGNS):
            said = secant_drawing.sentence(secant_drawing.secant(f, float(x), float(sign * h), slope_at(f, float(x), prime)), f)
            assert said.holds(), (said.words, x, sign * h)


def test_every_sentence_of_the_microscope_is_true():
    own = (("10 x² at 0", lambda x: 10 * x**2, 0.0), ("sin at 2", np.sin, 2.0), ("a tiny corner", lambda x: x**3 + 0.2 * np.abs(x), 0.0))
    for (name, f, x), zoom in itertools.product((*microscope.MENU, *own), microscope.ZOOMS):
        said = of_close_up(f, microscope.close_up(f, x, zoom))
        assert said.holds(), (said.words, name, zoom)


OWN = {
    "eta": lambda: explorers.gallery.eta.own_scene(np.cos, None, 1.0, 0.5),
    "eta, far": lambda: explorers.gallery.eta.own_scene(lambda x: x**3, lambda x: 3 * x**2, 1.0, 0.4),
    "compass": lambda: explorers.gallery.compass.scene(0, lambda x: x[0] ** 3 - x[0] * x[1], x=(1.0, 0.5)),
    "compass, corner": lambda: explorers.gallery.compass.scene(0, lambda x: abs(x[0]) + x[1], x=(0.0, 0.5)),
    "landscape": lambda: explorers.gallery.landscape.scene(20, lambda x: np.sin(x[0]) * np.cos(x[1]), start=(0.4, 0.3), eta=0.5),
    "landscape, too far": lambda: explorers.gallery.landscape.scene(20, lambda x: x[0] ** 4 + x[1] ** 2, start=(2.0, 1.0), eta=0.2),
    "index": lambda: explorers.gallery.index.scene(f=lambda X: X.T @ X, X=[[0.3, 1.0, -0.4], [2.0, 0.1, 0.7]]),
    "order": lambda: explorers.gallery.order.own_scene([[], [0], [0, 1], [2], [1, 3]]),
    "step": lambda: explorers.gallery.step_error.scene(f=np.tanh, x=0.4),
    "step, abs": lambda: explorers.gallery.step_error.scene(f=np.abs, x=-2.0),
    "slices": lambda: explorers.gallery.slices.scene(f=lambda x: x[0] ** 2 * x[1] + np.sin(x[1])),
    "map": lambda: explorers.gallery.linear_map.scene(f=lambda x: [x[0] * x[1], np.sin(x[0])]),
    "mse": lambda: explorers.gallery.mse.scene(x=[0.0, 1, 2, 5], y=[1.0, 3, 2, 8]),
    "valley": lambda: explorers.gallery.valley.scene(A=[[2.0, 1.0], [1.0, 3.0]]),
    "depth": lambda: explorers.gallery.depth.scene(12, np.sin),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", OWN)
def test_what_is_said_of_a_learners_own_function_is_true(name):
    scene = OWN[name]()
    false = [(words.sentence, state) for state in states(scene) if not (words := scene.describe(**state)).told.holds()]
    assert not false, (len(false), false[:3])


def test_a_sentence_without_a_predicate_is_not_built():
    with pytest.raises(TypeError, match="has no predicate"):
        Description((), (), "It falls.")
    with pytest.raises(TypeError, match="needs a predicate"):
        told("It falls.", None)
    with pytest.raises(TypeError, match="without a predicate"):
        told("It falls. ", lambda: True) + "And falls."


def test_a_false_sentence_is_found():
    scene = Scene(
        "x", [Control("a", "a", "a", (1, 2, 3), 1)], (), None, lambda a: Description((), (), told("a is odd", lambda: a % 2 == 1))
    )
    assert [state["a"] for state in states(scene) if not scene.describe(**state).told.holds()] == [2]
    both = Told("left ", lambda: True) + Told("right", lambda: False)
    assert both.words == "left right" and not both.holds()


def sentences(explorer):
    """(state, sentence) for every state that the controls of an explorer reach; a state is a dict by the controls' names."""
    scene = explorer.scene()
    for values in itertools.product(*(control.values for control in scene.controls)):
        state = dict(zip((control.name for control in scene.controls), values))
        yield state, scene.describe(**state).sentence


def test_the_growing_rectangle_says_only_what_its_parts_do():
    told = set()
    for state, said in sentences(product):
        h, x, pair = state["h"], state["x"], state["pair"]
        s, smaller = product.grow(pair, x, h), product.grow(pair, x, h / 10)
        strips = abs(s.right) + abs(s.top)
        told.add(said[:12])
        if said.startswith("There is no corner"):
            assert (s.df == 0 or s.dg == 0) and (s.right == 0 or s.top == 0)
        elif said.startswith("The parts cancel"):
            assert pair.f(x) * pair.g(x) == pytest.approx(pair.f(x + h) * pair.g(x + h), rel=1e-9)
        elif said.startswith("The strips, over h, make up most"):
            assert abs(smaller.corner) / smaller.h < 0.5 * abs(s.corner) / h, state
            assert abs((s.right + s.top) / h - s.limit) < 0.5 * max(abs(s.limit), strips / h), state
        elif said.startswith("All of it, over h, is not near"):
            assert s.change / h != pytest.approx(s.limit, rel=0.05), state
        elif said.startswith("Hardly any corner"):
            assert s.change / h == pytest.approx(s.limit, abs=0.05 * strips / h), state
    assert len(told) == 5


def test_the_chain_says_only_what_its_links_do():
    told = set()
    for state, said in sentences(chain):
        h, x, link = state["h"], state["x"], state["link"]
        u, quotient = link.g(x), (link.f(link.g(x + h)) - link.f(link.g(x))) / h
        slope = np.imag(link.f(link.g(x + 1e-30j))) / 1e-30
        told.add(said[:22])
        if "ends where it began" in said:
            assert link.g(x + h) == u and quotient == 0
        elif "dy/h tends to 0" in said:
            assert slope == 0
        elif said.startswith("dy/h is close"):
            assert quotient == pytest.approx(slope, rel=0.1)
            assert ("the dotted line takes" in said.lower()) == (abs(link.fprime(x) - link.fprime(u)) > 0.1 * abs(link.fprime(u)))
        else:
            du = link.g(x + h) - u
            assert du / h * ((link.f(u + du) - link.f(u)) / du) == pytest.approx(quotient) and abs(quotient - slope) > 0.1 * abs(slope)
    assert len(told) >= 4


@pytest.mark.slow
def test_adam_says_who_is_ahead():
    for state, said in sentences(adam):
        eta, kappa, angle = state["eta"], state["kappa"], state["angle"]
        mine, ball = (adam.losses(path, kappa, angle) for path in (adam.adam_path(eta, kappa, angle), adam.ball_path(kappa, angle)))
        first = [next((k for k in range(len(loss)) if np.all(loss[k:] < adam.GOAL)), None) for loss in (mine, ball)]
        if said.startswith("Adam does not arrive"):
            assert first[0] is None
        elif said.startswith("Along the axes"):
            others = [adam.arrives(adam.losses(adam.adam_path(eta, k, 0), k, 0)) for k in adam.KAPPAS]
            assert max(others) - min(others) <= 1, state
        elif said.startswith("The valley is turned"):
            assert angle > 0 and first[1] < first[0]
        else:
            assert first[0] <= first[1]


def test_checkpoints_say_what_would_hold_less():
    told = set()
    for state, said in sentences(checkpoint):
        n, keep = state["n"], min(state["keep"], state["n"])
        held = checkpoint.cost(n, keep)[0]
        told.add(said[-20:])
        if said.startswith("Everything"):
            assert keep == 1 and held == n
        elif said.startswith("No other"):
            assert held == min(checkpoint.cost(n, min(k, n))[0] for k in checkpoint.KEEPS)
        elif "farther apart" in said:
            assert any(checkpoint.cost(n, more)[0] < held for more in range(keep + 1, n + 1)) and 2 * -(-n // keep) >= held
        else:
            assert any(checkpoint.cost(n, less)[0] < held for less in range(1, keep)) and 2 * keep >= held
    assert len(told) == 4


def test_the_differential_explorer_says_which_formula_closes_in():
    told = set()
    for state, said in sentences(differential):
        dA = differential.DIRECTIONS[state["direction"]]
        off, habit = differential.distances(state["function"], differential.A_, dA, state["t"])
        closer, still = differential.distances(state["function"], differential.A_, dA, state["t"] / 2)
        told.add(said[:5])
        if said.startswith("Here both"):
            assert off == pytest.approx(habit, rel=1e-6, abs=1e-9)
        elif said.startswith("One formula"):
            assert closer < 0.7 * off and still > 0.7 * habit
    assert told == {"Here ", "One f", "t is "}


def test_the_eigen_explorer_names_an_eigenvector_only_where_there_is_one():
    for state, said in sentences(eigen):
        A, v = eigen.MATRICES[state["matrix"]], eigen.unit(state["angle"])
        along = abs(v[0] * (A @ v)[1] - v[1] * (A @ v)[0]) < 1e-9
        assert along == ("is an eigenvector" in said or "round bowl" in said), state
        if "round bowl" in said:
            assert np.allclose(A, A[0, 0] * np.eye(2))
        if "points exactly backward" in said:
            assert v @ A @ v < 0


@pytest.mark.slow
def test_the_momentum_map_names_the_slower_end_and_what_helps():
    told = set()
    for state, said in sentences(momentum_map):
        eta, beta, kappa = state["eta"], state["beta"], state["kappa"]

        def worst(eta, beta, kappa=kappa):
            return max(np.abs(np.linalg.eigvals([[1 + beta - s, -beta], [1.0, 0.0]])).max() for s in (eta / kappa, eta))

        now = worst(eta, beta)
        told.add(said[:13])
        if "flies off" in said:
            assert now > 1 and eta > 2 * (1 + beta)
        elif "never dies out" in said:
            assert now == pytest.approx(1, abs=1e-6)
        elif "between the green lines" in said:
            assert now == pytest.approx(np.sqrt(beta), abs=1e-6)
            # where both ends stand clear of the lines, a smaller β is faster
            if all((1 + beta - s) ** 2 < 4 * beta - 1e-3 for s in (eta, eta / kappa)):
                assert worst(eta, beta - 1e-5) < now
        elif said.startswith("Both ends"):
            assert min(worst(eta * 1.001, beta), worst(eta * 0.999, beta)) > now > worst(eta, beta + 1e-4), state
        else:
            better = 1.001 if said.startswith("The floor") else 0.999
            assert worst(eta * better, beta) < now + 1e-9 and worst(eta, beta + 1e-4) < now + 1e-9, state
    assert len(told) >= 4
