"""When values are equal: shapes before numbers, NaN never, infinities themselves, nothing by broadcasting."""

import numpy as np
import pytest

from autograder.writing.compare import EPS, EXACT, SAME_NUMBERS, close, equal_values, numeric, roundoff

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize("a, b", [
    (1.0, 1.0 + 1e-13), (1e300, 1e300 * (1 + 1e-13)), (0.0, 1e-14), (INF, INF), (1, 1.0), ([1, 2], np.array([1.0, 2.0])),
    (1j, 1j + 1e-14), (np.float32(0.5), 0.5), (np.zeros((0, 3)), np.zeros((0, 3))),
])  # fmt: skip
def test_close(a, b):
    assert close(a, b, EXACT) and close(b, a, EXACT)


@pytest.mark.parametrize("a, b", [
    (NAN, NAN), (NAN, 1.0), (INF, -INF), (INF, 1e308), (1.0, 1.0 + 1e-9), (np.ones((3, 1)), np.ones(3)), (np.ones(3), 1.0),
    (np.array([1.0, NAN]), np.array([1.0, NAN])), ("1", 1.0), (None, None), (-0.1, 0.1), ([[1], [1, 2]], [1, 2]),
    (np.array([1], dtype=object), np.array([1])),
])  # fmt: skip
def test_not_close(a, b):
    assert not close(a, b, EXACT) and not close(b, a, EXACT)


def test_nested_values():
    value = {"W": np.eye(2), "rest": [1.0, (2, "text", None, True)]}
    assert equal_values(value, {"W": np.eye(2), "rest": [1.0 + 1e-14, [2, "text", None, True]]})
    assert not equal_values(value, {"W": np.eye(2), "rest": [1.0, (2, "text", None, False)]})
    assert not equal_values(value, {"W": np.eye(2)})
    assert not equal_values(True, 1) and not equal_values(1.0, "1.0") and not equal_values(NAN, NAN)
    assert equal_values([NAN, 1.0], [NAN, 1.0], SAME_NUMBERS, nan_agrees=True)
    assert not equal_values([NAN, 1.0], [1.0, NAN], SAME_NUMBERS, nan_agrees=True)


def test_tolerances_follow_theory():
    assert numeric(1).rtol == pytest.approx(10 * EPS**0.5) and numeric(2).rtol == pytest.approx(10 * EPS ** (2 / 3))
    assert roundoff(10.0, 1e-3).atol == pytest.approx(8 * EPS * 1e4)


def test_a_row_of_numbers_is_one_in_whatever_it_comes():
    assert equal_values((2, (2, 3)), [2, np.array([2, 3])]) and equal_values(np.array([[1.0, 2.0]]), [(1.0, 2.0)])
    assert (
        not equal_values((2, 3), np.array([3, 2])) and not equal_values([], np.array(0.0)) and not equal_values((1, 2), np.array([[1, 2]]))
    )
