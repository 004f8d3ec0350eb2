"""The named functions' derivatives, against SymPy and against a complex step: neither is ours."""

import numpy as np
import pytest
import sympy

from autograder.exercises import lessons
from autograder.shared.functions import _NAMES, Function
from autograder.writing import bank
from autograder.writing.bank import random_smooth
from autograder.writing.case import arguments

SCALAR = [f for f in vars(bank).values() if isinstance(f, Function) and "x[" not in f.expr and f.args == "x"]
VECTOR = [f for f in vars(bank).values() if isinstance(f, Function) and "x[" in f.expr]
SYMPY = {"exp": sympy.exp, "sin": sympy.sin, "cos": sympy.cos, "array": list, "abs": sympy.Abs, "cbrt": None,
         "sign": sympy.sign, "maximum": sympy.Max, "where": lambda c, a, b: sympy.Piecewise((a, c), (b, True))}  # fmt: skip


def symbolic(text: str, x):
    names = {"np": type("np", (), SYMPY), "x": x}
    if "cbrt" in text:
        names["np"].cbrt = staticmethod(lambda v: sympy.sign(v) * sympy.Abs(v) ** sympy.Rational(1, 3))
    return eval(text, names)


@pytest.mark.slow
@pytest.mark.parametrize("f", SCALAR + [random_smooth(np.random.default_rng(s)) for s in range(20)], ids=lambda f: f.expr)
def test_scalar_derivatives(f):
    x = sympy.Symbol("x", real=True)
    for point in ("-1.3", "-0.4", "0.2", "0.9", "1.7"):
        at = sympy.Rational(point)
        assert float(f.derivative(float(point))) == pytest.approx(
            float(sympy.diff(symbolic(f.expr, x), x).subs(x, at)), rel=1e-10, abs=1e-12
        )
        if f.d2:
            second = float(sympy.diff(symbolic(f.expr, x), x, 2).subs(x, at))
            assert float(f.prime.derivative(float(point))) == pytest.approx(second, rel=1e-9, abs=1e-10)


@pytest.mark.parametrize("f", VECTOR, ids=lambda f: f.name)
def test_gradients_by_complex_step(f):
    rng = np.random.default_rng(1)
    n = len(f.derivative(np.ones(3)))
    for _ in range(5):
        x = rng.normal(size=n)
        steps = np.array([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(n)])
        np.testing.assert_allclose(f.derivative(x), steps, rtol=1e-12, atol=1e-12)


def drawn_functions():
    """Every function that any exercise draws for one seed, with their derivatives."""

    def within(value):
        if isinstance(value, Function):
            yield value
        elif isinstance(value, (list, tuple)):
            for item in value:
                yield from within(item)

    found = {}
    for lesson in lessons().values():
        for exercise in lesson.exercises.values():
            for check in (None, *exercise.checks) if exercise.make_cases else exercise.checks:
                for case in exercise.draw(3, check):
                    for f in within(arguments(case)):
                        found |= {g.source: g for g in (f, *([f.prime] if f.d else []))}
    return found


@pytest.mark.slow
def test_functions_whose_code_is_shared_compute_what_their_own_text_says():
    functions = drawn_functions()
    assert len(functions) > 300
    rng = np.random.default_rng(0)
    for source, f in functions.items():
        plain = eval(source, dict(_NAMES))
        for x in (0.3, -1.7, 2, np.float64(0.21), 0.4 + 1e-30j, rng.normal(size=4), rng.normal(size=(3, 4))):
            with np.errstate(all="ignore"):
                one, other = outcome(plain, f.args.count(",") + 1, x), outcome(f, f.args.count(",") + 1, x)
            assert type(one) is type(other)
            np.testing.assert_equal(one, other, source)


def outcome(function, count: int, x):
    try:
        return function(*[x] * count)
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize(
    "text",
    [
        "0.5*x",
        "x**2.5 - 1e-3",
        "np.log1p(x) + 1.5e3*np.exp2(x)",
        "[1.5, 2.25, 1.5][1]*x",
        "x/3. + 4.0e-2",
        "-1.25**2*x",
        "(x - 0.1)**3.0",
        "2*x**3 - 7",
        "[3, 1, 2][1]*x//1e-1",
        "-2**2*x",
        "{'W1': 5}['W1']*x + 2**-1",
    ],
)
def test_numbers_keep_their_place_and_their_value(text):
    assert Function(text)(0.7) == eval(f"lambda x: {text}", dict(_NAMES))(0.7)


def test_a_function_says_how_to_paste_it():
    f = Function("2*x**3 + 5", "6*x**2")
    assert eval(f.source)(2.0) == 21.0 == f(2.0)
    with pytest.raises(ValueError, match="without its derivative"):
        Function("x").prime  # noqa: B018
