"""A learner's own function, data, graph and sizes: shown as they are, compared with NumPy, refused with a way out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from promises import every_value_can_be_shown, has_three_faces, stops_are_well_formed

import explorers
from explorers.gallery import (
    adam,
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
    jvp_vjp,
    landscape,
    layout,
    linear_map,
    memory_meter,
    microscope,
    momentum_map,
    mse,
    order,
    product,
    ridge,
    secant,
    slices,
    step_error,
    valley,
)

pytestmark = pytest.mark.slow

A = np.array([[1.4, -0.7], [-0.7, 1.9]])
BOWL = lambda x: 0.5 * x @ A @ x  # no formula for arrays of points: x @ A means something else there

SCENES = {
    "step_error": lambda: step_error.scene(f=np.cos, x=0.5, h=3e-4), "step_error without complex": lambda: step_error.scene(f=lambda x: math.sin(x), x=1.0, formula="complex step"),
    "step_error at a kink": lambda: step_error.scene(f=abs, x=0.0), "step_error elsewhere": lambda: step_error.scene(x=2.5, h=0.02),
    "slices": lambda: slices.scene(f=BOWL, x=0.33, z=2.5, h=0.07), "slices of two numbers": lambda: slices.scene(f=lambda x, z: math.sqrt(x) * z, x=0.3, z=1.0),
    "slices of the menu, far away": lambda: slices.scene(x=2.0, z=1.0),
    "compass": lambda: compass.scene(f=BOWL, x=(3.0, -1.0), v=(1.0, 0.8)), "compass at a kink": lambda: compass.scene(f=lambda x: np.abs(x).sum(), x=(0.0, 1.0)),
    "compass on flat ground": lambda: compass.scene(f=lambda x: 0.0, x=(0.0, 0.0)),
    "linear map": lambda: linear_map.scene(f=lambda x: np.array([x[0] * x[1], np.sin(x[0])]), x=(0.4, -1.2), side=0.15), "matrix": lambda: linear_map.scene(f=A),
    "landscape": lambda: landscape.scene(f=BOWL, start=(1.0, -1.0), eta=0.2, step=6), "landscape that ends": lambda: landscape.scene(f=lambda x: math.log(x[0]) + x[1] ** 2, eta=1.0),
    "eta": lambda: eta.own_scene(lambda t: t**4 - 2 * t**2, start=1.5), "eta with a kink": lambda: eta.own_scene(abs, start=1.0, eta=0.4),
    "valley": lambda: valley.scene(A=A, eta=0.3, beta=0.65), "mse": lambda: mse.scene(x=[1.8, -1.3, -1.6, 0.4], y=[-2.7, -2.6, -1.8, 1.1], theta=(-0.5, -1.5)),
    "index": lambda: index.scene(f=lambda X: X.T @ X, X=[[0.3, 1.0, -0.4], [2.0, 0.1, 0.7]]), "index of a number": lambda: index.scene(f=lambda X: np.array([X, X**2]), X=0.5),
    "order": lambda: order.own_scene([[], [0], [1], [1, 2]], [[], [-1.0], [2.0], [1.0, 0.5]]), "graph": lambda: graph.scene(x=0.3, y=-7.0),
    "depth": lambda: depth.scene(12, np.sin), "memory": lambda: memory_meter.scene(100, 30, 7), "passes": lambda: jvp_vjp.scene(12, 7), "layout": lambda: layout.scene(3, 5),
    "product": lambda: product.scene(f=lambda x: math.sqrt(x), g=np.cos, x=0.3, h=0.07), "product of shrinking sides": lambda: product.scene(f=lambda x: 1 - x, g=lambda x: -x, x=0.0),
    "chain": lambda: chain.scene(f=lambda u: math.log(u), g=np.exp, x=-0.25, h=0.33), "chain with a constant inside": lambda: chain.scene(f=np.sin, g=lambda x: 2.0, x=7.0),
    "differential": lambda: differential.scene(A=A, dA=[[1, 0], [0, 0]], t=0.03),
    "adam": lambda: adam.scene(0.042, 55, 10), "decay": lambda: decay.scene(0.75, 0.07, 2.5), "ridge": lambda: ridge.scene(0.07, 0.7),
    "checkpoints": lambda: checkpoint.scene(77, 13),
    "eigen": lambda: eigen.scene(A=A, angle=100.5), "eigen with a zero": lambda: eigen.scene(A=[[1, 1], [1, 1]]), "momentum map": lambda: momentum_map.scene(0.33, 0.17, 7.5),
    "ruler": lambda: float_ruler.scene(x=3.7, format="float16"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_every_state_of_an_own_scene_is_well_formed(name):
    scene = SCENES[name]()
    stops_are_well_formed(scene)
    every_value_can_be_shown(scene)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_an_own_scene_has_three_faces(name):
    has_three_faces(SCENES[name]().explorer())


def cells(scene, **changes) -> dict:
    return {name: text.replace("\u2212", "-") for _, name, text in scene.describe(**changes).cells}


# --- the numbers, against NumPy -----------------------------------------------------------------------------------------
def test_the_error_is_measured_against_the_true_slope():
    for given in ({}, {"fprime": lambda x: -np.sin(x)}):
        told = cells(step_error.scene(f=np.cos, x=0.5, h=1e-3, formula="central", **given))
        assert float(told["error"]) == pytest.approx(1e-6 / 6 * math.sin(0.5), rel=1e-2)
    scene = step_error.scene(f=lambda x: math.cos(x), x=0.5, h=1e-3, formula="central")
    assert float(cells(scene)["error"]) == pytest.approx(1e-6 / 6 * math.sin(0.5), rel=1e-2)
    assert "ten digits" in scene.describe().sentence
    assert "complex numbers" in scene.describe(formula="complex step").sentence


def test_no_claim_of_the_menu_is_made_for_another_f():
    assert "100" in step_error.scene(f=np.cos, x=0.5, h=0.1, formula="central").describe().sentence, (
        "smooth: an h 10 times smaller, 100 times less error"
    )
    assert "no slope" in step_error.scene(f=abs, x=0.0).describe().sentence
    assert "analytic" in step_error.scene(f=lambda x: np.abs(x) ** 1.0, x=1.0, h=1e-8, formula="complex step").describe().sentence
    parabola = step_error.scene(f=lambda x: 3 * x + 1, x=1.0, h=1.0, formula="central").describe().sentence
    assert "divides the error" not in parabola, "a straight line has no truncation error"
    flat = compass.scene(f=lambda x: x @ x, x=(0.0, 0.0)).describe().sentence
    assert "gradient is zero" in flat and "down the other" not in flat
    assert "no gradient" in compass.scene(f=lambda x: np.abs(x).sum(), x=(0.0, 1.0)).describe().sentence
    assert "kink" in linear_map.scene(f=np.abs, x=(0.0, 0.0)).describe().sentence
    assert "too large" in landscape.scene(f=BOWL, eta=5.0, step=200).describe().sentence
    assert "lowered f" in landscape.scene(f=BOWL, eta=0.1, step=3).describe().sentence
    assert "minimum" not in landscape.scene(f=BOWL, eta=0.1, step=3).describe().sentence


def test_partials_of_an_own_f_are_those_of_the_matrix():
    x, z = 0.33, 2.5
    told = cells(slices.scene(f=BOWL, x=x, z=z, h=0.07))
    assert (float(told["≈ ∂f/∂x"]), float(told["≈ ∂f/∂z"])) == pytest.approx(A @ [x, z], rel=1e-4)
    assert float(told["secant along x"]) == pytest.approx((BOWL(np.array([x + 0.07, z])) - BOWL(np.array([x, z]))) / 0.07, rel=1e-4)
    assert "central differences" in slices.scene(f=BOWL).describe().sentence
    exact = slices.scene(f=BOWL, gradient=lambda x: A @ x, x=x, z=z)
    assert "∂f/∂x" in cells(exact) and "differences" not in exact.describe().sentence


def test_the_contours_of_a_matrix_are_not_those_of_its_vectorised_misreading():
    """x @ A @ x on a whole grid at once is another function: the values behind the picture are those at single points."""
    from explorers.inputs.plane import Plane

    grid = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))
    wanted = 0.5 * np.einsum("iab,ij,jab->ab", grid, A, grid)
    assert Plane(BOWL)(*grid) == pytest.approx(wanted, abs=1e-14)
    assert Plane(lambda x: 0.5 * np.sum(x * (A @ x)))(*grid) == pytest.approx(wanted, abs=1e-14)
    assert Plane(lambda x, z: x**2 * z)(*grid) == pytest.approx(grid[0] ** 2 * grid[1], abs=1e-15)
    square = np.meshgrid([0.5, -1.0], [2.0, 0.3])  # as many points as entries: shapes fit by accident
    assert Plane(BOWL)(*square) == pytest.approx(0.5 * np.einsum("iab,ij,jab->ab", square, A, square), abs=1e-14)


def test_the_slope_along_v_is_the_dot_product():
    told = cells(compass.scene(f=BOWL, x=(3.0, -1.0), v=(1.0, 0.8)))
    v = np.array([1.0, 0.8]) / np.hypot(1.0, 0.8)
    assert float(told["slope along v"]) == pytest.approx(A @ [3.0, -1.0] @ v, rel=1e-4)
    kink = cells(compass.scene(f=lambda x: np.abs(x).sum(), x=(0.0, 1.0), v=(1.0, 1.0)))
    assert float(kink["slope along v"]) == pytest.approx(math.sqrt(2), rel=1e-4), "measured: there is no gradient to multiply with"


def test_the_area_is_stretched_by_an_own_jacobian():
    f = lambda x: np.array([x[0] * x[1], np.sin(x[0])])
    told = cells(linear_map.scene(f=f, x=(0.4, -1.2), side=0.01))
    det = np.linalg.det([[-1.2, 0.4], [np.cos(0.4), 0.0]])
    assert float(told["≈ det J"]) == pytest.approx(det, rel=1e-4) and float(told["area, out over in"]) == pytest.approx(det, rel=0.05)
    told = cells(linear_map.scene(f=A, side=0.7))
    assert float(told["det J"]) == pytest.approx(np.linalg.det(A), rel=1e-4) == float(told["area, out over in"])


def test_an_own_landscape_is_descended_as_numpy_does():
    theta = np.array([1.0, -1.0])
    for _ in range(6):
        theta = theta - 0.2 * A @ theta
    told = cells(landscape.scene(f=BOWL, start=(1.0, -1.0), eta=0.2, step=6))
    assert (float(told["x"]), float(told["z"])) == pytest.approx(theta, rel=1e-3)


def test_an_own_line_is_descended_as_python_does():
    theta, f = 1.5, lambda t: t**4 - 2 * t**2
    for _ in range(30):
        theta -= 0.02 * (4 * theta**3 - 4 * theta)
    told = cells(eta.own_scene(f, start=1.5, eta=0.02))
    assert float(told["θ after 30"]) == pytest.approx(theta, rel=1e-4) and float(told["|f″| at the start"]) == pytest.approx(
        12 * 1.5**2 - 4, rel=1e-3
    )
    assert (
        "up" in eta.own_scene(abs, start=1.5, eta=0.4).describe().sentence
        and "slope at the start is zero" in eta.own_scene(f, start=0.0, eta=0.1).describe().sentence
    )


def test_an_own_bowl_is_as_narrow_and_as_steep_as_its_eigenvalues():
    for matrix in (A, np.diag([1.0, 2.0, 9.0]), [[3.0]]):
        mu, L = np.linalg.eigvalsh(matrix)[[0, -1]]
        told = cells(valley.scene(A=matrix, eta=0.4 / L, beta=0.5))
        assert float(told["κ"]) == pytest.approx(L / mu, rel=1e-4) and float(told["edge 2(1 + β)/λₘₐₓ"]) == pytest.approx(3 / L, rel=1e-3)
        assert float(told["η"]) == pytest.approx(0.4 / L, rel=1e-3)


def test_own_data_have_the_loss_and_the_minimum_of_least_squares():
    x, y, theta = np.array([1.8, -1.3, -1.6, 0.4]), np.array([-2.7, -2.6, -1.8, 1.1]), (-0.5, -1.5)
    scene = mse.scene(x=x, y=y, theta=theta)
    assert float(cells(scene)["loss"]) == pytest.approx(np.mean((y - theta[0] - theta[1] * x) ** 2), rel=1e-3)
    best = np.polynomial.polynomial.polyfit(x, y, 1)
    wide = mse.scene(x=1e3 * x, y=y, theta=(best[0], best[1] / 1e3))
    assert "zero" in wide.describe().sentence or "Arrived" in wide.describe(step=40).sentence
    losses = [float(cells(scene, step=k)["loss"]) for k in range(0, 41, 8)]
    assert losses == sorted(losses, reverse=True), "η is small enough for any data"


def test_an_own_map_of_arrays_has_the_zeros_of_its_formula():
    X = np.array([[0.3, 1.0, -0.4], [2.0, 0.1, 0.7]])
    G = np.einsum("ia,nb->abni", np.eye(3), X) + np.einsum("ib,na->abni", np.eye(3), X)  # of XᵀX, by hand
    told = cells(index.scene(f=lambda X: X.T @ X, X=X))
    assert told["shape of G"] == str(G.shape) and told["zeros in G"] == f"{np.sum(G == 0)} of {G.size}"
    measured = cells(index.scene(f=lambda X: np.abs(X) @ np.ones((3, 2)), X=X))
    assert measured["zeros in G"] == "12 of 24" and measured["entries"] == "measured"
    assert "do not mix" in index.scene(f=lambda X: np.abs(X) @ np.ones((3, 2)), X=X).describe().sentence
    assert "do mix" in index.scene(f=lambda X: X - X.mean(axis=0), X=X).describe().sentence


def test_an_own_graph_loses_what_breadth_first_loses():
    parents, slopes = [[], [0], [1], [1, 2]], [[], [-1.0], [2.0], [1.0, 0.5]]
    scene = order.own_scene(parents, slopes)
    # by hand: L = 1·(−x) + 0.5·2·(−x), so dL/dx = −2; node 1 goes before node 2 has passed its gradient on, and −1 is lost
    assert cells(scene, step=4)["leaves now"] == "-2" and cells(scene, step=4, order="breadth first")["leaves now"] == "-1"
    assert cells(scene, step=4, order="breadth first")["passed on too early"] == "1"


def test_sizes_of_ones_own():
    assert layout.scene(3, 5).describe().cells[2][2] == "(3, 5)" and jvp_vjp.scene(12, 7).describe().cells[2][2] == "12"
    assert cells(memory_meter.scene(100, 30, 7))["backward: dX"] == "11.72 KiB"  # 100 · 30 · 4 bytes
    assert float(cells(float_ruler.scene(x=3.7))["gap"]) == pytest.approx(np.spacing(3.7), rel=1e-3)
    assert float(cells(graph.scene(x=0.3, y=-7.0), step=4)["x.grad so far"]) == pytest.approx(-7 + math.cos(0.3), rel=1e-4)
    assert float(cells(depth.scene(2, lambda z: 3.0 * z))["gradient at layer 1"]) == pytest.approx(
        float(cells(depth.scene(2, lambda z: 1.0 * z))["gradient at layer 1"]) * 3, rel=1e-2
    )


def test_the_secant_and_the_microscope_stand_where_they_were_asked_to():
    widget = explorers.secant_explorer(np.sin, x=1.29, h=-0.65).widget
    h, sign, x = widget.children[1].children
    assert [one.options[one.index][0] for one in (h, sign, x)] == ["0.65", "h < 0", "1.29"]
    scene = microscope.scene(np.sin, 0.5, h=0.44)
    assert "0.44" in scene.stop(scene.start) and scene.start["zoom"] == 1 / 0.44
    assert secant.secant_explorer(np.log, x=-0.2, h=0.1)._text().count("undefined") > 3


# --- what cannot be drawn -----------------------------------------------------------------------------------------------
BAD = {
    "a number for f": (lambda: explorers.secant_explorer(3), TypeError, "f is 3. It should be a function of one number"),
    "two arguments": (lambda: explorers.secant_explorer(lambda a, b: a), ValueError, "raised TypeError.*takes? one number"),
    "an array": (lambda: explorers.step_error_explorer(lambda x: [x, x]), ValueError, r"shape \(2,\).*return one number"),
    "text": (lambda: explorers.secant_explorer(lambda x: "a"), ValueError, "returned.*return one number"),
    "no return": (lambda: explorers.microscope(lambda x: None), ValueError, "None: is its return missing"),
    "nowhere defined": (lambda: explorers.eta_explorer(math.log, start=-3.0), ValueError, "no finite value from -?−?4.5 .*choose another"),
    "nan at the point": (lambda: explorers.microscope(np.log, x=0.0), ValueError, "nothing to zoom into"),
    "nan everywhere": (lambda: explorers.compass_explorer(lambda x: float("nan")), ValueError, "no finite value around"),
    "a vector of f": (lambda: explorers.compass_explorer(np.sin), ValueError, r"shape \(2,\).*return one number"),
    "three entries": (lambda: explorers.slices_explorer(lambda x: x[2]), ValueError, "raised IndexError.*vector of length 2"),
    "a bad gradient": (lambda: explorers.landscape_explorer(lambda x: x @ x, lambda x: x @ x), ValueError, r"gradient.*array of shape \(2,\)"),
    "a bad point": (lambda: explorers.compass_explorer(lambda x: x @ x, x=3.0), ValueError, r"x has the shape \(\).*\(2,\)"),
    "no direction": (lambda: explorers.compass_explorer(lambda x: x @ x, v=(0, 0)), ValueError, "zero vector"),
    "a map to one number": (lambda: explorers.linear_map_explorer(np.sum), ValueError, r"array of shape \(2,\)"),
    "a matrix of three": (lambda: explorers.linear_map_explorer([1, 2, 3]), ValueError, r"shape \(3,\).*\(2, 2\)"),
    "no bowl": (lambda: explorers.valley_explorer([[1, 2], [2, 1]]), ValueError, "curvature -1.*eigenvalues"),
    "not symmetric": (lambda: explorers.valley_explorer([[1, 2], [0, 1]]), ValueError, "not symmetric.*Try"),
    "y is missing": (lambda: explorers.mse_explorer(x=[1, 2]), ValueError, "y is missing"),
    "unequal data": (lambda: explorers.mse_explorer(x=[1, 2], y=[1]), ValueError, "x has 2 entries and y 1"),
    "nan among the data": (lambda: explorers.mse_explorer(x=[1, np.nan], y=[1, 2]), ValueError, "no finite numbers"),
    "too many entries": (lambda: explorers.index_explorer(np.sin, X=np.ones((5, 5))), ValueError, "25 entries.*1 to 16"),
    "X alone": (lambda: explorers.index_explorer(X=[1.0]), ValueError, "without f"),
    "a later parent": (lambda: explorers.order_explorer([[], [5]]), ValueError, r"parents\[1\] is \[5\]"),
    "no graph": (lambda: explorers.order_explorer(3), ValueError, "one list for each node"),
    "too few slopes": (lambda: explorers.order_explorer([[], [0]], [[], []]), ValueError, "one slope for each parent"),
    "half a layer": (lambda: explorers.memory_meter(1.5), ValueError, "whole number"),
    "a wide Jacobian": (lambda: explorers.layout_explorer(7, 3), ValueError, "from 1 to 4"),
    "an unknown activation": (lambda: explorers.depth_explorer(activation="gelu"), ValueError, "'sigmoid'.*or a function"),
    "a negative x": (lambda: explorers.float_ruler(-1.0), ValueError, "from 0.0001"),
    "h = 0": (lambda: explorers.slices_explorer(h=0), ValueError, "no secant; try"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_drawn_is_told(name):
    make, kind, text = BAD[name]
    with pytest.raises(kind, match=text):
        make()
