"""A scene: every state is well-formed SVG with a text, the three faces are there, and a start must be one of the values."""

from __future__ import annotations

import re

import numpy as np
import pytest
from promises import controls, every_value_can_be_shown, has_three_faces, stops_are_well_formed
from scenes import NAMES, SCENES

import explorers
from explorers.gallery import (
    adam,
    backprop_stepper,
    bug_lab,
    chain,
    checkpoint,
    compass,
    decay,
    depth,
    differential,
    eigen,
    eta,
    float_ruler,
    graph,
    index,
    index_operations,
    jvp_vjp,
    landscape,
    layout,
    linear_map,
    memory_meter,
    minibatch,
    momentum_map,
    mse,
    order,
    product,
    ridge,
    slices,
    step_error_formulas,
    trainer,
    valley,
)
from explorers.widgets.scene import Control, Scene


def test_every_explorer_is_looked_at():
    assert {*NAMES, "reveal"} == set(explorers.__all__) and len(NAMES) == 31


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_every_stop_is_well_formed_and_says_itself(name):
    stops_are_well_formed(SCENES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_every_value_of_every_control_can_be_shown(name):
    every_value_can_be_shown(SCENES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_three_faces(name):
    has_three_faces(SCENES[name].explorer())


def test_a_start_must_be_one_of_the_values():
    with pytest.raises(ValueError, match="none of its values"):
        Scene("x", [Control("a", "a", "a", (1, 2), 3)], (), None, None)


def test_moving_a_control_redraws_the_stops():
    scene = eta.scene()
    widget = scene.explorer().widget
    before = re.findall(r"<b>(.*?)</b>", scene.stop(scene.start))
    curvature = [w for w in controls(widget)][1]
    curvature.index = 4
    after = re.findall(r"<b>(.*?)</b>", scene.stop({**scene.start, "curvature": 10.0}))
    assert before != after


# --- discoveries ------------------------------------------------------------------------------------------------------
def test_adam_does_not_know_kappa_along_the_axes_and_a_turn_brings_it_back():
    p = adam
    count = lambda kappa, angle: p.arrives(p.losses(p.adam_path(0.1, kappa, angle), kappa, angle))
    assert [count(kappa, 0) for kappa in (10, 100, 400)] == [79, 79, 79]
    assert [count(kappa, 45) for kappa in (10, 100, 400)] == [88, 266, 534]
    for angle in (0, 45):
        ball = [p.arrives(p.losses(p.ball_path(kappa, angle), kappa, angle)) for kappa in (10, 100, 400)]
        assert ball == [12, 45, 99]
    assert (399 / 401) ** (2 * 900) > p.GOAL  # plain descent at its best, for κ = 400: it takes more than 900 steps


def test_a_step_that_never_falls_keeps_the_noise_and_one_that_falls_too_fast_keeps_the_start():
    p, rng = decay, np.random.default_rng(0)
    ends = {}
    for power in (0.0, 1.0, 2.0):  # many runs, with noise of their own
        theta = np.full(20_000, p.START)
        for rate in p.rates(power, 0.5, 4):
            theta = theta - rate * (theta + rng.normal(size=theta.size))
        ends[power] = p.left(power, 0.5, 4)[-1], p.spread(power, 0.5, 4)[-1]
        assert theta.mean() == pytest.approx(ends[power][0], abs=0.03) and theta.std() == pytest.approx(ends[power][1], rel=0.04)
    distance = {power: np.hypot(*parts) for power, parts in ends.items()}
    assert distance[1.0] < 0.06 < 0.4 < distance[2.0] < distance[0.0]
    assert ends[2.0][0] > 2 * ends[2.0][1] and ends[0.0][0] < 1e-6
    later = {power: np.hypot(p.left(power, 0.5, 4, 8000)[-1], p.spread(power, 0.5, 4, 8000)[-1]) for power in ends}
    assert later[1.0] < 0.3 * distance[1.0] and later[2.0] > 0.9 * distance[2.0] and later[0.0] == pytest.approx(distance[0.0])


def test_a_small_price_rounds_the_valley_and_moves_what_the_data_hardly_tell():
    p, rng = ridge, np.random.default_rng(0)
    X = rng.normal(size=(50, 2))
    X = (
        np.linalg.qr(X - X.mean(axis=0))[0] * np.sqrt(50) @ np.array([[1.0, 0.98], [0.0, np.sqrt(1 - 0.98**2)]])
    )  # two features, correlation 0.98
    y = X @ p.BEST
    for alpha in (0.0, 0.1, 0.5):
        A = np.vstack([X / np.sqrt(50), np.sqrt(alpha) * np.eye(2)])  # the price as further rows
        theta = np.linalg.lstsq(A, np.append(y / np.sqrt(50), [0, 0]), rcond=None)[0]
        assert theta == pytest.approx(p.lowest(0.98, alpha)) and np.mean((X @ theta - y) ** 2) == pytest.approx(
            p.lost(0.98, alpha), abs=1e-12
        )
        assert np.linalg.cond(A) ** 2 == pytest.approx(p.kappa(0.98, alpha))
    assert p.kappa(0.98, 0) == pytest.approx(99) and p.kappa(0.98, 0.1) < 18 and p.lost(0.98, 0.1) < 0.04 < p.lost(0.98, 0.5)
    assert sum(p.kappa(0.98, alpha) < 20 and p.lost(0.98, alpha) < 0.05 for alpha in p.ALPHAS) == 1
    far = [np.linalg.norm(p.path(0.98, alpha)[-1] - p.lowest(0.98, alpha)) for alpha in (0.0, 0.1)]
    assert far[1] < far[0] / 2


def test_checkpoints_at_the_root_of_n_hold_least_for_less_than_twice_the_work():
    p = checkpoint
    for n in p.DEPTHS:
        held = {keep: p.cost(n, keep)[0] for keep in range(1, n + 1)}
        best = min(held.values())
        assert held[round(n**0.5)] == best == 2 * round(n**0.5) - 1
        assert all(n <= p.cost(n, keep)[1] < 2 * n for keep in held) and held[1] == n and p.cost(n, 1)[1] == n
    assert p.cost(100, 10) == (19, 190)


def test_only_the_differential_closes_in_but_for_matrices_that_change_places():
    p = differential
    for name, (f, right, _, *_) in p.MAPS.items():
        complex_step = np.imag(f(p.A_ + 1e-30j * p.TURN)) / 1e-30
        assert right(p.A_, p.TURN) == pytest.approx(complex_step, rel=1e-12)
        near, habit = zip(*(p.distances(name, p.A_, p.TURN, t) for t in (1e-3, 1e-2)))
        assert near[1] / near[0] == pytest.approx(10, rel=0.1) and min(habit) > 100 * near[0]
    for name in ("A²", "A³", "A⁻¹"):
        off, habit = p.distances(name, p.A_, p.A_ / 2, 1e-3)
        assert habit == pytest.approx(off, rel=1e-6)


def test_a_symmetric_matrix_leaves_two_directions_at_a_right_angle():
    for name, A in eigen.MATRICES.items():
        still = [angle for angle in range(180) if abs(eigen.turned(A, angle)) < 1e-9 or abs(abs(eigen.turned(A, angle)) - 180) < 1e-9]
        if name == "[[2, 0], [0, 2]]":
            assert len(still) == 180
        else:
            assert len(still) == 2 and still[1] - still[0] == 90 and set(still) <= set(eigen.ANGLES)
            assert sorted(eigen.unit(a) @ A @ eigen.unit(a) for a in still) == pytest.approx(np.linalg.eigvalsh(A))


def test_the_map_of_momentum_is_what_the_ball_does():
    """The radius is what a step leaves of a path in the long run, and no place beats `best`."""
    for step, beta in ((0.05, 0.0), (0.5, 0.3), (2.5, 0.3), (1.9, 0.0), (3.4, 0.6)):
        pair, M, sizes = np.array([1.0, 1.0]), np.array([[1 + beta - step, -beta], [1, 0]]), []
        for _ in range(400):
            pair = M @ pair
            sizes.append(np.log(np.hypot(*pair)))
            pair = pair / np.hypot(*pair)
        assert np.exp(np.mean(sizes[100:])) == pytest.approx(float(momentum_map.radius(step, beta)), rel=0.01)
        assert np.abs(momentum_map.eigenvalues(step, beta)).max() == pytest.approx(float(momentum_map.radius(step, beta)))
    for kappa in momentum_map.KAPPAS[1:]:
        least = min(
            max(momentum_map.radius(eta_ / kappa, beta), momentum_map.radius(eta_, beta))
            for eta_ in momentum_map.ETAS
            for beta in momentum_map.BETAS
        )
        eta_, beta = momentum_map.best(kappa)
        assert max(momentum_map.radius(eta_ / kappa, beta), momentum_map.radius(eta_, beta)) <= least + 1e-6


def test_the_corner_of_the_growing_rectangle_does_not_count():
    for pair in product.PAIRS:
        for x in product.PLACES:
            exact = np.imag(pair.f(x + 1e-30j) * pair.g(x + 1e-30j)) / 1e-30
            for h in product.STEPS:
                s = product.grow(pair, x, h)
                assert s.limit == pytest.approx(exact, rel=1e-12, abs=1e-12)
                assert s.change == pytest.approx(pair.f(x + h) * pair.g(x + h) - pair.f(x) * pair.g(x), abs=1e-12)
            assert abs(s.corner) / h < 0.02 and s.change / h == pytest.approx(exact, abs=0.02)


def test_the_outer_slope_is_taken_where_the_inner_function_is():
    wrong = 0
    for link in chain.LINKS:
        for x in chain.PLACES:
            exact = np.imag(link.f(link.g(x + 1e-30j))) / 1e-30
            s = chain.stretch(link, x, 0.01)
            assert s.slope == pytest.approx(exact, rel=1e-12, abs=1e-12) and s.dy / s.h == pytest.approx(exact, abs=0.1)
            wrong += abs(s.misread * s.inner - exact) > 0.1
    assert wrong > 8


def test_gradient_descent_diverges_exactly_beyond_two_over_L():
    for eta_L in eta.ETAS:
        loss = eta.path(eta_L, 200) ** 2
        assert (loss[-1] > 1) == (eta_L > 2) and (loss[-1] == pytest.approx(1)) == (eta_L == 2)
    assert eta.zone(1.0) == "arrives" and np.all(eta.path(1.0)[1:] == 0)


def test_the_best_step_moves_with_the_formula_and_the_format():
    p, eps = step_error_formulas, np.finfo(float).eps
    for name in p.FUNCTIONS:
        assert eps**0.5 / 10 < p.best(name, "forward", "float64") < eps**0.5 * 10
        assert eps ** (1 / 3) / 10 < p.best(name, "central", "float64") < eps ** (1 / 3) * 10
        assert 4.9e-4 < p.best(name, "central", "float32") < 4.9e-2
    assert all(p.measure("eˣ sin x at 1", h, "complex step", "float64").error < 1e-14 for h in p.HS if h < 1e-8)
    assert p.measure("2x³ + 5 at 1", 1e-16, "forward", "float64").slope == 0


def test_each_partial_is_the_slope_of_a_slice():
    for surface in slices.SURFACES:
        for g, t0, slope in slices.cuts(surface, 0.7, -0.4):
            assert np.imag(g(t0 + 1e-30j)) / 1e-30 == pytest.approx(slope, rel=1e-12)


def test_the_cosine_has_its_maximum_at_the_gradient_and_its_zeros_along_the_contour():
    p = compass
    for field in list(p.FIELDS)[:3]:
        g, angles = p.gradient_of(field), np.arange(0, 360, 0.1)
        slopes = np.array([p.slope(field, a) for a in angles])
        assert slopes.max() == pytest.approx(np.hypot(*g), rel=1e-5)
        assert angles[slopes.argmax()] == pytest.approx(np.degrees(np.arctan2(g[1], g[0])) % 360, abs=0.1)
        assert p.slope(field, np.degrees(np.arctan2(g[0], -g[1]))) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_a_valley_is_stable_exactly_below_its_edge(beta):
    p, edge = valley, 2 * (1 + beta)
    assert p.losses(p.path(edge * 0.99, 10, beta, 2000), 10)[-1] < 1e-6
    assert p.losses(p.path(edge * 1.01, 10, beta, 2000), 10)[-1] > 1e6


def test_momentum_at_its_best_beats_plain_descent_at_its_best():
    p = valley
    eta_, beta = p.best(20)
    assert p.losses(p.path(eta_, 20, beta), 20)[-1] < p.losses(p.path(2 / (1 + 1 / 20), 20, 0.0), 20)[-1] / 100


def test_where_the_landscapes_end():
    p = landscape
    stuck, left = p.path("saddle x² − z²", "on the ridge", 100)[-1], p.path("saddle x² − z²", "beside it", 200)[-1]
    assert stuck == pytest.approx([2.037e-10, 0], rel=1e-3) and left[1] > 1e3
    assert p.path("2x³ + 5 with a bowl in z", "on the ridge")[-1][0] > 0 and p.path("2x³ + 5 with a bowl in z", "beside it")[-1][0] < -1e3
    one, two = (p.path("two valleys", start)[-1][0] for start in ("beside it", "to one side"))
    assert one > 0.9 and two < -0.9


def test_the_published_sign_walks_uphill():
    p = mse
    losses = [p.loss(theta) for theta in p.path("θ = (0, 0)", "as published")[:10]]
    assert np.all(np.diff(losses) > 0) and p.loss(p.path("θ = (0, 0)", "right")[-1]) < losses[0] / 100
    theta, e = np.array([1.0, 0.3]), 1e-30j * np.eye(2)
    numeric = [np.imag(np.mean((p.MASS - p.X @ (theta + step)) ** 2)) / 1e-30 for step in e]
    assert p.slope(theta) == pytest.approx(numeric, rel=1e-12)


def test_small_areas_are_stretched_by_the_determinant():
    p = linear_map
    for name in p.MAPS:
        for spot in p.SPOTS:
            ratio, det = p.areas(name, 0.01, spot)
            assert ratio == pytest.approx(det, abs=0.03)
            at = p.point_of(name, spot)[1]
            J = [np.imag(p.MAPS[name].f(*(np.array(at) + 1e-30j * e))) / 1e-30 for e in np.eye(2)]
            assert p.MAPS[name].J(*at) == pytest.approx(np.array(J).T, rel=1e-12)


def test_a_square_jacobian_does_not_tell_its_layout():
    p = layout
    assert p.shape(2, 3, p.LAYOUTS[0]) == np.zeros((2, 3)).shape != p.shape(2, 3, p.LAYOUTS[1])
    assert p.shape(2, 2, p.LAYOUTS[0]) == p.shape(2, 2, p.LAYOUTS[1])


def test_a_loss_takes_one_backward_pass():
    assert jvp_vjp.passes(1, 1_000_000) == (1_000_000, 1)


def test_an_ordinary_layer_outgrows_every_machine():
    p = memory_meter
    assert [p.size(c) for c in p.entries(64, 4096, 4096)] == ["256 GiB", "16 TiB", "1 MiB", "64 MiB"]


def test_the_gap_stays_in_proportion_to_x():
    p = float_ruler
    for name, kind in p.FORMATS.items():
        eps = float(np.finfo(kind).eps)
        assert p.gap(1.0, name) == eps
        assert all(eps / 2.01 <= p.gap(10.0**k, name) / 10.0**k <= eps * 1.01 for k in p.EXPONENTS)
        assert np.all(np.diff(p.neighbours(1.0, name)) > 0)


def test_the_pattern_of_zeros_says_whether_examples_mix():
    p = index
    G = p.jacobian("X W, by X")
    assert G.shape == (2, 4, 2, 3) and np.sum(G == 0) == 24
    assert np.einsum("np,dm->nmpd", np.eye(2), index_operations.W34) == pytest.approx(G, abs=1e-14)
    assert np.einsum("nd,mk->nmdk", p.X23, np.eye(4)) == pytest.approx(p.jacobian("X W, by W"), abs=1e-14)
    assert np.all(p.jacobian("softmax of each row")[0, :, 1] == 0) and np.all(p.jacobian("minus the batch mean")[0, 0, 1, 0] != 0)
    for op in p.OPS:
        assert p.flat(op, p.ORDERS[0]).size == p.jacobian(op).size
        assert np.count_nonzero(p.flat(op, p.ORDERS[0])) == np.count_nonzero(p.flat(op, p.ORDERS[1]))


def test_one_step_back_for_every_value_and_every_gradient_right():
    p = backprop_stepper
    constants = {"x": "X0", "w1": "W1", "b1": "B1", "w2": "W2", "b2": "B2"}
    for y in p.LABELS:
        for name in constants:

            def loss(step, name=name, y=y):
                v = {n: getattr(p, c) + (step if n == name else 0) for n, c in constants.items()}
                z = v["w2"] * np.tanh(v["w1"] * v["x"] + v["b1"]) + v["b2"]
                return np.log(1 + np.exp(z)) - y * z

            assert p.gradients(y)[name] == pytest.approx(np.imag(loss(1e-30j)) / 1e-30, rel=1e-12)


def test_contributions_add_up_and_order_matters():
    p = graph
    got = p.gradients(0.5, -1.5, p.STEPS)
    assert len(got["x"]) == 2 and sum(got["x"]) == pytest.approx(-1.5 + np.cos(0.5)) and sum(got["y"]) == 0.5
    assert order.sweep("topological", 4)["w"] == order.TRUE == 16 and order.sweep("breadth first", 4)["w"] == 4


def test_the_gradient_check_flags_the_planted_rows_and_only_them():
    p = bug_lab
    wrong = {bug: {name for name, error in p.errors(bug).items() if error > p.BAR} for bug in p.BUGS}
    assert wrong["none"] == set() and wrong["slope of tanh forgotten"] == {"W1", "b1"} == wrong["rows of W2 in reverse order"]
    assert wrong["b1 averaged, not summed"] == {"b1"} and wrong["dW1 without the batch's last"] == {"W1"}
    assert wrong["sign of the residual"] == set(p.PARAMS) == wrong["extra σ′ at the output"]
    assert all(p.errors("sign of the residual")[name] == pytest.approx(2, rel=1e-6) for name in p.PARAMS)


def test_sigmoids_starve_the_first_layers_and_relu_with_its_scale_does_not():
    p = depth
    assert p.norms(20, "sigmoid", "variance 1/n")[0] < 1e-9 and 0.05 < p.norms(20, "relu", "variance 2/n")[0] < 20


def test_the_cloud_shrinks_with_eta_and_with_the_batch():
    p = minibatch
    assert p.cloud(0.3, 1) > 1.5 * p.cloud(0.3, 8) > 1.5 * p.cloud(0.05, 8) * 0.5
    assert p.cloud(0.3, 1) > 2 * p.cloud(0.05, 1)
    full = [np.array(p.START) * 0.7**k for k in range(p.EPOCHS + 1)]
    assert p.path(0.3, p.M) == pytest.approx(np.array(full), abs=1e-12)


def test_a_network_with_small_weights_starts_at_ln_2_and_a_large_eta_makes_it_jump():
    p, run = trainer, {"batch": 10, "hidden": 8, "examples": 80}
    assert (
        p.curves(eta=1.0, scale=0.01, **run)[0][0] == pytest.approx(np.log(2), abs=1e-3) and p.curves(eta=1.0, scale=5.0, **run)[0][0] > 1
    )
    assert p.curves(eta=1.0, scale=1.0, **run)[0][-1] < 0.1 and p.curves(eta=30.0, scale=1.0, **run)[0][1:].min() > 2
    assert p.curves(eta=0.001, scale=1.0, **run)[0][-1] > 0.5
    known, others = p.curves(eta=1.0, batch=5, hidden=32, scale=1.0, examples=20)
    assert known[-1] < 0.1 and others[-1] > 2 * known[-1]
    zero = p.training(eta=1.0, scale=0.0, **run)[60]
    assert not np.any(zero[0]) and not np.any(zero[2])


def test_the_network_knows_its_gradient():
    p, (X, y) = trainer, trainer.moons(20)
    theta = list(p.training(1.0, 10, 3, 1.0, 20)[5])
    for k, analytic in enumerate(p.gradient(theta, X, y)):
        step = 1e-6 * np.ones_like(theta[k])
        moved = [p.loss([*theta[:k], theta[k] + s, *theta[k + 1 :]], X, y) for s in (step, -step)]
        assert (moved[0] - moved[1]) / 2e-6 == pytest.approx(np.sum(analytic), abs=1e-8)
