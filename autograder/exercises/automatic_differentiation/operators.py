"""The operators of a class that remembers. Source: MC14."""

from __future__ import annotations

import operator

from autograder.writing import Array, Boolean, Items

from ._lesson import STAND_INS, lesson, number

_SLOPES_OF_INPUTS = Array(lambda symbol, numbers, kinds: (kinds.count("v"),))

operators = lesson.exercise(
    "operators",
    2,
    "the class gets its operators",
    signature="cls",
    minutes=12,
    difficulty=4,
    program="value_operator",
    needs=("Value", "add", "mul", "power"),
    returns=Items(Array(), _SLOPES_OF_INPUTS, Array(lambda symbol, numbers, kinds: (2 * kinds.count("v"),)), Boolean()),
    clauses={
        "Give the class cls": "sums_and_products differences_and_ratios number_on_the_right number_on_the_left with_itself inputs_stay repeats edges",
        "add, mul and power are enough": "prose",
        "Returns cls": "returns_the_class",
    },
    stand_ins={**STAND_INS, "add": None, "mul": None, "power": None},
    show=lambda symbol, numbers, kinds: _show_operator(symbol, numbers, kinds),
    tolerance=None,
    hints=(
        "cls.__add__ = add is enough for x + y and x + 2. For 2 + x Python asks x.__radd__(2).",
        "Everything else can be built from add, mul and power: -x is mul(x, -1), and x / y is x times y to the power -1.",
        "__rsub__(self, other) is asked for other - self. Mind who comes first.",
        "The functions may get plain numbers: power needs a Value, lift makes one.",
    ),
)
_SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "**"}
_SLOPES = {
    "add": (lambda a, b: 1.0, lambda a, b: 1.0), "sub": (lambda a, b: 1.0, lambda a, b: -1.0), "mul": (lambda a, b: b, lambda a, b: a),
    "truediv": (lambda a, b: 1 / b, lambda a, b: -a / b / b), "pow": (lambda a, b: b * a**b / a, None),
}  # fmt: skip


def _show_operator(symbol, numbers, kinds):
    items = [f"Value({n!r})" if kind == "v" else repr(n) for n, kind in zip(numbers, kinds)]
    if "s" in kinds:
        return f"operators(Value)\nx = {items[0]}\nx {_SYMBOLS[symbol]} x"
    return f"operators(Value)\n{f' {_SYMBOLS[symbol]} '.join(items) if symbol in _SYMBOLS else '-' + items[0]}"


def _judge(t, symbol, numbers, kinds, why=""):
    data, slopes, *_ = t(symbol, numbers, kinds)
    t.equal(data, getattr(operator, symbol)(*map(float, numbers)), why)
    wanted = (
        [sum(slope(*numbers) for slope in _SLOPES[symbol])]
        if "s" in kinds
        else [-1.0]
        if symbol == "neg"
        else [slope(*numbers) for slope, kind in zip(_SLOPES[symbol], kinds) if kind == "v"]
    )
    t.equal(slopes, wanted, why or "The number is right, the slope is not.")


@operators.edges
def awkward_numbers(rng):
    """Whole numbers, zeros and far sizes, with a Value or a number on either side."""
    for left, right in ((3, 2), (0.0, -1.5), (-4, 250.0), (400.0, 0.004), (1, 1)):
        for symbol in ("add", "sub", "mul", "truediv"):
            for kinds in ("vv", "vn", "nv"):
                yield symbol, (left, right), kinds
            if left:
                yield symbol, (left, left), "vs"
        yield "neg", (left,), "v"
        if left:
            yield from (("pow", (abs(left), n), "vn") for n in (0.5, 1, 0, -2))
    yield "add", (1.5, 0), "vn"
    yield "mul", (1.5, 0), "vn"


@operators.cases
def two_values(rng):
    for symbol in ("sub", "truediv", "add", "mul"):
        yield symbol, (number(rng), number(rng)), "vv"
    yield "neg", (number(rng),), "v"


@operators.check(domain=True)
def sums_and_products(t, symbol, numbers, kinds):
    """x + y, x * y and -x are right, with their slopes"""
    t.assume(kinds in ("vv", "v") and symbol in ("add", "mul", "neg"))
    _judge(t, symbol, numbers, kinds)


@operators.check(domain=True)
def differences_and_ratios(t, symbol, numbers, kinds):
    """x - y and x / y are right, with their slopes"""
    t.assume(kinds == "vv" and symbol in ("sub", "truediv"))
    _judge(t, symbol, numbers, kinds)


def number_after(rng):
    """A plain number on the right."""
    for symbol in ("add", "sub", "mul", "truediv"):
        yield symbol, (number(rng), number(rng)), "vn"
    yield "pow", (number(rng), 3), "vn"


@operators.check(cases=number_after, domain=True)
def number_on_the_right(t, symbol, numbers, kinds):
    """x + 2, x - 2, x * 2, x / 2 and x ** 3 are right"""
    t.assume(kinds == "vn")
    _judge(t, symbol, numbers, kinds)


def number_before(rng):
    """A plain number on the left."""
    for symbol in ("add", "sub", "mul", "truediv"):
        yield symbol, (number(rng), number(rng)), "nv"


@operators.check(cases=number_before, domain=True)
def number_on_the_left(t, symbol, numbers, kinds):
    """2 + x, 2 - x, 2 * x and 2 / x are right"""
    t.assume(kinds == "nv")
    _judge(
        t,
        symbol,
        numbers,
        kinds,
        "With the number on the left Python asks the Value's method with an r, and gives it the number as `other`.",
    )


def the_same_twice(rng):
    """One Value on both sides."""
    for symbol in ("add", "sub", "mul", "truediv"):
        x = number(rng)
        yield symbol, (x, x), "vs"


@operators.check(weight=0.5, cases=the_same_twice, domain=True)
def with_itself(t, symbol, numbers, kinds):
    """x + x, x - x, x * x and x / x are right"""
    t.assume(kinds == "vs")
    _judge(t, symbol, numbers, kinds, "Both sides are the same Value: the slopes of both add up.")


@operators.check(weight=0.25, needs=("sums_and_products",))
def inputs_stay(t, symbol, numbers, kinds):
    """The Values that it gets stay as they were"""
    inputs = [held for value, kind in zip(numbers, kinds) if kind == "v" for held in (value, 0.0)]
    t.equal(t(symbol, numbers, kinds)[2], inputs, "This is data and grad of each input afterwards. The result is a new Value.")


@operators.check(weight=0.25, needs=("sums_and_products",))
def returns_the_class(t, symbol, numbers, kinds):
    """It returns the class"""
    t.holds(t(symbol, numbers, kinds)[3], "something else", "cls", "End with `return cls`.")


def _give(cls, **changes):
    """Operators for the mistakes below, each of which changes one of them."""

    def node(data, *past):
        return cls(data, [p for p, _ in past], [s for _, s in past])

    def lift(x):
        return x if isinstance(x, cls) else cls(x)

    def binary(data, left, right):
        def method(a, b):
            a, b = lift(a), lift(b)
            return node(data(a.data, b.data), (a, left(a.data, b.data)), (b, right(a.data, b.data)))

        return method

    methods = {}
    for symbol, data in (("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("truediv", operator.truediv)):
        method = changes.pop(symbol, None) or binary(data, *_SLOPES[symbol])
        methods[f"__{symbol}__"] = method
        methods[f"__r{symbol}__"] = lambda a, b, method=method: method(b, a)
    methods["__neg__"] = lambda a: node(-a.data, (a, -1.0))
    methods["__pow__"] = lambda a, n: node(a.data**n, (a, n * a.data ** (n - 1)))
    for name, method in {**methods, **changes}.items():
        if method is not None:
            setattr(cls, name, method)
    return binary


@operators.mistake("x - y has the slope -1 along y: when y rises by 1, the difference falls by 1.")
def sub_sign(cls):
    _give(cls, sub=_give(cls)(operator.sub, lambda a, b: 1.0, lambda a, b: 1.0))
    return cls


@operators.mistake("2 + x is missing: Python asks x.__radd__(2), and nobody answers.")
def radd_missing(cls):
    _give(cls, __radd__=None, __rmul__=None, __rsub__=None, __rtruediv__=None)
    return cls


@operators.mistake("2 - x comes out as x - 2. In __rsub__(self, other) the other comes first.")
def rsub_reversed(cls):
    _give(cls)
    cls.__rsub__, cls.__rtruediv__ = cls.__sub__, cls.__truediv__
    return cls


@operators.mistake("2 - x is right and 2 / x comes out as x / 2. In __rtruediv__(self, other) the other comes first.")
def rdiv_reversed(cls):
    _give(cls)
    cls.__rtruediv__ = cls.__truediv__
    return cls


@operators.mistake("The slope of x / y along y is -x/y**2. Yours is that of a product.")
def div_slope(cls):
    _give(cls, truediv=_give(cls)(operator.truediv, lambda a, b: 1 / b, lambda a, b: a))
    return cls
