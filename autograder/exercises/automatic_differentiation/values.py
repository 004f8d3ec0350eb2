"""Arithmetic on values that remember."""

from __future__ import annotations

from autograder.writing import Array, Items, OneOf, Reals, Together, choice

from ._lesson import STAND_INS, Node, lesson, lifted, number, show_nodes

warm_up_upstream = lesson.add(
    choice(
        "warm_up_upstream",
        0.5,
        "what a backward function passes on",
        wrong={
            "a": "The local slope alone would do for the last function before the loss only. Every other one stands in the middle of a chain.",
            "b": "Sums belong to several ways, products to steps one after another. One function on one way is one more step.",
            "c": "The value of the function plays a part only where its slope is written with it, as for tanh.",
        },
        difficulty=1,
        minutes=2,
        hints=("Lesson 7: tanh_backward takes dA and the cache. What does it do with dA?",),
    )
)

_SLOPES = Array(lambda numbers, kinds: (kinds.count("v"),))
NODE = Items(Array(), _SLOPES, Array(lambda numbers, kinds: (2 * kinds.count("v"),)))


def leaves_its_inputs_alone(exercise, first: str):
    """A check: the Values that go in come out as they were."""

    def inputs_stay(t, numbers, kinds):
        """The Values that it gets stay as they were"""
        t.equal(
            t(numbers, kinds)[2],
            [held for number, kind in zip(numbers, kinds) if kind == "v" for held in (number, 0.0)],
            "This is data and grad of each input afterwards. The result is a new Value; others may still need these.",
        )

    exercise.check(weight=0.25, needs=(first,))(inputs_stay)


def _pairs(rng):
    for _ in range(5):
        yield (number(rng), number(rng)), "vv"


def _with_numbers(rng):
    for kinds in ("vn", "nv", "vn"):
        yield (number(rng), number(rng)), kinds
    yield (number(rng), 3), "vn"


def _with_itself(rng):
    for _ in range(2):
        x = number(rng)
        yield (x, x), "vs"


def _of_two(name: str, asks: str, value, slopes, of_itself, **settings):
    """A function of two Values: `slopes` gives its slope along each, `of_itself` the slope when both are the same."""
    exercise = lesson.exercise(
        name,
        1,
        asks,
        program="value_node",
        needs=("Value",),
        stand_ins=STAND_INS,
        returns=NODE,
        signature="a, b",
        show=show_nodes(name),
        domains={"numbers": Together(a=Reals(), b=Reals()), "kinds": OneOf("vv", "nv", "vn")},
        clauses={
            "The node a": "data knows_its_slopes takes_the_same_twice inputs_stay repeats",
            "Each of a and b is a Value or a plain number": "takes_plain_numbers edges",
        },
        **settings,
    )
    exercise.cases(_pairs)

    @exercise.edges
    def equal_numbers(rng):
        """Two Values that hold the same number, and one beside a plain number like it: they are two inputs all the same."""
        x = number(rng)
        yield (x, x), "vv"
        yield (x, x), "vn"

    @exercise.check(weight=0.5, domain=True)
    def data(t, numbers, kinds):
        """It makes the right number"""
        t.equal(t(numbers, kinds)[0], value(*numbers), "This is about .data of the result.")

    @exercise.check(weight=1.5, domain=True)
    def knows_its_slopes(t, numbers, kinds):
        """It knows its slope along each input"""
        t.equal(
            t(numbers, kinds)[1],
            [slope(*numbers) for slope, kind in zip(slopes, kinds) if kind == "v"],
            "Move one input by a little and hold the other: how much does the result move, for each unit?",
        )

    @exercise.check(cases=_with_numbers, needs=("knows_its_slopes",))
    def takes_plain_numbers(t, numbers, kinds):
        """One of the inputs may be a plain number"""
        given = t(numbers, kinds)
        t.equal(given[0], value(*numbers))
        t.equal(given[1], [slope(*numbers) for slope, kind in zip(slopes, kinds) if kind == "v"])

    @exercise.check(weight=0.5, cases=_with_itself, needs=("knows_its_slopes",))
    def takes_the_same_twice(t, numbers, kinds):
        """The same Value may come in twice"""
        given = t(numbers, kinds)
        t.equal(given[0], value(*numbers))
        t.equal(given[1], [of_itself(numbers[0])], "A Value that comes in twice is a parent twice, with a slope for each time.")

    leaves_its_inputs_alone(exercise, "data")
    return exercise


add = _of_two(
    "add",
    "the sum of two values, with its slopes",
    lambda a, b: a + b,
    (lambda a, b: 1.0, lambda a, b: 1.0),
    lambda x: 2.0,
    minutes=4,
    difficulty=1,
    hints=(
        "lift(a) and lift(b) make Values of plain numbers and leave Values as they are.",
        "Return Value(the sum, the two parents, the two slopes). How much does a + b move when a moves by 1?",
    ),
)


@add.mistake("A plain number has no .data. Send both inputs through lift first.")
def adds_values_only(a, b):
    return Node(a.data + b.data, (a, b), (1.0, 1.0))


@add.mistake("The slopes of a sum are not its inputs: when a moves by 1, a + b moves by 1, whatever b is.")
def slopes_of_a_product(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data + b.data, (a, b), (b.data, a.data))


@add.mistake("The result does not remember where it came from: give it its parents and slopes.")
def sum_without_a_past(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data + b.data)


@add.mistake("Along the second input your sum does not move: its slope there is 0. A sum has two parents, and each has the slope 1.")
def one_parent(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data + b.data, (a,), (1.0,))


mul = _of_two(
    "mul",
    "the product of two values, with its slopes",
    lambda a, b: a * b,
    (lambda a, b: b, lambda a, b: a),
    lambda x: 2 * x,
    minutes=4,
    difficulty=2,
    hints=(
        "Hold b fixed and move a by 1: by how much does the product move? And the other way round?",
        "Slopes are numbers, not Values: use a.data and b.data.",
    ),
)


@mul.mistake("A plain number has no .data. Send both inputs through lift first.")
def multiplies_values_only(a, b):
    return Node(a.data * b.data, (a, b), (b.data, a.data))


@mul.mistake("The slopes are exchanged: along a the product rises by b for each unit.")
def slopes_exchanged(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data * b.data, (a, b), (a.data, b.data))


@mul.mistake("These are the slopes of a sum. When a moves by 1, the product moves by b.")
def slopes_of_a_sum(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data * b.data, (a, b), (1.0, 1.0))


@mul.mistake("The second input is forgotten. A product has two parents, each with its slope.")
def one_factor_remembered(a, b):
    a, b = lifted(a), lifted(b)
    return Node(a.data * b.data, (a,), (b.data,))
