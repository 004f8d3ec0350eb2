"""The price of reverse mode: what checkpoints cost, products with the Hessian, and expressions that swell."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Integer, Items, OneOf, Tolerance, choice, view

from ._lesson import lesson

checkpoint_cost = lesson.exercise(
    "checkpoint_cost",
    2,
    "what a chain with checkpoints holds, and how often it evaluates",
    signature="n, keep",
    minutes=8,
    difficulty=3,
    returns=Items(Integer(), Integer()),
    domains={"n": OneOf(12, 1, 7, 100, 64), "keep": OneOf(1, 5, 12, 3, 100, 2)},
    clauses={
        "how many values are held at once": "held_at_once",
        "evaluations of layers": "evaluations_of_layers",
        "0, keep, 2*keep": "held_at_once",
        "A segment": "evaluations_of_layers held_at_once",
        "dropped": "held_at_once",
    },
    hints=(
        "How many segments are there? The last one may be shorter: round up.",
        "The checkpoint is what enters the first layer of its segment. How many values are missing, and how many evaluations give them?",
        "Held at once: all checkpoints that are not used up yet, and the values of one segment. When is that most?",
        "Test it: n = 4 and keep = 2 hold 3 values and take 6 evaluations.",
    ),
)


@checkpoint_cost.cases
def depths(rng):
    yield from ((12, 3), (12, 4), (10, 1), (9, 9), (16, 4), (7, 3), (11, 4), (5, 8))
    yield int(rng.integers(20, 60)), int(rng.integers(2, 7))


@checkpoint_cost.picture
def picture(n, keep):
    return view("checkpoint_explorer", yours=True, n=int(n), keep=int(keep)) if 1 <= n <= 400 and 1 <= keep <= 400 else None


def _replay(n: int, keep: int) -> tuple[int, int]:
    """By going through it: what is on the shelf, and what is evaluated."""
    shelf = {value for value in range(n) if value % keep == 0}
    starts, count, most = sorted(shelf, reverse=True), n, len(shelf)
    for start in starts:
        for value in range(start + 1, min(start + keep, n)):
            shelf.add(value)
            count += 1
        most = max(most, len(shelf))
        shelf = {value for value in shelf if value < start}
    return most, count


@checkpoint_cost.check(domain=True)
def held_at_once(t, n, keep):
    """The first number is how many values are held at once, at most"""
    t.assume(n >= 1 and keep >= 1)
    t.same(int(t(n, keep)[0]), _replay(n, keep)[0], "Counted by going through the chain, value by value.")


@checkpoint_cost.check(domain=True)
def evaluations_of_layers(t, n, keep):
    """The second number is how many layers are evaluated, forward and again"""
    t.assume(n >= 1 and keep >= 1)
    t.same(int(t(n, keep)[1]), _replay(n, keep)[1], "Counted by going through the chain, layer by layer.")


@checkpoint_cost.mistake("The last segment, which may be shorter, is not counted: round the number of segments up.")
def rounds_down(n, keep):
    held, count = _replay(n, keep)
    parts = max(n // keep, 1)
    return (held, count) if n % keep == 0 or keep > n else (parts + keep - 1, 2 * n - parts)


@checkpoint_cost.mistake("The first value of a segment is its checkpoint: it is there already, and need not be computed or held twice.")
def checkpoint_twice(n, keep):
    return -(-n // keep) + min(keep, n), 2 * n


@checkpoint_cost.mistake("The way forward is missing: its n evaluations come first.")
def forward_forgotten(n, keep):
    held, count = _replay(n, keep)
    return held, count - n


@checkpoint_cost.mistake("That is what the checkpoints alone hold. On the way back a segment's values lie there as well.")
def checkpoints_only(n, keep):
    return -(-n // keep), _replay(n, keep)[1]


forward_over_reverse = lesson.exercise(
    "forward_over_reverse",
    2,
    "a product with the Hessian, forward over reverse",
    signature="grad, x, v",
    minutes=8,
    difficulty=3,
    returns=Array(lambda grad, x, v: np.shape(x)),
    clauses={
        "The Hessian of f at x times v": "is_the_product",
        "takes complex arrays": "is_the_product",
        "evaluated once": "one_gradient",
        "Right up to rounding": "keeps_its_digits",
    },
    hints=(
        "H v is how fast the gradient changes when x moves along v. That is a JVP of the function grad.",
        "A step along i·v with a tiny size puts the change into the imaginary part, and nothing is subtracted: the complex step of lesson 2.",
        "x may hold whole numbers: the sum with a complex array is complex all the same.",
    ),
)


def _gradients(rng):
    """(gradient with its Hessian, place, direction); none of the Hessians is constant but the first one's."""
    A = np.round(rng.uniform(-1, 1, size=(3, 3)), 2)
    A = (A + A.T).tolist()
    yield Function(f"np.array({A}) @ x", f"np.array({A})", name="grad"), np.round(rng.normal(size=3), 2), np.round(rng.normal(size=3), 2)
    W = np.round(rng.uniform(-1.2, 1.2, size=(4, 3)), 2).tolist()
    yield (
        Function(
            f"np.array({W}).T @ np.cos(np.array({W}) @ x)",
            f"-np.array({W}).T @ np.diag(np.sin(np.array({W}) @ x)) @ np.array({W})",
            name="grad",
        ),
        np.round(rng.normal(size=3), 2),
        np.round(rng.normal(size=3), 2),
    )
    yield (
        Function("np.exp(np.sum(x)/2)/2 + 3*x**2", "np.exp(np.sum(x)/2)/4 + np.diag(6*x)", name="grad"),
        np.round(rng.normal(size=4), 2),
        np.round(rng.normal(size=4), 2),
    )


@forward_over_reverse.cases
def products(rng):
    yield from _gradients(rng)
    yield Function("np.sin(3*x)", "np.diag(3*np.cos(3*x))", name="grad"), np.array([0.4]), np.array([-2.0])
    yield Function("x**3 + np.sum(x)", "np.diag(3*x**2) + 1", name="grad"), np.array([1, -2, 3]), np.array([2, 1, -1])
    yield Function("x**3 + np.sum(x)", "np.diag(3*x**2) + 1", name="grad"), np.array([0.5, 0.0]), np.zeros(2)


_PRODUCT = Tolerance(1e-6, 1e-7, "any sensible step will do: digits are asked for in a check of their own")


@forward_over_reverse.check(weight=2)
def is_the_product(t, grad, x, v):
    """It is the Hessian at x times v"""
    t.equal(t(grad, x, v), np.asarray(grad.derivative(np.asarray(x, float)) @ v, float), "", _PRODUCT)


@forward_over_reverse.check(weight=0.5, needs=("is_the_product",), counts=True)
def one_gradient(t, grad, x, v):
    """The gradient is evaluated once"""
    t(grad, x, v)
    t.holds(
        t.evaluations <= 1,
        f"{t.evaluations} gradients",
        "one",
        "One gradient, asked for at a complex place, tells the value and its change.",
    )


def far_up(rng):
    """Gradients that are large beside what is asked for: a difference loses digits there, and a long direction bends away."""
    for grad, x, v in list(_gradients(rng))[1:]:
        yield Function(f"1000000 + {grad.expr}", grad.d, name="grad"), x, v
        yield grad, x, 1e4 * v


@forward_over_reverse.check(weight=0.5, cases=far_up, needs=("is_the_product",))
def keeps_its_digits(t, grad, x, v):
    """No digits are lost where the gradient is large, or v is long"""
    wanted = np.asarray(grad.derivative(np.asarray(x, float)) @ v, float)
    t.equal(
        t(grad, x, v), wanted, "", Tolerance(1e-9, 1e-9 * (1 + float(np.max(np.abs(v)))), "products of a few dozen terms that may cancel")
    )


@forward_over_reverse.mistake(
    "You take a difference of two gradients. Where they are large it loses digits, and it asks for a second gradient."
)
def difference_of_gradients(grad, x, v):
    return (grad(x + 1e-6 * v) - grad(x - 1e-6 * v)) / 2e-6


@forward_over_reverse.mistake("You divide by nothing: the imaginary part is the tiny step times what is asked for.")
def not_divided(grad, x, v):
    return np.imag(grad(x + 1e-30j * v))


@forward_over_reverse.mistake(
    "You return the slope of f along v, one number for all. Asked for is how the gradient changes, entry by entry."
)
def slope_along_v(grad, x, v):
    return np.full(np.shape(x), np.real(grad(np.asarray(x, float))) @ v, dtype=float)


@forward_over_reverse.mistake("You move each entry of x by itself and keep the diagonal of the Hessian only. One step along v is enough.")
def diagonal_only(grad, x, v):
    units = np.eye(len(x))
    return np.array([np.imag(grad(x + 1e-30j * unit))[k] / 1e-30 for k, unit in enumerate(units)]) * v


@forward_over_reverse.mistake("The step goes along ones, not along v.")
def along_ones(grad, x, v):
    return np.imag(grad(x + 1e-30j * np.ones(len(x)))) / 1e-30


why_it_swells = lesson.add(
    choice(
        "why_it_swells",
        1,
        "why a derivative that is written out grows so fast",
        wrong={
            "a": "The rules give each operation a derivative of a few operations. One application is cheap: what happens when the same part is needed again?",
            "b": "Rounding changes digits, not lengths. A formula is exact.",
            "d": "One input is enough: the table has only x, and it swells all the same.",
        },
        difficulty=2,
        hints=("In 4f(1 - f) the part f stands twice. How often is it in the formula one step later?",),
    )
)
