"""What a sentence under a picture claims, evaluated in every state that the controls of the built-in menus reach."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from explorers.gallery import (
    chain,
    compass,
    depth,
    differential,
    eigen,
    linear_map,
    minibatch,
    momentum_map,
    mse,
    product,
    step_error,
    valley,
)


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


def rates(eta: float, kappa: float, beta: float) -> tuple[float, float]:
    """What a step leaves of the distance in the long run, along the floor and across the walls: the largest eigenvalues of its matrix."""
    steps = [np.array([[1 + beta - eta * curvature, -beta], [1.0, 0.0]]) for curvature in valley.curvatures(kappa)]
    floor, walls = (max(abs(np.linalg.eigvals(step))) for step in steps)
    return floor, walls


def test_valley_names_the_slower_direction_and_what_helps():
    told = set()
    for state, said in sentences(valley):
        eta, kappa, beta = state["eta"], state["kappa"], state["beta"]
        floor, walls = rates(eta, kappa, beta)
        told.add(said[:10])
        if said.startswith("The floor sets"):
            assert floor >= walls - 1e-7
        elif said.startswith("The walls set"):
            assert walls >= floor - 1e-7
        for words, factor in ("A larger η helps", 1.01), ("A smaller η helps", 0.99):
            if words in said:
                assert max(rates(factor * eta, kappa, beta)) < max(floor, walls), (eta, kappa, beta)
        if "No other η does much better" in said:
            assert min(max(rates(factor * eta, kappa, beta)) for factor in (1.01, 0.99)) > max(floor, walls) - 1e-4, (eta, kappa, beta)
    assert {"The floor ", "The walls "} <= told


def test_a_cloud_is_one_only_when_the_path_has_arrived():
    for state, said in sentences(minibatch):
        eta, size = state["eta"], state["size"]
        loss, batches = minibatch.losses(eta, size), minibatch.M // size
        epochs = loss[1:].reshape(-1, batches).mean(axis=1)
        if said.startswith("Not there yet"):
            assert epochs[-3:].mean() < epochs[-6:-3].mean()
        elif said.startswith("A wide cloud"):
            assert epochs[-3:].mean() > 0.6 * epochs[-6:-3].mean()
        elif said.startswith("Many cheap"):
            passes = int(said.split("after ")[1].split()[0])
            assert loss[passes * batches] < 0.1 and all(loss[k * batches] >= 0.1 for k in range(1, passes))


def test_depth_says_whether_it_shrinks_or_grows():
    for state, said in sentences(depth):
        layers, activation, scale = state["layers"], state["activation"], state["scale"]
        if said.startswith("It "):
            first = depth.norms(layers, activation, scale)[0]
            assert ("shrinks" in said) == (first < 1) and ("grows" in said) == (first > 1)


def test_compass_says_does_not_change_only_where_the_slope_is_zero():
    for state, said in sentences(compass):
        angle, field = state["angle"], state["field"]
        f, gradient, point = compass.field_of(field)
        slope = np.dot(gradient(*point), [np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        if "f does not change in this direction" in said:
            assert abs(slope) < 1e-8 * np.hypot(*gradient(*point)), (angle, field)


def test_the_line_has_arrived_when_its_residuals_say_so():
    for state, said in sentences(mse):
        step, start, sign = state["step"], state["start"], state["sign"]
        if said.startswith("Arrived"):
            theta = mse.path(start, sign)[step]
            residuals = mse.PENGUINS.y - theta[0] - theta[1] * mse.PENGUINS.x
            assert ("both signs" in said) == (residuals.min() < 0 < residuals.max())


def test_patch_and_parallelogram_agree_at_their_corners_too():
    for state, said in sentences(linear_map):
        side, name, spot = state["side"], state["map"], state["spot"]
        if said.startswith("Patch and parallelogram agree"):
            one, (_, p) = linear_map.map_of(name), linear_map.point_of(name, spot)
            corners = side * np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
            image = np.transpose(one.f(*(np.array(p) + corners).T)) - one.f(*p)
            longest = side * np.linalg.norm(one.J(*p), axis=0).max()
            assert np.abs(image - corners @ one.J(*p).T).max() <= 0.1 * longest, (side, name, spot)


def test_step_error_says_only_what_the_quotient_does():
    for state, said in sentences(step_error):
        h, formula, format, function = state["h"], state["formula"], state["format"], state["function"]
        here = step_error.measure(function, h, formula, format)
        if "the quotient is exactly 0" in said:
            assert here.slope == 0
        if "the order of the formula" in said:
            falls = here.error / step_error.measure(function, h / 10, formula, format).error
            assert 0.5 < falls / 10 ** step_error.ORDER[formula] < 2
        elif "the error falls" in said:
            assert step_error.measure(function, h / 10, formula, format).error < here.error, (h, formula, format, function)
        elif "larger again" in said:
            assert step_error.measure(function, h / 10, formula, format).error >= here.error, (h, formula, format, function)
