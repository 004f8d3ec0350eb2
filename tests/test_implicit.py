"""What every exercise promises without writing it: edges of the domain, examples, layouts, repeated calls, results alive together, arguments left alone."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course.clauses import sentences, without_a_check
from autograder.course.weights import table
from autograder.engine import implicit
from autograder.engine.examples import of
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.exercises import lesson as exercises_lesson
from autograder.shared.answer import LocalAnswer
from autograder.shared.frames import LENGTHS, decode, encode
from autograder.shared.functions import Function
from autograder.shared.values import fresh, laid_out, layout
from autograder.writing import Field, Index, Items, Labels, Map, Reals, Smooth, Step
from autograder.writing.contracts import Array
from autograder.writing.exercise import Exercise


def exercise(**settings) -> Exercise:
    """Row sums of a matrix, times a number."""
    e = Exercise("row_sums", 4, "sums", signature="A, c", returns=Array(lambda A, c: A.shape[:1]), **settings)

    @e.cases
    def matrices(rng):
        for shape in ((2, 3), (4, 2)):
            yield rng.normal(size=shape), 2.0

    @e.check(domain=True)
    def sums(t, A, c):
        """Each number is the sum of its row, times c"""
        t.equal(t(A, c), c * (A @ np.ones(A.shape[1])))

    return e


DOMAINS = {"A": Reals("m n", high=100), "c": Reals(high=100)}


def missed(e: Exercise, function, seed: int = 0) -> list[str]:
    """The promises that an answer breaks."""
    return [finding.check for finding in run(e, LocalAnswer(function), seed=seed).findings if finding.status == "fail"]


def right(A, c):
    return c * A.sum(axis=1)


class Buffer:
    """Returns the same array each time."""

    def __init__(self):
        self.kept = {}

    def __call__(self, A, c):
        out = self.kept.setdefault(len(A), np.zeros(len(A)))
        out[:] = c * A.sum(axis=1)
        return out


class Cache:
    """Remembers sums by the matrix and forgets that c is another one."""

    def __init__(self):
        self.known = {}

    def __call__(self, A, c):
        return self.known.setdefault(A.tobytes(), right(A, c))


class Counter:
    """Another answer from the 24th call on: all checks have passed by then."""

    def __init__(self):
        self.calls = 0

    def __call__(self, A, c):
        self.calls += 1
        return right(A, c) + (self.calls > 23)


def changes(A, c):
    A *= c
    return A.sum(axis=1)


WRONG = {
    "zero is no number": (lambda A, c: right(A, c) if np.all(A) else np.ones(len(A)), "sums_at_the_edges"),
    "whole numbers": (lambda A, c: np.array(right(A, c), dtype=A.dtype), "sums_at_the_edges"),
    "one row": (lambda A, c: right(A, c) * (len(A) > 1), "sums_at_the_edges"),
    "all equal": (lambda A, c: right(A, c) * (A.size < 2 or np.ptp(A) > 0), "sums_at_the_edges"),
    "all negative": (lambda A, c: right(A, c) * np.any(A >= 0), "sums_at_the_edges"),
    "large numbers": (lambda A, c: np.clip(right(A, c), -200, 200), "sums_at_the_edges"),
    "another c with the same A": (Cache(), "sums_at_the_edges"),
    "reads memory, not rows": (lambda A, c: c * A.ravel(order="K").reshape(A.shape).sum(axis=1), "layouts"),
    "one buffer for all": (Buffer(), "repeats"),
    "counts its calls": (Counter(), "repeats"),
    "changes its argument": (changes, "leaves_arguments_alone"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", WRONG)
def test_what_nobody_thinks_of_is_asked_whatever_the_seed(name, seed):
    function, promise = WRONG[name]
    function = type(function)() if isinstance(function, (Buffer, Cache, Counter)) else function
    assert promise in missed(exercise(domains=DOMAINS), function, seed)


def test_a_right_answer_keeps_all_of_them_and_a_wrong_one_earns_nothing_by_them():
    e = exercise(domains=DOMAINS)
    assert run(e, LocalAnswer(right)).points == 4
    assert [finding.check for finding in run(e, LocalAnswer(right)).findings] == ["gate", "sums"], "kept promises take no line"
    assert run(e, LocalAnswer(lambda A, c: np.zeros(len(A)))).points == 0


def test_a_broken_promise_costs_its_share():
    report = run(exercise(), LocalAnswer(changes))
    assert report.points == 4 * (1 - implicit.ARGUMENTS)
    assert run(exercise(changes=("A",)), LocalAnswer(changes)).points == 4, "where the contract lets it"


def test_memory_is_asked_for_where_the_contract_promises_a_copy():
    e = Exercise("same_again", 1, "a copy", signature="x", returns=Array(lambda x: x.shape), own_memory=True)
    e.cases(lambda rng: iter([(rng.normal(size=3),)]))

    @e.check()
    def copies(t, x):
        """The numbers are those of x"""
        t.equal(t(x), x)

    assert missed(e, lambda x: x) == ["leaves_arguments_alone"] and not missed(e, lambda x: x.copy())


def test_two_arrays_of_one_answer_share_no_number():
    e = Exercise("twice", 1, "two arrays", signature="x", returns=Items(Array(lambda x: x.shape), Array(lambda x: x.shape)))
    e.cases(lambda rng: iter([(rng.normal(size=4),)]))

    @e.check()
    def doubles(t, x):
        """Both hold twice the numbers of x"""
        t.equal(t(x), (2 * x, 2 * x))

    def of_one_block(x):
        block = np.array([2 * x, 2 * x])
        return block[0], block[1]

    def side_by_side(x):
        block = np.stack([2 * x, 2 * x], axis=1)
        return block[:, 0], block[:, 1]

    assert missed(e, lambda x: [2 * x] * 2) == ["parts_are_apart"]
    assert missed(e, lambda x: (both := 2 * x, both[:])) == ["parts_are_apart"]
    for apart in (of_one_block, side_by_side, lambda x: (2 * x, 2 * x)):
        assert not missed(e, apart), "parts of one block that do not overlap have no number in common"


def test_results_that_are_alive_together_stay_what_they_are():
    kept = {}

    def late(f, fprime, x0):
        kept["f"] = f
        slope = fprime(x0)
        return lambda t: kept["f"](x0) + slope * (t - x0)

    assert missed(exercises()["tangent_line"], late) == ["repeats"]


def test_examples_run_with_other_spellings_of_a_right_value_and_without_functions_that_are_not_written():
    e = exercise(docstring="Sums.\n\n>>> row_sums(np.array([[1.0, 2.0]]), 2.0).round(3)\narray([6.])")
    assert missed(e, right) == [] and missed(e, lambda A, c: right(A, c).tolist()) == []
    assert missed(e, lambda A, c: right(A, c) + (A.shape == (1, 2))) == ["examples"]
    needs = exercise(docstring="Sums.\n\n>>> row_sums(matrix_of_yours(), 2.0)\narray([6.])")
    assert missed(needs, right) == []


def test_every_example_of_the_course_is_read():
    found = {name: of(one.docstring) for name, one in exercises().items()}
    assert sum(map(len, found.values())) > 60
    assert all(">>>" not in one.docstring or found[name] for name, one in exercises().items())


def test_a_subclass_of_the_promised_exception_is_one():
    class Refused(ValueError):
        pass

    e = Exercise("refuses", 1, "no", signature="x", returns=Array())
    e.cases(lambda rng: iter([(1.0,)]))

    @e.check()
    def raises(t, x):
        """It refuses negative numbers"""
        t.equal(t(x), x)
        t.raises("ValueError", -x)

    def answer(kind):
        def refuses(x):
            if x < 0:
                raise kind
            return x

        return refuses

    assert run(e, LocalAnswer(answer(Refused))).points == 1
    assert run(e, LocalAnswer(answer(Exception))).points == 0, "an ancestor is none"


def test_functions_among_the_arguments_take_names():
    e = Exercise("calls", 1, "by name", signature="f, g, x", returns=Items(Array(), Array()))
    e.cases(lambda rng: iter([(Function("2*x"), Function("x - h", args="x, h"), 3.0)]))

    @e.check()
    def values(t, f, g, x):
        """It returns f(x) and g(x, 1)"""
        t.equal(t(f, g, x), (6.0, 2.0))

    assert run(e, LocalAnswer(lambda f, g, x: (f(x=x), g(h=1, x=x)))).points == 1
    assert run(e, LocalAnswer(lambda f, g, x: (f(theta=x), g(x, h=1)))).points == 1, "one argument has whatever name the contract gives it"
    assert run(e, LocalAnswer(lambda f, g, x: (f(x), g(x=x, step=1)))).points == 0


@pytest.mark.parametrize("kind", "CFS")
def test_layouts_survive_copies_and_the_pipe(kind):
    array = laid_out(np.arange(6.0).reshape(2, 3), kind, writeable=False)
    frame = encode({}, (array,))
    head = LENGTHS.unpack_from(frame)[0]
    _, (back,) = decode(frame[LENGTHS.size : LENGTHS.size + head], frame[LENGTHS.size + head :])
    for copy in (fresh(array), back):
        assert layout(copy) == layout(array) == kind and not copy.flags.writeable and np.array_equal(copy, array)


def test_edges_are_anchored():
    """Whatever the seed: whole numbers, both zeros, one length, one of each sign, and other lengths for other axes."""
    e = Exercise(
        "edges", 1, "x", signature="f, X, y, i", domains={"X": Reals("m n"), "y": Labels("m", 3), "f": Field("X"), "i": Index("n")}
    )
    for seed in range(5):
        cases = list(e.edge_cases(e.rng(seed)))
        assert len(cases) < 20
        X = [case[1] for case in cases]
        assert all(x.shape[0] == len(case[2]) and case[3] < x.shape[1] for x, case in zip(X, cases))
        assert (
            {x.dtype.kind for x in X} == {"i", "f"} and any(x.shape == (1, 1) for x in X) and any(x.shape[0] != x.shape[1] > 1 for x in X)
        )
        assert any(np.any(x == 0) and np.any(np.signbit(x[x == 0])) for x in X)
        assert any(x.size > 1 and np.ptp(x) == 0 for x in X) and any(x.size > 1 and np.all(x < 0) for x in X)
        assert any(np.max(abs(x)) > 100 > 1e-2 > np.min(abs(x)) for x in X)
        assert np.isfinite([case[0](case[1]) for case in cases]).all()
        neighbours = cases[-4:]
        assert sum(case[0] is neighbours[1][0] for case in neighbours) >= 3, "another X with the same f"


def test_numbers_that_cancel_need_no_zero():
    """An odd number of entries can add up to 0 without a 0 among them; and for every seed the far end is far out."""
    for seed in range(5):
        e = Exercise("cancel", 1, "x", signature="a", domains={"a": Reals(lambda _, n=3 + 2 * (seed % 2): (n,), zero=False)})
        drawn = [case[0] for case in e.edge_cases(e.rng(seed))]
        assert all(np.all(a != 0) for a in drawn) and any(a.sum() == 0 and a.dtype.kind == "f" for a in drawn)
        assert max(np.max(np.abs(a)) for a in drawn) > 900
        assert any(np.any(a != np.round(a, 6)) for a in drawn), "numbers that rounding to six places changes"


def test_drawn_functions_have_the_derivatives_they_claim(seed=3):
    rng = np.random.default_rng(seed)
    e = Exercise(
        "maps",
        1,
        "x",
        signature="f, F, g, x, t",
        domains={"x": Reals("n"), "f": Field("x"), "F": Map("x", "m"), "t": Reals(high=9), "g": Smooth()},
    )
    for f, F, g, x, t in e.edge_cases(rng):
        for function, point in ((f, x), (F, x), (g, t)):
            at = np.asarray(point, float)
            for k in np.ndindex(at.shape):
                step = np.zeros(at.shape, complex)
                step[k] = 1e-30j
                slope = np.imag(function(at + step)) / 1e-30
                claimed = np.asarray(function.derivative(at))[(..., *k)]
                assert np.allclose(slope, claimed, rtol=1e-9, atol=1e-9 * max(1, abs(np.max(claimed))))


def test_a_step_is_never_zero_and_changes_sides_unless_it_is_positive():
    both = Exercise("s", 1, "x", signature="h", domains={"h": Step(axes=...)})
    steps = [np.ravel(h) for (h,) in both.edge_cases(both.rng(0))]
    assert all(np.all(h != 0) for h in steps) and any(np.any(h < 0) for h in steps) and any(np.any(h > 0) for h in steps)
    ahead = Exercise("s", 1, "x", signature="h", domains={"h": Step(positive=True)})
    assert all(h > 0 for (h,) in ahead.edge_cases(ahead.rng(0)))


def test_a_clause_names_what_holds_it_and_a_sentence_without_one_is_told():
    text = "The sums of the rows, times c: (m, n) -> (m,). Raises nothing.\n\nA has rows.\n\n>>> row_sums(1)\n2"
    assert sentences(text) == ["The sums of the rows, times c: (m, n) -> (m,).", "Raises nothing.", "A has rows."]
    whole = {"sums of the rows": "sums edges", "Raises nothing": "prose", "A has rows": "returns"}
    assert not list(without_a_check(exercise(docstring=text, clauses=whole)))
    found = "\n".join(without_a_check(exercise(docstring=text, clauses={"sums of the rows": "sum", "columns": "sums"})))
    for words in ("names sum", "'columns' is not in", "'Raises nothing.'", "'A has rows.'"):
        assert words in found


@pytest.mark.parametrize("one", [e for e in exercises().values() if e.lesson[:2] in ("00", "01", "02", "03")], ids=lambda e: e.name)
def test_every_promise_has_a_check(one):
    assert not list(without_a_check(one))


def test_the_weights_can_be_read():
    lines = list(table(exercises_lesson("01_derivative")))
    assert lines[0] == (
        "difference_quotient, 2 points: is_the_slope 0.8, tends_to_the_derivative 0.4, takes_an_array_of_steps 0.4, zero_step_is_an_error 0.4"
    )
    assert "repeats 10%" in lines[-1] and "15%" in lines[-1]


def test_data_beside_a_function_in_one_argument_is_watched_too():
    """A program gets (f, X) as one argument; a change of X shows, a call of f does not."""
    packed = (Function("np.sum(x)"), np.ones(3), {"W": np.zeros(2)})

    def outcome(function):
        return LocalAnswer(function).call((packed, 2.0)).mutated

    def writes_into_the_array(args, h):
        args[1][0] = h

    def writes_into_the_table(args, h):
        args[2]["W"][1] = h

    def adds_an_array(args, h):
        args[2]["b"] = h

    assert outcome(lambda args, h: args[0](args[1])) == ()
    assert {outcome(f) for f in (writes_into_the_array, writes_into_the_table, adds_an_array)} == {(0,)}


def gradient_step(grad, x):
    """How ours would write it: a new array."""
    return x - 0.1 * grad(x)


def in_place(grad, x):
    step = grad(x)
    step *= -0.1
    return x + step


def test_a_function_may_hand_back_what_it_was_given():
    """Writing into a fresh array is nobody's business; into the argument's own memory it is, and the panel says which of the two was the function."""
    e = Exercise("one_step", 1, "a step", signature="grad, x", returns=Array(lambda grad, x: x.shape))
    e.cases(lambda rng: iter([(Function("2*x", "2 + 0*x", name="grad"), rng.normal(size=3)) for _ in range(2)]))

    @e.check()
    def goes_down(t, grad, x):
        """It goes down"""
        t.equal(t(grad, x), x - 0.1 * grad(x))

    assert not missed(e, gradient_step) and missed(e, in_place) == ["hands_back"]
    assert run(e, LocalAnswer(in_place)).points == round(1 - implicit.ARGUMENTS, 2)
    assert run(e, LocalAnswer(in_place)).diagnosis.startswith("It changes x where grad returns the very array that it was given")


def test_an_array_that_its_owner_can_write_into_no_more_has_changed():
    e = exercise(domains=DOMAINS)

    def locks(A, c):
        A.setflags(write=False)
        return right(A, c)

    assert missed(e, locks) == ["leaves_arguments_alone"]
