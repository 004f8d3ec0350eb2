"""The references of lesson 00 against SymPy, mpmath, and the bits of the formats: none of them is ours."""

import struct
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from reference import namespace

ours = namespace("00_start_here")


def test_describe_array_against_sympys_arrays_and_the_buffer():
    rng = np.random.default_rng(4)
    for _ in range(40):
        shape = tuple(int(n) for n in rng.integers(1, 5, size=rng.integers(1, 5)))
        a = rng.normal(size=shape)
        symbolic, buffer = sympy.Array(a.tolist()), memoryview(a)
        assert ours["describe_array"](a) == (symbolic.rank(), tuple(symbolic.shape), len(symbolic))
        assert ours["describe_array"](a.tolist()) == (buffer.ndim, buffer.shape, buffer.nbytes // buffer.itemsize)


def test_basis_vector_against_sympy_and_a_polynomial():
    for n in range(1, 7):
        for i in range(n):
            assert ours["basis_vector"](n, i).tolist() == [float(v) for v in sympy.eye(n).row(i)]
            monomial = np.polynomial.Polynomial.basis(i).coef
            assert ours["basis_vector"](n, i).tolist() == [*monomial.tolist(), *[0.0] * (n - i - 1)]


@pytest.mark.parametrize(
    "dtype, float_code, int_code, digits", [("float16", "e", "H", 11), ("float32", "f", "I", 24), ("float64", "d", "Q", 53)]
)
def test_machine_epsilon_against_the_bits_and_mpmath(dtype, float_code, int_code, digits):
    (bits,) = struct.unpack(int_code, struct.pack(float_code, 1.0))
    (after,) = struct.unpack(float_code, struct.pack(int_code, bits + 1))
    assert Fraction(ours["machine_epsilon"](dtype)) == Fraction(after) - 1
    with mpmath.workprec(digits):
        assert ours["machine_epsilon"](dtype) == float(mpmath.eps)


def test_relative_error_against_sympy_and_mpmath():
    rng = np.random.default_rng(8)
    for shape in ((3,), (5,), (2, 3), (2, 2, 2)):
        a, b = rng.normal(size=(2, *shape))
        given = ours["relative_error"](a, b)
        one, other = (sympy.Matrix(v.ravel().tolist()) for v in (a, b))
        assert given == pytest.approx(float((one - other).norm() / sympy.Max(one.norm(), other.norm())), rel=1e-13)
        with mpmath.workdps(40):
            one, other = (mpmath.matrix(v.ravel().tolist()) for v in (a, b))
            assert given == pytest.approx(float(mpmath.norm(one - other) / max(mpmath.norm(one), mpmath.norm(other))), rel=1e-13)


def test_the_label_is_understood_by_matplotlib_and_sympys_printer():
    from matplotlib.mathtext import MathTextParser

    label = ours["gradient_label"]()
    MathTextParser("path").parse(label)  # raises ValueError for text that is no mathematics
    L, theta = sympy.Function("L"), sympy.Symbol("theta")
    assert sympy.latex(theta) in label and r"\frac{\partial L}{\partial \theta}" in label
    assert r"\frac{\partial}{\partial \theta}" in sympy.latex(sympy.Derivative(L(theta, sympy.Symbol("x")), theta))


def test_the_letters():
    assert ours["flat_position"]() == "abcd"[[1, 2, 3, 4].index(int(np.ravel_multi_index((1, 0), (2, 3))))]
    truths = {"a": np.shape(3.0) == (), "b": np.zeros(4).ndim == 4, "c": (np.zeros((2, 3, 4)).ndim, np.zeros((2, 3, 4)).size) == (3, 24),
              "d": np.eye(2).ndim == 2}  # fmt: skip
    assert [letter for letter, true in truths.items() if not true] == [ours["wrong_sentence_about_shapes"]()]
